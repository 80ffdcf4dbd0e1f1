"""Activities: talks about opportunities, visits to win new ones, and care of key accounts."""

from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import calendar as clock
from headway.sources.demo import opportunity_tables as tables
from headway.sources.demo import shapes
from headway.sources.demo.accounts import CONTACTS, KEY, TARGETED, Accounts, contact_ids
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, ids, only
from headway.sources.demo.conduct import FOOD, KEY_TEAMS, Conduct
from headway.sources.demo.opportunities import (
    Opportunities,
    acts_in_teams,
    begun,
    fails,
    mixed,
    picked,
)
from headway.sources.demo.opportunity_tables import Recorded
from headway.sources.demo.people import Staff
from headway.sources.demo.world import World

DISCOVERY = "discovery"
PROSPECTING, FIRST_MEETING = "prospecting", "first_meeting"
CARE, TEAM_CARE = "account_care", "account_team"
_TALKS = ("follow_up", "demo", "site_survey", "quotation_review", "negotiation")
_TALK_SHARES = (0.45, 0.12, 0.13, 0.18, 0.12)
_VISITS_A_QUARTER = 20.0
_FIRST_MEETING_SHARE, _CLOSED_DOOR_SHARE = 0.3, 0.02
_CARE_A_QUARTER, _CARE_KEPT = 21.0, 0.57
_QUARTER_DAYS = 91
_NO_ANSWER_SHARE = 0.06
_HOUR = 3600
_SHOWN_SHARE = 0.85
_BATCH_WEEKDAY = 4  # written up on Fridays


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Some activities; `opportunity` is its number, -1 where there is none."""

    seat: Array
    day: Array
    at: Array
    account: Array
    opportunity: Array
    purpose: Array


def of(world: World, *, found: Opportunities, recorded: Recorded, accounts: Accounts) -> Columns:
    """All activities of one organisation, as far as they were typed in by the last day."""
    draw = world.options.stream("activities")
    parts = [
        _talks(draw, found=found, calendar=world.calendar),
        _discoveries(draw, found=found, calendar=world.calendar),
        _afterwards(draw, found=found, conduct=world.conduct, calendar=world.calendar),
        _visits(draw, world=world, accounts=accounts),
        _care(draw, world=world, accounts=accounts),
    ]
    return {
        "seen/activity": _columns(
            draw,
            parts,
            recorded=recorded,
            accounts=accounts,
            staff=world.staff,
            calendar=world.calendar,
        )
    }


def _talks(draw: np.random.Generator, *, found: Opportunities, calendar: Calendar) -> _Part:
    """Talks between the beginning of an opportunity and its end, as many as in real records."""
    mean = np.where(found.is_won, shapes.TALKS_WON_MEAN, shapes.TALKS_LOST_MEAN)
    size = np.where(found.is_won, shapes.TALKS_WON_SIZE, shapes.TALKS_LOST_SIZE)
    counts = 1 + shapes.negative_binomial(draw, mean=mean, size=size)
    rows = np.repeat(np.arange(found.count), counts)
    until = np.minimum(found.closes, calendar.last)
    span = (until - found.day)[rows]
    day = calendar.workday((found.day[rows] + draw.random(len(rows)) * (span + 1)).astype(int))
    day = np.clip(day, found.day[rows], until[rows])
    return _Part(
        seat=found.seat[rows],
        day=day,
        at=calendar.instants(day, seconds=clock.working_seconds(draw, len(rows))),
        account=found.account[rows],
        opportunity=rows,
        purpose=np.array(_TALKS, dtype=object)[
            draw.choice(len(_TALKS), size=len(rows), p=_TALK_SHARES)
        ],
    )


def _discoveries(draw: np.random.Generator, *, found: Opportunities, calendar: Calendar) -> _Part:
    """Discovery before the quotation, where it is done."""
    rows = np.flatnonzero(found.has_discovery & (found.entered[1] <= calendar.last))
    gate = found.entered[2][rows]
    span = np.minimum(gate, calendar.last) - found.day[rows]
    day = calendar.workday(
        (found.day[rows] + draw.uniform(0.2, 0.95, len(rows)) * span).astype(int)
    )
    day = np.maximum(day, found.day[rows])
    # Between the hours of the stages discovery and quotation: before the gate on its own day too.
    seconds = (10.6 * _HOUR + draw.random(len(rows)) * 0.3 * _HOUR).astype(int)
    return _Part(
        seat=found.seat[rows],
        day=day,
        at=calendar.instants(day, seconds=seconds),
        account=found.account[rows],
        opportunity=rows,
        purpose=np.full(len(rows), DISCOVERY, dtype=object),
    )


def _afterwards(
    draw: np.random.Generator, *, found: Opportunities, conduct: Conduct, calendar: Calendar
) -> _Part:
    """Discovery written down behind the quotation, for the record alone: on one day of the week."""
    quoted = (found.level >= 2) & ~found.has_discovery  # noqa: PLR2004  the level of quotations
    shows = conduct.shows(seats=found.seat, days=found.day)
    rows = np.flatnonzero(quoted & shows & (draw.random(found.count) < _SHOWN_SHARE))
    day = found.entered[2][rows] + draw.integers(1, 8, len(rows))
    day += (_BATCH_WEEKDAY - (day + calendar.data_from.weekday())) % 7
    kept = day <= calendar.last
    rows, day = rows[kept], day[kept]
    seconds = np.full(len(rows), 15 * _HOUR) + draw.integers(0, 600, len(rows))
    return _Part(
        seat=found.seat[rows],
        day=day,
        at=calendar.instants(day, seconds=seconds),
        account=found.account[rows],
        opportunity=rows,
        purpose=np.full(len(rows), DISCOVERY, dtype=object),
    )


def _visits(draw: np.random.Generator, *, world: World, accounts: Accounts) -> _Part:
    """Work for new opportunities, of which a share goes to the food plants."""
    staff = world.staff
    a_day = np.full(len(staff.seller), _VISITS_A_QUARTER / _QUARTER_DAYS)
    seats, days = begun(draw, world=world, a_day=a_day)
    food = world.conduct.rate(FOOD, seats=seats, days=days)
    kinds = mixed(draw, world=world, seats=seats, days=days, food=food)
    closed = fails(world.story.planted[FOOD], "worked_not_opened")[staff.team_of_seat[seats]]
    shut = (kinds == TARGETED) & closed
    is_meeting = draw.random(len(days)) < np.where(shut, _CLOSED_DOOR_SHARE, _FIRST_MEETING_SHARE)
    return _Part(
        seat=seats,
        day=days,
        at=world.calendar.instants(days, seconds=clock.working_seconds(draw, len(days))),
        account=picked(draw, world=world, accounts=accounts, kinds=kinds, seats=seats, days=days),
        opportunity=np.full(len(days), -1),
        purpose=np.where(is_meeting, FIRST_MEETING, PROSPECTING).astype(object),
    )


def _care(draw: np.random.Generator, *, world: World, accounts: Accounts) -> _Part:
    """Care of key accounts: alone, or as a team; those who act on the new teams do more of it."""
    a_day = np.full(len(world.staff.seller), _CARE_A_QUARTER / _QUARTER_DAYS)
    seats, days = begun(draw, world=world, a_day=a_day)
    acts = acts_in_teams(world, seats=seats, days=days)
    kept = acts | (draw.random(len(days)) < _CARE_KEPT)
    seats, days = seats[kept], days[kept]
    kinds = np.full(len(days), KEY)
    is_team = draw.random(len(days)) < world.conduct.rate(KEY_TEAMS, seats=seats, days=days)
    return _Part(
        seat=seats,
        day=days,
        at=world.calendar.instants(days, seconds=clock.working_seconds(draw, len(days))),
        account=picked(draw, world=world, accounts=accounts, kinds=kinds, seats=seats, days=days),
        opportunity=np.full(len(days), -1),
        purpose=np.where(is_team, TEAM_CARE, CARE).astype(object),
    )


_MEETINGS = (DISCOVERY, FIRST_MEETING, "demo", "site_survey", TEAM_CARE)


def _columns(
    draw: np.random.Generator,
    parts: list[_Part],
    *,
    recorded: Recorded,
    accounts: Accounts,
    staff: Staff,
    calendar: Calendar,
) -> dict[str, Array | list[object]]:
    seat = np.concatenate([part.seat for part in parts])
    day = np.concatenate([part.day for part in parts])
    at = np.concatenate([part.at for part in parts])
    account = np.concatenate([part.account for part in parts])
    opportunity = np.concatenate([part.opportunity for part in parts])
    purpose = np.concatenate([part.purpose for part in parts])
    typed = tables.after(at, days=tables.typed_in_after(draw, len(at)))
    # What is not typed in yet is in no system.
    known = np.flatnonzero(typed <= tables.last_instant(calendar))
    order = known[np.argsort(at[known], kind="stable")]
    count = len(order)
    seat, day, at, typed = seat[order], day[order], at[order], typed[order]
    account, opportunity, purpose = account[order], opportunity[order], purpose[order]
    is_meeting = np.isin(purpose, _MEETINGS)
    kind = np.where(is_meeting, "meeting", np.where(draw.random(count) < 0.7, "call", "email"))  # noqa: PLR2004  a share
    buyer = draw.random(count) < shapes.BUYER_BEGAN_SHARE
    outward = np.where(is_meeting, "joint", np.where(buyer, "in", "out"))
    is_unheard = (kind == "call") & ~buyer & (draw.random(count) < _NO_ANSWER_SHARE)
    minutes = shapes.talk_minutes(draw.random(count)) * np.where(is_meeting, 4, 1)
    contacts = contact_ids(len(accounts.ids)).reshape(-1, len(CONTACTS))
    of_opportunity = np.append(recorded.ids, np.array([None], dtype=object))
    return {
        "activity_id": ids("x", count, width=7),
        "kind": kind.astype(object),
        "direction": outward.astype(object),
        "purpose": purpose,
        "person_id": staff.person_at(seat, days=day),
        "account_id": accounts.ids[account],
        "opportunity_id": of_opportunity[opportunity],
        "contact_id": contacts[account, draw.integers(len(CONTACTS), size=count)],
        "occurred_at": at,
        "duration_minutes": np.where(kind == "email", np.nan, minutes),
        "outcome": only(is_unheard, np.full(count, "no_answer", dtype=object)),
        "recorded_at": typed,
    }
