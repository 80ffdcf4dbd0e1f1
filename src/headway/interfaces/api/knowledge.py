"""What works: found, written down, checked by another, used, changed, retired."""

from dataclasses import dataclass
from http import HTTPStatus

from headway.actions import knowledge as changes
from headway.actions.knowledge import KnowledgeChanged, KnowledgeWanted, UseChanged
from headway.interfaces.api.endpoints import Call, reads, writes
from headway.queries import knowledge as seen
from headway.queries.knowledge import Asked, ItemSeen, KnowledgePage
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class ItemChanging:
    """What an item is to say, and the version that was looked at."""

    item: KnowledgeWanted
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class ItemVersion:
    """Which version of an item was looked at."""

    seen_version: int


@dataclass(frozen=True, kw_only=True)
class ItemUsed:
    """What came of it, for its author alone; "" = nothing is said."""

    words: str = ""


@reads("knowledge", Permission.RESULTS)
def knowledge(
    call: Call, *, text: str = "", priority: str = "", skill_id: int | None = None
) -> KnowledgePage:
    """What works by its words, priority and skill; one's own, with the thanks; months of reuse."""
    asked = Asked(text=text, priority=priority, skill_id=skill_id)
    return seen.page(call.viewer, asked=asked)


@reads("knowledge/<int:knowledge_id>", Permission.RESULTS)
def knowledge_item(call: Call, *, knowledge_id: int) -> ItemSeen:
    """One thing that works."""
    return seen.one(call.viewer, item_id=knowledge_id)


@writes("knowledge", Permission.RESULTS, status=HTTPStatus.CREATED)
def write_knowledge(call: Call, *, body: KnowledgeWanted) -> KnowledgeChanged:
    """Write down one thing that works, for everybody who sees results."""
    return changes.write(viewer=call.viewer, at=call.at, wanted=body)


@writes("knowledge/<int:knowledge_id>/change", Permission.RESULTS)
def change_knowledge(call: Call, *, knowledge_id: int, body: ItemChanging) -> KnowledgeChanged:
    """Say one's own item better; where its words change, a check falls."""
    return changes.change(
        viewer=call.viewer,
        at=call.at,
        item_id=knowledge_id,
        wanted=body.item,
        seen_version=body.seen_version,
    )


@writes("knowledge/<int:knowledge_id>/check", Permission.RESULTS)
def check_knowledge(call: Call, *, knowledge_id: int, body: ItemVersion) -> KnowledgeChanged:
    """Say, as a second person, that it works."""
    return changes.check(
        viewer=call.viewer, at=call.at, item_id=knowledge_id, seen_version=body.seen_version
    )


@writes("knowledge/<int:knowledge_id>/retire", Permission.RESULTS)
def retire_knowledge(call: Call, *, knowledge_id: int, body: ItemVersion) -> KnowledgeChanged:
    """Take an item off the list: its author, or a leader once the author has left."""
    return changes.retire(
        viewer=call.viewer, at=call.at, item_id=knowledge_id, seen_version=body.seen_version
    )


@writes("knowledge/<int:knowledge_id>/uses", Permission.RESULTS, status=HTTPStatus.CREATED)
def use_knowledge(call: Call, *, knowledge_id: int, body: ItemUsed) -> UseChanged:
    """Say that one used it today."""
    return changes.use(viewer=call.viewer, at=call.at, item_id=knowledge_id, words=body.words)


@writes("knowledge/uses/<int:use_id>/take-back", Permission.RESULTS)
def take_back_use(call: Call, *, use_id: int) -> UseChanged:
    """Take back that one used something."""
    return changes.take_back(viewer=call.viewer, at=call.at, use_id=use_id)
