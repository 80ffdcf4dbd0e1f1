"""Cards that wait: to be agreed by the viewer, and their own that are not complete."""

from collections.abc import Iterator, Mapping

from headway.queries import cards
from headway.queries.results import figures
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words import declared as words
from headway.queries.words.language import gettext as _
from headway.records import declared, scopes
from headway.records.models import Card
from headway.terms.declared import CardField, CardItem, missing_fields
from headway.terms.viewer import Viewer


def things(viewer: Viewer, *, names: Mapping[str, str]) -> Iterator[Thing]:
    """One's own cards, where one leads people or has begun one; then those to be agreed, by name.

    The number of statements does not grow with the cards.

    Args:
        viewer: whose cards.
        names: what each priority in force is called, by its id.
    """
    me = viewer.person_id
    if me is None:
        return
    held = Card.objects.filter(withdrawn_on=None, priority__in=names).select_related("author")
    own = {each.priority: each for each in held.filter(author_id=me, person=None)}
    leads = scopes.people_of(me).filter(is_active=True).exists()
    for number, name in names.items():
        if leads or number in own:
            yield from _own(viewer, own.get(number), priority=number, name=name, leads=leads)
    yield from _with_my_leader(viewer, names=names)
    yield from _with_my_people(
        viewer, names=names, complete={n for n, c in own.items() if _whole(c)}
    )


def _whole(card: Card) -> bool:
    return not missing_fields(declared.items(card), is_own=card.person_id is None)


def _own(
    viewer: Viewer, card: Card | None, *, priority: str, name: str, leads: bool
) -> Iterator[Thing]:
    items = declared.items(card) if card else ()
    lacking = missing_fields(items, is_own=True)
    if not lacking:
        return
    said = figures.listed(tuple(words.of(words.FIELDS, each).lower() for each in lacking))
    unmeasured = [each.text for each in items if each.field is CardField.BEHAVIOUR]
    yield Thing(
        code="card",
        title=_("Write what “{priority}” means for yourself").format(priority=name),
        reason=_(
            "Leaders go first: the cards of your people open after yours. Missing: {fields}."
        ).format(fields=said)
        if leads
        else _("Your card is not complete. Missing: {fields}.").format(fields=said),
        minutes=2 * len(lacking),
        consequence=Consequence.PEOPLE_WAIT if leads else Consequence.MY_OWN_CHANGE,
        known={
            "priority": priority,
            "seen_version": card.version if card else 0,
            "lacking": " ".join(lacking),
            "behaviour": next(iter(unmeasured), ""),
        },
        lines=_lines(viewer, items),
    )


def _with_my_leader(viewer: Viewer, *, names: Mapping[str, str]) -> Iterator[Thing]:
    """What the leader has written and can be agreed to: their own card is complete."""
    waiting = Card.objects.filter(
        person_id=viewer.person_id, person_agreed_on=None, withdrawn_on=None, priority__in=names
    )
    found = list(waiting.select_related("author").order_by("author__name", "priority"))
    theirs = Card.objects.filter(
        author__in=[each.author_id for each in found], person=None, withdrawn_on=None
    )
    complete = {(each.author_id, each.priority) for each in theirs if _whole(each)}
    for each in found:
        if _whole(each) and (each.author_id, each.priority) in complete:
            title = _("Agree with {name} what “{priority}” means for you")
            yield _to_agree(
                viewer,
                each,
                title=title.format(name=each.author.name, priority=names[each.priority]),
                consequence=Consequence.ASKED_OF_ME,
            )


def _with_my_people(
    viewer: Viewer, *, names: Mapping[str, str], complete: set[str]
) -> Iterator[Thing]:
    """What one's people have agreed to already, so that only one's own word is missing."""
    waiting = Card.objects.filter(
        author_id=viewer.person_id,
        author_agreed_on=None,
        person_agreed_on__isnull=False,
        withdrawn_on=None,
        priority__in=set(names) & complete,
    )
    for each in waiting.select_related("person").order_by("person__name", "priority"):
        if _whole(each) and each.person:
            title = _("Agree with {name} what “{priority}” means for them")
            yield _to_agree(
                viewer,
                each,
                title=title.format(name=each.person.name, priority=names[each.priority]),
                consequence=Consequence.PEOPLE_WAIT,
            )


def _to_agree(viewer: Viewer, card: Card, *, title: str, consequence: Consequence) -> Thing:
    return Thing(
        code="agreement",
        title=title,
        reason=_("The card is written; it counts once both of you agree."),
        minutes=3,
        consequence=consequence,
        known={"card_id": card.pk, "seen_version": card.version, **_address(card)},
        lines=_lines(viewer, declared.items(card)),
    )


def _address(card: Card) -> dict[str, str]:
    return {
        "author": card.author_id,
        "person": card.person_id or "",
        "priority": card.priority,
    }


def _lines(viewer: Viewer, items: tuple[CardItem, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.text) for each in cards.told(viewer, items=items))
