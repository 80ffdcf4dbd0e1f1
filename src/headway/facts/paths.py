"""How one table is reached from another along references, for predicates."""

from collections import deque
from dataclasses import dataclass
from functools import cache

from headway.facts.catalogue import TABLES
from headway.terms import predicate

REFERENCES = (
    ("account_owner", "account_id", "account"),
    ("account_owner", "person_id", "person"),
    ("opportunity_line", "opportunity_id", "opportunity"),
    ("opportunity_line", "product_id", "product"),
    ("opportunity_change", "opportunity_id", "opportunity"),
    ("opportunity_change", "changed_by_id", "person"),
    ("opportunity_contact", "opportunity_id", "opportunity"),
    ("opportunity_contact", "contact_id", "contact"),
    ("activity", "account_id", "account"),
    ("activity", "opportunity_id", "opportunity"),
    ("activity", "contact_id", "contact"),
    ("activity", "person_id", "person"),
    ("opportunity", "account_id", "account"),
    ("opportunity", "owner_id", "person"),
    ("lead", "opportunity_id", "opportunity"),
    ("lead", "owner_id", "person"),
    ("mutual_plan", "opportunity_id", "opportunity"),
    ("contact", "account_id", "account"),
    ("reporting_line", "person_id", "person"),
)
"""Column, and the table it refers to; of two paths of one length, the one named first here goes.

Contacts of an opportunity are thus those put on it, not all of its account.
"""

TIMES = {
    "opportunity": "created_at",
    "activity": "occurred_at",
    "lead": "created_at",
    "opportunity_change": "changed_at",
    "mutual_plan": "created_at",
}
"""When a row lies in time, for the tables that have such a moment."""


def stored(table: str) -> str:
    """The table's name with its folder."""
    return f"meant/{table}" if table == "mutual_plan" else f"seen/{table}"


KEYS = {table: TABLES[stored(table)].key for table in predicate.TABLES}
"""The key of each table that a predicate may name."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: rows of `table` whose column `to` equals `column` of the table before.

    `is_many`: several rows may; `is_on_day`: only those valid on the day of the first row.
    """

    column: str
    table: str
    to: str
    is_many: bool
    is_on_day: bool


@cache
def path(start: str, goal: str) -> tuple[Step, ...] | None:
    """The shortest path between two tables, empty if they are one; None where there is none.

    A person leads on to nothing but reporting lines: two rows are not about the same thing because
    one person had to do with both.
    """
    found: dict[str, tuple[Step, ...]] = {start: ()}
    waiting = deque([start])
    while waiting and goal not in found:
        here = waiting.popleft()
        for step in _steps(here):
            is_closed = here == "person" != start and goal != "reporting_line"
            if step.table not in found and not is_closed:
                found[step.table] = (*found[here], step)
                waiting.append(step.table)
    return found.get(goal)


def _steps(here: str) -> list[Step]:
    found = []
    for child, column, parent in REFERENCES:
        if child == here:
            to = KEYS[parent][0]
            found.append(Step(column=column, table=parent, to=to, is_many=False, is_on_day=False))
        elif parent == here:
            found.append(
                Step(
                    column=KEYS[parent][0],
                    table=child,
                    to=column,
                    is_many=True,
                    is_on_day=child in {"account_owner", "reporting_line"},
                )
            )
    return found
