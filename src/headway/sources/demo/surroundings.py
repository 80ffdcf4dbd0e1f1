"""What else is known: targets, money after the sale, events, value, promises, departures."""

from collections.abc import Iterator
from datetime import datetime, time

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo.accounts import KEY, POOL, Accounts
from headway.sources.demo.calendar import QUARTERS, Calendar
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.opportunities import DOWNTURN_DAYS, RISE_AGO, Opportunities
from headway.sources.demo.people import Staff
from headway.sources.demo.story import PRIORITIES, Story
from headway.sources.demo.world import World

_VALUE = (
    ("for_whom", "Plants that cannot stand still"),
    ("problem", "An hour of standstill costs more than a pump"),
    ("outcome", "Two unplanned stops fewer in a year"),
    ("difference", "The pump says when it needs us"),
    ("proof", "Measured in the first year, together with the plant"),
)
# Nobody looks at it within a week of its day: by then it may be done.
_CHECK_EVERY_DAYS, _NEAR_DAYS, _HELD_SHARE = 14, 7, 0.6
_KEPT_SHARE, _RENEGOTIATED_SHARE = 0.55, 0.2
# What leaders promise about each priority.
_PROMISED = (
    (
        "Go through each open quotation of a pump, and put the contract in",
        "Bring service along to the second meeting, with each of my people once",
        "Begin the weekly meeting with one contract, and what it earned",
    ),
    (
        "Agree a list of food plants with each of my people",
        "Go along to the first food plant that each of my people visits",
        "Take two old accounts off each list, so that there is time for food plants",
    ),
    (
        "Listen to one discovery of each of my people",
        "Ask for the discovery before the forecast, in every call",
        "Send back quotations that nobody asked a question before",
    ),
    (
        "Name the team of each key account, and who speaks for it",
        "Prepare one visit as a team with each of my people",
        "Have notes shared before each visit to a key account",
    ),
)
_DEPARTURES = 3
_TARGET_STEP = 5000


def of(world: World, *, found: Opportunities, accounts: Accounts) -> Columns:
    """The tables around the line of sight."""
    draw = world.options.stream("surroundings")
    commitments, events = _commitments(
        draw,
        checks=world.options.stream("checks"),
        staff=world.staff,
        calendar=world.calendar,
    )
    return {
        "seen/target": of_rows(_targets(found, staff=world.staff, calendar=world.calendar)),
        "seen/revenue": _revenue(draw, found=found, accounts=accounts, calendar=world.calendar),
        "seen/business_event": of_rows(_events(world.story, calendar=world.calendar)),
        "meant/value_element": of_rows(
            {
                "element_id": f"value-{number}",
                "kind": kind,
                "text": text,
                "owner_id": world.staff.leaders[0],
                "valid_from": world.calendar.ago(300),
                "review_due_on": world.calendar.ago(-60),
            }
            for number, (kind, text) in enumerate(_VALUE, start=1)
        ),
        "meant/value_proof": of_rows(
            {
                "proof_id": f"proof-{number}",
                "element_id": f"value-{3 + number % 2}",
                "account_id": accounts.ids[int(draw.integers(len(accounts.ids)))],
                "confirmed_on": world.calendar.ago(int(draw.integers(20, 280)))
                if number % 3
                else None,
            }
            for number in range(1, 7)
        ),
        "meant/commitment": of_rows(commitments),
        "meant/commitment_event": of_rows(events),
        "said/departure": of_rows(_departures(draw, staff=world.staff, calendar=world.calendar)),
    }


def _quarters(calendar: Calendar) -> list[tuple[int, int]]:
    """First day and end of each quarter."""
    months = np.datetime64(calendar.data_from, "M") + 3 * np.arange(QUARTERS + 1)
    starts = (months.astype("datetime64[D]") - np.datetime64(calendar.data_from, "D")).astype(int)
    return list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))


def _targets(
    found: Opportunities, *, staff: Staff, calendar: Calendar
) -> Iterator[dict[str, object]]:
    """For each seller and quarter the bookings aimed at: a tenth above the average so far."""
    won = found.amount * found.is_won
    a_quarter = np.bincount(found.seat, weights=won, minlength=len(staff.seller)) / QUARTERS
    for first, end in _quarters(calendar):
        people = staff.person_at(np.arange(len(staff.seller)), days=np.full(len(a_quarter), first))
        for person, amount in zip(people, a_quarter, strict=True):
            yield {
                "subject_kind": "person",
                "subject": person,
                "measure": "bookings",
                "period_from": calendar.day(first),
                "period_to": calendar.day(end),
                "value": float(np.ceil(amount * 1.1 / _TARGET_STEP) * _TARGET_STEP),
                "unit": "money",
                "set_at": datetime.combine(calendar.day(max(first - 10, 0)), time(9)),
            }


def _revenue(
    draw: np.random.Generator, *, found: Opportunities, accounts: Accounts, calendar: Calendar
) -> dict[str, Array | list[object]]:
    """What key accounts paid in each of the last twelve months, from what they ordered."""
    month = calendar.dates(np.minimum(found.closes, calendar.last)).astype("datetime64[M]")
    now = np.datetime64(calendar.as_of, "M")
    ago = (now - month).astype(int)
    is_key = found.account % POOL < (KEY + 1) * 3
    rows = np.flatnonzero(found.is_won & is_key & (ago < 12))  # noqa: PLR2004  months
    keys, places = np.unique(
        np.stack([found.account[rows], ago[rows]], axis=1), axis=0, return_inverse=True
    )
    amount = np.bincount(places.ravel(), weights=found.amount[rows], minlength=len(keys))
    margin = draw.uniform(0.22, 0.38, len(keys))
    return {
        "account_id": accounts.ids[keys[:, 0]],
        "month_on": (now - keys[:, 1]).astype("datetime64[D]"),
        "revenue_amount": amount,
        "margin_amount": amount * margin,
        "is_delivery_issue": draw.random(len(keys)) < 0.04,  # noqa: PLR2004  a share
    }


def _events(story: Story, *, calendar: Calendar) -> Iterator[dict[str, object]]:
    if "price_rise" in story.decoys:
        yield {
            "event_id": "event-prices",
            "kind": "price_change",
            "starts_on": calendar.ago(RISE_AGO),
            "note": "Prices of all products rise by six percent",
        }
    if "market_downturn" in story.decoys:
        yield {
            "event_id": "event-market",
            "kind": "market",
            "starts_on": calendar.ago(DOWNTURN_DAYS),
            "note": "Plants put off what they can",
        }


_Rows = list[dict[str, object]]


def _commitments(
    draw: np.random.Generator,
    *,
    checks: np.random.Generator,
    staff: Staff,
    calendar: Calendar,
) -> tuple[_Rows, _Rows]:
    """What leaders promised about each priority, and what became of it."""
    rows: _Rows = []
    events: _Rows = []
    for number, priority in enumerate(PRIORITIES):
        for place, leader in enumerate(staff.leaders[1:]):
            made = int(draw.integers(40, 110))
            due = made - int(draw.integers(14, 60))
            commitment = f"commitment-{number}-{leader}"
            rows.append(
                {
                    "commitment_id": commitment,
                    "owner_id": leader,
                    "to_person_id": staff.leaders[0],
                    "subject_kind": "priority",
                    "subject_id": priority,
                    "text": _PROMISED[number][place % len(_PROMISED[number])],
                    "made_on": calendar.ago(made),
                    "due_on": calendar.ago(due),
                }
            )
            events += _checks(checks, commitment, made=made, due=due, calendar=calendar)
            kept = draw.random()
            happened = max(due + int(draw.integers(-4, 5)), 0)
            if kept < _KEPT_SHARE:
                events.append(_event(commitment, "done", calendar.ago(happened)))
            elif kept < _KEPT_SHARE + _RENEGOTIATED_SHARE:
                moved = _event(commitment, "renegotiated", calendar.ago(max(due + 2, 0)))
                events.append({**moved, "new_due_on": calendar.ago(due - 30)})
    return rows, events


def _checks(
    draw: np.random.Generator, commitment: str, *, made: int, due: int, calendar: Calendar
) -> Iterator[dict[str, object]]:
    """A look at it every two weeks until its day comes near; some are not held. Days ago."""
    for ago in range(made - _CHECK_EVERY_DAYS, max(due + _NEAR_DAYS, 0), -_CHECK_EVERY_DAYS):
        yield _event(commitment, "check_planned", calendar.ago(ago))
        if draw.random() < _HELD_SHARE:
            yield _event(commitment, "check_held", calendar.ago(ago))


def _event(commitment: str, kind: str, day: object) -> dict[str, object]:
    return {"commitment_id": commitment, "occurred_on": day, "kind": kind}


def _departures(
    draw: np.random.Generator, *, staff: Staff, calendar: Calendar
) -> Iterator[dict[str, object]]:
    for seat in sorted(draw.choice(len(staff.seller), size=_DEPARTURES, replace=False).tolist()):
        yield {
            "person_id": staff.seller[seat],
            "leaves_on": calendar.ago(-int(draw.integers(90, 600))),
            "declared_on": calendar.ago(int(draw.integers(10, 120))),
            "basis": "declared",
            "is_shared": bool(draw.random() < 0.5),  # noqa: PLR2004  half of them
        }
