"""Every page about results, for everybody and every scope, against the oracle."""

import itertools
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests import cast
from tests.interfaces.web import oracle, results_world
from tests.interfaces.web.oracle import GROUPS, SCOPES, WHO

from headway.queries.results import opportunities, published
from headway.records.models import Account, Objection, OpportunityRow, PublishedAnswer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)


PAGES = (
    ("", False),
    ("opportunities/", False),
    ("opportunities/?figure=place-1-1&side=before", False),
    ("evidence/stat-bookings/", False),
    ("evidence/place-1-1/", True),
    ("ladder/", True),
    ("objection/", False),
    ("brief/", False),
)


@pytest.mark.parametrize("who", WHO)
def test_every_page_about_results_shows_what_the_oracle_allows_and_no_more(who: str) -> None:
    results_world.more(12)
    owners = dict(OpportunityRow.objects.values_list("name", "owner_id"))
    _object_everywhere()
    client = results_world.signed_in(who)
    for code, (page, as_fragment) in itertools.product(GROUPS, PAGES):
        reply = _asked(client, page, code, as_fragment=as_fragment)
        assert (reply.status_code == 404) is not oracle.sees_scope(who, code), (who, page, code)
        text = reply.content.decode()
        shown = [name for name in owners if f">{name}<" in text]
        assert all(oracle.sees_person(who, owners[name]) for name in shown), (who, page, code)
        said = [each for each in GROUPS if f"View on {each}." in text]
        assert all(oracle.sees_scope(who, each) for each in said), (who, page, code)


@pytest.mark.parametrize("who", WHO)
def test_the_list_behind_a_figure_holds_what_the_oracle_allows_and_no_more(who: str) -> None:
    results_world.more(12)
    viewer = cast.viewer(who)
    owners = dict(OpportunityRow.objects.values_list("id", "owner_id"))
    _publish_everywhere()
    for code in SCOPES:
        rows = _listed(viewer, code)
        assert all(oracle.sees_person(who, owners[row]) for row in rows), (who, code)
        assert not rows or oracle.sees_scope(who, code), (who, code)


def _publish_everywhere() -> None:
    """Nothing is published of most slices: the answer of the organisation stands in."""
    given = PublishedAnswer.objects.get(scope="organisation")
    known = set(PublishedAnswer.objects.values_list("scope", flat=True))
    PublishedAnswer.objects.bulk_create(
        PublishedAnswer(
            publication=given.publication,
            scope=code,
            kpi=given.kpi,
            comparison=given.comparison,
            answer=given.answer,
        )
        for code in SCOPES
        if code not in known
    )


def _listed(viewer, code: str) -> list[str]:
    asked = published.Asked(scope=code)
    try:
        found = opportunities.opportunities(viewer, asked=asked, figure="", side="now", number=1)
    except published.NotSeenError:
        return []
    return [row.opportunity_id for row in found.rows]


def _asked(client: Client, page: str, code: str, *, as_fragment: bool):
    path, _, query = page.partition("?")
    headers = {"HX-Request": "true"} if as_fragment else {}
    scope = urlencode({"scope": code})
    return client.get(f"/results/{path}?{scope}&{query}", headers=headers)


def _object_everywhere() -> None:
    eve = Account.objects.get(name="Eve")
    Objection.objects.bulk_create(
        Objection(
            finding=published.finding_id(published.Asked(scope=code)),
            scope=code,
            by=eve,
            text=f"View on {code}.",
            made_at=cast.NOW,
        )
        for code in GROUPS
    )
