"""The calendar: its secret address in My account, and what a calendar program reads there."""

from hashlib import sha256
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import calendar as changes
from headway.interfaces.web import ics
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import said, viewer_of
from headway.queries import access, calendar, reminders, tokens
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError


class CalendarForm(forms.Form):
    """The present password, where there is one."""

    def __init__(self, *args: object, asks_password: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Django's own takes them
        if asks_password:
            self.fields["password"] = forms.CharField(
                label=gettext_lazy("Present password"),
                help_text=gettext_lazy("So that an open browser is not enough to make one."),
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                strip=False,
            )


@permission(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make the address; the page after it is the only one that shows it."""
    viewer = viewer_of(request)
    form = CalendarForm(request.POST or None, asks_password=tokens.asks_password(viewer))
    is_sent, problem = request.method == "POST", ""
    if is_sent and (form.is_valid() or not form.fields):
        password = form.cleaned_data.get("password", "") if form.is_bound else ""
        try:
            made = changes.make(viewer=viewer, at=timezone.now(), password=password)
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            path = reverse("calendar", kwargs={"secret": made.secret})
            shown = {"address": request.build_absolute_uri(path)}
            return render(request, "settings/calendar_made.html", shown)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    context = {"form": form, "problem": problem, "address": calendar.address(viewer)}
    return render(request, "settings/calendar_make.html", context, status=status)


@permission(Permission.SIGNED_IN)
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End the address."""
    changes.revoke(viewer=viewer_of(request), at=timezone.now())
    return said(request, _("The address of your calendar does not work any more."))


@permission(Permission.ANYONE)
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What a calendar program reads: whoever has the secret is who it was made for."""
    at = timezone.now()
    account = changes.held(secret=secret, at=at)
    if account is None:
        sentence = "There is no calendar here. Make a new address under Settings, My account.\n"
        return HttpResponse(sentence, status=HTTPStatus.NOT_FOUND, content_type="text/plain")
    viewer = access.viewer_of(account)
    entries = calendar.entries(viewer, at=at, zone=reminders.zone(viewer))
    found = ics.of(entries, account_id=account.pk)
    etag = f'"{sha256(found).hexdigest()[:32]}"'
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    # Kept by the reader alone, who asks each time whether it still holds.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="headway.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response
