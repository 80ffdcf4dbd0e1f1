"""The links that answers tell, from cells of at least five: recalled and understood."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts, collect
from headway.terms.line import Link, LinkReason
from headway.terms.period import Period

# The item that asks for each link, and the coded answer that counts.
ITEMS: Mapping[Link, tuple[str, str]] = {
    Link.RECALLED: ("R1", "yes"),
    Link.UNDERSTOOD: ("U1", "action_and_reason"),
}

# Any: a row holds what its columns hold.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The cells of the last rounds that asked, and the answers in each.

    `answers[item, priority][cell]` are the answers by value. `rounds[item, priority]` is the round
    a link is read from. `invited` are people asked, by round and role, of each team.
    """

    cells: Mapping[str, Sequence[Row]]
    answers: Mapping[tuple[str, str], Mapping[str, Mapping[str, int]]]
    rounds: Mapping[tuple[str, str], str]
    invited: Mapping[tuple[str, str], Sequence[tuple[str, int]]]

    def counted(
        self, link: Link, *, priority: Priority, group: Group, organisation: Organisation
    ) -> Counted:
        """One of the two links in one group: the sum of its cells, never less than a cell."""
        item, wanted = ITEMS[link]
        asked_in = (item, priority.priority_id)
        target = priority.targets[link]
        if asked_in not in self.rounds:
            return Counted(link=link, target=target)
        round_id = self.rounds[asked_in]
        invited = sum(
            count
            for team, count in self.invited[round_id, group.role]
            if organisation.is_within(team, group.head)
        )
        if not invited:
            return Counted(link=link, target=target)
        k = n = 0
        for cell in self.cells[round_id]:
            if cell["role"] != group.role or cell["answered_count"] is None:
                continue
            if organisation.is_within(cell["manager_id"], group.head):
                given = self.answers[asked_in].get(cell["cell_id"], {})
                k, n = k + given.get(wanted, 0), n + sum(given.values())
        if not n:
            return Counted(link=link, target=target, asked=invited, reason=LinkReason.ANONYMITY)
        return Counted(link=link, target=target, k=k, n=n, asked=invited)


def of(facts: Facts, *, window: Period) -> Survey:
    """Read the rounds that closed in the window."""
    closed = {
        row["round_id"]: row["closed_on"]
        for row in collect(facts.columns("said/survey_round")).records()
        if row["kind"] == "pulse" and window.first <= row["closed_on"] <= window.last
    }
    cells = {
        row["cell_id"]: row
        for row in collect(facts.columns("said/survey_cell")).records()
        if row["round_id"] in closed
    }
    counts = [
        row
        for row in collect(facts.columns("said/survey_count")).records()
        if row["cell_id"] in cells and row["subject"] is not None
    ]
    rounds: dict[tuple[str, str], str] = {}
    for row in counts:
        key, round_id = (row["item"], row["subject"]), cells[row["cell_id"]]["round_id"]
        newest = max((round_id, rounds.get(key, round_id)), key=lambda one: (closed[one], one))
        rounds[key] = newest
    answers: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for row in counts:
        key = (row["item"], row["subject"])
        if cells[row["cell_id"]]["round_id"] == rounds[key]:
            answers[key][row["cell_id"]][row["value"]] = row["answer_count"]
    return Survey(
        cells=_by_round(cells.values()),
        answers=answers,
        rounds=rounds,
        invited=_invited(facts, cells=cells),
    )


def _by_round(cells: Iterable[Row]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for cell in cells:
        found[cell["round_id"]].append(cell)
    return found


def _invited(
    facts: Facts, *, cells: Mapping[str, Row]
) -> Mapping[tuple[str, str], Sequence[tuple[str, int]]]:
    found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for row in collect(facts.columns("said/survey_cell_team")).records():
        if row["cell_id"] in cells:
            cell = cells[row["cell_id"]]
            key = (cell["round_id"], cell["role"])
            found[key].append((row["team_manager_id"], row["invited_count"]))
    if found:
        return found
    for cell in cells.values():
        key = (cell["round_id"], cell["role"])
        found[key].append((cell["manager_id"], cell["invited_count"]))
    return found
