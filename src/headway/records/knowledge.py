"""What is written down and holds, whose name it carries, and whether a text names a customer."""

import re

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import StrIndex

from headway.records import scopes
from headway.records.models import KnowledgeItem
from headway.terms.names import folded
from headway.terms.viewer import Viewer

# A shorter name is found in too many sentences that mean something else.
_SHORTEST = 4


def current() -> QuerySet[KnowledgeItem]:
    """Every item but the retired ones."""
    return KnowledgeItem.objects.filter(retired_on=None)


def shown_author(item: KnowledgeItem) -> str:
    """The author's name; "" where they left and did not want it to stay."""
    return item.author.name if item.author.is_active or item.is_name_kept else ""


def named_account(viewer: Viewer, text: str) -> str:
    """An account that a text names, of those its writer may see; "" for none.

    Of others nothing is said: that there is such an account, nobody learns here.
    """
    said = folded(text)
    of_text = StrIndex(Value(said, output_field=CharField()), "folded_name")
    seen = scopes.visible_accounts(viewer).exclude(folded_name="").annotate(place=of_text)
    for account in seen.filter(place__gt=0).order_by("folded_name"):
        is_whole = re.search(rf"(?<!\w){re.escape(account.folded_name)}(?!\w)", said)
        if len(account.folded_name) >= _SHORTEST and is_whole:
            return account.name
    return ""
