"""Cards: what a person stops, begins and changes for a priority; leaders fill in theirs first."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.direction import UnknownPriorityError
from headway.records import declared, scopes
from headway.records.models import Card, Person
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.declared import OWN_FIELDS, CardField, CardItem, missing_fields
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_LENGTH = 500
MOST_ITEMS = 30
MOST_HOURS = 60


class CardItemError(HeadwayError):
    """A line of a card says nothing, or too much, or there are too many."""

    code = "cards.item"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"Found {found}. Expected 1 to {MOST_ITEMS} lines of 1 to {MAX_LENGTH} characters "
            "each. Say it in one sentence per line."
        )


class CardFieldError(HeadwayError):
    """A line of one's own card that only a card with a person has."""

    code = "cards.field"

    def __init__(self, field: CardField) -> None:
        kept = ", ".join(each.value for each in OWN_FIELDS)
        super().__init__(
            f"Found {field.value} on one's own card. Expected lines of: {kept}. Leave it out, or "
            "write it on a card with a person."
        )


class CardHoursError(HeadwayError):
    """The hours a week that a line sets free cannot be."""

    code = "cards.hours"

    def __init__(self, hours: float) -> None:
        super().__init__(
            f"Found {hours:g} hours a week set free. Expected 0 to {MOST_HOURS}. Say how many the "
            "one thing takes that stops."
        )


class OwnFirstError(HeadwayError):
    """A leader asks of others what they have not done themselves."""

    code = "cards.own_first"
    status = 409

    def __init__(self, missing: tuple[CardField, ...]) -> None:
        lacking = ", ".join(each.value for each in missing)
        super().__init__(
            f"The leader's own card for this priority lacks: {lacking}. Leaders go first: complete "
            "it, then agree cards with people."
        )


class IncompleteCardError(HeadwayError):
    """A card with fields missing cannot be agreed."""

    code = "cards.incomplete"

    def __init__(self, missing: tuple[CardField, ...]) -> None:
        lacking = ", ".join(each.value for each in missing)
        super().__init__(
            f"This card lacks: {lacking}. Complete it together, then agree. A behaviour needs a "
            "measure, and something must stop before something begins."
        )


@dataclass(frozen=True, kw_only=True)
class CardChanged:
    """A card was written, agreed or withdrawn."""

    card_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which card, in which version."""
        return f"card:{self.card_id}@{self.version}"


@action("cards.save", permission=Permission.RESULTS)
def save(
    *,
    viewer: Viewer,
    at: datetime,
    author: str,
    person: str | None,
    priority: str,
    items: tuple[CardItem, ...],
    seen_version: int,
) -> CardChanged:
    """Write one's own card, or one between a leader and a person; both of them may.

    What was agreed falls when the words change; noting when something was first done changes no
    words.

    Args:
        viewer: the author, or the person it is with.
        at: now.
        author: whose card it is: oneself, or the leader.
        person: whom the leader agrees it with; None = the author's own card.
        priority: the id of the priority.
        items: every line, in order.
        seen_version: the version that was looked at, 0 = there was none.

    Raises:
        NotAllowedError: the viewer is neither of the two, or the author does not lead the person.
        UnknownPriorityError: there is no such priority.
        CardItemError: a line is empty or too long, or there are too many.
        CardFieldError: a line belongs to a card with a person.
        CardHoursError: a line sets free less than no hour or more than there are.
        OwnFirstError: the leader's own card is not complete.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    _refuse_strangers(viewer, author=author, person=person)
    _refuse_items(items, is_own=person is None)
    if not declared.is_known(priority):
        raise UnknownPriorityError(priority)
    if person is not None:
        _refuse_before_own(author, priority=priority)
    found = (
        Card.objects.select_for_update()
        .filter(author_id=author, person_id=person, priority=priority, withdrawn_on=None)
        .first()
    )
    version = found.version if found else 0
    if version != seen_version:
        whose = Person.objects.get(id=person or author).name
        raise StaleVersionError(name=whose, seen=seen_version, found=version)
    if found is None:
        found = Card(author_id=author, person_id=person, priority=priority, version=0, items=[])
    if _words(declared.items(found)) != _words(items):
        found.author_agreed_on = found.person_agreed_on = None
        found.written_on = at.date()
    found.items = codec.to_json(items)
    return _kept(found)


@action("cards.agree", permission=Permission.RESULTS)
def agree(*, viewer: Viewer, at: datetime, card_id: int, seen_version: int) -> CardChanged:
    """Agree to a card between two; it holds once both have.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        StaleVersionError: somebody changed it since `seen_version`.
        IncompleteCardError: fields are missing.
        OwnFirstError: the leader's own card is not complete.
    """
    found = _of_both(viewer, card_id, seen_version=seen_version)
    missing = missing_fields(declared.items(found), is_own=False)
    if missing:
        raise IncompleteCardError(missing)
    _refuse_before_own(found.author_id, priority=found.priority)
    if viewer.person_id == found.author_id:
        found.author_agreed_on = found.author_agreed_on or at.date()
    else:
        found.person_agreed_on = found.person_agreed_on or at.date()
    return _kept(found)


@action("cards.withdraw", permission=Permission.RESULTS)
def withdraw(*, viewer: Viewer, at: datetime, card_id: int, seen_version: int) -> CardChanged:
    """Let a card hold no longer; that it held stays known.

    Raises:
        NotAllowedError: the viewer is neither author nor person of it.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _of_one(viewer, card_id, seen_version=seen_version)
    found.withdrawn_on = at.date()
    return _kept(found)


def _of_both(viewer: Viewer, card_id: int, *, seen_version: int) -> Card:
    found = _of_one(viewer, card_id, seen_version=seen_version)
    if found.person_id is None:
        raise NotAllowedError(f"card:{card_id}")
    return found


def _of_one(viewer: Viewer, card_id: int, *, seen_version: int) -> Card:
    found = Card.objects.select_for_update().filter(pk=card_id, withdrawn_on=None).first()
    if found is None or viewer.person_id not in (found.author_id, found.person_id or ""):
        raise NotAllowedError(f"card:{card_id}")
    if found.version != seen_version:
        whose = (found.person or found.author).name
        raise StaleVersionError(name=whose, seen=seen_version, found=found.version)
    return found


def _kept(found: Card) -> CardChanged:
    found.version += 1
    found.is_brought = False
    found.save()
    return CardChanged(card_id=found.pk, version=found.version)


def _refuse_strangers(viewer: Viewer, *, author: str, person: str | None) -> None:
    is_party = viewer.person_id is not None and viewer.person_id in (author, person)
    leads = person is None or scopes.people_of(author).filter(id=person, is_active=True).exists()
    if not is_party or not leads:
        raise NotAllowedError(f"person:{author}")


def _refuse_items(items: tuple[CardItem, ...], *, is_own: bool) -> None:
    if not 1 <= len(items) <= MOST_ITEMS:
        raise CardItemError(f"{len(items)} lines")
    for each in items:
        if is_own and each.field not in OWN_FIELDS:
            raise CardFieldError(each.field)
        if not 0 <= (each.released_hours or 0) <= MOST_HOURS:
            raise CardHoursError(each.released_hours or 0)
        for text in (each.text, each.measure, each.cue):
            if len(text) > MAX_LENGTH or not each.text.strip():
                raise CardItemError(f"a line of {len(text)} characters under {each.field.value}")


def _refuse_before_own(author: str, *, priority: str) -> None:
    own = Card.objects.filter(author_id=author, person=None, priority=priority, withdrawn_on=None)
    found = own.first()
    missing = missing_fields(declared.items(found) if found else (), is_own=True)
    if missing:
        raise OwnFirstError(missing)


def _words(items: tuple[CardItem, ...]) -> tuple[CardItem, ...]:
    nothing: date | None = None
    return tuple(replace(each, enacted_on=nothing, released_hours=None) for each in items)
