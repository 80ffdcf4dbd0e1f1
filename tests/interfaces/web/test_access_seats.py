"""The access matrix of those who look at the sample through another's eyes, against the oracle."""

import itertools
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests import cast
from tests.interfaces.web import oracle, results_world
from tests.interfaces.web.routes import all_routes

from headway.interfaces.web.permission import declared_by
from headway.queries import sample
from headway.records import scopes
from headway.records.models import (
    Account,
    AuditEntry,
    Job,
    Load,
    Objection,
    OpportunityRow,
    Person,
    Source,
)
from headway.terms.access import allows
from headway.terms.viewer import SYSTEM, Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Who stands for each role among the cast: see tests/records/test_sample.py.
SEATS = {"executive": "eve", "manager": "max", "seller": "sam"}
GROUPS = (
    "organisation",
    *(f"{kind}@{name}" for kind in ("seller", "person") for name in (*cast.LINES, "nobody")),
)
PAGES = ("", "opportunities/", "evidence/stat-bookings/", "brief/")
STILL_SENT = {"see-as", "log-out"}


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=12)


@pytest.fixture
def the_sample() -> Load:
    return load(is_sample=True)


def load(*, is_sample: bool) -> Load:
    source = Source.objects.create(name="s", added_at=cast.NOW)
    return Load.objects.create(
        source=source, upload="u", state="kept", asked_at=cast.NOW, is_sample=is_sample
    )


def seen_as(role: str) -> Client:
    client = results_world.signed_in("eve")
    assert client.post("/sample/see-as/", {"role": role}).status_code == 302
    return client


@pytest.mark.usefixtures("the_sample")
@pytest.mark.parametrize("role", SEATS)
def test_every_page_shows_what_the_oracle_allows_that_person_and_no_more(role: str) -> None:
    client, who = seen_as(role), SEATS[role]
    owners = dict(OpportunityRow.objects.values_list("name", "owner_id"))
    for code, page in itertools.product(GROUPS, PAGES):
        reply = client.get(f"/results/{page}?{urlencode({'scope': code})}")
        assert (reply.status_code == 404) is not oracle.sees_scope(who, code), (role, page, code)
        text = reply.content.decode()
        shown = [name for name in owners if f">{name}<" in text]
        assert all(oracle.sees_person(who, owners[name]) for name in shown), (role, page, code)


@pytest.mark.usefixtures("the_sample")
@pytest.mark.parametrize("role", SEATS)
def test_doors_are_those_of_the_seat_and_never_more_than_ones_own(role: str) -> None:
    eve = cast.viewer("eve")
    seat = sample.seat(eve, person_id=SEATS[role], role=Role(role))
    assert seat is not None
    assert (seat.eyes.roles, seat.eyes.account_id) == ({Role(role)}, eve.account_id)
    client = seen_as(role)
    for route in all_routes():
        needed = declared_by(route.view)
        status = client.get(route.path).status_code
        if not allows(seat.eyes, needed):
            assert status == 404, route.name
        assert allows(eve, needed) or not allows(seat.eyes, needed), route.name
    theirs = set(scopes.visible_opportunities(seat.eyes).values_list("id", flat=True))
    own = set(scopes.visible_opportunities(eve).values_list("id", flat=True))
    assert theirs <= own


@pytest.mark.usefixtures("the_sample")
@pytest.mark.parametrize("role", SEATS)
def test_nothing_can_be_changed_from_a_seat(role: str) -> None:
    client = seen_as(role)
    before = records()
    routes = [each for each in all_routes() if each.name not in STILL_SENT]
    for route in routes:
        reply = client.post(route.path, {"text": "No.", "role": "executive"})
        assert reply.status_code == 403, route.name
        assert "Choose “Back to myself”" in reply.content.decode(), route.name
    assert records() == before
    refusals = AuditEntry.objects.filter(code="refused:seat").order_by("number")
    assert list(refusals.values_list("subject", flat=True)) == [route.name for route in routes]


def records() -> list[list[dict[str, object]]]:
    return [list(model.objects.values()) for model in (Account, Job, Load, Objection, Person)]


@pytest.mark.usefixtures("the_sample")
@pytest.mark.parametrize("who", [who for who in cast.ROLES if who != "eve"])
@pytest.mark.parametrize("role", [*SEATS, "operations", ""])
def test_nobody_but_a_leader_takes_a_seat(who: str, role: str) -> None:
    client = results_world.signed_in(who)
    status = client.post("/sample/see-as/", {"role": role}).status_code
    assert status in ((302, 404) if role in ("", "operations") else (403, 404))
    assert "seat" not in client.session
    assert "See it as" not in client.get("/settings/").content.decode()


@pytest.mark.parametrize("who", cast.ROLES)
@pytest.mark.parametrize("role", SEATS)
def test_with_real_data_there_are_no_seats(who: str, role: str) -> None:
    load(is_sample=False)
    client = results_world.signed_in(who)
    before = AuditEntry.objects.filter(code__startswith="refused:").count()
    assert client.post("/sample/see-as/", {"role": role}).status_code in (403, 404)
    assert AuditEntry.objects.filter(code__startswith="refused:").count() == before + 1
    assert "seat" not in client.session
    page = client.get("/settings/").content.decode()
    assert "See it as" not in page
    assert "sample" not in page.lower()


@pytest.mark.parametrize("role", SEATS)
def test_a_seat_ends_with_the_sample(role: str, the_sample: Load) -> None:
    client = seen_as(role)
    Load.objects.filter(pk=the_sample.pk).update(is_sample=False)
    page = client.get("/results/")
    assert page.status_code == 200
    assert "Seen as" not in page.content.decode()
    assert client.get("/data/").status_code == 200


def test_a_seat_ends_with_the_role_of_its_taker(the_sample: Load) -> None:
    assert the_sample.is_sample
    client = seen_as("seller")
    Account.objects.filter(name="Mona").update(is_executive=True)
    Account.objects.filter(name="Eve").update(is_executive=False, is_seller=True)
    assert "Seen as" not in client.get("/results/").content.decode()


def test_a_seat_is_asked_for_by_the_system_in_vain(the_sample: Load) -> None:
    assert the_sample.is_sample
    assert sample.seat(SYSTEM, person_id="sam", role=Role.SELLER) is None
