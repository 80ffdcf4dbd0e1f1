"""What those who stood low in a quarter gain in the next by chance alone."""

import numpy as np

from headway.analysis.coaching.panel import Floats, Panel
from headway.analysis.methods import rebound

_FEWEST_ITEMS, _FEWEST_PEOPLE = 5, 10
_LOW = 1 / 3


def of_lowest_third(panel: Panel) -> float | None:
    """By how much the share of the lowest third of a quarter rises in the next, though nobody acts.

    Read from neighbouring quarters in which nobody of the panel was coached yet: how far people
    lie apart in one, and how alike the two are.

    Returns:
        A rise in points of a practice rate, 0..1; None under ten people with five items or more in
        two neighbouring quarters.

    References:
        See `methods.rebound.expected`.
    """
    began = panel.began.min() if len(panel.began) else 0
    rate = np.where(panel.n >= _FEWEST_ITEMS, panel.k / np.maximum(panel.n, 1), np.nan)
    pairs = [_pair(rate[:, at : at + 2]) for at in range(max(int(began) - 1, 0))]
    known = [each for each in pairs if len(each) >= _FEWEST_PEOPLE]
    if not known:
        return None
    both = np.concatenate(known)
    spread = float(np.sqrt((both**2).mean()))
    if not spread > 0:
        return None
    reliability = float((both[:, 0] * both[:, 1]).mean() / spread**2)
    return rebound.expected(reliability=min(max(reliability, 0.0), 1.0), spread=spread, share=_LOW)


def _pair(rates: Floats) -> Floats:
    """Of people known in both quarters, how far each lies from the mean of each."""
    known = rates[~np.isnan(rates).any(axis=1)]
    found: Floats = known - known.mean(axis=0) if len(known) else known
    return found
