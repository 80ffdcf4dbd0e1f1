"""How large a z must be when many places were looked at."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from headway.analysis.methods.localisation.cube import Floats


@dataclass(frozen=True, kw_only=True)
class Family:
    """How many places of each number of conditions were tested, over how many kinds of move.

    The family-wise error is shared equally among kinds and among numbers of conditions, so that
    looking at ten thousand triples does not make a single team harder to see. `spread` is how much
    wider than chance alone places scatter (1 = as chance); every z is divided by it.
    """

    tested: Mapping[int, int]
    kinds: int
    spread: float = 1.0

    def p(self, z: Floats, *, conditions: int) -> Floats:
        """Family-wise p of two-sided z among places with `conditions` conditions, 0..1.

        References:
            Sidak (1967), JASA 62:626-633, within one number of conditions; Bonferroni over these
            and kinds.
        """
        from scipy.special import log_ndtr  # noqa: PLC0415  scipy is heavy

        alone = np.minimum(2 * np.exp(log_ndtr(-np.abs(z) / self.spread)), 1.0)
        among = -np.expm1(self.tested.get(conditions, 1) * np.log1p(-np.minimum(alone, 1 - 1e-16)))
        result: Floats = np.minimum(among * max(len(self.tested), 1) * self.kinds, 1.0)
        return result

    def threshold(self, alpha: float, *, conditions: int) -> float:
        """The z beyond which `p` is at most `alpha`."""
        from scipy.special import ndtri  # noqa: PLC0415  scipy is heavy

        share = alpha / (max(len(self.tested), 1) * self.kinds)
        alone = -np.expm1(np.log1p(-share) / max(self.tested.get(conditions, 1), 1))
        return float(-ndtri(alone / 2)) * self.spread


# Half of all squared standard normal values lie below this.
MEDIAN_CHI_SQUARED = 0.45493642311957283
ENOUGH_TO_JUDGE = 50


def spread(z: Floats) -> float:
    """How much wider than chance alone the z of places scatter, at least 1.

    Cases that come in clusters, or a season that touches many places a little, make every place
    move more than independent cases would. The median is not touched by the few places that truly
    moved.

    References:
        Efron (2004), JASA 99:96-104 (empirical null); the median form is Devlin & Roeder (1999),
        Biometrics 55:997-1004 (genomic control).
    """
    if len(z) < ENOUGH_TO_JUDGE:
        return 1.0
    return max(1.0, float(np.sqrt(np.median(z * z) / MEDIAN_CHI_SQUARED)))
