"""What is declared of reorganisations and trainings is what the detectors look at next."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.cycle.test_declared import WHOLE, crm

from headway.actions import reorganisation, strategy
from headway.cycle import load as loading
from headway.cycle import publish, reorganised
from headway.records.models import Account, PublishedPattern
from headway.terms.declared import Priority as Content
from headway.terms.declared import PriorityKind
from headway.terms.reorganised import Part
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 6, 29, 6, 0, tzinfo=UTC)


@pytest.fixture
def lead(settings, tmp_path: Path) -> Viewer:
    settings.HEADWAY_DATA = tmp_path / "installation"
    loading.load(crm(tmp_path / "crm"), settings.HEADWAY_DATA, at=AT)
    publish.publish(at=AT)
    account = Account.objects.create(
        email="max@example.com",
        name="Max",
        person_id="max",
        password="!",
        is_executive=True,
        created_at=AT,
    )
    return Viewer(person_id="max", account_id=account.pk, roles=frozenset({Role.EXECUTIVE}))


def declare(lead: Viewer, content: Content) -> str:
    made = strategy.declare(viewer=lead, at=AT, priority=content, declared_on=date(2026, 2, 1))
    return made.priority_id


def reorganise(lead: Viewer, priority: str) -> int:
    number = reorganisation.declare(
        viewer=lead,
        at=AT,
        priority=priority,
        name="By segment",
        effective_on=date(2026, 2, 1),
        parts=(Part(role_name="Hunter", segment="New", expected_share=1.0),),
    ).number
    reorganisation.assign(
        viewer=lead,
        at=AT,
        reorganisation_id=number,
        seen_version=1,
        role_name="Hunter",
        people=frozenset({"s1", "s2"}),
    )
    return number


def evidence(code: str) -> dict[str, tuple[float | None, float | None]]:
    row = PublishedPattern.objects.filter(publication__is_current=True, pattern__code=code).first()
    assert row is not None
    return {each["code"]: (each["k"], each["n"]) for each in row.pattern["evidence"]}


def test_a_declared_reorganisation_is_looked_at_by_the_next_publication(lead: Viewer) -> None:
    content = Content(
        kind=PriorityKind.REORGANISATION,
        name="By segment",
        owner_id="max",
        launched_on=date(2026, 2, 1),
    )
    priority = declare(lead, content)
    publish.publish(at=AT)
    assert "no_reorganisation" in evidence("reorganised_not_acted")
    reorganise(lead, priority)
    publish.publish(at=AT)
    found = evidence("reorganised_not_acted")
    assert not {"no_reorganisation", "no_role_profile"} & found.keys()
    # Two of the six sellers were given a role.
    assert found["role_known"] == (2, 6)


def test_a_logged_training_is_looked_at_by_the_next_publication(lead: Viewer) -> None:
    priority = declare(lead, WHOLE)
    publish.publish(at=AT)
    patterns = PublishedPattern.objects.filter(publication__is_current=True)
    assert not patterns.filter(pattern__code="training_not_sticking").exists()
    reorganisation.train(
        viewer=lead,
        at=AT,
        priority=priority,
        name="Discovery",
        held_on=date(2026, 3, 1),
        invited=frozenset({"s1", "s2", "s3"}),
        came=frozenset({"s1", "s2"}),
    )
    publish.publish(at=AT)
    assert evidence("training_not_sticking")["trained"] == (2, 3)


def test_what_is_taken_back_is_no_row(lead: Viewer) -> None:
    number = reorganise(lead, declare(lead, Content(kind=PriorityKind.REORGANISATION, name="R")))
    reorganisation.withdraw(
        viewer=lead, at=AT, kind="reorganisation", number=number, seen_version=2
    )
    assert all(rows == [] for rows in reorganised.rows().values())
