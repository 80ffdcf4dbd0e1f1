"""Rows by what their name holds, however its letters are accented or capitalised."""

from functools import reduce
from operator import and_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from headway.terms.names import folded

ENOUGH = 8
M = TypeVar("M", bound=Model)


def named(rows: QuerySet[M], text: str, *, shown: QuerySet[M]) -> tuple[M, ...]:
    """At most `ENOUGH` rows whose name holds every word of `text`.

    Names that begin as it was typed stand first, then the others, each by name. One letter alone
    finds beginnings only: nearly every name holds it.

    Args:
        rows: among which, as far as the viewer may see; of a model with `folded_name`.
        text: words in any order, without regard to accents or capitals.
        shown: the same rows as they are shown, with what they are joined to.
    """
    asked = folded(text)
    if not asked:
        return ()
    begin = Q(folded_name__begins=asked)
    keys = _first(rows.filter(begin), most=ENOUGH)
    if len(keys) < ENOUGH and len(asked) > 1:
        holding = reduce(and_, (Q(folded_name__holds=word) for word in asked.split()))
        others = rows.filter(holding).exclude(begin)
        keys += _first(others, most=ENOUGH - len(keys))
    found = {row.pk: row for row in shown.filter(pk__in=keys)}
    return tuple(found[key] for key in keys if key in found)


def _first(rows: QuerySet[M], *, most: int) -> list[object]:
    # Their keys alone: what is shown with them is fetched for these few, not for all.
    return list(rows.order_by("folded_name", "pk").values_list("pk", flat=True)[:most])
