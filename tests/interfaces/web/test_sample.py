"""The first page, the sample, and leaving it, as a browser meets them."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web import data_world, results_world

from headway.actions import access
from headway.cycle import sample
from headway.records.models import (
    Account,
    AuditEntry,
    Job,
    Load,
    OpportunityRow,
    Person,
    Publication,
    ReportingLine,
    Source,
)

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> None:
    settings.HEADWAY_DATA = tmp_path


@pytest.fixture
def ada() -> Client:
    """The first leader of a fresh installation."""
    client = Client()
    said = {"organisation": "Nordwind", "name": "Ada", "email": "ada@example.com"}
    assert client.post("/access/set-up/", {**said, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def opal() -> Client:
    """Operations, without a person of the data."""
    access.found_organisation(
        viewer=None,
        at=timezone.now(),
        organisation="Nordwind",
        name="Ada",
        email="ada@example.com",
        password=PASSWORD,
    )
    cast.account("opal")
    return results_world.signed_in("opal")


def text(answer) -> str:
    return answer.content.decode()


def found_sample() -> Load:
    """The sample as it stands once it is loaded: the cast, published."""
    results_world.enter(decided=30)
    return Load.objects.create(
        source=Source.objects.create(name="Calder Works", added_at=cast.NOW),
        upload=str(sample.folder()),
        state="kept",
        asked_at=cast.NOW,
        finished_at=cast.NOW,
        is_sample=True,
    )


def test_the_first_page_offers_both_ways_with_equal_weight(ada: Client) -> None:
    page = text(ada.get("/", follow=True))
    assert "Two ways to begin" in page
    assert '<form method="post" action="/sample/">' in page
    assert '<button class="btn pri">Look around</button>' in page
    assert '<a class="btn pri" href="/data/">Bring a file</a>' in page


def test_operations_begin_with_the_same_two_ways(opal: Client) -> None:
    assert opal.get("/").headers["Location"] == "/results/begin/"
    assert "Look around" in text(opal.get("/results/begin/"))
    Load.objects.create(
        source=Source.objects.create(name="s", added_at=cast.NOW), upload="u", asked_at=cast.NOW
    )
    assert opal.get("/").headers["Location"] == "/data/"


@pytest.mark.parametrize("who", ["mona", "sam"])
def test_managers_and_sellers_are_told_whom_to_ask(who: str) -> None:
    cast.enter()
    client = results_world.signed_in(who)
    page = text(client.get("/results/begin/"))
    assert "Ask operations or a leader" in page
    assert "Look around" not in page
    assert client.post("/sample/").status_code == 404
    assert client.get("/sample/leave/").status_code == 404
    assert client.post("/sample/leave/").status_code == 404
    assert not Load.objects.exists()


def test_the_button_queues_the_work_once_however_often_it_is_pressed(ada: Client) -> None:
    answers = [ada.post("/sample/", {"form_key": "k"}) for _ in range(3)]
    answers.append(ada.post("/sample/"))
    load = Load.objects.get()
    assert (load.is_sample, load.upload) == (True, str(sample.folder()))
    progress = f"/data/loads/{load.pk}/progress/"
    assert [answer.headers["Location"] for answer in answers] == [progress] * 4
    assert list(Job.objects.values_list("kind", "wanted")) == [("load", {"load_id": load.pk})]
    page = text(ada.get(progress))
    assert "Calder Works is being read" in page
    assert "Sample organisation" in page
    # Nothing is there to look at with other eyes yet.
    assert "See it as" not in page
    assert "Step 3 of 4" not in page


def test_a_form_of_another_site_loads_nothing() -> None:
    cast.enter()
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(name="Eve"))
    for path in ("/sample/", "/sample/leave/", "/sample/see-as/"):
        assert client.post(path).status_code == 403
    assert not Load.objects.exists()


def test_files_of_ones_own_keep_the_sample_out(ada: Client) -> None:
    data_world.bring(ada, data_world.deals())
    page = text(ada.get("/results/begin/"))
    assert "the sample never mixes with them" in page
    assert "/sample/" not in page
    refused = ada.post("/sample/")
    assert refused.status_code == 422
    assert "Look at the sample in a folder of its own: headway demo" in text(refused)
    assert not Load.objects.filter(is_sample=True).exists()


def test_the_sample_keeps_files_of_ones_own_out_and_leads_away(settings) -> None:
    found_sample()
    eve = results_world.signed_in("eve")
    page = text(eve.get("/data/"))
    assert "You are looking at the sample, which never mixes with your own data." in page
    assert 'type="file"' not in page
    refused = data_world.bring(eve, data_world.deals())
    assert refused.status_code == 422
    assert "Leave the sample first" in text(refused)
    assert Load.objects.count() == 1
    assert list((settings.HEADWAY_DATA / "uploads").iterdir()) == []


def test_the_load_of_the_sample_is_left_and_not_taken_back() -> None:
    load = found_sample()
    eve = results_world.signed_in("eve")
    assert "Take this load back" not in text(eve.get(f"/data/loads/{load.pk}/"))
    assert eve.post(f"/data/loads/{load.pk}/undo/").status_code == 409
    assert eve.post(f"/data/loads/{load.pk}/discard/").status_code == 409
    assert Load.objects.get().state == "kept"


def test_everybody_is_told_that_it_is_the_sample() -> None:
    found_sample()
    for who in ("eve", "mona", "sam", "opal"):
        page = text(results_world.signed_in(who).get("/settings/"))
        assert "Sample organisation" in page
        assert ("See it as" in page) is (who == "eve")
        assert ("<strong>You are Eve</strong>" in page) is (who == "eve")
        assert ("Leave the sample" in page) is (who in ("eve", "opal"))


def test_a_leader_looks_as_a_seller_and_goes_back_to_themselves() -> None:
    found_sample()
    eve = results_world.signed_in("eve")
    assert "See it as" in text(eve.get("/results/"))
    answer = eve.post("/sample/see-as/", {"role": "seller"})
    assert answer.headers["Location"] == "/"
    page = text(eve.get("/results/?scope=person@sam"))
    assert "<strong>Seen as Sam, seller</strong>" in page
    assert 'value="seller" aria-pressed="true"' in page
    # Their own name stays beside the way out; Data and leaving are not the seller's.
    assert "<b>Eve</b>executive" in page
    assert 'href="/data/"' not in page
    assert "Leave the sample" not in page
    assert eve.get("/results/?scope=organisation").status_code == 404
    eve.post("/sample/see-as/", {"role": "manager"})
    assert "Seen as Max, manager" in text(eve.get("/results/"))
    eve.post("/sample/see-as/", {"role": ""})
    page = text(eve.get("/results/?scope=organisation"))
    assert "Seen as" not in page
    assert 'href="/data/"' in page
    entries = AuditEntry.objects.filter(code__startswith="sample.").order_by("number")
    assert list(entries.values_list("code", "subject")) == [
        ("sample.see_as", "person:sam"),
        ("sample.see_as", "person:max"),
        ("sample.see_as_oneself", "oneself"),
    ]


def test_what_is_read_from_a_seat_is_logged_as_read_by_its_taker() -> None:
    found_sample()
    eve = results_world.signed_in("eve")
    eve.post("/sample/see-as/", {"role": "executive"})
    assert eve.get(f"/settings/access/{cast.viewer('sam').account_id}/").status_code == 200
    entry = AuditEntry.objects.get(code="read:access.sight")
    assert entry.account_id == cast.viewer("eve").account_id


def test_work_asked_for_from_a_seat_is_the_takers_and_about_the_seat() -> None:
    found_sample()
    eve = results_world.signed_in("eve")
    eve.post("/sample/see-as/", {"role": "seller"})
    days = "2026-01-01..2026-04-01~2025-01-01..2025-04-01"
    answer = eve.get("/results/", {"scope": "person@sam", "compare": days})
    assert answer.headers["Location"].startswith("/results/job/")
    job = Job.objects.get()
    assert (job.asked_by_id, job.wanted["scope"]) == (cast.viewer("eve").account_id, "person@sam")


def test_a_role_nobody_is_in_is_refused_in_a_sentence() -> None:
    found_sample()
    ReportingLine.objects.all().delete()
    refused = results_world.signed_in("eve").post("/sample/see-as/", {"role": "manager"})
    assert refused.status_code == 422
    assert "The sample has no manager to see it as." in text(refused)


def test_leaving_is_asked_done_and_said() -> None:
    found_sample()
    # Nobody can have an account as a person of the sample: the cast has, so they are untied here.
    Account.objects.update(person=None, is_executive=True, is_manager=False, is_seller=False)
    eve = results_world.signed_in("eve")
    assert "Accounts and settings stay." in text(eve.get("/sample/leave/"))
    assert Person.objects.exists()
    answer = eve.post("/sample/leave/", {"form_key": "k"})
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/sample/leave/{job.pk}/"
    assert "The sample is being removed" in text(eve.get(answer.headers["Location"]))
    data_world.work()
    fragment = eve.get(answer.headers["Location"], headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, "/results/begin/")
    page = text(eve.get("/results/begin/"))
    assert "You have left the sample. Nothing of it remains." in page
    assert "Sample organisation" not in page
    assert "Look around" in page
    for model in (Load, OpportunityRow, Person, Publication):
        assert not model.objects.exists()
    # The same form sent again leads to the same place; another has nothing to leave.
    again = eve.post("/sample/leave/", {"form_key": "k"})
    assert again.headers["Location"] == answer.headers["Location"]
    assert eve.post("/sample/leave/").status_code == 422
    assert eve.get("/sample/leave/").headers["Location"] == "/"


def test_leaving_that_failed_can_be_tried_again() -> None:
    found_sample()
    job = Job.objects.create(
        kind="leave",
        identity="i",
        state="failed",
        problem="It broke off.",
        asked_by=Account.objects.get(name="Eve"),
        asked_at=cast.NOW,
        finished_at=cast.NOW,
    )
    page = text(results_world.signed_in("eve").get(f"/sample/leave/{job.pk}/"))
    assert "It broke off." in page
    assert 'href="/sample/leave/">Try again' in page


def test_people_of_the_sample_are_offered_to_nobody_invited() -> None:
    found_sample()
    Person.objects.create(id="free", name="Free Person")
    ReportingLine.objects.create(person_id="free", role="seller", valid_from=date(2026, 1, 1))
    page = text(results_world.signed_in("eve").get("/settings/access/"))
    assert "Free Person" not in page
