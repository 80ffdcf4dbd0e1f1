"""How each interface is tried: every address of pages and API, as everybody."""

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.access.world import WHO
from tests.interfaces.api.client import ROOT
from tests.interfaces.web import routes

from headway.actions import tokens
from headway.interfaces.api.urls import ENDPOINTS
from headway.records.models import Account
from headway.terms.own_time import monday
from headway.terms.viewer import Role, Viewer

SCOPED = [{}, {"scope": "person@sam"}, {"scope": "seller@max"}, {"scope": "organisation"}]
LINES = [
    {},
    {"head": "max"},
    {"head": "max", "link": "led"},
    {"head": "max", "link": "connected"},
    {"head": "max", "team": "max"},
    {"head": "olaf", "link": "led"},
]
CARDS = [{"author": "max"}, {"author": "max", "person": "sam"}]
HEADS = [{}, {"head": "max"}]
# What is asked beyond the bare address, by the name of a route or endpoint.
ASKED: dict[str, list[dict[str, str]]] = {
    **dict.fromkeys(
        (
            *("results", "results-evidence", "results-opportunities", "results-ladder"),
            *("results-objection", "results-brief", "results-job"),
            *("evidence", "opportunities_behind"),
        ),
        SCOPED,
    ),
    **dict.fromkeys(("line", "line-link", "line-brief"), LINES),
    "chain": [{"group": f"seller@{head}"} for head in ("max", "olaf", "eve")],
    **dict.fromkeys(("card",), CARDS),
    "coaching-person": [{"person": "sam"}],
    "coached_person": [{"person": "sam"}],
    "person": [{"person": "sam"}, {"person": "max"}],
    "people": [{}, {"by": "line", "left": "1"}, {"q": "a"}],
    "find": [{}, {"q": "m4rk"}, {"q": "person"}],
    "find-opportunity": [{"id": "opportunity"}],
    "find-account": [{"id": "customer"}],
    "handover-new": [{}, {"giver": "sam"}],
    "line-coaching": HEADS,
    "reorganisation": HEADS,
    "training-new": HEADS,
    "coaching_reach": HEADS,
    "coaching-skills": HEADS,
    "coaching_skills": HEADS,
    "own_week": [{"week_on": f"{monday(timezone.localdate()) - timedelta(weeks=2)}"}],
    "notes_beside": SCOPED,
    "pair-ask": [{"partner": "stan"}, {"partner": "sue"}],
}
# Where an address needs the priority too.
OF_PRIORITY = {"card", "chain", "message-new", "commitments-new"}


class Visitor:
    """One of the cast with a browser and a program; or nobody at all."""

    def __init__(self, who: str, *, may_write: bool = True) -> None:
        self.who, name = who, WHO[who]
        self.browser, self.program, self.token = Client(), Client(), ""
        if name is None:
            return
        account = Account.objects.get(email=f"{name}@example.com")
        # As after the log-in; that a disabled account gets none, the tests of getting in show.
        self.browser.force_login(account)
        viewer = Viewer(person_id=None, account_id=account.pk, roles=frozenset({Role.SELLER}))
        self.token = tokens.create(
            viewer=viewer,
            at=timezone.now(),
            name="crawl",
            may_write=may_write,
            days=9,
            password="",
        ).token

    def page(self, path: str, query: dict[str, str] | None = None, **headers) -> HttpResponse:
        """What a browser is shown."""
        return self.browser.get(path, query or {}, headers=headers)

    def api(self, path: str, query: dict[str, str] | None = None) -> HttpResponse:
        """What a program is told."""
        return self.program.get(path, query or {}, headers=self._bearer(), REMOTE_ADDR=_address())

    def post_page(self, path: str, form: dict[str, object]) -> HttpResponse:
        """Send a form."""
        return self.browser.post(path, form)

    def post_api(self, path: str, body: object) -> HttpResponse:
        """Send JSON."""
        return self.program.post(
            ROOT + path,
            json.dumps(body),
            content_type="application/json",
            headers=self._bearer(),
            REMOTE_ADDR=_address(),
        )

    def try_method(self, method: str, path: str) -> HttpResponse:
        """Any method, on a page or on the API."""
        if path.startswith(ROOT):
            return self.program.generic(
                method, path, headers=self._bearer(), REMOTE_ADDR=_address()
            )
        return self.browser.generic(method, path)

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


_NUMBERS = itertools.count(1)


def _address() -> str:
    """One of its own each time: what is refused is not refused for failures before."""
    number = next(_NUMBERS)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def pages(ids: dict[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every page: name of its route, its address, and each thing that may be asked of it."""
    for route in routes.all_routes(ids):
        for query in ASKED.get(route.name, [{}]):
            yield route.name, route.path, _with_priority(route.name, query, ids)
    yield "commitment", reverse("commitment", args=[ids["between"]]), {}


def endpoints(ids: dict[str, str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every endpoint that reads, in the same way."""
    for each in ENDPOINTS:
        if each.method == "GET":
            for query in ASKED.get(each.name, [{}]):
                path = each.template.format(**ids)
                yield each.name, path, _with_priority(each.name, query, ids)
    yield "commitment", f"commitments/{ids['between']}", {}


def _with_priority(name: str, query: dict[str, str], ids: dict[str, str]) -> dict[str, str]:
    more = {"priority": ids["priority_id"]} if name in OF_PRIORITY else {}
    again = {"again": ids["message_id"]} if name == "message-new" else {}
    return {**query, **more, **again}
