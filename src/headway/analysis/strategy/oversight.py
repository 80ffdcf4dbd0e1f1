"""The three signs of micromanagement, each manager beside the organisation's other managers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import numpy as np

from headway.analysis.methods.posterior import JEFFREYS
from headway.analysis.methods.proportion import normal_quantile
from headway.analysis.strategy.inspected import Inspected
from headway.analysis.strategy.touches import Touches, Weeks
from headway.terms.coaching import Micromanagement
from headway.terms.policy import Policy

Answers = Mapping[str, int]

_FEWEST_OTHERS, _FEWEST_CASES, _FEWEST_TOUCHES = 3, 5, 5
_SCALE = 4.0
_RISE = math.log(1.5)


class Sign(StrEnum):
    """Whether one sign is there."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Signs:
    """The three signs of one manager."""

    inspection: Sign
    autonomy: Sign
    touches: Sign

    @property
    def verdict(self) -> Micromanagement:
        """Present where all three are there, absent where one is known not to be.

        References:
            Own, domain.md 2.5.5: any one alone is not evidence.
        """
        signs = (self.inspection, self.autonomy, self.touches)
        if Sign.NOT_SHOWN in signs:
            return Micromanagement.ABSENT
        if Sign.UNKNOWN in signs:
            return Micromanagement.CANNOT_TELL
        return Micromanagement.PRESENT


def of(
    managers: Sequence[str],
    *,
    inspected: Mapping[str, Inspected],
    answers: Mapping[str, Answers],
    touches: Touches,
    policy: Policy,
) -> Mapping[str, Signs]:
    """The signs of each manager.

    Args:
        managers: who leads sellers directly.
        inspected: the time that each spent with people in the window.
        answers: what the team of each says of its autonomy, 1 to 5 by value; never fewer than five.
        touches: how often each stepped into work of their people, lately and before.
        policy: the margin, and how sure a sign has to be.
    """
    steps = [_steps(weeks) for weeks in (touches.changes, touches.activities) if weeks is not None]
    means = {who: _mean(given) for who, given in answers.items()}
    spread = _spread_within(answers, means=means)
    errors = {who: spread / math.sqrt(sum(given.values())) for who, given in answers.items()}
    return {
        manager: Signs(
            inspection=_inspects(manager, inspected=inspected, policy=policy),
            autonomy=_decides_less(manager, means=means, errors=errors, policy=policy),
            touches=_steps_in_more(manager, steps=steps, policy=policy),
        )
        for manager in managers
    }


def _inspects(manager: str, *, inspected: Mapping[str, Inspected], policy: Policy) -> Sign:
    """More of the time is inspection than with the others, surely and by far."""
    able = {who: each for who, each in inspected.items() if each.cases >= _FEWEST_CASES}
    others = [each.share for who, each in able.items() if who != manager]
    if manager not in able or len(others) < _FEWEST_OTHERS:
        return Sign.UNKNOWN
    own, usual = able[manager], _usual(others, far=policy.broken_margin)
    posterior = JEFFREYS.given(own.share * own.cases, own.cases)
    is_sure = 1 - posterior.at_most(usual) >= policy.verdict_confidence
    return _sign(is_sure=is_sure and own.share - usual >= policy.broken_margin)


def _decides_less(
    manager: str, *, means: Mapping[str, float], errors: Mapping[str, float], policy: Policy
) -> Sign:
    """The team's mean lies below that of the other teams, surely and by far."""
    # Below zero, so that more is less autonomy.
    others = [-mean for who, mean in means.items() if who != manager]
    if manager not in means or len(others) < _FEWEST_OTHERS:
        return Sign.UNKNOWN
    far = policy.broken_margin * _SCALE
    short = -means[manager] - _usual(others, far=far)
    is_sure = short >= normal_quantile(policy.verdict_confidence) * errors[manager]
    return _sign(is_sure=is_sure and short >= far)


@dataclass(frozen=True, kw_only=True)
class _Step:
    """By how much touches per seller-week changed, in natural logarithms, and its error."""

    change: float
    error: float
    late: float


def _steps_in_more(manager: str, *, steps: Sequence[Mapping[str, _Step]], policy: Policy) -> Sign:
    """Touches of either kind rose against the manager's own past, more than those of the others."""
    known = [kind for kind in steps if manager in kind]
    if not known:
        return Sign.UNKNOWN
    # Each of two kinds may seem to rise by chance.
    confidence = 1 - (1 - policy.verdict_confidence) / len(known)
    return _sign(is_sure=any(_rises(manager, kind, confidence=confidence) for kind in known))


def _rises(manager: str, kind: Mapping[str, _Step], *, confidence: float) -> bool:
    own = kind[manager]
    others = [each.change for who, each in kind.items() if who != manager]
    usual = _usual(others, far=_RISE) if len(others) >= _FEWEST_OTHERS else 0.0
    more = own.change - usual
    is_sure = more >= normal_quantile(confidence) * own.error
    return is_sure and more >= _RISE and own.late >= _FEWEST_TOUCHES


def _steps(found: Mapping[str, Weeks]) -> Mapping[str, _Step]:
    """Of each manager whose people have been watched for as long before the window as in it.

    The error is that of two counts, wider where weeks differ more than chance lets them.
    """
    able = {
        manager: weeks
        for manager, weeks in found.items()
        if weeks.seller_weeks[-weeks.late :].sum() > 0
        and weeks.seller_weeks[: -weeks.late].sum() >= weeks.seller_weeks[-weeks.late :].sum()
    }
    wider = _dispersion(list(able.values()))
    return {manager: _step(weeks, wider=wider) for manager, weeks in able.items()}


def _step(weeks: Weeks, *, wider: float) -> _Step:
    late, before = weeks.touches[-weeks.late :].sum(), weeks.touches[: -weeks.late].sum()
    people_late = weeks.seller_weeks[-weeks.late :].sum()
    people_before = weeks.seller_weeks[: -weeks.late].sum()
    change = math.log((late + 0.5) / people_late) - math.log((before + 0.5) / people_before)
    error = math.sqrt(wider * (1 / (late + 0.5) + 1 / (before + 0.5)))
    return _Step(change=change, error=error, late=late)


def _dispersion(found: Sequence[Weeks]) -> float:
    """How much wider weekly counts are spread than by chance, 1 or more.

    References:
        Wedderburn (1974), Biometrika 61:439-447: Pearson's statistic over its degrees of freedom.
    """
    away, free = 0.0, 0
    for weeks in found:
        for part in (slice(None, -weeks.late), slice(-weeks.late, None)):
            touches, people = weeks.touches[part], weeks.seller_weeks[part]
            there = people > 0
            expected = touches.sum() * people[there] / max(people.sum(), 1e-9)
            if touches.sum() > 0:
                away += float(np.sum((touches[there] - expected) ** 2 / expected))
                free += int(there.sum()) - 1
    return max(away / free, 1.0) if free > 0 else 1.0


def _usual(others: Sequence[float], *, far: float) -> float:
    """The middle of the others, without those who themselves lie far above the middle of all."""
    middle = median(others)
    return median(each for each in others if each - middle < far)


def _mean(given: Answers) -> float:
    return sum(int(value) * count for value, count in given.items()) / sum(given.values())


def _spread_within(answers: Mapping[str, Answers], *, means: Mapping[str, float]) -> float:
    """The spread of answers about the mean of their own team, half a step of the scale or more."""
    n = sum(sum(given.values()) for given in answers.values())
    away = sum(
        count * (int(value) - means[who]) ** 2
        for who, given in answers.items()
        for value, count in given.items()
    )
    return math.sqrt(max(away / max(n - len(answers), 1), 0.25))


def _sign(*, is_sure: bool) -> Sign:
    return Sign.SHOWN if is_sure else Sign.NOT_SHOWN
