"""Opportunities: when they begin, with whom, for what, how they end."""

from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo import shapes
from headway.sources.demo.accounts import INDUSTRIAL, KEY, SMALL, TARGETED, Accounts, key_seats
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.conduct import (
    BEFORE,
    DISCOVERY,
    FOOD,
    KEY_TEAMS,
    SERVICE,
)
from headway.sources.demo.people import AWAY_DAYS, Staff
from headway.sources.demo.story import Planted
from headway.sources.demo.world import World

A_QUARTER = 18.0
"""Opportunities that a seller begins in a quarter, on average."""
EURO_FACTOR = 8.0
SERVICE_PRICE_SHARE = 0.15
PUMPS = (2, 3, 4, 5)
"""Products, by their place on the price ladder, that are pumps."""
_QUARTER_DAYS = 91
_KEY_SHARE, _KEY_SHARE_OF_KEY_TEAM = (0.15, 0.35), (0.45, 0.75)
_INDUSTRIAL_SHARE = 0.6  # of what is no key account
_HELPS, _FAILS, _LONGER, _LONGER_DAYS = 0.6, -2.2, 2.5, 60
DOWNTURN_DAYS, _DOWNTURN_KEPT, _DOWNTURN_LOGIT = 180, 0.75, -0.25
RISE_AGO, _RISE = 300, 1.06
COMPARE_AGO = 250
"""Days before the last one from which buyers compare more, where the story says so."""
_LUCK_DAYS, _LUCK_LOGIT = 90, 1.2
_LOST_AT = (0.08, 0.17, 0.40, 0.35)
# Shares of the cycle at which discovery, quotation and negotiation begin.
_STAGE_AT = ((0.08, 0.20), (0.30, 0.50), (0.60, 0.85))
OPEN_LEVELS = 4


@dataclass(frozen=True, kw_only=True)
class Opportunities:
    """One entry per opportunity. Days count from the first; levels are stages 0 to 3.

    `entered` holds by level the day on which each would be entered; `level` is the last one reached
    by the end of the data; `closes` the day of the decision, which lies beyond the data for open
    ones. `does` says by priority whether the behaviour is shown.
    """

    seat: Array
    day: Array
    account: Array
    product: Array
    amount: Array
    has_service: Array
    has_discovery: Array
    entered: Array
    level: Array
    closes: Array
    is_open: Array
    is_won: Array
    service_amount: Array

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.day)


def mixed(
    draw: np.random.Generator, *, world: World, seats: Array, days: Array, food: Array
) -> Array:
    """Kinds of accounts for work of each seat on each day, of which a share `food` is targeted."""
    keys = key_seats(world.staff)
    is_key_team = (seats >= keys.start) & (seats < keys.stop)
    acts = acts_in_teams(world, seats=seats, days=days)
    before = np.where(is_key_team, _KEY_SHARE_OF_KEY_TEAM[0], _KEY_SHARE[0])
    after = np.where(is_key_team, _KEY_SHARE_OF_KEY_TEAM[1], _KEY_SHARE[1])
    key = np.minimum(np.where(acts, after, before), 1 - food)
    u = draw.random(len(seats))
    rest = (u - food - key) / np.maximum(1 - food - key, 1e-9)
    other = np.where(rest < _INDUSTRIAL_SHARE, INDUSTRIAL, SMALL)
    return np.where(u < food, TARGETED, np.where(u < food + key, KEY, other))


def acts_in_teams(world: World, *, seats: Array, days: Array) -> Array:
    """Whether each seat had taken up its new role by each day."""
    acts = world.conduct
    found: Array = acts.does[KEY_TEAMS][seats] & (days >= acts.starts[KEY_TEAMS][seats])
    return found


def picked(
    draw: np.random.Generator,
    *,
    world: World,
    accounts: Accounts,
    kinds: Array,
    seats: Array,
    days: Array,
) -> Array:
    """An account of each kind asked for; who acts on a handover leaves the account moved."""
    leaves = world.conduct.does[KEY_TEAMS][seats] & (days >= accounts.moved_on)
    return accounts.picked(kinds, seats=seats, u=draw.random(len(seats)), skip_first=leaves)


def begun(draw: np.random.Generator, *, world: World, a_day: Array) -> tuple[Array, Array]:
    """Seats and days of things that begin at random on days of work, `a_day` on average.

    Nothing begins on the seat of somebody on leave.
    """
    calendar = world.calendar
    days = np.arange(calendar.last + 1)
    busy = draw.gamma(shapes.DAY_GAMMA_SHAPE, size=len(days)) * calendar.is_weekday(days)
    reached = np.cumsum(busy) / busy.sum()
    counts = draw.poisson(a_day * len(days))
    seats = np.repeat(np.arange(len(a_day)), counts)
    found = np.searchsorted(reached, draw.random(len(seats)))
    is_there = world.staff.is_present[seats] | (found < calendar.last - AWAY_DAYS)
    return seats[is_there], found[is_there]


def of(world: World, *, accounts: Accounts) -> Opportunities:
    """All opportunities of one organisation."""
    draw = world.options.stream("opportunities")
    asked = _asked(draw, world=world, accounts=accounts)
    story, calendar = world.story, world.calendar
    cycle = shapes.cycle_days(draw.random(len(asked.day)))
    team = world.staff.team_of_seat[asked.seat]
    is_early = fails(story.planted[SERVICE], "tried_early")[team] & asked.has_service
    cycle = np.where(is_early, cycle * _LONGER + _LONGER_DAYS, cycle)
    closes = calendar.workday((asked.day + np.ceil(cycle)).astype(int))
    logit = _logit(draw, world=world, asked=asked, closes=closes)
    is_won = draw.random(len(closes)) < 1 / (1 + np.exp(-logit))
    is_open = closes > calendar.last
    amount, service_amount = _amounts(draw, world=world, asked=asked)
    if "huge_deal" in story.decoys:
        amount = _with_huge(amount, days=closes, is_won=is_won & ~is_open, calendar=calendar)
    entered, level = _stages(
        draw, days=asked.day, cycle=cycle, closes=closes, is_won=is_won, calendar=calendar
    )
    return Opportunities(
        seat=asked.seat,
        day=asked.day,
        account=asked.account,
        product=asked.product,
        amount=amount,
        has_service=asked.has_service,
        has_discovery=asked.has_discovery,
        entered=entered,
        level=level,
        closes=closes,
        is_open=is_open,
        is_won=is_won & ~is_open,
        service_amount=np.where(asked.has_service, service_amount, 0.0),
    )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What somebody asks us for: one entry per opportunity, before anything came of it."""

    seat: Array
    day: Array
    kind: Array
    account: Array
    product: Array
    has_service: Array
    has_discovery: Array


def _asked(draw: np.random.Generator, *, world: World, accounts: Accounts) -> _Asked:
    seats, days = _begun(draw, world=world)
    mix = shapes.PRICE_MIX / shapes.PRICE_MIX.sum()
    product = draw.choice(len(mix), size=len(days), p=mix)
    food = _food_share(world, seats=seats, days=days)
    kinds = mixed(draw, world=world, seats=seats, days=days, food=food)
    account = picked(draw, world=world, accounts=accounts, kinds=kinds, seats=seats, days=days)
    service = draw.random(len(days)) < world.conduct.rate(SERVICE, seats=seats, days=days)
    discovery = draw.random(len(days)) < world.conduct.rate(DISCOVERY, seats=seats, days=days)
    return _Asked(
        seat=seats,
        day=days,
        kind=kinds,
        account=account,
        product=product,
        has_service=service & np.isin(product, PUMPS),
        has_discovery=discovery,
    )


def _begun(draw: np.random.Generator, *, world: World) -> tuple[Array, Array]:
    sd = shapes.SELLER_VOLUME_LOG_SD
    volume = np.exp(draw.normal(-sd * sd / 2, sd, len(world.staff.seller)))
    seats, days = begun(draw, world=world, a_day=volume * A_QUARTER / _QUARTER_DAYS)
    if "market_downturn" in world.story.decoys:
        is_late = days > world.calendar.last - DOWNTURN_DAYS
        kept = ~is_late | (draw.random(len(days)) < _DOWNTURN_KEPT)
        seats, days = seats[kept], days[kept]
    return seats, days


def _food_share(world: World, *, seats: Array, days: Array) -> Array:
    """Opportunities come where the visits go, but where visits open no door."""
    share = world.conduct.rate(FOOD, seats=seats, days=days)
    team = world.staff.team_of_seat[seats]
    closed = fails(world.story.planted[FOOD], "worked_not_opened")[team]
    return np.where(closed, BEFORE[FOOD] / 2, share)


def fails(planted: Planted, kind: str) -> Array:
    """By team, whether acting brings nothing for that reason."""
    return ~planted.is_moving & (planted.no_result == kind)


def _logit(draw: np.random.Generator, *, world: World, asked: _Asked, closes: Array) -> Array:
    """The chance, in logits, that each opportunity is won."""
    staff, planted, conduct = world.staff, world.story.planted, world.conduct
    seats, days = asked.seat, asked.day
    team = staff.team_of_seat[seats]
    at_end = world.calendar.month(closes) % 3 == 0
    share = np.where(at_end, shapes.WON_AT_QUARTER_END, shapes.WON_ELSE)
    logit: Array = np.log(share / (1 - share))
    logit += draw.normal(0, shapes.SELLER_WIN_LOGIT_SD, len(staff.seller))[seats]
    logit += _FAILS * (asked.has_service & fails(planted[SERVICE], "tried_lost")[team])
    # Discovery brings something once it was trained; who did it before is as good as any. Where
    # buyers compare more it spares a loss instead.
    helps = asked.has_discovery & planted[DISCOVERY].is_moving[team]
    if not world.story.unprepared:
        logit += _HELPS * (helps & (days >= conduct.trained))
    is_food = (asked.kind == TARGETED) & (days >= conduct.launched[FOOD])
    logit += _FAILS * (is_food & fails(planted[FOOD], "opened_not_won")[team])
    acts = acts_in_teams(world, seats=seats, days=days)
    logit += _HELPS * (acts & (asked.kind == KEY) & planted[KEY_TEAMS].is_moving[team])
    last, decoys = world.calendar.last, world.story.decoys
    logit += world.story.unprepared * (~asked.has_discovery & (closes > last - COMPARE_AGO))
    if "market_downturn" in decoys:
        logit += _DOWNTURN_LOGIT * (closes > last - DOWNTURN_DAYS)
    if "lucky_team" in decoys:
        logit += _LUCK_LOGIT * ((team == lucky(staff)) & (closes > last - _LUCK_DAYS))
    return logit


def lucky(staff: Staff) -> int:
    """The smallest team, which has a lucky quarter where that is among the decoys."""
    return min(staff.teams, key=lambda team: (team.count, team.number)).number


def _amounts(draw: np.random.Generator, *, world: World, asked: _Asked) -> tuple[Array, Array]:
    """What each is worth, and what a service contract on it is."""
    noise = np.exp(draw.normal(0, shapes.PRICE_LOG_SD, len(asked.day)))
    amount = shapes.PRICE_LADDER[asked.product] * EURO_FACTOR * noise
    if "price_rise" in world.story.decoys:
        amount = amount * np.where(asked.day >= world.calendar.last - RISE_AGO, _RISE, 1.0)
    return np.round(amount, 2), np.round(amount * SERVICE_PRICE_SHARE, 2)


def _with_huge(amount: Array, *, days: Array, is_won: Array, calendar: Calendar) -> Array:
    """One opportunity, won in the last complete quarter, is worth a third of all the others."""
    month = calendar.as_of.month - (calendar.as_of.month - 1) % 3
    end = (calendar.as_of.replace(month=month, day=1) - calendar.data_from).days
    in_quarter = np.flatnonzero(is_won & (days < end) & (days >= end - _QUARTER_DAYS))
    if not len(in_quarter):
        return amount
    largest = in_quarter[np.argmax(amount[in_quarter])]
    found = amount.copy()
    found[largest] = np.round(amount[in_quarter].sum() / 3, 2)
    return found


def _stages(
    draw: np.random.Generator,
    *,
    days: Array,
    cycle: Array,
    closes: Array,
    is_won: Array,
    calendar: Calendar,
) -> tuple[Array, Array]:
    """The day each level is entered, and the last one reached by the end of the data."""
    count = len(days)
    shares = np.vstack(
        [np.zeros(count), *(draw.uniform(low, high, count) for low, high in _STAGE_AT)]
    )
    entered = calendar.workday((days + shares * cycle).astype(int))
    entered = np.minimum(np.maximum(entered, days), closes)
    lost_at = draw.choice(OPEN_LEVELS, size=count, p=_LOST_AT)
    most = np.where(is_won, OPEN_LEVELS - 1, lost_at)
    reached = (entered <= calendar.last).sum(axis=0) - 1
    return entered, np.minimum(reached, most)
