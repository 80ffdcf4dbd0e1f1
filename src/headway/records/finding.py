"""Rows by what their name holds, however its letters are accented or capitalised."""

from functools import reduce
from operator import and_
from typing import TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from headway.terms.names import folded

ENOUGH = 8
M = TypeVar("M", bound=Model)


def named(rows: QuerySet[M], text: str) -> tuple[M, ...]:
    """At most `ENOUGH` rows whose name holds every word of `text`.

    Names that begin as it was typed stand first, then those in which a word begins so, then the
    others; each by name.

    Args:
        rows: among which, as far as the viewer may see; of a model with `folded_name`.
        text: words in any order, without regard to accents or capitals.
    """
    asked = folded(text)
    words = asked.split()
    if not words:
        return ()
    holding = reduce(and_, (Q(folded_name__contains=word) for word in words))
    order = Case(
        When(folded_name__startswith=asked, then=Value(0)),
        When(folded_name__startswith=words[0], then=Value(1)),
        When(folded_name__contains=f" {words[0]}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return tuple(rows.filter(holding).order_by(order, "folded_name", "pk")[:ENOUGH])
