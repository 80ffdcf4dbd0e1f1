"""Opportunities as systems hold them: rows, lines, the history of each field, typed in late."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import shapes
from headway.sources.demo.accounts import CONTACTS, Accounts, contact_ids
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, ids, of_rows, only
from headway.sources.demo.conduct import SERVICE, Conduct
from headway.sources.demo.opportunities import EURO_FACTOR, Opportunities
from headway.sources.demo.people import Staff
from headway.sources.demo.world import World

PIPELINE = "Standard"
STAGES = ("Qualification", "Discovery", "Quotation", "Negotiation")
_PROBABILITIES = (0.1, 0.25, 0.5, 0.75)
WON, LOST = "Won", "Lost"
PRODUCTS = (
    ("Seal kit", "Spare parts"),
    ("Overhaul kit", "Spare parts"),
    ("CW 20 transfer pump", "Pumps"),
    ("CW 60 process pump", "Pumps"),
    ("CW 80 hygienic pump", "Pumps"),
    ("CW 90 monitored pump", "Pumps"),
    ("Pumping station", "Systems"),
)
SERVICE_PRODUCT = "service-contract"
SERVICE_FAMILY = "Service contracts"
_LOST_REASONS = ("price", "no_decision", "competitor", "timing", "requirements")
_LOST_SHARES = (0.28, 0.27, 0.22, 0.13, 0.10)
_SOURCES = ("referral", "web", "trade_fair", "own_prospecting", "partner")
_HOUR = 3600
_FIRST_HOUR, _HOURS_A_LEVEL = 8, 1.5
_LATE_SHARE, _LATE_DAYS, _SOON_DAYS = 0.08, 6.0, 0.1
_SHOWN_LATE_SHARE, _SHOWN_LATE = 0.5, (8, 20)
_BLANK_ACCOUNT_SHARE, _TENDER_SHARE, _NEXT_STEP_SHARE = 0.02, 0.08, 0.7


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The instants of opportunities: created, entered by level, closed. Tables beside them."""

    ids: Array
    created: Array
    entered: Array
    closed: Array
    columns: Columns


def of(world: World, *, found: Opportunities, accounts: Accounts) -> Recorded:
    """The tables of opportunities, their lines, contacts and changes."""
    draw = world.options.stream("opportunity tables")
    opportunity = ids("o", found.count)
    entered = np.stack(
        [
            world.calendar.instants(
                found.entered[level], seconds=_seconds(draw, found.count, level)
            )
            for level in range(len(STAGES))
        ]
    )
    recorded = Recorded(
        ids=opportunity,
        created=entered[0],
        entered=entered,
        closed=world.calendar.instants(
            found.closes, seconds=_seconds(draw, found.count, len(STAGES))
        ),
        columns={},
    )
    expected = _expected(draw, found=found, calendar=world.calendar)
    recorded.columns.update(
        {
            "seen/product": _products(world.calendar),
            "seen/stage_def": _stage_defs(),
            "seen/opportunity": _opportunities(
                draw,
                found=found,
                recorded=recorded,
                staff=world.staff,
                accounts=accounts,
                calendar=world.calendar,
                expected=expected,
            ),
            "seen/opportunity_line": _lines(found, opportunity=opportunity),
            "seen/opportunity_contact": _contacts(draw, found=found, recorded=recorded),
            "seen/opportunity_change": _changes(
                draw,
                found=found,
                recorded=recorded,
                staff=world.staff,
                conduct=world.conduct,
                calendar=world.calendar,
                expected=expected,
            ),
        }
    )
    return recorded


def _seconds(draw: np.random.Generator, count: int, level: int) -> Array:
    """A later hour of the day for each level, so that one day holds them in order."""
    first = (_FIRST_HOUR + _HOURS_A_LEVEL * level) * _HOUR
    return (first + draw.random(count) * _HOUR).astype(int)


def _expected(draw: np.random.Generator, *, found: Opportunities, calendar: Calendar) -> Array:
    """Two rows: the day of decision expected at first, and the one expected now."""
    span = found.closes - found.day
    first = calendar.workday(
        found.day + np.ceil(span * draw.uniform(0.6, 1.2, len(span))).astype(int)
    )
    ahead = calendar.last + draw.integers(5, 60, len(span))
    now = np.where(found.is_open, np.where(first > calendar.last, first, ahead), found.closes)
    return np.stack([np.maximum(first, found.day), now])


def _products(calendar: Calendar) -> dict[str, Array | list[object]]:
    launched = calendar.ago(calendar.launched_ago[SERVICE])
    prices = shapes.PRICE_LADDER * EURO_FACTOR
    rows = [
        {
            "product_id": f"product-{number}",
            "name": name,
            "family": family,
            "list_price_amount": float(price),
        }
        for number, ((name, family), price) in enumerate(zip(PRODUCTS, prices, strict=True))
    ]
    service = {
        "product_id": SERVICE_PRODUCT,
        "name": "Service contract",
        "family": SERVICE_FAMILY,
        "list_price_amount": None,
        "launched_on": launched,
    }
    found = of_rows([*rows, service])
    return {**found, "list_price_amount": np.array(found["list_price_amount"], dtype=float)}


def _stage_defs() -> dict[str, Array | list[object]]:
    listed = [
        *((s, "open", p) for s, p in zip(STAGES, _PROBABILITIES, strict=True)),
        (WON, "won", 1.0),
        (LOST, "lost", 0.0),
    ]
    return dict(
        of_rows(
            {
                "pipeline": PIPELINE,
                "stage": stage,
                "sort_order": number,
                "stage_group": group,
                "probability_share": share,
            }
            for number, (stage, group, share) in enumerate(listed, start=1)
        )
    )


def _opportunities(
    draw: np.random.Generator,
    *,
    found: Opportunities,
    recorded: Recorded,
    staff: Staff,
    accounts: Accounts,
    calendar: Calendar,
    expected: Array,
) -> dict[str, Array | list[object]]:
    count = found.count
    is_lost = ~found.is_open & ~found.is_won
    until = np.minimum(found.closes, calendar.last)
    account = accounts.ids[found.account].copy()
    account[found.is_open & (draw.random(count) < _BLANK_ACCOUNT_SHARE)] = None
    closes = expected[1].copy()
    # A few are closed before they are created, as in any system that lets people type days.
    wrong = ~found.is_open & (draw.random(count) < shapes.CLOSED_BEFORE_CREATED_SHARE)
    closes[wrong] = np.maximum(found.day[wrong] - draw.integers(1, 300, int(wrong.sum())), 0)
    closed = recorded.closed.copy()
    closed[wrong] = calendar.instants(closes[wrong], seconds=np.full(int(wrong.sum()), 12 * _HOUR))
    closed[found.is_open] = np.datetime64("NaT")
    has_step = found.is_open & (draw.random(count) < _NEXT_STEP_SHARE)
    return {
        "opportunity_id": recorded.ids,
        "account_id": account,
        "owner_id": staff.person_at(found.seat, days=until),
        "created_by_id": staff.person_at(found.seat, days=found.day),
        "pipeline": np.full(count, PIPELINE, dtype=object),
        "stage": stage_names(found),
        "stage_group": _chosen(found, won="won", lost="lost", still="open"),
        "amount": found.amount + found.service_amount,
        "probability_share": _probability(found),
        "created_at": recorded.created,
        "close_on": calendar.dates(closes),
        "closed_at": closed,
        "lead_source": _any_of(draw, _SOURCES, count),
        "initiated_by": _any_of(
            draw, ("ours", "theirs", "joint"), count, shares=(0.50, 0.35, 0.15)
        ),
        "is_tender": draw.random(count) < _TENDER_SHARE,
        "type": _any_of(draw, ("new", "expansion", "renewal"), count, shares=(0.3, 0.6, 0.1)),
        "lost_reason": only(is_lost, _any_of(draw, _LOST_REASONS, count, shares=_LOST_SHARES)),
        "next_step_on": only(
            has_step, calendar.dates(calendar.last + draw.integers(0, 20, count)).astype(object)
        ),
        "next_step_set_by": only(has_step, _any_of(draw, ("ours", "theirs", "joint"), count)),
        "recorded_at": recorded.created,
    }


def stage_names(found: Opportunities) -> Array:
    """The stage in which each stands."""
    still = np.array(STAGES, dtype=object)[found.level]
    return np.where(found.is_open, still, np.where(found.is_won, WON, LOST)).astype(object)


def _chosen(found: Opportunities, *, won: str, lost: str, still: str) -> Array:
    return np.where(found.is_open, still, np.where(found.is_won, won, lost)).astype(object)


def _probability(found: Opportunities) -> Array:
    still = np.array(_PROBABILITIES)[found.level]
    return np.where(found.is_open, still, found.is_won.astype(float))


def _any_of(
    draw: np.random.Generator,
    values: Sequence[str],
    count: int,
    *,
    shares: Sequence[float] | None = None,
) -> Array:
    return np.array(values, dtype=object)[draw.choice(len(values), size=count, p=shares)]


def _lines(found: Opportunities, *, opportunity: Array) -> dict[str, Array | list[object]]:
    main = np.array([f"product-{n}" for n in range(len(PRODUCTS))], dtype=object)[found.product]
    extra = np.flatnonzero(found.has_service)
    amounts = np.concatenate([found.amount, found.service_amount[extra]])
    return {
        "opportunity_id": np.concatenate([opportunity, opportunity[extra]]),
        "line_no": np.repeat([1, 2], [found.count, len(extra)]),
        "product_id": np.concatenate([main, np.full(len(extra), SERVICE_PRODUCT, dtype=object)]),
        "quantity": np.ones(len(amounts)),
        "price_amount": amounts,
        "line_amount": amounts,
    }


def _contacts(
    draw: np.random.Generator, *, found: Opportunities, recorded: Recorded
) -> dict[str, Array | list[object]]:
    """Each buyer's person with a chance that grows with the stage."""
    each = len(CONTACTS)
    contacts = contact_ids(int(found.account.max(initial=0)) + 1).reshape(-1, each)
    chance = np.array([0.35, 0.8, 0.5]) + 0.06 * found.level[:, None]
    row, place = np.nonzero(draw.random((found.count, each)) < chance)
    return {
        "opportunity_id": recorded.ids[row],
        "contact_id": contacts[found.account[row], place],
        "added_at": recorded.created[row],
    }


def _changes(
    draw: np.random.Generator,
    *,
    found: Opportunities,
    recorded: Recorded,
    staff: Staff,
    conduct: Conduct,
    calendar: Calendar,
    expected: Array,
) -> dict[str, Array | list[object]]:
    """The history of stage, amount, day of decision and owner, value by value."""
    every = np.arange(found.count)
    stages = np.array([*STAGES, WON, LOST], dtype=object)
    parts: list[tuple[Array, Array, str, Array, Array]] = []

    def add(rows: Array, at: Array, field: str, old: Array, new: Array) -> None:
        parts.append((rows, at, field, old, new))

    nothing = np.full(found.count, None, dtype=object)
    for level in range(len(STAGES)):
        rows = every[found.level >= level]
        old = nothing if level == 0 else np.full(found.count, STAGES[level - 1], dtype=object)
        new = np.full(found.count, STAGES[level], dtype=object)
        add(rows, recorded.entered[level][rows], "stage", old[rows], new[rows])
    rows = every[~found.is_open]
    new = np.where(found.is_won, WON, LOST).astype(object)
    add(rows, recorded.closed[rows], "stage", stages[found.level][rows], new[rows])
    amount = np.array([f"{one:.2f}" for one in found.amount + found.service_amount], dtype=object)
    add(every, recorded.created, "amount", nothing, amount)
    first = calendar.dates(expected[0]).astype(str).astype(object)
    now = calendar.dates(expected[1]).astype(str).astype(object)
    add(every, recorded.created, "close_on", nothing, first)
    pushed = every[(expected[1] > expected[0]) & (expected[0] > found.day)]
    at = calendar.instants(expected[0][pushed], seconds=_seconds(draw, len(pushed), 3))
    add(pushed, at, "close_on", first[pushed], now[pushed])
    began = staff.person_at(found.seat, days=found.day)
    ended = staff.person_at(found.seat, days=np.minimum(found.closes, calendar.last))
    add(every, recorded.created, "owner_id", nothing, began)
    handed = every[began != ended]
    at = calendar.instants(staff.since[found.seat[handed]], seconds=np.full(len(handed), 8 * _HOUR))
    add(handed, at, "owner_id", began[handed], ended[handed])
    return _written(
        draw, parts, found=found, recorded=recorded, staff=staff, conduct=conduct, calendar=calendar
    )


def _written(
    draw: np.random.Generator,
    parts: list[tuple[Array, Array, str, Array, Array]],
    *,
    found: Opportunities,
    recorded: Recorded,
    staff: Staff,
    conduct: Conduct,
    calendar: Calendar,
) -> dict[str, Array | list[object]]:
    rows = np.concatenate([part[0] for part in parts])
    at = np.concatenate([part[1] for part in parts])
    field = np.repeat(
        np.array([part[2] for part in parts], dtype=object), [len(part[0]) for part in parts]
    )
    day = (at.astype("datetime64[D]") - np.datetime64(calendar.data_from, "D")).astype(int)
    shows = conduct.shows(seats=found.seat[rows], days=day) & (field == "stage")
    late = typed_in_after(draw, len(rows))
    low, high = _SHOWN_LATE
    is_shown = shows & (draw.random(len(rows)) < _SHOWN_LATE_SHARE)
    late = np.where(is_shown, draw.uniform(low, high, len(rows)), late)
    return {
        "opportunity_id": recorded.ids[rows],
        "changed_at": at,
        "field": field,
        "old_value": np.concatenate([part[3] for part in parts]),
        "new_value": np.concatenate([part[4] for part in parts]),
        "changed_by_id": staff.person_at(found.seat[rows], days=day),
        "recorded_at": np.minimum(after(at, days=late), last_instant(calendar)),
    }


def typed_in_after(draw: np.random.Generator, count: int) -> Array:
    """Days until something is typed in: mostly the same day, now and then a week or more."""
    is_late = draw.random(count) < _LATE_SHARE
    waited = np.where(is_late, _LATE_DAYS, _SOON_DAYS)
    return np.asarray(draw.exponential(waited) + is_late)


def after(at: Array, *, days: Array) -> Array:
    """Instants so many days later."""
    found: Array = at + (days * 86_400).astype("timedelta64[s]").astype("timedelta64[us]")
    return found


def last_instant(calendar: Calendar) -> np.datetime64:
    """The last moment that something is typed in."""
    return np.datetime64(calendar.as_of, "us") + np.timedelta64(17 * _HOUR, "s")
