"""Peers who teach each other, as one viewer may read it.

Everybody reads what people offer to teach. What somebody wants to learn is theirs, what two people
write is the two's, and a leader reads of pairs only what five people and more did in a month.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from headway.queries import partners
from headway.queries.access import NotSeenError
from headway.queries.coaching import peers
from headway.queries.coaching.peers import OfferSeen, PeerSeen
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import pairs
from headway.records.models import GroupMonth, Pair, PeerMeeting, Skill, SkillSaid
from headway.terms.access import Permission, allows
from headway.terms.own_time import Side
from headway.terms.viewer import Viewer

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class SaidSeen:
    """One thing somebody can teach or wants to learn."""

    said_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TeachersSeen:
    """A skill, and who offered to teach it, by name."""

    skill: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """One pair of the viewer in a list; `state` in words, `next_on` the next meeting or ""."""

    pair_id: int
    other: str
    about: str
    state: str
    next_on: str
    may_agree: bool
    may_decline: bool


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What the viewer's meetings up to today came to, both directions together."""

    planned: int
    met: int
    given: int
    used: int
    partners: int


@dataclass(frozen=True, kw_only=True)
class MonthSeen:
    """What pairs with people below one leader came to in one month, in words."""

    month: str
    people: int
    met: str
    advice: str
    partners: str


@dataclass(frozen=True, kw_only=True)
class BroughtSeen:
    """A meeting that came with a load."""

    other: str
    planned_on: str
    met_on: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class PairsPage:
    """The page of pairs; `helping` could help the viewer, `to_offer` is what they could teach."""

    finding: str
    pairs: tuple[PairLine, ...]
    proposed: tuple[partners.Proposed, ...]
    helping: tuple[PeerSeen, ...]
    to_offer: tuple[OfferSeen, ...]
    teach: tuple[SaidSeen, ...]
    learn: tuple[SaidSeen, ...]
    teachers: tuple[TeachersSeen, ...]
    skills: tuple[tuple[int, str], ...]
    tally: Tally
    brought: tuple[BroughtSeen, ...]
    months: tuple[MonthSeen, ...]
    may_take_part: bool
    may_keep_skills: bool


@dataclass(frozen=True, kw_only=True)
class NoteSeen:
    """What one of the two said."""

    by: str
    worked: str
    stuck: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class OwnNote:
    """What the viewer wrote of a meeting, as it stands in the form."""

    worked: str
    stuck: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class MeetingSeen:
    """One weekly meeting; `own` is the viewer's note, advice of the other's `may_say_used`."""

    meeting_id: int
    planned_on: str
    planned_day: date
    met_on: date | None
    met: str
    notes: tuple[NoteSeen, ...]
    own: OwnNote | None
    may_note: bool
    may_say_used: bool
    used: str


@dataclass(frozen=True, kw_only=True)
class PairSeen:
    """One pair, for its two."""

    line: PairLine
    meetings: tuple[MeetingSeen, ...]
    may_end: bool


def page(viewer: Viewer, *, today: date) -> PairsPage:
    """What people teach, and the viewer's own pairs. The statements do not grow with them."""
    said = list(SkillSaid.objects.filter(person__is_active=True).select_related("skill", "person"))
    own = [each for each in said if each.person_id == viewer.person_id]
    lines = _lines(viewer, today=today)
    own_meetings = pairs.own_meetings(viewer).order_by("-planned_on", "-id")
    held = list(own_meetings.select_related("person", "partner").prefetch_related("notes"))
    proposed = partners.proposed(viewer, said=said, held=held)
    tally = _tally(held, me=viewer.person_id, today=today)
    return PairsPage(
        finding=_finding(tally, proposed),
        pairs=lines,
        proposed=proposed,
        helping=peers.for_oneself(viewer),
        to_offer=peers.to_offer(viewer),
        teach=_own(own, side=Side.TEACH),
        learn=_own(own, side=Side.LEARN),
        teachers=_teachers(said),
        skills=skills(viewer),
        tally=tally,
        brought=tuple(_brought(each, me=viewer.person_id) for each in held if each.pair_id is None),
        months=_months(viewer),
        may_take_part=viewer.person_id is not None,
        may_keep_skills=allows(viewer, Permission.DECLARE),
    )


def skills(viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """The organisation's list: (id, name) by name."""
    del viewer
    listed = Skill.objects.filter(is_retired=False).order_by("name")
    return tuple(listed.values_list("id", "name"))


def offered_by(viewer: Viewer, *, partner: str) -> tuple[str, tuple[str, ...]]:
    """The name of somebody, and what they offered to teach.

    Raises:
        NotSeenError: they offered nothing.
    """
    said = SkillSaid.objects.filter(side=Side.TEACH, person_id=partner, person__is_active=True)
    found = list(said.select_related("skill", "person").order_by("skill__name", "words"))
    if not found or partner == viewer.person_id:
        raise NotSeenError
    return found[0].person.name, tuple(pairs.skill_name(each) for each in found)


def one(viewer: Viewer, *, pair_id: int, today: date) -> PairSeen:
    """One pair with everything the two wrote.

    Raises:
        NotSeenError: there is none, or the viewer is neither of the two.
    """
    found = pairs.own_pairs(viewer).select_related("asker", "partner").filter(pk=pair_id).first()
    if found is None:
        raise NotSeenError
    meetings = found.meetings.order_by("planned_on", "id").prefetch_related("notes__author")
    return PairSeen(
        line=_line(found, me=viewer.person_id, next_on=None),
        meetings=tuple(_meeting(each, me=viewer.person_id, today=today) for each in meetings),
        may_end=found.state == "agreed",
    )


def pair_of(viewer: Viewer, *, meeting_id: int) -> int:
    """Which pair a meeting is of.

    Raises:
        NotSeenError: there is none, the viewer is neither of the two, or it came with a load.
    """
    found = pairs.own_meetings(viewer).filter(pk=meeting_id).values_list("pair_id", flat=True)
    pair_id = found.first()
    if pair_id is None:
        raise NotSeenError
    return pair_id


def _own(said: Iterable[SkillSaid], *, side: Side) -> tuple[SaidSeen, ...]:
    found = [
        SaidSeen(said_id=each.pk, name=pairs.skill_name(each)) for each in said if each.side == side
    ]
    return tuple(sorted(found, key=lambda each: each.name))


def _teachers(said: Iterable[SkillSaid]) -> tuple[TeachersSeen, ...]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for each in said:
        if each.side == Side.TEACH:
            found[pairs.skill_name(each)][each.person_id] = each.person.name
    return tuple(
        TeachersSeen(
            skill=skill, people=tuple(sorted(people.items(), key=lambda one: (one[1], one[0])))
        )
        for skill, people in sorted(found.items())
    )


def _lines(viewer: Viewer, *, today: date) -> tuple[PairLine, ...]:
    found = pairs.own_pairs(viewer).filter(state__in=("asked", "agreed", "ended"))
    order = ("asked", "agreed", "ended")
    rows = list(found.select_related("asker", "partner").prefetch_related("meetings"))
    rows.sort(key=lambda each: (order.index(each.state), -each.pk))
    return tuple(
        _line(
            each,
            me=viewer.person_id,
            next_on=min(
                (
                    one.planned_on
                    for one in each.meetings.all()
                    if one.met_on is None and one.planned_on >= today
                ),
                default=None,
            ),
        )
        for each in rows
    )


def _line(found: Pair, *, me: str | None, next_on: date | None) -> PairLine:
    is_asker = found.asker_id == me
    is_asked = found.state == "asked"
    states = {
        "asked": _("not agreed yet") if is_asker else _("asks you"),
        "agreed": _("agreed"),
        "declined": _("not now"),
        "ended": _("over"),
    }
    return PairLine(
        pair_id=found.pk,
        other=found.partner.name if is_asker else found.asker.name,
        about=found.about,
        state=states[found.state],
        next_on=figures.day(next_on) if next_on else "",
        may_agree=is_asked and not is_asker,
        may_decline=is_asked,
    )


def _tally(held: Iterable[PeerMeeting], *, me: str | None, today: date) -> Tally:
    due = [each for each in held if each.planned_on <= today or each.met_on is not None]
    met = [each for each in due if each.met_on is not None]
    advice = [pairs.advice(each) for each in met]
    return Tally(
        planned=len(due),
        met=len(met),
        given=sum(given for given, _used in advice),
        used=sum(used for _given, used in advice),
        partners=len({pairs.other(each, person_id=me) for each in met}),
    )


def _finding(tally: Tally, proposed: tuple[partners.Proposed, ...]) -> str:
    if tally.planned:
        return _(
            "You met {met} of {planned} times, and {used} of {given} pieces of advice were used."
        ).format(**tally.__dict__)
    if proposed:
        return _("Who could teach you something this week?")
    return _("What can you teach, and what do you want to learn?")


def _brought(meeting: PeerMeeting, *, me: str | None) -> BroughtSeen:
    other = meeting.partner if meeting.person_id == me else meeting.person
    given, used = pairs.advice(meeting)
    return BroughtSeen(
        other=other.name,
        planned_on=figures.day(meeting.planned_on),
        met_on=figures.day(meeting.met_on) if meeting.met_on else "",
        advice=_("{used} of {given}").format(used=used, given=given) if given else "",
    )


def _meeting(meeting: PeerMeeting, *, me: str | None, today: date) -> MeetingSeen:
    notes = sorted(meeting.notes.all(), key=lambda each: each.pk)
    own = next((each for each in notes if each.author_id == me), None)
    is_advised = any(each.advice for each in notes if each.author_id != me)
    used = {True: _("You used it."), False: _("You did not use it.")}
    return MeetingSeen(
        meeting_id=meeting.pk,
        planned_on=figures.day(meeting.planned_on),
        planned_day=meeting.planned_on,
        met_on=meeting.met_on,
        met=figures.day(meeting.met_on) if meeting.met_on else "",
        notes=tuple(
            NoteSeen(by=each.author.name, worked=each.worked, stuck=each.stuck, advice=each.advice)
            for each in notes
            if each.worked or each.stuck or each.advice
        ),
        own=OwnNote(worked=own.worked, stuck=own.stuck, advice=own.advice) if own else None,
        may_note=meeting.met_on is not None or meeting.planned_on <= today,
        may_say_used=is_advised,
        used=used[own.is_used] if own is not None and own.is_used is not None else "",
    )


def _months(viewer: Viewer) -> tuple[MonthSeen, ...]:
    found = GroupMonth.objects.filter(head=viewer.person_id or "-", kind="pairs")
    return tuple(
        _month(each.month_on, people=each.people_count, told=each.figures)
        for each in found.order_by("-month_on")[:_MONTHS]
    )


def _month(month_on: date, *, people: int, told: Mapping[str, float]) -> MonthSeen:
    return MonthSeen(
        month=figures.month(month_on),
        people=people,
        met=_("{met} of {planned}").format(met=told["met"], planned=told["planned"]),
        advice=_("{used} of {given}").format(used=told["used"], given=told["given"]),
        partners=f"{told['partners']:g}",
    )
