"""How many conversations stand behind each decided opportunity."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.methods import counts
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import asked, days
from headway.analysis.results.asked import Asked, Said
from headway.analysis.results.book import Book, within
from headway.analysis.results.days import Days
from headway.analysis.results.dimension import of_encoded
from headway.facts import Encoded, Facts, encode, once
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

CODE = "conversations_per_decided"
SECONDS_A_MINUTE = 60


def metrics(ask: Asked, *, facts: Facts) -> tuple[Metric, ...]:
    """Conversations of the period over opportunities decided in it.

    A conversation is a call at least as long as the policy's floor, or a meeting that took place.
    Of some people, theirs; of a slice, those linked to its opportunities.
    """
    if not facts.has("seen/activity"):
        return (asked.not_measured(CODE, unit=Unit.RATIO),)
    floor = ask.policy.conversation_floor_seconds
    held_on = _held_on(facts, book=ask.book, floor_seconds=floor)
    if held_on is None:
        return (asked.not_measured(CODE, unit=Unit.RATIO),)
    metric = ask.metric(
        CODE,
        unit=Unit.RATIO,
        of=partial(_per_decided, ask, held_on=held_on),
        said=Said(
            caveats=("calls_above_floor", "logged_only"), figures={"floor_seconds": float(floor)}
        ),
    )
    return (metric,)


def _per_decided(ask: Asked, period: Period, *, held_on: Days) -> Range | TooFew:
    n, needed = int(ask.book.decided_in(period).sum()), ask.policy.min_cases_for_rate
    if n < needed:
        return TooFew(seen=n, needed=needed)
    seen = int(within(held_on, period=period).sum())
    low, high = counts.interval(seen, level=ask.level)
    return Range(value=seen / n, low=low / n, high=high / n, n=n)


def _held_on(facts: Facts, *, book: Book, floor_seconds: int) -> Days | None:
    read, held_on = _read(facts, floor_seconds=floor_seconds)
    if not read.n:
        return None
    wanted = np.ones(read.n, dtype=bool)
    if book.is_sliced:
        wanted = of_encoded(read, "opportunity_id").is_among(frozenset(book.ids))
    elif book.people_asked is not None:
        wanted = of_encoded(read, "person_id").is_among(book.people_asked)
    return held_on[wanted]


@once
def _read(facts: Facts, *, floor_seconds: int) -> tuple[Encoded, Days]:
    """Every conversation of at least that length, and the day on which it was held."""
    held = _held(facts, floor_seconds=floor_seconds)
    read = encode(held, dimensions=("person_id", "opportunity_id"), measures=("occurred_at",))
    zone = facts.organisation.time_zone
    return read, days.of_seconds(read.measures["occurred_at"], time_zone=zone)


def _held(facts: Facts, *, floor_seconds: int) -> "ir.Table":
    rows = facts.table("seen/activity")
    is_call = (rows.kind == "call") & (rows.duration_minutes * SECONDS_A_MINUTE >= floor_seconds)
    is_meeting = (rows.kind == "meeting") & (rows.direction != "internal")
    took_place = rows.outcome.isnull() | ~rows.outcome.isin(["no_show", "no_answer"])
    return rows.filter((is_call | is_meeting) & took_place)
