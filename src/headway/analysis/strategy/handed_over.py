"""The accounts that a reorganisation hands from one person to another, and whether it was done."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from headway.analysis.strategy.work import Work
from headway.facts import Facts, collect
from headway.facts.arrays import Array


@dataclass(frozen=True, kw_only=True)
class Handover:
    """One account that was to change hands by now; `is_done` whether it did."""

    account: str
    giver: str
    taker: str
    is_done: bool


def of(facts: Facts, *, reorganisations: Collection[str]) -> tuple[Handover, ...]:
    """The handovers of these reorganisations that were planned for the last day or before.

    What systems recorded goes before what was ticked off: an account whose owner is still the
    giver was not handed over. Where its owner is not known, it is done once it was completed.
    """
    owners = {
        row["account_id"]: row["person_id"]
        for row in collect(facts.columns("seen/account_owner")).records()
        if row["role"] == "owner"
        and row["valid_from"] <= facts.as_of
        and (row["valid_to"] is None or row["valid_to"] > facts.as_of)
    }
    return tuple(
        Handover(
            account=row["account_id"],
            giver=row["from_person_id"],
            taker=row["to_person_id"],
            is_done=row["completed_on"] is not None
            if row["account_id"] not in owners
            else owners[row["account_id"]] != row["from_person_id"],
        )
        for row in collect(facts.columns("meant/handover")).records()
        if row["reorganisation_id"] in reorganisations and row["planned_on"] <= facts.as_of
    )


def still_worked(
    work: Work, handovers: Collection[Handover], *, people: Collection[str], within: Array
) -> tuple[int, int]:
    """How many pieces of work of the givers are on accounts they should have handed over, of all.

    Args:
        work: of everybody.
        handovers: whose they were.
        people: givers outside of these do not count.
        within: True for the pieces of work that are looked at.
    """
    person = {name: place for place, name in enumerate(work.people) if name in people}
    account = {name: place for place, name in enumerate(work.accounts)}
    given = [
        (person[each.giver], account[each.account])
        for each in handovers
        if each.giver in person and each.account in account
    ]
    givers = [person[each.giver] for each in handovers if each.giver in person]
    theirs = within & np.isin(work.person, givers)
    width = len(work.accounts)
    pairs = work.person.astype(np.int64) * width + work.account
    on_given = np.isin(pairs, [one * width + other for one, other in given])
    return int((theirs & on_given).sum()), int(theirs.sum())
