"""The opportunities behind the figures, one by one, with the same days, amounts and places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from headway.analysis.results import book as books
from headway.facts import Facts


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One opportunity: `amount` in the organisation's currency; `dimensions` only those known."""

    opportunity_id: str
    owner: str | None
    stage: str
    stage_group: str
    amount: float | None
    created_on: date | None
    close_on: date | None
    closed_on: date | None
    dimensions: dict[str, str]


def opportunities(facts: Facts) -> Iterator[Listed]:
    """Every opportunity that is not deleted, in the order of its id in the book.

    The dimension `seller` is left out: it is the owner.
    """
    book = books.of(facts)
    created, closing, closed = (
        _days(found) for found in (book.created_on, book.close_on, book.decided_on)
    )
    owners, stages = book.owners.texts(), book.stages.texts()
    places = {
        name: dimension.texts() for name, dimension in book.dimensions.items() if name != "seller"
    }
    for i, opportunity_id in enumerate(book.ids):
        amount = float(book.amount[i])
        yield Listed(
            opportunity_id=opportunity_id,
            owner=owners[i],
            stage=stages[i] or "",
            stage_group=_group(is_won=bool(book.is_won[i]), is_lost=bool(book.is_lost[i])),
            amount=None if np.isnan(amount) else amount,
            created_on=created[i],
            close_on=closing[i],
            closed_on=closed[i],
            dimensions={name: at[i] for name, at in places.items() if at[i] is not None},
        )


def _group(*, is_won: bool, is_lost: bool) -> str:
    if is_won:
        return "won"
    return "lost" if is_lost else "open"


def _days(found: npt.NDArray[np.datetime64]) -> list[date | None]:
    # NumPy gives None for a day that is not known.
    days: list[date | None] = found.astype("datetime64[D]").tolist()
    return days
