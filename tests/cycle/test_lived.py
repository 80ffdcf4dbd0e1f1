"""What the people of the sample keep with Headway itself: once, dated by today, gone with it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.cycle.test_sample import opportunity

from headway import facts
from headway.actions import access, accounts, roles
from headway.actions import sample as changes
from headway.actions.action import NotAllowedError
from headway.cycle import jobs, sample
from headway.queries import commitments as promised
from headway.queries import sample as seen
from headway.queries import today
from headway.records.models import (
    Account,
    AgendaItem,
    CoachingPlan,
    CoachingProgramme,
    CoachingSession,
    Commitment,
    HoursBack,
    KnowledgeItem,
    KnowledgeUse,
    MessageRepeat,
    Pair,
    PeerMeeting,
    Preparation,
    Scorecard,
    Skill,
    SkillSaid,
)
from headway.sources.protocol import in_silence
from headway.terms.organisation import Organisation
from headway.terms.viewer import SYSTEM, Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 7, 3, 6, 0, tzinfo=UTC)  # a Friday
LEADS = {
    "oda": None,
    **dict.fromkeys(("hol", "ilv", "mar"), "oda"),
    **dict.fromkeys(("sam", "sue"), "hol"),
}
LIVED = (
    *(AgendaItem, CoachingPlan, CoachingProgramme, CoachingSession),
    *(Commitment, HoursBack, MessageRepeat, Preparation, Scorecard),
    *(Pair, PeerMeeting, Skill, SkillSaid, KnowledgeItem, KnowledgeUse),
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """An installation whose sample is small: oda leads three, one of whom leads two sellers."""
    settings.HEADWAY_DATA = tmp_path / "installation"
    settings.HEADWAY_DATA.mkdir()
    made = facts.memory.of(
        {
            "seen/person": [{"person_id": each, "name": each.title()} for each in LEADS],
            "seen/reporting_line": [_line(*each) for each in LEADS.items()],
            "seen/account": [{"account_id": "acme", "name": "Acme"}],
            "seen/opportunity": [
                opportunity(number, owner="sue" if number else "sam") for number in range(4)
            ],
            "meant/priority": [_priority(each) for each in ("discovery", "service", "key-teams")],
        },
        organisation=Organisation(name="Example", currency="EUR", fiscal_year_start_month=1),
        as_of=AT.date(),
        data_from=date(2024, 7, 1),
    )
    facts.bundle.write(made, sample.folder())
    return settings.HEADWAY_DATA


def _line(person: str, manager: str | None) -> dict[str, object]:
    is_leading = person in LEADS.values()
    return {
        "person_id": person,
        "valid_from": date(2020, 1, 1),
        "manager_id": manager,
        "role": ("leader" if manager is None else "manager") if is_leading else "seller",
        "basis": "declared",
    }


def _priority(number: str) -> dict[str, object]:
    return {
        "priority_id": number,
        "kind": "process",
        "name": number.title(),
        "declared_on": date(2026, 1, 5),
        "launched_on": date(2026, 1, 5),
    }


@pytest.fixture
def leader() -> Viewer:
    """The executive who looks at the sample, as `headway demo` makes them."""
    made = access.found_sample(viewer=SYSTEM, at=AT, name="Leader", email="leader@sample.invalid")
    roles = frozenset({Role.EXECUTIVE})
    return Viewer(person_id=None, account_id=made.account_id, roles=roles)


def loaded(viewer: Viewer) -> None:
    jobs.load_sample(viewer=viewer, at=AT, progress=in_silence)


def as_person(person: str, role: Role, leader: Viewer) -> Viewer:
    return Viewer(person_id=person, account_id=leader.account_id, roles=frozenset({role}))


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in LIVED}


def test_the_leader_stands_for_the_head_and_finds_three_things(leader: Viewer) -> None:
    loaded(leader)
    assert Account.objects.get().person_id == "oda"
    oda = as_person("oda", Role.EXECUTIVE, leader)
    assert seen.stood_for(oda) == seen.StoodFor(name="Oda", title="")
    found = today.page(oda, at=AT)
    assert [each.code for each in found.things][:2] == ["practice", "promised"]
    assert len(found.things) == today.MOST
    assert all(each.minutes > 0 and each.reason for each in found.things)


def test_of_its_promises_one_is_kept_one_due_soon_and_one_moved(leader: Viewer) -> None:
    loaded(leader)
    page = promised.page(as_person("oda", Role.EXECUTIVE, leader), today=AT.date())
    assert [each.state for each in page.settled] == ["kept"]
    assert [each.state for each in page.from_me] == ["open", "moved"]
    soon, moved = page.from_me
    # From a Friday the next working day is Monday.
    assert soon.due_day == date(2026, 7, 6)
    assert moved.due_day > soon.due_day


def test_the_head_and_the_manager_one_may_look_as_have_something_to_say_again(
    leader: Viewer,
) -> None:
    loaded(leader)
    due = {each.sender_id: each.due_on for each in MessageRepeat.objects.order_by("id")}
    assert due == {"oda": date(2026, 7, 3), "hol": date(2026, 7, 1)}
    found = today.page(as_person("hol", Role.MANAGER, leader), at=AT)
    [again] = [each for each in found.things if each.code == "repeat"]
    assert again.known["text"] == "In every first visit three questions come before any price."


def test_it_happens_once_however_often_the_sample_is_asked_for(leader: Viewer) -> None:
    loaded(leader)
    before = counts()
    assert min(before.values()) > 0
    loaded(leader)
    assert counts() == before


def test_nothing_of_it_remains_and_the_account_is_nobody_again(leader: Viewer) -> None:
    loaded(leader)
    sample.leave(viewer=SYSTEM, at=AT)
    assert counts() == dict.fromkeys(counts(), 0)
    assert Account.objects.get().person_id is None
    assert seen.stood_for(leader) is None


def test_others_read_nothing_of_what_two_keep(leader: Viewer) -> None:
    loaded(leader)
    mar, sue = (
        as_person("mar", Role.MANAGER, leader),
        as_person("sue", Role.SELLER, leader),
    )
    for stranger in (mar, sue):
        told = str(today.page(stranger, at=AT)) + str(promised.page(stranger, today=AT.date()))
        assert "discovery in West" not in told
        assert "what they heard" not in told


def test_nobody_stands_for_the_head_but_an_executive_who_looks(leader: Viewer) -> None:
    with pytest.raises(NotAllowedError):
        changes.lead(viewer=leader, at=AT)  # nothing is loaded
    loaded(SYSTEM)
    assert Account.objects.get().person_id is None
    assert counts() == dict.fromkeys(counts(), 0)
    operations = Viewer(
        person_id=None, account_id=leader.account_id, roles=frozenset({Role.OPERATIONS})
    )
    for viewer in (operations, SYSTEM):
        with pytest.raises(NotAllowedError):
            changes.lead(viewer=viewer, at=AT)
    assert Account.objects.get().person_id is None


def test_of_two_executives_the_first_stands_for_the_head(leader: Viewer) -> None:
    loaded(leader)
    other = Account.objects.create(
        email="ada@example.com", name="Ada", is_executive=True, created_at=AT
    )
    ada = Viewer(person_id=None, account_id=other.pk, roles=frozenset({Role.EXECUTIVE}))
    assert changes.lead(viewer=ada, at=AT).person_id == ""
    assert changes.lead(viewer=leader, at=AT).person_id == "oda"
    assert list(Account.objects.exclude(person=None)) == [Account.objects.get(pk=leader.account_id)]


def test_who_stands_for_the_head_gets_no_role_that_would_keep_them_there(leader: Viewer) -> None:
    loaded(leader)
    account = Account.objects.get()
    with pytest.raises(roles.SamplePersonError):
        accounts.change_roles(
            viewer=leader,
            at=AT,
            account_id=account.pk,
            seen_version=account.version,
            roles=frozenset({Role.EXECUTIVE, Role.SELLER}),
            person_id="oda",
        )
    sample.leave(viewer=SYSTEM, at=AT)
    assert Account.objects.get().person_id is None
