"""Direction as one viewer may read it: the plan on one page, and what was told to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from headway.queries import repeats
from headway.queries.access import NotSeenError
from headway.queries.people import PersonOffered
from headway.queries.repeats import RepeatSeen
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.strategy import overload
from headway.queries.strategy.declared import PriorityLine
from headway.queries.strategy.overload import Overloaded
from headway.queries.words import declared as words
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import declared, scopes
from headway.records.models import Message, MessageReceipt, Person, PlanVersion
from headway.terms import codec
from headway.terms.access import Permission, allows
from headway.terms.declared import Plan
from headway.terms.viewer import Viewer

_SILENCE_DAYS = 31
MOST_SHOWN, MOST_WAITING = 10, 5
_MOST_READ = 100


@dataclass(frozen=True, kw_only=True)
class PlanSeen:
    """The plan that holds; `number` 0 = there is none."""

    number: int
    plan: Plan | None
    owner: str
    written: str
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class MessageSeen:
    """One telling; `reach` is "" for those it is not theirs to know, `silence` how long none came.

    `silence` speaks of the time between this message and the one told after it, or today. `again`
    is what its sender plans, on what they said last; None = nothing, or not the viewer's to know.
    """

    message_id: int
    on: str
    sender: str
    to: str
    channel: str
    text: str
    priority: str
    reach: str
    silence: str
    is_external: bool
    waits: bool
    may_withdraw: bool
    may_repeat: bool
    may_plan: bool
    again: RepeatSeen | None


@dataclass(frozen=True, kw_only=True)
class DirectionPage:
    """The plan, the priorities, and the messages, the newest first; `earlier` more are not listed.

    `waiting` are those for the viewer to say that they arrived, a few at a time.
    `silences` are priorities whose owner, whom the viewer leads or is, has said nothing for long,
    in sentences; `overloaded` are people with more than `most_at_once` priorities. `repeats` is
    what is to be said again, what is due first; `later` more are not listed.
    """

    plan: PlanSeen
    priorities: tuple[PriorityLine, ...]
    too_many: str
    overloaded: tuple[Overloaded, ...]
    most_at_once: int
    messages: tuple[MessageSeen, ...]
    earlier: int
    waiting: tuple[MessageSeen, ...]
    repeats: tuple[RepeatSeen, ...]
    later: int
    silences: tuple[str, ...]
    may_declare: bool
    may_tell: bool


@dataclass(frozen=True, kw_only=True)
class Silence:
    """A priority of which its owner has said nothing since a day; perhaps since it began."""

    priority_id: str
    name: str
    owner: str
    since: date
    is_since_launch: bool

    @property
    def sentence(self) -> str:
        """As others who see it read it."""
        words = (
            _("{owner} has not spoken of “{name}” since it began on {day}.")
            if self.is_since_launch
            else _("{owner} has not spoken of “{name}” since {day}.")
        )
        return words.format(owner=self.owner, name=self.name, day=figures.day(self.since))


@dataclass(frozen=True, kw_only=True)
class Again:
    """A message to be said once more: everything of it but when, how, and who was there."""

    sender: str
    head: str
    priority: str
    channel: str
    text: str
    is_ask: bool


def page(viewer: Viewer, *, today: date) -> DirectionPage:
    """Everything of the page. The number of statements does not grow with what there is."""
    lines = priorities.priorities(viewer, today=today)
    told = declared.visible_messages(viewer)
    seen = set(scopes.visible_people(viewer).values_list("id", flat=True))
    planned = repeats.listed(viewer, lines=lines, today=today)
    messages = _messages(viewer, lines=lines, planned=planned, today=today)
    return DirectionPage(
        plan=plan(viewer),
        priorities=lines,
        too_many=priorities.too_many(lines) if allows(viewer, Permission.DECLARE) else "",
        overloaded=overload.overloaded(
            viewer,
            in_force=(each.priority_id for each in lines),
            most=priorities.MOST_AT_ONCE,
        ),
        most_at_once=priorities.MOST_AT_ONCE,
        messages=messages[:MOST_SHOWN],
        earlier=max(0, told.count() - MOST_SHOWN),
        waiting=tuple(each for each in messages if each.waits)[:MOST_WAITING],
        repeats=planned[:MOST_SHOWN],
        later=max(0, len(planned) - MOST_SHOWN),
        silences=tuple(
            each.sentence
            for each in _silences(
                # What others say that one does not see, nobody can miss.
                (each for each in lines if each.owner_id in seen),
                told=told.values_list("priority", "sender", "sent_at"),
                today=today,
            )
        ),
        may_declare=allows(viewer, Permission.DECLARE),
        may_tell=allows(viewer, Permission.DECLARE) and bool(senders(viewer)),
    )


def own_silences(
    viewer: Viewer, *, priorities: Sequence[PriorityLine], today: date
) -> tuple[Silence, ...]:
    """Of the priorities in force those of the viewer of which they have said nothing for long."""
    own = [each for each in priorities if each.owner_id and each.owner_id == viewer.person_id]
    if not own:
        return ()
    told = declared.visible_messages(viewer).filter(sender_id=viewer.person_id)
    said = told.values_list("priority", "sender", "sent_at")
    return tuple(_silences(own, told=said, today=today))


def own_words(viewer: Viewer) -> dict[str, str]:
    """What the viewer said last of each priority, by its id."""
    told = declared.visible_messages(viewer).filter(sender_id=viewer.person_id or "")
    return dict(told.order_by("sent_at", "id").values_list("priority", "text"))


def plan(viewer: Viewer) -> PlanSeen:
    """The plan that holds; everybody who sees results sees it."""
    found = PlanVersion.objects.order_by("-number").first()
    if found is None or not allows(viewer, Permission.RESULTS):
        may_write = declared.may_write_plan(viewer)
        return PlanSeen(number=0, plan=None, owner="", written="", may_write=may_write)
    content = codec.from_json(Plan, found.content)
    owner = Person.objects.filter(id=content.owner_id or "").first()
    return PlanSeen(
        number=found.number,
        plan=content,
        owner=owner.name if owner else "",
        written=figures.day(found.written_at.date()),
        may_write=declared.may_write_plan(viewer),
    )


def senders(viewer: Viewer) -> tuple[PersonOffered, ...]:
    """The leaders whose messages the viewer may log: they themselves first, then others by name."""
    if not allows(viewer, Permission.DECLARE):
        return ()
    leading = scopes.visible_people(viewer).filter(
        reports__valid_to=None, reports__isnull=False, is_active=True
    )
    found = leading.distinct().order_by("name", "id").values_list("id", "name")
    listed = [PersonOffered(person_id=number, name=name) for number, name in found]
    return tuple(sorted(listed, key=lambda each: each.person_id != viewer.person_id))


def name_of(viewer: Viewer, *, person_id: str) -> str:
    """The name of a colleague, which everybody may know who sees results; else their id."""
    if not allows(viewer, Permission.RESULTS):
        return person_id
    found = Person.objects.filter(id=person_id).values_list("name", flat=True).first()
    return found or person_id


def heads(viewer: Viewer, *, sender: str) -> tuple[PersonOffered, ...]:
    """The leaders to whose people a sender may speak: the sender, then those below by name."""
    offered = {each.person_id: each for each in senders(viewer)}
    if sender not in offered:
        return ()
    below = set(scopes.people_of(sender).values_list("id", flat=True))
    return (offered[sender], *(each for each in offered.values() if each.person_id in below))


def audience(viewer: Viewer, *, sender: str, head: str) -> tuple[PersonOffered, ...]:
    """The people a message of `sender` to those of `head` is for, by name."""
    if head not in {each.person_id for each in heads(viewer, sender=sender)}:
        return ()
    found = scopes.people_of(head).filter(is_active=True).exclude(id=sender)
    return tuple(
        PersonOffered(person_id=each.id, name=each.name) for each in found.order_by("name", "id")
    )


def again(viewer: Viewer, *, message_id: int) -> Again:
    """What was said once, to be said again by the same leader to the same people.

    Raises:
        NotSeenError: there is none that the viewer may read, or its sender is nobody they log for.
    """
    found = declared.visible_messages(viewer).filter(pk=message_id).first()
    if found is None or not heads(viewer, sender=found.sender_id):
        raise NotSeenError
    return Again(
        sender=found.sender_id,
        head=found.head_id or found.sender_id,
        priority=found.priority,
        channel=found.channel,
        text=found.text,
        is_ask=found.is_ask,
    )


def _messages(
    viewer: Viewer,
    *,
    lines: Iterable[PriorityLine],
    planned: Sequence[RepeatSeen],
    today: date,
) -> tuple[MessageSeen, ...]:
    found = (
        declared.visible_messages(viewer)
        .select_related("sender", "head")
        .annotate(
            addressed=Count("receipts"),
            arrived=Count("receipts", filter=Q(receipts__received_on__isnull=False)),
        )
        .order_by("-sent_at", "-id")[:_MOST_READ]
    )
    rows = list(found)
    names = {each.priority_id: each.name for each in lines}
    seen = set(scopes.visible_people(viewer).values_list("id", flat=True))
    logging = {each.person_id for each in senders(viewer)}
    waiting = set(
        MessageReceipt.objects.filter(
            person_id=viewer.person_id or "", received_on=None, message__in=[r.pk for r in rows]
        ).values_list("message_id", flat=True)
    )
    again = {each.last.message_id: each for each in planned if each.last}
    held = {(each.sender_id, each.head_id, each.priority) for each in planned}
    after = [today, *(each.sent_at.date() for each in rows)]
    return tuple(
        MessageSeen(
            message_id=each.pk,
            on=figures.day(each.sent_at.date()),
            sender=each.sender.name,
            to=_to(each),
            channel=words.of(words.CHANNELS, each.channel),
            text=each.text,
            priority=names.get(each.priority, each.priority),
            reach=_reach(each) if each.sender_id in seen else "",
            silence=_silence((later - each.sent_at.date()).days),
            is_external=each.is_external,
            waits=each.pk in waiting,
            may_withdraw=each.logged_by_id == viewer.account_id,
            may_repeat=each.sender_id in logging,
            may_plan=each.sender_id in logging
            and (each.sender_id, each.head_id or each.sender_id, each.priority) not in held
            and (each.sender_id == viewer.person_id or each.logged_by_id == viewer.account_id),
            again=again.get(each.pk),
        )
        for each, later in zip(rows, after, strict=False)
    )


def _to(message: Message) -> str:
    """To whom it was told: a leader's people; of one that came with a load, how many they were."""
    if message.head is not None:
        return str(_("the people of {name}").format(name=message.head.name))
    count = message.__dict__["addressed"]
    return ngettext("one person", "{n} people", count=count).format(n=count)


def _reach(message: Message) -> str:
    counts = message.__dict__
    return _("{arrived} of {addressed} have it").format(
        arrived=counts["arrived"], addressed=counts["addressed"]
    )


def _silence(days: int) -> str:
    if days <= _SILENCE_DAYS:
        return ""
    weeks = days // 7
    return ngettext("One week without a word", "{n} weeks without a word", count=weeks).format(
        n=weeks
    )


def _silences(
    lines: Iterable[PriorityLine], *, told: Iterable[tuple[str, str, object]], today: date
) -> Iterable[Silence]:
    last: dict[tuple[str, str], date] = defaultdict(lambda: date.min)
    for priority, sender, at in told:
        on = at.date()  # type: ignore[attr-defined]  # an instant
        last[priority, sender] = max(last[priority, sender], on)
    for line in lines:
        if line.owner_id is None or line.launched_on is None or line.launched_on > today:
            continue
        since = last[line.priority_id, line.owner_id]
        if (today - max(since, line.launched_on)).days <= _SILENCE_DAYS:
            continue
        yield Silence(
            priority_id=line.priority_id,
            name=line.name,
            owner=line.owner,
            since=max(since, line.launched_on),
            is_since_launch=since < line.launched_on,
        )
