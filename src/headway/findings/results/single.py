"""Single opportunities that weigh so much that a period hangs on them."""

import numpy as np

from headway.analysis.results.book import Book
from headway.terms.answer import Comparison, SingleDeal
from headway.terms.policy import Policy


def deals(book: Book, *, comparison: Comparison, policy: Policy) -> tuple[SingleDeal, ...]:
    """Won opportunities above `policy.single_deal_share` of a period's bookings, largest first.

    `contribution` is what the opportunity adds to the change: its amount, negative where it lies in
    the base; `share` is its part of its own period.
    """
    found = []
    for period, sign in ((comparison.base, -1.0), (comparison.actual, 1.0)):
        usable = book.decided_in(period) & book.is_won & ~np.isnan(book.amount)
        total = float(book.amount[usable].sum())
        if total <= 0:
            continue
        large = np.flatnonzero(usable)[book.amount[usable] > policy.single_deal_share * total]
        found += [
            SingleDeal(
                opportunity=str(book.ids[place]),
                contribution=sign * float(book.amount[place]),
                share=float(book.amount[place]) / total,
            )
            for place in large
        ]
    return tuple(sorted(found, key=lambda deal: (-abs(deal.contribution), deal.opportunity)))


def largest(book: Book, *, comparison: Comparison) -> tuple[int, float] | None:
    """Where the largest won opportunity of both periods stands, and its part of its period."""
    best: tuple[int, float, float] | None = None
    for period in (comparison.base, comparison.actual):
        usable = np.flatnonzero(book.decided_in(period) & book.is_won & ~np.isnan(book.amount))
        if len(usable) == 0:
            continue
        place = int(usable[np.argmax(book.amount[usable])])
        amount, total = float(book.amount[place]), float(book.amount[usable].sum())
        if total > 0 and (best is None or amount > best[1]):
            best = (place, amount, amount / total)
    return None if best is None else (best[0], best[2])
