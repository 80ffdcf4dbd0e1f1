"""Queries that ask for a right themselves, though a door stands before each page of theirs."""

import pytest
from django.test import Client
from tests import cast

from headway.queries import access, audit, jobs, people
from headway.queries.access import NotSeenError

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


def test_a_fragment_is_never_replaced_by_the_log_in_page() -> None:
    reply = Client().get("/results/", headers={"HX-Request": "true"})
    assert (reply.status_code, reply.headers["HX-Redirect"], reply.content) == (204, "/", b"")
