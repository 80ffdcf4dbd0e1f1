"""The first page of an installation, and the sample: into it, through other eyes, out again."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import sample as changes
from headway.cycle import jobs as work
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import jobs, sample
from headway.terms.access import Permission
from headway.terms.viewer import Role


class SeatForm(forms.Form):
    """Whose eyes: a role, or nothing for one's own."""

    role = forms.ChoiceField(
        required=False,
        choices=[(role.value, role.value) for role in Role if role is not Role.OPERATIONS],
    )


@permission(Permission.SIGNED_IN)
@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """The first page of an installation: look around with the sample, or bring one's own data."""
    return first_run(request)


def first_run(request: HttpRequest) -> HttpResponse:
    """The two ways to begin."""
    context = {"may_load_sample": sample.may_be_loaded(viewer_of(request))}
    return render(request, "sample/first_run.html", context)


@permission(Permission.DATA)
@require_POST
def load(request: HttpRequest) -> HttpResponseBase:
    """Have the sample read and published, where nothing else is."""
    load_id = work.ask_sample(viewer=viewer_of(request), at=timezone.now())
    return redirect("data-progress", load_id)


@permission(Permission.DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponseBase:
    """Asks whether everything of the sample is to be removed, and removes it."""
    viewer = viewer_of(request)
    if request.method == "POST":
        asked = work.ask_leave(viewer=viewer, at=timezone.now())
        return redirect("sample-leaving", asked.job_id)
    if not sample.is_loaded(viewer):
        return redirect("home")
    return render(request, "sample/leave.html")


@permission(Permission.DATA)
@require_safe
def leaving(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """How far leaving is; asks again by itself, or by loading the page again."""
    progress = jobs.progress(viewer_of(request), job_id=job_id)
    is_fragment = bool(request.htmx)  # type: ignore[attr-defined]  # set by django-htmx
    if progress.state == "done":
        request.session["toast"] = _("You have left the sample. Nothing of it remains.")
        address = reverse("first-run")
        if is_fragment:
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
        return redirect(address)
    template = "results/job_progress.html" if is_fragment else "sample/leaving.html"
    context = {
        "progress": progress,
        "again": request.get_full_path(),
        "target": reverse("sample-leave"),
    }
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@permission(Permission.RESULTS)
@require_POST
def see_as(request: HttpRequest) -> HttpResponseBase:
    """Look at the sample through the eyes of somebody in a role, or through one's own again."""
    form = SeatForm(request.POST)
    viewer, at = viewer_of(request), timezone.now()
    role = form.cleaned_data["role"] if form.is_valid() else ""
    if role:
        taken = changes.see_as(viewer=viewer, at=at, role=Role(role))
        request.session["seat"] = {"person_id": taken.person_id, "role": role}
    elif request.session.pop("seat", None) is not None:
        changes.see_as_oneself(viewer=viewer, at=at)
    return redirect("home")
