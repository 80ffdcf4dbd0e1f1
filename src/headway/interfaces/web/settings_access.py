"""Settings, Access: who has an account, what each of them sees, links that are open."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from headway.actions import access as getting_in
from headway.actions import accounts
from headway.interfaces.web.access_forms import InviteForm, RolesForm, VersionForm
from headway.interfaces.web.frame import roles_in_words
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import access, people
from headway.terms.access import Permission


@permission(Permission.ACCESS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the links nobody has used."""
    return _list(request, _invite_form(request))


@permission(Permission.ACCESS)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link for somebody; it is shown once."""
    form = _invite_form(request)
    if not form.is_valid():
        return _list(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    made = getting_in.invite(
        viewer=viewer_of(request),
        at=timezone.now(),
        name=form.cleaned_data["name"],
        email=form.cleaned_data["email"],
        **form.wanted(),
    )
    return _link(request, "accept-invitation", made.token, name=form.cleaned_data["name"])


@permission(Permission.ACCESS)
@require_POST
def withdraw_link(request: HttpRequest, link_id: int) -> HttpResponse:
    """End a link nobody has used."""
    getting_in.withdraw_link(viewer=viewer_of(request), at=timezone.now(), link_id=link_id)
    request.session["toast"] = _("The link does not work any more.")
    return redirect("settings-access")


@permission(Permission.ACCESS)
@require_safe
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: what they can see, and what can be changed."""
    seen = access.account(viewer_of(request), account_id=account_id)
    return _account(request, seen, _roles_form(request, seen))


@permission(Permission.ACCESS)
@require_POST
def roles(request: HttpRequest, account_id: int) -> HttpResponse:
    """Give other roles, or tie to another person."""
    seen = access.account(viewer_of(request), account_id=account_id)
    form = _roles_form(request, seen)
    if not form.is_valid() or not form.cleaned_data["seen_version"]:
        return _account(request, seen, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    accounts.change_roles(
        viewer=viewer_of(request),
        at=timezone.now(),
        account_id=account_id,
        seen_version=form.cleaned_data["seen_version"],
        **form.wanted(),
    )
    return _back(request, account_id, _("The roles hold from their next click on."))


@permission(Permission.ACCESS)
@require_POST
def disable(request: HttpRequest, account_id: int) -> HttpResponse:
    """End an account."""
    accounts.disable(
        viewer=viewer_of(request),
        at=timezone.now(),
        account_id=account_id,
        seen_version=_seen_version(request),
    )
    return _back(request, account_id, _("The account is disabled and signed out."))


@permission(Permission.ACCESS)
@require_POST
def enable(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let a disabled account in again."""
    accounts.enable(
        viewer=viewer_of(request),
        at=timezone.now(),
        account_id=account_id,
        seen_version=_seen_version(request),
    )
    return _back(request, account_id, _("The account can log in again."))


@permission(Permission.ACCESS)
@require_POST
def sign_out(request: HttpRequest, account_id: int) -> HttpResponse:
    """End all sessions of somebody."""
    at = timezone.now()
    accounts.sign_out_everywhere(viewer=viewer_of(request), at=at, account_id=account_id)
    return _back(request, account_id, _("They are signed out everywhere."))


@permission(Permission.ACCESS)
@require_POST
def remove_factor(request: HttpRequest, account_id: int) -> HttpResponse:
    """For somebody who lost phone and recovery codes."""
    at = timezone.now()
    accounts.remove_second_factor(viewer=viewer_of(request), at=at, account_id=account_id)
    return _back(request, account_id, _("Their password alone lets them in again."))


@permission(Permission.ACCESS)
@require_POST
def reset_link(request: HttpRequest, account_id: int) -> HttpResponse:
    """Make a link for a new password; it is shown once."""
    seen = access.account(viewer_of(request), account_id=account_id)
    made = getting_in.make_reset_link(
        viewer=viewer_of(request), at=timezone.now(), account_id=account_id
    )
    return _link(request, "reset-password", made.token, name=seen.name)


def _list(request: HttpRequest, form: InviteForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    viewer = viewer_of(request)
    rows = [
        {"account": seen, "roles": roles_in_words(seen.roles)} for seen in access.accounts(viewer)
    ]
    links = access.open_links(viewer, at=timezone.now())
    context = {"rows": rows, "links": links, "form": form}
    return render(request, "settings/access.html", context, status=status)


def _account(
    request: HttpRequest, seen: access.AccountSeen, form: RolesForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    sight = access.sight(viewer_of(request), account_id=seen.account_id)
    context = {"account": seen, "sight": sight, "form": form, "roles": roles_in_words(seen.roles)}
    return render(request, "settings/account.html", context, status=status)


def _link(request: HttpRequest, route: str, token: str, *, name: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse(route, kwargs={"token": token}))
    context = {"address": address, "name": name, "is_invitation": route == "accept-invitation"}
    return render(request, "settings/link.html", context)


def _back(request: HttpRequest, account_id: int, sentence: str) -> HttpResponse:
    request.session["toast"] = sentence
    return redirect("settings-account", account_id=account_id)


def _invite_form(request: HttpRequest) -> InviteForm:
    return InviteForm(request.POST or None, people=people.tieable(viewer_of(request)))


def _roles_form(request: HttpRequest, seen: access.AccountSeen) -> RolesForm:
    free = people.tieable(viewer_of(request))
    theirs = ((seen.person_id, seen.person or ""),) if seen.person_id else ()
    initial = {
        "roles": sorted(seen.roles),
        "person_id": seen.person_id or "",
        "seen_version": seen.version,
    }
    return RolesForm(request.POST or None, people=(*theirs, *free), initial=initial)


def _seen_version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    # A button always carries it; without, any version is stale.
    return int(form.cleaned_data["seen_version"]) if form.is_valid() else 0
