"""Every metric of results for two periods."""

from dataclasses import replace

from headway.analysis.results import closing, cohort, conversations, pipeline, quotas, targets
from headway.analysis.results.asked import Asked
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.facts import Facts
from headway.terms.answer import Metric
from headway.terms.period import Period
from headway.terms.policy import Policy

CODES = (
    "close_rate",
    "win_rate_narrow",
    "no_decision_share",
    "value_win_rate",
    "average_amount",
    "bookings",
    "opportunities_created",
    "cohort_win_rate",
    "cycle_time",
    "sales_velocity",
    "coverage",
    "pipeline_conversion",
    "slip",
    "slip_value",
    "push_count",
    "quota_attainment",
    "quota_reached_share",
    "conversations_per_decided",
)
"""Every code, in the order given; `docs/reference/measures.md` has an entry for each."""


def of(
    facts: Facts,
    book: Book,
    *,
    base: Period,
    actual: Period,
    policy: Policy,
    seed: int,
    history: History,
) -> tuple[Metric, ...]:
    """Every metric now and before, with its change, its course and what it does not know.

    Args:
        facts: one organisation's facts.
        book: its book, or a part of it.
        base: the period compared with.
        actual: the period asked about.
        policy: minimums of cases, level of the intervals, floor of conversations.
        seed: of the bootstrap.
        history: of that book.

    Returns:
        One metric per code of `CODES`, in that order. What the source does not record is not
        measured, never 0 or 100 %; under the minimum of cases there is no number.

    References:
        domain.md 2.8.2; docs/reference/measures.md has the formula of each.
    """
    ask = Asked(book=book, history=history, base=base, actual=actual, policy=policy, seed=seed)
    planned = targets.of(facts, book=book)
    found = (
        *closing.metrics(ask),
        *cohort.metrics(ask),
        *pipeline.metrics(ask, facts=facts, targets=planned),
        *quotas.metrics(ask, targets=planned),
        *conversations.metrics(ask, facts=facts),
    )
    return tuple(replace(metric, marks=_marks(facts, code=metric.code)) for metric in found)


def _marks(facts: Facts, *, code: str) -> tuple[str, ...]:
    return tuple(mark.code for mark in facts.marks if code in mark.affects)
