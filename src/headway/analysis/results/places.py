"""Where an opportunity belongs: each dimension it can be cut by, as far as recorded."""

from collections.abc import Mapping

import numpy as np

from headway.analysis.results.days import Days
from headway.analysis.results.dimension import Codes, Dimension, of_encoded, of_texts
from headway.facts import Encoded, Facts, Rows, collect

TENURE_BANDS = (
    (0, "under 6 months"),
    (183, "6 to 12 months"),
    (365, "1 to 2 years"),
    (730, "2 to 5 years"),
    (1826, "5 years and more"),
)
"""Days since hiring from which each band holds (own choice: ramp, first year, settled)."""


def of(
    read: Encoded, *, lines: Rows, owner: Dimension, stood_on: Days, hired_on: Days
) -> tuple[Mapping[str, Dimension], tuple[str, ...]]:
    """The recorded dimensions of the book's opportunities, and caveats about them.

    Args:
        read: the opportunities, as `entries.of` gives them.
        lines: of the organisation, as `lines_of` gives them.
        owner: who owns each.
        stood_on: the day on which the owner's place is looked up; NaT = not known.
        hired_on: by owner code.

    Returns:
        Dimension by name, those without a single value left out; and the codes
        `place_by_nearest_line` (a reporting line does not cover the day of some opportunity) and
        `largest_line_product`.
    """
    found = {
        name: of_encoded(read, name)
        for name in ("segment", "product", "product_family", "industry", "country", "lead_source")
    }
    found["type"] = of_encoded(read, "type")
    found["seller"] = owner
    found["tenure_band"] = tenure_bands(owner=owner, hired_on=hired_on, stood_on=stood_on)
    placed, caveats = _lines(lines, owner=owner, stood_on=stood_on)
    found |= placed
    if "region" not in placed or not placed["region"].is_recorded:
        found["region"] = of_encoded(read, "account_region")
    if found["product"].is_recorded:
        caveats = (*caveats, "largest_line_product")
    recorded = {name: dimension for name, dimension in found.items() if dimension.is_recorded}
    return recorded, caveats


def lines_of(facts: Facts) -> Rows:
    """The reporting lines of everybody, as far as they tell a place."""
    wanted = ("person_id", "valid_from", "valid_to", "team", "region")
    return collect(facts.columns("seen/reporting_line", *wanted))


def tenure_bands(*, owner: Dimension, hired_on: Days, stood_on: Days) -> Dimension:
    """How long the owner had been here on the day; not known without a day of hiring."""
    served = (stood_on - hired_on[owner.codes]).astype("timedelta64[D]")
    known = ~np.isnat(served)
    starts = np.array([start for start, _ in TENURE_BANDS])
    codes = np.full(len(served), len(TENURE_BANDS), dtype=np.int32)
    served_days = np.maximum(served[known].astype(np.int64), 0)
    codes[known] = np.searchsorted(starts, served_days, side="right") - 1
    return Dimension(codes=codes, values=(*(name for _, name in TENURE_BANDS), None))


def _lines(
    rows: Rows, *, owner: Dimension, stood_on: Days
) -> tuple[dict[str, Dimension], tuple[str, ...]]:
    code = {person: place for place, person in enumerate(owner.values) if person is not None}
    who = np.array([code.get(person, -1) for person in rows.column("person_id")], dtype=np.int64)
    kept = who >= 0
    if not kept.any():
        return {}, ()
    line, is_nearest = line_on(
        owner=owner.codes,
        day=stood_on,
        line_owner=who[kept].astype(np.int32),
        valid_from=rows.column("valid_from")[kept],
        valid_to=rows.column("valid_to")[kept],
    )
    named = {}
    for name in ("region", "team"):
        texts = of_texts([*rows.column(name)[kept], None])
        named[name] = Dimension(codes=texts.codes[line], values=texts.values)
    return named, ("place_by_nearest_line",) if is_nearest else ()


def line_on(
    *, owner: Codes, day: Days, line_owner: Codes, valid_from: Days, valid_to: Days
) -> tuple[Codes, bool]:
    """The reporting line of each owner on each day, or the nearest one where none covers the day.

    Args:
        owner: who, one per opportunity.
        day: when; NaT takes the owner's last line.
        line_owner: who, one per line.
        valid_from: first day of the line.
        valid_to: first day no longer, NaT = still so.

    Returns:
        The index of the line per opportunity, -1 for an owner without any; and whether some day
        was not covered.
    """
    span = np.int64(1) << 32
    far = np.int64(1) << 31

    def key(who: Codes, when: Days) -> np.ndarray:
        numbers = np.where(np.isnat(when), far - 1, when.astype("datetime64[D]").astype(np.int64))
        keys: np.ndarray = who.astype(np.int64) * span + numbers
        return keys

    order = np.argsort(key(line_owner, valid_from), kind="stable")
    place = np.searchsorted(key(line_owner, valid_from)[order], key(owner, day), side="right")
    last = np.clip(place - 1, 0, len(order) - 1)
    following = np.clip(place, 0, len(order) - 1)
    began = (place > 0) & (line_owner[order[last]] == owner)
    follows = (place < len(order)) & (line_owner[order[following]] == owner)
    line = np.where(began, order[last], np.where(follows, order[following], -1)).astype(np.int32)
    end = valid_to[line]
    covered = began & (np.isnat(end) | np.isnat(day) | (day < end))
    return line, bool((~covered & (line >= 0)).any())
