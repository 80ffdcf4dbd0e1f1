"""Cards as one viewer may read them: their own, those agreed with them, those of their people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.words import declared as words
from headway.queries.words.language import gettext as _
from headway.records import declared, scopes
from headway.records.models import Card, Person, ReportingLine
from headway.terms.declared import CardItem, missing_fields
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class CardLine:
    """One card in a list, written or still to be; `state` in words with its glyph.

    `person` is "" for the author's own card, `version` 0 = not written yet.
    """

    author_id: str
    person_id: str
    author: str
    person: str
    priority_id: str
    priority: str
    state: str
    glyph: str
    version: int


@dataclass(frozen=True, kw_only=True)
class CardsPage:
    """Own cards, one for each priority in force; cards with me; those of and with my people.

    `by_leader` are the cards of my people under the name of whoever wrote them.
    """

    own: tuple[CardLine, ...]
    with_me: tuple[CardLine, ...]
    of_my_people: tuple[CardLine, ...]

    @property
    def by_leader(self) -> tuple["CardsOf", ...]:
        """The cards of my people, leader by leader; who has most comes first."""
        found: dict[str, list[CardLine]] = {}
        for each in self.of_my_people:
            found.setdefault(each.author, []).append(each)
        ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
        return tuple(CardsOf(author=name, lines=tuple(lines)) for name, lines in ordered)


@dataclass(frozen=True, kw_only=True)
class CardsOf:
    """The cards that one leader wrote or is to write."""

    author: str
    lines: tuple[CardLine, ...]

    @property
    def standing(self) -> str:
        """How many of them hold, in words."""
        count = sum(each.glyph == "disc" for each in self.lines)
        return _("{n} of {of} agreed or complete").format(n=count, of=len(self.lines))


@dataclass(frozen=True, kw_only=True)
class ItemSeen:
    """One line of a card as it is read."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CardSeen:
    """One card; `card_id` None = not written yet. `lacks` are missing fields in words.

    `first` is the sentence that stands where the leader's own card has to come first, else "".
    """

    card_id: int | None
    line: CardLine
    items: tuple[CardItem, ...]
    shown: tuple[ItemSeen, ...]
    lacks: str
    first: str
    author_agreed: str
    person_agreed: str
    may_write: bool
    may_agree: bool
    may_withdraw: bool


def page(viewer: Viewer, *, today: date) -> CardsPage:
    """Every card the viewer may see. The number of statements does not grow with them."""
    return listed(viewer, names=priorities.names(viewer, today=today))


def listed(viewer: Viewer, *, names: Mapping[str, str]) -> CardsPage:
    """The same, for who has read already what each priority in force is called, by its id."""
    rows = list(declared.visible_cards(viewer).select_related("author", "person"))
    me = viewer.person_id
    mine = {each.priority: each for each in rows if me and each.author_id == me and not each.person}
    kept = [_line(each, names=names) for each in rows]
    return CardsPage(
        own=tuple(
            _line(mine[number], names=names) if number in mine else _unwritten(viewer, number, name)
            for number, name in names.items()
            if me
        ),
        with_me=tuple(each for each in kept if me and each.person_id == me),
        of_my_people=(
            *(each for each in _sorted(kept) if not me or _is_of_my_people(each, me=me)),
            *_to_begin(viewer, rows=rows, names=names),
        ),
    )


def one(viewer: Viewer, *, author: str, person: str | None, priority: str, today: date) -> CardSeen:
    """One card, or the empty one that the viewer may write.

    Raises:
        NotSeenError: there is none that the viewer may see or write.
    """
    found = (
        declared.visible_cards(viewer)
        .filter(author_id=author, person_id=person, priority=priority)
        .select_related("author", "person")
        .first()
    )
    may_write = _may_write(viewer, author=author, person=person)
    names = priorities.names(viewer, today=today)
    if found is None and (not may_write or priority not in names):
        raise NotSeenError
    people = dict(Person.objects.filter(id__in={author, person or ""}).values_list("id", "name"))
    line = (
        _line(found, names=names)
        if found
        else CardLine(
            author_id=author,
            person_id=person or "",
            author=people.get(author, author),
            person=people.get(person or "", ""),
            priority_id=priority,
            priority=names[priority],
            state=_("not begun"),
            glyph="open",
            version=0,
        )
    )
    items = declared.items(found) if found else ()
    lacking = missing_fields(items, is_own=person is None)
    first = _first(author, priority=priority) if person else ""
    agreed = _agreed_by(viewer, found)
    return CardSeen(
        card_id=found.pk if found else None,
        line=line,
        items=items,
        shown=told(viewer, items=items),
        lacks=figures.listed(tuple(words.of(words.FIELDS, each).lower() for each in lacking)),
        first=first,
        author_agreed=_day(found.author_agreed_on) if found else "",
        person_agreed=_day(found.person_agreed_on) if found else "",
        may_write=may_write,
        may_agree=bool(found and person and may_write and not lacking and not first and not agreed),
        may_withdraw=bool(found and may_write),
    )


def told(viewer: Viewer, *, items: tuple[CardItem, ...]) -> tuple[ItemSeen, ...]:
    """The lines of a card as they are read; that the viewer may see the card was decided before."""
    del viewer
    return tuple(_told(each) for each in items)


def _told(item: CardItem) -> ItemSeen:
    done = _("first done on {day}").format(day=_day(item.enacted_on)) if item.enacted_on else ""
    said = [each for each in (item.text, item.measure, item.cue, done) if each]
    return ItemSeen(name=words.of(words.FIELDS, item.field), text="; ".join(said))


def _line(card: Card, *, names: Mapping[str, str]) -> CardLine:
    state, glyph = _state(card)
    return CardLine(
        author_id=card.author_id,
        person_id=card.person_id or "",
        author=card.author.name,
        person=card.person.name if card.person else "",
        priority_id=card.priority,
        priority=names.get(card.priority, card.priority),
        state=state,
        glyph=glyph,
        version=card.version,
    )


def _state(card: Card) -> tuple[str, str]:
    lacking = missing_fields(declared.items(card), is_own=card.person_id is None)
    if lacking:
        told = figures.listed(tuple(words.of(words.FIELDS, each).lower() for each in lacking))
        return _("lacks: {fields}").format(fields=told), "half"
    if card.person is None:
        return _("complete"), "disc"
    agreed = declared.agreed_on(card)
    if agreed is not None:
        return _("agreed on {day}").format(day=figures.day(agreed)), "disc"
    waits = [
        person.name
        for person, on in (
            (card.author, card.author_agreed_on),
            (card.person, card.person_agreed_on),
        )
        if on is None
    ]
    return _("waits for {people}").format(people=figures.listed(tuple(waits))), "half"


def _unwritten(viewer: Viewer, priority: str, name: str) -> CardLine:
    return CardLine(
        author_id=viewer.person_id or "",
        person_id="",
        author="",
        person="",
        priority_id=priority,
        priority=name,
        state=_("not begun"),
        glyph="open",
        version=0,
    )


def _to_begin(
    viewer: Viewer, *, rows: list[Card], names: Mapping[str, str]
) -> tuple[CardLine, ...]:
    """Cards with direct reports that nobody has begun, by name; none for who leads nobody."""
    me = viewer.person_id
    if me is None:
        return ()
    my_name = Person.objects.get(id=me).name
    direct = ReportingLine.objects.filter(manager_id=me, valid_to=None, person__is_active=True)
    written = {(each.author_id, each.person_id, each.priority) for each in rows}
    return tuple(
        CardLine(
            author_id=me,
            person_id=person,
            author=my_name,
            person=name,
            priority_id=priority,
            priority=said,
            state=_("not begun"),
            glyph="open",
            version=0,
        )
        for person, name in direct.order_by("person__name", "person_id").values_list(
            "person_id", "person__name"
        )
        for priority, said in names.items()
        if (me, person, priority) not in written
    )


def _is_of_my_people(line: CardLine, *, me: str) -> bool:
    is_mine = line.author_id == me and not line.person_id
    return not is_mine and line.person_id != me


def _sorted(lines: list[CardLine]) -> list[CardLine]:
    return sorted(lines, key=lambda each: (each.person or each.author, each.priority))


def _may_write(viewer: Viewer, *, author: str, person: str | None) -> bool:
    if viewer.person_id is None or viewer.person_id not in (author, person):
        return False
    return person is None or scopes.people_of(author).filter(id=person, is_active=True).exists()


def _agreed_by(viewer: Viewer, card: Card | None) -> bool:
    if card is None:
        return False
    is_author = viewer.person_id == card.author_id
    return (card.author_agreed_on if is_author else card.person_agreed_on) is not None


def _first(author: str, *, priority: str) -> str:
    own = Card.objects.filter(author_id=author, person=None, priority=priority, withdrawn_on=None)
    found = own.first()
    if not missing_fields(declared.items(found) if found else (), is_own=True):
        return ""
    return _("Leaders go first: the leader’s own card for this priority is not complete yet.")


def _day(on: date | None) -> str:
    return figures.day(on) if on else ""
