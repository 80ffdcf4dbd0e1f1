"""What each case kept elsewhere would bring if only its values counted, and how far off it is.

The same fit as of rows at hand (`expected`), sweep by sweep: the sums come from the table, the
effects of the values go back to it as small tables that are joined.
"""

import math
from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from headway import facts
from headway.analysis.methods.localisation import cuboids
from headway.analysis.methods.localisation.cube import Floats
from headway.analysis.methods.localisation.expected import (
    SAFE,
    SHRINKAGE,
    SMALLEST_SPREAD,
    SWEEPS,
    WIDEST_STEP,
)
from headway.analysis.methods.localisation.kept import Kept
from headway.analysis.methods.localisation.sampling import CLIP
from headway.facts.texts import number

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Combinations of values whose effects are sent as one small table.
TOGETHER = 5_000
# Parts into which a range is cut to find its middle.
BUCKETS = 4096


def success_scores(source: Kept) -> "ir.Table":
    """The cases with `score` = success less the expected rate, and `information` = its variance.

    See `expected.success_rates`.
    """
    base, actual = source.amounts()
    everything, won = base.n + actual.n, base.total + actual.total
    odds = (won + 0.5) / (everything - won + 0.5)
    prior = max(SHRINKAGE * won * (everything - won) / max(everything, 1.0) ** 2, SAFE)
    factors = {name: np.ones(len(source.values[name])) for name in source.dimensions}
    for name in list(source.dimensions) * SWEEPS:
        scored = _scored(source, odds=odds, factors=factors)
        left, information = _sums(source, scored, name, "score", "information")
        step = np.clip(left / (information + prior), -WIDEST_STEP, WIDEST_STEP)
        factors[name] = factors[name] * np.exp(step)
    return _scored(source, odds=odds, factors=factors)


def _scored(source: Kept, *, odds: float, factors: Mapping[str, Floats]) -> "ir.Table":
    table, columns = _joined(source, source.table, factors, together=np.multiply)
    expected = number(odds)
    for column in columns:
        expected = expected * column
    cases = table.mutate(expected=expected / (expected + 1))
    rate = cases["expected"]
    return cases.mutate(score=cases["total"] - rate, information=rate * (1 - rate))


def log_amounts(source: Kept) -> "ir.Table":
    """The cases with a positive amount, `score` its log less the expected one, clipped, in spreads.

    See `expected.main_effects`; the spread is 1.4826 times the median absolute deviation, or half
    of the standard deviation where that is more.
    """
    import ibis  # noqa: PLC0415  heavy

    cases = source.table.filter(source.table["total"] > 0)
    cases = cases.mutate(log=cases["total"].ln())
    whole = facts.collect(cases.agg(n=cases.count(), sum=cases["log"].sum())).records()[0]
    mean = whole["sum"] / whole["n"] if whole["n"] else 0.0
    effects = {name: np.zeros(len(source.values[name])) for name in source.dimensions}
    for name in list(source.dimensions) * SWEEPS:
        left, n = _sums(source, _residual(source, cases, mean, effects), name, "left", None)
        effects[name] = effects[name] + left / (n + SHRINKAGE)
    rest = _residual(source, cases, mean, effects)
    spread = _spread(rest)
    scaled = rest["left"] / number(spread)
    clipped = ibis.least(ibis.greatest(scaled, number(-CLIP)), number(CLIP))
    return rest.mutate(score=clipped / number(spread), information=number(1 / spread**2))


def _residual(
    source: Kept, cases: "ir.Table", mean: float, effects: Mapping[str, Floats]
) -> "ir.Table":
    table, columns = _joined(source, cases, effects, together=np.add)
    fitted = number(mean)
    for column in columns:
        fitted = fitted + column
    return table.mutate(left=table["log"] - fitted)


def _joined(
    source: Kept, table: "ir.Table", effects: Mapping[str, Floats], *, together: np.ufunc
) -> "tuple[ir.Table, list[ir.NumericValue]]":
    """The cases with the effects of their values, those of a few dimensions taken together."""
    columns, smalls = list(table.columns), []
    own: list[str] = []
    for names in _alike(source):
        key = f"e{len(own)}"
        table = table.mutate(**{f"{key}_key": source.cell(table, names)})
        effect = reduce(together.outer, (effects[name] for name in names)).ravel()
        smalls.append(
            facts.small(
                codes={f"{key}_code": range(len(effect))},
                figures={f"{key}_effect": effect.tolist()},
            )
        )
        own.append(key)
    for key, small in zip(own, smalls, strict=True):
        table = table.join(small, table[f"{key}_key"] == small[f"{key}_code"])
    table = table.select(*columns, *(f"{key}_effect" for key in own))
    return table, [table[f"{key}_effect"] for key in own]


def _alike(source: Kept) -> list[tuple[str, ...]]:
    """The dimensions in groups of few combinations, so that few tables are joined."""
    groups: list[tuple[str, ...]] = []
    for name in source.dimensions:
        joined = (*groups[-1], name) if groups else ()
        if joined and math.prod(cuboids.size(source, each) for each in joined) <= TOGETHER:
            groups[-1] = joined
        else:
            groups.append((name,))
    return groups


def _sums(
    source: Kept, table: "ir.Table", name: str, first: str, second: str | None
) -> tuple[Floats, Floats]:
    key = source.column(name)
    found = facts.collect(
        table.group_by(key).agg(
            first=table[first].sum(), second=table[second].sum() if second else table.count()
        )
    )
    place = source.cells(found, (name,))
    sums = np.zeros((2, len(source.values[name])))
    sums[:, place] = found.column("first"), found.column("second")
    return sums[0], sums[1]


def _spread(table: "ir.Table") -> float:
    left = table["left"]
    whole = facts.collect(
        table.agg(n=table.count(), sum=left.sum(), squares=(left * left).sum())
    ).records()[0]
    n = whole["n"]
    if not n:
        return 1.0
    middle = median(table, left)
    deviation = table.mutate(deviation=(left - number(middle)).abs())
    robust = 1.4826 * median(deviation, deviation["deviation"])
    variance = max(whole["squares"] / n - (whole["sum"] / n) ** 2, 0.0)
    spread = max(robust, 0.5 * float(np.sqrt(variance)))
    return spread if spread > SMALLEST_SPREAD else 1.0


def median(table: "ir.Table", column: "ir.NumericValue") -> float:
    """The exact median of a column without nulls, by counting: no engine's own quantile is asked.

    The range is cut into parts until the middle ranks stand in a part of one value, or at the end
    of one part and the beginning of another.

    Examples:
        >>> import ibis
        >>> rows = ibis.memtable({"x": [5.0, 1.0, 2.0, 40.0]})
        >>> median(rows, rows["x"])
        3.5
    """
    values = table.select(x=column)
    ends = facts.collect(
        values.agg(n=values.count(), low=values["x"].min(), high=values["x"].max())
    ).records()[0]
    low, high, before = ends["low"], ends["high"], 0
    ranks = ((ends["n"] - 1) // 2, ends["n"] // 2)
    while low < high:
        parts = _parts(values, low=low, high=high)
        upto = before + np.cumsum([part["n"] for part in parts])
        first, second = (int(np.searchsorted(upto, rank, side="right")) for rank in ranks)
        if first != second:
            return float(parts[first]["high"] + parts[second]["low"]) / 2
        before = int(upto[first] - parts[first]["n"])
        low, high = parts[first]["low"], parts[first]["high"]
    return float(low)


def _parts(values: "ir.Table", *, low: float, high: float) -> list[dict[str, Any]]:
    """How many values lie in each part of a range, and the smallest and largest of them."""
    x = values["x"]
    inside = values.filter(x >= number(low), x <= number(high))
    # The share first: a range may be so narrow that parts of it are no numbers.
    share = (inside["x"] - number(low)) / number(high - low)
    cut = inside.mutate(part=(share * number(BUCKETS - 1)).floor().cast("int64"))
    grouped = cut.group_by("part").agg(n=cut.count(), low=cut["x"].min(), high=cut["x"].max())
    return sorted(facts.collect(grouped).records(), key=lambda row: int(row["part"]))
