"""What leaders believe of the line of sight, beside what is measured. Nothing here computes."""

from dataclasses import dataclass
from datetime import date
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


class Level(StrEnum):
    """Where a leader stands: manager leads sellers, director managers, executive directors.

    Whoever has nobody above is an executive.
    """

    EXECUTIVE = "executive"
    DIRECTOR = "director"
    MANAGER = "manager"


class RangeVerdict(StrEnum):
    """How often a leader's sealed ranges hold the measure, beside how often they should."""

    TOO_NARROW = "too_narrow"
    AS_DECLARED = "as_declared"
    TOO_WIDE = "too_wide"
    CANNOT_TELL = "cannot_tell"


class Sharing(StrEnum):
    """Who else may see a prediction: chosen when it is sealed, and never changed."""

    NOBODY = "nobody"
    LEADERS = "leaders"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share 0..1 of `n` cases with its range."""

    k: int
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How well one leader knows their people, over all predictions that could be measured.

    `bias` is the mean gap, -1..1, with its range: positive = brighter than it is. `coverage` is
    the share of the sealed ranges that hold the measure, `expected_share` how many of somebody
    who knows would, as measures miss the truth too, `width` their mean width, 0..1. With too
    few predictions all but the count are None, and the verdict cannot tell. `level` is None where
    the reporting line is not known.
    """

    person: str
    level: Level | None
    prediction_count: int
    bias: float | None = None
    low: float | None = None
    high: float | None = None
    coverage: Share | None = None
    expected_share: float | None = None
    width: float | None = None
    verdict: RangeVerdict = RangeVerdict.CANNOT_TELL


@dataclass(frozen=True, kw_only=True)
class LevelProfile:
    """What the leaders of one level believed in one quarter, beside what is measured.

    Shares 0..1 and their gap, -1..1, are means over leaders, each with the mean of their own
    predictions; `low` and `high` are the range of the gap. All of them are None, and so is the
    count, where they would speak of too few leaders. `quarter_on` is the first day of the fiscal
    quarter in which the predictions were sealed.
    """

    quarter_on: date
    level: Level
    leader_count: int | None = None
    predicted: float | None = None
    measured: float | None = None
    gap: float | None = None
    low: float | None = None
    high: float | None = None
