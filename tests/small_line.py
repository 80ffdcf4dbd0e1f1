"""A small organisation by hand: under Lena two managers with six sellers each, one priority.

On 30 June 2026; the window of 90 days begins on 2 April.
"""

from datetime import date
from typing import Any

from headway import facts
from headway.facts import Facts
from headway.terms.period import Period

AS_OF = date(2026, 6, 30)
WINDOW = Period(first=date(2026, 4, 2), end=date(2026, 7, 1))
NORTH = [f"n{number}" for number in range(1, 7)]
SOUTH = [f"s{number}" for number in range(1, 7)]
MANAGERS = {"mia": NORTH, "max": SOUTH}

Tables = dict[str, list[dict[str, Any]]]


def line(person: str, manager: str | None, role: str, **more: object) -> dict[str, Any]:
    stood = {"person_id": person, "manager_id": manager, "role": role, "basis": "declared"}
    return {**stood, "valid_from": "2025-01-01", **more}


def priority(**more: object) -> dict[str, Any]:
    whole = {
        "priority_id": "p1",
        "kind": "product",
        "name": "Sell the new line",
        "owner_id": "lena",
        "why": "Margins",
        "scope": "{}",
        "behaviour": "{}",
        "eligibility": "{}",
        "result_measure": "bookings",
        "result_baseline": 1.0,
        "result_target": 2.0,
        "result_due_on": "2026-12-31",
        "result_is_higher_better": True,
        "stop_text": "The old line",
        "audience": "Sellers",
        "declared_on": "2026-01-01",
        "launched_on": "2026-01-10",
    }
    return {**whole, **more}


def session(number: int, person: str, day: str, **more: object) -> dict[str, Any]:
    made = {
        "session_id": f"c{number}",
        "coach_id": "mia",
        "person_id": person,
        "held_at": f"{day}T09:00:00Z",
        "minutes": 30.0,
        "kind": "one_to_one",
        "priority_id": "p1",
        "is_work_observed": True,
        "is_practice_agreed": True,
        "follow_up_on": "2026-06-20",
        "followed_up_on": "2026-06-20",
    }
    return {**made, **more}


def people() -> Tables:
    lines = [line("lena", None, "leader")]
    for manager, sellers in MANAGERS.items():
        lines += [line(manager, "lena", "manager"), *(line(s, manager, "seller") for s in sellers)]
    return {
        "seen/person": [{"person_id": row["person_id"]} for row in lines],
        "seen/reporting_line": lines,
        "meant/priority": [priority()],
    }


def of(tables: Tables) -> Facts:
    return facts.memory.of(tables, as_of=AS_OF)


def with_tables(**more: list[dict[str, Any]]) -> Facts:
    """The organisation with further tables, `meant__sheet` for `meant/sheet`."""
    return of({**people(), **{name.replace("__", "/"): rows for name, rows in more.items()}})
