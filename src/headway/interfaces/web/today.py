"""Today: what waits for one, done where it stands."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import today
from headway.queries.today import Thing
from headway.terms.access import Permission

# Where each kind of thing is done: the address, which of its ids stand in the path, and the verb.
_DONE_AT: Mapping[str, tuple[str, tuple[str, ...], object]] = {
    "finding": ("line", (), gettext_lazy("Look at it")),
    "promised": ("commitment-keep", ("commitment_id",), gettext_lazy("It is done")),
    "asked": ("commitment-accept", ("commitment_id",), gettext_lazy("I agree to it")),
    "card": ("card", (), gettext_lazy("Open the card")),
    "message": ("message-new", (), gettext_lazy("Say it again")),
    "pulse": ("pulse-own", ("wave_id",), gettext_lazy("Answer")),
    "prediction": ("line-predict", (), gettext_lazy("Say it")),
}


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """At most three things, then promises both ways and one's own cards."""
    found = today.page(viewer_of(request), at=timezone.now())
    things = [_shown(each) for each in found.things]
    return render(request, "today/page.html", {"page": found, "things": things})


def _shown(thing: Thing) -> dict[str, object]:
    name, in_path, verb = _DONE_AT[thing.code]
    rest = {key: value for key, value in thing.ids.items() if key not in in_path}
    url = reverse(name, kwargs={key: thing.ids[key] for key in in_path})
    query = "" if thing.is_close or not rest else f"?{urlencode(rest)}"
    return {
        "thing": thing,
        "url": url + query,
        "verb": verb,
        "fields": rest if thing.is_close else {},
        "more": reverse("commitment", args=[thing.ids["commitment_id"]]) if thing.is_close else "",
    }
