"""What is loaded is published, also when the work was broken off between the two."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from headway import facts
from headway.actions import jobs as changes
from headway.cycle import asking, jobs, worker
from headway.facts.store import Store
from headway.queries import data
from headway.records.models import Account, Job, OpportunityRow, PublishedAnswer
from headway.sources.protocol import in_silence
from headway.terms.answer import Kpi
from headway.terms.organisation import Organisation
from headway.terms.scope import Scope
from headway.terms.viewer import SYSTEM, Role, Viewer

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)


class BrokenOffError(Exception):
    """The worker was killed."""


def won(folder: Path, *, count: int) -> Path:
    """So many orders of one seller, a month apart."""
    made = facts.memory.of(
        {
            "seen/person": [{"person_id": "sam"}],
            "seen/opportunity": [
                {
                    "opportunity_id": f"o{number}",
                    "owner_id": "sam",
                    "stage": "Won",
                    "stage_group": "won",
                    "amount": 100.0,
                    "closed_at": datetime(2025, 1 + number, 2),  # noqa: DTZ001  in UTC, as facts are
                }
                for number in range(count)
            ],
        },
        organisation=Organisation(name="Example", currency="EUR"),
        as_of=date(2025, 1 + count, 1),
        data_from=date(2024, 7, 1),
    )
    return facts.bundle.write(made, folder)


@pytest.mark.parametrize(
    "step", [pytest.param("Opportunities for the lists", marks=pytest.mark.slow), "Publishing"]
)
def test_a_later_load_broken_off_before_it_was_published_is_published_when_repeated(
    step: str, settings, tmp_path: Path
) -> None:
    settings.HEADWAY_DATA = tmp_path / "installation"
    first, second = won(tmp_path / "1", count=3), won(tmp_path / "2", count=5)

    def broken_off(_share: float, what: str) -> None:
        if what == step:
            raise BrokenOffError

    jobs.load_and_publish(first, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")
    with pytest.raises(BrokenOffError):
        jobs.load_and_publish(second, viewer=SYSTEM, at=AT, progress=broken_off, source="crm")
    jobs.load_and_publish(second, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")
    publication = data.current_publication(SYSTEM)
    current = Store(settings.HEADWAY_DATA / "facts").current
    assert publication is not None
    assert current is not None
    assert publication.facts_id == current.facts_id
    assert OpportunityRow.objects.count() == 5


def test_work_that_is_stopped_ends_at_its_next_step_and_keeps_nothing(
    settings, tmp_path: Path
) -> None:
    settings.HEADWAY_DATA = tmp_path / "installation"
    path = won(tmp_path / "1", count=5)
    jobs.load_and_publish(path, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")
    account = Account.objects.create(
        email="e@example.com", name="E", is_executive=True, created_at=AT
    )
    eve = Viewer(person_id=None, account_id=account.pk, roles=frozenset({Role.EXECUTIVE}))
    sam = Scope(person="sam")

    def ask() -> int:
        return asking.ask_answer(
            viewer=eve, at=AT, scope=sam, kpi=Kpi.BOOKINGS, comparison="default"
        ).job_id

    stopped, steps = ask(), []

    def stopping(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.startswith('UPDATE "records_job"') and '"step"' in sql:
            steps.append(sql)
            if len(steps) == 1:
                changes.stop(viewer=eve, at=AT, job_id=stopped)
        return done

    with connection.execute_wrapper(stopping):
        worker.work(once=True)
    assert (Job.objects.get(pk=stopped).state, len(steps)) == ("stopped", 2)
    assert not PublishedAnswer.objects.filter(scope=sam.code).exists()
    again = ask()
    worker.work(once=True)
    assert Job.objects.get(pk=again).state == "done"
    assert PublishedAnswer.objects.filter(scope=sam.code).exists()
