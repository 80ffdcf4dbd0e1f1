"""The links that answers tell, from cells of at least five: recalled, understood, and led."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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

# What those led are asked about the word and deed of their leader; nearest to "it changes first in
# their own work" comes first. Answers of one person are not linked, so that nobody can tell whether
# the three make one scale: one of them is taken.
WORD_AND_DEED = ("WD2", "WD1", "WD3")
AUTONOMY = "AU1"
# What is asked about no priority in particular.
_ABOUT_NO_PRIORITY = frozenset({*WORD_AND_DEED, AUTONOMY})
_AGREE = frozenset({"4", "5"})

# Any: a row holds what its columns hold.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The cells of the last rounds that asked, and the answers in each.

    `answers[item, priority][cell]` are the answers by value; of an item about no priority in
    particular, the priority is "". `rounds[item, priority]` is the round a link is read from.
    `invited` are people asked, by round and role, of each team. `least` is how many answers make a
    cell.
    """

    cells: Mapping[str, Sequence[Row]]
    answers: Mapping[tuple[str, str], Mapping[str, Mapping[str, int]]]
    rounds: Mapping[tuple[str, str], str]
    invited: Mapping[tuple[str, str], Sequence[tuple[str, int]]]
    least: int

    def counted(
        self, link: Link, *, priority: Priority, group: Group, organisation: Organisation
    ) -> Counted:
        """One of the two links in one group: the sum of its cells, never less than a cell."""
        item, wanted = ITEMS[link]
        found = self._asked((item, priority.priority_id), group=group, organisation=organisation)
        made = Counted(link=link, target=priority.targets[link])
        return _summed(made, found, wanted=frozenset({wanted}))

    def led(self, *, priority: Priority, group: Group, organisation: Organisation) -> Counted:
        """Whether deeds of the leaders follow their words, as those led answer.

        It is the same for every priority. A cell where too few have answered the item, or all of
        them alike, counts as silence: it would tell what each of them has said.
        """
        made = Counted(link=Link.LED, target=priority.targets[Link.LED], is_by_followers=True)
        item = next((each for each in WORD_AND_DEED if (each, "") in self.rounds), "")
        found = self._asked((item, ""), group=group, organisation=organisation)
        if found is None:
            return made
        return _summed(made, self._shown(item, found), wanted=_AGREE)

    def agreeing(
        self, item: str, *, group: Group, organisation: Organisation
    ) -> tuple[int, int] | None:
        """How many of those who answered an item agree; None where nobody of the group was asked.

        What too few have answered, or what all of a cell have answered alike about a leader, counts
        as silence. Of (0, 0) nothing may be told.
        """
        found = self._asked((item, ""), group=group, organisation=organisation)
        if found is None:
            return None
        given = self._shown(item, found).given
        n = sum(sum(each.values()) for each in given)
        return sum(each.get(value, 0) for each in given for value in _AGREE), n

    def of_team(self, item: str, *, manager: str, role: str) -> Mapping[str, int] | None:
        """The answers of one manager's own team by value; None where it has no cell of its own."""
        for cell in self.cells.get(self.rounds.get((item, ""), ""), ()):
            is_own = cell["manager_id"] == manager and not cell["is_remainder"]
            if is_own and cell["role"] == role and cell["answered_count"] is not None:
                given = self.answers[item, ""].get(cell["cell_id"], {})
                return given if sum(given.values()) >= self.least else None
        return None

    def _shown(self, item: str, found: "_Asked") -> "_Asked":
        least_values = 2 if item in WORD_AND_DEED else 1
        shown = [
            given
            for given in found.given
            if sum(given.values()) >= self.least and sum(map(bool, given.values())) >= least_values
        ]
        return replace(found, given=shown)

    def _asked(
        self, asked_in: tuple[str, str], *, group: Group, organisation: Organisation
    ) -> "_Asked | None":
        if asked_in not in self.rounds:
            return None
        round_id = self.rounds[asked_in]
        invited = sum(
            count
            for team, count in self.invited[round_id, group.role]
            if organisation.is_within(team, group.head)
        )
        given = [
            self.answers[asked_in].get(cell["cell_id"], {})
            for cell in self.cells[round_id]
            if cell["role"] == group.role
            and cell["answered_count"] is not None
            and organisation.is_within(cell["manager_id"], group.head)
        ]
        return _Asked(invited=invited, given=given) if invited else None


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """People of a group who were asked one item, and the answers by value, cell by cell."""

    invited: int
    given: Sequence[Mapping[str, int]]


def _summed(made: Counted, found: _Asked | None, *, wanted: frozenset[str]) -> Counted:
    if found is None:
        return made
    n = sum(sum(given.values()) for given in found.given)
    if not n:
        return replace(made, asked=found.invited, reason=LinkReason.ANONYMITY)
    k = sum(given.get(value, 0) for given in found.given for value in wanted)
    return replace(made, asked=found.invited, k=k, n=n)


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
        if row["cell_id"] in cells
        and (row["subject"] is None) == (row["item"] in _ABOUT_NO_PRIORITY)
    ]
    rounds: dict[tuple[str, str], str] = {}
    for row in counts:
        key, round_id = (row["item"], row["subject"] or ""), cells[row["cell_id"]]["round_id"]
        newest = max((round_id, rounds.get(key, round_id)), key=lambda one: (closed[one], one))
        rounds[key] = newest
    answers: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for row in counts:
        key = (row["item"], row["subject"] or "")
        if cells[row["cell_id"]]["round_id"] == rounds[key]:
            answers[key][row["cell_id"]][row["value"]] = row["answer_count"]
    return Survey(
        cells=_by_round(cells.values()),
        answers=answers,
        rounds=rounds,
        invited=_invited(facts, cells=cells),
        least=facts.min_answer_count,
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
