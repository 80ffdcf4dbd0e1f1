"""How far people have moved from what they did to what their new role says, person by person."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import divergence
from headway.analysis.strategy.roles import Part, Role
from headway.analysis.strategy.work import Work
from headway.facts.arrays import Array
from headway.terms.period import Period

Floats = npt.NDArray[np.float64]

BEFORE_DAYS = 180
"""Days before somebody's role changed that show what they did before."""
NEAR = 0.01
"""Whoever was so near to the role before has nothing to move; see `divergence.from_profile`."""
_WEEK_DAYS, _LEAST_WEEKS = 7, 4
_DRAWS = 2_000
_NOTHING = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Shifts:
    """How far the people of a place moved.

    `values` has one shift for each of `people`, who had to move, -1..1: 1 = does what the role
    says, 0 = does what they did before, below 0 = moved away. `there` people did it before already,
    `few` have too little work to tell. `was` and `now` are the squares of how far everybody else
    was and is from their role along its way. `before` and `since` count the pieces of work,
    `unplaced` those of which nobody knows in which part of a role they lie. `drift` are shifts of
    the place with the change moved to earlier weeks, in which nothing had changed yet.
    """

    people: tuple[str, ...]
    values: Floats
    was: Floats
    now: Floats
    there: int
    few: int
    before: int
    since: int
    unplaced: int
    drift: Floats

    @property
    def whole(self) -> float:
        """The shift of the place: by how much all together are nearer to their roles, -1..1."""
        return float(_of_all(self.was.sum(), self.now.sum()))

    def moved(self, least: float) -> tuple[frozenset[str], frozenset[str]]:
        """Who has moved so far or further, and who has not."""
        pairs = [
            (name, shift >= least) for name, shift in zip(self.people, self.values, strict=True)
        ]
        return (
            frozenset(name for name, has_moved in pairs if has_moved),
            frozenset(name for name, has_moved in pairs if not has_moved),
        )

    @property
    def p_drift(self) -> float | None:
        """How often weeks without a change show such a shift; None where none can be told."""
        if not len(self.drift):
            return None
        return float((1 + (self.drift >= self.whole).sum()) / (1 + len(self.drift)))

    def drawn(self, *, seed: int) -> Floats:
        """The shift of the place with people drawn with replacement, again and again."""
        random = np.random.default_rng(seed)
        picked = random.integers(len(self.was), size=(_DRAWS, len(self.was)))
        return _of_all(self.was[picked].sum(axis=1), self.now[picked].sum(axis=1))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Person:
    """The placed work of one person, with the day of the change and the declared shares.

    `account` tells accounts apart: what is done with one of them hangs together. Work of which no
    account is known stands by itself. `way` is that of the role, None where it has none.
    """

    account: Array
    part: Array
    on: Array
    profile: Floats
    changed: int
    way: Floats | None

    def seen(self, first: float, end: float) -> "_Seen":
        chosen = (self.on >= first) & (self.on < end)
        accounts, account = np.unique(self.account[chosen], return_inverse=True)
        shape = len(accounts), len(self.profile)
        cells = account * shape[1] + self.part[chosen]
        counts = np.bincount(cells, minlength=shape[0] * shape[1]).astype(float)
        return _Seen(
            n=int(chosen.sum()),
            distance=divergence.from_profile(counts.reshape(shape), self.profile),
            squared=self.squared(first, end),
        )

    def count(self, first: float, end: float) -> int:
        """How many pieces of work."""
        return int(((self.on >= first) & (self.on < end)).sum())

    def squared(self, first: float, end: float) -> float:
        """The square of how far their work lies from the role; NaN where a half has none."""
        middle = (first + end) / 2
        earlier, later = (self._off(*days) for days in ((first, middle), (middle, end)))
        return float(earlier @ later)

    def _off(self, first: float, end: float) -> Floats:
        """How far the shares of each part lie from the role's, or of the way to it."""
        part = self.part[(self.on >= first) & (self.on < end)]
        counts = np.bincount(part, minlength=len(self.profile)).astype(float)
        off = (counts / len(part) if len(part) else np.full(len(counts), np.nan)) - self.profile
        return off if self.way is None else np.array([off @ self.way])


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """How many pieces of work, and how far from the role they lie together.

    `distance` is the divergence, `squared` the square of the distance along the role's way.
    """

    n: int
    distance: float
    squared: float


Ways = Mapping[tuple[Part, ...], Floats]
"""By the parts of a role, the way to it: the direction, as long as 1."""


def ways(work: Work, *, roles: Mapping[str, Role]) -> Ways:
    """The way to each role: from what all who got it did before, on average, to what it says.

    Whose role differs by little from what they did on average has no way, as of people who come
    from either side of it.

    Args:
        work: of everybody.
        roles: of everybody, who has which role from which day on.
    """
    found = {}
    for parts, role in {role.parts: role for role in roles.values()}.items():
        changed = np.full(len(work.people), -np.inf)
        for number, name in enumerate(work.people):
            if name in roles and roles[name].parts == parts:
                changed[number] = _day(roles[name].effective_on)
        profile, part = _profile(role), work.parts(role)
        day = changed[work.person]
        chosen = (part >= 0) & (work.on >= day - BEFORE_DAYS) & (work.on < day)
        shape = len(work.people), len(profile)
        cells = work.person[chosen] * shape[1] + part[chosen]
        counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
        counts = counts[counts.sum(axis=1) > 0]
        if not len(counts):
            continue
        mix = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
        if divergence.from_profile(mix[None], profile) > NEAR:
            found[parts] = (profile - mix) / np.linalg.norm(profile - mix)
    return found


def of(
    work: Work,
    *,
    roles: Mapping[str, Role],
    along: Ways,
    people: Collection[str],
    window: Period,
    grace_days: int,
    fewest: int,
) -> Shifts:
    """The shifts of the people of a place.

    A person's shift is (before - since) / before, where these are the distances from their role in
    the 180 days before it changed and in the window, but not before the grace is over. That of a
    place is the same of sums over its people, of the squares of how far they lie from the role
    along its way. Each square is the product of what the earlier and the later half of the days
    show: what is chance in one of them is not in the other, so that it is right on average, however
    work hangs together within a half. Neither is a ratio of two squares of one person, nor a
    median. Whoever was there already is among them, as who seems to have been is partly chance.
    Where a role has no way, the distance in all parts stands for it.

    Args:
        work: of everybody.
        roles: who has which role, from which day on.
        along: the way to each role, of everybody; see `ways`.
        people: those of the place; whoever has no role does not count.
        window: the days that are judged.
        grace_days: after the change nobody is expected to have moved.
        fewest: pieces of work a person needs before and since.

    References:
        Own. `drift` moves the day of the change through the weeks before it, at least four weeks
        away from both ends, as a permutation of blocks of a week would; half of the work is enough
        there, as each side is shorter.
    """
    end = _day(window.end)
    # Many people have the same role: where its work lies is found once.
    distinct = {role.parts: role for role in roles.values()}
    placed = {parts: work.parts(role) for parts, role in distinct.items()}
    moving, values, squares, drifts = [], [], [], []
    there = few = before = since = unplaced = 0
    for name in sorted(people & roles.keys()):
        role = roles[name]
        person, unknown = _person(
            work, name, role=role, part=placed[role.parts], way=along.get(role.parts)
        )
        first = max(_day(window.first), person.changed + grace_days)
        was = person.seen(person.changed - BEFORE_DAYS, person.changed)
        now = person.seen(first, end)
        unplaced += unknown
        before, since = before + was.n, since + now.n
        if min(was.n, now.n) < fewest or math.isnan(was.squared + now.squared):
            few += 1
            continue
        squares.append((was.squared, now.squared))
        drifts.append(list(_drift(person, fewest=fewest // 2)))
        if was.distance <= NEAR:
            there += 1
        else:
            moving.append(name)
            values.append(_shift(was, now))
    both = np.array(squares).reshape(-1, 2)
    return Shifts(
        people=tuple(moving),
        values=np.array(values),
        was=both[:, 0],
        now=both[:, 1],
        there=there,
        few=few,
        before=before,
        since=since,
        unplaced=unplaced,
        drift=_drifted(drifts),
    )


def _person(
    work: Work, name: str, *, role: Role, part: Array, way: Floats | None
) -> tuple[_Person, int]:
    """The placed work of one person, and how many pieces could not be placed."""
    theirs = work.person == (work.people.index(name) if name in work.people else -1)
    part, on, account = part[theirs], work.on[theirs], work.account[theirs]
    known = part >= 0
    if None in work.accounts:
        alone = account == work.accounts.index(None)
        account = np.where(alone, -1 - np.arange(len(account)), account)
    return _Person(
        account=account[known],
        part=part[known],
        on=on[known],
        profile=_profile(role),
        changed=_day(role.effective_on),
        way=way,
    ), int((~known).sum())


def _profile(role: Role) -> Floats:
    """The declared share of each part, and none outside of them."""
    return np.array([*(each.share for each in role.parts), 0.0])


def _shift(was: _Seen, now: _Seen) -> float:
    return float(_of_all(np.float64(was.distance), np.float64(now.distance)))


def _of_all(was: Floats | np.float64, now: Floats | np.float64) -> Floats:
    """The shift between two sums of distances; -1 where nothing is left to move after chance."""
    found: Floats = np.clip(1 - now / np.maximum(was, _NOTHING), -1.0, 1.0)
    return found


def _drift(person: _Person, *, fewest: int) -> Iterator[tuple[float, float]]:
    """The squares before and since each earlier week, NaN with too little work on one side."""
    weeks = BEFORE_DAYS // _WEEK_DAYS - _LEAST_WEEKS
    for ago in range(_LEAST_WEEKS, weeks + 1):
        cut = person.changed - ago * _WEEK_DAYS
        begun = person.changed - BEFORE_DAYS
        is_told = min(person.count(begun, cut), person.count(cut, person.changed)) >= fewest
        both = person.squared(begun, cut), person.squared(cut, person.changed)
        yield both if is_told and not math.isnan(sum(both)) else (np.nan, np.nan)


def _drifted(drifts: list[list[tuple[float, float]]]) -> Floats:
    """The shift at each week in which at least half of the people can be told."""
    if not drifts:
        return np.empty(0)
    table = np.array(drifts)
    enough = np.isfinite(table[:, :, 0]).sum(axis=0) >= len(table) / 2
    was, now = np.nansum(table[:, enough], axis=0).T
    return _of_all(was, now)


def _day(day: date) -> int:
    return int(np.datetime64(day).astype(int))
