"""Whether the recording changed between the periods: missing values that became more or fewer."""

import numpy as np

from headway.analysis.methods.localisation.places import BlankJump
from headway.analysis.methods.localisation.source import Source

# A jump smaller than this share of all cases touches nothing.
SMALLEST_JUMP = 0.05


def blank_jumps(cube: Source, *, alpha: float) -> tuple[BlankJump, ...]:
    """Dimensions whose share of missing values changed more than chance and by five points.

    References:
        Two-proportion z test with pooled variance; Bonferroni over the dimensions with missing
        values.
    """
    from scipy.special import ndtr  # noqa: PLC0415  scipy is heavy

    blank = [name for name in cube.dimensions if None in cube.values[name]]
    n0, n1 = (side.n for side in cube.amounts())
    found = []
    for name in blank:
        is_blank = ((name, cube.values[name].index(None)),)
        blank0, blank1 = (side.n for side in cube.amounts(is_blank))
        share0, share1 = blank0 / n0, blank1 / n1
        pooled = (share0 * n0 + share1 * n1) / (n0 + n1)
        error = np.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1))
        z = abs(share1 - share0) / error if error > 0 else 0.0
        p = min(1.0, 2 * float(ndtr(-z)) * len(blank))
        if p <= alpha and abs(share1 - share0) >= SMALLEST_JUMP:
            found.append(BlankJump(dimension=name, base_share=share0, actual_share=share1, p=p))
    return tuple(found)
