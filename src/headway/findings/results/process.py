"""H-process: can our process create value? Who followed it against who did not."""

import numpy as np
import numpy.typing as npt

from headway.analysis.results.history import History
from headway.analysis.results.reached import NEVER, Reached
from headway.findings.results.evidence import Evidence, told, untested
from headway.terms.answer import LadderLine, Standing

CASES_NEEDED = 100
CASES_OF_A_SIDE = 30
# Below this share the process is not what people do.
FOLLOWED_SHARE = 0.8
TAIL = 1.645


def line(evidence: Evidence, *, history: History) -> LadderLine:
    """Whether opportunities that took every stage do better than those that left one out.

    The landmark is the entry into the last open stage: only opportunities that got so far and are
    decided in one of the two periods are compared. An opportunity followed the process when it
    stood at least a day at every open stage before.

    References:
        Domain model, 4.2 (H-process); Agresti & Caffo (2000), The American Statistician 54:280-288,
        for the interval of the difference.
    """
    reached = history.reached
    if reached is None or not evidence.book.has_lost:
        wanted = ("seen/opportunity_change", "seen/stage_def")
        missing = tuple(name for name in wanted if not evidence.facts.has(name))
        return untested("process", reason="process.no_history", missing=missing)
    if len(reached.stages) <= 2:  # noqa: PLR2004  one open stage and the won one: nothing to follow
        return untested("process", reason="process.one_stage")
    inside = _at_landmark(evidence, reached=reached)
    followed = _followed(reached)[inside]
    won = evidence.book.is_won[inside]
    return _judged(followed=followed, won=won)


def _judged(*, followed: npt.NDArray[np.bool_], won: npt.NDArray[np.bool_]) -> LadderLine:
    n = [int(followed.sum()), int((~followed).sum())]
    k = [int((followed & won).sum()), int((~followed & won).sum())]
    if sum(n) < CASES_NEEDED or min(n) < CASES_OF_A_SIDE:
        return LadderLine(
            code="process",
            standing=Standing.UNTESTED,
            reason="process.few_cases",
            figures=told(n_followed=n[0], n_other=n[1], needed=CASES_NEEDED),
        )
    low, high = _difference(k, n)
    share = n[0] / sum(n)
    figures = told(
        rate_followed=k[0] / n[0],
        rate_other=k[1] / n[1],
        n_followed=n[0],
        n_other=n[1],
        low=low,
        high=high,
        followed_share=share,
    )
    if low <= 0:
        return LadderLine(
            code="process",
            standing=Standing.CANDIDATE,
            reason="process.no_better",
            supports=("following_no_better",),
            figures=figures,
        )
    if share < FOLLOWED_SHARE:
        return LadderLine(
            code="process",
            standing=Standing.RULED_OUT,
            reason="process.better_and_rare",
            refuters=("following_better", "rarely_followed"),
            figures=figures,
        )
    return LadderLine(
        code="process", standing=Standing.UNTESTED, reason="process.followed", figures=figures
    )


def _at_landmark(evidence: Evidence, *, reached: Reached) -> npt.NDArray[np.bool_]:
    book, comparison = evidence.book, evidence.comparison
    decided = book.decided_in(comparison.base) | book.decided_in(comparison.actual)
    got_there: npt.NDArray[np.bool_] = decided & (reached.on[:, -2] != NEVER)
    return got_there


def _followed(reached: Reached) -> npt.NDArray[np.bool_]:
    # A skipped stage counts as passed on the day of the next one: then it had no day of its own.
    own_days = np.diff(reached.on[:, :-1], axis=1) > 0
    return np.asarray(own_days.all(axis=1), dtype=bool)


def _difference(k: list[int], n: list[int]) -> tuple[float, float]:
    rates = [(won + 1) / (cases + 2) for won, cases in zip(k, n, strict=True)]
    error = (
        sum(rate * (1 - rate) / (cases + 2) for rate, cases in zip(rates, n, strict=True)) ** 0.5
    )
    difference = rates[0] - rates[1]
    return difference - TAIL * error, difference + TAIL * error
