"""Whether the declared result of a reorganisation rose once people worked in their new roles."""

from collections.abc import Collection
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import moved
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.judged import counted, valued
from headway.analysis.strategy.moved import Side
from headway.facts import Facts
from headway.terms.pattern import PatternEvidence
from headway.terms.period import Period
from headway.terms.policy import SEED

_FEWEST_CLOSED = 30
_FEWEST_BESIDE = 6
_DRAWS = 2_000
_GAINED = 0.5

_Evidence = tuple[PatternEvidence, ...]
_People = npt.NDArray[np.bool_]


def gained(
    facts: Facts,
    one: Priority,
    *,
    moved_to: Collection[str],
    stayed: Collection[str],
    since: Period,
) -> tuple[float | None, _Evidence]:
    """The probability that half of the declared gain is reached.

    The result over the priority's scope, of opportunities of those who moved, since conduct was due
    and one median cycle passed, against as many days before the launch; less the same change of
    those who stayed, where six of them closed enough. Without them a season or another change would
    look like a gain. People are drawn with replacement.

    Args:
        facts: of one organisation.
        one: the priority, with its result.
        moved_to: who works as the new role says.
        stayed: who should, and does not.
        since: the days in which it was due.

    Returns:
        The probability, None where it cannot be told; and the figures, or why.
    """
    goal, scope, measure = _goal(one), one.scope, one.result or ""
    is_measured = measure in moved.MEASURED and scope is not None and scope.grain == "opportunity"
    if goal is None or not is_measured:
        return None, (valued("no_result_goal", 1),)
    found = moved.in_scope(facts, one)
    if found is None or not found.people:
        return None, (counted("result_too_few", k=0, n=_FEWEST_CLOSED),)
    first = since.first + timedelta(days=moved.cycle_days(found, end=since.end))
    if first >= since.end:
        return None, (valued("result_too_early", (first - since.end).days + 1),)
    length = since.end - first
    before = moved.side(found, measure, first=one.launched_on - length, end=one.launched_on)
    now = moved.side(found, measure, first=first, end=since.end)
    theirs, others = (
        np.array([name in people for name in found.people], dtype=bool)
        for people in (moved_to, stayed)
    )
    closed = _closed(before, now, theirs)
    if closed < _FEWEST_CLOSED:
        return None, (counted("result_too_few", k=closed, n=_FEWEST_CLOSED),)
    changes = _changes(before, now, theirs, seed=SEED)
    is_beside = others.sum() >= _FEWEST_BESIDE and _closed(before, now, others) >= _FEWEST_CLOSED
    if is_beside:
        beside = _changes(before, now, others, seed=SEED + 1)
        # What is nothing now, or was nothing before, is no measure for others.
        is_beside = bool(0 < beside[0] < np.inf)
        with np.errstate(divide="ignore", invalid="ignore"):
            changes = changes / beside if is_beside else changes
    whole, drawn = float(changes[0]), changes[1:][np.isfinite(changes[1:])]
    if not np.isfinite(whole):
        # Nothing was there before: no multiple of it.
        return None, (counted("result_too_few", k=0, n=_FEWEST_CLOSED),)
    reached = drawn >= goal if goal >= 1 else drawn <= goal
    p_gained = float(reached.mean()) if len(drawn) else 0.0
    return p_gained, (
        valued("result_change", whole - 1),
        valued("result_due", goal - 1),
        valued("p_result", p_gained),
        valued("beside", int(others.sum())) if is_beside else valued("no_comparison", 1),
    )


def _goal(one: Priority) -> float | None:
    """Half of the declared way, as a multiple of where the result stood."""
    if not one.result_baseline or one.result_target is None:
        return None
    return 1 + _GAINED * (one.result_target / one.result_baseline - 1)


def _closed(before: Side, now: Side, people: _People) -> float:
    return min(float(each.closed[people].sum()) for each in (before, now))


def _changes(before: Side, now: Side, people: _People, *, seed: int) -> moved.Floats:
    """The result now as a multiple of before: of the people together, then of each draw of them."""
    count = int(people.sum())
    drawn = np.random.default_rng(seed).multinomial(count, [1 / count] * count, size=_DRAWS)
    weights = np.vstack([np.ones(count), drawn])
    with np.errstate(divide="ignore", invalid="ignore"):
        return _ratios(now, people, weights=weights) / _ratios(before, people, weights=weights)


def _ratios(side: Side, people: _People, *, weights: moved.Floats) -> moved.Floats:
    sums, cases = weights @ side.sums[people], weights @ side.cases[people]
    found: moved.Floats = np.where(cases > 0, sums / np.maximum(cases, 1e-12), np.nan)
    return found
