"""Queries that ask for a right themselves, though a door stands before each page of theirs."""

from pathlib import Path

import pytest
from django.test import Client
from tests import cast

from headway.actions import sources
from headway.queries import access, audit, data, jobs, people, rejections, sample
from headway.queries.access import NotSeenError
from headway.records.models import Account, Load, Organisation, Source
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

NOT_TRUSTED = ("mona", "max", "sam")


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.mark.parametrize("who", NOT_TRUSTED)
def test_who_does_not_manage_access_learns_nothing_of_accounts(who: str) -> None:
    viewer = cast.viewer(who)
    assert people.tieable(viewer) == ()
    for email in ("eve@example.com", "nobody@example.com"):
        with pytest.raises(NotSeenError):
            access.account_id_of(viewer, email=email)


@pytest.mark.parametrize("who", NOT_TRUSTED)
def test_who_does_not_see_the_audit_is_not_told_whether_it_is_whole(who: str) -> None:
    with pytest.raises(NotSeenError):
        audit.wholeness(cast.viewer(who))


def test_a_job_that_is_not_there_reads_like_somebody_elses() -> None:
    with pytest.raises(NotSeenError):
        jobs.progress(cast.viewer("sam"), job_id=1)


@pytest.mark.parametrize("who", NOT_TRUSTED)
def test_who_does_not_see_data_learns_nothing_of_a_load(who: str) -> None:
    viewer = cast.viewer(who)
    load_id = sources.register(viewer=SYSTEM, at=cast.NOW, source="s", upload="u").load_id
    assert jobs.of_load(viewer, load_id=load_id) is None
    assert (data.currency(viewer), data.last_kept(viewer)) == ("", None)
    assert data.organisation_answers(viewer) == {}
    for query in (data.mapping_of, data.snapshot_of):
        with pytest.raises(NotSeenError):
            query(viewer, load_id=load_id)


def test_before_an_organisation_is_known_there_is_nothing_to_answer_with() -> None:
    Organisation.objects.all().delete()
    assert data.organisation_answers(SYSTEM) == {}
    assert data.currency(SYSTEM) == ""


def test_a_seat_is_that_of_somebody_who_is_there() -> None:
    source = Source.objects.create(name="sample", added_at=cast.NOW)
    Load.objects.create(source=source, upload="u", asked_at=cast.NOW, is_sample=True)
    eve = cast.viewer("eve")
    assert sample.seat(eve, person_id="gone", role=Role.SELLER) is None
    taken = sample.seat(eve, person_id="sam", role=Role.SELLER)
    assert taken is not None
    assert (taken.eyes.person_id, taken.eyes.roles) == ("sam", frozenset({Role.SELLER}))
    assert sample.seat(cast.viewer("mona"), person_id="sam", role=Role.SELLER) is None


def test_an_account_is_found_by_its_mail_address() -> None:
    found = access.account_id_of(cast.viewer("eve"), email=" SAM@example.com ")
    assert found == Account.objects.get(name="Sam").pk


def test_the_first_rejections_say_that_there_are_more(tmp_path: Path) -> None:
    path = tmp_path / "rejections.csv"
    rows = "".join(f"a.csv,{line},amount,x,no number\n" for line in (2, 3, 4))
    path.write_text("file,line,field,value,reason\n" + rows, encoding="utf-8")
    source = Source.objects.create(name="s", added_at=cast.NOW)
    load = Load.objects.create(
        source=source, upload="u", asked_at=cast.NOW, rejections=str(path), state="kept"
    )
    some = rejections.first(SYSTEM, load_id=load.pk, limit=2)
    assert ([each.line for each in some.shown], some.has_more) == (["2", "3"], True)
    whole = rejections.first(SYSTEM, load_id=load.pk, limit=3)
    assert ([each.line for each in whole.shown], whole.has_more) == (["2", "3", "4"], False)


def test_a_fragment_is_never_replaced_by_the_log_in_page() -> None:
    reply = Client().get("/results/", headers={"HX-Request": "true"})
    assert (reply.status_code, reply.headers["HX-Redirect"], reply.content) == (204, "/", b"")
