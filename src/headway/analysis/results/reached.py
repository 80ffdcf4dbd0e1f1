"""When opportunities reached each stage, from the history of their stage."""

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.analysis.results import book as books
from headway.analysis.results import days
from headway.analysis.results.book import Book
from headway.analysis.results.dimension import Bools
from headway.facts import Facts, collect, encode, once

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEVER = np.iinfo(np.int64).max
"""Stands for the day of something that did not happen."""

COVERED_FROM = 0.8
"""Share of opportunities whose stages must be recorded (domain.md appendix B)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reached:
    """When each opportunity first stood at a stage or beyond it; a row per opportunity.

    `stages` are the open stages in order and last the won one. `on` has a column per stage: days
    since 1970-01-01, `NEVER` where it was not reached. Skipped stages count as passed.
    """

    stages: tuple[str, ...]
    on: npt.NDArray[np.int64]

    def only(self, wanted: Bools) -> "Reached":
        """The same of some opportunities."""
        return Reached(stages=self.stages, on=self.on[wanted])


def of(facts: Facts, *, book: Book) -> Reached | None:
    """When the book's opportunities reached each stage, or None where that is not recorded.

    Args:
        facts: one organisation's facts; needs `seen/opportunity_change` and `seen/stage_def`.
        book: its book, or a part of it.

    Returns:
        None where a table is absent, where the opportunities are in several pipelines of different
        stages, or where under 80 % of them have a history of stages.
    """
    found = _of_whole(facts)
    if found is None or not len(book):
        return None
    whole, is_seen = found
    if is_seen[book.rows].mean() < COVERED_FROM:
        return None
    return replace(whole, on=whole.on[book.rows])


@once
def _of_whole(facts: Facts) -> tuple[Reached, Bools] | None:
    """Of the whole book, and which of its opportunities have a history of stages at all."""
    order = _order(facts)
    if order is None:
        return None
    stages, won = order
    book = books.of(facts)
    first = _first_entries(facts)
    read = encode(first, dimensions=("opportunity_id", "stage"), measures=("entered_at",))
    who = book.places(read.values["opportunity_id"])
    which = np.array([stages.get(name or "", -1) for name in read.values["stage"]], dtype=int)
    rows, columns = who[read.codes["opportunity_id"]], which[read.codes["stage"]]
    entered = days.of_seconds(
        read.measures["entered_at"], time_zone=book.organisation.time_zone
    ).astype(np.int64)
    seen = np.zeros(len(book), dtype=bool)
    seen[rows[rows >= 0]] = True
    on = np.full((len(book), len(stages) + 1), NEVER)
    kept = (rows >= 0) & (columns >= 0)
    np.minimum.at(on, (rows[kept], columns[kept]), entered[kept])
    return Reached(stages=(*stages, won), on=_passed(on, book=book)), seen


def _passed(on: npt.NDArray[np.int64], *, book: Book) -> npt.NDArray[np.int64]:
    decided = book.decided_on.astype(np.int64)
    is_dated = book.is_won & ~np.isnat(book.decided_on)
    on[is_dated, -1] = decided[is_dated]
    passed: npt.NDArray[np.int64] = np.minimum.accumulate(on[:, ::-1], axis=1)[:, ::-1]
    # Whatever is not known to have got further stood at least at the beginning, when it was
    # created.
    created = ~np.isnat(book.created_on)
    began = book.created_on[created].astype(np.int64)
    passed[created, 0] = np.minimum(passed[created, 0], began)
    return passed


def _order(facts: Facts) -> tuple[dict[str, int], str] | None:
    if not (facts.has("seen/opportunity_change") and facts.has("seen/stage_def")):
        return None
    lines: dict[str, list[str]] = {}
    won = "won"
    rows = collect(facts.columns("seen/stage_def")).records()
    for row in sorted(rows, key=itemgetter("pipeline", "sort_order", "stage")):
        if row["stage_group"] == "open":
            lines.setdefault(row["pipeline"], []).append(row["stage"])
        elif row["stage_group"] == "won":
            won = row["stage"]
    orders = {tuple(stages) for stages in lines.values()}
    if len(orders) != 1:
        return None
    return {stage: column for column, stage in enumerate(orders.pop())}, won


def _first_entries(facts: Facts) -> "ir.Table":
    changes = facts.table("seen/opportunity_change")
    changes = changes.filter(changes.field == "stage", changes.new_value.notnull())
    return changes.group_by("opportunity_id", stage=changes.new_value).agg(
        entered_at=changes.changed_at.min()
    )
