"""Role x record x verb x channel, against the oracle. One case is one yes or no."""

import itertools

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web import oracle, results_world
from tests.interfaces.web.oracle import GROUPS, SCOPES, WHO

from headway.actions import objections
from headway.actions.action import NotAllowedError
from headway.actions.jobs import ask_answer
from headway.queries import people
from headway.queries.results import published
from headway.records import scopes
from headway.records.models import (
    Account,
    Job,
    Load,
    OpportunityRow,
    Source,
)
from headway.terms.answer import Kpi
from headway.terms.scope import Scope, parse
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)


def test_each_opportunity_is_listed_for_those_who_may_see_its_owner() -> None:
    OpportunityRow.objects.bulk_create(
        cast.opportunity(owner=owner, number=number)
        for owner in (*cast.LINES, None)
        for number in range(1, 150)
    )
    cases = 0
    for who in WHO:
        seen = set(scopes.visible_opportunities(cast.viewer(who)).values_list("id", flat=True))
        for row in OpportunityRow.objects.all():
            cases += 1
            assert (row.id in seen) == oracle.sees_person(who, row.owner_id), (who, row.id)
    # 8 people x (7 owners + nobody) x 150.
    assert cases == 9_600


@pytest.mark.parametrize("who", WHO)
def test_each_scope_is_answered_for_those_who_may_see_it(who: str) -> None:
    viewer = cast.viewer(who)
    for code in SCOPES:
        expected = oracle.sees_scope(who, code)
        assert scopes.may_see_scope(viewer, parse(code)) == expected, (who, code)
        found = set(scopes.in_scope(viewer, parse(code)).values_list("owner_id", flat=True))
        assert all(oracle.sees_person(who, owner) for owner in found), (who, code)


@pytest.mark.parametrize("who", WHO)
def test_reading_objecting_and_asking_follow_the_same_rule(who: str) -> None:
    viewer, at = cast.viewer(who), timezone.now()
    for code, verb in itertools.product(GROUPS, ("read", "object", "ask")):
        is_refused = _is_refused(verb, viewer, code, at)
        assert is_refused != oracle.sees_scope(who, code), (who, code, verb)


def _is_refused(verb, viewer, code, at) -> bool:
    try:
        _done(verb, viewer, code, at)
    except (NotAllowedError, published.NotSeenError):
        return True
    return False


def _done(verb, viewer, code, at) -> None:
    if verb == "read":
        published.answer_of(viewer, asked=published.Asked(scope=code, kpi=Kpi.CYCLE_DAYS))
    elif verb == "object":
        objections.object_to(viewer=viewer, at=at, scope=code, finding="f", text="No.")
    else:
        ask_answer(
            viewer=viewer, at=at, scope=parse(code), kpi=Kpi.CYCLE_DAYS, comparison="default"
        )


@pytest.mark.parametrize("who", WHO)
def test_only_scopes_one_may_see_are_offered(who: str) -> None:
    offered = [each.code for each in people.offered_scopes(cast.viewer(who))]
    assert all(oracle.sees_scope(who, code) for code in offered)


@pytest.mark.parametrize("who", WHO)
def test_what_is_no_scope_gives_404(who: str, client: Client) -> None:
    client.force_login(Account.objects.get(email=f"{who}@example.com"))
    # The scopes there are: with every page about results, in test_access_matrix_pages.py.
    for code in ("seller@", "nonsense", "organisation,region"):
        for page in ("", "opportunities/", "evidence/stat-bookings/", "brief/"):
            reply = client.get(f"/results/{page}", {"scope": code})
            assert reply.status_code == 404, (who, page, code)


@pytest.mark.parametrize("who", [who for who in WHO if who not in ("eve", "opal")])
def test_guessing_an_account_gives_404(who: str, client: Client) -> None:
    client.force_login(Account.objects.get(email=f"{who}@example.com"))
    for account in Account.objects.all():
        assert client.get(f"/settings/access/{account.pk}/").status_code == 404


def test_the_command_line_on_its_own_data_sees_everything() -> None:
    for code in SCOPES:
        assert scopes.may_see_scope(SYSTEM, parse(code))
    assert set(scopes.visible_people(SYSTEM).values_list("id", flat=True)) == set(cast.LINES)
    assert scopes.in_scope(SYSTEM, Scope()).count() == len(cast.LINES) + 1


@pytest.mark.parametrize("who", WHO)
def test_work_of_others_and_what_was_refused_of_loads_is_not_there(who: str) -> None:
    roles = cast.ROLES[who]
    sees_data = bool(roles & {Role.EXECUTIVE, Role.OPERATIONS})
    sees_results = bool(roles - {Role.OPERATIONS})
    jobs_of = {name: _job(name) for name in WHO}
    load = Load.objects.create(
        source=Source.objects.create(name="s", added_at=cast.NOW),
        state="kept",
        upload="u",
        asked_at=cast.NOW,
        finished_at=cast.NOW,
    )
    client = results_world.signed_in(who)
    for name, job in jobs_of.items():
        status = client.get(f"/results/job/{job.pk}/").status_code
        assert (status == 200) is (sees_results and (name == who or sees_data)), (who, name)
    for page in ("", "progress/", "columns/", "refused.csv", "undo/", "discard/"):
        for reply in (
            client.get(f"/data/loads/{load.pk}/{page}"),
            client.post(f"/data/loads/{load.pk}/{page}"),
        ):
            assert (reply.status_code == 404) is not sees_data, (who, page)
    assert Load.objects.filter(pk=load.pk, state="kept", undone_at=None).exists()


def _job(name: str) -> Job:
    return Job.objects.create(
        kind="answer",
        identity=name,
        wanted={"scope": f"person@{name}"},
        state="failed",
        problem="It broke off.",
        asked_by=Account.objects.get(email=f"{name}@example.com"),
        asked_at=cast.NOW,
        finished_at=cast.NOW,
    )
