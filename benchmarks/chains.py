"""What the line of sight costs as the organisation grows: ten priorities, teams of nine.

    python benchmarks/chains.py [--people 500 5000 10000]

Nobody was told anything, so that each link has to be judged and each break to be named. Everybody
has six opportunities before the launch and six since; half of the people then show the behaviour.
"""

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from headway import facts
from headway.facts import Facts
from headway.findings import strategy
from headway.terms.policy import DEFAULT

TEAM, TEAMS_A_DIRECTOR, PRIORITIES = 9, 10, 10
BEFORE, SINCE, EACH = "2025-12-15", "2026-05-15", 6


def lines(people: int) -> Iterator[dict[str, Any]]:
    """Who reports to whom: one head, directors, managers, sellers."""
    teams = max(1, people // (TEAM + 1))

    def line(person: str, manager: str | None, role: str) -> dict[str, Any]:
        stood = {"person_id": person, "manager_id": manager, "role": role}
        return {**stood, "valid_from": "2025-01-01", "basis": "declared"}

    yield line("head", None, "leader")
    for director in range(-(-teams // TEAMS_A_DIRECTOR)):
        yield line(f"d{director}", "head", "leader")
    for team in range(teams):
        yield line(f"m{team}", f"d{team // TEAMS_A_DIRECTOR}", "manager")
        for seller in range(TEAM):
            yield line(f"s{team}-{seller}", f"m{team}", "seller")


def predicate(table: str, column: str, value: object) -> str:
    """Opportunities with this value."""
    condition = {"table": table, "column": column, "op": "eq", "value": value}
    return json.dumps({"grain": "opportunity", "all": [condition]})


def work(sellers: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Closed opportunities of each seller, of which every other one is won."""
    for number, seller in enumerate(sellers):
        for day in (BEFORE, SINCE):
            for place in range(EACH):
                yield {
                    "opportunity_id": f"{seller}-{day}-{place}",
                    "owner_id": seller,
                    "created_at": f"{day}T08:00:00Z",
                    "closed_at": f"{day}T09:00:00Z",
                    "stage": "x",
                    "stage_group": ("won", "lost")[(place + number) % 2],
                    "type": "new" if number % 2 and day == SINCE else "renewal",
                }


def organisation(people: int) -> Facts:
    """So many people and ten priorities of which nobody was told."""
    rows = list(lines(people))
    declared = {"kind": "other", "owner_id": "head", "declared_on": "2026-01-01"}
    every = predicate("opportunity", "stage", "x")
    parts = {"name": "n", "why": "w", "stop_text": "s", "audience": "a", "scope": every}
    practice = {"eligibility": every, "behaviour": predicate("opportunity", "type", "new")}
    result = {"result_measure": "win_rate", "launched_on": "2026-03-01"}
    return facts.memory.of(
        {
            "seen/person": [{"person_id": row["person_id"]} for row in rows],
            "seen/reporting_line": rows,
            "meant/priority": [
                {"priority_id": f"p{number}", **declared, **parts, **practice, **result}
                for number in range(PRIORITIES)
            ],
            "seen/opportunity": list(
                work(row["person_id"] for row in rows if row["role"] == "seller")
            ),
            "meant/message": [],
            "meant/message_receipt": [],
        },
        as_of=date(2026, 6, 30),
    )


def main() -> None:
    """Print the processor's seconds for each size, and per thousand chains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[500, 5000, 10000])
    strategy.found(organisation(20), policy=DEFAULT)
    for people in parser.parse_args().people:
        known = organisation(people)
        begun = time.process_time()
        count = len(strategy.found(known, policy=DEFAULT).chains)
        seconds = time.process_time() - begun
        each = 1000 * seconds / count
        print(f"{people:,} people, {count:,} chains: {seconds:.1f} s, {each:.2f} s a thousand")


if __name__ == "__main__":
    main()
