"""Find or do: by name, whatever one may see, and what one can begin from anywhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from headway.interfaces.web import frame
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import find
from headway.queries.find import Found
from headway.terms.access import Permission, allows
from headway.terms.names import holds
from headway.terms.viewer import Viewer

# What can be begun from anywhere: the page, who may, and what it is called.
_DOES = (
    ("commitments-new", Permission.RESULTS, gettext_lazy("Make a commitment")),
    ("coaching-session-new", Permission.RESULTS, gettext_lazy("Log a session")),
    ("message-new", Permission.RESULTS, gettext_lazy("Say something again")),
    ("cards", Permission.RESULTS, gettext_lazy("Write a card")),
    ("priority-new", Permission.RESULTS, gettext_lazy("Declare a priority")),
    ("line-believed", Permission.RESULTS, gettext_lazy("See what you believed")),
    ("data", Permission.DATA, gettext_lazy("Bring data")),
    ("settings-access", Permission.ACCESS, gettext_lazy("Invite somebody")),
)
_KINDS: Mapping[str, object] = {
    "person": gettext_lazy("person"),
    "account": gettext_lazy("account"),
    "opportunity": gettext_lazy("opportunity"),
    "priority": gettext_lazy("priority"),
    "page": gettext_lazy("page"),
    "do": gettext_lazy("do"),
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One line of what was found: where it leads, and of which kind it is."""

    url: str
    name: str
    hint: str
    kind: object


@permission(Permission.SIGNED_IN)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What has that name; asked for by the script, the list alone."""
    asked = request.GET.get("q", "")[: find.LONGEST]
    offers = tuple(_offers(request, asked)) if asked.strip() else ()
    is_part = request.headers.get("HX-Request") == "true"
    template = "find/list.html" if is_part else "find/page.html"
    return render(request, template, {"asked": asked, "offers": offers})


@permission(Permission.RESULTS)
@require_safe
def opportunity(request: HttpRequest) -> HttpResponse:
    """One opportunity, as it was recorded last."""
    found = find.opportunity(viewer_of(request), opportunity_id=request.GET.get("id", ""))
    return render(request, "find/opportunity.html", {"each": found})


@permission(Permission.RESULTS)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One account and its opportunities."""
    found = find.account(viewer_of(request), account_id=request.GET.get("id", ""))
    return render(request, "find/account.html", {"each": found})


def _offers(request: HttpRequest, asked: str) -> Iterator[Offer]:
    viewer = viewer_of(request)
    yield from _begun(viewer, asked)
    for place in frame.places(request, viewer):
        if holds(str(place["label"]), asked):
            yield Offer(
                url=str(place["url"]), name=str(place["label"]), hint="", kind=_KINDS["page"]
            )
    if allows(viewer, Permission.RESULTS):
        for each in find.found(viewer, text=asked, today=timezone.localdate()):
            yield Offer(
                url=_url(each),
                name=each.name or _("without a name"),
                hint=each.hint,
                kind=_KINDS[each.kind],
            )


def _begun(viewer: Viewer, asked: str) -> Iterator[Offer]:
    for name, needed, label in _DOES:
        url = frame.address(name)
        if url and allows(viewer, needed) and holds(str(label), asked):
            yield Offer(url=url, name=str(label), hint="", kind=_KINDS["do"])


def _url(each: Found) -> str:
    if each.kind == "priority":
        return reverse("priority", args=[each.subject])
    if each.kind == "person":
        return f"{reverse('results')}?{urlencode({'scope': each.subject})}"
    return f"{reverse(f'find-{each.kind}')}?{urlencode({'id': each.subject})}"
