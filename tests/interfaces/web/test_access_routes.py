"""What holds for every address: it says who may open it, and every reply carries the headers."""

import pytest
from django.db import connection
from django.test import Client
from tests import cast
from tests.interfaces.web.routes import Route, all_routes

from headway.interfaces.web.permission import declared_by
from headway.records.models import Account, AuditEntry
from headway.server.headers import ALWAYS
from headway.terms.access import Permission, allows

pytestmark = pytest.mark.django_db

ROUTES = all_routes()
each = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
SIGNED_OUT_PAGES = {
    "home",
    "set-up",
    "log-in",
    "second-factor",
    "accept-invitation",
    "reset-password",
    "log-in-by-link",
    "pulse-answer",
    "calendar",
    "reminders-stop",
}


@each
def test_every_route_declares_who_may_open_it(route: Route) -> None:
    assert declared_by(route.view) in set(Permission), f"{route.path} declares no permission"


def test_only_the_pages_of_getting_in_and_secret_links_are_open_to_the_signed_out() -> None:
    opened = {route.name for route in ROUTES if declared_by(route.view) is Permission.ANYONE}
    assert opened == SIGNED_OUT_PAGES


def test_the_signed_out_are_sent_to_the_log_in(client: Client) -> None:
    cast.enter()
    for route in ROUTES:
        if route.name in SIGNED_OUT_PAGES:
            continue
        for answer in (client.get(route.path), client.post(route.path)):
            assert answer.status_code == 302, route.name
            assert answer.headers["Location"].startswith("/access/log-in/"), route.name


@pytest.mark.slow
@pytest.mark.parametrize("name", ["eve", "max", "sam", "opal"])
def test_a_door_opens_for_the_roles_it_names(name: str, client: Client) -> None:
    cast.enter()
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    for route in ROUTES:
        needed = declared_by(route.view)
        before = AuditEntry.objects.filter(code=f"refused:route:{route.name}").count()
        status = client.get(route.path).status_code
        after = AuditEntry.objects.filter(code=f"refused:route:{route.name}").count()
        if allows(cast.viewer(name), needed):
            # Whatever it answers, it is no mistake of ours.
            assert (status < 500, after - before) == (True, 0), route.name
        else:
            assert (status, after - before) == (404, 1), route.name


@pytest.mark.slow
def test_every_reply_of_every_route_carries_the_headers(client: Client) -> None:
    cast.enter()
    eve = Account.objects.get(name="Eve")
    for route in ROUTES:
        stranger = Client()
        client.force_login(eve)
        replies = [browser.get(route.path) for browser in (stranger, client)]
        replies += [browser.post(route.path) for browser in (stranger, client)]
        for reply in replies:
            assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS, route.name
            assert reply.headers["Cache-Control"] == "no-store", route.name


def test_errors_and_files_carry_the_headers_too(client: Client) -> None:
    replies = [
        client.get("/nowhere/"),
        client.get("/results", follow=False),
        client.get("/", headers={"Host": "evil.example"}),
        client.get("/static/headway/css/headway.css"),
        client.put("/access/log-in/"),
    ]
    statuses = [reply.status_code for reply in replies]
    assert statuses == [404, 301, 400, 200, 405]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
    replies[3].close()


def test_a_mistake_of_ours_shows_no_trace(client: Client) -> None:
    client.raise_request_exception = False
    cast.enter()
    client.force_login(Account.objects.get(name="Eve"))
    # A table that went away: a failure every page can meet.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_recoverycode RENAME TO gone")
    reply = client.get("/settings/")
    page = reply.content.decode()
    assert reply.status_code == 500
    assert not any(word in page for word in ("Traceback", "records_recoverycode", "/src/"))
    assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS


def test_a_view_that_declares_nothing_does_not_answer(client: Client, settings) -> None:
    settings.ROOT_URLCONF = "tests.interfaces.web.undeclared"
    client.raise_request_exception = False
    assert client.get("/undeclared/").status_code == 500


def test_hsts_is_sent_once_the_address_is_https(client: Client, settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    reply = Client().get("/static/headway/css/headway.css", secure=True)
    reply.close()
    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
