"""What in a column's values, or in the other words of its name, speaks against a reading."""

from collections.abc import Mapping

from headway.sources.csv_files import naming
from headway.sources.csv_files.evidence import Evidence
from headway.sources.csv_files.mapping import plain_name


def _said(words_of: str) -> frozenset[str]:
    return frozenset(words_of.split())


DATES = frozenset(
    {
        "created_at",
        "close_on",
        "closed_on",
        "won_on",
        "lost_on",
        "modified_at",
        "snapshot_on",
        "occurred_at",
        "hired_on",
        "left_on",
        "ordered_on",
        "changed_at",
    }
)
_NUMBERS = frozenset(
    {
        "amount",
        "won_amount",
        "list_price_amount",
        "probability_share",
        "duration_minutes",
        "duration_seconds",
        "line_amount",
        "quantity",
        "unit_price",
    }
)
_TRUTHS = frozenset({"is_won", "is_closed"})
_MARKS = _said("true false 1 0 1.0 0.0 yes no ja nein y n j t f oui non si sí sim não x tak nie")
_STATE_CODES = frozenset({"0", "1", "2"})
_HALF = 0.5
_MANY = 20
_CHANGED = "modified updated update change changed changes last previous prev prior old first next"
_AGE = "age days day count duration elapsed ratio category number"
_MISLEADING: Mapping[str, frozenset[str]] = {
    "amount": frozenset(
        f"weighted {_CHANGED} {_AGE} past tax discount cost margin profit average avg list quota "
        f"target size rank declared gewichtet gewichteter".split()
    ),
    "date": frozenset(
        f"{_CHANGED} {_AGE} activity email contacted contact due birth birthday stage start "
        f"quarter month year follow".split()
    ),
    "stage": frozenset(f"{_CHANGED} {_AGE} date time marketing lifecycle".split()),
    "name": _said("contact owner product campaign created person file user email stage"),
    "owner_id": _said("role team previous prev old manager created modified"),
    "manager": _said("years days months with"),
    "account_id": _said("years at type owner industry segment size country region manager"),
    "opportunity_id": _said("account contact owner product campaign"),
}
_MISLEADING_PARTS = _said(
    "actual expected forecast net gross converted recurring annual monthly arr mrr "
    "acv tcv won lost total sum weighted previous list tax discount cost margin "
    "profit average target quota"
)
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("amount", "won_amount", "line_amount"), "amount"),
    **dict.fromkeys(("created_at", "close_on", "closed_on", "won_on", "lost_on"), "date"),
    **dict.fromkeys(("stage", "outcome"), "stage"),
}


def misleads(column: str, *, ours: str) -> bool:
    """Whether another word of the name says that it is something else, near as it sounds."""
    said = set(naming.words(column))
    if ours == "amount_part":
        return bool(said & _MISLEADING_PARTS)
    return bool(said & _MISLEADING.get(_KINDS.get(ours, ours), frozenset()))


def speaks_against(ours: str, *, column: str, seen: Evidence) -> str:
    """What in the values speaks against reading a column as one of ours; "" = nothing."""
    is_moment = seen.is_dates or seen.is_counted_moments
    is_state = plain_name(column).endswith("statecode") and set(seen.values) <= _STATE_CODES
    is_stage = is_state or (seen.is_few and (seen.is_outcome or not seen.is_numbers))
    is_outcome = is_state or seen.is_outcome
    marks = {value.casefold() for value in seen.values}
    against = {
        "it is empty": seen.filled == 0,
        "not all its values are dates": ours in DATES and not is_moment,
        "not all its values are numbers": ours in _NUMBERS and not seen.is_numbers,
        "it has too many values for a stage": ours == "stage" and not is_stage,
        "its values do not tell won from lost": ours == "outcome" and not is_outcome,
        "no value in it comes twice": ours == "owner_id" and seen.is_key and seen.filled > _MANY,
        "its values are neither yes nor no": ours in _TRUTHS and not marks <= _MARKS,
        "its values are dates": ours not in DATES and seen.is_dates and not _may_be_any(ours),
    }
    return next((reason for reason, holds in against.items() if holds), "")


def half_fits(ours: str, *, seen: Evidence) -> bool:
    """Whether at least half of the values are what they should be."""
    if ours in _NUMBERS:
        return seen.number_share >= _HALF
    return ours in DATES and seen.date_share >= _HALF


def _may_be_any(ours: str) -> bool:
    return ours in {"old_value", "new_value"}
