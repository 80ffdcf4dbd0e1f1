"""Accounts: a pool for each seat, who owned them when, and the buyer's people."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import names, shapes
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, ids, of_rows
from headway.sources.demo.conduct import FOOD, KEY_TEAMS, Conduct
from headway.sources.demo.people import KEY_TEAM, Staff
from headway.sources.demo.world import World

KEY, INDUSTRIAL, SMALL, TARGETED = range(4)
"""What kind of account: the last are food and beverage plants."""
_SIZES = (3, 10, 14, 5)
_OFFSETS = (0, 3, 13, 27)
POOL = sum(_SIZES)
CONTACTS = ("economic", "technical", "user")
SEGMENTS = ("Key", "Industrial", "Small")
_FOOD_INDUSTRY = "Food and beverage"
HANDOVER_DAYS = 20


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """All accounts, `POOL` for each seat; `moved` are those that the reorganisation hands over.

    A moved account has its new seat; `moved_on` is the day, beyond the last where nobody moved it.
    """

    ids: Array
    popularity: Array
    moved: dict[int, int]
    moved_on: int
    columns: Columns

    def picked(self, kinds: Array, *, seats: Array, u: Array, skip_first: Array) -> Array:
        """An account of the kind asked for from the pool of each seat.

        Args:
            kinds: of which kind.
            seats: of whose pool.
            u: shares, drawn evenly.
            skip_first: whether the first of a pool is left out.
        """
        found = np.zeros(len(kinds), dtype=int)
        for kind, (size, offset) in enumerate(zip(_SIZES, _OFFSETS, strict=True)):
            here = np.flatnonzero(kinds == kind)
            weights = self.popularity[seats[here]][:, offset : offset + size].copy()
            weights[skip_first[here], 0] = 0.0
            reached = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
            place = np.minimum((reached <= u[here][:, None]).sum(axis=1), size - 1)
            found[here] = seats[here] * POOL + offset + place
        return found


def of(world: World) -> Accounts:
    """The accounts of one organisation."""
    draw = world.options.stream("accounts")
    seats = len(world.staff.seller)
    count = seats * POOL
    kinds = np.tile(np.repeat(np.arange(4), _SIZES), seats)
    found = Accounts(
        ids=ids("a", count),
        popularity=np.exp(draw.normal(0, shapes.ACCOUNT_VOLUME_LOG_SD, (seats, POOL))),
        moved=_moved(world.staff),
        moved_on=_moved_on(world.conduct, calendar=world.calendar),
        columns={},
    )
    found.columns.update(
        {
            "seen/account": _accounts(found, kinds=kinds, staff=world.staff, draw=draw),
            "seen/account_owner": of_rows(
                _owners(found, staff=world.staff, conduct=world.conduct, calendar=world.calendar)
            ),
            "seen/contact": _contacts(found),
        }
    )
    return found


def key_seats(staff: Staff) -> range:
    """The seats of the team of the key accounts."""
    return next(team for team in staff.teams if team.name == KEY_TEAM).seats


def _moved(staff: Staff) -> dict[int, int]:
    """The first key account of each seat elsewhere goes to a seat of the key team."""
    keys = key_seats(staff)
    others = [seat for seat in range(len(staff.seller)) if seat not in keys]
    return {seat * POOL: keys[i % len(keys)] for i, seat in enumerate(others)}


def _moved_on(conduct: Conduct, *, calendar: Calendar) -> int:
    cannot = conduct.not_done[KEY_TEAMS] == "cannot_move"
    return calendar.last + 1 if cannot else conduct.launched[KEY_TEAMS] + HANDOVER_DAYS


def _accounts(
    accounts: Accounts, *, kinds: Array, staff: Staff, draw: np.random.Generator
) -> dict[str, Array | list[object]]:
    count = len(kinds)
    food = kinds == TARGETED
    other = np.array(names.OTHER, dtype=object)[draw.integers(len(names.OTHER), size=count)]
    eaten = np.array(names.FOOD, dtype=object)[draw.integers(len(names.FOOD), size=count)]
    trade = np.where(food, eaten, other)
    segment = np.where(food, draw.integers(1, 3, count), np.minimum(kinds, SMALL))
    employees = np.exp(draw.normal(shapes.EMPLOYEE_LOG_MEDIAN, shapes.EMPLOYEE_LOG_SD, count))
    employees = np.maximum(employees * np.array([2.0, 1.0, 0.3])[segment], 5).astype(int)
    regions = np.array([team.region for team in staff.teams], dtype=object)
    return {
        "account_id": accounts.ids,
        "name": list(names.companies(draw, trades=trade.tolist())),
        "segment": np.array(SEGMENTS, dtype=object)[segment],
        "industry": np.where(food, _FOOD_INDUSTRY, other).astype(object),
        "region": np.repeat(regions[staff.team_of_seat], POOL),
        "employee_count": employees,
        "annual_revenue_amount": employees * shapes.REVENUE_PER_EMPLOYEE,
        "is_key": kinds == KEY,
    }


def _owners(
    accounts: Accounts, *, staff: Staff, conduct: Conduct, calendar: Calendar
) -> Iterator[dict[str, object]]:
    """Who owned each account from when to when; then the teams of the key accounts."""
    no_list = conduct.not_done[FOOD] == "no_list"
    house = [team.above[0] for team in staff.teams]
    for number, account in enumerate(accounts.ids):
        seat, place = divmod(number, POOL)
        had = [(0, str(staff.former[seat])), (int(staff.since[seat]), str(staff.seller[seat]))]
        owned = [(day, who) for day, who in had if who]
        if place >= _OFFSETS[TARGETED]:
            owner = house[staff.team_of_seat[seat]]
            given = conduct.launched[FOOD]
            is_listed = not no_list or bool(conduct.does[FOOD][seat])
            listed = [(max(day, given), who) for day, who in owned if is_listed]
            owned = [(0, owner), *listed]
        if number in accounts.moved and accounts.moved_on <= calendar.last:
            moved = str(staff.seller[accounts.moved[number]])
            owned = [
                *((d, who) for d, who in owned if d < accounts.moved_on),
                (accounts.moved_on, moved),
            ]
        yield from _periods(str(account), owned=owned, calendar=calendar)


def _periods(
    account: str, *, owned: list[tuple[int, str]], calendar: Calendar
) -> Iterator[dict[str, object]]:
    last_of_day = dict(owned)
    listed = sorted(last_of_day.items())
    ends = [*(day for day, _ in listed[1:]), None]
    for (day, person), end in zip(listed, ends, strict=True):
        yield {
            "account_id": account,
            "person_id": person,
            "valid_from": calendar.day(day),
            "valid_to": None if end is None else calendar.day(end),
            "role": "owner",
            "basis": "history",
        }


def _contacts(accounts: Accounts) -> dict[str, Array | list[object]]:
    each = len(CONTACTS)
    return {
        "contact_id": contact_ids(len(accounts.ids)),
        "account_id": np.repeat(accounts.ids, each),
        "decision_role": np.tile(np.array(CONTACTS, dtype=object), len(accounts.ids)),
    }


def contact_ids(accounts: int) -> Array:
    """The contacts of so many accounts, those of one account beside each other."""
    return ids("c", accounts * len(CONTACTS))
