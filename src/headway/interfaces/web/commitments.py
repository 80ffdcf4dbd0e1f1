"""Commitments in the browser: the lists, a new one, and what becomes of each."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import commitment_course as course
from headway.actions import commitments as changes
from headway.interfaces.web import tips
from headway.interfaces.web.commitments_forms import (
    CheckForm,
    DeclineForm,
    MoveForm,
    NewForm,
    PlanForm,
    ProgressForm,
    ReasonForm,
    ShareForm,
    VersionForm,
)
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import commitments, remedies
from headway.queries.coaching import kept, measured
from headway.queries.commitments import CommitmentSeen
from headway.terms.access import Permission

_FORMS: dict[str, type[forms.Form]] = {
    "decline": DeclineForm,
    "progress": ProgressForm,
    "plan": PlanForm,
    "check": CheckForm,
    "move": MoveForm,
    "ask": ReasonForm,
    "refuse": ReasonForm,
    "reopen": ReasonForm,
}
"""The forms of one commitment's page, by the name under which the page has them."""


@permission(Permission.RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """From me, to me, by both of us, of my people, and what became of the others."""
    viewer, at = viewer_of(request), timezone.now()
    found = commitments.page(viewer, today=timezone.localdate())
    context = {
        "page": found,
        "kept": kept.of_groups(viewer, at=at),
        "first": measured.first(viewer, at=at),
    }
    return render(request, "commitments/page.html", context)


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Make one; what the address says stands in the form already."""
    viewer = viewer_of(request)
    if request.method != "POST":
        tips.action_was_taken(request)
        form = NewForm(viewer=viewer, initial=request.GET.dict())
        return render(request, "commitments/new.html", {"form": form})
    form = NewForm(request.POST, viewer=viewer)
    if not form.is_valid():
        return render(
            request, "commitments/new.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    made = changes.make(viewer=viewer, at=timezone.now(), wanted=form.wanted())
    request.session["toast"] = _("The commitment is made.")
    return redirect("commitment", made.commitment_id)


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """One commitment, and what can be done with it."""
    return _one(request, commitment_id)


@permission(Permission.RESULTS)
@require_POST
def accept(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Agree to what was asked."""
    changes.accept(viewer=viewer_of(request), at=timezone.now(), commitment_id=commitment_id)
    return _back(request, commitment_id, toast=_("You have agreed to it."))


@permission(Permission.RESULTS)
@require_POST
def decline(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Say no to what was asked, and why."""
    toast = _("You have declined it, and your reason is kept with it.")
    return _changed(request, commitment_id, changes.decline, form="decline", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def progress(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Say how far it is."""
    toast = _("It is kept with the commitment.")
    return _changed(request, commitment_id, course.progress, form="progress", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def plan_check(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Plan a day to look at it together."""
    toast = _("The day is planned.")
    return _changed(request, commitment_id, course.plan_check, form="plan", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def hold_check(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Say what was seen together."""
    toast = _("It is kept with the commitment.")
    return _changed(request, commitment_id, course.hold_check, form="check", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def move(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Move it to another day, with a reason."""
    toast = _("Moved, and the reason is kept with it.")
    return _changed(request, commitment_id, course.move, form="move", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def keep(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """It was done."""
    return _settled(request, commitment_id, course.keep)


@permission(Permission.RESULTS)
@require_POST
def give_up(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """It will not be done."""
    return _settled(request, commitment_id, course.give_up)


@permission(Permission.RESULTS)
@require_POST
def ask_release(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Ask the other side to let one off."""
    toast = _("The other side is asked.")
    return _changed(request, commitment_id, course.ask_release, form="ask", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def refuse_release(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Hold the owner to it."""
    toast = _("It stands, and your reason is kept with it.")
    return _changed(request, commitment_id, course.refuse_release, form="refuse", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def release(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Let the owner off."""
    return _settled(request, commitment_id, course.release)


@permission(Permission.RESULTS)
@require_POST
def reopen(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Take back how it ended."""
    toast = _("It is open again.")
    return _changed(request, commitment_id, course.reopen, form="reopen", toast=toast)


@permission(Permission.RESULTS)
@require_POST
def share(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Let the manager of whoever does it see what becomes of it, or no longer."""
    sent = ShareForm(request.POST)
    if not sent.is_valid():
        return _one(request, commitment_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.share(
        viewer=viewer_of(request),
        at=timezone.now(),
        commitment_id=commitment_id,
        **sent.cleaned_data,
    )
    is_shared = sent.cleaned_data["is_shared"]
    toast = _("It is shared.") if is_shared else _("It is between the two of you again.")
    return _back(request, commitment_id, toast=toast)


def _changed(
    request: HttpRequest,
    commitment_id: int,
    change: Callable[..., changes.CommitmentChanged],
    *,
    form: str,
    toast: str,
) -> HttpResponseBase:
    sent = _FORMS[form](request.POST, auto_id=f"{form}_%s")
    if not sent.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _one(request, commitment_id, refused={form: sent}, status=status)
    change(
        viewer=viewer_of(request),
        at=timezone.now(),
        commitment_id=commitment_id,
        **sent.cleaned_data,
    )
    return _back(request, commitment_id, toast=toast)


def _settled(
    request: HttpRequest,
    commitment_id: int,
    change: Callable[..., changes.CommitmentChanged],
) -> HttpResponseBase:
    sent = VersionForm(request.POST)
    if not sent.is_valid():
        return _one(request, commitment_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    change(
        viewer=viewer_of(request),
        at=timezone.now(),
        commitment_id=commitment_id,
        seen_version=sent.cleaned_data["seen_version"],
    )
    return _back(request, commitment_id, toast=_("It is settled."))


def _back(request: HttpRequest, commitment_id: int, *, toast: str) -> HttpResponseBase:
    """To where it was done: the lists, or the page of the one."""
    request.session["toast"] = toast
    if request.POST.get("back") == "lists":
        return redirect("commitments")
    return redirect("commitment", commitment_id)


def _one(
    request: HttpRequest,
    commitment_id: int,
    *,
    refused: dict[str, forms.Form] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = commitments.one(
        viewer_of(request), commitment_id=commitment_id, today=timezone.localdate()
    )
    context = {
        "each": found,
        "forms": {**_forms(found), **(refused or {})},
        "outcome": remedies.of_commitment(viewer_of(request), commitment_id=commitment_id),
    }
    return render(request, "commitments/one.html", context, status=status)


def _forms(found: CommitmentSeen) -> dict[str, forms.Form]:
    first = {"seen_version": found.version, "due_on": found.due_day}
    return {name: form(initial=first, auto_id=f"{name}_%s") for name, form in _FORMS.items()}
