"""One's own time in the browser: where hours go, who got them, which were given back."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import own_time as changes
from headway.interfaces.pages import time_lines
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.interfaces.web.time_forms import USUAL, BackForm, RoomForm, Week, asked_week
from headway.queries import hours_back, own_time
from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared
from headway.terms.access import Permission
from headway.terms.own_time import monday
from headway.terms.viewer import Viewer

_form = require_http_methods(["GET", "HEAD", "POST"])


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One's own time, and the ledger of hours given back."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = own_time.page(viewer, today=today)
    shown = found.logged or found.sessions
    context = {
        "page": found,
        "shown": shown,
        "hours": time_lines.hours(
            [each.development for each in shown], [each.inspection for each in shown]
        ),
        "shares": time_lines.shares([each.part for each in shown]),
        "back": hours_back.page(viewer, today=today),
        "room": _room(request, viewer) if found.may_log else None,
    }
    return render(request, "coaching/time.html", context)


@permission(Permission.DECLARE)
@_form
def log(request: HttpRequest) -> HttpResponseBase:
    """The form of a week; sent, it is logged."""
    viewer, today = viewer_of(request), timezone.localdate()
    if viewer.person_id is None:
        raise NotSeenError
    asked = request.POST if request.method == "POST" else request.GET
    week_on = asked_week(asked.get("week_on", ""), today=today)
    held, is_logged = own_time.week(viewer, week_on=week_on)
    priorities = [
        (each.priority_id, each.name) for each in declared.priorities(viewer, today=today)
    ]
    form = Week(request.POST or None, week_on=week_on, held=held, priorities=priorities)
    if request.method == "POST" and form.is_valid():
        sent_on = form.form.cleaned_data["week_on"]
        changes.log(viewer=viewer, at=timezone.now(), week_on=sent_on, hours=form.hours())
        request.session["toast"] = _("The week is logged. Nobody but you sees it.")
        return redirect("own-time")
    context = {
        "form": form.form,
        "rows": form.rows,
        "week": figures.day(week_on),
        "is_taken_over": bool(held) and not is_logged,
        "before": _address(week_on - timedelta(weeks=1)),
        "after": _address(week_on + timedelta(weeks=1)) if week_on < monday(today) else "",
    }
    return render(request, "coaching/time_log.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def give_back(request: HttpRequest) -> HttpResponseBase:
    """The form of what was stopped; sent, it stands in the ledger."""
    viewer = viewer_of(request)
    if viewer.person_id is None:
        raise NotSeenError
    people = [(each.person_id, each.name) for each in hours_back.offered(viewer)]
    form = BackForm(request.POST or None, people=people, initial={"since_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        changes.give_back(viewer=viewer, at=timezone.now(), **form.wanted())
        request.session["toast"] = _("It stands in the ledger of everybody whose hours it is.")
        return redirect("own-time")
    return render(request, "coaching/hours_back.html", {"form": form}, status=status_of(request))


@permission(Permission.DECLARE)
@require_POST
def end(request: HttpRequest, entry_id: int) -> HttpResponseBase:
    """What was stopped is done again."""
    changes.end(viewer=viewer_of(request), at=timezone.now(), entry_id=entry_id)
    request.session["toast"] = _("It counts until today.")
    return redirect("own-time")


def _room(request: HttpRequest, viewer: Viewer) -> dict[str, object]:
    """The form of a plan and what is found of it; what cannot be read is as if it was not asked."""
    today = timezone.localdate()
    form = RoomForm(request.GET) if "every_days" in request.GET else None
    if form is not None and form.is_valid():
        percent = form.cleaned_data["percent"]
        found = own_time.room(
            viewer,
            today=today,
            planned=form.planned(),
            hours=form.cleaned_data["hours"],
            share=None if percent is None else percent / 100,
        )
        return {"form": form, "found": found}
    found = own_time.room(viewer, today=today, planned=USUAL)
    begun = {
        "hours": None if found.hours is None else round(found.hours, 1),
        "percent": None if found.share is None else round(100 * found.share),
        **USUAL.__dict__,
    }
    return {"form": form or RoomForm(initial=begun), "found": found}


def _address(week_on: date) -> str:
    return f"{reverse('own-time-log')}?{urlencode({'week_on': week_on.isoformat()})}"
