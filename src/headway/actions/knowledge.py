"""What works, written down by who knows it: checked by another, used, changed, retired."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.direction import UnknownPriorityError
from headway.records import declared, knowledge, lines
from headway.records.models import KnowledgeItem, KnowledgeUse, Person, Skill
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_NAME = 80
MAX_LENGTH = 200
MOST_STEPS = 7


class KnowledgeWordsError(HeadwayError):
    """Something is not said, is too long, or belongs to nothing."""

    code = "knowledge.words"

    def __init__(self, found: str, *, expected: str) -> None:
        super().__init__(f"{found} Expected {expected}.")


class CustomerNamedError(HeadwayError):
    """What others read names a customer."""

    code = "knowledge.customer"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is a customer's name, and others read this. Say it without the name: what "
            "kind of customer it was is enough."
        )


class SettledKnowledgeError(HeadwayError):
    """It is checked already, or by its author."""

    code = "knowledge.settled"
    status = 409

    def __init__(self, found: str) -> None:
        super().__init__(f"{found} Load the page again.")


@dataclass(frozen=True, kw_only=True)
class KnowledgeWanted:
    """What an item says: `steps` are one sentence each; it belongs to a priority or a skill.

    `is_name_kept`: the author's name stays with it when they leave.
    """

    name: str
    helps_when: str
    steps: tuple[str, ...]
    priority: str = ""
    skill_id: int | None = None
    is_name_kept: bool = True


@dataclass(frozen=True, kw_only=True)
class KnowledgeChanged:
    """An item was written, changed, checked or retired."""

    item_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which, in which version."""
        return f"knowledge:{self.item_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class UseChanged:
    """Somebody said that they used an item, or took it back."""

    use_id: int

    @property
    def subject(self) -> str:
        """Which."""
        return f"knowledge_use:{self.use_id}"


@action("knowledge.write", permission=Permission.RESULTS)
def write(*, viewer: Viewer, at: datetime, wanted: KnowledgeWanted) -> KnowledgeChanged:
    """Write down one thing that works, for everybody who sees results.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation.
        KnowledgeWordsError: a text is missing or too long, or it belongs to nothing.
        UnknownPriorityError: there is no such priority.
        CustomerNamedError: it names a customer the viewer may see.
    """
    author = _person(viewer)
    item = KnowledgeItem(author_id=author, captured_on=lines.today(at))
    _say(item, wanted, viewer=viewer)
    item.save()
    return KnowledgeChanged(item_id=item.pk, version=item.version)


@action("knowledge.change", permission=Permission.RESULTS)
def change(
    *, viewer: Viewer, at: datetime, item_id: int, wanted: KnowledgeWanted, seen_version: int
) -> KnowledgeChanged:
    """Say one's own item better; a check was of the words as they were, and falls with them.

    Raises:
        NotAllowedError: it is not the viewer's own, or it is retired.
        StaleVersionError: it was changed since `seen_version`.
        KnowledgeWordsError: a text is missing or too long, or it belongs to nothing.
        UnknownPriorityError: there is no such priority.
        CustomerNamedError: it names a customer the viewer may see.
    """
    del at
    item = _current(item_id, seen_version=seen_version, viewer=viewer, is_own=True)
    before = _words(item)
    _say(item, wanted, viewer=viewer)
    if _words(item) != before:
        item.checked_by = item.checked_on = None
    return _kept(item)


@action("knowledge.check", permission=Permission.RESULTS)
def check(*, viewer: Viewer, at: datetime, item_id: int, seen_version: int) -> KnowledgeChanged:
    """Say, as a second person, that it works: one tried it, or knows it.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation, or there is no such item.
        StaleVersionError: it was changed since `seen_version`.
        SettledKnowledgeError: the viewer wrote it, or it is checked.
    """
    person = _person(viewer)
    item = _current(item_id, seen_version=seen_version, viewer=viewer, is_own=False)
    if item.author_id == person:
        raise SettledKnowledgeError("You wrote it: somebody else checks it.")
    if item.checked_on is not None:
        raise SettledKnowledgeError("It is checked already.")
    item.checked_by_id, item.checked_on = person, lines.today(at)
    return _kept(item)


@action("knowledge.retire", permission=Permission.RESULTS)
def retire(*, viewer: Viewer, at: datetime, item_id: int, seen_version: int) -> KnowledgeChanged:
    """Take an item off the list: its author, or a leader once the author has left.

    Raises:
        NotAllowedError: it is somebody else's who is here, or it is retired.
        StaleVersionError: it was changed since `seen_version`.
    """
    item = _current(item_id, seen_version=seen_version, viewer=viewer, is_own=False)
    is_here = item.author.is_active
    is_own = is_here and item.author_id == viewer.person_id
    if not is_own and (is_here or not allows(viewer, Permission.DECLARE)):
        raise NotAllowedError(f"knowledge:{item_id}")
    item.retired_on = lines.today(at)
    return _kept(item)


@action("knowledge.use", permission=Permission.RESULTS)
def use(*, viewer: Viewer, at: datetime, item_id: int, words: str) -> UseChanged:
    """Say that one used it today; said twice a day, it counts once.

    Args:
        viewer: who used it.
        at: now.
        item_id: what.
        words: what came of it, for its author alone; "" = nothing.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation, or there is no such item.
        KnowledgeWordsError: the viewer wrote it, or the words are too long.
        CustomerNamedError: the words name a customer the viewer may see.
    """
    person, words = _person(viewer), words.strip()
    item = knowledge.current().filter(pk=item_id).first()
    if item is None:
        raise NotAllowedError(f"knowledge:{item_id}")
    if item.author_id == person:
        raise KnowledgeWordsError("You wrote it yourself.", expected="what somebody else wrote")
    if len(words) > MAX_LENGTH:
        raise KnowledgeWordsError(
            f"What came of it has {len(words)} characters.", expected=f"at most {MAX_LENGTH}"
        )
    _refuse_customer(viewer, words)
    said, _made = KnowledgeUse.objects.update_or_create(
        item=item, person_id=person, used_on=lines.today(at), defaults={"words": words}
    )
    return UseChanged(use_id=said.pk)


@action("knowledge.take_back", permission=Permission.RESULTS)
def take_back(*, viewer: Viewer, at: datetime, use_id: int) -> UseChanged:
    """Take back that one used something, with what one said of it.

    Raises:
        NotAllowedError: it is not the viewer's own.
    """
    del at
    deleted, _models = KnowledgeUse.objects.filter(pk=use_id, person_id=_person(viewer)).delete()
    if not deleted:
        raise NotAllowedError(f"knowledge_use:{use_id}")
    return UseChanged(use_id=use_id)


def _person(viewer: Viewer) -> str:
    if not Person.objects.filter(pk=viewer.person_id or "", is_active=True).exists():
        raise NotAllowedError("knowledge")
    return viewer.person_id or ""


def _current(item_id: int, *, seen_version: int, viewer: Viewer, is_own: bool) -> KnowledgeItem:
    """The item, locked, as it was looked at."""
    # Not with its author in one statement: nobody's row is to be locked with it.
    found = knowledge.current().select_for_update().filter(pk=item_id).first()
    if found is None or (is_own and found.author_id != _person(viewer)):
        raise NotAllowedError(f"knowledge:{item_id}")
    if found.version != seen_version:
        raise StaleVersionError(name=found.name, seen=seen_version, found=found.version)
    return found


def _kept(item: KnowledgeItem) -> KnowledgeChanged:
    item.version += 1
    item.save()
    return KnowledgeChanged(item_id=item.pk, version=item.version)


def _words(item: KnowledgeItem) -> tuple[str, str, list[str]]:
    return item.name, item.helps_when, item.steps


def _say(item: KnowledgeItem, wanted: KnowledgeWanted, *, viewer: Viewer) -> None:
    """Put what is wanted into the item, or refuse it."""
    name, helps_when = wanted.name.strip(), wanted.helps_when.strip()
    steps = [each.strip() for each in wanted.steps if each.strip()]
    _expect_length(name, most=MAX_NAME, what="What works")
    _expect_length(helps_when, most=MAX_LENGTH, what="When it helps")
    if not 0 < len(steps) <= MOST_STEPS:
        raise KnowledgeWordsError(f"There are {len(steps)} steps.", expected=f"1 to {MOST_STEPS}")
    for each in steps:
        _expect_length(each, most=MAX_LENGTH, what="A step")
    _expect_belongs(wanted, before=item.skill_id)
    _refuse_customer(viewer, *(name, helps_when, *steps))
    item.name, item.helps_when, item.steps = name, helps_when, steps
    item.priority, item.skill_id = wanted.priority, wanted.skill_id
    item.is_name_kept = wanted.is_name_kept


def _expect_length(text: str, *, most: int, what: str) -> None:
    if not 0 < len(text) <= most:
        raise KnowledgeWordsError(f"{what} has {len(text)} characters.", expected=f"1 to {most}")


def _expect_belongs(wanted: KnowledgeWanted, *, before: int | None) -> None:
    """Refuse an unknown priority or skill, and none; a skill that was retired since may stay."""
    if not wanted.priority and wanted.skill_id is None:
        raise KnowledgeWordsError(
            "It belongs to nothing.", expected="a priority, or a skill of the list"
        )
    if wanted.priority and not declared.is_known(wanted.priority):
        raise UnknownPriorityError(wanted.priority)
    if wanted.skill_id is not None and wanted.skill_id != before:
        listed = Skill.objects.filter(pk=wanted.skill_id, is_retired=False)
        if not listed.exists():
            raise KnowledgeWordsError(
                f"There is no skill {wanted.skill_id} on the list.", expected="one of the list"
            )


def _refuse_customer(viewer: Viewer, *texts: str) -> None:
    name = knowledge.named_account(viewer, "\n".join(texts))
    if name:
        raise CustomerNamedError(name)
