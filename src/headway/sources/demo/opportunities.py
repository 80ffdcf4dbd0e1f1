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
    Conduct,
)
from headway.sources.demo.options import DemoOptions
from headway.sources.demo.people import Staff
from headway.sources.demo.story import Planted, Story

A_QUARTER = 14.0
"""Opportunities that a seller begins in a quarter, on average."""
EURO_FACTOR = 8.0
SERVICE_PRICE_SHARE = 0.15
PUMPS = (2, 3, 4, 5)
"""Products, by their place on the price ladder, that are pumps."""
_QUARTER_DAYS = 91
_KEY_SHARE, _KEY_SHARE_OF_KEY_TEAM = (0.15, 0.35), (0.45, 0.75)
_INDUSTRIAL_SHARE = 0.6  # of what is no key account
_HELPS, _FAILS, _LONGER = 0.6, -2.2, 2.5
_DOWNTURN_DAYS, _DOWNTURN_KEPT, _DOWNTURN_LOGIT = 180, 0.75, -0.25
_RISE_AGO, _RISE = 300, 1.06
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
    draw: np.random.Generator,
    *,
    seats: Array,
    days: Array,
    staff: Staff,
    conduct: Conduct,
    food: Array,
) -> Array:
    """Kinds of accounts for work of each seat on each day, of which a share `food` is targeted."""
    keys = key_seats(staff)
    is_key_team = (seats >= keys.start) & (seats < keys.stop)
    acts = conduct.does[KEY_TEAMS][seats] & (days >= conduct.starts[KEY_TEAMS][seats])
    before = np.where(is_key_team, _KEY_SHARE_OF_KEY_TEAM[0], _KEY_SHARE[0])
    after = np.where(is_key_team, _KEY_SHARE_OF_KEY_TEAM[1], _KEY_SHARE[1])
    key = np.minimum(np.where(acts, after, before), 1 - food)
    u = draw.random(len(seats))
    rest = (u - food - key) / np.maximum(1 - food - key, 1e-9)
    other = np.where(rest < _INDUSTRIAL_SHARE, INDUSTRIAL, SMALL)
    return np.where(u < food, TARGETED, np.where(u < food + key, KEY, other))


def leaves_first(conduct: Conduct, *, seats: Array, days: Array, moved_on: int) -> Array:
    """Whether a seat lets go of the account that it handed over."""
    return conduct.does[KEY_TEAMS][seats] & (days >= moved_on)


def begun(
    draw: np.random.Generator, *, staff: Staff, calendar: Calendar, a_day: Array
) -> tuple[Array, Array]:
    """Seats and days of things that begin at random on days of work, `a_day` on average.

    Nothing begins on the seat of somebody on leave.
    """
    days = np.arange(calendar.last + 1)
    busy = draw.gamma(shapes.DAY_GAMMA_SHAPE, size=len(days)) * calendar.is_weekday(days)
    reached = np.cumsum(busy) / busy.sum()
    counts = draw.poisson(a_day * len(days))
    seats = np.repeat(np.arange(len(a_day)), counts)
    found = np.searchsorted(reached, draw.random(len(seats)))
    is_there = staff.is_present[seats] | (found < calendar.last - 75)
    return seats[is_there], found[is_there]


def of(
    options: DemoOptions,
    *,
    staff: Staff,
    accounts: Accounts,
    story: Story,
    conduct: Conduct,
    calendar: Calendar,
) -> Opportunities:
    """All opportunities of one organisation."""
    draw = options.stream("opportunities")
    seats, days = _begun(draw, staff=staff, story=story, calendar=calendar)
    product = draw.choice(len(shapes.PRICE_MIX), size=len(days), p=_mix())
    kinds = mixed(
        draw,
        seats=seats,
        days=days,
        staff=staff,
        conduct=conduct,
        food=_food_share(conduct, story=story, staff=staff, seats=seats, days=days),
    )
    account = accounts.picked(
        kinds,
        seats=seats,
        u=draw.random(len(days)),
        skip_first=leaves_first(conduct, seats=seats, days=days, moved_on=accounts.moved_on),
    )
    is_pump = np.isin(product, PUMPS)
    asked = draw.random((2, len(days)))
    has_service = is_pump & (asked[0] < conduct.rate(SERVICE, seats=seats, days=days))
    has_discovery = asked[1] < conduct.rate(DISCOVERY, seats=seats, days=days)
    team = staff.team_of_seat[seats]
    cycle = shapes.cycle_days(draw.random(len(days)))
    is_early = _fails(story.planted[SERVICE], "tried_early")[team] & has_service
    cycle = np.where(is_early, cycle * _LONGER + 60, cycle)
    closes = calendar.workday((days + np.ceil(cycle)).astype(int))
    logit = _logit(
        draw,
        seats=seats,
        kinds=kinds,
        days=days,
        closes=closes,
        staff=staff,
        story=story,
        conduct=conduct,
        calendar=calendar,
        shown=(has_service, has_discovery),
    )
    is_won = draw.random(len(days)) < 1 / (1 + np.exp(-logit))
    amount, service_amount = _amounts(
        draw, product=product, days=days, story=story, calendar=calendar
    )
    entered, level = _stages(
        draw, days=days, cycle=cycle, closes=closes, is_won=is_won, calendar=calendar
    )
    is_open = closes > calendar.last
    if "huge_deal" in story.decoys:
        amount = _with_huge(amount, days=closes, is_won=is_won & ~is_open, calendar=calendar)
    return Opportunities(
        seat=seats,
        day=days,
        account=account,
        product=product,
        amount=amount,
        has_service=has_service,
        has_discovery=has_discovery,
        entered=entered,
        level=level,
        closes=closes,
        is_open=is_open,
        is_won=is_won & ~is_open,
        service_amount=np.where(has_service, service_amount, 0.0),
    )


def _mix() -> Array:
    return shapes.PRICE_MIX / shapes.PRICE_MIX.sum()


def _begun(
    draw: np.random.Generator, *, staff: Staff, story: Story, calendar: Calendar
) -> tuple[Array, Array]:
    sd = shapes.SELLER_VOLUME_LOG_SD
    volume = np.exp(draw.normal(-sd * sd / 2, sd, len(staff.seller)))
    seats, days = begun(
        draw, staff=staff, calendar=calendar, a_day=volume * A_QUARTER / _QUARTER_DAYS
    )
    if "market_downturn" in story.decoys:
        is_late = days > calendar.last - _DOWNTURN_DAYS
        kept = ~is_late | (draw.random(len(days)) < _DOWNTURN_KEPT)
        seats, days = seats[kept], days[kept]
    return seats, days


def _food_share(
    conduct: Conduct, *, story: Story, staff: Staff, seats: Array, days: Array
) -> Array:
    """Opportunities come where the visits go, but where visits open no door."""
    share = conduct.rate(FOOD, seats=seats, days=days)
    closed = _fails(story.planted[FOOD], "worked_not_opened")[staff.team_of_seat[seats]]
    return np.where(closed, BEFORE[FOOD] / 2, share)


def _fails(planted: Planted, kind: str) -> Array:
    """By team, whether acting brings nothing for that reason."""
    return ~planted.is_moving & (planted.no_result == kind)


def _logit(
    draw: np.random.Generator,
    *,
    seats: Array,
    kinds: Array,
    days: Array,
    closes: Array,
    staff: Staff,
    story: Story,
    conduct: Conduct,
    calendar: Calendar,
    shown: tuple[Array, Array],
) -> Array:
    """The chance, in logits, that each opportunity is won."""
    team = staff.team_of_seat[seats]
    at_end = calendar.month(closes) % 3 == 0
    share = np.where(at_end, shapes.WON_AT_QUARTER_END, shapes.WON_ELSE)
    logit = np.log(share / (1 - share))
    logit += draw.normal(0, shapes.SELLER_WIN_LOGIT_SD, len(staff.seller))[seats]
    has_service, has_discovery = shown
    planted = story.planted
    logit += _FAILS * (has_service & _fails(planted[SERVICE], "tried_lost")[team])
    # What discovery brings is measured against those who never did it.
    helps = has_discovery & planted[DISCOVERY].is_moving[team]
    logit += _HELPS * (helps & (days >= conduct.trained))
    is_food = (kinds == TARGETED) & (days >= conduct.launched[FOOD])
    logit += _FAILS * (is_food & _fails(planted[FOOD], "opened_not_won")[team])
    acts = conduct.does[KEY_TEAMS][seats] & (days >= conduct.starts[KEY_TEAMS][seats])
    logit += _HELPS * (acts & (kinds == KEY) & planted[KEY_TEAMS].is_moving[team])
    if "market_downturn" in story.decoys:
        logit += _DOWNTURN_LOGIT * (closes > calendar.last - _DOWNTURN_DAYS)
    if "lucky_team" in story.decoys:
        logit += _LUCK_LOGIT * ((team == lucky(staff)) & (closes > calendar.last - _LUCK_DAYS))
    return logit


def lucky(staff: Staff) -> int:
    """The smallest team, which has a lucky quarter where that is among the decoys."""
    return min(staff.teams, key=lambda team: (team.count, team.number)).number


def _amounts(
    draw: np.random.Generator, *, product: Array, days: Array, story: Story, calendar: Calendar
) -> tuple[Array, Array]:
    """What each is worth, and what a service contract on it is."""
    noise = np.exp(draw.normal(0, shapes.PRICE_LOG_SD, len(days)))
    amount = shapes.PRICE_LADDER[product] * EURO_FACTOR * noise
    if "price_rise" in story.decoys:
        amount = amount * np.where(days >= calendar.last - _RISE_AGO, _RISE, 1.0)
    return np.round(amount, 2), np.round(amount * SERVICE_PRICE_SHARE, 2)


RISE_AGO, DOWNTURN_DAYS = _RISE_AGO, _DOWNTURN_DAYS


def _with_huge(amount: Array, *, days: Array, is_won: Array, calendar: Calendar) -> Array:
    """One opportunity, won in the last complete quarter, becomes worth a quarter of that quarter."""
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
