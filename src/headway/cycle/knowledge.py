"""What works, from records to rows of the facts: who wrote it when, and counts; never a word."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from headway.records.models import KnowledgeItem

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them


def rows() -> Mapping[str, list[_Row]]:
    """The rows that tell of what was written down; retired items were captured all the same."""
    return {"said/knowledge_item": list(_items())}


def _items() -> Iterator[_Row]:
    for each in KnowledgeItem.objects.annotate(use_count=Count("uses")).order_by("id"):
        yield {
            "item_id": each.fact_id,
            "author_id": each.author_id,
            "account_id": None,
            "captured_on": each.captured_on,
            "validated_on": each.checked_on,
            "used_count": each.use_count,
        }
