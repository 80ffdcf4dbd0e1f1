"""Answers of a round cut into cells: no team under the minimum stands alone, nobody twice."""

from collections.abc import Sequence
from dataclasses import dataclass

MIN_ANSWERS = 5


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One team in one round: its manager, the leaders above nearest first, people and answers."""

    manager: str
    above: tuple[str, ...]
    invited: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Teams that are counted together under their lowest common leader.

    `is_blocked` where there are too few answers even so.
    """

    leader: str
    teams: tuple[Asked, ...]
    is_remainder: bool
    is_blocked: bool = False


def cut(teams: Sequence[Asked]) -> tuple[Cell, ...]:
    """The partition of one role's teams in one round.

    A team with enough answers is a cell. The others are poured together under the next leader up
    until they have enough; if one team alone remains below, its smallest sibling joins it.

    Examples:
        >>> ask = lambda who, n: Asked(manager=who, above=("top",), invited=9, answered=n)
        >>> [len(cell.teams) for cell in cut([ask("a", 7), ask("b", 3), ask("c", 4)])]
        [1, 2]
    """
    whole = [
        Cell(leader=team.manager, teams=(team,), is_remainder=False)
        for team in teams
        if team.answered >= MIN_ANSWERS
    ]
    waiting = [team for team in teams if team.answered < MIN_ANSWERS]
    made: list[Cell] = []
    for depth in range(max((len(team.above) for team in teams), default=0)):
        waiting = _poured(waiting, depth=depth, whole=whole, made=made)
    blocked = [
        Cell(leader=_lowest(one), teams=tuple(one), is_remainder=True, is_blocked=True)
        for one in [waiting]
        if one
    ]
    return (*whole, *made, *blocked)


def _poured(
    waiting: Sequence[Asked], *, depth: int, whole: list[Cell], made: list[Cell]
) -> list[Asked]:
    """Pour what waits below each leader of one level; gives what still waits.

    Level 0 is the leader next above a team; whoever has no leader so far up has their highest.
    """
    below: dict[str, list[Asked]] = {}
    for team in waiting:
        below.setdefault(_above(team, depth), []).append(team)
    left: list[Asked] = []
    for leader, teams in below.items():
        siblings = [cell for cell in whole if _above(cell.teams[0], 0) == leader]
        if sum(team.answered for team in teams) >= MIN_ANSWERS:
            made.append(Cell(leader=leader, teams=tuple(teams), is_remainder=True))
        elif len(teams) == 1 and siblings:
            joining = min(siblings, key=lambda cell: (cell.teams[0].answered, cell.leader))
            whole.remove(joining)
            made.append(Cell(leader=leader, teams=(*teams, *joining.teams), is_remainder=True))
        else:
            left += teams
    return left


def _above(team: Asked, depth: int) -> str:
    """The leader so far up; for the team of the head, the head."""
    return team.above[min(depth, len(team.above) - 1)] if team.above else team.manager


def _lowest(teams: Sequence[Asked]) -> str:
    """The lowest leader above all of them."""
    lines = [(team.manager, *team.above) for team in teams]
    shared = [leader for leader in lines[0] if all(leader in line for line in lines)]
    return shared[0]
