"""Less chance in a trial whose order was drawn by lot: adjusting by the period before (CUPED)."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def adjusted(outcome: Floats, *, before: Floats) -> Floats:
    """The outcome less what the period before foretells of it.

    Only where who starts first was drawn by lot: then those who start and those who wait do not
    differ before, but by chance, and the difference of their means stays what it was on average.
    People picked for a reason need `analysis.coaching.effect`.

    Args:
        outcome: one per person, of both sides together.
        before: the same measure of the same people before anybody started.

    Returns:
        Y - theta (X - mean X), theta = cov(X, Y) / var(X): the same mean, a variance less by the
        square of the correlation. The outcome itself where nobody differed before.

    References:
        Deng, Xu, Kohavi & Walker (2013), WSDM '13:123-132.

    Examples:
        >>> adjusted(np.array([0.2, 0.4, 0.6]), before=np.array([0.1, 0.3, 0.5])).round(2).tolist()
        [0.4, 0.4, 0.4]
    """
    apart = before - before.mean()
    spread = float((apart**2).sum())
    if spread == 0:
        return outcome
    theta = float((apart * (outcome - outcome.mean())).sum()) / spread
    found: Floats = outcome - theta * apart
    return found
