"""What leaves a survey: counts of groups of at least five, and nothing smaller can be derived.

When a round closes, its answers are cut into cells: every answer lies in exactly one, and no second
cut exists, so that nothing can be subtracted within a round. Whoever stands in the counts of a
round closed shortly before does not count again towards the size of a cell. Nothing of a survey
leaves but through here.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from headway.terms.errors import HeadwayError
from headway.terms.item_bank import ABOUT_MANAGERS, ITEMS
from headway.terms.survey import LEAST_ANSWERS, Answer, Asked, Cell, Count, Pooled, Team

LEAST_WORDS = 10
# Two rounds that close within it are read together.
APART = timedelta(days=30)
MOSTLY = "mostly_"


class TooSmallGroupsError(HeadwayError):
    """Somebody wants counts of groups smaller than five."""

    code = "disclosure.too_small_groups"

    def __init__(self, found: int) -> None:
        super().__init__(
            f"Groups of {found} were asked for. Expected {LEAST_ANSWERS} or more: the limit can "
            "be raised, never lowered."
        )


class LeaderCircleError(HeadwayError):
    """Somebody stands above themselves in the reporting lines."""

    code = "disclosure.leader_circle"

    def __init__(self, leader: str) -> None:
        super().__init__(
            f"The reporting lines above '{leader}' run in a circle. Expected each to lead to the "
            "top. Correct them in the source, load it again, then close the round."
        )


@dataclass(frozen=True, kw_only=True)
class Exposed:
    """The people who stand in the counts of one closed round."""

    closed_on: date
    people: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Round:
    """One closed round. `answered` are the people who answered, apart from what they answered."""

    round_id: str
    closed_on: date
    invited: Mapping[Team, int]
    answered: Mapping[Team, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class _Small:
    """A team that is too small by itself, or, with more of them, what is poured together."""

    teams: tuple[Team, ...]
    answers: int


def cut(
    round_: Round,
    *,
    above: Mapping[str, str | None],
    earlier: Iterable[Exposed] = (),
    least: int = LEAST_ANSWERS,
) -> tuple[Cell, ...]:
    """The cells of a closed round: each invited team stands in exactly one.

    A team with enough answers is a cell. Smaller ones of the same role are poured together under
    the next leader up who has enough of them. A team alone there, or what is left at the top, takes
    its smallest sibling with it. What still has too few is blocked, and so is a cell with fewer
    than `least` people who do not stand in the counts of a round closed in the 30 days before.

    Args:
        round_: who was asked, and who answered.
        above: the leader above each leader, None or absent at the top.
        earlier: rounds closed before.
        least: answers below which nothing is counted, 5 or more.

    Returns:
        The cells, sorted by their ids.

    Raises:
        TooSmallGroupsError: `least` is below five.
        LeaderCircleError: a leader stands above themselves.

    References:
        Own. A derived figure is a weighted sum of published cells; with a cell of the latest round
        in it, it carries all of that cell's people who stand in no earlier cell, at least `least`;
        without, the same holds for the round before. So no sum of cells of rounds within 30 days
        speaks of fewer than `least` people.

    Examples:
        >>> ada, ben = Team(manager="ada", role="seller"), Team(manager="ben", role="seller")
        >>> asked = Round(
        ...     round_id="r1",
        ...     closed_on=date(2026, 6, 30),
        ...     invited={ada: 7, ben: 3},
        ...     answered={ada: frozenset("abcdef"), ben: frozenset("xyz")},
        ... )
        >>> [one] = cut(asked, above={"ada": "eve", "ben": "eve"})
        >>> one.manager, one.answered_count, one.teams
        ('eve', 9, (('ada', 7), ('ben', 3)))
    """
    _refuse_too_small(least)
    shown_before = _shown_before(round_, earlier)
    cells: list[Cell] = []
    for role in sorted({team.role for team in round_.invited}):
        teams = [team for team in round_.invited if team.role == role]
        for members, head, is_open in _poured(round_, teams, above=above, least=least):
            cells.append(
                _cell(round_, members, head=head, is_open=is_open, shown_before=shown_before)
            )
    return tuple(
        sorted((_blocked(cell, least=least) for cell in cells), key=lambda cell: cell.cell_id)
    )


def exposed(round_: Round, cells: Iterable[Cell]) -> Exposed:
    """The people who stand in the counts of these cells of the round."""
    people: set[str] = set()
    for cell in cells:
        if cell.answered_count is not None:
            for manager, _ in cell.teams:
                people |= round_.answered.get(Team(manager=manager, role=cell.role), frozenset())
    return Exposed(closed_on=round_.closed_on, people=frozenset(people))


def counts(
    cells: Sequence[Cell], answers: Iterable[Answer], *, least: int = LEAST_ANSWERS
) -> tuple[Count, ...]:
    """Answers of each open cell, counted by item, subject and value.

    An item is left out of a cell where too few answered it. Where all, or all but one, answer a
    sensitive item on the same side, one count `mostly_` and the side stands for them, so that the
    answer of no person follows from it; where some of the cell were counted shortly before, a
    sensitive item is left out, for the difference could be what a few agree on.

    Args:
        cells: what `cut` gave for the round.
        answers: those of the round.
        least: as for `cut`.

    Returns:
        The counts, sorted; for one cell, item and subject they sum to the answers given to it.

    Raises:
        TooSmallGroupsError: `least` is below five.
    """
    _refuse_too_small(least)
    cell_of = {
        Team(manager=manager, role=cell.role): cell
        for cell in cells
        if cell.answered_count is not None
        for manager, _ in cell.teams
    }
    tallies: dict[tuple[str, Asked], Counter[str]] = defaultdict(Counter)
    for answer in answers:
        if (cell := cell_of.get(answer.team)) is not None:
            for asked, value in answer.values.items():
                tallies[cell.cell_id, asked][value] += 1
    again = {cell.cell_id: cell.again_count for cell in cells}
    return tuple(
        Count(cell_id=cell_id, item=item, subject=subject, value=value, answer_count=count)
        for (cell_id, (item, subject)), tally in sorted(
            tallies.items(), key=lambda one: (one[0][0], one[0][1][0], one[0][1][1] or "")
        )
        if tally.total() - again[cell_id] >= least
        for value, count in sorted(_told(item, tally, is_again=bool(again[cell_id])).items())
    )


def guarded(code: str, tally: Counter[str]) -> Mapping[str, int]:
    """One cell's counts of an item by value as they may be shown: `mostly_` if nearly all agree."""
    item = ITEMS.get(code)
    for side in item.sides if item else ():
        if sum(tally[value] for value in side) >= tally.total() - 1:
            return {MOSTLY + "_".join(sorted(side)): tally.total()}
    return tally


def themes(
    cells: Iterable[Cell],
    coded: Iterable[tuple[Team, Collection[str]]],
    *,
    least: int = LEAST_ANSWERS,
    least_words: int = LEAST_WORDS,
) -> tuple[tuple[str, int], ...]:
    """What answers in own words are about, over the whole round: never a word of them.

    Args:
        cells: what `cut` gave for the round.
        coded: team and themes of each answer, in which a theme stands once.
        least: answers below which a theme is not told, 5 or more.
        least_words: answers below which nothing is told.

    Returns:
        Theme and how many answers name it, the most named first; nothing from too few answers.

    Raises:
        TooSmallGroupsError: `least` is below five.
    """
    _refuse_too_small(least)
    open_cells = [cell for cell in cells if cell.answered_count is not None]
    teams = {(manager, cell.role) for cell in open_cells for manager, _ in cell.teams}
    told = [set(found) for team, found in coded if (team.manager, team.role) in teams]
    again = sum(cell.again_count for cell in open_cells)
    if len(told) - again < least_words:
        return ()
    tally = Counter(theme for found in told for theme in found)
    enough = [(theme, count) for theme, count in tally.items() if count - again >= least]
    return tuple(sorted(enough, key=lambda one: (-one[1], one[0])))


def pooled(
    cells: Sequence[Cell], found: Iterable[Count], *, least: int = LEAST_ANSWERS
) -> tuple[Pooled, ...]:
    """What is asked about managers, over all teams of a round together.

    It is a sum of what the cells tell already: a cell that is nearly of one mind adds what its side
    leaves open, and nothing more becomes known of it. Of fewer than `least` managers nothing is
    told, for the answers would be about one or two of them.

    Args:
        cells: what `cut` gave for the round.
        found: what `counts` gave for them.
        least: managers below which nothing is told, 5 or more.

    Returns:
        One for each item about managers that was asked, sorted by item.

    Raises:
        TooSmallGroupsError: `least` is below five.
    """
    _refuse_too_small(least)
    tallies: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for each in found:
        if each.item.startswith(ABOUT_MANAGERS):
            tallies[each.item][each.cell_id][each.value] += each.answer_count
    managers = {cell.cell_id: {manager for manager, _ in cell.teams} for cell in cells}
    return tuple(
        _pooled(item, by_cell, team_count=len(rated))
        for item, by_cell in sorted(tallies.items())
        if len(rated := set().union(*(managers[cell_id] for cell_id in by_cell))) >= least
    )


def is_enough(people: Collection[str], *, least: int = LEAST_ANSWERS) -> bool:
    """Whether a mean over these people may be told.

    Raises:
        TooSmallGroupsError: `least` is below five.
    """
    _refuse_too_small(least)
    return len(set(people)) >= least


def _shown_before(round_: Round, earlier: Iterable[Exposed]) -> frozenset[str]:
    near = [
        other.people
        for other in earlier
        if timedelta(0) <= round_.closed_on - other.closed_on < APART
    ]
    return frozenset().union(*near)


def _poured(
    round_: Round, teams: Sequence[Team], *, above: Mapping[str, str | None], least: int
) -> list[tuple[tuple[Team, ...], str, bool]]:
    """Teams that stand together, the leader above them, and whether they are enough."""
    own = {team.manager: _Small(teams=(team,), answers=_answers(round_, team)) for team in teams}
    alone = {manager for manager, one in own.items() if one.answers >= least}
    found = {manager: (own[manager].teams, manager, True) for manager in alone}
    poured: list[tuple[tuple[Team, ...], str, bool]] = []
    left: dict[str, list[_Small]] = defaultdict(list)
    for leader, depth in _lowest_first(own, above=above):
        pool = left.pop(leader, [])
        if leader in own and leader not in alone:
            pool.append(own[leader])
        if not pool:
            continue
        small = _together(pool)
        sibling = _smallest_sibling(leader, found=found, own=own, above=above)
        if small.answers >= least:
            poured.append((small.teams, leader, True))
        elif sibling is not None and (len(small.teams) == 1 or depth == 0):
            del found[sibling]
            poured.append((_together([small, own[sibling]]).teams, leader, True))
        elif depth:
            left[str(above[leader])].append(small)
        else:
            poured.append((small.teams, leader, False))
    return [*found.values(), *poured]


def _lowest_first(
    managers: Iterable[str], *, above: Mapping[str, str | None]
) -> list[tuple[str, int]]:
    """Every leader over these and themselves, with their distance from the top, from below."""
    depths: dict[str, int] = {}
    for manager in managers:
        path = [manager]
        while (leader := above.get(path[-1])) is not None:
            if leader in path:
                raise LeaderCircleError(manager)
            path.append(leader)
        depths.update({leader: depth for depth, leader in enumerate(reversed(path))})
    return sorted(depths.items(), key=lambda one: (-one[1], one[0]))


def _smallest_sibling(
    leader: str,
    *,
    found: Mapping[str, object],
    own: Mapping[str, _Small],
    above: Mapping[str, str | None],
) -> str | None:
    siblings = [one for one in found if one == leader or above.get(one) == leader]
    return min(siblings, key=lambda one: (own[one].answers, one), default=None)


def _together(pool: Sequence[_Small]) -> _Small:
    teams = tuple(sorted(team for small in pool for team in small.teams))
    return _Small(teams=teams, answers=sum(small.answers for small in pool))


def _cell(
    round_: Round,
    teams: Sequence[Team],
    *,
    head: str,
    is_open: bool,
    shown_before: frozenset[str],
) -> Cell:
    answered = [round_.answered.get(team, frozenset()) for team in teams]
    is_single = len(teams) == 1 and teams[0].manager == head
    ends = "" if is_single else ":several"
    return Cell(
        cell_id=f"{round_.round_id}:{teams[0].role}:{head}{ends}",
        manager=teams[0].manager if len(teams) == 1 else head,
        role=teams[0].role,
        is_remainder=len(teams) > 1,
        teams=tuple((team.manager, round_.invited[team]) for team in teams),
        answered_count=sum(len(people) for people in answered) if is_open else None,
        again_count=sum(len(people & shown_before) for people in answered),
    )


def _blocked(cell: Cell, *, least: int) -> Cell:
    if cell.answered_count is None or cell.answered_count - cell.again_count >= least:
        return cell
    return replace(cell, answered_count=None)


def _answers(round_: Round, team: Team) -> int:
    return len(round_.answered.get(team, frozenset()))


def _pooled(item: str, by_cell: Mapping[str, Counter[str]], *, team_count: int) -> Pooled:
    agree = set(ITEMS[item].sides[-1])
    on_side = MOSTLY + "_".join(sorted(agree))
    fewest = most = of = 0
    for tally in by_cell.values():
        n = tally.total()
        of += n
        if any(value.startswith(MOSTLY) for value in tally):
            # All, or all but one, are on the side that is told.
            fewest += n - 1 if on_side in tally else 0
            most += n if on_side in tally else 1
        else:
            agreeing = sum(tally[value] for value in agree)
            fewest, most = fewest + agreeing, most + agreeing
    return Pooled(item=item, least=fewest, most=most, of=of, team_count=team_count)


def _told(code: str, tally: Counter[str], *, is_again: bool) -> Mapping[str, int]:
    item = ITEMS.get(code)
    is_sensitive = item is not None and bool(item.sides)
    return {} if is_sensitive and is_again else guarded(code, tally)


def _refuse_too_small(least: int) -> None:
    if least < LEAST_ANSWERS:
        raise TooSmallGroupsError(least)
