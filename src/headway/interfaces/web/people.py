"""Settings, People: who is here, where they stand from which day on, leave, joining, leaving."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import people
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.people_forms import (
    DescribeForm,
    EndLeaveForm,
    EnterForm,
    LeaveForm,
    MoveForm,
    TakeBackForm,
)
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import people_lists, roster
from headway.queries.access import NotSeenError
from headway.terms.access import Permission

_form = require_http_methods(["GET", "HEAD", "POST"])
_BY = ("team", "line")


@permission(Permission.SIGNED_IN)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody whom the viewer may know, by team or by line."""
    viewer = viewer_of(request)
    by = request.GET.get("by", "team")
    search, with_left = request.GET.get("q", "")[:200], request.GET.get("left") == "1"
    found = roster.roster(
        viewer,
        today=timezone.localdate(),
        search=search,
        by=by if by in _BY else "team",
        with_left=with_left,
    )
    context = {
        "roster": found,
        "by": by,
        "search": search,
        "with_left": with_left,
        "stops": people_lists.stops(viewer),
        "files": people_lists.waiting(viewer),
    }
    return render(request, "people/list.html", context)


@permission(Permission.SIGNED_IN)
@require_safe
def one(request: HttpRequest) -> HttpResponse:
    """One person, with the forms for those who may change them."""
    return _one(request, request.GET.get("person", ""))


@permission(Permission.ACCESS)
@_form
def enter(request: HttpRequest) -> HttpResponseBase:
    """Enter somebody whom no load has brought."""
    viewer = viewer_of(request)
    form = EnterForm(
        request.POST or None,
        managers=roster.managers(viewer, but=""),
        initial={"joins_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = people.enter(
            viewer=viewer,
            at=timezone.now(),
            name=said["name"],
            email=said["email"],
            title=said["title"],
            joins_on=said["joins_on"],
            stand=form.stand(),
        )
        return _back(request, made.person_id, _("They are entered, and part of the next figures."))
    context = {"form": form, "teams": roster.teams(viewer)}
    return render(request, "people/enter.html", context, status=status_of(request))


@permission(Permission.ACCESS)
@require_POST
def move(request: HttpRequest) -> HttpResponseBase:
    """Let somebody stand elsewhere from a day on."""
    person_id = request.POST.get("person_id", "")
    managers = roster.managers(viewer_of(request), but=person_id)
    form = MoveForm(request.POST, managers=managers, auto_id="move_%s")
    if not form.is_valid():
        return _one(request, person_id, move=form)
    people.move(
        viewer=viewer_of(request),
        at=timezone.now(),
        person_id=person_id,
        seen_version=form.cleaned_data["seen_version"],
        from_on=form.cleaned_data["from_on"],
        stand=form.stand(),
    )
    sentence = _("It is kept. Who sees whom follows the line from that day on.")
    return _back(request, person_id, sentence)


@permission(Permission.ACCESS)
@require_POST
def take_back(request: HttpRequest) -> HttpResponseBase:
    """Take a move back."""
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    people.take_back(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    sentence = _("It is taken back. What held before goes on.")
    return _back(request, form.cleaned_data["person_id"], sentence)


@permission(Permission.ACCESS)
@require_POST
def describe(request: HttpRequest) -> HttpResponseBase:
    """Change what somebody is called, and when they join and leave."""
    form = DescribeForm(request.POST, auto_id="describe_%s")
    if not form.is_valid():
        return _one(request, request.POST.get("person_id", ""), describe=form)
    people.describe(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    sentence = _("It is kept. Later loads leave it as it is.")
    return _back(request, form.cleaned_data["person_id"], sentence)


@permission(Permission.ACCESS)
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Say that somebody is not at work for some days."""
    form = LeaveForm(request.POST, auto_id="leave_%s")
    if not form.is_valid():
        return _one(request, request.POST.get("person_id", ""), leave=form)
    people.enter_leave(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    return _back(request, form.cleaned_data["person_id"], _("The leave is kept."))


@permission(Permission.ACCESS)
@require_POST
def end_leave(request: HttpRequest) -> HttpResponseBase:
    """Say on which day a leave ends, or take it back."""
    form = EndLeaveForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    people.end_leave(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    return _back(request, form.cleaned_data["person_id"], _("The leave is changed."))


def _one(request: HttpRequest, person_id: str, **sent: forms.Form) -> HttpResponse:
    viewer, today = viewer_of(request), timezone.localdate()
    seen = roster.person(viewer, person_id=person_id, today=today)
    about = {"person_id": seen.person_id, "seen_version": seen.version}
    stand = _filled(seen)
    context: dict[str, Any] = {"seen": seen}  # Any: what templates take
    if seen.may_administer:
        managers = roster.managers(viewer, but=seen.person_id)
        context |= {
            "today": today,
            "teams": roster.teams(viewer),
            # Three forms on one page: each field has an id of its own.
            "move": MoveForm(
                managers=managers,
                initial={**about, **stand, "from_on": today},
                auto_id="move_%s",
            ),
            "describe": DescribeForm(initial={**seen.__dict__, **about}, auto_id="describe_%s"),
            "leave": LeaveForm(initial=about, auto_id="leave_%s"),
            **sent,
            "opened": next(iter(sent), ""),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if sent else HTTPStatus.OK
    return render(request, "people/one.html", context, status=status)


def _filled(seen: roster.PersonPage) -> Mapping[str, str]:
    if seen.stand is None:
        return {}
    return {
        "role": seen.stand.role.value,
        "manager_id": seen.stand.manager_id or "",
        "team": seen.stand.team or "",
        "region": seen.stand.region or "",
    }


def _back(request: HttpRequest, person_id: str, sentence: str) -> HttpResponse:
    request.session["toast"] = sentence
    return redirect(f"{reverse('person')}?{urlencode({'person': person_id})}")
