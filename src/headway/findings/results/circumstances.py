"""What happened around the sellers: price, what is sold, events, targets."""

from typing import Any

import numpy as np
import numpy.typing as npt

from headway import facts
from headway.findings.results.evidence import Evidence, told, untested
from headway.terms.answer import LadderLine, Standing
from headway.terms.period import Period

# One row of a table, as `facts.collect` brings it. Any: the declared column says which type.
Row = dict[str, Any]

# A price effect is told when it is more than chance and at least this share of the average amount.
PRICE_SHARE = 0.03
PRICE_Z = 2.0
# What was sold in one period only matters from this share of bookings on.
NEW_SHARE = 0.05
# What was sold less often in one period may be missing in the other by chance (e to the -5).
SOLD_OFTEN = 5
# A target moved when it differs by more than this share.
TARGET_SHARE = 0.05
BOOKINGS_MEASURE = "bookings"
# A price that changed is tested by what the same products brought, where products are known.
PRICE = "price_change"
SUPPLY = ("supply_stop", "outage", "migration", "definition_change", PRICE)


def lines(evidence: Evidence) -> tuple[LadderLine, ...]:
    """The lines of step 0 about circumstances."""
    return (price(evidence), products(evidence), events(evidence), targets(evidence))


def price(evidence: Evidence) -> LadderLine:
    """Whether the same products brought less, each weighed as it sold over both periods."""
    cases = _won_by_product(evidence)
    if cases is None:
        return untested("price", reason="price.no_products", missing=_lines_missing(evidence))
    before, now, effect, error = _price_effect(*cases)
    figures = told(average_before=before, average_now=now, price_effect=effect, error=error)
    matters = (
        abs(effect) >= PRICE_Z * error
        and abs(effect) >= PRICE_SHARE * abs(before)
        and effect * evidence.direction > 0
    )
    return LadderLine(
        code="price",
        standing=Standing.CANDIDATE if matters else Standing.RULED_OUT,
        reason="price.same_products_moved" if matters else "price.same",
        supports=("amount_of_same_products",) if matters else (),
        figures=figures,
    )


def products(evidence: Evidence) -> LadderLine:
    """Whether products came or went between the periods."""
    code = "product_change"
    cases = _won_by_product(evidence)
    if cases is None:
        return untested(
            code, reason="product.not_measured", missing=("seen/product",), is_exported=False
        )
    codes, amounts, is_now = cases
    size = int(codes.max()) + 1
    sums = [
        np.bincount(codes[which], weights=amounts[which], minlength=size)
        for which in (~is_now, is_now)
    ]
    sold = [np.bincount(codes[which], minlength=size) for which in (~is_now, is_now)]
    went, came = (
        float(mine[(often >= SOLD_OFTEN) & (others == 0)].sum()) / max(float(mine.sum()), 1e-9)
        for mine, often, others in zip(sums, sold, sums[::-1], strict=True)
    )
    matters = max(came, went) >= NEW_SHARE
    return LadderLine(
        code=code,
        standing=Standing.CANDIDATE if matters else Standing.RULED_OUT,
        reason="product.came_or_went" if matters else "product.same",
        figures=told(came_share=came, went_share=went),
        is_exported=False,
    )


def events(evidence: Evidence) -> LadderLine:
    """Whether something else happened: supply, outage, migration, a changed definition."""
    name = "seen/business_event"
    if not evidence.facts.has(name):
        return untested("supply", reason="events.not_known", missing=(name,), is_exported=False)
    rows = _events(evidence.facts)
    wanted = {*SUPPLY} if _won_by_product(evidence) is None else {*SUPPLY} - {PRICE}
    touching = sorted(
        {str(row["kind"]) for row in rows if _touches(row, periods=_both(evidence))} & wanted
    )
    return LadderLine(
        code="supply",
        standing=Standing.CANDIDATE if touching else Standing.RULED_OUT,
        reason="events.in_the_periods" if touching else "events.none",
        supports=tuple(touching),
        figures=told(kinds=len(touching), events=len(rows)),
        is_exported=False,
    )


def targets(evidence: Evidence) -> LadderLine:
    """Whether what was asked of people changed."""
    code, name = "targets_changed", "seen/target"
    if not evidence.facts.has(name):
        return untested(code, reason="targets.not_known", missing=(name,), is_exported=False)
    before, now = (_asked(evidence.facts, period=period) for period in _both(evidence))
    if before == 0 or now == 0:
        return untested(code, reason="targets.not_for_both", missing=(name,), is_exported=False)
    has_moved = abs(now / before - 1) > TARGET_SHARE
    return LadderLine(
        code=code,
        standing=Standing.CANDIDATE if has_moved else Standing.RULED_OUT,
        reason="targets.changed" if has_moved else "targets.same",
        figures=told(target_before=before, target_now=now, change_share=now / before - 1),
        is_exported=False,
    )


def _both(evidence: Evidence) -> tuple[Period, Period]:
    return evidence.comparison.base, evidence.comparison.actual


def _lines_missing(evidence: Evidence) -> tuple[str, ...]:
    wanted = ("seen/opportunity_line", "seen/product")
    return tuple(name for name in wanted if not evidence.facts.has(name))


def _won_by_product(
    evidence: Evidence,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64], npt.NDArray[np.bool_]] | None:
    book = evidence.book
    dimension = book.dimensions.get("product")
    base, actual = (book.decided_in(period) for period in _both(evidence))
    usable = (base | actual) & book.is_won & ~np.isnan(book.amount)
    if dimension is None or not usable.any():
        return None
    return dimension.codes[usable], book.amount[usable], actual[usable]


def _price_effect(
    codes: npt.NDArray[np.int32],
    amounts: npt.NDArray[np.float64],
    is_now: npt.NDArray[np.bool_],
) -> tuple[float, float, float, float]:
    # Average amount at equal composition: sum of mean weights x change of each product's own
    # average, over products sold in both periods (domain model 2.3.5); errors of independent means.
    size = int(codes.max()) + 1
    n0, s0, q0 = _moments(codes[~is_now], amounts[~is_now], size=size)
    n1, s1, q1 = _moments(codes[is_now], amounts[is_now], size=size)
    both = (n0 > 1) & (n1 > 1)
    total0, total1 = float(n0.sum()), float(n1.sum())
    average = [float(s0.sum()) / max(total0, 1.0), float(s1.sum()) / max(total1, 1.0)]
    if not both.any():
        return average[0], average[1], 0.0, 0.0
    weights = (n0[both] / total0 + n1[both] / total1) / 2
    moved = s1[both] / n1[both] - s0[both] / n0[both]
    variance = _variance(n0[both], s0[both], q0[both]) + _variance(n1[both], s1[both], q1[both])
    return average[0], average[1], float(weights @ moved), float(np.sqrt(weights**2 @ variance))


def _moments(
    codes: npt.NDArray[np.int32], amounts: npt.NDArray[np.float64], *, size: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    n = np.bincount(codes, minlength=size).astype(np.float64)
    total, squares = (
        np.bincount(codes, weights=weight, minlength=size).astype(np.float64)
        for weight in (amounts, amounts**2)
    )
    return n, total, squares


def _variance(
    n: npt.NDArray[np.float64], total: npt.NDArray[np.float64], squares: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    spread: npt.NDArray[np.float64] = np.maximum(squares - total**2 / n, 0.0) / (n - 1) / n
    return spread


def _touches(row: Row, *, periods: tuple[Period, ...]) -> bool:
    starts, ends = row["starts_on"], row["ends_on"]
    return any(starts < period.end and (ends is None or ends >= period.first) for period in periods)


@facts.once
def _events(known: facts.Facts) -> list[Row]:
    wanted = ("kind", "starts_on", "ends_on")
    return facts.collect(known.columns("seen/business_event", *wanted)).records()


@facts.once
def _asked(known: facts.Facts, *, period: Period) -> float:
    found = facts.collect(known.columns("seen/target")).records()
    rows = [row for row in found if row["measure"] == BOOKINGS_MEASURE]
    # Of each subject and span the latest target holds; of the kinds the one with most subjects
    # counts, so that a team's target is not added to its people's.
    latest: dict[tuple[object, ...], tuple[Any, float]] = {}
    for row in rows:
        key = (row["subject_kind"], row["subject"], row["period_from"])
        held = latest.get(key)
        if held is None or row["set_at"] > held[0]:
            latest[key] = (row["set_at"], _prorated(row, period=period))
    sums: dict[object, list[float]] = {}
    for (kind, _, _), (_, value) in latest.items():
        sums.setdefault(kind, []).append(value)
    most: list[float] = max(sums.values(), key=len, default=[])
    return sum(most)


def _prorated(row: Row, *, period: Period) -> float:
    first, end = row["period_from"], row["period_to"]
    span = (end - first).days
    held = (min(end, period.end) - max(first, period.first)).days
    return float(row["value"]) * max(held, 0) / span if span > 0 else 0.0
