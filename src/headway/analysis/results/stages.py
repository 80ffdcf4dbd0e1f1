"""Stage conversion by cohort: of opportunities that entered a stage, how many went on in time."""

import numpy as np

from headway.analysis.methods import survival
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import days, figures
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.analysis.results.reached import NEVER, Reached
from headway.terms.answer import Figure, Missing, StageStep
from headway.terms.period import Period
from headway.terms.policy import Policy

WITHIN_DAYS = 90
"""The days H in which the next stage must be reached: one quarter (domain.md section 6)."""


def of(
    book: Book, *, history: History, base: Period, actual: Period, policy: Policy
) -> tuple[StageStep, ...]:
    """The share of each stage's entrants who reached the next within 90 days, in both periods.

    Args:
        book: the opportunities.
        history: of the book.
        base: the period compared with.
        actual: the period asked about.
        policy: minimum of cases and level of the intervals.

    Returns:
        One step per open stage in order, the last leading to won; empty where stages are not
        measured. A cohort is who first entered the stage in the period; skipped stages count as
        passed. Lost opportunities compete; open ones are censored on the book's last day
        (Aalen-Johansen), so that a young cohort is not read as a bad one.
    """
    if history.reached is None:
        return ()
    return tuple(
        StageStep(
            stage=history.reached.stages[place],
            next_stage=history.reached.stages[place + 1],
            now=_share(book, reached=history.reached, place=place, period=actual, policy=policy),
            before=_share(book, reached=history.reached, place=place, period=base, policy=policy),
            within_days=WITHIN_DAYS,
        )
        for place in range(len(history.reached.stages) - 1)
    )


def _share(book: Book, *, reached: Reached, place: int, period: Period, policy: Policy) -> Figure:
    first, end = (days.of(day).astype(np.int64) for day in (period.first, period.end))
    entered = reached.on[:, place]
    cohort = (entered >= first) & (entered < end)
    began, went_on = entered[cohort], reached.on[cohort, place + 1]
    lost = book.is_lost[cohort] & ~np.isnat(book.decided_on[cohort])
    lost_on = np.where(lost, book.decided_on[cohort].astype(np.int64), NEVER)
    last = days.of(book.as_of).astype(np.int64)
    stopped = np.minimum(np.minimum(went_on, lost_on), np.maximum(last, began))
    outcome = np.where(
        went_on <= np.minimum(stopped, lost_on),
        survival.WANTED,
        np.where(lost_on <= stopped, survival.COMPETING, survival.OPEN),
    )
    n = int(cohort.sum())
    if n < policy.min_cases_for_rate:
        return Figure(value=None, n=n, missing=Missing.TOO_FEW if n else Missing.NO_CASES)
    found = survival.incidence(
        days=np.maximum(stopped - began, 0),
        outcome=outcome,
        age=WITHIN_DAYS,
        level=policy.interval_level,
    )
    share: Range | TooFew = found if isinstance(found, TooFew) else found.share
    return figures.of(share, n=n)
