"""Who may change what of coaching, and why."""

from datetime import timedelta

from django.utils import timezone
from tests.access.change import Change, Form
from tests.access.table import ABOVE

from headway.records.models import (
    AgendaItem,
    CoachingPlan,
    CoachingProgramme,
    CoachingSession,
    CoachingStep,
    Preparation,
    Scorecard,
)

BOTH = frozenset({"leader", "seller"})
THE_TWO = "the two it is between; no rank opens it"
VERSION: Form = {"seen_version": 1}
# What a page leaves out and a program says.
UNSAID: Form = {"topic": "", "priority": "", "is_work_observed": False, "follow_up_on": None}


def _moment(days: int) -> str:
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def _planned() -> Form:
    return {"planned_at": _moment(9), "minutes": 30, "kind": "one_to_one", "topic": "Pricing"}


def _logged() -> Form:
    return {"held_at": _moment(-1), "minutes": 30, "kind": "debrief", "practice": ""}


def _sent(form: Form, **more: object) -> Form:
    """As a program says it: moments with their zone."""
    moments = {name: f"{form[name]}:00Z" for name in ("planned_at", "held_at") if name in form}
    return {**form, **more, **moments}


def _day() -> str:
    return (timezone.localdate() + timedelta(days=9)).isoformat()


def _work() -> Form:
    return {"skill": "Discovery", "cadence_days": 14, "step1": "One call", "when1": _day()}


def _of(number: str) -> CoachingSession:
    return CoachingSession.objects.get(pk=number)


def _beginning(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="ask a leader for a session",
            who=frozenset({"seller", "peer"}),
            why="whom that leader leads",
            watch=CoachingSession.objects.count,
            page=("coaching-ask", {"coach": "max", "topic": "Pricing"}),
            api=("ask_session", {"coach": "max", "topic": "Pricing"}),
        ),
        Change(
            what="plan a session with somebody",
            who=ABOVE,
            why="the leaders above them",
            watch=CoachingSession.objects.count,
            page=("coaching-session-new", {**_planned(), "person": "sam", "seen_version": 0}),
            api=("plan_session", {"person": "sam", "planned": _sent(_planned())}),
        ),
        Change(
            what="log a session with somebody",
            who=ABOVE,
            why="the leaders above them",
            watch=CoachingSession.objects.count,
            page=("coaching-session-log", {**_logged(), "person": "sam", "seen_version": 0}),
            api=("log_new_session", {"person": "sam", "logged": _sent(_logged(), **UNSAID)}),
        ),
        Change(
            what="begin a coaching plan",
            who=ABOVE,
            why="the leaders above them",
            watch=CoachingPlan.objects.count,
            page=("coaching-plan-new", {**_work(), "person": "sam", "seen_version": 0}),
        ),
        Change(
            what="begin a scorecard",
            who=ABOVE,
            why="the leaders above them",
            watch=Scorecard.objects.count,
            page=(
                "coaching-scorecard-new",
                {"person": "sam", "skill": "Discovery", "points": "Asks why", "seen_version": 0},
            ),
        ),
    )


def _preparing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="set another time for a session",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: _of(ids["session_id"]).planned_at,
            page=("coaching-session-time", {**_planned(), **VERSION}),
            api=("move_session", {"planned": _sent(_planned()), **VERSION}),
        ),
        Change(
            what="say what to talk about in a session",
            who=BOTH,
            why=THE_TWO,
            watch=AgendaItem.objects.count,
            page=("coaching-item", {"text": "Acme"}),
        ),
        Change(
            what="take back what to talk about",
            who=frozenset({"seller"}),
            why="who said it",
            watch=AgendaItem.objects.count,
            page=("coaching-item-remove", {}),
        ),
        Change(
            what="note something for oneself before a session",
            who=BOTH,
            why="each for themselves",
            watch=lambda: list(Preparation.objects.order_by("text").values_list("text")),
            page=("coaching-prepare", {"text": "For me"}),
        ),
        Change(
            what="call a session off",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: _of(ids["session_id"]).state,
            page=("coaching-call-off", VERSION),
            api=("call_off_session", VERSION),
        ),
    )


def _holding(ids: dict[str, str]) -> tuple[Change, ...]:
    held = {"session_id": ids["held"]}
    return (
        Change(
            what="log a session that was planned",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: _of(ids["session_id"]).state,
            page=("coaching-session-write", {**_logged(), **VERSION}),
            api=("log_session", {"logged": _sent(_logged(), **UNSAID), **VERSION}),
        ),
        Change(
            what="confirm a session for oneself",
            who=BOTH,
            why="the two, each for themselves",
            watch=lambda: _of(ids["held"]).version,
            page=("coaching-confirm", VERSION),
            api=("confirm_session", VERSION),
            ids=held,
        ),
        Change(
            what="say that a practice was looked at again",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: _of(ids["held"]).looked_at,
            page=("coaching-look-again", {**VERSION, "sentence": "Two of three"}),
            api=("look_again", {**VERSION, "sentence": "Two of three"}),
            ids=held,
        ),
        Change(
            what="score a scorecard",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: Scorecard.objects.get(pk=ids["scorecard_id"]).version,
            page=("coaching-scorecard", {**VERSION, "point0": "3"}),
        ),
    )


def _planning(ids: dict[str, str]) -> tuple[Change, ...]:
    def plan() -> CoachingPlan:
        return CoachingPlan.objects.get(pk=ids["plan_id"])

    return (
        Change(
            what="change a coaching plan",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: plan().skill,
            page=("coaching-plan-change", {**_work(), **VERSION}),
        ),
        Change(
            what="say that a step of a coaching plan is done",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: CoachingStep.objects.get(plan=plan()).done_on,
            page=("coaching-step", {**VERSION, "number": 1}),
        ),
        Change(
            what="close a coaching plan",
            who=BOTH,
            why=THE_TWO,
            watch=lambda: plan().outcome,
            page=("coaching-plan-close", {**VERSION, "outcome": "reached"}),
        ),
        Change(
            what="begin a coaching programme",
            who=ABOVE | {"other leader"},
            why="leaders, for whoever reports to them",
            watch=CoachingProgramme.objects.count,
            page=(
                "coaching-programme-new",
                {"skill": "Discovery", "cadence_days": 14, "seen_version": 0},
            ),
        ),
        Change(
            what="end a coaching programme",
            who=frozenset({"leader"}),
            why="who began it",
            watch=lambda: CoachingProgramme.objects.get(pk=ids["programme_id"]).ended_on,
            page=("coaching-programme-end", VERSION),
        ),
    )


GROUPS = (_beginning, _preparing, _holding, _planning)
