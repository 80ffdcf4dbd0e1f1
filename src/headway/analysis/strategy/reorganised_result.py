"""Whether the declared result of a reorganisation rose once people worked in their new roles."""

from collections.abc import Collection
from datetime import timedelta

import numpy as np

from headway.analysis.strategy import items, moved
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.judged import counted, valued
from headway.analysis.strategy.moved import Side
from headway.facts import Facts
from headway.terms.pattern import PatternEvidence
from headway.terms.period import Period
from headway.terms.policy import SEED

_FEWEST_CLOSED = 30
_DRAWS = 2_000
_GAINED = 0.5

_Evidence = tuple[PatternEvidence, ...]


def gained(
    facts: Facts, one: Priority, *, people: Collection[str], since: Period
) -> tuple[float | None, _Evidence]:
    """The probability that half of the declared gain is reached.

    The result over the priority's scope, of opportunities of these people, since conduct was due
    and one median cycle passed, against as many days before the launch. People are drawn with
    replacement. What else moved it in the meantime, such as the season, is not taken out.

    Returns:
        The probability, None where it cannot be told; and the figures, or why.
    """
    goal, scope = _goal(one), one.scope
    measure = one.result or ""
    if goal is None or scope is None or scope.grain != "opportunity" or measure not in moved.UNITS:
        return None, (valued("no_result_goal", 1),)
    found = items.of(facts, eligibility=scope, behaviour=None)
    if found is None or not found.people:
        return None, (counted("result_too_few", k=0, n=_FEWEST_CLOSED),)
    first = since.first + timedelta(days=moved.cycle_days(found, end=since.end))
    if first >= since.end:
        return None, (valued("result_too_early", (first - since.end).days + 1),)
    length = since.end - first
    before = moved.side(found, measure, first=one.launched_on - length, end=one.launched_on)
    now = moved.side(found, measure, first=first, end=since.end)
    theirs = np.array([name in people for name in found.people], dtype=bool)
    closed = min(float(each.closed[theirs].sum()) for each in (before, now))
    if closed < _FEWEST_CLOSED:
        return None, (counted("result_too_few", k=closed, n=_FEWEST_CLOSED),)
    ratios = _ratios(now, theirs) / _ratios(before, theirs)
    whole, drawn = float(ratios[0]), ratios[1:][np.isfinite(ratios[1:])]
    reached = drawn >= goal if goal >= 1 else drawn <= goal
    p_gained = float(reached.mean()) if len(drawn) else 0.0
    return p_gained, (
        valued("result_change", whole - 1),
        valued("result_due", goal - 1),
        valued("p_result", p_gained),
    )


def _goal(one: Priority) -> float | None:
    """Half of the declared way, as a multiple of where the result stood."""
    if not one.result_baseline or one.result_target is None:
        return None
    return 1 + _GAINED * (one.result_target / one.result_baseline - 1)


def _ratios(side: Side, theirs: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> moved.Floats:
    """The result of the people together, then of each draw of them."""
    count = int(theirs.sum())
    drawn = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, size=_DRAWS)
    weights = np.vstack([np.ones(count), drawn])
    sums, cases = weights @ side.sums[theirs], weights @ side.cases[theirs]
    found: moved.Floats = np.where(cases > 0, sums / np.where(cases > 0, cases, 1.0), np.nan)
    return found
