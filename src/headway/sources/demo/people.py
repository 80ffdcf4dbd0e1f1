"""Who works there: one head, directors, managers, sellers on seats that others had before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import names, shapes
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.options import DemoOptions, Scenario

TOP = "p001"
KEY_TEAM = "Key accounts"
_NAMED_TEAMS = (("North", 9), ("South", 7), ("West", 8), ("Central", 8), (KEY_TEAM, 6))
_NORTH, _WEST = "North and South", "West and Central"
_REGIONS = {"North": _NORTH, "South": _NORTH, "West": _WEST, "Central": _WEST}
"""Regions of the told story: each is two teams."""
_QUIET_DAYS = 150  # nobody is replaced so near the end that a new face would not count yet
AWAY_DAYS = 75
_AWAY_SHARE = 0.03
_TENURE_DAYS = 6 * 365


@dataclass(frozen=True, kw_only=True)
class Team:
    """One team: its manager, the leaders above the nearest first, its seats from `first` on."""

    number: int
    name: str
    region: str
    manager: str
    above: tuple[str, ...]
    first: int
    count: int

    @property
    def seats(self) -> range:
        """The numbers of its seats."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Everybody. One entry per seat in the arrays.

    `seller` sits there on the last day, `former` until day `since` ("" and 0 where nobody did).
    `is_present`: there long enough to count, and not on leave. `is_new` within a year.
    """

    teams: tuple[Team, ...]
    directors: tuple[str, ...]
    seller: Array
    former: Array
    since: Array
    is_present: Array
    columns: Columns

    @property
    def team_of_seat(self) -> Array:
        """The number of each seat's team."""
        return np.repeat(np.arange(len(self.teams)), [team.count for team in self.teams])

    def members(self, team: Team) -> list[int]:
        """The seats of a team whose sellers count."""
        return [seat for seat in team.seats if self.is_present[seat]]

    @property
    def leaders(self) -> tuple[str, ...]:
        """The head, the directors, the managers."""
        return (TOP, *self.directors, *(team.manager for team in self.teams))

    def person_at(self, seats: Array, *, days: Array) -> Array:
        """Who sat on each seat on each day."""
        had = np.where(days < self.since[seats], self.former[seats], self.seller[seats])
        return had.astype(object)


def of(options: DemoOptions, *, calendar: Calendar) -> Staff:
    """The people of one organisation."""
    draw = options.stream("people")
    plan = _teams(options, draw=draw)
    directors, above = _directors(plan)
    numbers = iter(range(2 + len(directors), 100_000))
    first = 0
    teams = []
    for number, (name, region, count) in enumerate(plan):
        teams.append(
            Team(
                number=number,
                name=name,
                region=region,
                manager=f"p{next(numbers):03d}",
                above=above[number],
                first=first,
                count=count,
            )
        )
        first += count
    seller = np.array([f"p{next(numbers):03d}" for _ in range(first)], dtype=object)
    former, since = _turnover(draw, count=first, last=calendar.last)
    away = draw.random(first) < _AWAY_SHARE
    staff = Staff(
        teams=tuple(teams),
        directors=directors,
        seller=seller,
        former=np.array([f"p{next(numbers):03d}" if one else "" for one in former], dtype=object),
        since=since,
        is_present=~away,
        columns={},
    )
    rows = list(_rows(staff, draw=draw, calendar=calendar))
    staff.columns.update(
        {
            "seen/person": of_rows([*(person for person, _ in rows), _INTEGRATION]),
            "seen/reporting_line": of_rows(line for _, line in rows),
            "seen/absence": of_rows(
                {"person_id": staff.seller[seat], "valid_from": calendar.ago(AWAY_DAYS)}
                for seat in np.flatnonzero(away)
            ),
        }
    )
    return staff


_INTEGRATION = {"person_id": "p000", "name": "Mail integration", "is_service_user": True}


def _teams(options: DemoOptions, *, draw: np.random.Generator) -> list[tuple[str, str, int]]:
    """Name, region and seats of each team."""
    if options.scenario is Scenario.SAMPLE and options.sellers == sum(n for _, n in _NAMED_TEAMS):
        return [(name, _REGIONS.get(name, name), count) for name, count in _NAMED_TEAMS]
    fewest, most = (4, 7) if options.scenario is Scenario.SMALL else (6, 12)
    counts: list[int] = []
    while (left := options.sellers - sum(counts)) > 0:
        count = min(int(draw.integers(fewest, most + 1)), left)
        if 0 < left - count < fewest:
            # No team is left too small: the last two share what there is.
            count = left - fewest if left >= 2 * fewest else left
        counts.append(count)
    regions = [name for name, _ in _NAMED_TEAMS[:-1]]
    plan = [
        (f"{regions[i % 4]} {i // 4 + 1}", regions[i % 4], count)
        for i, count in enumerate(counts[:-1])
    ]
    return [*sorted(plan, key=lambda one: regions.index(one[1])), (KEY_TEAM, KEY_TEAM, counts[-1])]


def _directors(
    plan: list[tuple[str, str, int]],
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The directors, and the leaders above each team; the key team reports to the head.

    Two directors up to 16 teams, four beyond: each has regions of their own.
    """
    count = 2 if len(plan) <= 16 else 4  # noqa: PLR2004  said above
    order = [name for name, _ in _NAMED_TEAMS[:-1]]
    ids = tuple(f"p{number:03d}" for number in range(2, 2 + count))
    return ids, [
        (TOP,) if name == KEY_TEAM else (ids[order.index(name.split()[0]) * count // 4], TOP)
        for name, _region, _count in plan
    ]


def _turnover(draw: np.random.Generator, *, count: int, last: int) -> tuple[Array, Array]:
    """Which seats somebody else had before, and the day on which they changed."""
    waited = draw.exponential(365 / shapes.LEAVERS_A_YEAR, count)
    latest = last - _QUIET_DAYS
    is_changed = (waited > 30) & (waited < latest)  # noqa: PLR2004  a month to begin with
    return is_changed, np.where(is_changed, waited, 0).astype(int)


_Row = dict[str, object]


def _rows(
    staff: Staff, *, draw: np.random.Generator, calendar: Calendar
) -> Iterator[tuple[_Row, _Row]]:
    """Everybody with their reporting line, in order of their ids."""
    taken = (names.TOP[0], *names.DIRECTORS, *names.MANAGERS, *names.WEST_SELLERS)
    given = names.people(draw, taken=taken)
    known = _known_names(staff)

    def row(person: str, title: str, **more: object) -> _Row:
        name = known.get(person) or next(given)
        mail = f"{name.lower().replace(' ', '.')}@calderworks.example"
        hired = calendar.data_from - timedelta(days=int(draw.exponential(_TENURE_DAYS)) + 30)
        named = {"person_id": person, "name": name, "email": mail, "title": title}
        return {**named, "hired_on": hired, **more}

    def line(person: str, manager: str | None, role: str, **more: object) -> _Row:
        stood: _Row = {"person_id": person, "manager_id": manager, "role": role}
        return {**stood, "valid_from": calendar.data_from, "basis": "declared", **more}

    yield row(TOP, names.TOP[1]), line(TOP, None, "leader")
    for director in staff.directors:
        yield row(director, "Sales director"), line(director, TOP, "leader")
    for team in staff.teams:
        at = {"team": team.name, "region": team.region}
        person = row(team.manager, f"Sales manager, {team.name}")
        yield person, line(team.manager, team.above[0], "manager", **at)
    for team in staff.teams:
        at = {"team": team.name, "region": team.region}
        title = f"Account manager, {team.name}"
        for seat in team.seats:
            seller, former = staff.seller[seat], staff.former[seat]
            since = calendar.day(staff.since[seat])
            begun = {"hired_on": since} if former else {}
            yield (
                row(seller, title, **begun),
                line(seller, team.manager, "seller", **at, valid_from=since),
            )
            if former:
                gone = row(former, title, left_on=since)
                yield gone, line(former, team.manager, "seller", **at, valid_to=since)


def _known_names(staff: Staff) -> dict[str, str]:
    """The people whom the sample names in words: head, directors, managers, the team West."""
    known = {TOP: names.TOP[0], **dict(zip(staff.directors, names.DIRECTORS, strict=False))}
    if [team.name for team in staff.teams] == [name for name, _ in _NAMED_TEAMS]:
        known.update({team.manager: names.MANAGERS[team.number] for team in staff.teams})
        west = staff.teams[2]
        known.update(
            {
                staff.seller[seat]: name
                for seat, name in zip(west.seats, names.WEST_SELLERS, strict=True)
            }
        )
    return known
