"""The pulse as one viewer may know it: waves, questions, words to code, and counts of groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import SystemRandom

from django.db.models import Sum
from django.utils.translation import gettext as _

from headway.queries.access import NotSeenError
from headway.queries.sensitive import sensitive
from headway.records import declared, own_views, pulse
from headway.records.models import (
    Person,
    PulseAnswer,
    PulseCell,
    PulseCount,
    PulseInvitation,
    PulsePooled,
    Wave,
)
from headway.terms.access import Permission, allows
from headway.terms.item_bank import ABOUT_MANAGERS, ITEMS, Item, in_order
from headway.terms.viewer import Viewer

_ASKED = tuple(ITEMS)


@dataclass(frozen=True, kw_only=True)
class WaveSeen:
    """One wave. `answered_at_least` is a multiple of the smallest group that is shown."""

    wave_id: int
    people_of: str
    items: tuple[str, ...]
    opened_at: datetime
    closes_on: date
    state: str
    invited_count: int
    answered_at_least: int
    may_close: bool
    mail_problem_count: int
    alpha: float | None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One item as it is asked; `priority` is what it is about, "" for none."""

    code: str
    sentence: str
    choices: tuple[tuple[str, str], ...]
    priority: str


@dataclass(frozen=True, kw_only=True)
class ToCode:
    """The words of one answer, and the priorities they may name; nothing tells whose team it is."""

    answer_id: int
    words: tuple[tuple[str, str], ...]
    priorities: tuple[tuple[str, str], ...]
    waiting_count: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many of `of` answers gave each value to one item about one subject."""

    item: str
    sentence: str
    subject: str
    of: int
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Step:
    """How many of `of` answers agreed in one wave: a number, or two it lies between."""

    closed_on: date
    agree: str
    of: int


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One item about managers, wave by wave, the oldest first."""

    sentence: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class CellSeen:
    """One group of a wave; `answered` None = too few answered for anything to be shown."""

    leader: str
    role: str
    is_remainder: bool
    invited: int
    answered: int | None
    told: tuple[Told, ...]


def waves(viewer: Viewer) -> tuple[WaveSeen, ...]:
    """The waves among the viewer's people, the newest first."""
    found = pulse.visible_waves(viewer).select_related("head").order_by("-opened_at", "-id")
    return tuple(_wave(each, viewer=viewer) for each in found)


def wave(viewer: Viewer, *, wave_id: int) -> WaveSeen:
    """One of them.

    Raises:
        NotSeenError: there is none, or not for this viewer.
    """
    found = pulse.visible_waves(viewer).select_related("head").filter(pk=wave_id).first()
    if found is None:
        raise NotSeenError
    return _wave(found, viewer=viewer)


def waiting(viewer: Viewer, *, today: date) -> tuple[int, ...]:
    """Waves that ask the viewer and wait for their answer."""
    found = pulse.waiting(viewer, today=today).order_by("wave_id")
    return tuple(found.values_list("wave_id", flat=True))


def questions(viewer: Viewer | None, *, hash_: str, today: date) -> tuple[Question, ...]:
    """The questions a link leads to; () where it does not work. Whoever holds it may see them."""
    del viewer
    found = PulseInvitation.objects.filter(
        token_hash=hash_, has_answered=False, wave__state="open", wave__closes_on__gte=today
    )
    invitation = found.select_related("wave").first()
    if invitation is None:
        return ()
    about = next((each["name"] for each in invitation.wave.priorities), "")
    return tuple(_question(item, about=about) for item in in_order(invitation.wave.items))


def offered_items(viewer: Viewer) -> tuple[Question, ...]:
    """Every item of the bank, in the order they are asked; everybody may know them."""
    del viewer
    return tuple(_question(item, about="") for item in ITEMS.values())


def offered_priorities(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Priorities (id, name); for those who may ask."""
    if not allows(viewer, Permission.PULSE):
        return ()
    found = declared.contents().items()
    return tuple((number, content.name or number) for number, content in found)


@sensitive("pulse.words")
def next_to_code(viewer: Viewer) -> ToCode | None:
    """One answer in words, drawn at random from all teams; None where none waits."""
    waiting_ = list(pulse.uncoded(viewer).values_list("pk", flat=True))
    if not waiting_:
        return None
    found = PulseAnswer.objects.select_related("wave").get(pk=SystemRandom().choice(waiting_))
    return ToCode(
        answer_id=found.pk,
        words=tuple(
            (_(ITEMS[item.code].sentence), found.words[item.code])
            for item in in_order(list(found.words))
        ),
        priorities=tuple((each["id"], each["name"]) for each in found.wave.priorities),
        waiting_count=len(waiting_),
    )


def cells(viewer: Viewer, *, wave_id: int) -> tuple[CellSeen, ...]:
    """The groups of one wave that the viewer leads, by leader; those that tell something first.

    What is asked about a manager is in the group of that manager alone, and for the manager alone.
    How much their own people decide is told to managers once they have sealed their own view.
    """
    found = pulse.visible_cells(viewer).filter(wave_id=wave_id).order_by("manager", "cell_id")
    names = dict(Person.objects.filter(id__in=found.values("manager")).values_list("id", "name"))
    priorities = {
        each["id"]: each["name"]
        for wave_ in Wave.objects.filter(pk=wave_id)
        for each in wave_.priorities
    }
    counts = PulseCount.objects.filter(cell__in=found).order_by("id")
    if _own_view_waits(viewer, wave_id=wave_id):
        counts = counts.exclude(item=own_views.AUTONOMY, cell__manager=viewer.person_id)
    of_cell: dict[int, list[PulseCount]] = {}
    for each in counts:
        of_cell.setdefault(each.cell_id, []).append(each)
    seen = (
        _cell(cell, of_cell.get(cell.pk, []), names=names, priorities=priorities, viewer=viewer)
        for cell in found
    )
    return tuple(sorted(seen, key=lambda each: not each.told))


def about_managers(viewer: Viewer, *, wave_id: int) -> tuple[Trend, ...]:
    """What is asked about managers, over all of them together, in this wave and those before.

    For whoever leads everybody who was asked, and only where five managers or more are meant: it
    tells of no one of them.
    """
    wave_ = pulse.led_waves(viewer).filter(pk=wave_id).first()
    if wave_ is None:
        return ()
    same = pulse.led_waves(viewer).filter(head=wave_.head_id, opened_at__lte=wave_.opened_at)
    found: dict[str, list[PulsePooled]] = {}
    for each in (
        PulsePooled.objects.filter(wave__in=same).select_related("wave").order_by("wave__closed_at")
    ):
        found.setdefault(each.item, []).append(each)
    return tuple(
        Trend(sentence=_(item.sentence), steps=tuple(_step(each) for each in found[item.code]))
        for item in in_order(list(found))
        if any(each.wave_id == wave_id for each in found[item.code])
    )


def themes(viewer: Viewer, *, wave_id: int) -> tuple[tuple[str, int], ...]:
    """What answers in words are about in one wave: theme and answers, never a word of them."""
    found = pulse.visible_waves(viewer).filter(pk=wave_id).first()
    return _themes(found) if found else ()


def newest_themes(viewer: Viewer) -> tuple[int, tuple[tuple[str, int], ...]]:
    """The last wave of which themes may be told, with them; 0 and none where there is no such."""
    found = pulse.visible_waves(viewer).exclude(themes=[]).order_by("-opened_at", "-id").first()
    return (found.pk, _themes(found)) if found else (0, ())


def _themes(found: Wave) -> tuple[tuple[str, int], ...]:
    return tuple((str(theme), int(count)) for theme, count in found.themes)


def _step(found: PulsePooled) -> Step:
    closed_at, between = found.wave.closed_at, _("{least} to {most}")
    return Step(
        closed_on=closed_at.date() if closed_at else found.wave.closes_on,
        agree=f"{found.least}"
        if found.least == found.most
        else between.format(least=found.least, most=found.most),
        of=found.of,
    )


def _wave(wave_: Wave, *, viewer: Viewer) -> WaveSeen:
    asked = PulseInvitation.objects.filter(wave=wave_)
    cut = PulseCell.objects.filter(wave=wave_)
    answered = asked.filter(has_answered=True).count()
    if wave_.state in ("cut", "counted"):
        # What is blocked is not told apart: of one person asked, it would say whether they did.
        shown = cut.aggregate(of=Sum("answered_count"))["of"]
        answered = shown or 0
    else:
        answered -= answered % wave_.least
    problems = asked.filter(outgoing__state="given_up").count()
    return WaveSeen(
        wave_id=wave_.pk,
        people_of=wave_.head.name if wave_.head else "",
        items=tuple(wave_.items),
        opened_at=wave_.opened_at,
        closes_on=wave_.closes_on,
        state=wave_.state,
        invited_count=_invited(cut) if wave_.is_brought else asked.count(),
        answered_at_least=answered,
        may_close=pulse.led_waves(viewer).filter(pk=wave_.pk, state="open").exists(),
        mail_problem_count=problems,
        alpha=wave_.alpha,
    )


def _invited(cells_: Iterable[PulseCell]) -> int:
    return sum(invited for cell in cells_ for _manager, invited in cell.teams)


def _question(item: Item, *, about: str) -> Question:
    return Question(
        code=item.code,
        sentence=_(item.sentence),
        choices=tuple((code, _(words)) for code, words in item.choices),
        priority=about if item.is_about_priority else "",
    )


def _own_view_waits(viewer: Viewer, *, wave_id: int) -> bool:
    closed = Wave.objects.filter(pk=wave_id).values_list("closes_on", flat=True).first()
    me = viewer.person_id
    return me is not None and closed is not None and own_views.waits(me, on=closed)


def _cell(
    cell: PulseCell,
    counts: Sequence[PulseCount],
    *,
    names: dict[str, str],
    priorities: dict[str, str],
    viewer: Viewer,
) -> CellSeen:
    is_own = viewer.person_id == cell.manager
    asked: dict[tuple[str, str], list[PulseCount]] = {}
    for each in counts:
        if is_own or not each.item.startswith(ABOUT_MANAGERS):
            asked.setdefault((each.item, each.subject), []).append(each)
    return CellSeen(
        leader=names.get(cell.manager, cell.manager),
        role=cell.role,
        is_remainder=cell.is_remainder,
        invited=_invited([cell]),
        answered=cell.answered_count,
        told=tuple(
            Told(
                item=item,
                sentence=_(ITEMS[item].sentence),
                subject=priorities.get(subject, subject),
                of=sum(each.answer_count for each in found),
                values=tuple(
                    (_words(item, each.value), each.answer_count)
                    for each in sorted(found, key=lambda one: _place(item, one.value))
                ),
            )
            for (item, subject), found in sorted(
                asked.items(), key=lambda one: (_ASKED.index(one[0][0]), one[0][1])
            )
        ),
    )


def _place(item: str, value: str) -> int:
    """Where a value stands among the choices of its item; what was coded as it was counted."""
    codes = [code for code, _label in ITEMS[item].choices]
    return codes.index(value) if value in codes else 0


def _words(item: str, value: str) -> str:
    choices = dict(ITEMS[item].choices)
    if value.startswith("mostly_"):
        side = [_(choices[code]) for code in choices if code in value.split("_")]
        return _("all, or all but one: {side}").format(side=_(" or ").join(side))
    coded = {
        "yes": _("named it"),
        "no": _("did not name it"),
        "action_and_reason": _("say what they do, and why"),
        "action_only": _("say what they do"),
        "reason_only": _("say why"),
        "neither": _("say neither"),
    }
    return _(choices[value]) if value in choices else coded.get(value, value)
