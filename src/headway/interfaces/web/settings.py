"""Settings: one's own account; who has access and what they see; the audit."""

from http import HTTPStatus

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import accounts, own_account, totp
from headway.interfaces.web import qr
from headway.interfaces.web.access import let_in
from headway.interfaces.web.access_forms import ChangePasswordForm, CodeForm, ThemeForm
from headway.interfaces.web.permission import permission
from headway.interfaces.web.reminders_forms import chosen_form
from headway.queries import access, audit, calendar, own_data, people, tokens
from headway.queries.words import audit as words
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

_READS = 10
_form = require_http_methods(["GET", "HEAD", "POST"])


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, on a page only for the signed in."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # put there by the border
    return found


@permission(Permission.SIGNED_IN)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    viewer, at = viewer_of(request), timezone.now()
    mine = access.own(viewer, at=at)
    context = {
        "own": mine,
        "tokens": tokens.own(viewer, at=at),
        "calendar": calendar.address(viewer),
        "reminders_form": chosen_form(viewer),
        "theme_form": ThemeForm(initial={"theme": mine.theme}),
        "reads": [(each, words.done(each.code)) for each in own_data.reads(viewer, most=_READS)],
    }
    return render(request, "settings/own.html", context)


@permission(Permission.SIGNED_IN)
@require_safe
def own_archive(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about oneself, as a file."""
    packed = own_data.archive(viewer_of(request), at=timezone.now())
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="headway-own-data.zip"'
    return answer


@permission(Permission.SIGNED_IN)
@_form
def password(request: HttpRequest) -> HttpResponse:
    """A new password; other browsers are signed out."""
    form = ChangePasswordForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        viewer = viewer_of(request)
        try:
            done = own_account.change_password(
                viewer=viewer, at=timezone.now(), **form.cleaned_data
            )
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            let_in(request, done.account_id, to="")
            return said(request, _("Your password is changed; other browsers are signed out."))
    return _again(request, "settings/password.html", form, problem)


@permission(Permission.SIGNED_IN)
@_form
def second_factor(request: HttpRequest) -> HttpResponse:
    """Add a second factor: read the picture with an app, type the code it shows."""
    secret = request.session.setdefault("factor_secret", totp.new_secret())
    form = CodeForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            added = own_account.add_second_factor(
                viewer=viewer_of(request), at=timezone.now(), secret=secret, code=code
            )
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            del request.session["factor_secret"]
            codes = {"codes": added.recovery_codes}
            return render(request, "settings/recovery_codes.html", codes)
    issuer = people.organisation_name(viewer_of(request)) or "Headway"
    mine = access.own(viewer_of(request), at=timezone.now())
    address = totp.address(secret, email=mine.email, issuer=issuer)
    return _again(
        request, "settings/factor.html", form, problem, secret=secret, picture=qr.of(address)
    )


@permission(Permission.SIGNED_IN)
@_form
def remove_second_factor(request: HttpRequest) -> HttpResponse:
    """Log in with the password alone again."""
    form = CodeForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            own_account.remove_second_factor(
                viewer=viewer_of(request), at=timezone.now(), code=code
            )
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            return said(request, _("The second factor is off."))
    return _again(request, "settings/remove_factor.html", form, problem)


@permission(Permission.SIGNED_IN)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine."""
    form = ThemeForm(request.POST)
    if form.is_valid():
        own_account.choose_theme(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    return redirect("settings")


@permission(Permission.SIGNED_IN)
@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Single keys on or off; the page one is on stays."""
    own_account.choose_keys(
        viewer=viewer_of(request), at=timezone.now(), is_on="is_on" in request.POST
    )
    if "HX-Request" in request.headers:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return redirect("settings")


@permission(Permission.SIGNED_IN)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions, this one too."""
    viewer = viewer_of(request)
    if viewer.account_id is not None:
        at = timezone.now()
        accounts.sign_out_everywhere(viewer=viewer, at=at, account_id=viewer.account_id)
    auth.logout(request)
    return redirect("log-in")


@permission(Permission.AUDIT)
@require_safe
def audit_entries(request: HttpRequest) -> HttpResponse:
    """What was done, refused and read."""
    before = request.GET.get("before", "")
    viewer = viewer_of(request)
    page = audit.entries(viewer, before=int(before) if _is_number(before) else None)
    context = {
        "entries": [(entry, words.done(entry.code)) for entry in page],
        "older": page[-1].number if page else None,
    }
    return render(request, "settings/audit.html", context)


@permission(Permission.AUDIT)
@require_safe
def audit_check(request: HttpRequest) -> HttpResponse:
    """Whether the record of what was done is whole."""
    context = {"found": audit.wholeness(viewer_of(request))}
    return render(request, "settings/audit_check.html", context)


def _is_number(text: str) -> bool:
    # No entry has a number of nineteen digits, and databases know no longer ones.
    return text.isascii() and text.isdecimal() and len(text) < 19  # noqa: PLR2004  as said above


def said(request: HttpRequest, sentence: str) -> HttpResponse:
    """Back to one's own account, with a sentence."""
    request.session["toast"] = sentence
    return redirect("settings")


def _again(
    request: HttpRequest, template: str, form: forms.Form, problem: str, **more: object
) -> HttpResponse:
    is_refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    context = {"form": form, "problem": problem, **more}
    return render(request, template, context, status=status)
