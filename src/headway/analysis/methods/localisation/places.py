"""What the engine answers: places with kind, size and certainty, or that there is none."""

from dataclasses import dataclass

from headway.terms.answer import CauseKind, Figure, Missing, Unit


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place that moved more than chance, against the rest.

    `slice` maps dimension to value (None = the value is missing). `contribution` with its range is
    in the unit of the result; `p` is family-wise, `z` is of the test against the rest. `n` counts
    cases of both periods. `share` is contribution over the whole change, None where the whole
    change could be chance. `before` and `now` are the place's own measure, counted in `measure`:
    its rate or average; its sum or count; for a shift of mix its share of all cases.
    """

    slice: dict[str, str | None]
    kind: CauseKind
    contribution: float
    low: float
    high: float
    p: float
    z: float
    n: int
    share: float | None
    before: Figure
    now: Figure
    measure: Unit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The answer to "why not here?": the test of one place in one kind of move, significant or not.

    `is_tested` is False where there are too few cases to test: `least` are needed, in each period
    for a rate or a size, over both for any other kind. `is_unsure` = the blanks of a dimension
    jumped, or it drifts: its volumes and mix say nothing. In both cases z is 0 and p is 1. Where it
    is tested, `smallest_seen` is the smallest fall seen here with 80 % power: points of a rate
    (0..1), units of an average, or share of the place's own sum, count or size.
    """

    slice: dict[str, str | None]
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
    smallest_seen: float | None

    @property
    def n(self) -> int:
        """Cases of both periods."""
        return self.n_before + self.n_now


@dataclass(frozen=True, kw_only=True)
class Everywhere:
    """What moved outside the places named: the result's change there, with range, z and p alone."""

    change: float
    low: float
    high: float
    z: float
    p: float


@dataclass(frozen=True, kw_only=True)
class BlankJump:
    """The share of missing values of a dimension changed: a matter of recording, no cause."""

    dimension: str
    base_share: float
    actual_share: float
    p: float


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The smallest change seen with 80 % power in a typical value of a dimension."""

    dimension: str
    value: str | None
    change: float


@dataclass(frozen=True, kw_only=True)
class Localised:
    """Where a change sits, largest contribution first, or no place at all.

    `change` is that of the whole result, `remainder` what the places do not carry. `smallest_seen`
    is the smallest change that would have been seen with 80 % power in a typical place of the
    dimension where it is smallest: points of a rate (0..1), units of an average, share of a sum or
    count.
    """

    places: tuple[Place, ...]
    change: float
    remainder: float
    looked_at: int
    dimensions: tuple[str, ...]
    everywhere: Everywhere | None = None
    blanks: tuple[BlankJump, ...] = ()
    seen: tuple[Seen, ...] = ()
    missing: Missing | None = None

    @property
    def causes(self) -> tuple[Place, ...]:
        """The places named."""
        return self.places

    @property
    def smallest_seen(self) -> Seen | None:
        """The smallest change that would have been seen in any dimension, and where."""
        return min(self.seen, key=lambda each: each.change, default=None)
