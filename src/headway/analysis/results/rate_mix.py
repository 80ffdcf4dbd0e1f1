"""Whether the win rate fell within slices or because the slices weigh differently."""

import numpy as np

from headway.analysis.methods import mix
from headway.analysis.results.book import Book
from headway.terms.answer import RateMix
from headway.terms.period import Period

NO_MIX = frozenset({"seller", "tenure_band"})


def of(book: Book, *, base: Period, actual: Period) -> tuple[RateMix, ...]:
    """The change of the win rate split into rate and mix, over each dimension the book has.

    Args:
        book: the opportunities; decided means won or lost with the day of closing in the period.
        base: the period compared with.
        actual: the period asked about.

    Returns:
        One split per dimension with at least two values among the decided, in the book's order;
        empty where the source has no lost opportunities or a period nothing decided. What is not
        known is a value of its own. The seller is left out, for people are no mix, and the band of
        tenure, for people grow older and their cases move from band to band by themselves.
    """
    if not book.has_lost:
        return ()
    before, now = book.decided_in(base), book.decided_in(actual)
    found = []
    for name, dimension in book.dimensions.items():
        size = len(dimension.values)
        if name in NO_MIX or size < 2:  # noqa: PLR2004  one value has nothing to mix with
            continue
        counts = [
            np.bincount(dimension.codes[mask], minlength=size).astype(float)
            for mask in (before & book.is_won, before, now & book.is_won, now)
        ]
        split = mix.rate_and_mix(
            base_part=counts[0],
            base_total=counts[1],
            actual_part=counts[2],
            actual_total=counts[3],
        )
        if split is not None and ((counts[1] + counts[3]) > 0).sum() > 1:
            found.append(
                RateMix(
                    dimension=name,
                    base_rate=split.base_rate,
                    actual_rate=split.actual_rate,
                    rate_effect=split.rate_effect,
                    mix_effect=split.mix_effect,
                )
            )
    return tuple(found)
