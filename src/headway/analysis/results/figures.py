"""What the methods found, as the figures that travel in an answer."""

from headway.analysis.methods.evidence import Range, TooFew
from headway.terms.answer import Figure, Missing

NOT_MEASURED = Figure(value=None, missing=Missing.NOT_MEASURED)
"""The source does not record what it takes."""

NO_CASES = Figure(value=None, missing=Missing.NO_CASES)
"""The source records it, and there was none."""


def of(found: Range | TooFew | None, *, n: int | None = None) -> Figure:
    """A range, or too few cases, as a figure; nothing at all is no cases.

    Args:
        found: what a method gave.
        n: cases to show where they are not those of the range.

    Examples:
        >>> of(TooFew(seen=7, needed=30))
        Figure(value=None, low=None, high=None, n=7, missing=<Missing.TOO_FEW: 'too_few'>)
    """
    match found:
        case None:
            return NO_CASES
        case TooFew(seen=0) if not n:
            return NO_CASES
        case TooFew():
            return Figure(value=None, n=found.seen if n is None else n, missing=Missing.TOO_FEW)
    return Figure(
        value=found.value,
        low=found.low,
        high=found.high,
        n=found.n if n is None else n,
    )
