"""A coach's own people by name: what each works on, what was held, and why an hour may matter.

The figures are counts of the coach's own sessions; of those others hold they are told nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median

from django.utils import timezone

from headway.queries.coaching import plans as coaching_plans
from headway.queries.coaching.plans import PlanSeen, ProgrammeSeen
from headway.queries.coaching.sessions import SessionSeen, seen
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import coaching, declared, scopes
from headway.records.models import AgendaItem, CoachingSession, Commitment, Person
from headway.terms.viewer import Viewer

COVERED_DAYS = 30
WEEKS = 12
_NINE_TENTHS = 0.9


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week of sessions: none, held, or one that counts."""

    code: str


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """One person: what they work on, their weeks from the oldest on, and what comes next.

    `since` is how long the last session that counts lies back. `kept` is what they promised to the
    coach and kept, of what is settled. `next_id` None = no time is set.
    """

    person_id: str
    name: str
    initials: str
    working_on: str
    weeks: tuple[Week, ...]
    weeks_in_words: str
    since: str
    kept: str
    next_on: str
    next_id: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Team:
    """A coach's people by name, with what was counted of their own sessions with them.

    `covered` of `people_count` had a session that counts in the last 30 days. Of those
    who ever had one, `half` and `nine_tenths` have waited so many days at most. `looked_at` of
    `due` practices that were to be looked at again in the last twelve weeks were.
    """

    people: tuple[PersonRow, ...]
    people_count: int
    covered: int
    half: str
    nine_tenths: str
    never_count: int
    looked_at: int
    due: int
    session_count: int
    next: SessionSeen | None
    programmes: tuple[ProgrammeSeen, ...]
    teams_to_draw: int

    @property
    def with_reasons(self) -> tuple[PersonRow, ...]:
        """Those for whom there is a reason, by name."""
        return tuple(each for each in self.people if each.reasons)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is known of the people of one coach, by person."""

    held: Mapping[str, Sequence[CoachingSession]]
    ahead: Mapping[str, Sequence[CoachingSession]]
    asked: Mapping[str, Sequence[str]]
    plans: Mapping[str, Sequence[PlanSeen]]
    promised: Mapping[str, Sequence[Commitment]]
    settled: Mapping[str, Sequence[str]]
    priorities: Mapping[str, str]
    today: date


def of(viewer: Viewer, *, today: date) -> Team | None:
    """The people of a coach; None where nobody is theirs."""
    if viewer.person_id is None:
        return None
    own = coaching.reports_of(viewer.person_id)
    known = _known(viewer, today=today)
    others = {number for number in (*known.ahead, *known.plans) if number not in own}
    people = list(Person.objects.filter(id__in=own | others, is_active=True).order_by("name", "id"))
    if not people:
        return None
    rows = tuple(_row(each, known=known) for each in people)
    back = {each: _days_back(known.held.get(each, ()), today=today) for each in own}
    coming = [each for sessions in known.ahead.values() for each in sessions if each.planned_at]
    coming.sort(key=lambda each: (each.planned_at or each.made_at, each.pk))
    due = _due(known)
    waited = [days for days in back.values() if days is not None]
    return Team(
        people=rows,
        people_count=len(own),
        covered=sum(days is not None and days < COVERED_DAYS for days in back.values()),
        half=_half(waited),
        nine_tenths=_nine_tenths(waited),
        never_count=sum(days is None for days in back.values()),
        looked_at=sum(each.followed_up_on is not None for each in due),
        due=len(due),
        session_count=sum(len(each) for each in known.held.values()),
        next=seen(viewer, found=coming[0], today=today) if coming else None,
        programmes=coaching_plans.programmes(viewer),
        teams_to_draw=coaching_plans.teams_to_draw(viewer),
    )


def offered(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """(id, name) of those with whom a coach may begin something, by name."""
    if viewer.person_id is None:
        return ()
    found = scopes.people_of(viewer.person_id).filter(is_active=True).order_by("name", "id")
    return tuple(found.values_list("id", "name"))


def _known(viewer: Viewer, *, today: date) -> _Known:
    mine = coaching.sessions(viewer).filter(coach_id=viewer.person_id or "")
    mine = mine.select_related("coach", "person").order_by("held_at", "planned_at", "id")
    ahead = list(mine.filter(state__in=("asked", "planned")))
    asked: dict[str, list[str]] = defaultdict(list)
    for item in AgendaItem.objects.filter(session__in=ahead).order_by("id"):
        asked[item.by_id].append(item.text)
    plans = coaching_plans.open_plans(viewer, today=today)
    promised = Commitment.objects.filter(
        owner_id=viewer.person_id, state="open", accepted_at__isnull=False, due_on__lt=today
    )
    settled = Commitment.objects.filter(
        to_id=viewer.person_id, state__in=("kept", "kept_late", "broken")
    )
    states: dict[str, list[str]] = defaultdict(list)
    for owner, state in settled.values_list("owner_id", "state"):
        states[owner].append(state)
    return _Known(
        held=_by_person(mine.filter(state="held")),
        ahead=_by_person(ahead),
        asked=asked,
        plans=_plans_by_person(each for each in plans if each.is_coach),
        promised=_to_person(promised.order_by("due_on", "id")),
        settled=states,
        priorities={number: each.name for number, each in declared.contents().items()},
        today=today,
    )


def _row(person: Person, *, known: _Known) -> PersonRow:
    held = known.held.get(person.id, ())
    plans = known.plans.get(person.id, ())
    coming = [each for each in known.ahead.get(person.id, ()) if each.planned_at]
    weeks = _weeks(held, today=known.today)
    settled = known.settled.get(person.id, ())
    kept = sum(state != "broken" for state in settled)
    days = _days_back(held, today=known.today)
    return PersonRow(
        person_id=person.id,
        name=person.name,
        initials="".join(part[0] for part in person.name.split()[:2]).upper(),
        working_on=", ".join(each.skill for each in plans) or _last_topic(held, known=known),
        weeks=weeks,
        weeks_in_words=_weeks_in_words(held, today=known.today),
        since=_("none yet") if days is None else _days(days),
        kept=_("{n} of {of}").format(n=kept, of=len(settled)) if settled else "",
        next_on=_short(coming[0].planned_at) if coming else "",
        next_id=coming[0].pk if coming else None,
        reasons=tuple(_reasons(person.id, days=days, known=known)),
    )


def _last_topic(held: Sequence[CoachingSession], *, known: _Known) -> str:
    """What the newest session that says so was about: its topic, or its priority."""
    for each in reversed(held):
        if each.topic or each.priority:
            return each.topic or known.priorities.get(each.priority, "")
    return ""


def _reasons(person: str, *, days: int | None, known: _Known) -> Iterable[str]:
    """Why an hour with somebody may matter now; facts, in a fixed order, and no score."""
    plans = known.plans.get(person, ())
    yield from (_("asked: {what}").format(what=text) for text in known.asked.get(person, ()))
    yield from (
        _("you promised for {day}: {text}").format(day=figures.day(each.due_on), text=each.text)
        for each in known.promised.get(person, ())
    )
    cadence = min((each.cadence_days for each in plans), default=COVERED_DAYS)
    if days is None:
        yield _("no session that counts yet")
    elif days > cadence:
        yield _("no session that counts for {days}").format(days=_days(days))
    yield from _due_again(known.held.get(person, ()), today=known.today)
    yield from _due_steps(plans, today=known.today)


def _due_again(held: Sequence[CoachingSession], *, today: date) -> Iterable[str]:
    due = [each for each in held if each.followed_up_on is None and _is_due(each, today=today)]
    for each in due:
        if each.practice:
            yield _("to be looked at again: {what}").format(what=each.practice)
    wordless = sum(not each.practice for each in due)
    if wordless:
        yield ngettext(
            "one practice to be looked at again",
            "{n} practices to be looked at again",
            count=wordless,
        ).format(n=wordless)


def _due_steps(plans: Sequence[PlanSeen], *, today: date) -> Iterable[str]:
    for step in (step for plan in plans for step in plan.steps):
        if not step.is_done and step.due_day <= today:
            yield _("plan step due: {text}").format(text=step.text)


def _is_due(each: CoachingSession, *, today: date) -> bool:
    """Whether what was agreed was to be looked at again by now, in the last weeks."""
    first = today - timedelta(weeks=WEEKS)
    is_time = each.follow_up_on is not None and first < each.follow_up_on <= today
    return bool(each.is_practice_agreed and is_time)


def _due(known: _Known) -> list[CoachingSession]:
    found = (each for sessions in known.held.values() for each in sessions)
    return [each for each in found if _is_due(each, today=known.today)]


def _days_back(held: Sequence[CoachingSession], *, today: date) -> int | None:
    counting = [_day(each) for each in held if coaching.counts(each)]
    return (today - max(counting)).days if counting else None


def _half(days: Sequence[int]) -> str:
    """Days since the last session that counts: half have waited no longer."""
    return _days(round(median(days))) if days else ""


def _nine_tenths(days: Sequence[int]) -> str:
    """The same for nine tenths."""
    ordered = sorted(days)
    return _days(ordered[ceil(_NINE_TENTHS * len(ordered)) - 1]) if ordered else ""


def _weeks(held: Sequence[CoachingSession], *, today: date) -> tuple[Week, ...]:
    """Week by week; what the person has not confirmed is not counted as held."""
    best = [0] * WEEKS
    for each in held:
        place = WEEKS - 1 - (today - _day(each)).days // 7
        if 0 <= place < WEEKS and each.person_confirmed_on is not None:
            best[place] = max(best[place], 2 if coaching.counts(each) else 1)
    return tuple(Week(code=("none", "held", "counts")[each]) for each in best)


def _weeks_in_words(held: Sequence[CoachingSession], *, today: date) -> str:
    known = (each for each in held if each.person_confirmed_on is not None)
    recent = [each for each in known if 0 <= (today - _day(each)).days < 7 * WEEKS]
    counting = sum(coaching.counts(each) for each in recent)
    several = ngettext("one session", "{n} sessions", count=len(recent)).format(n=len(recent))
    return _("{sessions} in {weeks} weeks, {n} of them count").format(
        sessions=several, weeks=WEEKS, n=counting
    )


def _by_person(found: Iterable[CoachingSession]) -> Mapping[str, Sequence[CoachingSession]]:
    by_person: dict[str, list[CoachingSession]] = defaultdict(list)
    for each in found:
        by_person[each.person_id].append(each)
    return by_person


def _plans_by_person(found: Iterable[PlanSeen]) -> Mapping[str, Sequence[PlanSeen]]:
    by_person: dict[str, list[PlanSeen]] = defaultdict(list)
    for each in found:
        by_person[each.person_id].append(each)
    return by_person


def _to_person(found: Iterable[Commitment]) -> Mapping[str, Sequence[Commitment]]:
    by_person: dict[str, list[Commitment]] = defaultdict(list)
    for each in found:
        by_person[each.to_id or ""].append(each)
    return by_person


def _day(each: CoachingSession) -> date:
    return timezone.localtime(each.held_at or each.made_at).date()


def _days(count: int) -> str:
    return ngettext("one day", "{n} days", count=count).format(n=count)


def _short(moment: datetime | None) -> str:
    return figures.day(timezone.localtime(moment).date())[:-5] if moment else ""
