"""Commitments in the browser: the lists, a new one, and what becomes of each."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import commitments as changes
from headway.interfaces.web import tips
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import commitments
from headway.queries.words import links
from headway.terms.access import Permission
from headway.terms.line import Link
from headway.terms.viewer import Viewer

_DAY = forms.DateInput(attrs={"type": "date"})


class NewForm(forms.Form):
    """What is promised, by whom, until when, and by what it will be seen."""

    text = forms.CharField(label=gettext_lazy("What will be done"), max_length=changes.MAX_LENGTH)
    owner = forms.ChoiceField(label=gettext_lazy("Who does it"))
    due_on = forms.DateField(label=gettext_lazy("Until"), widget=_DAY)
    seen_by = forms.CharField(
        label=gettext_lazy("By what others will see it"), max_length=changes.MAX_LENGTH
    )
    predicted_link = forms.ChoiceField(
        label=gettext_lazy("Which link it is meant to move"), required=False
    )
    predicted_percent = forms.IntegerField(
        label=gettext_lazy("Where you believe that link will be by then, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Nobody but you sees it until this is settled."),
    )
    priority = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    finding = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: object, viewer: Viewer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self.fields["owner"].choices = [  # type: ignore[attr-defined]  # a choice field
            (each.person_id, each.name) for each in commitments.owners_offered(viewer)
        ]
        names = [(link.value, _(name)) for link, name in links.NAMES.items()]
        self.fields["predicted_link"].choices = [("", "–"), *names]  # type: ignore[attr-defined]  # a choice field

    def clean_due_on(self) -> date:
        """A day to come."""
        return _to_come(self.cleaned_data["due_on"])

    def wanted(self) -> changes.Wanted:
        """What the action takes."""
        said = self.cleaned_data
        link, percent = said["predicted_link"], said["predicted_percent"]
        return changes.Wanted(
            owner=said["owner"],
            text=said["text"],
            seen_by=said["seen_by"],
            due_on=said["due_on"],
            priority=said["priority"],
            finding=said["finding"],
            predicted_link=Link(link) if link else None,
            predicted_share=None if percent is None else percent / 100,
        )


class MoveForm(forms.Form):
    """Another day, and why."""

    due_on = forms.DateField(label=gettext_lazy("Until"), widget=_DAY)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=changes.MAX_LENGTH)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_due_on(self) -> date:
        """A day to come."""
        return _to_come(self.cleaned_data["due_on"])


def _to_come(day: date) -> date:
    if day <= timezone.localdate():
        raise forms.ValidationError(_("That day has gone by, or is today. Choose a later one."))
    return day


class VersionForm(forms.Form):
    """Which version somebody looked at."""

    seen_version = forms.IntegerField()


@permission(Permission.RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """From me, to me, of my people, and what became of the others."""
    found = commitments.page(viewer_of(request), today=timezone.localdate())
    return render(request, "commitments/page.html", {"page": found})


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
    request.session["toast"] = _("You have agreed to it.")
    return redirect("commitment", commitment_id)


@permission(Permission.RESULTS)
@require_POST
def move(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Move it to another day, with a reason."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _one(request, commitment_id, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.move(
        viewer=viewer_of(request),
        at=timezone.now(),
        commitment_id=commitment_id,
        **form.cleaned_data,
    )
    request.session["toast"] = _("Moved, and the reason is kept with it.")
    return redirect("commitment", commitment_id)


@permission(Permission.RESULTS)
@require_POST
def keep(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """It was done."""
    return _settled(request, commitment_id, changes.keep)


@permission(Permission.RESULTS)
@require_POST
def give_up(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """It will not be done."""
    return _settled(request, commitment_id, changes.give_up)


@permission(Permission.RESULTS)
@require_POST
def release(request: HttpRequest, commitment_id: int) -> HttpResponseBase:
    """Let the owner off."""
    return _settled(request, commitment_id, changes.release)


def _settled(
    request: HttpRequest,
    commitment_id: int,
    change: Callable[..., changes.CommitmentChanged],
) -> HttpResponseBase:
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _one(request, commitment_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    change(
        viewer=viewer_of(request),
        at=timezone.now(),
        commitment_id=commitment_id,
        seen_version=form.cleaned_data["seen_version"],
    )
    request.session["toast"] = _("It is settled.")
    return redirect("commitments")


def _one(
    request: HttpRequest,
    commitment_id: int,
    *,
    form: MoveForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = commitments.one(
        viewer_of(request), commitment_id=commitment_id, today=timezone.localdate()
    )
    form = form or MoveForm(initial={"seen_version": found.version, "due_on": found.due_day})
    context = {"each": found, "form": form}
    return render(request, "commitments/one.html", context, status=status)
