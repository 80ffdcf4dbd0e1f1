"""The standing cast: an executive, two managers, their sellers, a stranger, operations.

eve (executive)
mona (manager) -> max (manager) -> sam, sue (sellers)
olaf (manager) -> stan (seller): strangers to mona
opal (operations, tied to nobody)
"""

from datetime import UTC, date, datetime

from headway.records.models import (
    Account,
    AccountRow,
    OpportunityRow,
    Organisation,
    Person,
    Publication,
    PublishedAnswer,
    ReportingLine,
)
from headway.terms.scope import Scope
from headway.terms.viewer import Role, Viewer

NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
LINES = {
    "eve": None,
    "mona": "eve",
    "olaf": "eve",
    "max": "mona",
    "sam": "max",
    "sue": "max",
    "stan": "olaf",
}
ROLES = {
    "eve": {Role.EXECUTIVE},
    "mona": {Role.MANAGER},
    "olaf": {Role.MANAGER},
    "max": {Role.MANAGER, Role.SELLER},
    "sam": {Role.SELLER},
    "sue": {Role.SELLER},
    "stan": {Role.SELLER},
    "opal": {Role.OPERATIONS},
}


def enter() -> None:
    """Everybody, who reports to whom, and one open opportunity of each of them and of nobody."""
    Organisation.objects.create(name="Example", currency="EUR")
    Person.objects.bulk_create(Person(id=name, name=name.title()) for name in LINES)
    ReportingLine.objects.bulk_create(
        ReportingLine(
            person_id=name,
            manager_id=manager,
            role="manager" if name in LINES.values() else "seller",
            valid_from=date(2020, 1, 1),
        )
        for name, manager in LINES.items()
    )
    AccountRow.objects.create(id="acme", name="Acme")
    OpportunityRow.objects.bulk_create(opportunity(owner=name) for name in (*LINES, None))
    for name in ROLES:
        account(name)


def opportunity(*, owner: str | None, number: int = 0) -> OpportunityRow:
    """One open opportunity in the region North."""
    return OpportunityRow(
        id=f"o-{owner}-{number}",
        name=f"Deal of {owner}",
        owner_id=owner,
        account_id="acme",
        stage="Proposal",
        stage_group="open",
        amount=100,
        created_on=date(2026, 1, 1),
        dimensions={"region": "North"},
    )


def account(name: str) -> Account:
    """The account of one of the cast; nobody has a usable password."""
    roles = ROLES[name]
    made: Account = Account.objects.create(
        email=f"{name}@example.com",
        name=name.title(),
        person_id=name if name in LINES else None,
        password="!",
        is_executive=Role.EXECUTIVE in roles,
        is_manager=Role.MANAGER in roles,
        is_seller=Role.SELLER in roles,
        is_operations=Role.OPERATIONS in roles,
        created_at=NOW,
    )
    return made


def viewer(name: str) -> Viewer:
    """One of the cast, looking."""
    found = Account.objects.get(email=f"{name}@example.com")
    person = name if name in LINES else None
    return Viewer(person_id=person, account_id=found.pk, roles=frozenset(ROLES[name]))


def publication() -> Publication:
    """The current publication, with an answer for the organisation, each group and each person."""
    made: Publication = Publication.objects.create(
        facts_id="f" * 64,
        policy_version="1",
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
        published_at=NOW,
        is_current=True,
    )
    groups = [Scope(people_of=name) for name in ("eve", "mona", "olaf", "max")]
    people = [Scope(person=name) for name in LINES]
    PublishedAnswer.objects.bulk_create(
        PublishedAnswer(publication=made, scope=scope.code, kpi="bookings", answer={})
        for scope in (Scope(), *groups, *people)
    )
    return made
