"""My account: what is mailed to one; and the link in each mail that ends them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from headway.actions import reminders as changes
from headway.interfaces.web.permission import permission
from headway.interfaces.web.reminders_forms import RemindersForm
from headway.interfaces.web.settings import said, viewer_of
from headway.terms.access import Permission
from headway.terms.reminders import known


@permission(Permission.SIGNED_IN)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what is chosen."""
    form = RemindersForm(request.POST)
    if not form.is_valid():
        return redirect("settings")
    changes.choose(
        viewer=viewer_of(request), at=timezone.now(), kinds=known(form.cleaned_data["kinds"])
    )
    return said(request, _("Your reminders are as you chose."))


# A mail program posts here by itself, with no cookie and no page before it (RFC 8058): the signed
# token is what shows that the mail was read, and nothing else can be done with it.
@csrf_exempt
@permission(Permission.ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End all reminders by mail; a page asks first, for programs look at links too."""
    if request.method != "POST":
        changes.expect_stop_token(token)
        return render(request, "settings/reminders_stop.html", {"is_stopped": False})
    changes.stop(viewer=None, at=timezone.now(), token=token)
    return render(request, "settings/reminders_stop.html", {"is_stopped": True})
