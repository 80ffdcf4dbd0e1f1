"""What each row would bring if only the main effects of its values counted, in both periods alike.

Taking these away before testing removes the differences between large and small deals, easy and
hard segments, so that a shift of mix is not read as a fall, and smaller moves can be seen.
"""

from collections.abc import Mapping

import numpy as np

from headway.analysis.methods.localisation.cube import Codes, Floats, Numbers
from headway.analysis.methods.localisation.passes import each, summed

# A value with few cases is drawn to the mean of all: as if this many average cases were added.
SHRINKAGE = 20.0
SWEEPS = 3
# No step on the log odds is longer, so that no case ever counts as impossible.
WIDEST_STEP = 1.0
SAFE = 1e-9
# Logs of amounts that spread less are the same: what is left of them is rounding.
SMALLEST_SPREAD = 1e-9


def main_effects(
    *,
    weight: Numbers,
    total: Numbers,
    codes: Mapping[str, Codes],
    sizes: Mapping[str, int],
) -> Floats:
    """The expected mean of each row: grand mean plus an effect per dimension value, by backfitting.

    Args:
        weight: cases of each row over both periods.
        total: sum of the response over these cases.
        codes: one array per dimension.
        sizes: the number of values of each dimension.

    Returns:
        One expected mean per row, in the unit of the response.

    References:
        Buja, Hastie & Tibshirani (1989), Annals of Statistics 17:453-510 (backfitting); shrinkage
        own.
    """
    rows, everything = len(weight), float(weight.sum())
    fitted = np.full(rows, float(total.sum()) / everything if everything else 0.0)
    counts = {name: np.bincount(codes[name], weight, sizes[name]) for name in codes}
    last, step = "", np.zeros(0)

    def swept(name: str) -> Floats:
        def left(part: slice, sums: Floats) -> None:
            mine = fitted[part]
            if last:
                mine += step.take(codes[last][part])
            sums += np.bincount(codes[name][part], total[part] - weight[part] * mine, len(sums))

        return summed(left, rows=rows, shape=(sizes[name],))

    for name in list(codes) * SWEEPS:
        last, step = name, swept(name) / (counts[name] + SHRINKAGE)
    if last:
        fitted += step.take(codes[last])
    return fitted


def success_rates(
    *,
    weight: Numbers,
    total: Numbers,
    codes: Mapping[str, Codes],
    sizes: Mapping[str, int],
) -> Floats:
    """The expected success rate of each row, by backfitting on the log odds.

    Args:
        weight: cases of each row over both periods.
        total: successes among them.
        codes: one array per dimension.
        sizes: the number of values of each dimension.

    Returns:
        One rate per row, strictly between 0 and 1.

    References:
        Hastie & Tibshirani (1990), Generalized Additive Models, section 6.3 (local scoring), one
        Newton step per dimension and sweep; shrinkage own.
    """
    rows, everything, won = len(weight), float(weight.sum()), float(total.sum())
    odds = np.full(rows, (won + 0.5) / (everything - won + 0.5))
    prior = SHRINKAGE * won * (everything - won) / max(everything, 1.0) ** 2
    last, factor = "", np.zeros(0)

    def moved(part: slice) -> Floats:
        mine = odds[part]
        if last:
            # Odds times the few factors, rather than the logarithm of each row and back.
            mine *= factor.take(codes[last][part])
        return mine

    def swept(name: str) -> Floats:
        def left(part: slice, sums: Floats) -> None:
            mine = moved(part)
            rate = mine / (mine + 1)
            fitted = weight[part] * rate
            code = codes[name][part].astype(np.intp)
            sums[0] += np.bincount(code, total[part] - fitted, sums.shape[1])
            sums[1] += np.bincount(code, fitted * (1 - rate), sums.shape[1])

        return summed(left, rows=rows, shape=(2, sizes[name]))

    for name in list(codes) * SWEEPS:
        left, information = swept(name)
        step = np.clip(left / (information + max(prior, SAFE)), -WIDEST_STEP, WIDEST_STEP)
        last, factor = name, np.exp(step)

    def rates(part: slice) -> None:
        mine = moved(part)
        mine /= mine + 1

    each(rates, rows=rows)
    return odds
