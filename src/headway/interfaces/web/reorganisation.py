"""Changes in the browser: reorganisations, accounts that change hands, trainings."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import reorganisation as declaring
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.direction_forms import VersionForm, priorities_offered
from headway.interfaces.web.permission import permission
from headway.interfaces.web.reorganisation_forms import (
    AssignForm,
    CompleteForm,
    HandoverForm,
    Parts,
    ReorganisationForm,
    TrainingForm,
)
from headway.interfaces.web.settings import viewer_of
from headway.queries import direction, reorganisation
from headway.queries.access import NotSeenError
from headway.queries.people import PersonOffered
from headway.queries.strategy import declared
from headway.terms.access import Permission
from headway.terms.reorganised import sums
from headway.terms.viewer import Viewer

_form = require_http_methods(["GET", "HEAD", "POST"])
# What is offered while somebody types, from the columns of the facts.
_OFFERED = {
    "segment": ("account", "segment"),
    "family": ("product", "family"),
    "kind": ("activity", "kind"),
}


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """What was declared that concerns the viewer."""
    found = reorganisation.page(viewer_of(request), today=timezone.localdate())
    return render(request, "changes/page.html", {"page": found, "today": timezone.localdate()})


@permission(Permission.DECLARE)
@_form
def new(request: HttpRequest) -> HttpResponseBase:
    """Declare a reorganisation."""
    viewer = viewer_of(request)
    form = ReorganisationForm(
        request.POST or None,
        priorities=priorities_offered(viewer),
        initial={"seen_version": 0, "effective_on": timezone.localdate(), **request.GET.dict()},
    )
    parts, is_adding = _parts(request)
    if request.method == "POST" and not is_adding and form.is_valid() and parts.is_valid():
        made = declaring.declare(
            viewer=viewer,
            at=timezone.now(),
            priority=form.cleaned_data["priority"],
            name=form.cleaned_data["name"],
            effective_on=form.cleaned_data["effective_on"],
            parts=parts.parts(),
        )
        request.session["toast"] = _("It is declared. Now say who has which role.")
        return redirect("reorganisation", made.number)
    return _edited(request, form, parts, number=0, is_adding=is_adding)


@permission(Permission.DECLARE)
@_form
def change(request: HttpRequest, number: int) -> HttpResponseBase:
    """Change a reorganisation."""
    viewer = viewer_of(request)
    seen = reorganisation.one(viewer, number=number, today=timezone.localdate())
    if not seen.may_change:
        raise NotSeenError
    form = ReorganisationForm(
        request.POST or None,
        priorities=None,
        initial={
            "seen_version": seen.version,
            "name": seen.name,
            "effective_on": seen.effective_on,
        },
    )
    parts, is_adding = _parts(request, seen)
    if request.method == "POST" and not is_adding and form.is_valid() and parts.is_valid():
        declaring.change(
            viewer=viewer,
            at=timezone.now(),
            reorganisation_id=number,
            parts=parts.parts(),
            **form.cleaned_data,
        )
        request.session["toast"] = _("It is kept.")
        return redirect("reorganisation", number)
    return _edited(request, form, parts, number=number, is_adding=is_adding)


@permission(Permission.RESULTS)
@_form
def one(request: HttpRequest, number: int) -> HttpResponseBase:
    """One reorganisation; sent, it says who has which role."""
    viewer = viewer_of(request)
    seen = reorganisation.one(viewer, number=number, today=timezone.localdate())
    asked = request.POST if request.method == "POST" else request.GET
    offered, head, people = _of_head(viewer, head=asked.get("head", ""))
    form = AssignForm(
        request.POST or None,
        people=people,
        roles=list(sums(seen.parts)),
        initial={"seen_version": seen.version},
    )
    if request.method == "POST" and form.is_valid():
        declaring.assign(
            viewer=viewer,
            at=timezone.now(),
            reorganisation_id=number,
            seen_version=form.cleaned_data["seen_version"],
            role_name=form.cleaned_data["role_name"],
            people=form.chosen(),
        )
        request.session["toast"] = _("It is kept: the next publication looks at their work.")
        return redirect("reorganisation", number)
    context = {"seen": seen, "form": form, "heads": offered, "head": head}
    return render(request, "changes/one.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def handover(request: HttpRequest) -> HttpResponseBase:
    """Declare that accounts change hands; the address says whose."""
    viewer = viewer_of(request)
    givers = reorganisation.people(viewer, are_here=False)
    asked = request.POST if request.method == "POST" else request.GET
    giver = asked.get("giver", "")
    if giver not in dict(givers):
        giver = ""
    accounts = reorganisation.accounts(viewer, giver=giver)
    takers = reorganisation.people(viewer, are_here=True)
    form = HandoverForm(
        request.POST or None,
        people=[pair for pair in takers if pair[0] != giver],
        accounts=accounts,
        reorganisations=reorganisation.named(viewer),
        initial={"giver": giver, "planned_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        made = declaring.hand_over(viewer=viewer, at=timezone.now(), **form.wanted())
        sentence = _("Accounts that change hands: {n}.").format(n=made.number)
        request.session["toast"] = sentence
        return redirect("changes")
    context = {
        "form": form,
        "givers": [(number, name, number == giver) for number, name in givers],
        "giver": dict(givers).get(giver, ""),
        "count": len(accounts),
    }
    return render(request, "changes/handover.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def training(request: HttpRequest) -> HttpResponseBase:
    """Log a training; the address says whose people it was for."""
    viewer = viewer_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    offered, head, people = _of_head(viewer, head=asked.get("head", ""))
    form = TrainingForm(
        request.POST or None,
        people=people,
        priorities=priorities_offered(viewer),
        initial={"head": head, "held_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        declaring.train(viewer=viewer, at=timezone.now(), **form.wanted())
        request.session["toast"] = _("It is kept: the next publication looks at what it changed.")
        return redirect("changes")
    context = {
        "form": form,
        "heads": offered,
        "count": len(people),
        "has_priorities": bool(priorities_offered(viewer)),
    }
    return render(request, "changes/training.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@require_POST
def complete(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say that an account has changed hands."""
    form = CompleteForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    declaring.complete(
        viewer=viewer_of(request), at=timezone.now(), handover_id=number, **form.cleaned_data
    )
    request.session["toast"] = _("It has changed hands.")
    return redirect("changes")


@permission(Permission.DECLARE)
@require_POST
def withdraw(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """Take a reorganisation, a handover or a training back."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    declaring.withdraw(
        viewer=viewer_of(request), at=timezone.now(), kind=kind, number=number, **form.cleaned_data
    )
    request.session["toast"] = _("It counts no more.")
    return redirect("changes")


def _edited(
    request: HttpRequest, form: ReorganisationForm, parts: Parts, *, number: int, is_adding: bool
) -> HttpResponseBase:
    columns = declared.columns(viewer_of(request))
    offered = {
        name: next((each.choices for each in columns if (each.table, each.column) == where), ())
        for name, where in _OFFERED.items()
    }
    context = {
        "form": form,
        "parts": parts,
        "offered": offered,
        "number": number,
        "has_priorities": bool(number or priorities_offered(viewer_of(request))),
    }
    status = 200 if is_adding else status_of(request)
    return render(request, "changes/edit.html", context, status=status)


def _parts(
    request: HttpRequest, seen: reorganisation.ReorganisationSeen | None = None
) -> tuple[Parts, bool]:
    sent = request.POST if request.method == "POST" else None
    is_adding = sent is not None and "add" in sent
    return Parts(sent, held=seen.parts if seen else (), more=is_adding), is_adding


def _of_head(
    viewer: Viewer, *, head: str
) -> tuple[list[tuple[PersonOffered, bool]], str, list[tuple[str, str]]]:
    """The leaders that can be chosen, the one that is, and the people of that one.

    Raises:
        NotSeenError: the leader who was named is none of them.
    """
    heads = direction.senders(viewer)
    if head and head not in {each.person_id for each in heads}:
        raise NotSeenError
    head = head or (heads[0].person_id if heads else "")
    people = direction.audience(viewer, sender=head, head=head)
    offered = [(each, each.person_id == head) for each in heads]
    return offered, head, [(each.person_id, each.name) for each in people]
