"""Find or do: by name, whatever one may see, and what one can begin from anywhere."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from headway.interfaces.web import frame
from headway.interfaces.web.permission import declared_by, permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import find
from headway.queries.find import Found
from headway.terms.access import Permission, allows
from headway.terms.names import holds
from headway.terms.viewer import Viewer

# What can be begun from anywhere: the page, and what it is called; who may, that page says.
_DOES = (
    ("commitments-new", gettext_lazy("Make a commitment")),
    ("coaching-session-log", gettext_lazy("Log a session")),
    ("coaching-session-new", gettext_lazy("Plan a session")),
    ("coaching-ask", gettext_lazy("Ask for coaching")),
    ("message-new", gettext_lazy("Say it again")),
    ("cards", gettext_lazy("Write a card")),
    ("knowledge-new", gettext_lazy("Write down what works")),
    ("priority-new", gettext_lazy("Declare a priority")),
    ("pulse-new", gettext_lazy("Ask the team a question")),
    ("data", gettext_lazy("Bring data")),
    ("settings-access", gettext_lazy("Invite somebody")),
    ("settings-own-data", gettext_lazy("Take what is kept about me")),
)
_KINDS: Mapping[str, object] = {
    "person": gettext_lazy("person"),
    "account": gettext_lazy("account"),
    "opportunity": gettext_lazy("opportunity"),
    "priority": gettext_lazy("priority"),
    "knowledge": gettext_lazy("what works"),
    "page": gettext_lazy("page"),
    "do": gettext_lazy("do"),
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One line of what was found: where it leads, and the code of its kind."""

    url: str
    name: str
    hint: str
    kind: str

    @property
    def kind_name(self) -> object:
        """Its kind in words."""
        return _KINDS[self.kind]


@permission(Permission.SIGNED_IN)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What has that name: a page, its list alone for the script, JSON for who accepts nothing else.

    Without a name it is what one can begin from anywhere.
    """
    asked = request.GET.get("q", "")[: find.LONGEST].strip()
    offers = tuple(_offers(request, asked) if asked else _begun(viewer_of(request), ""))
    response: HttpResponse
    if request.headers.get("Accept") == "application/json":
        response = JsonResponse({"asked": asked, "found": [asdict(each) for each in offers]})
    else:
        is_part = request.headers.get("HX-Request") == "true"
        template = "find/list.html" if is_part else "find/page.html"
        response = render(request, template, {"asked": asked, "offers": offers})
    patch_vary_headers(response, ["Accept", "HX-Request"])
    return response


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
    for place in frame.places(viewer):
        if holds(str(place["label"]), asked):
            yield Offer(url=str(place["url"]), name=str(place["label"]), hint="", kind="page")
    if allows(viewer, Permission.RESULTS):
        for each in find.found(viewer, text=asked, today=timezone.localdate()):
            yield Offer(
                url=_url(each),
                name=each.name or _("without a name"),
                hint=each.hint,
                kind=each.kind,
            )


def _begun(viewer: Viewer, asked: str) -> Iterator[Offer]:
    for name, label in _DOES:
        url = reverse(name)
        needed = declared_by(resolve(url).func)
        if needed and allows(viewer, needed) and holds(str(label), asked):
            yield Offer(url=url, name=str(label), hint="", kind="do")


def _url(each: Found) -> str:
    if each.kind == "priority":
        return reverse("priority", args=[each.subject])
    if each.kind == "knowledge":
        return reverse("knowledge-item", args=[each.subject])
    if each.kind == "person":
        return f"{reverse('results')}?{urlencode({'scope': each.subject})}"
    return f"{reverse(f'find-{each.kind}')}?{urlencode({'id': each.subject})}"
