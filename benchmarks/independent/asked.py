"""What people told: two rounds of questions, cut into cells, and what leaders believed before."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from independent.people import Firm
from independent.plans import LINKS, Plan
from independent.work import Row, Tables, moment, pick

UNCLEAR = ("action_only", "reason_only", "neither")
HINDRANCES = (
    "not_expected",
    "not_able",
    "no_chance",
    "blocked",
    "not_convinced",
    "habit",
    "nothing",
)


@dataclass(kw_only=True)
class Asked:
    """Who was invited and who answered in the last round."""

    rng: np.random.Generator
    firm: Firm
    plans: list[Plan]
    tables: Tables
    response: float
    least: int
    answered: set[str] = field(default_factory=set)

    def draw(self) -> None:
        closed = int(self.rng.integers(3, 50))
        self._round("round-0", closed_days_ago=closed + 95, kind="pulse", drift=0.15)
        self._round("round-1", closed_days_ago=closed, kind="pulse", drift=0.0)
        visit = {"round_id": "round-2", "kind": "visit"}
        today = self.firm.as_of
        visit |= {"opened_on": today - timedelta(days=2), "closed_on": today - timedelta(days=1)}
        self.tables["said/survey_round"].append(visit)
        self._beliefs(sealed_days_ago=closed)

    # --- rounds ---------------------------------------------------------------------------------

    def _round(self, name: str, *, closed_days_ago: int, kind: str, drift: float) -> None:
        closed_on = self.firm.as_of - timedelta(days=closed_days_ago)
        opened_on = closed_on - timedelta(days=12)
        row = {"round_id": name, "kind": kind, "opened_on": opened_on, "closed_on": closed_on}
        self.tables["said/survey_round"].append(row)
        invited = {
            team: [p for p in self.firm.direct(team) if self.firm.people[p].hired_on < opened_on]
            for team in self.firm.teams()
        }
        invited = {team: people for team, people in invited.items() if people}
        answered = {
            team: [p for p in people if self.rng.random() < self.response]
            for team, people in invited.items()
        }
        self.answered = {p for people in answered.values() for p in people}
        for boss, teams, is_open in self._cells(answered):
            self._cell(
                name, boss, teams, invited=invited, answered=answered, is_open=is_open, drift=drift
            )

    def _cells(self, answered: dict[str, list[str]]) -> list[tuple[str, list[str], bool]]:
        """Leader above, whole teams, and whether the cell has answers enough."""
        cells: list[tuple[str, list[str], bool]] = []
        left = self._pour(self.firm.head, answered, cells)
        if left:
            cells.append((self.firm.head, left, False))
        return cells

    def _pour(
        self,
        leader: str,
        answered: dict[str, list[str]],
        cells: list[tuple[str, list[str], bool]],
    ) -> list[str]:
        left: list[str] = []
        first = len(cells)
        for one in self.firm.below[leader]:
            left += self._pour(one, answered, cells)
        if leader in answered:
            if len(answered[leader]) >= self.least:
                cells.append((leader, [leader], True))
            else:
                left.append(leader)
        if not left or (left == [leader] and len(cells) == first):
            return left
        if len(left) == 1 and len(answered[left[0]]) < self.least:
            own = [c for c in cells[first:] if len(c[1]) == 1 and c[2]]
            if own:
                smallest = min(own, key=lambda c: len(answered[c[1][0]]))
                cells.remove(smallest)
                left += smallest[1]
        if sum(len(answered[t]) for t in left) >= self.least:
            cells.append((leader, left, True))
            return []
        return left

    def _cell(
        self,
        round_id: str,
        boss: str,
        teams: list[str],
        *,
        invited: dict[str, list[str]],
        answered: dict[str, list[str]],
        is_open: bool,
        drift: float,
    ) -> None:
        cell = f"{round_id}/{len(self.tables['said/survey_cell']):04d}"
        people = [p for t in teams for p in answered[t]]
        row: Row = {"cell_id": cell, "round_id": round_id, "manager_id": boss, "role": "seller"}
        row |= {
            "is_remainder": len(teams) > 1,
            "invited_count": sum(len(invited[t]) for t in teams),
        }
        row["answered_count"] = len(people) if is_open else None
        self.tables["said/survey_cell"].append(row)
        for team in teams:
            part = {"cell_id": cell, "team_manager_id": team, "invited_count": len(invited[team])}
            self.tables["said/survey_cell_team"].append(part)
        if is_open:
            self._answers(cell, people, drift=drift)

    def _answers(self, cell: str, people: list[str], *, drift: float) -> None:
        for plan in self.plans:
            knows = [plan.people[p].stands if self.rng.random() >= drift else {} for p in people]
            recalled = ["yes" if one.get("recalled") else "no" for one in knows]
            understood = [
                "action_and_reason" if one.get("understood") else pick(self.rng, UNCLEAR)
                for one in knows
            ]
            self._count(cell, "R1", plan.id, recalled)
            self._count(cell, "U1", plan.id, understood)
            self._count(cell, "B1", plan.id, [pick(self.rng, HINDRANCES) for _ in people])
        for item, usual in (("AU1", 4), ("CH1", 2)):
            marks = np.clip(np.rint(self.rng.normal(usual, 0.9, size=len(people))), 1, 5)
            self._count(cell, item, None, [str(int(mark)) for mark in marks])

    def _count(self, cell: str, item: str, subject: str | None, values: list[str]) -> None:
        for value, count in Counter(values).items():
            row = {"cell_id": cell, "item": item, "subject": subject, "value": value}
            self.tables["said/survey_count"].append(row | {"answer_count": count})

    # --- beliefs --------------------------------------------------------------------------------

    def _beliefs(self, *, sealed_days_ago: int) -> None:
        for leader in self.firm.leaders():
            if self.rng.random() < 0.2 or not self.firm.sellers(leader):
                continue
            bias = float(self.rng.choice([0.35, 0.0, -0.25], p=[0.4, 0.45, 0.15]))
            groups = [leader]
            if not self.firm.is_team(leader) and self.rng.random() < 0.5:
                groups.append(self.firm.teams()[-1])
            for plan in self.plans:
                for group in [g for g in groups if leader == g or leader in self.firm.above(g)]:
                    self._believe(plan, leader, group, bias=bias, days_ago=sealed_days_ago)

    def _believe(self, plan: Plan, leader: str, group: str, *, bias: float, days_ago: int) -> None:
        present = self.firm.present(group)
        if not present:
            return
        for link in LINKS:
            rate = np.mean([plan.rates[self.firm.people[p].manager or ""][link] for p in present])
            point = float(np.clip(rate + bias + self.rng.normal(0, 0.06), 0, 1))
            sealed = moment(self.rng, self.firm.as_of - timedelta(days=days_ago + 15))
            row = {"person_id": leader, "priority_id": plan.id, "group": f"seller@{group}"}
            row |= {"link": link, "sealed_at": sealed, "point_share": round(point, 3)}
            row["low_share"] = round(max(0.0, point - 0.12), 3)
            row["high_share"] = round(min(1.0, point + 0.12), 3)
            self.tables["said/belief"].append(row)
