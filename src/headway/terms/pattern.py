"""The five ways in which a decided change stays on paper. Nothing here computes."""

from dataclasses import dataclass
from enum import StrEnum


class PatternCode(StrEnum):
    """What was decided, and what people do instead."""

    NEW_PRODUCT_OLD_MIX = "new_product_old_mix"
    NEW_MARKET_OLD_ACCOUNTS = "new_market_old_accounts"
    NEW_PROCESS_OLD_HABITS = "new_process_old_habits"
    TRAINING_NOT_STICKING = "training_not_sticking"
    REORGANISED_NOT_ACTED = "reorganised_not_acted"


class PatternVerdict(StrEnum):
    """Whether the conduct of a place is the old one."""

    PRESENT = "present"
    ABSENT = "absent"
    CANNOT_TELL = "cannot_tell"


class PatternUnit(StrEnum):
    """What a pattern's size is in."""

    SHARE = "share"
    SHIFT = "shift"


@dataclass(frozen=True, kw_only=True)
class PatternEvidence:
    """One figure that was looked at: `k` of `n`, or a value; `code` says what of."""

    code: str
    k: float | None = None
    n: float | None = None
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One pattern for one priority in one place.

    The verdict speaks of conduct. `size` is how far the conduct falls short of its target in
    `unit`, above 0 where it is short, with the ends of its range; None where it could not be
    computed. `subtype` says where the shortfall sits. `place` is a group such as `seller@p014`.
    """

    code: PatternCode
    priority: str
    place: str
    verdict: PatternVerdict
    subtype: str | None
    size: float | None
    low: float | None
    high: float | None
    unit: PatternUnit
    evidence: tuple[PatternEvidence, ...] = ()
