"""From facts to the thin rows that lists and names are read from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from headway import facts as known
from headway.actions.projection import (
    AbsenceFact,
    AccountFact,
    LineFact,
    OpportunityFact,
    PersonFact,
)
from headway.facts import Facts
from headway.findings.results import listed

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them


def people(facts: Facts) -> tuple[PersonFact, ...]:
    """Everybody but integrations and bots."""
    return tuple(
        PersonFact(
            person_id=row["person_id"],
            name=row["name"],
            email=row["email"],
            title=row["title"],
            is_active=_is_here(row["left_on"], facts.as_of),
            hired_on=row["hired_on"],
            left_on=row["left_on"],
        )
        for row in _rows(facts, "seen/person")
        if not row["is_service_user"]
    )


def lines(facts: Facts) -> tuple[LineFact, ...]:
    """Who reported to whom, over time. A line that ends after the facts do still holds now."""
    return tuple(
        LineFact(
            person_id=row["person_id"],
            manager_id=row["manager_id"],
            role=row["role"],
            team=row["team"],
            region=row["region"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"] if _has_ended(row["valid_to"], facts.as_of) else None,
        )
        for row in _rows(facts, "seen/reporting_line")
        if row["valid_from"] <= facts.as_of
    )


def absences(facts: Facts) -> tuple[AbsenceFact, ...]:
    """Who was not at work when."""
    return tuple(
        AbsenceFact(
            person_id=row["person_id"], valid_from=row["valid_from"], valid_to=row["valid_to"]
        )
        for row in _rows(facts, "seen/absence")
    )


def accounts(facts: Facts) -> tuple[AccountFact, ...]:
    """Every customer."""
    return tuple(
        AccountFact(
            account_id=row["account_id"],
            name=row["name"] or row["account_id"],
            segment=row["segment"],
            industry=row["industry"],
            country=row["country"],
        )
        for row in _rows(facts, "seen/account")
    )


def opportunities(facts: Facts, *, missing: frozenset[str]) -> Iterator[OpportunityFact]:
    """Every opportunity, with the days, amounts and places that the figures use.

    `missing` are ids which the last export of their source no longer held.
    """
    wanted = ("opportunity_id", "name", "account_id")
    found = known.collect(facts.columns("seen/opportunity", *wanted))
    names = dict(zip(found.column("opportunity_id"), found.column("name"), strict=True))
    customers = dict(zip(found.column("opportunity_id"), found.column("account_id"), strict=True))
    for each in listed.opportunities(facts):
        yield OpportunityFact(
            opportunity_id=each.opportunity_id,
            name=names[each.opportunity_id] or each.opportunity_id,
            owner_id=each.owner,
            account_id=customers[each.opportunity_id],
            stage=each.stage,
            stage_group=each.stage_group,
            amount=None if each.amount is None else round(Decimal(each.amount), 2),
            created_on=each.created_on,
            close_on=each.close_on,
            closed_on=each.closed_on,
            dimensions=each.dimensions,
            is_missing=each.opportunity_id in missing,
        )


def _rows(facts: Facts, name: str) -> list[_Row]:
    return known.collect(facts.columns(name)).records()


def _is_here(left_on: date | None, as_of: date) -> bool:
    return left_on is None or left_on > as_of


def _has_ended(valid_to: date | None, as_of: date) -> bool:
    return valid_to is not None and valid_to <= as_of
