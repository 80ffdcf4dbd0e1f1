"""Who works here: a tree of two to five levels, with joiners, leavers, movers and leave."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

LONGEST_FLAT = 24
IN_SCOPE_DAYS, WINDOW_DAYS = 45, 90
NAMES = ("Zoë", "Óscar", "Mei", "Ravi", "Ingrid", "Tom", "Łucja", "Bo", "Fatima", "Jo-Ann")


@dataclass(kw_only=True)
class Person:
    id: str
    role: str
    manager: str | None
    hired_on: date
    region: str = ""
    left_on: date | None = None
    moved_on: date | None = None
    came_from: str | None = None
    leave: tuple[date, date] | None = None

    def is_at_work(self, day: date) -> bool:
        is_away = self.leave is not None and self.leave[0] <= day < self.leave[1]
        return self.hired_on <= day and not is_away and not (self.left_on and self.left_on <= day)

    def days_in_group(self, *, as_of: date) -> int:
        """Days of the window in today's group, without leave."""
        window_from = as_of - timedelta(days=WINDOW_DAYS - 1)
        start = max(window_from, self.hired_on, self.moved_on or window_from)
        days = (as_of - start).days + 1
        if self.leave:
            away = (min(self.leave[1], as_of + timedelta(days=1)) - max(self.leave[0], start)).days
            days -= max(0, away)
        return days


@dataclass(kw_only=True)
class Firm:
    as_of: date
    data_from: date
    people: dict[str, Person] = field(default_factory=dict)
    head: str = ""
    levels: int = 0
    new_team: str | None = None
    below: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Person) -> str:
        self.people[person.id] = person
        if person.manager and not person.left_on:
            self.below[person.manager].append(person.id)
        return person.id

    def leaders(self) -> list[str]:
        """Every leader from the top down."""
        return [p for p in self.walk(self.head) if self.people[p].role in {"leader", "manager"}]

    def walk(self, person: str) -> Iterator[str]:
        yield person
        for one in self.below[person]:
            yield from self.walk(one)

    def direct(self, leader: str) -> list[str]:
        return [p for p in self.below[leader] if self.people[p].role == "seller"]

    def sellers(self, leader: str) -> list[str]:
        return [p for p in self.walk(leader) if self.people[p].role == "seller"]

    def present(self, leader: str) -> list[str]:
        """Sellers of the leader's group who count for the window."""
        return [p for p in self.sellers(leader) if self.is_present(p)]

    def is_present(self, person: str) -> bool:
        return self.people[person].days_in_group(as_of=self.as_of) >= IN_SCOPE_DAYS

    def teams(self) -> list[str]:
        return [leader for leader in self.leaders() if self.direct(leader)]

    def is_team(self, leader: str) -> bool:
        """Whether nobody stands between this leader and the sellers."""
        return all(self.people[p].role != "manager" for p in self.walk(leader) if p != leader) and (
            bool(self.direct(leader))
        )

    def leaders_of(self, leader: str) -> list[str]:
        return [p for p in self.walk(leader) if p in set(self.leaders()) and self.sellers(p)]

    def above(self, person: str) -> list[str]:
        chain, at = [], self.people[person].manager
        while at:
            chain.append(at)
            at = self.people[at].manager
        return chain


def ids(rng: np.random.Generator) -> Iterator[str]:
    """Names of people as different systems give them."""
    style = rng.integers(5)
    n = 0
    while True:
        n += 1
        yield (
            f"p{n:03d}",
            f"{n:04d}",
            f"{rng.choice(NAMES)}.{n}@firm.example",
            f"005{rng.integers(10**6):06d}{n:04d}AAX",
            f"Sales, {n} / Süd",
        )[style]


def draw(rng: np.random.Generator) -> Firm:
    as_of = date(2025, 6, 1) + timedelta(days=int(rng.integers(500)))
    firm = Firm(as_of=as_of, data_from=as_of - timedelta(days=int(rng.integers(860, 1100))))
    name = ids(rng)
    wanted = int(np.exp(rng.uniform(np.log(20), np.log(200))))
    firm.head = _hire(firm, rng, name=next(name), role="leader", manager=None)
    if wanted <= LONGEST_FLAT and rng.random() < 0.4:
        firm.levels = 2
        _fill(firm, rng, name=name, manager=firm.head, size=wanted)
    else:
        _tree(firm, rng, name=name, wanted=wanted)
    _turn_over(firm, rng, name=name)
    return firm


def _tree(firm: Firm, rng: np.random.Generator, *, name: Iterator[str], wanted: int) -> None:
    usual = rng.uniform(5, 12)
    sizes: list[int] = []
    while sum(sizes) < wanted:
        sizes.append(int(np.clip(round(rng.normal(usual, 2.2)), 4, 14)))
    bosses = [firm.head]
    firm.levels = 3
    if len(sizes) >= 5:
        firm.levels = 5 if len(sizes) >= 12 and rng.random() < 0.6 else 4
        for _ in range(firm.levels - 3):
            count = max(2, round(len(sizes) / (8 if bosses == [firm.head] else 3.5)))
            bosses = _leaders(firm, rng, name=name, above=bosses, count=count)
    for n, size in enumerate(sizes):
        boss = bosses[n % len(bosses)]
        if firm.levels > 3 and rng.random() < 0.05:
            boss = firm.head
        manager = _hire(firm, rng, name=next(name), role="manager", manager=boss)
        firm.people[manager].region = firm.people[boss].region or f"Region {n + 1}"
        _fill(firm, rng, name=name, manager=manager, size=size)
    if firm.levels > 3 and rng.random() < 0.2:
        _fill(firm, rng, name=name, manager=bosses[0], size=2)


def _leaders(
    firm: Firm, rng: np.random.Generator, *, name: Iterator[str], above: list[str], count: int
) -> list[str]:
    made = []
    for n in range(max(count, len(above))):
        one = _hire(firm, rng, name=next(name), role="leader", manager=above[n % len(above)])
        firm.people[one].region = firm.people[above[n % len(above)]].region or f"Area {chr(65 + n)}"
        made.append(one)
    return made


def _hire(
    firm: Firm, rng: np.random.Generator, *, name: str, role: str, manager: str | None
) -> str:
    hired_on = firm.as_of - timedelta(days=int(rng.integers(1000, 4000)))
    region = firm.people[manager].region if manager else ""
    return firm.add(Person(id=name, role=role, manager=manager, hired_on=hired_on, region=region))


def _fill(
    firm: Firm, rng: np.random.Generator, *, name: Iterator[str], manager: str, size: int
) -> None:
    for _ in range(size):
        seller = _hire(firm, rng, name=next(name), role="seller", manager=manager)
        if rng.random() < 0.2:
            days = int(rng.choice([rng.integers(5, 35), rng.integers(120, 700)], p=[0.15, 0.85]))
            firm.people[seller].hired_on = firm.as_of - timedelta(days=days)


def _turn_over(firm: Firm, rng: np.random.Generator, *, name: Iterator[str]) -> None:
    teams = firm.teams()
    for seller in firm.sellers(firm.head):
        person = firm.people[seller]
        if rng.random() < 0.06:
            start = firm.as_of - timedelta(days=int(rng.integers(0, 200)))
            length = int(rng.choice([12, 21, 70]))
            person.leave = (start, start + timedelta(days=length))
        if rng.random() < 0.05 and len(teams) > 1 and person.hired_on < firm.data_from:
            days = int(rng.choice([rng.integers(15, 40), rng.integers(60, 300)]))
            others = [t for t in teams if t != person.manager]
            person.moved_on, person.came_from = (
                firm.as_of - timedelta(days=days),
                str(rng.choice(others)),
            )
    for _ in range(rng.poisson(0.1 * len(firm.sellers(firm.head)))):
        left = firm.as_of - timedelta(days=int(rng.integers(3, 700)))
        manager = str(rng.choice(teams))
        gone = _hire(firm, rng, name=next(name), role="seller", manager=manager)
        firm.people[gone].left_on = left
        firm.below[manager].remove(gone)
    if firm.levels > 2 and rng.random() < 0.15:
        _open_a_team(firm, rng, name=name)


def _open_a_team(firm: Firm, rng: np.random.Generator, *, name: Iterator[str]) -> None:
    boss = firm.people[firm.teams()[-1]].manager or firm.head
    firm.new_team = _hire(firm, rng, name=next(name), role="manager", manager=boss)
    firm.people[firm.new_team].region = firm.people[boss].region or "Region new"
    _fill(firm, rng, name=name, manager=firm.new_team, size=int(rng.integers(5, 9)))
    for seller in firm.direct(firm.new_team):
        days = int(rng.integers(8, 40))
        firm.people[seller].hired_on = firm.as_of - timedelta(days=days)
