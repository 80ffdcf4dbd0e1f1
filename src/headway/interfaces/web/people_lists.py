"""Lists of people in the browser: bring one, see what it would change, apply it; stopped loads."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import people_csv, people_lists, people_stops
from headway.cycle import jobs
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import people_lists as seen
from headway.terms.access import Permission

_form = require_http_methods(["GET", "HEAD", "POST"])
MAX_BYTES = 5_000_000


class BringForm(forms.Form):
    """A list of people as CSV."""

    file = forms.FileField(
        label=gettext_lazy("The list, as CSV"),
        help_text=gettext_lazy("At most 5 MB. Nothing changes before you have seen what would."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    from_on = forms.DateField(
        label=gettext_lazy("Moves in it hold from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("It holds everybody: who is not in it has left on that day"),
        required=False,
    )

    def clean_file(self) -> str:
        """The text of the file."""
        found = self.cleaned_data["file"]
        if found.size > MAX_BYTES:
            raise forms.ValidationError(_("It is larger than 5 MB. Bring it in parts."))
        try:
            text: str = found.read().decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise forms.ValidationError(
                _("It is not UTF-8 text. Save it as “CSV UTF-8” and bring it again.")
            ) from problem
        self.cleaned_data["name"] = found.name
        return text


class ApplyForm(forms.Form):
    """What somebody saw, and whether they said yes to what a brake asks."""

    seen_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_confirmed = forms.BooleanField(required=False)


@permission(Permission.ACCESS)
@_form
def bring(request: HttpRequest) -> HttpResponseBase:
    """Bring a list."""
    form = BringForm(
        request.POST or None, request.FILES or None, initial={"from_on": timezone.localdate()}
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = people_lists.bring(
                viewer=viewer_of(request),
                at=timezone.now(),
                name=form.cleaned_data["name"],
                text=form.cleaned_data["file"],
                from_on=form.cleaned_data["from_on"],
                is_whole=form.cleaned_data["is_whole"],
            )
        except people_csv.ListError as refusal:
            problem = str(refusal)
        else:
            return redirect("people-list", made.list_id)
    context = {"form": form, "problem": problem, "columns": seen.COLUMNS}
    return render(request, "people/bring.html", context, status=status_of(request))


@permission(Permission.ACCESS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Everybody as they are now, as a list to change and bring back."""
    response = StreamingHttpResponse(
        seen.now(viewer_of(request)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@permission(Permission.ACCESS)
@_form
def one(request: HttpRequest, list_id: int) -> HttpResponseBase:
    """What a list would change; sent, it is applied."""
    viewer = viewer_of(request)
    found = seen.preview(viewer, list_id=list_id)
    form = ApplyForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (form.cleaned_data["is_confirmed"] or not found.stops):
        done = people_lists.apply(
            viewer=viewer, at=timezone.now(), list_id=list_id, **form.cleaned_data
        )
        request.session["toast"] = _("The list is applied: {n} changed.").format(n=done.count)
        return redirect("people")
    context = {"preview": found, "is_asked": is_sent}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "people/preview.html", context, status=status)


@permission(Permission.ACCESS)
@require_POST
def drop(request: HttpRequest, list_id: int) -> HttpResponse:
    """Set a list aside."""
    people_lists.drop(viewer=viewer_of(request), at=timezone.now(), list_id=list_id)
    request.session["toast"] = _("The list is dropped. Nobody changed.")
    return redirect("people")


@permission(Permission.ACCESS)
@require_POST
def confirm(request: HttpRequest, stop_id: int) -> HttpResponse:
    """Let a stopped load bring its people in."""
    viewer, at = viewer_of(request), timezone.now()
    people_stops.confirm(viewer=viewer, at=at, stop_id=stop_id)
    jobs.ask_publication(viewer=viewer, at=at)
    request.session["toast"] = _("It is being worked out. Load this page again in a minute.")
    return redirect("people")
