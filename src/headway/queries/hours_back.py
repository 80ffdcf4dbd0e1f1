"""Hours given back: what was stopped, by whom and for whom; for those whose hours they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from headway.queries.people import PersonOffered
from headway.queries.results import figures
from headway.queries.words import own_time as words
from headway.queries.words.language import gettext as _
from headway.records import declared, own_time
from headway.records.models import Card, GroupMonth, HoursBack
from headway.terms.access import Permission, allows
from headway.terms.declared import CardField
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class BackSeen:
    """One thing that was stopped; `entry_id` None = it stands on a card, and is ended there."""

    entry_id: int | None
    kind: str
    text: str
    hours: str
    people: int
    by: str
    since: str
    ended: str
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class BackPage:
    """The ledger as one viewer may read it; totals a week of what is still stopped, in words.

    `mine` is what the viewer has again, `by_me` what people together have from the viewer.
    `organisation` is a sentence about everybody, "" where fewer than five people have hours again.
    """

    entries: tuple[BackSeen, ...]
    mine: str
    by_me: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """Hours a week that the viewer has again, and that people together have from the viewer."""

    mine: float
    by_me: float


@dataclass(frozen=True, kw_only=True)
class _Entry:
    seen: BackSeen
    hours: float
    is_by_me: bool
    is_mine: bool
    since_on: date
    ended_on: date | None

    def is_stopped(self, on: date) -> bool:
        """Whether it had not come back by a day."""
        return self.ended_on is None or self.ended_on > on


def page(viewer: Viewer, *, today: date) -> BackPage:
    """The ledger. The number of statements does not grow with it."""
    entries = [*_entered(viewer), *_of_cards(viewer, today=today)]
    entries.sort(key=lambda each: (not each.is_stopped(today), -each.since_on.toordinal()))
    held = _held([each for each in entries if each.is_stopped(today)])
    return BackPage(
        entries=tuple(each.seen for each in entries),
        mine=words.duration(held.mine),
        by_me=words.duration(held.by_me),
        organisation=_organisation(viewer),
    )


def held(viewer: Viewer, *, days: Sequence[date]) -> tuple[Held, ...]:
    """What the ledger came to on each of some days, all of them past."""
    entries = [*_entered(viewer), *_of_cards(viewer, today=max(days))]
    return tuple(
        _held([each for each in entries if each.since_on <= day and each.is_stopped(day)])
        for day in days
    )


def _held(entries: Sequence[_Entry]) -> Held:
    return Held(
        mine=sum(each.hours for each in entries if each.is_mine),
        by_me=sum(each.hours * each.seen.people for each in entries if each.is_by_me),
    )


def offered(viewer: Viewer) -> tuple[PersonOffered, ...]:
    """Who may have hours again because of the viewer: those who report to them, and themselves."""
    me = PersonOffered(person_id=viewer.person_id or "", name=_("Me"))
    led = own_time.led_directly(viewer)
    return (me, *(PersonOffered(person_id=each.id, name=each.name) for each in led))


def _entered(viewer: Viewer) -> list[_Entry]:
    me = viewer.person_id
    found = own_time.visible_hours_back(viewer)
    mine = set(found.filter(people__person_id=me or "").values_list("pk", flat=True))
    # Counted anew: the entries the viewer sees are found by their own rows among the people.
    rows = HoursBack.objects.filter(pk__in=found.values("pk")).select_related("given_by")
    return [
        _entry(each, me=me, people=each.n, is_mine=each.pk in mine)
        for each in rows.annotate(n=Count("people"))
    ]


def _entry(row: HoursBack, *, me: str | None, people: int, is_mine: bool) -> _Entry:
    return _Entry(
        seen=BackSeen(
            entry_id=row.pk,
            kind=words.of(words.STOPPED, row.kind),
            text=row.text,
            hours=words.duration(row.hours),
            people=people,
            by=row.given_by.name,
            since=figures.day(row.since_on),
            ended=figures.day(row.ended_on) if row.ended_on else "",
            may_end=row.given_by_id == me and row.ended_on is None,
        ),
        hours=row.hours,
        is_by_me=row.given_by_id == me,
        is_mine=is_mine,
        since_on=row.since_on,
        ended_on=row.ended_on,
    )


def _of_cards(viewer: Viewer, *, today: date) -> list[_Entry]:
    """What cards say is stopped and sets hours free: one's own, and those agreed with one."""
    me = viewer.person_id or ""
    between = Q(author_id=me) | Q(person_id=me)
    cards = declared.visible_cards(viewer).filter(between).select_related("author")
    return [found for card in cards for found in _of_card(card, me=me, today=today)]


def _of_card(card: Card, *, me: str, today: date) -> list[_Entry]:
    if card.person_id is not None and declared.agreed_on(card) is None:
        return []
    return [
        _Entry(
            seen=BackSeen(
                entry_id=None,
                kind=_("On a card"),
                text=item.text,
                hours=words.duration(item.released_hours),
                people=1,
                by=card.author.name,
                since=figures.day(item.enacted_on),
                ended="",
                may_end=False,
            ),
            hours=item.released_hours,
            is_by_me=card.author_id == me,
            is_mine=(card.person_id or card.author_id) == me,
            since_on=item.enacted_on,
            ended_on=None,
        )
        for item in declared.items(card)
        # Hours that are still to be set free are no hours yet.
        if item.field is CardField.STOP
        and item.released_hours
        and item.enacted_on is not None
        and item.enacted_on <= today
    ]


def _organisation(viewer: Viewer) -> str:
    if not allows(viewer, Permission.DECLARE):
        return ""
    newest = GroupMonth.objects.filter(head="", kind="released").order_by("-month_on").first()
    if newest is None:
        return ""
    told = _("By the end of {month} {n} people of the organisation had {hours} a week again.")
    return told.format(
        month=figures.month(newest.month_on),
        n=newest.people_count,
        hours=words.duration(newest.figures["hours"]),
    )
