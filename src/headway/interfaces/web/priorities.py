"""Priorities in the browser: one with its eight parts, changing it, its conditions, its end."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import strategy
from headway.cycle import following
from headway.interfaces.web.conditions_forms import GRAINS, Conditions, values
from headway.interfaces.web.direction import owners, status_of
from headway.interfaces.web.direction_forms import (
    EndForm,
    PriorityForm,
    SentenceForm,
    VersionForm,
    initial,
)
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.access import NotSeenError
from headway.queries.strategy import declared
from headway.terms import predicate
from headway.terms.access import Permission
from headway.terms.declared import Priority

_form = require_http_methods(["GET", "HEAD", "POST"])
_PARTS = ("scope", "eligibility", "behaviour")


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, priority_id: str) -> HttpResponse:
    """One priority: which parts are there, which are missing and why they matter."""
    return _one(request, priority_id)


@permission(Permission.DECLARE)
@_form
def new(request: HttpRequest) -> HttpResponseBase:
    """Declare a priority; conditions come after."""
    viewer, today = viewer_of(request), timezone.localdate()
    form = PriorityForm(
        request.POST or None,
        people=owners(viewer, but=None),
        is_new=True,
        initial={"seen_version": 0, "declared_on": today, **request.GET.dict()},
    )
    if request.method == "POST" and form.is_valid():
        made = strategy.declare(
            viewer=viewer,
            at=timezone.now(),
            priority=form.priority(before=None),
            declared_on=form.cleaned_data["declared_on"],
        )
        request.session["toast"] = _("It is declared. Now say which work it is about.")
        return redirect("priority", made.priority_id)
    until = declared.data_until(viewer)
    context = {"form": form, "until": until if until and until < today else None}
    return render(request, "direction/priority_form.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def first(request: HttpRequest) -> HttpResponseBase:
    """What people here are trying to change, in one sentence; asked once the first data are in."""
    viewer, today = viewer_of(request), timezone.localdate()
    form = SentenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        strategy.declare(
            viewer=viewer,
            at=timezone.now(),
            priority=form.priority(owner_id=viewer.person_id),
            declared_on=min(declared.data_until(viewer) or today, today),
        )
        following.ask_following(viewer=viewer, at=timezone.now())
        request.session["toast"] = _("It is declared. How far it reaches is being worked out.")
        return redirect("home")
    return render(request, "direction/first.html", {"form": form}, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def change(request: HttpRequest, priority_id: str) -> HttpResponseBase:
    """Change the parts told in words and figures."""
    viewer = viewer_of(request)
    seen = _changeable(request, priority_id)
    form = PriorityForm(
        request.POST or None,
        people=owners(viewer, but=seen.content.owner_id),
        is_new=False,
        initial={**initial(seen.content), "seen_version": seen.version},
    )
    if request.method == "POST" and form.is_valid():
        strategy.change(
            viewer=viewer,
            at=timezone.now(),
            priority_id=priority_id,
            seen_version=form.cleaned_data["seen_version"],
            priority=form.priority(before=seen.content),
        )
        request.session["toast"] = _("The new version holds; the former ones stay readable.")
        return redirect("priority", priority_id)
    context = {"form": form, "seen": seen}
    return render(request, "direction/priority_form.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def conditions(request: HttpRequest, priority_id: str, part: str) -> HttpResponseBase:
    """Say by conditions which work a priority is about, or what people will do there."""
    viewer = viewer_of(request)
    seen = _changeable(request, priority_id)
    if part not in _PARTS:
        raise NotSeenError
    columns = declared.columns(viewer)
    sent = request.POST if request.method == "POST" else None
    form = Conditions(
        sent,
        columns=columns,
        held=getattr(seen.content, part),
        grains=_grains(seen.content, part=part),
        more="add" in request.POST,
    )
    version = VersionForm(sent, initial={"seen_version": seen.version})
    is_clearing = sent is not None and "clear" in sent
    is_keeping = sent is not None and "add" not in sent and (is_clearing or form.is_valid())
    if is_keeping and version.is_valid():
        strategy.change(
            viewer=viewer,
            at=timezone.now(),
            priority_id=priority_id,
            seen_version=version.cleaned_data["seen_version"],
            priority=_with(seen.content, part=part, text="" if is_clearing else form.text()),
        )
        _count(request, priority_id)
        request.session["toast"] = _("The conditions are kept; what they select is counted.")
        return redirect("priority", priority_id)
    context = {
        "form": form,
        "version": version,
        "seen": seen,
        "part": part,
        "is_held": bool(getattr(seen.content, part)),
        "has_columns": bool(columns),
        "values": values(columns),
    }
    is_adding = sent is not None and "add" in sent
    status = 200 if is_adding else status_of(request)
    return render(request, "direction/conditions.html", context, status=status)


@permission(Permission.DECLARE)
@require_POST
def end(request: HttpRequest, priority_id: str) -> HttpResponseBase:
    """End a priority."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _one(request, priority_id, form=form)
    strategy.end(
        viewer=viewer_of(request),
        at=timezone.now(),
        priority_id=priority_id,
        **form.cleaned_data,
    )
    request.session["toast"] = _("It has ended. What was found of it stays.")
    return redirect("direction")


@permission(Permission.DECLARE)
@require_POST
def follow(request: HttpRequest) -> HttpResponseBase:
    """Have the line of sight worked out with what was declared, instead of with the next load."""
    following.ask_following(viewer=viewer_of(request), at=timezone.now())
    request.session["toast"] = _("It is being worked out. Load this page again in a minute.")
    return redirect("line")


def _one(request: HttpRequest, priority_id: str, *, form: EndForm | None = None) -> HttpResponse:
    viewer = viewer_of(request)
    seen = declared.one(viewer, priority_id=priority_id)
    form = form or EndForm(initial={"seen_version": seen.version, "ended_on": timezone.localdate()})
    context = {"seen": seen, "form": form, "until": declared.data_until(viewer)}
    return render(request, "direction/priority.html", context, status=status_of(request))


def _changeable(request: HttpRequest, priority_id: str) -> declared.PrioritySeen:
    seen = declared.one(viewer_of(request), priority_id=priority_id)
    if not seen.may_change:
        raise NotSeenError
    return seen


def _grains(content: Priority, *, part: str) -> tuple[str, ...]:
    """What can be counted: where it could be done and what is done there, one and the same."""
    others = {"eligibility": content.behaviour, "behaviour": content.eligibility}
    other = others.get(part, "")
    return (predicate.parse(other).grain,) if other else GRAINS


def _with(content: Priority, *, part: str, text: str) -> Priority:
    held = {name: getattr(content, name) for name in _PARTS} | {part: text}
    return replace(
        content,
        scope=held["scope"],
        eligibility=held["eligibility"],
        behaviour=held["behaviour"],
    )


def _count(request: HttpRequest, priority_id: str) -> None:
    viewer = viewer_of(request)
    if declared.data_until(viewer) is None:
        return
    uncounted = declared.uncounted(viewer, priority_id=priority_id)
    following.ask_counts(viewer=viewer, at=timezone.now(), uncounted=uncounted)
