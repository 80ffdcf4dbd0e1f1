"""Bringing what the facts know of people and opportunities into records, as thin rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from django.db.models import Model, Q

from headway.actions.action import action
from headway.records import brakes
from headway.records import lines as laying
from headway.records.brakes import Arriving
from headway.records.models import (
    AccountRow,
    Leave,
    Move,
    OpportunityRow,
    Organisation,
    Person,
    ReportingLine,
)
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.organisation import Organisation as OrganisationFact
from headway.terms.people import Brake
from headway.terms.viewer import Viewer

_BATCH = 1000
M = TypeVar("M", bound=Model)
T = TypeVar("T")


class TooManyChangesError(HeadwayError):
    """A sync would change more people than it may without somebody being asked."""

    code = "people.too_many_changes"
    status = 409

    def __init__(self, brake: Brake) -> None:
        self.brake = brake
        super().__init__(
            f"Of {brake.active_count} people who are here, {len(brake.leaving)} would count as "
            f"having left and {len(brake.swapped)} would come under another id. At most 40 % and "
            "5 % change without being asked. Nothing was changed. Look at Settings, People, and "
            "confirm it there (or: headway confirm-people), or take the load back."
        )


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    """One person as a source brought them; name and mail address only where it gave them."""

    person_id: str
    name: str | None
    email: str | None
    title: str | None
    is_active: bool
    hired_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LineFact:
    """Where one person stood from `valid_from` up to, not including, `valid_to`."""

    person_id: str
    manager_id: str | None
    role: str
    team: str | None
    region: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class AbsenceFact:
    """Somebody not at work from `valid_from` up to, not including, `valid_to`; None = still so."""

    person_id: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class AccountFact:
    """One customer."""

    account_id: str
    name: str
    segment: str | None
    industry: str | None
    country: str | None


@dataclass(frozen=True, kw_only=True)
class OpportunityFact:
    """One opportunity, in the organisation's currency."""

    opportunity_id: str
    name: str
    owner_id: str | None
    account_id: str | None
    stage: str
    stage_group: str
    amount: Decimal | None
    created_on: date | None
    close_on: date | None
    closed_on: date | None
    dimensions: dict[str, str] = field(default_factory=dict)
    is_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class Projected:
    """How many rows were written, because they are new or differ."""

    people: int = 0
    lines: int = 0
    accounts: int = 0
    opportunities: int = 0

    @property
    def subject(self) -> str:
        """How much."""
        return f"rows:{self.people + self.lines + self.accounts + self.opportunities}"


@action("projection.keep_people", permission=Permission.DATA)
def keep_people(
    *,
    viewer: Viewer,
    at: datetime,
    facts_id: str,
    organisation: OrganisationFact,
    people: tuple[PersonFact, ...],
    lines: tuple[LineFact, ...],
    absences: tuple[AbsenceFact, ...] = (),
) -> Projected:
    """Bring people, leave and reporting lines up to the facts.

    A name, mail address, day or move entered by hand stands, and a person the facts no longer know
    stays. The organisation keeps the name its first leader gave it.

    Raises:
        TooManyChangesError: more people would leave or get another id than may without being
            asked, and nobody has confirmed that for these facts.
    """
    del viewer
    brake = brakes.brake(Arriving(**each.__dict__) for each in people)
    if brake.stops and not brakes.is_confirmed(facts_id):
        raise TooManyChangesError(brake)
    _keep_organisation(organisation)
    written = _keep_persons(people)
    _keep_absences(absences, at=at)
    return Projected(people=written, lines=_keep_lines(lines, day=laying.today(at)))


@action("projection.keep_opportunities", permission=Permission.DATA)
def keep_opportunities(
    *,
    viewer: Viewer,
    at: datetime,
    accounts: Iterable[AccountFact],
    opportunities: Iterable[OpportunityFact],
) -> Projected:
    """Bring customers and opportunities up to the facts; what they no longer hold goes."""
    del viewer, at
    customers = [_account(each) for each in accounts]
    account_count = _keep(customers, ("name", "segment", "industry", "country"))
    rows = [_opportunity(each) for each in opportunities]
    # The folded name follows from the name when a row is written, and tells no difference.
    columns = tuple(
        column.attname
        for column in OpportunityRow._meta.fields
        if not column.primary_key and column.name != "folded_name"
    )
    written = _keep(rows, columns)
    _drop(OpportunityRow, {row.id for row in rows})
    _drop(AccountRow, {row.id for row in customers})
    return Projected(accounts=account_count, opportunities=written)


def _keep_organisation(fact: OrganisationFact) -> None:
    found, _ = Organisation.objects.get_or_create(id=1, defaults={"name": fact.name})
    found.currency, found.time_zone = fact.currency, fact.time_zone
    found.fiscal_year_start_month = fact.fiscal_year_start_month
    found.save(update_fields=["currency", "time_zone", "fiscal_year_start_month"])


def _keep_persons(people: tuple[PersonFact, ...]) -> int:
    """Write what is new or differs; what was entered by hand takes the place of the facts' own."""
    by_hand = {
        each.id: each
        for each in Person.objects.filter(Q(is_named_by_hand=True) | Q(is_dated_by_hand=True))
    }
    rows = [_person(each, known=by_hand.get(each.person_id)) for each in people]
    return _keep(rows, ("name", "email", "title", "is_active", "hired_on", "left_on"))


def _keep_absences(absences: tuple[AbsenceFact, ...], *, at: datetime) -> None:
    """Leave that the facts tell, in place of what they told before."""
    people = set(Person.objects.values_list("id", flat=True))
    Leave.objects.filter(is_brought=True).delete()
    Leave.objects.bulk_create(
        (
            Leave(
                person_id=each.person_id,
                from_on=each.valid_from,
                to_on=each.valid_to - timedelta(days=1) if each.valid_to else None,
                entered_at=at,
                is_brought=True,
            )
            for each in absences
            if each.person_id in people
        ),
        batch_size=_BATCH,
    )


def _keep_lines(lines: tuple[LineFact, ...], *, day: date) -> int:
    """Write the lines of the facts, with every move laid over them whose day has come."""
    people = set(Person.objects.values_list("id", flat=True))
    # A manager nobody knows is no manager; the line itself still says team and region.
    told = [laying.span_of(_line(line, people)) for line in lines if line.person_id in people]
    moves = laying.moves()
    come = [each for each in moves if each.first <= day]
    found = laying.laid(told, come)
    _note_circles(come, found.circles)
    wanted = [laying.row_of(span) for span in found.spans]
    known = {_line_key(line) for line in ReportingLine.objects.all()}
    fresh = [line for line in wanted if _line_key(line) not in known]
    gone = known - {_line_key(line) for line in wanted}
    for batch in _batches(sorted(gone, key=str)):
        stale = Q(pk__in=[])
        for key in batch:
            stale |= Q(person_id=key[0], valid_from=key[1])
        ReportingLine.objects.filter(stale).delete()
    ReportingLine.objects.bulk_create(fresh, batch_size=_BATCH)
    return len(fresh)


def _note_circles(come: list[laying.Moved], circles: frozenset[int]) -> None:
    held = [each.move_id for each in come if each.move_id not in circles]
    for batch in _batches(held):
        Move.objects.filter(pk__in=batch).update(state="holds")
    Move.objects.filter(pk__in=circles).update(state="circle")


def _keep(rows: list[M], columns: tuple[str, ...]) -> int:
    """Write the rows that are new or differ in `columns`."""
    if not rows:
        return 0
    model = type(rows[0])
    # One pass over what is there is far cheaper than writing what did not change.
    known = {
        values[0]: values[1:]
        for values in model._default_manager.values_list("pk", *columns).iterator(_BATCH * 10)
    }
    fresh = [
        row
        for row in rows
        if known.get(row.pk) != tuple(getattr(row, column) for column in columns)
    ]
    names = [model._meta.get_field(column.removesuffix("_id")).name for column in columns]
    model._default_manager.bulk_create(
        fresh,
        batch_size=_BATCH,
        update_conflicts=True,
        update_fields=[*names, "folded_name"],
        unique_fields=[model._meta.pk.name],
    )
    return len(fresh)


def _drop(model: type[OpportunityRow] | type[AccountRow], kept: set[str]) -> None:
    there = model._default_manager.values_list("pk", flat=True)
    gone = [key for key in there.iterator(_BATCH * 10) if key not in kept]
    for batch in _batches(gone):
        model._default_manager.filter(pk__in=batch).delete()


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    # SQLite refuses an expression deeper than a thousand.
    while batch := list(islice(remaining, _BATCH // 2)):
        yield batch


def _person(fact: PersonFact, *, known: Person | None) -> Person:
    row = Person(
        id=fact.person_id,
        name=fact.name or fact.person_id,
        email=fact.email or "",
        title=fact.title or "",
        is_active=fact.is_active,
        hired_on=fact.hired_on,
        left_on=fact.left_on,
    )
    if known is not None and known.is_named_by_hand:
        row.name, row.email, row.title = known.name, known.email, known.title
    if known is not None and known.is_dated_by_hand:
        row.hired_on, row.left_on, row.is_active = known.hired_on, known.left_on, known.is_active
    return row


def _line(fact: LineFact, people: set[str]) -> ReportingLine:
    is_known = fact.manager_id in people and fact.manager_id != fact.person_id
    return ReportingLine(
        person_id=fact.person_id,
        manager_id=fact.manager_id if is_known else None,
        role=fact.role,
        team=fact.team,
        region=fact.region,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
    )


def _line_key(line: ReportingLine) -> tuple[object, ...]:
    return (
        line.person_id,
        line.valid_from,
        line.valid_to,
        line.manager_id,
        line.role,
        line.team,
        line.region,
    )


def _account(fact: AccountFact) -> AccountRow:
    return AccountRow(
        id=fact.account_id,
        name=fact.name,
        segment=fact.segment,
        industry=fact.industry,
        country=fact.country,
    )


def _opportunity(fact: OpportunityFact) -> OpportunityRow:
    return OpportunityRow(
        id=fact.opportunity_id,
        name=fact.name,
        owner_id=fact.owner_id,
        account_id=fact.account_id,
        stage=fact.stage,
        stage_group=fact.stage_group,
        amount=fact.amount,
        created_on=fact.created_on,
        close_on=fact.close_on,
        closed_on=fact.closed_on,
        dimensions=fact.dimensions,
        is_missing=fact.is_missing,
    )
