"""What is planted: how far each of four priorities really reaches, and why not further.

A rate is the chance with which each person of a team meets a link: the truth behind the figures
that anybody can count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import told_story
from headway.sources.demo.options import DemoOptions, Scenario
from headway.sources.demo.people import Staff
from headway.terms.line import Link

TARGETS: Mapping[Link, float] = {
    Link.TOLD: 0.80,
    Link.RECALLED: 0.60,
    Link.UNDERSTOOD: 0.60,
    Link.CONNECTED: 0.70,
    Link.LED: 0.60,
    Link.PRACTISED: 0.60,
    Link.COACHED: 0.60,
}
"""The targets of the links that have a rate, as the bundle format sets them by default."""
MARGIN = 0.15
PARTS = 8
PRIORITIES = ("service", "food", "discovery", "key-teams")
"""Product, segment, process with a training, reorganisation: in this order everywhere."""

# How often a line breaks at each link, where the break is drawn.
_BREAKS = {
    Link.DECLARED: 0.04,
    Link.TOLD: 0.15,
    Link.RECALLED: 0.15,
    Link.UNDERSTOOD: 0.16,
    Link.CONNECTED: 0.16,
    Link.LED: 0.10,
    Link.PRACTISED: 0.16,
    Link.COACHED: 0.05,
    Link.MOVED: 0.03,
}
_EVERYWHERE_SHARE = 0.6
_WELL_ANSWERED_SHARE, _APART_SHARE = 0.5, 0.5
_UNKNOWN_UNDONE_SHARE = 0.5
# Why people do not act, and why acting brings nothing, by priority.
_NOT_DONE = (
    ("not_tried",),
    ("no_list", "list_not_worked"),
    ("not_used", "used_for_show", "used_then_dropped"),
    ("know_not_moved", "cannot_move"),
)
_NO_RESULT = (
    ("tried_lost", "tried_early"),
    ("worked_not_opened", "opened_not_won"),
    ("stuck",),
    ("moved_no_result",),
)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One priority: `rates` of each link by team, `led` by leader, `managers` as a group.

    `is_moving` says by team whether acting brings the result. `not_done` is why those do not act
    who do not, `no_result` why acting brings nothing where it does not, `learned` how training
    takes hold where it does. A broken rate lies
    within `lowest`. `missing` are parts that were never declared.
    """

    priority: str
    rates: Mapping[Link, Array]
    led: Mapping[str, float]
    managers: Mapping[Link, float]
    is_moving: Array
    not_done: str
    no_result: str
    learned: str
    lowest: tuple[float, float]
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Story:
    """All that is planted. `response` is the chance of an answer, by team.

    `mood` is by how much, in logits, those who could say it answer rather than the others.
    `decoys` happen too, and are no break of any line. `unprepared` is by how much, in logits, work
    without a discovery is won less since buyers compare more.
    """

    planted: tuple[Planted, ...]
    response: Array
    mood: float
    decoys: tuple[str, ...] = field(default=())
    unprepared: float = 0.0


def of(options: DemoOptions, *, staff: Staff) -> Story:
    """The story of one organisation."""
    draw = options.stream("story")
    if options.scenario is Scenario.SAMPLE:
        return _told(staff, draw=draw)
    is_broken = options.scenario in {Scenario.BROKEN, Scenario.SMALL, Scenario.LOW_RESPONSE}
    planted = [_holding(name, number=i, staff=staff, draw=draw) for i, name in _numbered()]
    if is_broken:
        planted = [_broken(one, number=i, staff=staff, draw=draw) for i, one in enumerate(planted)]
    is_low = options.scenario is Scenario.LOW_RESPONSE
    return Story(
        planted=tuple(planted),
        response=_response(len(staff.teams), is_low=is_low, draw=draw),
        mood=0.5 if is_low else 0.0,
        decoys=told_story.DECOYS if options.scenario is Scenario.DECOYS else (),
    )


def _numbered() -> enumerate[str]:
    return enumerate(PRIORITIES)


def _response(count: int, *, is_low: bool, draw: np.random.Generator) -> Array:
    if is_low:
        return draw.uniform(0.30, 0.55, count)
    if draw.random() < _WELL_ANSWERED_SHARE:
        return draw.uniform(0.78, 1.0, count)
    return draw.uniform(0.30, 0.80, count)


def _above(link: Link, *, count: int, least: float, draw: np.random.Generator) -> Array:
    """Rates that hold: up to 25 points above the target."""
    return np.minimum(TARGETS[link] + draw.uniform(least, 0.25, count), 0.99)


def _holding(name: str, *, number: int, staff: Staff, draw: np.random.Generator) -> Planted:
    teams = len(staff.teams)
    # Half of the lines lie well apart from the thresholds.
    is_apart = draw.random() < _APART_SHARE
    least = 0.10 if is_apart else 0.05
    led = _above(Link.LED, count=len(staff.leaders), least=least, draw=draw)
    not_done, no_result = _NOT_DONE[number], _NO_RESULT[number]
    return Planted(
        priority=name,
        rates={link: _above(link, count=teams, least=least, draw=draw) for link in TARGETS},
        led=dict(zip(staff.leaders, led.tolist(), strict=True)),
        managers={
            link: float(_above(link, count=1, least=least, draw=draw)[0]) for link in TARGETS
        },
        is_moving=np.ones(teams, dtype=bool),
        not_done=not_done[int(draw.integers(len(not_done)))],
        no_result=no_result[int(draw.integers(len(no_result)))],
        learned=("stuck", "rose_later")[int(draw.integers(2))],
        lowest=(0.05, 0.20 if is_apart else 0.35),
    )


def _broken(whole: Planted, *, number: int, staff: Staff, draw: np.random.Generator) -> Planted:
    """The same priority with one link broken: everywhere, or in the teams below one leader."""
    links, chances = list(_BREAKS), list(_BREAKS.values())
    link = links[int(draw.choice(len(links), p=chances))]
    if link is Link.DECLARED:
        parts = ("owner", "why", "stop")
        return replace(whole, missing=frozenset({parts[int(draw.integers(len(parts)))]}))
    place = _place(staff, draw=draw)
    if link in (Link.MOVED, Link.COACHED):
        whole = replace(whole, is_moving=whole.is_moving & ~place)
    if link is Link.MOVED:
        return whole
    lowered = {link}
    if link is Link.LED:
        lowered.add(Link.PRACTISED)  # else the line would hold without its leaders
        managers = {staff.teams[number].manager for number in np.flatnonzero(place)}
        heads = set(staff.leaders[: 1 + len(staff.directors)]) if place.all() else set()
        led = {
            leader: float(draw.uniform(*whole.lowest)) if leader in managers | heads else rate
            for leader, rate in whole.led.items()
        }
        whole = replace(whole, led=led)
    does_not_know = number == len(PRIORITIES) - 1 and link is Link.UNDERSTOOD
    if does_not_know and draw.random() < _UNKNOWN_UNDONE_SHARE:
        lowered.add(Link.PRACTISED)
    rates = {
        one: np.where(place, draw.uniform(*whole.lowest, len(place)), rate)
        if one in lowered
        else rate
        for one, rate in whole.rates.items()
    }
    return replace(whole, rates=rates, not_done="do_not_know" if does_not_know else whole.not_done)


def _place(staff: Staff, *, draw: np.random.Generator) -> Array:
    """The teams in which it breaks."""
    if draw.random() < _EVERYWHERE_SHARE:
        return np.ones(len(staff.teams), dtype=bool)
    director = staff.directors[int(draw.integers(len(staff.directors)))]
    return np.array([director in team.above for team in staff.teams])


def _told(staff: Staff, *, draw: np.random.Generator) -> Story:
    """The story of the sample, as far as its five teams go; further teams live it again."""
    teams = np.arange(len(staff.teams)) % len(told_story.RESPONSE)
    if staff.teams:
        teams[-1] = len(told_story.RESPONSE) - 1
    planted = []
    for number, (name, told) in enumerate(zip(PRIORITIES, told_story.RATES, strict=True)):
        rates = {link: np.array(told[link])[teams] for link in TARGETS}
        managers = {team.manager: rates[Link.LED][team.number] for team in staff.teams}
        whole = _holding(name, number=number, staff=staff, draw=draw)
        planted.append(
            replace(
                whole,
                rates=rates,
                led={
                    leader: float(managers.get(leader, told_story.HEADS[number]))
                    for leader in staff.leaders
                },
                not_done=told_story.NOT_DONE[number],
            )
        )
    return Story(
        planted=tuple(planted),
        response=np.array(told_story.RESPONSE)[teams],
        mood=told_story.MOOD,
        decoys=told_story.SAMPLE_DECOYS,
        unprepared=told_story.UNPREPARED,
    )
