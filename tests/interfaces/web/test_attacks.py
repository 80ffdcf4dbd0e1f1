"""What strangers and colleagues try: forged forms, planted sessions, addresses no page has."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.test import Client, RequestFactory
from tests import cast
from tests.interfaces.web import results_world
from tests.interfaces.web.routes import Route, all_routes

from headway.actions import jobs
from headway.interfaces.web.data_uploads import CountedUploadHandler
from headway.interfaces.web.permission import declared_by
from headway.records.models import Account, IdempotencyKey, Job, Session
from headway.server.log import Masked
from headway.terms.access import Permission
from headway.terms.answer import Kpi
from headway.terms.scope import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROUTES = all_routes()
# A mail program that stops mails comes from no page (RFC 8058): its signed link is what is checked.
FROM_NO_PAGE = {"reminders-stop"}
FORMS = [route for route in ROUTES if route.path != "/" and route.name not in FROM_NO_PAGE]
HUGE = "9" * 30
LONGEST = "9" * 5000


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter()


def eve_without_token() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(name="Eve"))
    return client


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Request": "true"},
        {"Origin": "https://evil.example", "HX-Request": "true"},
        {"Origin": "null"},
        {"X-CSRFToken": "a" * 64},
    ],
    ids=["plain", "htmx", "elsewhere", "nowhere", "guessed"],
)
def test_no_form_is_taken_that_did_not_come_from_our_pages(headers: dict[str, str]) -> None:
    client = eve_without_token()
    before = Session.objects.count()
    for route in FORMS:
        reply = client.post(route.path, {"text": "x"}, headers=headers)
        assert reply.status_code == 403, route.name
    stranger = Client(enforce_csrf_checks=True)
    for route in FORMS:
        if declared_by(route.view) is Permission.ANYONE:
            assert stranger.post(route.path, headers=headers).status_code == 403, route.name
    assert Session.objects.count() == before


@pytest.mark.parametrize("number", [HUGE, LONGEST, "0", "-1", "²", "٣"])
def test_numbers_no_record_has_are_no_mistake_of_ours(number: str) -> None:
    client = results_world.signed_in("eve")
    for route in ROUTES:
        address = _with_number(route, number)
        for reply in (client.get(address), client.post(address, {"seen_version": number})):
            assert reply.status_code < 500, address[:80]
    for query in ("before", "page", "figure", "first", "compare", "scope", "kpi"):
        for page in ("/settings/audit/", "/results/", "/results/opportunities/"):
            reply = client.get(page, {query: number})
            assert reply.status_code < 500, (page, query)


def _with_number(route: Route, number: str) -> str:
    return "/".join(number if part == "1" else part for part in route.path.split("/"))


@pytest.mark.parametrize(
    "query",
    [
        "scope=%00",
        "scope=organisation,region=%ED%A0%80",
        "scope=organisation,region=' OR 1=1 --",
        "scope=organisation,region%27)%20OR%201=1--=x",
        "scope=organisation,a%22b=c",
        "scope=organisation,$[0].x=c",
        "scope=seller@'; DROP TABLE records_person; --",
        "scope=person@sam,__class__=x",
        "first=9999-12-30&last=9999-12-31&base_first=0001-01-01&base_last=0001-01-02",
        "first=0001-01-02&last=0001-01-02&base_first=0001-01-01&base_last=0001-01-01",
        "compare=0001-01-01..9999-12-31~0001-01-01..0001-01-01",
        "kpi=__class__",
        "figure=place-1-" + LONGEST,
        "figure=place-9-9",
        "figure=" + "%00" * 50,
        "page=" + LONGEST,
        "scope=" + "organisation," + "a=b," * 3000,
    ],
)
def test_what_stands_in_an_address_never_breaks_a_page_nor_widens_it(query: str) -> None:
    for name in ("eve", "sam"):
        client = results_world.signed_in(name)
        for page in ("", "opportunities/", "brief/", "ladder/", "evidence/stat-bookings/"):
            reply = client.get(f"/results/{page}?{query}")
            assert reply.status_code < 500, (name, page)
            assert name == "eve" or b"of stan" not in reply.content, (page, query)


def test_a_session_planted_before_the_log_in_is_worth_nothing() -> None:
    client = Client()
    client.get("/access/log-in/")
    store = client.session
    store["planted"] = "yes"
    store.save()
    planted = client.cookies["headway"].value
    client.force_login(Account.objects.get(name="Eve"))
    assert client.cookies["headway"].value != planted
    other = Client()
    other.cookies["headway"] = planted
    assert other.get("/settings/").headers["Location"].startswith("/access/log-in/")
    # And a session of our own making up is none.
    other.cookies["headway"] = "a" * 32
    assert other.get("/settings/").headers["Location"].startswith("/access/log-in/")


def test_signing_in_as_somebody_else_takes_nothing_along() -> None:
    client = results_world.signed_in("eve")
    client.get("/settings/second-factor/")
    assert "factor_secret" in client.session
    client.force_login(Account.objects.get(name="Sam"))
    assert "factor_secret" not in client.session


@pytest.mark.parametrize("key", ["a\0b", "k" * 5000, "ключ", "' OR 1=1 --"])
def test_a_key_may_be_anything(key: str) -> None:
    client = results_world.signed_in("sam")
    replies = [client.post("/settings/theme/", {"theme": "dark", "form_key": key}) for _ in "12"]
    assert [reply.status_code for reply in replies] == [302, 302]
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "is_taken"), [("eve", True), ("opal", True), ("sam", False), ("", False)]
)
def test_files_of_those_who_may_not_bring_any_are_not_even_written(
    name: str, is_taken: bool
) -> None:
    client = results_world.signed_in(name) if name else Client()
    file = SimpleUploadedFile("deals.csv", b"id,stage\n")
    request = RequestFactory().post("/settings/theme/", {"file": file})
    request.user = client.get("/settings/", follow=True).wsgi_request.user
    handler = CountedUploadHandler(request)
    request.upload_handlers = [handler]
    taken = list(request.FILES.values())
    for each in taken:
        each.close()
    assert bool(taken) is is_taken
    if not is_taken:
        with pytest.raises(SkipFile):
            handler.new_file("file", "deals.csv", "text/csv", 10)


def test_nobody_fills_the_queue_of_all() -> None:
    def ask(name: str, number: int) -> jobs.Asked:
        scope = Scope(person=name, where=(("region", f"R{number}"),))
        return jobs.ask_answer(
            viewer=cast.viewer(name),
            at=cast.NOW,
            scope=scope,
            kpi=Kpi.BOOKINGS,
            comparison="default",
        )

    for number in range(jobs.MAX_AT_ONCE):
        ask("sam", number)
    with pytest.raises(jobs.TooManyJobsError):
        ask("sam", 99)
    # What waits already is no new work, and others are not held up.
    assert not ask("sam", 0).is_new
    assert ask("sue", 1).is_new
    Job.objects.update(state="done")
    assert ask("sam", 99).is_new


def test_no_token_of_a_link_stands_in_the_log(caplog) -> None:
    record = logging.LogRecord(
        "django.request",
        logging.ERROR,
        __file__,
        1,
        "Internal Server Error: %s",
        ("/access/reset/s3cret-token/?x=1",),
        None,
    )
    assert Masked().filter(record)
    assert record.getMessage() == "Internal Server Error: /access/reset/.../?x=1"
