"""What is true of groups and patterns, worked out from what was planted."""

from collections.abc import Iterator, Mapping

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo.conduct import (
    DEPTH,
    DISCOVERY,
    FOOD,
    KEY_TEAMS,
    SERVICE,
    Conduct,
)
from headway.sources.demo.people import TOP, Staff, Team
from headway.sources.demo.story import MARGIN, TARGETS, Planted, Story
from headway.sources.demo.truth import NONE, GroupTruth, PatternTruth
from headway.sources.demo.world import World
from headway.terms.group import named
from headway.terms.line import SUPPORTS, Link

_FEWEST = 5
_UNUSABLE = frozenset({"owner", "why", "stop", "scope"})
_WINDOW_DAYS = 90
_LEAST_DELTA, _DELTA_SHARE = 0.05, 0.25
_SHIFT_TARGET, _SHIFT_UNCLEAR = 0.5, 0.1
_LEAST_LIFT, _LIFT_UNCLEAR = 0.05, 0.05
_RETAINED, _RETENTION_UNCLEAR, _ROSE = 0.5, 0.1, 1.2
_PRESENT, _ABSENT, _UNCLEAR = "present", "absent", "unclear"
_EARLY, _LATE = (1, 30), (91, 180)


def groups(
    staff: Staff, *, story: Story, response: Mapping[str, tuple[int, int]]
) -> tuple[GroupTruth, ...]:
    """Each priority in each group of at least five people."""
    found = []
    for planted in story.planted:
        for head in staff.leaders:
            teams = _below(staff, head=head)
            members = sum(len(staff.members(team)) for team in teams)
            if members >= _FEWEST:
                found.append(
                    _sellers(planted, head=head, teams=teams, staff=staff, response=response)
                )
            if head not in {team.manager for team in teams} and len(teams) >= _FEWEST:
                found.append(_managers(planted, head=head, teams=teams))
    return tuple(found)


def _below(staff: Staff, *, head: str) -> list[Team]:
    return [team for team in staff.teams if head in (team.manager, *team.above)]


def _sellers(
    planted: Planted,
    *,
    head: str,
    teams: list[Team],
    staff: Staff,
    response: Mapping[str, tuple[int, int]],
) -> GroupTruth:
    weights = np.array([len(staff.members(team)) for team in teams], dtype=float)
    numbers = [team.number for team in teams]
    rates = {
        link: float(np.average(rate[numbers], weights=weights))
        for link, rate in planted.rates.items()
    }
    leaders = {head, *(one for team in teams for one in _leaders(team, head=head))}
    rates[Link.LED] = float(np.mean([planted.led[leader] for leader in leaders]))
    answered = sum(response[team.manager][0] for team in teams)
    invited = sum(response[team.manager][1] for team in teams)
    is_moving = bool(np.average(planted.is_moving[numbers], weights=weights) >= 0.5)  # noqa: PLR2004  most
    return _group(
        planted,
        head=head,
        role="seller",
        members=int(weights.sum()),
        is_team=len(teams) == 1 and teams[0].manager == head,
        response=answered / invited if invited else 0.0,
        rates=rates,
        is_moving=is_moving,
    )


def _leaders(team: Team, *, head: str) -> Iterator[str]:
    """The manager and the leaders above, up to the head."""
    for leader in (team.manager, *team.above):
        yield leader
        if leader == head:
            return


def _managers(planted: Planted, *, head: str, teams: list[Team]) -> GroupTruth:
    leaders = {head, *(one for team in teams for one in _leaders(team, head=head))}
    leaders -= {team.manager for team in teams}
    rates = dict(planted.managers)
    del rates[Link.PRACTISED]
    rates[Link.LED] = float(np.mean([planted.led[leader] for leader in leaders]))
    return _group(
        planted,
        head=head,
        role="manager",
        members=len(teams),
        is_team=False,
        response=1.0,
        rates=rates,
        is_moving=True,
    )


def _group(
    planted: Planted,
    *,
    head: str,
    role: str,
    members: int,
    is_team: bool,
    response: float,
    rates: Mapping[Link, float],
    is_moving: bool,
) -> GroupTruth:
    is_usable = not planted.missing & _UNUSABLE
    return GroupTruth(
        priority=planted.priority,
        group=named(role, head=head),
        role=role,
        members=members,
        is_team=is_team,
        response=response,
        rates=rates,
        is_usable=is_usable,
        is_moving=is_moving,
        first_break=first_break(rates, is_usable=is_usable, is_moving=is_moving),
    )


def first_break(rates: Mapping[Link, float], *, is_usable: bool, is_moving: bool) -> str:
    """The first link that is broken in truth, or "none".

    Broken is a rate at the target less 15 points, or below. A support counts only where the link
    that it holds up does not hold.

    Args:
        rates: true shares of the links that have one; a link without one neither holds nor breaks.
        is_usable: whether the priority is declared so that one can act on it.
        is_moving: whether acting brings the result.

    Examples:
        >>> holding = dict.fromkeys(TARGETS, 0.9)
        >>> first_break({**holding, Link.LED: 0.2}, is_usable=True, is_moving=True)
        'none'
        >>> low = {Link.LED: 0.2, Link.PRACTISED: 0.2}
        >>> first_break({**holding, **low}, is_usable=True, is_moving=True)
        'led'
    """
    if not is_usable:
        return Link.DECLARED.value
    for link in Link:
        if link is Link.MOVED and not is_moving:
            return link.value
        if link not in rates or rates[link] > TARGETS[link] - MARGIN:
            continue
        held = SUPPORTS.get(link)
        is_held = (held is Link.MOVED and is_moving and Link.PRACTISED in rates) or (
            held is not None and held in rates and rates[held] >= TARGETS[held]
        )
        if not is_held:
            return link.value
    return NONE


def patterns(world: World) -> tuple[PatternTruth, ...]:
    """Each pattern for the whole sales force and below each leader directly under its head."""
    staff, story, conduct = world.staff, world.story, world.conduct
    heads = (TOP, *dict.fromkeys((team.above[-2:-1] or (team.manager,))[0] for team in staff.teams))
    found = []
    for head in heads:
        teams = _below(staff, head=head)
        seats = np.array([seat for team in teams for seat in staff.members(team)], dtype=int)
        if len(seats) < _FEWEST:
            continue
        place = named("seller", head=head)
        numbers = [team.number for team in teams]
        for number, code in _OF_CONDUCT:
            found.append(
                _of_conduct(
                    code,
                    number,
                    place=place,
                    seats=seats,
                    teams=numbers,
                    story=story,
                    conduct=conduct,
                    last=world.calendar.last,
                )
            )
        found.append(_of_training(place=place, seats=seats, story=story, conduct=conduct))
        found.append(
            _of_reorganisation(
                place=place, seats=seats, teams=numbers, story=story, conduct=conduct
            )
        )
    return tuple(found)


_OF_CONDUCT = (
    (SERVICE, "new_product_old_mix"),
    (FOOD, "new_market_old_accounts"),
    (DISCOVERY, "new_process_old_habits"),
)


def _mean(conduct: Conduct, number: int, *, seats: Array, days: range) -> float:
    listed = np.repeat(np.array(days), len(seats))
    return float(conduct.rate(number, seats=np.tile(seats, len(days)), days=listed).mean())


def _of_conduct(
    code: str,
    number: int,
    *,
    place: str,
    seats: Array,
    teams: list[int],
    story: Story,
    conduct: Conduct,
    last: int,
) -> PatternTruth:
    """Short of what is declared per eligible item, in the last ninety days."""
    target, planted = DEPTH[number], story.planted[number]
    rate = _mean(conduct, number, seats=seats, days=range(last - _WINDOW_DAYS + 1, last + 1))
    delta = MARGIN if number == DISCOVERY else max(_LEAST_DELTA, _DELTA_SHARE * target)
    verdict = _ABSENT if rate >= target else _UNCLEAR
    subtype = None
    if rate <= target - delta:
        verdict, subtype = _PRESENT, planted.not_done
    elif verdict == _ABSENT and not planted.is_moving[teams].any() and number != DISCOVERY:
        subtype = planted.no_result
    return PatternTruth(
        code=code,
        priority=planted.priority,
        place=place,
        verdict=verdict,
        subtype=subtype,
        rate=rate,
        target=target,
    )


def _of_training(*, place: str, seats: Array, story: Story, conduct: Conduct) -> PatternTruth:
    """What those who were trained do early and late, against before."""
    trained = seats[conduct.is_trained[seats]]
    before = range(conduct.trained - _WINDOW_DAYS, conduct.trained)

    def lift(first: int, last: int) -> float:
        days = range(conduct.trained + first, conduct.trained + last + 1)
        return _mean(conduct, DISCOVERY, seats=trained, days=days) - _mean(
            conduct, DISCOVERY, seats=trained, days=before
        )

    early, late = lift(*_EARLY), lift(*_LATE)
    verdict, subtype = _ABSENT, "stuck"
    if late > _ROSE * early:
        subtype = "rose_later"
    if late < max(_RETAINED * early, _LEAST_LIFT):
        verdict = _PRESENT
        subtype = "decayed" if early > _LEAST_LIFT else "never_transferred"
    is_small = _LEAST_LIFT < early < _LEAST_LIFT + _LIFT_UNCLEAR
    if is_small or abs(late - _RETAINED * early) < _RETENTION_UNCLEAR * early:
        verdict = _UNCLEAR
    return PatternTruth(
        code="training_not_sticking",
        priority=story.planted[DISCOVERY].priority,
        place=place,
        verdict=verdict,
        subtype=None if verdict == _UNCLEAR else subtype,
        rate=late,
        target=max(_RETAINED * early, _LEAST_LIFT),
    )


def _of_reorganisation(
    *, place: str, seats: Array, teams: list[int], story: Story, conduct: Conduct
) -> PatternTruth:
    """The share of people who moved to their new role."""
    planted = story.planted[KEY_TEAMS]
    rate = float(conduct.does[KEY_TEAMS][seats].mean())
    verdict, subtype = _UNCLEAR, None
    if rate < _SHIFT_TARGET - _SHIFT_UNCLEAR:
        verdict, subtype = _PRESENT, planted.not_done
    elif rate > _SHIFT_TARGET + _SHIFT_UNCLEAR:
        verdict = _ABSENT
        subtype = None if planted.is_moving[teams].any() else planted.no_result
    return PatternTruth(
        code="reorganised_not_acted",
        priority=planted.priority,
        place=place,
        verdict=verdict,
        subtype=subtype,
        rate=rate,
        target=_SHIFT_TARGET,
    )
