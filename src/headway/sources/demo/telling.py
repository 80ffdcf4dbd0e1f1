"""Who told whom, and who received it; who is meant to have been told has it by the window's end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import calendar as clock
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, only
from headway.sources.demo.people import TOP, Staff
from headway.sources.demo.priorities import owner
from headway.sources.demo.story import PRIORITIES, Story
from headway.sources.demo.world import World
from headway.terms.line import Link

ASKED_AFTER_DAYS = 25
"""Leaders ask their people to change so many days after the launch."""
# Within the 90 days: who tells, by which channel, how long ago.
_TOLD = (
    ("manager", "team_meeting", 80),
    ("owner", "email", 62),
    ("manager", "one_to_one", 41),
    ("head", "all_hands", 27),
    ("manager", "team_meeting", 13),
)
# What reaches those who were not really told: never three times, by two channels, from their own.
_TOO_LITTLE = ((), (1,), (3,), (1, 3), (0, 4), (0, 3))
_EXTRA_SHARE = 0.7
# The same was said in the spans before, since the launch, and reached fewer the longer ago.
_SPAN_DAYS, _SPANS_BEFORE, _EARLIER = 90, 2, 0.93


@dataclass(frozen=True, kw_only=True)
class Audience:
    """People who hear the same from the same manager, and the chance of each to be told."""

    manager: str
    people: tuple[str, ...]
    rates: tuple[float, ...]


def audiences(staff: Staff, *, story: Story, link: Link) -> tuple[Audience, ...]:
    """The teams of sellers, then the managers below each leader; with rates by priority."""
    teams = [
        Audience(
            manager=team.manager,
            people=tuple(str(staff.seller[seat]) for seat in team.seats),
            rates=tuple(float(one.rates[link][team.number]) for one in story.planted),
        )
        for team in staff.teams
    ]
    above: dict[str, list[str]] = {}
    for team in staff.teams:
        above.setdefault(team.above[0], []).append(team.manager)
    managers = [
        Audience(
            manager=leader,
            people=tuple(people),
            rates=tuple(one.managers[link] for one in story.planted),
        )
        for leader, people in above.items()
    ]
    return (*teams, *managers)


def of(world: World) -> Columns:
    """The messages of all leaders, and everybody's receipts."""
    draw, before = world.options.stream("telling"), world.options.stream("telling before")
    told = [*_last_span(draw, world=world), *_before(before, world=world)]
    messages = [row for row, _ in told]
    receipts = [(str(row["message_id"]), *one) for row, received in told for one in received]
    basis = np.array(["attended", "acknowledged", "opened"], dtype=object)
    got = np.array([day is not None for _, _, day in receipts])
    drawn: Array = basis[draw.integers(len(basis), size=len(receipts))]
    return {
        "meant/message": {name: [row[name] for row in messages] for name in messages[0]},
        "meant/message_receipt": {
            "message_id": [one[0] for one in receipts],
            "person_id": [one[1] for one in receipts],
            "received_on": [one[2] for one in receipts],
            "basis": only(got, drawn),
        },
    }


_Told = tuple[dict[str, object], list[tuple[str, object]]]


def _last_span(draw: np.random.Generator, *, world: World) -> Sequence[_Told]:
    """What leaders asked for, and what was said in the ninety days to the last."""
    told: list[_Told] = []
    heard = audiences(world.staff, story=world.story, link=Link.TOLD)
    for number in range(len(PRIORITIES)):
        told += _asks(number, staff=world.staff, calendar=world.calendar)
        for audience in heard:
            told += _tellings(draw, number, audience=audience, world=world, span=0)
    return _stamped(draw, told)


def _before(draw: np.random.Generator, *, world: World) -> Sequence[_Told]:
    """What was said in the spans before, since each priority was launched."""
    heard = audiences(world.staff, story=world.story, link=Link.TOLD)
    told = [
        one
        for span in range(1, _SPANS_BEFORE + 1)
        for number in range(len(PRIORITIES))
        for audience in heard
        for one in _tellings(draw, number, audience=audience, world=world, span=span)
    ]
    return _stamped(draw, told)


def _stamped(draw: np.random.Generator, told: Sequence[_Told]) -> Sequence[_Told]:
    for row, _ in told:
        row["sent_at"] = _instant(draw, row["sent_at"])
    return told


def _instant(draw: np.random.Generator, day: object) -> object:
    seconds = clock.working_seconds(draw, 1)[0]
    return (np.datetime64(str(day), "us") + np.timedelta64(int(seconds), "s")).astype(object)


def _asks(number: int, *, staff: Staff, calendar: Calendar) -> Iterator[_Told]:
    """Each leader asks everybody below, once, by mail or in a meeting."""
    below: dict[str, list[str]] = {leader: [] for leader in staff.leaders}
    for team in staff.teams:
        sellers = [str(staff.seller[seat]) for seat in team.seats]
        below[team.manager] += sellers
        for place, leader in enumerate(team.above):
            below[leader] += [*sellers, team.manager]
            if leader == TOP and place:
                below[TOP].append(team.above[place - 1])
    day = calendar.ago(calendar.launched_ago[number] - ASKED_AFTER_DAYS)
    for leader, people in below.items():
        row = _message(f"ask-{number}-{leader}", number, leader, "team_meeting", day)
        listed = sorted(set(people))
        yield {**row, "is_ask": True}, [(person, day) for person in listed]


def _tellings(
    draw: np.random.Generator, number: int, *, audience: Audience, world: World, span: int
) -> Iterator[_Told]:
    """The five of one span of ninety days, so many spans before the last."""
    rate = audience.rates[number] * _EARLIER**span
    is_told = draw.random(len(audience.people)) < rate
    little = draw.integers(len(_TOO_LITTLE), size=len(is_told))
    extra = draw.random((len(_TOLD), len(is_told))) < _EXTRA_SHARE
    # Of the five, these make it enough: two from the own manager, one of them by another channel.
    extra[[0, 1, 2]] = True
    for place, (who, channel, ago) in enumerate(_TOLD):
        days_ago = ago + span * _SPAN_DAYS
        if days_ago >= world.calendar.launched_ago[number]:
            continue
        day = world.calendar.ago(days_ago)
        sender = {
            "manager": audience.manager,
            "owner": owner(number, staff=world.staff),
            "head": TOP,
        }[who]
        ends = f"-{span}" if span else ""
        message_id = f"told-{number}-{audience.manager}-{place}{ends}"
        row = _message(message_id, number, sender, channel, day)
        yield (
            row,
            [
                (
                    person,
                    day
                    if (extra[place][at] if is_told[at] else place in _TOO_LITTLE[little[at]])
                    else None,
                )
                for at, person in enumerate(audience.people)
            ],
        )


def _message(
    message_id: str, number: int, sender: str, channel: str, day: object
) -> dict[str, object]:
    return {
        "message_id": message_id,
        "priority_id": PRIORITIES[number],
        "sender_id": sender,
        "sent_at": day,
        "channel": channel,
        "is_ask": False,
    }
