"""Answers are cut so that nobody stands alone and nothing can be subtracted."""

from hypothesis import given
from hypothesis import strategies as st

from headway.sources.demo.cells import MIN_ANSWERS, Asked, cut


def asked(manager: str, answered: int, *above: str) -> Asked:
    return Asked(manager=manager, above=above or ("d", "top"), invited=9, answered=answered)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.sampled_from([("d1", "top"), ("d2", "top"), ("top",)])),
        max_size=12,
    )
)
def test_every_team_stands_in_one_cell_and_no_cell_is_too_small(
    drawn: list[tuple[int, tuple[str, ...]]],
) -> None:
    teams = [asked(f"m{i}", answered, *above) for i, (answered, above) in enumerate(drawn)]
    cells = cut(teams)
    placed = [team.manager for cell in cells for team in cell.teams]
    assert sorted(placed) == sorted(team.manager for team in teams)
    for cell in cells:
        answered = sum(team.answered for team in cell.teams)
        assert (answered < MIN_ANSWERS) == cell.is_blocked
        for team in cell.teams:
            assert cell.leader in (team.manager, *team.above)


def test_a_team_with_enough_answers_is_a_cell_of_its_own() -> None:
    (cell,) = cut([asked("m", 5)])
    assert (cell.leader, cell.is_remainder, cell.is_blocked) == ("m", False, False)


def test_small_teams_are_poured_together_below_their_leader() -> None:
    whole, poured = cut([asked("a", 6), asked("b", 2), asked("c", 3)])
    assert whole.leader == "a"
    assert (poured.leader, [t.manager for t in poured.teams]) == ("d", ["b", "c"])
    assert poured.is_remainder


def test_the_smallest_sibling_joins_one_team_that_would_stay_below() -> None:
    whole, poured = cut([asked("a", 7), asked("b", 6), asked("c", 4)])
    assert whole.leader == "a"
    assert [t.manager for t in poured.teams] == ["c", "b"]


def test_what_stays_too_small_is_blocked() -> None:
    whole, blocked = cut([asked("a", 7), asked("k", 3, "top")])
    assert whole.leader == "a"
    assert (blocked.is_blocked, blocked.leader) == (True, "k")
