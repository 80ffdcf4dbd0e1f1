"""Everything about oneself to take away: nothing forgotten, nothing of others, no secret."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.apps import apps
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import access, accounts, commitments
from headway.actions.commitments import Wanted
from headway.queries import own_data
from headway.queries.sensitive import CODES
from headway.records import own
from headway.records.models import Account, Person, Scorecard
from headway.terms.line import Link
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

# Columns that say by their name whom a row is about, without pointing to the table of people.
NAMING = {"person", "leader", "head", "account_id"}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def taken(name: str) -> dict[str, object]:
    packed = own_data.archive(cast.viewer(name), at=cast.NOW)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {
            each: json.loads(file.read(each)) for each in file.namelist() if each.endswith(".json")
        }


def test_every_table_that_speaks_of_people_is_listed_once() -> None:
    speaking = {"Person", "Account"}
    for model in apps.get_app_config("records").get_models():
        for field in model._meta.concrete_fields:
            is_pointing = field.related_model in (Person, Account)
            if is_pointing or (not field.is_relation and field.name in NAMING):
                speaking.add(model.__name__)
    assert set(own.OWN) | set(own.NOT_OWN) == speaking
    assert not set(own.OWN) & set(own.NOT_OWN)


def test_no_secret_goes_out() -> None:
    for name, each in own.OWN.items():
        columns = {field.name for field in apps.get_model("records", name)._meta.concrete_fields}
        secret = {
            one
            for one in columns
            if any(w in one for w in ("hash", "secret", "password", "_sealed"))
        }
        assert secret <= set(each.without), name


def test_it_holds_what_is_ones_own_and_nothing_of_others() -> None:
    wanted = {"text": "Call them", "seen_by": "A list", "due_on": date(2026, 7, 14)}
    sealed = {"predicted_link": Link.TOLD, "predicted_share": 0.371}
    commitments.make(
        viewer=cast.viewer("max"),
        at=cast.NOW,
        wanted=Wanted(owner="max", to="mona", **wanted, **sealed),
    )
    mine, hers, theirs = taken("max"), taken("mona"), taken("sam")
    (promise,) = mine["Commitment.json"]
    assert (promise["text"], promise["predicted_share"]) == ("Call them", 0.371)
    # Whom it was promised to has it, without what is sealed in it.
    (promise,) = hers["Commitment.json"]
    assert (promise["text"], promise["predicted_share"]) == ("Call them", None)
    assert "Commitment.json" not in theirs
    assert [each["id"] for each in theirs["Person.json"]] == ["sam"]
    assert {each["owner_id"] for each in theirs["OpportunityRow.json"]} == {"sam"}


def test_whoever_asked_for_a_commitment_of_others_takes_nothing_of_it() -> None:
    wanted = {"text": "Call them", "seen_by": "A list", "due_on": date(2026, 7, 14)}
    commitments.make(
        viewer=cast.viewer("max"), at=cast.NOW, wanted=Wanted(owner="sam", to="sue", **wanted)
    )
    assert "Commitment.json" in taken("sue")
    assert "Commitment.json" not in taken("max")


def test_scores_stay_apart_until_both_are_in() -> None:
    card = Scorecard.objects.create(
        coach_id="max",
        person_id="sam",
        skill="Discovery",
        points=["Asks first"],
        made_on=cast.NOW.date(),
        own_scores=[2],
        own_on=cast.NOW.date(),
    )
    assert taken("sam")["Scorecard.json"][0]["own_scores"] == [2]
    assert taken("max")["Scorecard.json"][0]["own_scores"] is None
    card.coach_scores, card.coach_on = [4], cast.NOW.date()
    card.save()
    assert taken("sam")["Scorecard.json"][0]["coach_scores"] == [4]
    assert taken("max")["Scorecard.json"][0]["own_scores"] == [2]


def test_one_takes_it_from_ones_account() -> None:
    client = signed_in("sam")
    assert "Take it" in client.get("/settings/").content.decode()
    answer = client.get("/settings/own-data.zip")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        assert json.loads(file.read("about.json"))["rows"]["Person"] == 1


def test_every_sensitive_read_is_told_to_whom_it_is_about_or_is_about_nobody() -> None:
    assert set(own.READS) | set(own.NO_READS) == CODES
    assert not set(own.READS) & set(own.NO_READS)


def test_one_learns_who_looked_at_what_is_sensitive_about_oneself() -> None:
    signed_in("max").get("/settings/people/person/?person=sam")
    signed_in("sam").get("/settings/people/person/?person=sam")
    signed_in("max").get("/settings/people/person/?person=sue")
    seen = own_data.reads(cast.viewer("sam"), most=9)
    assert [(each.by, each.code) for each in seen] == [("Max", "read:people.person")]
    (read,) = taken("sam")["who_looked.json"]
    assert read["by"] == "Max"
    assert "Max" in signed_in("sam").get("/settings/").content.decode()
    assert "who_looked.json" not in taken("max")


def test_one_learns_who_could_log_in_as_oneself() -> None:
    of = {each: Account.objects.get(name=each).pk for each in ("Sam", "Sue", "Eve")}
    access.make_reset_link(viewer=cast.viewer("opal"), at=cast.NOW, account_id=of["Sam"])
    access.make_reset_link(viewer=cast.viewer("opal"), at=cast.NOW, account_id=of["Sue"])
    accounts.remove_second_factor(viewer=cast.viewer("eve"), at=cast.NOW, account_id=of["Sam"])
    access.make_reset_link(viewer=SYSTEM, at=cast.NOW, account_id=of["Eve"])
    assert [(each.by, each.code) for each in own_data.reads(cast.viewer("sam"), most=9)] == [
        ("Eve", "accounts.remove_second_factor"),
        ("Opal", "access.make_reset_link"),
    ]
    assert len(own_data.reads(cast.viewer("sue"), most=9)) == 1
    assert own_data.reads(cast.viewer("max"), most=9) == ()
    assert "Made a link for a new password" in settings_of("sam")
    assert "on the command line" in settings_of("eve")


def settings_of(name: str) -> str:
    return signed_in(name).get("/settings/").content.decode()
