"""What the history of opportunities tells: stages, close dates, amounts at creation."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.results import book as books
from headway.analysis.results import expected, reached
from headway.analysis.results.book import Book
from headway.analysis.results.days import Numbers
from headway.analysis.results.dimension import Bools
from headway.analysis.results.expected import Expected
from headway.analysis.results.reached import Reached
from headway.facts import Facts, encode, once, texts

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, kw_only=True, eq=False)
class History:
    """The history of a book; each part is None where the source does not keep it.

    `first_amount` is the amount at creation, one per opportunity, NaN where not recorded.
    """

    reached: Reached | None = None
    expected: Expected | None = None
    first_amount: Numbers | None = None

    def only(self, wanted: Bools) -> "History":
        """The history of some opportunities: use it together with `Book.only`."""
        return History(
            reached=None if self.reached is None else self.reached.only(wanted),
            expected=None if self.expected is None else self.expected.only(wanted),
            first_amount=None if self.first_amount is None else self.first_amount[wanted],
        )


def of(facts: Facts, book: Book) -> History:
    """The history of the book's opportunities; all None without `seen/opportunity_change`."""
    if not facts.has("seen/opportunity_change"):
        return History()
    first_amounts = _first_amounts(facts)
    return History(
        reached=reached.of(facts, book=book),
        expected=expected.of(facts, book=book),
        first_amount=None if first_amounts is None else first_amounts[book.rows],
    )


@once
def _first_amounts(facts: Facts) -> Numbers | None:
    """Of every opportunity of the whole book."""
    read = encode(_amounts(facts), dimensions=("opportunity_id",), measures=("amount",))
    if not read.n:
        return None
    whole = books.of(facts)
    rows = whole.places(read.values["opportunity_id"])[read.codes["opportunity_id"]]
    amounts: Numbers = np.full(len(whole), np.nan)
    amounts[rows[rows >= 0]] = read.measures["amount"][rows >= 0]
    return amounts


def _amounts(facts: Facts) -> "ir.Table":
    changes = facts.table("seen/opportunity_change")
    changes = changes.filter(
        changes.field == "amount", changes.old_value.isnull(), changes.new_value.notnull()
    )
    first = changes.group_by("opportunity_id").agg(
        amount=texts.figure(changes.new_value).argmin(changes.changed_at)
    )
    # History is in the currency of the row: turned into ours as its amount of today was. Where that
    # was not, nobody can tell what it was worth.
    rows = facts.table("seen/opportunity")
    rows = rows.filter(
        rows.currency.coalesce(facts.organisation.currency) != facts.organisation.currency
    )
    rates = rows.select(
        is_foreign=True,
        opportunity_id=rows.opportunity_id,
        rate=rows.report_amount.cast("float64") / rows.amount.nullif(0).cast("float64"),
    )
    joined = first.left_join(rates, "opportunity_id")
    rate = joined.is_foreign.isnull().ifelse(texts.number(1), joined.rate)
    return joined.select("opportunity_id", amount=joined.amount * rate)
