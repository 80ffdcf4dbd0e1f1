"""Settings, People in the browser: read by managers, changed by who manages access."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in

from headway.records.models import (
    Account,
    AuditEntry,
    Job,
    Leave,
    Move,
    PeopleFile,
    PeopleStop,
    Person,
    ReportingLine,
)

pytestmark = pytest.mark.django_db

ONE = "/settings/people/person/?person="


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)


def page(client: Client, path: str, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, path
    return reply.content.decode()


def today() -> str:
    return timezone.localdate().isoformat()


def sent(client: Client, path: str, **said: object):
    about = {"person_id": "stan", "seen_version": 1}
    return client.post(f"/settings/people/{path}", {**about, **said})


def test_managers_read_their_people_and_change_nothing() -> None:
    mona = signed_in("mona")
    text = page(mona, "/settings/people/")
    assert ("Sam" in text, "Stan" in text) == (True, False)
    assert not any(word in text for word in ("Enter somebody", "Bring a list"))
    one = page(mona, f"{ONE}sam")
    assert "Reports to Max." in one
    assert "Move them" not in one
    page(mona, f"{ONE}stan", 404)
    for path in ("move/", "leave/", "describe/", "move/take-back/", "leave/end/"):
        assert sent(mona, path).status_code == 404, path
    assert Move.objects.count() == 0


def test_a_moved_seller_is_seen_by_the_new_line_on_the_next_request() -> None:
    results, olaf = "/results/?scope=person@stan", signed_in("olaf")
    mona = signed_in("mona")
    assert (olaf.get(results).status_code, mona.get(results).status_code) == (200, 404)
    said = {"role": "seller", "manager_id": "max", "team": "South", "from_on": today()}
    reply = sent(signed_in("opal"), "move/", **said)
    assert reply.headers["Location"] == f"{ONE}stan"
    assert (olaf.get(results).status_code, mona.get(results).status_code) == (404, 200)
    assert "Stan" in page(mona, "/settings/people/")
    assert "Stan" not in page(olaf, "/settings/people/")


def test_a_stale_form_a_circle_and_a_wrong_day_change_nothing() -> None:
    eve = signed_in("eve")
    said = {"role": "seller", "manager_id": "max", "from_on": today()}
    assert sent(eve, "move/", **said).status_code == 302
    assert sent(eve, "move/", **{**said, "manager_id": "mona"}).status_code == 409
    about = {"person_id": "mona", "seen_version": 1}
    reply = sent(eve, "move/", **{**said, **about})
    assert (reply.status_code, "Max reports to Mona" in reply.content.decode()) == (409, True)
    wrong = sent(eve, "move/", **{**said, **about, "from_on": "soon"})
    assert (wrong.status_code, "Enter a valid date" in wrong.content.decode()) == (422, True)
    assert Move.objects.count() == 1


def test_leave_is_entered_ended_and_taken_back() -> None:
    eve = signed_in("eve")
    assert sent(eve, "leave/", from_on=today()).status_code == 302
    assert "on leave" in page(eve, f"{ONE}stan")
    assert "on leave" in page(signed_in("olaf"), "/settings/people/")
    number = Leave.objects.get().pk
    ended = sent(eve, "leave/end/", seen_version=2, leave_id=number, to_on=today())
    assert (ended.status_code, Leave.objects.get().to_on) == (302, timezone.localdate())
    assert sent(eve, "leave/end/", seen_version=3, leave_id=number).status_code == 302
    assert "on leave" not in page(eve, f"{ONE}stan")


def test_leave_is_read_by_nobody_beside_and_each_reading_is_in_the_audit() -> None:
    sent(signed_in("eve"), "leave/", person_id="sam", from_on=today())
    for who, sees in (("sue", False), ("olaf", False), ("max", True)):
        client = signed_in(who)
        assert ("on leave" in page(client, "/settings/people/")) is sees
        page(client, f"{ONE}sam", 200 if sees else 404)
    # A form that is wrong is shown again on the page of the person, with their leave.
    wrong = sent(signed_in("eve"), "leave/", person_id="sam", from_on="soon")
    assert (wrong.status_code, "no last day yet" in wrong.content.decode()) == (422, True)
    stale = sent(signed_in("eve"), "leave/", person_id="sam", from_on=today())
    assert (stale.status_code, "on leave" in stale.content.decode()) == (409, False)
    names = dict(Account.objects.values_list("pk", "name"))
    reads = AuditEntry.objects.filter(code__startswith="read:").order_by("number")
    assert [(names[each.account_id], each.code, each.subject) for each in reads] == [
        ("Sue", "read:people.list", ""),
        ("Olaf", "read:people.list", ""),
        ("Max", "read:people.list", ""),
        ("Max", "read:people.person", "sam"),
        ("Eve", "read:people.person", "sam"),
    ]


def test_somebody_joins_and_leaves() -> None:
    eve = signed_in("eve")
    said = {"name": "Nina <b>", "role": "seller", "manager_id": "max", "joins_on": today()}
    reply = eve.post("/settings/people/new/", said)
    assert reply.status_code == 302
    nina = Person.objects.get(name="Nina <b>")
    assert "Nina &lt;b&gt;" in page(eve, reply.headers["Location"])
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    said = {"person_id": nina.id, "name": "Nina", "hired_on": today(), "left_on": tomorrow}
    assert sent(eve, "describe/", **said).status_code == 302
    assert Person.objects.get(id=nina.id).is_active is True


def test_a_list_is_brought_looked_at_and_applied() -> None:
    eve = signed_in("eve")
    text = eve.get("/settings/people/lists/people.csv").getvalue().decode()
    assert text.splitlines()[0].startswith("person_id,name,email")
    file = SimpleUploadedFile("p.csv", text.replace(",olaf,", ",max,").encode())
    said = {"file": file, "from_on": today()}
    reply = eve.post("/settings/people/lists/", said)
    preview = reply.headers["Location"]
    assert "reports to Max" in page(eve, preview)
    page(signed_in("mona"), preview, 404)
    digest = page(eve, preview).split('name="seen_digest" value="')[1].split('"')[0]
    assert eve.post(preview, {"seen_digest": digest}).status_code == 302
    assert ReportingLine.objects.get(person_id="stan", valid_to=None).manager_id == "max"


def test_a_list_that_lets_too_many_leave_is_applied_only_when_confirmed() -> None:
    eve = signed_in("eve")
    file = SimpleUploadedFile("p.csv", b"person_id\neve\nmona\nsam\n")
    said = {"file": file, "from_on": today(), "is_whole": "on"}
    preview = eve.post("/settings/people/lists/", said).headers["Location"]
    text = page(eve, preview)
    assert "This stops" in text
    digest = text.split('name="seen_digest" value="')[1].split('"')[0]
    assert eve.post(preview, {"seen_digest": digest}).status_code == 422
    assert Person.objects.filter(is_active=True).count() == 7
    said = {"seen_digest": digest, "is_confirmed": "on"}
    assert eve.post(preview, said).status_code == 302
    assert Person.objects.filter(is_active=True).count() == 3


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"name\nSam\n"])
def test_a_file_that_is_no_list_is_refused_in_place(content: bytes) -> None:
    said = {"file": SimpleUploadedFile("p.csv", content), "from_on": today()}
    reply = signed_in("eve").post("/settings/people/lists/", said)
    assert (reply.status_code, PeopleFile.objects.count()) == (422, 0)


def test_a_stopped_load_names_who_would_leave_and_waits_for_an_answer() -> None:
    brake = {"active_count": 7, "leaving": ["sam", "sue", "stan"], "swapped": [["max", "m2"]]}
    stop = PeopleStop.objects.create(facts_id="f", brake=brake, found_at=cast.NOW)
    eve = signed_in("eve")
    text = page(eve, "/settings/people/")
    assert "Sam, Stan, Sue" in text
    assert "Max (max as m2)" in text
    assert "A load waits" not in page(signed_in("mona"), "/settings/people/")
    path = f"/settings/people/stops/{stop.pk}/confirm/"
    assert signed_in("mona").post(path).status_code == 404
    assert eve.post(path).status_code == 302
    assert Job.objects.get().kind == "publish"
    assert "A load waits" not in page(eve, "/settings/people/")
