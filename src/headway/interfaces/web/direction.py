"""Direction in the browser: the plan on one page, the priorities, and what was told to whom."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import direction as telling
from headway.actions import repeats as repeating
from headway.actions import strategy
from headway.interfaces.web import repeat_forms
from headway.interfaces.web.direction_forms import MessageForm, PlanForm, version_seen
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import direction, pulse, repeats
from headway.queries.access import NotSeenError
from headway.queries.strategy import declared, levels
from headway.queries.words import declared as words
from headway.terms.access import Permission
from headway.terms.viewer import Viewer

_form = require_http_methods(["GET", "HEAD", "POST"])


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The plan, the priorities, and every message one may read."""
    viewer = viewer_of(request)
    wave_id, themes = pulse.newest_themes(viewer)
    context = {
        "page": direction.page(viewer, today=timezone.localdate()),
        "questions": [(question(), place()) for question, place in words.DIRECTION_REVIEW],
        "levels": levels.levels(viewer, at=timezone.now()),
        "themes": themes,
        "wave_id": wave_id,
    }
    return render(request, "direction/page.html", context)


@permission(Permission.DECLARE)
@_form
def plan(request: HttpRequest) -> HttpResponseBase:
    """Write the plan on one page; only executives may keep it."""
    viewer = viewer_of(request)
    seen = direction.plan(viewer)
    if not seen.may_write:
        raise NotSeenError
    held = {**seen.plan.__dict__} if seen.plan else {}
    form = PlanForm(
        request.POST or None,
        people=owners(viewer, but=seen.plan.owner_id if seen.plan else None),
        initial={**held, "seen_version": seen.number},
    )
    if request.method == "POST" and form.is_valid():
        strategy.write_plan(
            viewer=viewer,
            at=timezone.now(),
            seen_version=form.cleaned_data["seen_version"],
            plan=form.plan(),
        )
        request.session["toast"] = _("The plan is kept. Now tell it, again and again.")
        return redirect("direction")
    return render(request, "direction/plan.html", {"form": form}, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def message(request: HttpRequest) -> HttpResponseBase:
    """Log what a leader told the people of one leader; the address says whom."""
    viewer = viewer_of(request)
    again = _again(request)
    asked = {**again, **(request.POST if request.method == "POST" else request.GET).dict()}
    offered = direction.senders(viewer)
    sender = str(asked.get("sender") or (offered[0].person_id if offered else ""))
    heads = direction.heads(viewer, sender=sender)
    if not heads:
        return render(request, "direction/nobody.html")
    head = str(asked.get("head") or sender)
    if head not in {each.person_id for each in heads}:
        head = sender
    audience = direction.audience(viewer, sender=sender, head=head)
    lines = declared.priorities(viewer, today=timezone.localdate())
    form = MessageForm(
        request.POST or None,
        people=[(each.person_id, each.name) for each in audience],
        priorities=[(each.priority_id, each.name) for each in lines],
        initial={
            "told_on": timezone.localdate(),
            "priority": request.GET.get("priority", ""),
            **again,
            "sender": sender,
            "head": head,
        },
    )
    if request.method == "POST" and form.is_valid():
        telling.tell(viewer=viewer, at=timezone.now(), told=form.told())
        request.session["toast"] = _("It is kept. Those who were not there are asked.")
        return redirect("direction")
    context = {
        "form": form,
        "senders": [(each, each.person_id == sender) for each in offered],
        "heads": [(each, each.person_id == head) for each in heads],
        "count": len(audience),
    }
    return render(request, "direction/message.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def repeat(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Say when a message is to be said again, or change that."""
    viewer = viewer_of(request)
    seen = repeats.planned(viewer, message_id=message_id, today=timezone.localdate())
    form = repeat_forms.PlanForm(request.POST or None, initial=repeat_forms.initial(seen))
    planned = form.repeat() if request.method == "POST" and form.is_valid() else None
    if planned is not None:
        repeating.plan(
            viewer=viewer,
            at=timezone.now(),
            message_id=message_id,
            repeat=planned,
            seen_version=form.cleaned_data["seen_version"],
        )
        request.session["toast"] = _("It is planned. On its day it waits on Today.")
        return redirect("direction")
    context = {"form": form, "seen": seen}
    return render(request, "direction/repeat.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@require_POST
def end_repeat(request: HttpRequest, repeat_id: int) -> HttpResponseBase:
    """End a plan to say a message again."""
    repeating.end(
        viewer=viewer_of(request),
        at=timezone.now(),
        repeat_id=repeat_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("The plan is ended. What was said stays.")
    return redirect("direction")


@permission(Permission.RESULTS)
@require_POST
def acknowledge(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Say that a message has arrived."""
    telling.acknowledge(viewer=viewer_of(request), at=timezone.now(), message_id=message_id)
    request.session["toast"] = _("Thank you. Whoever said it knows now that it has arrived.")
    return redirect("direction")


@permission(Permission.DECLARE)
@require_POST
def withdraw(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Take back a message one has logged."""
    telling.withdraw(viewer=viewer_of(request), at=timezone.now(), message_id=message_id)
    request.session["toast"] = _("It counts no more.")
    return redirect("direction")


def _again(request: HttpRequest) -> dict[str, object]:
    """What the message says that is to be said again, {} where the address names none."""
    number = request.GET.get("again", "")
    if not number.isdecimal():
        return {}
    return {**direction.again(viewer_of(request), message_id=int(number)).__dict__}


def owners(viewer: Viewer, *, but: str | None) -> list[tuple[str, str]]:
    """Who may be chosen as an owner: leaders the viewer sees; whoever it is already stays."""
    offered = {each.person_id: each.name for each in direction.senders(viewer)}
    if but is not None and but not in offered:
        offered[but] = direction.name_of(viewer, person_id=but)
    return list(offered.items())


def status_of(request: HttpRequest) -> int:
    """What a form is answered with: it cannot be taken so, or is just opened."""
    is_sent = request.method == "POST"
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
