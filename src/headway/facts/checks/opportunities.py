"""Doubts about single opportunities: something is not there, or cannot be so."""

from collections.abc import Iterator, Mapping

import numpy as np

from headway.facts import arrays, days
from headway.facts.checks import affects
from headway.facts.view import View
from headway.terms.answer import Mark

_TABLE = "seen/opportunity"


def doubts(facts: View) -> Iterator[Mark]:
    """The doubts of this module, from one query."""
    if not facts.has(_TABLE):
        return
    counts = _counts(facts)
    if counts["n"]:
        for check in (
            missing_owner,
            missing_created_at,
            missing_amount,
            blank_account,
            closed_before_created,
            past_close_date,
            open_at_end,
        ):
            yield from check(counts)


def missing_owner(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Opportunities without an owner: they count in totals and for no seller."""
    yield from _mark("missing_owner", counts["no_owner"], counts["n"], affects.SELLERS)


def missing_created_at(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Opportunities without a creation date: what counts from creation leaves them out."""
    yield from _mark("missing_created_at", counts["no_created"], counts["n"], affects.CREATIONS)


def missing_amount(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Won opportunities without an amount: bookings do not hold them."""
    yield from _mark("missing_amount", counts["won_no_amount"], counts["won"], affects.AMOUNTS)


def blank_account(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Opportunities without an account, where the source records accounts at all."""
    if counts["has_account"]:
        touched = ("segment", "industry", "country")
        yield from _mark("blank_account", counts["no_account"], counts["n"], touched)


def closed_before_created(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Opportunities closed on a day before that of their creation."""
    among = counts["closed"]
    yield from _mark("closed_before_created", counts["backwards"], among, affects.AGES)


def past_close_date(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Open opportunities whose expected close date has passed."""
    yield from _mark("past_close_date", counts["overdue"], counts["open"], affects.PIPELINE)


def open_at_end(counts: Mapping[str, int]) -> Iterator[Mark]:
    """Opportunities not yet decided, a tenth or more of all: rates of late cohorts will rise."""
    if counts["open"] * 10 >= counts["n"]:
        yield from _mark("open_at_end", counts["open"], counts["n"], affects.COHORTS)


def _mark(code: str, row_count: int, among: int, touched: tuple[str, ...]) -> Iterator[Mark]:
    if row_count:
        yield Mark(
            code=code, table=_TABLE, row_count=row_count, share=row_count / among, affects=touched
        )


def _counts(facts: View) -> dict[str, int]:
    """How many opportunities, deleted ones left out, are what."""
    is_open, is_won = "stage_group = 'open'", "stage_group = 'won'"
    rows = facts.engine.query(
        f"""SELECT count(*) AS n,
            count(*) FILTER (owner_id IS NULL) AS no_owner,
            count(*) FILTER (created_at IS NULL) AS no_created,
            count(*) FILTER (account_id IS NULL) AS no_account,
            count(account_id) > 0 AS has_account,
            count(*) FILTER ({is_won}) AS won,
            count(*) FILTER ({is_won} AND amount IS NULL) AS won_no_amount,
            count(*) FILTER (NOT {is_open}) AS closed,
            count(*) FILTER ({is_open}) AS "open",
            count(*) FILTER ({is_open} AND close_on < DATE '{facts.as_of}') AS overdue
        FROM {facts.engine.relation(_TABLE)} WHERE NOT coalesce(is_deleted, false)"""
    )
    found: dict[str, int] = rows.to_pylist()[0]
    return {**found, "backwards": _backwards(facts)}


def _backwards(facts: View) -> int:
    """How many closed on an earlier day, in the organisation's time zone, than created."""
    rows = facts.engine.query(
        f"""SELECT created_at, closed_at, close_on FROM {facts.engine.relation(_TABLE)}
        WHERE stage_group <> 'open' AND NOT coalesce(is_deleted, false)
        AND coalesce(closed_at, close_on::TIMESTAMP) < created_at + INTERVAL 1 DAY"""
    )
    zone = facts.organisation.time_zone
    created = days.of(arrays.instants(rows["created_at"]), time_zone=zone)
    closed = days.of(arrays.instants(rows["closed_at"]), time_zone=zone)
    close_on = arrays.days(rows["close_on"])
    return int(np.sum(np.where(np.isnat(closed), close_on, closed) < created))
