"""From files to what people read, and the work done in the background."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headway import facts
from headway.actions import jobs
from headway.cycle import asking, publish, worker
from headway.cycle import jobs as cycle_jobs
from headway.cycle import load as loading
from headway.queries import data
from headway.records.models import (
    Account,
    AccountRow,
    AuditEntry,
    Job,
    Load,
    OpportunityRow,
    Organisation,
    Person,
    Publication,
    PublishedAnswer,
    ReportingLine,
)
from headway.sources.protocol import in_silence
from headway.terms import codec
from headway.terms.answer import Answer, Kpi, Standing
from headway.terms.organisation import Organisation as OrganisationFact
from headway.terms.scope import Scope
from headway.terms.viewer import SYSTEM, Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
# max leads sam and sue; nobody leads max.
MANAGERS = {"max": None, "sam": "max", "sue": "max"}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    return settings.HEADWAY_DATA


@pytest.fixture(scope="module")
def read_once(tmp_path_factory) -> Path:
    """A data folder into which the files were read, to be copied."""
    folder = tmp_path_factory.mktemp("once")
    loading.load(bundle(folder / "bundle"), folder / "installation", at=AT)
    return folder / "installation"


@pytest.fixture
def published(read_once: Path, data_folder: Path) -> None:
    """What was read is published, for tests that are not about reading."""
    shutil.copytree(read_once, data_folder)
    publish.publish(at=AT)


def bundle(folder: Path, *, count: int = 96) -> Path:
    """Two years in which sam and sue decide one opportunity a fortnight each, half of them won."""
    people = [{"person_id": person, "name": person.title()} for person in MANAGERS]
    lines = [
        {
            "person_id": person,
            "valid_from": date(2020, 1, 1),
            "manager_id": manager,
            "role": "manager" if manager is None else "seller",
            "team": "Blue",
            "basis": "declared",
        }
        for person, manager in MANAGERS.items()
    ]
    made = facts.memory.of(
        {
            "seen/person": people,
            "seen/reporting_line": lines,
            "seen/account": [{"account_id": "acme", "name": "Acme", "segment": "Large"}],
            "seen/opportunity": [_opportunity(number) for number in range(count)],
        },
        organisation=OrganisationFact(name="Example", currency="EUR"),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 7, 1),
    )
    return facts.bundle.write(made, folder)


def _opportunity(number: int) -> dict[str, object]:
    created = datetime(2024, 7, 2, 9, 0, tzinfo=UTC) + timedelta(days=7 * number)
    closed = created + timedelta(days=20)
    return {
        "opportunity_id": f"o{number:03d}",
        "account_id": "acme",
        "owner_id": ("sam", "sue")[number % 2],
        "name": f"Deal {number}",
        "stage": "Won" if number % 4 < 2 else "Lost",
        "stage_group": "won" if number % 4 < 2 else "lost",
        "amount": 100.0,
        "created_at": created.replace(tzinfo=None),
        "close_on": closed.date(),
        "closed_at": closed.replace(tzinfo=None),
    }


def load(path: Path) -> None:
    cycle_jobs.load_and_publish(path, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")


def test_a_load_becomes_what_people_read(tmp_path: Path) -> None:
    load(bundle(tmp_path / "b"))
    answers = PublishedAnswer.objects.filter(publication__is_current=True)
    kept = [codec.from_json(Answer, row.answer) for row in answers.order_by("scope", "kpi")]
    expected = {(scope, kpi) for scope in ("organisation", "seller@max") for kpi in Kpi}
    assert {(answer.scope, answer.kpi) for answer in kept} == expected
    assert {(row.scope, Kpi(row.kpi)) for row in answers} == expected
    assert Organisation.objects.values_list("name", "currency").get() == ("Example", "EUR")
    row = OpportunityRow.objects.get(id="o000")
    assert (row.owner_id, row.name, row.stage_group, row.amount) == ("sam", "Deal 0", "won", 100)
    assert (row.created_on, row.closed_on) == (date(2024, 7, 2), date(2024, 7, 22))
    assert (row.dimensions["team"], row.dimensions["segment"]) == ("Blue", "Large")
    assert "seller" not in row.dimensions
    assert OpportunityRow.objects.count() == 96
    assert Load.objects.values_list("state", "rejected_count").get() == ("kept", 0)


def test_the_published_run_has_no_sellers_and_a_leaders_own_run_has(published) -> None:

    def dimensions(scope: str) -> set[str]:
        row = PublishedAnswer.objects.get(scope=scope, kpi="bookings")
        answer = codec.from_json(Answer, row.answer)
        return {name for place in answer.localisations for name in place.dimensions}

    assert "seller" not in dimensions("organisation")
    assert "seller" in dimensions("seller@max")


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    path = bundle(tmp_path / "b")
    load(path)
    before = list(Publication.objects.values())
    load(path)
    assert list(Publication.objects.values()) == before
    states = Load.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["kept", "unchanged"]


def test_publishing_again_replaces_at_one_moment_and_writes_only_what_differs(tmp_path) -> None:
    load(bundle(tmp_path / "b"))
    OpportunityRow.objects.filter(id="o001").update(name="typed over")
    OpportunityRow.objects.create(id="gone", name="x", stage="x", stage_group="open")
    second = AT + timedelta(days=1)
    run = publish.publish(at=second)
    entry = AuditEntry.objects.get(code="projection.keep_opportunities", at=second)
    assert entry.subject == "rows:1"
    assert OpportunityRow.objects.get(id="o001").name == "Deal 1"
    assert not OpportunityRow.objects.filter(id="gone").exists()
    current = Publication.objects.get(is_current=True)
    assert (current.pk, Publication.objects.count()) == (run.publication_id, 2)
    publish.publish(at=AT + timedelta(days=2))
    assert Publication.objects.count() == 2


def test_a_name_typed_by_hand_stands(published) -> None:
    Person.objects.filter(id="sam").update(name="Samuel", is_named_by_hand=True)
    Person.objects.filter(id="sue").update(name="out of date")
    publish.publish(at=AT)
    names = dict(Person.objects.values_list("id", "name"))
    assert names == {"max": "Max", "sam": "Samuel", "sue": "Sue"}


def test_reporting_lines_follow_the_facts(published) -> None:
    ReportingLine.objects.filter(person_id="sue").update(manager_id="sam")
    publish.publish(at=AT)
    found = ReportingLine.objects.filter(valid_to=None).values_list("person_id", "manager_id")
    assert dict(found) == MANAGERS


def test_a_load_is_taken_back(tmp_path: Path) -> None:
    load(bundle(tmp_path / "b", count=90))
    load(bundle(tmp_path / "c"))
    assert OpportunityRow.objects.count() == 96
    cycle_jobs.undo_and_publish(viewer=SYSTEM, at=AT)
    assert OpportunityRow.objects.count() == 90
    states = Load.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["kept", "undone"]


def test_undoing_the_first_load_leaves_nothing_published(tmp_path: Path) -> None:
    load(bundle(tmp_path / "b"))
    assert cycle_jobs.undo_and_publish(viewer=SYSTEM, at=AT) is False
    assert data.current_publication(SYSTEM) is None
    assert (OpportunityRow.objects.count(), AccountRow.objects.count()) == (0, 0)
    assert Load.objects.get().state == "undone"
    assert AuditEntry.objects.filter(code="findings.withdraw").count() == 1

    load(tmp_path / "b")
    assert data.current_publication(SYSTEM).as_of == date(2026, 6, 30)
    assert OpportunityRow.objects.count() == 96
    states = Load.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == ["undone", "kept"]


def test_a_load_that_the_store_does_not_take_back_stays(tmp_path: Path) -> None:
    load(bundle(tmp_path / "b", count=90))
    load(bundle(tmp_path / "c"))
    first = Load.objects.earliest("id").snapshot_id
    shutil.rmtree(tmp_path / "installation" / "facts" / "snapshots" / first)
    with pytest.raises(cycle_jobs.HeadwayError, match="no earlier state"):
        cycle_jobs.undo_and_publish(viewer=SYSTEM, at=AT)
    assert [each.state for each in Load.objects.order_by("id")] == ["kept", "kept"]


def test_taking_back_that_broke_off_takes_no_other_load_back(tmp_path: Path) -> None:
    load(bundle(tmp_path / "b", count=90))
    load(bundle(tmp_path / "c"))
    second = Load.objects.latest("id")
    asked = cycle_jobs.ask_undo(viewer=SYSTEM, at=AT, load_id=second.pk)
    # The worker died when the store had gone back, and nobody had written that down.
    loading.undo(tmp_path / "installation", snapshot_id=second.snapshot_id)
    worker.work(once=True)
    assert Job.objects.get(pk=asked.job_id).state == "done"
    assert [each.state for each in Load.objects.order_by("id")] == ["kept", "undone"]
    assert OpportunityRow.objects.count() == 90


def test_there_must_be_something_to_take_back() -> None:
    with pytest.raises(cycle_jobs.NothingLoadedError):
        cycle_jobs.undo_and_publish(viewer=SYSTEM, at=AT)


def test_a_refused_file_keeps_its_sentence_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("colour\nred\n")
    with pytest.raises(cycle_jobs.HeadwayError):
        load(tmp_path / "a.csv")
    refused = Load.objects.get()
    assert (refused.state, refused.refusal != "") == ("refused", True)
    assert Publication.objects.count() == 0


def enter_max() -> None:
    Person.objects.create(id="max", name="Max")


def max_() -> Viewer:
    account = Account.objects.create(
        email="max@example.com", name="Max", person_id="max", is_manager=True, created_at=AT
    )
    return Viewer(person_id="max", account_id=account.pk, roles=frozenset({Role.MANAGER}))


def ask(viewer: Viewer, *, scope: Scope, comparison: str = "default") -> jobs.Asked:
    return asking.ask_answer(
        viewer=viewer, at=AT, scope=scope, kpi=Kpi.BOOKINGS, comparison=comparison
    )


def test_what_is_not_published_is_worked_out_in_the_background(published) -> None:
    viewer = max_()
    comparison = "2026-01-01..2026-04-01~2025-10-01..2026-01-01"
    asked = ask(viewer, scope=Scope(people_of="max"), comparison=comparison)
    again = ask(viewer, scope=Scope(people_of="max"), comparison=comparison)
    assert (asked.is_new, again.job_id, again.is_new) == (True, asked.job_id, False)
    worker.work(once=True)
    assert Job.objects.values_list("state", "done_count", "problem").get() == ("done", 90, "")
    row = PublishedAnswer.objects.get(comparison=comparison, kpi="bookings")
    answer = codec.from_json(Answer, row.answer)
    assert (answer.scope, answer.comparison.base.first) == ("seller@max", date(2025, 10, 1))
    assert ask(viewer, scope=Scope(people_of="max"), comparison=comparison).is_ready


def test_a_wish_that_cannot_be_met_ends_with_a_sentence(published) -> None:
    ask(max_(), scope=Scope(people_of="max"), comparison="yesterday")
    ask(max_viewer(), scope=Scope(people_of="max", where=(("planet", "Mars"),)))
    worker.work(once=True)
    problems = Job.objects.order_by("id").values_list("state", "problem")
    assert [state for state, _ in problems] == ["failed", "failed"]
    assert ["'yesterday'" in problems[0][1], "planet" in problems[1][1]] == [True, True]


def max_viewer() -> Viewer:
    account = Account.objects.get(email="max@example.com")
    return Viewer(person_id="max", account_id=account.pk, roles=frozenset({Role.MANAGER}))


def test_a_mistake_of_ours_ends_the_job_without_its_trace(caplog) -> None:
    enter_max()
    asked = ask(max_(), scope=Scope(people_of="max"), comparison="2026-01-01..")
    Job.objects.filter(pk=asked.job_id).update(kind="load", wanted={"load_id": "no number"})
    worker.work(once=True)
    job = Job.objects.get()
    assert (job.state, "Traceback" in job.problem) == ("failed", False)
    assert "broke off" in caplog.text


def test_uploads_are_read_in_the_background(tmp_path: Path) -> None:
    cycle_jobs.ask_load(viewer=SYSTEM, at=AT, source="crm", upload=bundle(tmp_path / "b"))
    worker.work(once=True)
    assert data.current_publication(SYSTEM).as_of == date(2026, 6, 30)
    load_id = Load.objects.get().pk
    cycle_jobs.ask_publication(viewer=SYSTEM, at=AT)
    worker.work(once=True)
    assert Job.objects.filter(state="done").count() == 2
    cycle_jobs.ask_undo(viewer=SYSTEM, at=AT, load_id=load_id)
    worker.work(once=True)
    assert Job.objects.get(kind="undo").state == "done"
    assert data.current_publication(SYSTEM) is None
    cycle_jobs.ask_undo(viewer=SYSTEM, at=AT, load_id=load_id)
    worker.work(once=True)
    assert Load.objects.get().state == "undone"
    assert data.current_publication(SYSTEM) is None


def left_by_a_killed_worker(*, attempts: int = 1) -> Job:
    asked = cycle_jobs.ask_publication(viewer=SYSTEM, at=AT)
    jobs.begun(job_id=asked.job_id, at=timezone.now() - timedelta(minutes=2))
    Job.objects.update(attempt_count=attempts)
    DBTaskResult.objects.update(status="RUNNING")
    return Job.objects.get()


def test_what_a_killed_worker_left_is_taken_up_again(published) -> None:
    left_by_a_killed_worker()
    worker.work(once=True)
    job = Job.objects.get()
    assert (job.state, job.attempt_count) == ("done", 2)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == [
        "FAILED",
        "SUCCESSFUL",
    ]


def test_a_job_that_kills_its_worker_three_times_fails() -> None:
    left_by_a_killed_worker(attempts=jobs.MAX_ATTEMPTS)
    worker.work(once=True)
    job = Job.objects.get()
    assert (job.state, "three times" in job.problem) == ("failed", True)


def test_a_job_whose_worker_lives_is_left_alone() -> None:
    job = left_by_a_killed_worker()
    jobs.beat(job_id=job.pk, at=timezone.now())
    assert (worker.reap(), Job.objects.get().state) == (0, "running")


def test_old_keys_and_jobs_go(tmp_path: Path) -> None:
    job = left_by_a_killed_worker(attempts=jobs.MAX_ATTEMPTS)
    worker.reap()
    jobs.tidied(at=timezone.now() + timedelta(days=31))
    assert not Job.objects.filter(pk=job.pk).exists()


def test_a_comparison_is_two_periods() -> None:
    for text in ("", "2026-01-01..2026-02-01", "a..b~c..d", "2026-02-01..2026-01-01~x"):
        with pytest.raises(publish.UnknownComparisonError, match="no comparison"):
            publish.parsed(text)


def test_the_answers_about_one_person_have_no_rungs_of_leading(published: None) -> None:
    code = Scope(person="sam").code
    publish.add(viewer=executive(), at=AT, scope=code, comparison="default")
    rows = PublishedAnswer.objects.filter(scope=code)
    found = [codec.from_json(Answer, row.answer) for row in rows]
    assert {each.scope for each in found} == {code}
    leading = [line for each in found for line in each.ladder if line.code == "leadership"]
    assert {line.standing for line in leading} == {Standing.UNTESTED}


def ask_seller(scope: Scope) -> str:
    """Ask why a seller is not named, do the work, and give the sentence it failed with."""
    asked = asking.ask_why_not(
        viewer=executive(),
        at=AT,
        scope=scope,
        kpi=Kpi.BOOKINGS,
        comparison="default",
        place={"seller": "nobody"},
    )
    worker.work(once=True)
    return Job.objects.get(pk=asked.job_id).problem


def executive() -> Viewer:
    account = Account.objects.create(
        email="e@example.com", name="E", is_executive=True, created_at=AT
    )
    return Viewer(person_id=None, account_id=account.pk, roles=frozenset({Role.EXECUTIVE}))


def test_the_organisations_run_knows_no_sellers(published) -> None:
    problem = ask_seller(Scope())
    assert "no place with seller = nobody" in problem
    assert "seller" not in problem.partition("Known:")[2]
