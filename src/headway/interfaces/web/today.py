"""Today: what waits for one, done where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.interfaces.web.today_forms import WAYS
from headway.queries import today
from headway.queries.access import NotSeenError
from headway.queries.today import Thing
from headway.terms.access import Permission

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How one kind of thing is finished: its ways on the page, and the page that has the rest."""

    ways: tuple[str, ...]
    page: str
    label: "StrOrPromise"
    in_path: tuple[str, ...] = ()
    in_query: tuple[str, ...] = ()


_COMMITMENT = ("commitment_id",)
_SESSION = ("session_id",)
_CARD = ("author", "person", "priority")
_MORE = gettext_lazy("Open it")
_KINDS: Mapping[str, Kind] = {
    "finding": Kind(ways=("comment",), page="line", label=gettext_lazy("Look at it")),
    "promised": Kind(
        ways=("keep", "move", "give-up"), page="commitment", label=_MORE, in_path=_COMMITMENT
    ),
    "asked": Kind(ways=("accept",), page="commitment", label=_MORE, in_path=_COMMITMENT),
    "agreement": Kind(
        ways=("agree",), page="card", label=gettext_lazy("Change it first"), in_query=_CARD
    ),
    "card": Kind(ways=("complete",), page="cards", label=gettext_lazy("All cards")),
    "message": Kind(ways=("tell",), page="message-new", label=_MORE, in_query=("priority",)),
    "repeat": Kind(
        ways=("tell",), page="message-new", label=_MORE, in_query=("again", "priority", "head")
    ),
    "session": Kind(ways=(), page="coaching-session", label=_MORE, in_path=_SESSION),
    "confirmation": Kind(ways=("confirm",), page="coaching-session", label=_MORE, in_path=_SESSION),
    "practice": Kind(ways=("look-again",), page="coaching-session", label=_MORE, in_path=_SESSION),
    "prediction": Kind(ways=("seal",), page="line-predict", label=_MORE),
    "pulse": Kind(ways=(), page="pulse-own", label=gettext_lazy("Answer"), in_path=("wave_id",)),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One way as the page offers it; `is_close` = one press, without anything to fill in."""

    way: str
    verb: "StrOrPromise"
    form: forms.Form
    is_close: bool
    is_sent: bool


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """At most three things, then promises both ways and one's own cards."""
    return _page(request)


@permission(Permission.RESULTS)
@require_POST
def do(request: HttpRequest, way: str) -> HttpResponseBase:
    """Finish a thing where it stands."""
    chosen = WAYS.get(way)
    if chosen is None:
        raise NotSeenError
    form = chosen.form(request.POST, initial={})
    if not form.is_valid():
        return _page(request, way=way, sent=form)
    chosen.do(viewer_of(request), timezone.now(), form)
    request.session["toast"] = str(chosen.after)
    return redirect("today")


def _page(request: HttpRequest, *, way: str = "", sent: forms.Form | None = None) -> HttpResponse:
    found = today.page(viewer_of(request), at=timezone.now())
    things = [_shown(each, way=way, sent=sent) for each in found.things]
    # A fragment that is refused is not put in its place: the script asks for what is wrong.
    is_plain = sent is not None and "HX-Request" not in request.headers
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_plain else HTTPStatus.OK
    context = {"page": found, "things": things, "day": timezone.localdate()}
    return render(request, "today/page.html", context, status=status)


def _shown(thing: Thing, *, way: str, sent: forms.Form | None) -> dict[str, object]:
    kind = _KINDS[thing.code]
    known = {key: thing.known[key] for key in kind.in_query if key in thing.known}
    url = reverse(kind.page, kwargs={key: thing.known[key] for key in kind.in_path})
    ways = [
        _way(each, thing, sent=sent if each == way else None)
        for each in kind.ways
        # What was found is told only once the viewer has said what they believe.
        if thing.known
    ]
    return {
        "thing": thing,
        "url": f"{url}?{urlencode(known)}" if known else url,
        "label": kind.label,
        "is_link": thing.code != "pulse",
        "ways": ways,
        "has_close": any(each.is_close for each in ways),
    }


def _way(code: str, thing: Thing, *, sent: forms.Form | None) -> Shown:
    way = WAYS[code]
    form = way.form(initial=thing.known)
    is_sent = sent is not None and _is_about(sent, thing)
    shown = sent if is_sent and sent is not None else form
    # Several forms of one kind stand on the page, each field with a name of its own.
    shown.auto_id = f"{code}-{'-'.join(str(each) for each in thing.known.values())[:60]}-%s"
    return Shown(
        way=code,
        verb=way.verb,
        form=shown,
        is_close=not shown.visible_fields(),
        is_sent=is_sent,
    )


def _is_about(sent: forms.Form, thing: Thing) -> bool:
    hidden = [field.name for field in sent.hidden_fields() if field.name in thing.known]
    return all(str(sent.data.get(name)) == str(thing.known[name]) for name in hidden)
