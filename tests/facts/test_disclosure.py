"""What leaves a survey, and what somebody who sees all of it can work out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest

from headway.facts.disclosure import (
    Exposed,
    LeaderCircleError,
    Round,
    TooSmallGroupsError,
    counts,
    cut,
    exposed,
    is_enough,
    pooled,
    themes,
)
from headway.terms.item_bank import ITEMS
from headway.terms.survey import Answer, Asked, Cell, Count, Pooled, Team

CLOSED = date(2026, 6, 30)
# Dora leads Ann, Ben and Cy; Emil leads Flo; Zoe leads Dora and Emil.
ABOVE = {"ann": "dora", "ben": "dora", "cy": "dora", "flo": "emil", "dora": "zoe", "emil": "zoe"}


def team(manager: str, role: str = "seller") -> Team:
    return Team(manager=manager, role=role)


def asked(closed_on: date = CLOSED, **answered: int | Iterable[str]) -> Round:
    """A round in which so many, or these, answered of each team; twenty were asked in each."""
    people = {
        manager: frozenset(f"{manager}{number}" for number in range(found))
        if isinstance(found, int)
        else frozenset(found)
        for manager, found in answered.items()
    }
    return Round(
        round_id="r",
        closed_on=closed_on,
        invited={team(manager): 20 for manager in people},
        answered={team(manager): found for manager, found in people.items()},
    )


def told(cells: Iterable[Cell]) -> list[tuple[str, str, int | None]]:
    """Manager, teams and answers of each cell."""
    return [
        (cell.manager, "+".join(name for name, _ in cell.teams), cell.answered_count)
        for cell in cells
    ]


def test_teams_with_five_answers_stand_alone() -> None:
    assert told(cut(asked(ann=5, ben=7), above=ABOVE)) == [("ann", "ann", 5), ("ben", "ben", 7)]


def test_small_teams_are_poured_together_under_the_next_leader_up() -> None:
    cells = cut(asked(ann=3, ben=2, cy=9), above=ABOVE)
    assert told(cells) == [("cy", "cy", 9), ("dora", "ann+ben", 5)]
    assert [cell.is_remainder for cell in cells] == [False, True]
    assert [cell.invited_count for cell in cells] == [20, 40]


def test_what_is_too_little_under_one_leader_is_poured_further_up() -> None:
    assert told(cut(asked(ann=2, ben=1, flo=4), above=ABOVE)) == [("zoe", "ann+ben+flo", 7)]


def test_the_smallest_sibling_joins_a_team_that_would_remain_alone() -> None:
    cells = cut(asked(ann=4, ben=8, cy=6), above=ABOVE)
    assert told(cells) == [("ben", "ben", 8), ("dora", "ann+cy", 10)]


def test_at_the_top_a_sibling_joins_whatever_is_left() -> None:
    above = {"ann": "zoe", "ben": "zoe", "cy": "zoe"}
    assert told(cut(asked(ann=1, ben=2, cy=6), above=above)) == [("zoe", "ann+ben+cy", 9)]


def test_what_still_has_too_few_is_blocked_and_has_no_counts() -> None:
    round_ = asked(ann=2, flo=2)
    cells = cut(round_, above=ABOVE)
    assert told(cells) == [("zoe", "ann+flo", None)]
    answers = [Answer(team=team("ann"), values={("R1", "p"): "yes"})] * 2
    assert counts(cells, answers) == ()
    assert exposed(round_, cells).people == frozenset()


def test_roles_are_never_poured_together() -> None:
    ann = {team("ann"): 4, team("ann", "sdr"): 4}
    people = {one: frozenset(f"{one.role}{n}" for n in range(4)) for one in ann}
    round_ = Round(round_id="r", closed_on=CLOSED, invited=ann, answered=people)
    assert told(cut(round_, above=ABOVE)) == [("ann", "ann", None), ("ann", "ann", None)]


def test_every_invited_team_stands_in_exactly_one_cell() -> None:
    cells = cut(asked(ann=0, ben=1, cy=9, flo=2), above=ABOVE)
    teams = [manager for cell in cells for manager, _ in cell.teams]
    assert sorted(teams) == ["ann", "ben", "cy", "flo"]


def test_the_limit_can_be_raised_and_not_lowered() -> None:
    assert told(cut(asked(ann=7), above=ABOVE, least=8)) == [("ann", "ann", None)]
    with pytest.raises(TooSmallGroupsError):
        cut(asked(ann=7), above=ABOVE, least=4)
    with pytest.raises(TooSmallGroupsError):
        counts((), (), least=4)
    with pytest.raises(TooSmallGroupsError):
        themes((), (), least=4)


def test_leaders_in_a_circle_are_refused() -> None:
    with pytest.raises(LeaderCircleError, match="ann"):
        cut(asked(ann=7), above={"ann": "ben", "ben": "ann"})


def test_a_cell_with_few_new_people_is_blocked_within_thirty_days() -> None:
    first = asked(ann="abcdefg")
    seen = [exposed(first, cut(first, above=ABOVE))]
    for days, expected in ((0, None), (29, None), (30, 8)):
        second = asked(CLOSED + timedelta(days=days), ann="abcdefgh")
        assert told(cut(second, above=ABOVE, earlier=seen)) == [("ann", "ann", expected)]


def test_who_was_only_in_a_blocked_cell_counts_as_new() -> None:
    first = asked(ann="abcd")
    seen = [exposed(first, cut(first, above=ABOVE))]
    assert told(cut(asked(ann="abcde"), above=ABOVE, earlier=seen)) == [("ann", "ann", 5)]


def given(item: str, *values: str, subject: str | None = None) -> list[Answer]:
    return [Answer(team=team("ann"), values={(item, subject): value}) for value in values]


def counted(answers: Sequence[Answer], *, of: int) -> dict[tuple[str, str], int]:
    cells = cut(asked(ann=of), above=ABOVE)
    return {(one.item, one.value): one.answer_count for one in counts(cells, answers)}


def test_answers_are_counted_by_item_subject_and_value() -> None:
    answers = given("R1", "yes", "no", "yes", "yes", "no", subject="p1")
    cells = cut(asked(ann=5), above=ABOVE)
    expected = {"cell_id": "r:seller:ann", "item": "R1", "subject": "p1"}
    assert counts(cells, answers) == (
        Count(**expected, value="no", answer_count=2),
        Count(**expected, value="yes", answer_count=3),
    )


def test_an_item_that_few_answered_is_left_out() -> None:
    answers = [*given("RC1", *"5544"), *given("AU1", *"54321")]
    assert {item for item, _ in counted(answers, of=9)} == {"AU1"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("55555", {("WD1", "mostly_4_5"): 5}),
        ("12121", {("WD1", "mostly_1_2"): 5}),
        ("33333", {("WD1", "mostly_3"): 5}),
        # Whoever gave the one other answer must not know those of all the others.
        ("454541", {("WD1", "mostly_4_5"): 6}),
        ("554411", {("WD1", "1"): 2, ("WD1", "4"): 2, ("WD1", "5"): 2}),
    ],
)
def test_where_nearly_all_agree_on_something_sensitive_only_the_side_is_told(
    values: str, expected: dict[tuple[str, str], int]
) -> None:
    assert counted(given("WD1", *values), of=len(values)) == expected


def test_all_may_agree_on_what_is_not_sensitive() -> None:
    assert counted(given("RC1", *"55555"), of=5) == {("RC1", "5"): 5}


FIVE = ("ann", "ben", "cy", "dan", "eli")


def of_managers(item: str, **values: str) -> tuple[Pooled, ...]:
    """The pool of a round in which these people answered so about their own manager."""
    cells = cut(asked(**{manager: len(gave) for manager, gave in values.items()}), above={})
    answers = [
        Answer(team=team(manager), values={(item, None): value})
        for manager, gave in values.items()
        for value in gave
    ]
    return pooled(cells, counts(cells, answers))


def test_what_is_asked_about_managers_is_told_over_five_of_them_together() -> None:
    # Two of six agree with each.
    assert of_managers("WD1", **dict.fromkeys(FIVE, "112245")) == (
        Pooled(item="WD1", least=10, most=10, of=30, team_count=5),
    )


def test_of_four_managers_nothing_is_told_together() -> None:
    assert of_managers("WD1", **dict.fromkeys(FIVE[:4], "112245")) == ()


def test_a_group_of_one_mind_adds_only_what_its_side_leaves_open() -> None:
    four = dict.fromkeys(FIVE[:4], "112245")
    # All, or all but one, agree: six or five of six; all, or all but one, do not: none or one.
    assert of_managers("CO1", **four, eli="555544") == (
        Pooled(item="CO1", least=13, most=14, of=30, team_count=5),
    )
    assert of_managers("CO1", **four, eli="112221") == (
        Pooled(item="CO1", least=8, most=9, of=30, team_count=5),
    )


def test_what_is_not_about_managers_is_not_pooled() -> None:
    assert of_managers("PS1", **dict.fromkeys(FIVE, "112245")) == ()


def test_a_pool_of_fewer_than_five_is_refused() -> None:
    with pytest.raises(TooSmallGroupsError):
        pooled((), (), least=4)
    with pytest.raises(TooSmallGroupsError):
        is_enough("abcd", least=4)
    assert not is_enough("aabbccdde"[:7])
    assert is_enough("abcde")


def test_themes_are_told_from_ten_answers_and_five_that_name_them() -> None:
    cells = cut(asked(ann=10), above=ABOVE)
    coded = [(team("ann"), ["price", "hiring"])] * 5 + [(team("ann"), ["price", "tool"])] * 4
    assert themes(cells, coded) == ()
    assert themes(cells, [*coded, (team("ann"), [])]) == (("price", 9), ("hiring", 5))


# What somebody can work out who sees every count of every round ------------------------------

ITEMS_ASKED = ("R1", "WD1")
Given = Mapping[str, Mapping[Asked, str]]
Wave = tuple[Round, Given, tuple[Cell, ...], tuple[Count, ...]]


class Organisation:
    """Invented: a tree of leaders, sellers in teams of one to twelve, who come, go and move."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        leaders = self.random.randint(1, 12)
        self.above = {
            f"m{n}": f"m{self.random.randrange(n)}" if n else None for n in range(leaders)
        }
        self.stands: dict[str, str] = {}
        self.come(self.random.randint(5, 50))

    def come(self, count: int) -> None:
        names = list(self.above)
        for _ in range(count):
            manager = self.random.choice(names)
            self.stands[f"p{len(self.stands)}"] = manager

    def change(self) -> None:
        names = list(self.above)
        self.come(self.random.randint(0, 24))
        for person in list(self.stands):
            if self.random.random() < 0.1:
                self.stands[person] = self.random.choice(names)

    def answer(self, closed_on: date) -> tuple[Round, Given]:
        willing = self.random.choice((0.4, 0.7, 1.0))
        kind = self.random.choice(("1", "5", ""))
        gave: dict[str, dict[Asked, str]] = {}
        for person in self.stands:
            if self.random.random() < willing:
                items = [item for item in ITEMS_ASKED if self.random.random() < 0.9]
                gave[person] = {(item, None): kind or self.random.choice("12345") for item in items}
        invited: Counter[Team] = Counter(team(manager) for manager in self.stands.values())
        answered: dict[Team, set[str]] = defaultdict(set)
        for person in gave:
            answered[team(self.stands[person])].add(person)
        people = {one: frozenset(found) for one, found in answered.items()}
        return Round(round_id="r", closed_on=closed_on, invited=invited, answered=people), gave


def published(organisation: Organisation, rounds: int) -> list[Wave]:
    """Rounds a week apart, cut and counted with what the rounds before have shown."""
    found = []
    seen: list[Exposed] = []
    for number in range(rounds):
        round_, gave = organisation.answer(CLOSED + timedelta(days=7 * number))
        cells = cut(round_, above=organisation.above, earlier=seen)
        seen.append(exposed(round_, cells))
        answers = [
            Answer(team=one, values=gave[person])
            for one, people in round_.answered.items()
            for person in people
        ]
        found.append((round_, gave, cells, counts(cells, answers)))
        organisation.change()
    return found


def rows_of(item: str | None, waves: Sequence[Wave]) -> list[frozenset[str]]:
    """The people behind each figure of an item that left the survey; None: of who answered."""
    rows = []
    for round_, gave, cells, counted_ in waves:
        shown = {count.cell_id for count in counted_ if count.item == item}
        rows += [
            frozenset(
                person
                for manager, _ in cell.teams
                for person in round_.answered.get(team(manager), ())
                if item is None or (item, None) in gave[person]
            )
            for cell in cells
            if (cell.cell_id in shown if item else cell.answered_count is not None)
        ]
    return rows


@cache
def sets_of(count: int, *, size: int) -> np.ndarray:
    """Every set of `size` of `count` things."""
    found = list(combinations(range(count), size))
    return np.array(found, dtype=int).reshape(len(found), size)


def derives_fewer_than_five(rows: Sequence[frozenset[str]]) -> bool:
    """Whether some weighted sum of the figures speaks of one to four people alone.

    Such a sum vanishes on all but a set S of fewer than five people. It exists exactly if the
    figures have a lower rank without S, that is, if the projection onto what no figure can tell
    apart from nothing is singular on S. Who stands in the same figures is one column.
    """
    patterns = Counter(tuple(person in row for row in rows) for person in frozenset().union(*rows))
    figures = np.array(list(patterns), dtype=float).T
    weights = np.array(list(patterns.values()))
    few = np.flatnonzero(weights < 5)
    if np.linalg.matrix_rank(np.delete(figures, few, axis=1)) == np.linalg.matrix_rank(figures):
        return False
    hidden = np.eye(len(weights)) - np.linalg.pinv(figures) @ figures
    for size in range(1, 5):
        sets = few[sets_of(len(few), size=size)]
        sets = sets[weights[sets].sum(axis=1) < 5]
        determinants = np.linalg.det(hidden[sets[:, :, None], sets[:, None, :]])
        if (determinants < 1e-9).any():
            return True
    return False


def test_the_attacker_finds_what_a_careless_cut_gives_away() -> None:
    everybody, but_one = frozenset("abcdefgh"), frozenset("abcdefg")
    assert derives_fewer_than_five([everybody, but_one])
    assert derives_fewer_than_five([everybody, frozenset("abc"), frozenset("ijklm")])
    # Two groups and two others that are the same people but one: only all four together tell.
    halves = [frozenset("abcdef"), frozenset("ghijkl"), frozenset("abcghi"), frozenset("defjklm")]
    assert derives_fewer_than_five(halves)
    assert not derives_fewer_than_five([frozenset("abcde"), frozenset("abcdefghij")])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_nobody_derives_a_figure_of_fewer_than_five(part: int) -> None:
    """5,000 surveys of one to three rounds within 30 days, every figure and every sum of them."""
    shown = 0
    for seed in range(1000 * part, 1000 * (part + 1)):
        organisation = Organisation(seed)
        waves = published(organisation, rounds=1 + seed % 3)
        for item in (None, *ITEMS_ASKED):
            rows = rows_of(item, waves)
            shown += len(rows)
            if rows:
                assert not derives_fewer_than_five(rows), seed
        for _, _, cells, counted_ in waves:
            assert_nothing_unanimous(cells, counted_, seed=seed)
        assert_apart(rows_of("WD1", waves), seed=seed)
    # The attacker has something to work on.
    assert shown > 2000


def assert_nothing_unanimous(
    cells: Sequence[Cell], counted_: Sequence[Count], *, seed: int
) -> None:
    """No count of a sensitive item tells what everybody, or everybody but one, answered."""
    by_cell: dict[str, Counter[str]] = defaultdict(Counter)
    for count in counted_:
        if count.item == "WD1" and not count.value.startswith("mostly_"):
            by_cell[count.cell_id][count.value] += count.answer_count
    for cell_id, tally in by_cell.items():
        for side in ITEMS["WD1"].sides:
            assert sum(tally[value] for value in side) < tally.total() - 1, (seed, cell_id)
    assert all(cell.answered_count is None or cell.answered_count >= 5 for cell in cells), seed


def assert_apart(rows: Sequence[frozenset[str]], *, seed: int) -> None:
    """Figures of a sensitive item share nobody: no difference of two tells what a few agree on."""
    assert sum(len(row) for row in rows) == len(frozenset().union(*rows)), seed
