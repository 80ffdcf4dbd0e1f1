"""One session in the browser: planned, prepared, logged, confirmed, looked at again."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import coaching as changes
from headway.interfaces.web.coaching_forms import (
    ItemForm,
    LoggedForm,
    LookAgainForm,
    PlannedForm,
    PrepareForm,
    look_again_day,
)
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.direction_forms import version_seen
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.access import NotSeenError
from headway.queries.coaching import people as coaching
from headway.queries.coaching import plans as coaching_plans
from headway.queries.coaching import sessions
from headway.queries.coaching.sessions import SessionSeen
from headway.queries.strategy import declared
from headway.queries.words import coaching as words
from headway.terms.access import Permission
from headway.terms.viewer import Viewer

_form = require_http_methods(["GET", "HEAD", "POST"])
_MINUTES = 30


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """One session, and what can be done with it."""
    return _one(request, session_id)


@permission(Permission.RESULTS)
@_form
def plan(request: HttpRequest) -> HttpResponseBase:
    """Set a time with somebody one leads."""
    return _planned(request, seen=None)


@permission(Permission.RESULTS)
@_form
def move(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Set the time of a session that was asked for, or another one."""
    seen = sessions.one(viewer_of(request), session_id=session_id, today=timezone.localdate())
    if not seen.may_set_time:
        raise NotSeenError
    return _planned(request, seen=seen)


@permission(Permission.RESULTS)
@_form
def log(request: HttpRequest) -> HttpResponseBase:
    """Log a session that nobody planned."""
    return _logged(request, seen=None)


@permission(Permission.RESULTS)
@_form
def write(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Log a session that was planned, or say otherwise what it was."""
    seen = sessions.one(viewer_of(request), session_id=session_id, today=timezone.localdate())
    if not seen.may_log:
        raise NotSeenError
    return _logged(request, seen=seen)


@permission(Permission.RESULTS)
@require_POST
def add_item(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Say what one wants to talk about."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _one(request, session_id, item=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.add_item(
        viewer=viewer_of(request), at=timezone.now(), session_id=session_id, **form.cleaned_data
    )
    return redirect("coaching-session", session_id)


@permission(Permission.RESULTS)
@require_POST
def remove_item(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Take back what one wanted to talk about."""
    done = changes.remove_item(viewer=viewer_of(request), at=timezone.now(), item_id=item_id)
    return redirect("coaching-session", done.session_id)


@permission(Permission.RESULTS)
@require_POST
def prepare(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Keep what one notes for oneself."""
    form = PrepareForm(request.POST)
    if not form.is_valid():
        return _one(request, session_id, prepared=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.prepare(
        viewer=viewer_of(request), at=timezone.now(), session_id=session_id, **form.cleaned_data
    )
    request.session["toast"] = _("Kept for you alone, until the session is logged.")
    return redirect("coaching-session", session_id)


@permission(Permission.RESULTS)
@require_POST
def confirm(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Say that it was held as it stands."""
    changes.confirm(
        viewer=viewer_of(request),
        at=timezone.now(),
        session_id=session_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("You have confirmed the session.")
    return redirect("coaching-session", session_id)


@permission(Permission.RESULTS)
@require_POST
def look_again(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Say what was seen when the practice was looked at again."""
    form = LookAgainForm(request.POST)
    if not form.is_valid():
        return _one(request, session_id, again=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.look_again(
        viewer=viewer_of(request), at=timezone.now(), session_id=session_id, **form.cleaned_data
    )
    request.session["toast"] = _("Looked at again, and kept with the session.")
    return redirect("coaching-session", session_id)


@permission(Permission.RESULTS)
@require_POST
def call_off(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Call it off, or take back what was logged by mistake."""
    changes.call_off(
        viewer=viewer_of(request),
        at=timezone.now(),
        session_id=session_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("The session is called off.")
    return redirect("coaching")


def _one(
    request: HttpRequest,
    session_id: int,
    *,
    item: ItemForm | None = None,
    prepared: PrepareForm | None = None,
    again: LookAgainForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    viewer = viewer_of(request)
    seen = sessions.one(viewer, session_id=session_id, today=timezone.localdate())
    text = sessions.preparation(viewer, session_id=session_id)
    context = {
        "seen": seen,
        "item": item or ItemForm(),
        "prepared": prepared or PrepareForm(initial={"text": text}),
        "again": again or LookAgainForm(initial={"seen_version": seen.version}),
    }
    return render(request, "coaching/session.html", context, status=status)


def _planned(request: HttpRequest, *, seen: SessionSeen | None) -> HttpResponseBase:
    viewer = viewer_of(request)
    first = {"minutes": _MINUTES, "kind": "one_to_one", "seen_version": 0, **request.GET.dict()}
    form = PlannedForm(
        request.POST or None,
        people=None if seen else coaching.people_offered(viewer),
        initial=_plan_of(seen) if seen else first,
    )
    if request.method == "POST" and form.is_valid():
        done = changes.plan(
            viewer=viewer,
            at=timezone.now(),
            person=seen.line.person_id if seen else form.cleaned_data["person"],
            planned=form.planned(),
            session_id=seen.line.session_id if seen else None,
            seen_version=form.cleaned_data["seen_version"],
        )
        request.session["toast"] = _("The time is set, and both of you see it.")
        return redirect("coaching-session", done.session_id)
    title = _("A session with {name}").format(name=seen.line.other) if seen else _("Plan a session")
    context = {"form": form, "title": title, "button": _("Set the time")}
    return render(request, "coaching/form.html", context, status=status_of(request))


def _logged(request: HttpRequest, *, seen: SessionSeen | None) -> HttpResponseBase:
    viewer = viewer_of(request)
    person = request.GET.get("person", "")
    lines = declared.priorities(viewer, today=timezone.localdate())
    form = LoggedForm(
        request.POST or None,
        people=None if seen else coaching.people_offered(viewer),
        priorities=[(each.priority_id, each.name) for each in lines],
        initial=_log_of(viewer, seen, person=person, kind=request.GET.get("kind", "")),
    )
    if request.method == "POST" and form.is_valid():
        done = changes.log(
            viewer=viewer,
            at=timezone.now(),
            person=seen.line.person_id if seen else form.cleaned_data["person"],
            logged=form.logged(),
            session_id=seen.line.session_id if seen else None,
            seen_version=form.cleaned_data["seen_version"],
        )
        request.session["toast"] = _("Logged. The other is asked to confirm it.")
        return redirect("coaching-session", done.session_id)
    title = _("Log a session")
    if seen is not None:
        title = _("Your session with {name}").format(name=seen.line.other)
    context = {"form": form, "title": title, "button": _("Log it")}
    return render(request, "coaching/log.html", context, status=status_of(request))


def _plan_of(seen: SessionSeen) -> dict[str, object]:
    return {
        "planned_at": timezone.localtime(seen.planned_at) if seen.planned_at else None,
        "minutes": seen.minutes,
        "kind": seen.kind.value,
        "topic": seen.line.topic or next((each.text for each in seen.agenda), "")[:200],
        "seen_version": seen.version,
    }


def _log_of(
    viewer: Viewer, seen: SessionSeen | None, *, person: str, kind: str
) -> dict[str, object]:
    """What stands in the form already: what is known of the session, else what is usual."""
    now = timezone.localtime()
    offered = {
        "person": person,
        "kind": kind if kind in words.KINDS else "one_to_one",
        "minutes": _MINUTES,
        "held_at": now,
        "follow_up_on": look_again_day(now.date()),
        "seen_version": 0,
    }
    with_whom = seen.line.person_id if seen else person
    plans = coaching_plans.of_person(viewer, person_id=with_whom, today=now.date())
    for each in (plan for plan in plans if plan.is_open):
        offered |= {"topic": each.skill, "priority": each.priority_id}
        break
    if seen is None:
        return offered
    held = seen.held_at or (seen.planned_at if seen.planned_at and seen.planned_at < now else now)
    known = {
        "minutes": seen.minutes,
        "kind": seen.kind.value,
        "held_at": timezone.localtime(held),
        "topic": seen.line.topic or offered.get("topic", ""),
        "priority": seen.priority_id or offered.get("priority", ""),
        "is_work_observed": seen.is_work_observed,
        "practice": seen.practice,
        "follow_up_on": seen.follow_up_day or offered["follow_up_on"],
        "seen_version": seen.version,
    }
    return {**offered, **known}
