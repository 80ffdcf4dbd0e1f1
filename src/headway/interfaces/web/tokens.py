"""My account: tokens for programs of one's own; each is shown once."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from headway.actions import tokens as changes
from headway.interfaces.web.access_forms import TokenForm
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import said, viewer_of
from headway.queries import tokens
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError


@permission(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; the page after it is the only one that shows it."""
    viewer = viewer_of(request)
    form = TokenForm(request.POST or None, asks_password=tokens.asks_password(viewer))
    problem = ""
    if request.method == "POST" and form.is_valid():
        asked = {"password": "", **form.cleaned_data}
        try:
            made = changes.create(viewer=viewer, at=timezone.now(), **asked)
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            address = request.build_absolute_uri("/api/v1/me")
            context = {"token": made.token, "name": asked["name"], "address": address}
            return render(request, "settings/token_made.html", context)
    is_refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    context = {"form": form, "problem": problem}
    return render(request, "settings/token.html", context, status=status)


@permission(Permission.SIGNED_IN)
@require_POST
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token of one's own."""
    changes.revoke(viewer=viewer_of(request), at=timezone.now(), token_id=token_id)
    return said(request, _("The token does not work any more."))
