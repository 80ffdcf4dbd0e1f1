"""Getting in: set-up by the first leader, logging in, links that work once."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from headway.actions import access as getting_in
from headway.actions import sign_in
from headway.interfaces.web.access_forms import CodeForm, LogInForm, NewPasswordForm, SetUpForm
from headway.interfaces.web.permission import permission
from headway.queries import access, data
from headway.queries.strategy import published
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role

_CODE_LASTS = timedelta(minutes=5)
_form = require_http_methods(["GET", "HEAD", "POST"])


@permission(Permission.ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The bare address: to set-up, to log-in, or to the first place one may use."""
    if not access.is_founded(None):
        return redirect("set-up")
    viewer = request.viewer  # type: ignore[attr-defined]  # put there by the border
    if viewer is None:
        return redirect("log-in")
    # Operations sees no results: it begins with the two ways, and goes on with Data.
    working = "data" if data.loads(viewer, limit=1) else "first-run"
    stands = "line" if published.has_line(viewer) else "results"
    if Role.EXECUTIVE not in viewer.roles and viewer.person_id is not None:
        stands = "today"
    places = ((stands, Permission.RESULTS), (working, Permission.DATA))
    allowed = [name for name, needed in places if allows(viewer, needed)]
    return redirect(allowed[0] if allowed else "settings")


@permission(Permission.ANYONE)
@_form
def set_up(request: HttpRequest) -> HttpResponse:
    """The first leader makes the first account."""
    if access.is_founded(None):
        return redirect("log-in")
    form = SetUpForm(request.POST or None)

    def found() -> HttpResponse:
        made = getting_in.found_organisation(viewer=None, at=timezone.now(), **form.cleaned_data)
        return let_in(request, made.account_id, to="")

    return _page(request, "access/set_up.html", form, found)


@permission(Permission.ANYONE)
@_form
def log_in(request: HttpRequest) -> HttpResponse:
    """Mail address and password."""
    if not access.is_founded(None):
        return redirect("set-up")
    form = LogInForm(request.POST or None)
    to = request.POST.get("next") or request.GET.get("next", "")

    def enter() -> HttpResponse:
        entered = sign_in.enter(
            origin=sign_in.origin_of(request), at=timezone.now(), **form.cleaned_data
        )
        return _on(request, entered, to=to)

    return _page(request, "access/log_in.html", form, enter, next=to)


@permission(Permission.ANYONE)
@_form
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code, after the password."""
    waiting = request.session.get("waiting")
    oldest = (timezone.now() - _CODE_LASTS).timestamp()
    if not waiting or waiting["since"] < oldest:
        return redirect("log-in")
    form = CodeForm(request.POST or None)

    def confirm() -> HttpResponse:
        account_id, stamp = waiting["account_id"], waiting["stamp"]
        entered = sign_in.Entered(account_id=account_id, needs_factor=True, stamp=stamp)
        sign_in.confirm(entered=entered, code=form.cleaned_data["code"], at=timezone.now())
        return let_in(request, account_id, to=waiting["to"])

    return _page(request, "access/second_factor.html", form, confirm)


@permission(Permission.SIGNED_IN)
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session."""
    auth.logout(request)
    return redirect("log-in")


@permission(Permission.ANYONE)
@_form
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account one was invited to."""
    form = NewPasswordForm(request.POST or None)

    def accept() -> HttpResponse:
        password = form.cleaned_data["password"]
        made = getting_in.accept_invitation(
            viewer=None, at=timezone.now(), token=token, password=password
        )
        return let_in(request, made.account_id, to="")

    return _page(request, "access/invitation.html", form, accept)


@permission(Permission.ANYONE)
@_form
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password by link; then log in with it."""
    form = NewPasswordForm(request.POST or None)

    def renew() -> HttpResponse:
        password = form.cleaned_data["password"]
        getting_in.reset_password(viewer=None, at=timezone.now(), token=token, password=password)
        return redirect("log-in")

    return _page(request, "access/reset.html", form, renew)


@permission(Permission.ANYONE)
@_form
def log_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """One button, so that a program which only looks at the link does not use it up."""
    form = forms.Form(request.POST if request.method == "POST" else None)

    def enter() -> HttpResponse:
        found = getting_in.log_in_by_link(viewer=None, at=timezone.now(), token=token)
        return let_in(request, found.account_id, to="")

    return _page(request, "access/link.html", form, enter)


def let_in(request: HttpRequest, account_id: int, *, to: str) -> HttpResponse:
    """Sign `account_id` in on this browser and go to `to`, if that is a place of ours."""
    account = auth.authenticate(request, checked_account_id=account_id)
    if account is None:
        return redirect("log-in")
    request.session.pop("waiting", None)
    auth.login(request, account)
    return redirect(_safe(request, to))


def _on(request: HttpRequest, entered: sign_in.Entered, *, to: str) -> HttpResponse:
    if not entered.needs_factor:
        return let_in(request, entered.account_id, to=to)
    # A new session key, so that one planted before the password is worth nothing.
    request.session.cycle_key()
    request.session["waiting"] = {
        "account_id": entered.account_id,
        "stamp": entered.stamp,
        "since": timezone.now().timestamp(),
        "to": to,
    }
    return redirect("second-factor")


def _safe(request: HttpRequest, to: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if to and is_ours else reverse("home")


def _page(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    done: Callable[[], HttpResponse],
    **more: str,
) -> HttpResponse:
    """The page with its form; what a person can put right stands above it."""
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        problem = _("Some fields need another look.")
        if form.is_valid():
            try:
                return done()
            except HeadwayError as refusal:
                problem, status = str(refusal), HTTPStatus(refusal.status)
                if isinstance(refusal, getting_in.WeakPasswordError):
                    form.add_error("password", problem)
                    problem = _("Some fields need another look.")
    context = {"form": form, "problem": problem, **more}
    return render(request, template, context, status=status)
