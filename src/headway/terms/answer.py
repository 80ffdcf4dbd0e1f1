"""The answer to "why are our results not improving?": values that travel from findings to people.

Findings build an `Answer`; the cycle publishes it as JSON or hands it to the command line; queries
word it. Nothing here computes. Shares are 0..1, money is in the organisation's currency, ranges are
90 % unless the answer's policy says otherwise.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from headway.terms.organisation import Organisation
from headway.terms.period import Period


class Kpi(StrEnum):
    """The results that can be diagnosed."""

    BOOKINGS = "bookings"
    WIN_RATE = "win_rate"
    AVERAGE_AMOUNT = "average_amount"
    OPPORTUNITIES_CREATED = "opportunities_created"
    CYCLE_DAYS = "cycle_days"


class Verdict(StrEnum):
    """What happened to a result, or that nobody can tell."""

    IMPROVING = "improving"
    FLAT = "flat"
    FALLING = "falling"
    CANNOT_TELL = "cannot_tell"


class Unit(StrEnum):
    """What a figure counts."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    MONEY_PER_DAY = "money_per_day"
    RATIO = "ratio"


class Basis(StrEnum):
    """How the base period was found."""

    YEAR_BEFORE = "year_before"
    PREVIOUS = "previous"
    CHOSEN = "chosen"


class Missing(StrEnum):
    """Why a figure has no value."""

    NOT_MEASURED = "not_measured"
    TOO_FEW = "too_few"
    NO_CASES = "no_cases"


class CauseKind(StrEnum):
    """What kind of move a place made."""

    RATE = "rate"
    MIX = "mix"
    VOLUME = "volume"
    SIZE = "size"
    ENTRY = "entry"
    EXIT = "exit"


class Standing(StrEnum):
    """Which of the ladder's four lists a line is in."""

    NAMED = "named"
    CANDIDATE = "candidate"
    RULED_OUT = "ruled_out"
    UNTESTED = "untested"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with its ground: `n` cases behind it; `value` None means `missing` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    missing: Missing | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """One period of a series; `value` None where there was nothing to measure."""

    period: Period
    value: float | None
    is_complete: bool = True


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One conversion or result metric, now and before, with what it does not know.

    `code` is a key of `docs/reference/measures.md`; `caveats` are codes worded by `queries`;
    `marks` are codes of the data checks that touch it; `figures` are the numbers its caveats need.
    """

    code: str
    unit: Unit
    now: Figure
    before: Figure
    change: Figure
    series: tuple[Point, ...] = ()
    caveats: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    figures: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One factor of the tree: its values, and the money it carries of the change of bookings.

    `parts` split it further; their contributions sum to this factor's. `is_measured` is False where
    the source cannot know it (win rate without lost opportunities); then base and actual are None
    and the contribution is 0. `marks` are codes of the data checks that touch it.
    """

    code: str
    base: float | None
    actual: float | None
    contribution: float
    low: float | None
    high: float | None
    is_measured: bool = True
    parts: tuple["Factor", ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def could_be_chance(self) -> bool:
        """Whether the range of the contribution spans zero."""
        return self.low is None or self.high is None or self.low <= 0 <= self.high


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A place that moved more than chance; an empty `slice` = everywhere alike.

    `slice` maps dimension to value. `contribution` (with range) is in the unit of the KPI
    diagnosed; `before` and `now` are the place's own measure (a rate, an average, a sum) and `n`
    its cases in both periods; `share` is contribution over the whole change, None where the whole
    change is about nothing; `p` is family-wise.
    """

    slice: dict[str, str]
    kind: CauseKind
    contribution: float
    low: float
    high: float
    p: float
    n: int
    share: float | None
    before: Figure
    now: Figure
    measure: Unit


@dataclass(frozen=True, kw_only=True)
class Localisation:
    """Where a change sits, or that nothing moved more than chance.

    `looked_at` is the number of slices tested; `smallest_seen` the smallest change (in the KPI's
    own unit: points of a rate, share of a sum) that would have been seen with 80 % power in a
    typical slice; `smallest_in` names that slice's dimension, `smallest_at` its value. `known` maps
    each dimension to the values that have cases, most cases first, no more than can be chosen from.
    """

    kpi: Kpi
    causes: tuple[Cause, ...]
    looked_at: int
    dimensions: tuple[str, ...]
    smallest_seen: float | None = None
    smallest_in: str | None = None
    smallest_at: str | None = None
    missing: Missing | None = None
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RateMix:
    """The change of a rate split exactly into rate effect and mix effect over one dimension."""

    dimension: str
    base_rate: float
    actual_rate: float
    rate_effect: float
    mix_effect: float


@dataclass(frozen=True, kw_only=True)
class StageStep:
    """Of those that entered `stage` in the period, the share that reached `next_stage` in time."""

    stage: str
    next_stage: str
    now: Figure
    before: Figure
    within_days: int


@dataclass(frozen=True, kw_only=True)
class SingleDeal:
    """One opportunity above a fifth of either period's bookings."""

    opportunity: str
    contribution: float
    share: float


@dataclass(frozen=True, kw_only=True)
class LadderLine:
    """One alternative looked at: a rung, a rival hypothesis, or a line of clearing the ground.

    `code` as in bundle.md (growth, know, buyer, process, mix, season, capacity, demand, price,
    single_deal, data_quality, leadership, ...) or, for lines without a code there, a word of
    `docs/reference/terms.md`; those have `is_exported` False and stand on page and terminal only.
    `supports` and `refuters` are codes; `missing` are tables that would test it; `figures` are the
    numbers its sentence needs; `reason` is a code worded by `queries.results`.
    """

    code: str
    standing: Standing
    reason: str
    place: str | None = None
    supports: tuple[str, ...] = ()
    refuters: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    figures: dict[str, float | str] = field(default_factory=dict)
    is_exported: bool = True


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One doubt about the data: which table, how many rows, which figures it touches.

    `figures` are the numbers the sentence needs; `affects` are codes of metrics and factors.
    """

    code: str
    table: str
    row_count: int
    share: float
    affects: tuple[str, ...] = ()
    figures: dict[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The two periods compared, and how the base was found.

    `reason` is a code that says why these two (docs/reference/findings.md). `recorded_from` and
    `recorded_to` are the first and the last day on which closings and creations were recorded.
    """

    actual: Period
    base: Period
    basis: Basis
    is_season_known: bool
    reason: str = ""
    recorded_from: date | None = None
    recorded_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceMove:
    """How far a place that somebody asked for moved against the rest, in one kind of move.

    Figures are as in `Cause`, `p` is family-wise over all results; it may be chance. Not
    `is_tested` = too few cases, here or in the rest: `least` are needed, in each period for a rate
    or a size, over both for any other kind; then z is 0 and p is 1. `is_unsure` = the recording of
    its dimension changed, or people drift through it: its numbers say nothing. `smallest_seen` is
    the smallest fall of the place seen with 80 % power: points of a rate, units of an average, or
    share of its own bookings or number; None where it is not tested.
    """

    kind: CauseKind
    contribution: float
    low: float
    high: float
    p: float
    z: float
    n_before: int
    n_now: int
    share: float | None
    before: Figure
    now: Figure
    measure: Unit
    is_tested: bool
    is_unsure: bool
    least: int
    smallest_seen: float | None = None


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why a place is not named as a cause of a result, or is: each kind of move, strongest first.

    `slice` maps dimension to value. `comparison` None = no two periods could be compared; without
    `moves` one of the periods has no cases.
    """

    kpi: Kpi
    slice: dict[str, str]
    comparison: Comparison | None
    currency: str
    moves: tuple[PlaceMove, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Everything Results knows for one scope and one comparison.

    `comparison` is None when not even one pair of periods could be compared; then `too_little` says
    what was found and what is needed. `change` is the KPI's change; `without_largest` the same
    leaving out the largest opportunity of either period. `omitted` counts opportunities left out of
    something, by the reason (no_owner, no_created_at, no_amount, ...). `verdict_reason` is the code
    of the rule that decided the verdict, `verdict_figures` the numbers its sentence needs. `asked`
    are the places somebody asked for since it was published.
    """

    organisation: Organisation
    as_of: date
    data_from: date
    facts_id: str
    policy_version: str
    scope: str
    kpi: Kpi
    verdict: Verdict
    comparison: Comparison | None
    base: Figure
    actual: Figure
    change: Figure
    without_largest: Figure | None
    metrics: tuple[Metric, ...]
    tree: tuple[Factor, ...]
    rate_mix: tuple[RateMix, ...]
    localisations: tuple[Localisation, ...]
    stages: tuple[StageStep, ...]
    single_deals: tuple[SingleDeal, ...]
    ladder: tuple[LadderLine, ...]
    marks: tuple[Mark, ...]
    omitted: dict[str, int] = field(default_factory=dict)
    too_little: dict[str, float | str] = field(default_factory=dict)
    verdict_reason: str = ""
    verdict_figures: dict[str, float | str] = field(default_factory=dict)
    asked: tuple[WhyNot, ...] = ()
