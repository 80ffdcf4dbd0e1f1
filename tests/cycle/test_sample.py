"""Into the sample and out again, also when the work is broken off on the way."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.interfaces.web import data_world

from headway import facts
from headway.actions import access, objections, roles
from headway.actions import sample as changes
from headway.actions.sources import SampleLoadedError
from headway.cycle import jobs, sample
from headway.facts.store import Store
from headway.queries import data
from headway.records.models import (
    Account,
    AccountRow,
    AuditEntry,
    Job,
    Load,
    Objection,
    OpportunityRow,
    Organisation,
    Person,
    Publication,
    PublishedAnswer,
    ReportingLine,
    Source,
)
from headway.sources.protocol import in_silence
from headway.terms.organisation import Organisation as OrganisationFact
from headway.terms.viewer import SYSTEM, Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
MANAGERS = {"max": None, "sam": "max", "sue": "max"}
ROWS = (
    *(Person, ReportingLine, OpportunityRow, AccountRow, Publication, PublishedAnswer),
    *(Objection, Load, Source),
)


class BrokenOffError(Exception):
    """The worker was killed."""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """An installation whose sample is small, so that it can be read again and again."""
    settings.HEADWAY_DATA = tmp_path / "installation"
    settings.HEADWAY_DATA.mkdir()
    small(sample.folder())
    return settings.HEADWAY_DATA


def small(folder: Path) -> Path:
    """max leads sam and sue, who have won two orders each."""
    made = facts.memory.of(
        {
            "seen/person": [{"person_id": each, "name": each.title()} for each in MANAGERS],
            "seen/reporting_line": [_line(person) for person in MANAGERS],
            "seen/account": [{"account_id": "acme", "name": "Acme"}],
            "seen/opportunity": [
                opportunity(number, owner=("sam", "sue")[number % 2]) for number in range(4)
            ],
        },
        organisation=OrganisationFact(name="Example", currency="EUR", fiscal_year_start_month=4),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 7, 1),
    )
    return facts.bundle.write(made, folder)


def _line(person: str) -> dict[str, object]:
    manager = MANAGERS[person]
    return {
        "person_id": person,
        "valid_from": date(2020, 1, 1),
        "manager_id": manager,
        "role": "manager" if manager is None else "seller",
        "basis": "declared",
    }


def opportunity(number: int, *, owner: str) -> dict[str, object]:
    on = datetime(2025, 1 + number, 2, 9, 0)  # noqa: DTZ001  as facts keep them: in UTC
    return {
        "opportunity_id": f"o{number}",
        "account_id": "acme",
        "owner_id": owner,
        "stage": "Won",
        "stage_group": "won",
        "amount": 100.0,
        "created_at": on,
        "close_on": on.date(),
        "closed_at": on,
    }


def found(*, email: str = "ada@example.com") -> Account:
    access.found_organisation(
        viewer=None,
        at=AT,
        organisation="Nordwind",
        name="Ada",
        email=email,
        password="a long enough pass phrase",
    )
    return Account.objects.get(email=email)


def broken_off_at(number: int):
    """Progress that is told `number` times, and then the worker is gone."""
    told = iter(range(number))

    def progress(_share: float, _step: str) -> None:
        if next(told, None) is None:
            raise BrokenOffError

    return progress


def count_of_rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ROWS}


def viewer_of(account: Account) -> Viewer:
    return Viewer(person_id=None, account_id=account.pk, roles=frozenset({Role.EXECUTIVE}))


def loaded() -> None:
    jobs.load_sample(viewer=SYSTEM, at=AT, progress=in_silence)


def test_it_is_read_by_the_worker_and_published_as_an_upload_is() -> None:
    ada = viewer_of(found())
    load_id = jobs.ask_sample(viewer=ada, at=AT)
    again = jobs.ask_sample(viewer=ada, at=AT)
    assert (again, Job.objects.count()) == (load_id, 1)
    data_world.work()
    assert Load.objects.values_list("state", "is_sample", "asked_by_id").get() == (
        "kept",
        True,
        ada.account_id,
    )
    assert OpportunityRow.objects.count() == 4
    publication = data.current_publication(SYSTEM)
    assert publication is not None
    assert publication.as_of == date(2026, 6, 30)
    # Asked for once more, it says what it said.
    jobs.ask_sample(viewer=ada, at=AT)
    data_world.work()
    assert Load.objects.get().state == "kept"
    assert data.current_publication(SYSTEM) == publication


def test_broken_off_anywhere_and_repeated_it_is_loaded_once(folder: Path) -> None:
    breaks = 0
    while True:
        try:
            jobs.load_sample(viewer=SYSTEM, at=AT, progress=broken_off_at(breaks))
        except BrokenOffError:
            breaks += 1
        else:
            break
    # Reading a bundle tells three steps at least, publishing four.
    assert breaks > 6
    assert Load.objects.values_list("state", "is_sample").get() == ("kept", True)
    assert (OpportunityRow.objects.count(), Person.objects.count()) == (4, 3)
    publication = data.current_publication(SYSTEM)
    current = Store(folder / "facts").current
    assert publication is not None
    assert current
    assert publication.facts_id == current.facts_id


def test_leaving_removes_all_it_brought_and_nothing_else(folder: Path) -> None:
    ada = found()
    before = {path.name for path in folder.iterdir()}
    loaded()
    objections.object_to(
        viewer=viewer_of(ada), at=AT, scope="organisation", finding="f", text="No."
    )
    jobs.ask_leave(viewer=viewer_of(ada), at=AT)
    data_world.work()
    assert count_of_rows() == dict.fromkeys(count_of_rows(), 0)
    assert list(Job.objects.values_list("kind", "state")) == [("leave", "done")]
    # The currency and the fiscal year are the sample's; the name is the organisation's own.
    assert Organisation.objects.values_list(
        "name", "currency", "time_zone", "fiscal_year_start_month"
    ).get() == ("Nordwind", "", "UTC", 1)
    assert Account.objects.get() == ada
    assert Store(folder / "facts").snapshots() == ()
    assert Store(folder / "facts").current is None
    assert {path.name for path in folder.iterdir()} - before == {"facts"}
    assert {"sample.register", "sample.clear", "sample.forget"} <= set(
        AuditEntry.objects.values_list("code", flat=True)
    )


def test_leaving_broken_off_anywhere_keeps_others_out_until_it_is_repeated() -> None:
    loaded()
    steps = 4
    for number in range(steps):
        with pytest.raises(BrokenOffError):
            sample.leave(viewer=SYSTEM, at=AT, progress=broken_off_at(number))
        assert Load.objects.filter(is_sample=True).count() == 1
        with pytest.raises(SampleLoadedError):
            jobs.ask_load(viewer=SYSTEM, at=AT, source="ours", upload=Path("ours.csv"))
    sample.leave(viewer=SYSTEM, at=AT, progress=broken_off_at(steps))
    assert count_of_rows() == dict.fromkeys(count_of_rows(), 0)


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_half_left_it_can_be_looked_at_again(steps: int) -> None:
    loaded()
    with pytest.raises(BrokenOffError):
        sample.leave(viewer=SYSTEM, at=AT, progress=broken_off_at(steps))
    if not sample.folder().exists():
        small(sample.folder())
    loaded()
    assert Load.objects.values_list("state", "is_sample").get() == ("kept", True)
    assert (OpportunityRow.objects.count(), Person.objects.count()) == (4, 3)
    assert data.current_publication(SYSTEM) is not None


def test_leaving_repeated_after_own_data_came_touches_nothing(tmp_path: Path) -> None:
    loaded()
    sample.leave(viewer=SYSTEM, at=AT)
    ours = small(tmp_path / "ours")
    jobs.load_and_publish(ours, viewer=SYSTEM, at=AT, progress=in_silence)
    sample.leave(viewer=SYSTEM, at=AT)
    assert Load.objects.values_list("state", "is_sample").get() == ("kept", False)
    assert (OpportunityRow.objects.count(), Person.objects.count()) == (4, 3)


def test_taking_the_last_load_back_leaves_the_sample() -> None:
    loaded()
    assert jobs.undo_and_publish(viewer=SYSTEM, at=AT) is False
    assert count_of_rows() == dict.fromkeys(count_of_rows(), 0)


def test_the_sample_never_comes_beside_data_of_ones_own(tmp_path: Path) -> None:
    ours = small(tmp_path / "ours")
    jobs.load_and_publish(ours, viewer=SYSTEM, at=AT, progress=in_silence)
    for _ in range(2):
        with pytest.raises(changes.OwnDataError):
            jobs.ask_sample(viewer=SYSTEM, at=AT)
        # Also once it is taken back: its people stay.
        if Load.objects.filter(state="kept").exists():
            jobs.undo_and_publish(viewer=SYSTEM, at=AT)
    assert not Load.objects.filter(is_sample=True).exists()


def test_reading_and_leaving_wait_for_each_other() -> None:
    ada = viewer_of(found())
    with pytest.raises(changes.NoSampleError):
        jobs.ask_leave(viewer=ada, at=AT)
    jobs.ask_sample(viewer=ada, at=AT)
    with pytest.raises(changes.SampleBusyError):
        jobs.ask_leave(viewer=ada, at=AT)
    data_world.work()
    first = jobs.ask_leave(viewer=ada, at=AT)
    assert jobs.ask_leave(viewer=ada, at=AT).job_id == first.job_id
    with pytest.raises(changes.SampleBusyError):
        jobs.ask_sample(viewer=ada, at=AT)


def test_nobody_gets_an_account_as_a_person_of_the_sample() -> None:
    loaded()
    with pytest.raises(roles.SamplePersonError):
        access.invite(
            viewer=SYSTEM,
            at=AT,
            email="sam@example.com",
            name="Sam",
            roles=frozenset({Role.SELLER}),
            person_id="sam",
        )


def test_what_other_code_made_is_made_anew(folder: Path, monkeypatch) -> None:
    sample.folder().rename(folder / "sample" / "made-by-other-code")
    monkeypatch.setattr(sample, "SCENARIO", "small")
    made = sample.invent(at=AT)
    assert made == sample.folder()
    assert list(made.parent.iterdir()) == [made]
    kept = (made / "bundle.json").stat().st_mtime_ns
    assert (sample.invent(at=AT), (made / "bundle.json").stat().st_mtime_ns) == (made, kept)
