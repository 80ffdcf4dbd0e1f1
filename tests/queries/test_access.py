"""What queries tell whom; how many statements they cost."""

import importlib
import inspect
import pkgutil
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast

from headway import queries
from headway.actions import access as getting_in
from headway.actions import findings, jobs, sources
from headway.actions.action import NotAllowedError
from headway.queries import access, audit, data, people
from headway.queries import jobs as job_queries
from headway.queries.access import NotSeenError
from headway.queries.sensitive import CODES, noted
from headway.records.models import Account, AuditEntry, Job, OpportunityRow, Source
from headway.terms.answer import Kpi, Mark
from headway.terms.scope import Scope
from headway.terms.strategy import NOTHING
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

# `viewer_of` makes the viewer; the others word what a query has given.
NO_QUERIES = {"viewer_of", "sensitive", "noted"}
# Rooms whose modules are queries too, but for those that word what others have read.
ROOMS, TOP = ("coaching", "today"), 2
WORDING = {f"headway.queries.coaching.{name}" for name in ("effects", "staying", "wording")}
MODULES = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(queries.__path__, "headway.queries.")
    if not module.ispkg
    and module.name not in WORDING
    and (module.name.count(".") == TOP or module.name.split(".")[TOP] in ROOMS)
]
QUERIES = [
    found
    for module in MODULES
    for name, found in inspect.getmembers(module, inspect.isfunction)
    if found.__module__ == module.__name__ and not name.startswith("_") and name not in NO_QUERIES
]


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_every_query_takes_the_viewer_first_and_the_rest_by_name(query) -> None:
    first, *rest = inspect.signature(query).parameters.values()
    assert first.name == "viewer"
    assert {parameter.kind for parameter in rest} <= {inspect.Parameter.KEYWORD_ONLY}


def test_there_are_queries_to_check() -> None:
    assert len(QUERIES) > 15


def opened(name: str) -> int:
    return Account.objects.get(name=name).pk


@pytest.mark.parametrize("name", ["mona", "max", "sam"])
def test_those_who_do_not_manage_access_learn_nothing_of_it(name: str) -> None:
    viewer = cast.viewer(name)
    getting_in.invite(
        viewer=SYSTEM,
        at=cast.NOW,
        email="n@example.com",
        name="N",
        roles=frozenset({Role.OPERATIONS}),
        person_id=None,
    )
    assert access.accounts(viewer) == ()
    assert access.open_links(viewer, at=cast.NOW) == ()
    for query in (access.account, access.sight):
        with noted(), pytest.raises(NotSeenError):
            query(viewer, account_id=opened("Eve"))
    with pytest.raises(NotSeenError):
        access.account_id_of(viewer, email="eve@example.com")


def test_operations_see_links_until_they_end() -> None:
    getting_in.make_reset_link(viewer=SYSTEM, at=cast.NOW, account_id=opened("Sam"))
    opal = cast.viewer("opal")
    found = access.open_links(opal, at=cast.NOW)
    assert [(link.purpose, link.name, link.made_by) for link in found] == [("reset", "Sam", "")]
    assert access.open_links(opal, at=cast.NOW + timedelta(days=2)) == ()


def test_one_sees_ones_own_account_only() -> None:
    assert access.own(cast.viewer("sam"), at=cast.NOW).name == "Sam"
    with pytest.raises(NotSeenError):
        access.own(SYSTEM, at=cast.NOW)


SIGHTS = {
    "Eve": (True, (), 8, True, True),
    "Mona": (False, ("Max", "Mona", "Sam", "Sue"), 4, False, False),
    "Sam": (False, ("Sam",), 1, False, False),
    "Opal": (False, (), 0, True, True),
}


@pytest.mark.parametrize(("name", "expected"), SIGHTS.items())
def test_what_somebody_can_see_is_said(name: str, expected) -> None:
    with noted() as reads:
        seen = access.sight(cast.viewer("eve"), account_id=opened(name))
    assert reads == [("access.sight", str(opened(name)))]
    assert expected == (
        seen.is_everybody,
        seen.people,
        seen.opportunity_count,
        seen.sees_data,
        seen.sees_access,
    )


def test_a_sensitive_query_does_not_answer_where_nobody_logs() -> None:
    with pytest.raises(RuntimeError, match="nobody logs reads"):
        audit.entries(cast.viewer("eve"), before=None)
    assert {
        *("access.sight", "audit.entries", "people.list", "people.person", "pulse.words"),
    } == CODES


def test_the_audit_is_for_executives_and_operations() -> None:
    sources.register(viewer=cast.viewer("opal"), at=cast.NOW, source="s", upload="u")
    with noted():
        shown = {name: audit.entries(cast.viewer(name), before=None) for name in cast.ROLES}
    assert {name for name, entries in shown.items() if entries} == {"eve", "opal"}
    entry = shown["eve"][0]
    assert (entry.number, entry.by, entry.code) == (1, "Opal", "sources.register")
    with noted():
        assert audit.entries(cast.viewer("eve"), before=1) == ()


@pytest.mark.parametrize("name", ["mona", "sam"])
def test_those_who_do_not_see_data_learn_nothing_of_it(name: str) -> None:
    load = sources.register(viewer=SYSTEM, at=cast.NOW, source="s", upload="u")
    mapping = sources.propose_mapping(
        viewer=SYSTEM, at=cast.NOW, source="s", columns_hash="h", proposal={"a": 1}
    )
    viewer = cast.viewer(name)
    assert data.sources(viewer) == data.loads(viewer, limit=5) == data.checks(viewer) == ()
    for query, which in (
        (data.load, {"load_id": load.load_id}),
        (data.upload_of, {"load_id": load.load_id}),
        (data.mapping, {"mapping_id": mapping.mapping_id}),
    ):
        with pytest.raises(NotSeenError):
            query(viewer, **which)
    assert data.mapping(cast.viewer("opal"), mapping_id=mapping.mapping_id).proposal == {"a": 1}


def kept(source: str) -> int:
    load = sources.register(viewer=SYSTEM, at=cast.NOW, source=source, upload="u")
    sources.kept(
        viewer=SYSTEM,
        at=cast.NOW,
        load_id=load.load_id,
        content_hash="h",
        snapshot_id=f"snapshot-{load.load_id}",
        rejections="r.csv",
        shape="maven",
        files=({"file": "a.csv", "rows_in": 10, "kept": 9, "rejected": 1},),
    )
    return load.load_id


def test_a_load_says_what_became_of_every_row() -> None:
    seen = data.load(cast.viewer("opal"), load_id=kept("crm"))
    assert (seen.state, seen.rows_in, seen.kept, seen.rejected) == ("kept", 10, 9, 1)
    assert (seen.rejections, seen.is_undoable) == ("r.csv", True)


def test_only_the_last_load_can_be_taken_back() -> None:
    first, second = kept("crm"), kept("crm")
    opal = cast.viewer("opal")
    assert [data.load(opal, load_id=each).is_undoable for each in (first, second)] == [False, True]
    for undone in (second, first):
        assert data.last_kept(opal) == undone
        sources.undone(viewer=opal, at=cast.NOW, load_id=undone)
    assert data.last_kept(opal) is None


def test_a_refused_load_keeps_its_sentence_and_is_no_source() -> None:
    load = sources.register(viewer=SYSTEM, at=cast.NOW, source="crm", upload="u", shape="maven")
    sources.refused(viewer=SYSTEM, at=cast.NOW, load_id=load.load_id, sentence="No dates.")
    opal = cast.viewer("opal")
    (seen,) = data.loads(opal, limit=5)
    assert (seen.state, seen.refusal) == ("refused", "No dates.")
    assert data.sources(opal) == ()


def test_checks_are_those_of_the_current_publication() -> None:
    mark = Mark(code="close_before_created", table="seen/opportunity", row_count=3, share=0.1)
    for marks in ((mark, mark), (mark,)):
        findings.publish(
            viewer=SYSTEM,
            at=cast.NOW,
            facts_id="f",
            policy_version="1",
            as_of=cast.NOW.date(),
            data_from=cast.NOW.date(),
            answers=(),
            strategy=NOTHING,
            marks=marks[:1],
        )
    assert data.checks(cast.viewer("opal")) == (mark,)
    assert data.current_publication(cast.viewer("sam")).facts_id == "f"


def asked_by_max() -> jobs.Asked:
    return jobs.ask_answer(
        viewer=cast.viewer("max"),
        at=cast.NOW,
        scope=Scope(people_of="max"),
        kpi=Kpi.BOOKINGS,
        comparison="default",
    )


def test_a_job_is_seen_by_whoever_asked_and_by_those_who_see_data() -> None:
    asked = asked_by_max()
    seen = set()
    for name in cast.ROLES:
        try:
            job_queries.progress(cast.viewer(name), job_id=asked.job_id)
        except NotSeenError:
            continue
        seen.add(name)
    assert seen == {"max", "eve", "opal"}
    assert job_queries.under_way(cast.viewer("sam")) == ()
    assert len(job_queries.under_way(cast.viewer("opal"))) == 1
    with pytest.raises(NotSeenError):
        job_queries.progress(cast.viewer("eve"), job_id=0)


def test_scopes_are_offered_widest_first() -> None:
    offered = {name: people.offered_scopes(cast.viewer(name)) for name in ("eve", "max", "opal")}
    codes = {name: [each.code for each in found] for name, found in offered.items()}
    assert codes == {
        "eve": [
            "organisation",
            "seller@eve",
            "seller@max",
            "seller@mona",
            "seller@olaf",
            "person@eve",
        ],
        "max": ["seller@max", "person@max"],
        "opal": [],
    }


def test_people_come_with_team_and_manager() -> None:
    found = people.visible(cast.viewer("max"))
    assert [(each.name, each.manager) for each in found] == [
        ("Max", "Mona"),
        ("Sam", "Max"),
        ("Sue", "Max"),
    ]


def statements(query) -> int:
    with (
        CaptureQueriesContext(
            connection,
        ) as seen,
        noted(),
    ):
        query()
    return len(seen)


@pytest.mark.parametrize("rows", [3, 10, 1000])
def test_lists_cost_the_same_however_long_they_are(rows: int) -> None:
    eve, opal = cast.viewer("eve"), cast.viewer("opal")
    lists = {
        "accounts": lambda: access.accounts(eve),
        "sources": lambda: data.sources(opal),
        "loads": lambda: data.loads(opal, limit=2000),
        "people": lambda: people.visible(eve),
        "scopes": lambda: people.offered_scopes(eve),
        "audit": lambda: audit.entries(eve, before=None),
        "jobs": lambda: job_queries.under_way(opal),
    }
    kept("first")
    before = {name: statements(query) for name, query in lists.items()}
    _grow(rows)
    after = {name: statements(query) for name, query in lists.items()}
    assert after == before
    assert max(after.values()) <= 4


def _grow(rows: int) -> None:
    numbers = range(rows)
    more = [cast.Person(id=f"p{number}", name=f"P {number}") for number in numbers]
    cast.Person.objects.bulk_create(more)
    cast.ReportingLine.objects.bulk_create(
        cast.ReportingLine(
            person_id=person.id, manager_id="sam", role="seller", valid_from="2020-01-01"
        )
        for person in more
    )
    Account.objects.bulk_create(
        Account(
            email=f"{number}@example.com",
            name=f"P {number}",
            is_seller=True,
            person_id=f"p{number}",
            created_at=cast.NOW,
        )
        for number in numbers
    )
    made = Source.objects.bulk_create(Source(name=f"s{n}", added_at=cast.NOW) for n in numbers)
    data.Load.objects.bulk_create(
        data.Load(source=source, upload="u", asked_at=cast.NOW) for source in made
    )
    OpportunityRow.objects.bulk_create(
        cast.opportunity(owner="sam", number=number + 1) for number in numbers
    )
    Job.objects.bulk_create(
        Job(kind="answer", identity=str(number), asked_at=cast.NOW) for number in numbers
    )
    last = AuditEntry.objects.count()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            number=last + 1 + number,
            at=cast.NOW,
            code="x",
            subject="y",
            previous_hash="",
            hash="",
        )
        for number in numbers
    )


def test_work_is_stopped_by_whoever_asked_for_it_alone_and_only_what_looks() -> None:
    asked = asked_by_max()
    for name in cast.ROLES:
        if name != "max":
            with pytest.raises(NotAllowedError):
                jobs.stop(viewer=cast.viewer(name), at=cast.NOW, job_id=asked.job_id)
    assert not job_queries.progress(cast.viewer("eve"), job_id=asked.job_id).may_stop
    assert job_queries.progress(cast.viewer("max"), job_id=asked.job_id).may_stop
    jobs.stop(viewer=cast.viewer("max"), at=cast.NOW, job_id=asked.job_id)
    seen = job_queries.progress(cast.viewer("max"), job_id=asked.job_id)
    assert (seen.state, seen.is_over, seen.may_stop) == ("stopped", True, False)
    with pytest.raises(jobs.OverError, match="has ended already"):
        jobs.stop(viewer=cast.viewer("max"), at=cast.NOW, job_id=asked.job_id)
    load = jobs.ask_publication(viewer=cast.viewer("opal"), at=cast.NOW)
    assert not job_queries.progress(cast.viewer("opal"), job_id=load.job_id).may_stop
    with pytest.raises(NotAllowedError):
        jobs.stop(viewer=cast.viewer("opal"), at=cast.NOW, job_id=load.job_id)
