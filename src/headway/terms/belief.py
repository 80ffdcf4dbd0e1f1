"""What leaders believe of the line of sight, beside what is measured. Nothing here computes."""

from dataclasses import dataclass
from enum import StrEnum

from headway.terms.line import Link


class BeliefVerdict(StrEnum):
    """How a leader's prediction compares with what is measured."""

    BLIND = "blind"
    ABOUT_RIGHT = "about_right"
    TOO_DARK = "too_dark"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, kw_only=True)
class BeliefGap:
    """What one leader predicted of one link of one chain, less what is measured.

    Shares are 0..1, gaps -1..1; the range is the posterior's. `p_blind` is the probability that
    the prediction is too bright by more than the margin. All but the prediction are None where
    the link was not measured, and the verdict cannot tell.
    """

    person: str
    priority: str
    group: str
    link: Link
    predicted: float
    measured: float | None
    gap: float | None
    low: float | None
    high: float | None
    p_blind: float | None
    verdict: BeliefVerdict
