"""The effect of coaching where lots were drawn which team starts when.

Nobody was picked: before the first start the teams differ by chance alone. So those whose start had
come stand beside those who still waited, and how far chance alone reaches is known from the lots
that could have been drawn instead. Told of the start as drawn, held to or not.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from headway.analysis.coaching import panel
from headway.analysis.coaching.panel import Floats, Places
from headway.analysis.methods import cuped
from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.facts import Facts, collect
from headway.terms.policy import SEED, Policy

TABLE = "meant/coaching_start"
_ORDERS = 4000
_QUARTER = timedelta(days=91)


@dataclass(frozen=True, kw_only=True, eq=False)
class Trial:
    """Teams by spans of days; a span runs from one drawn start to the next.

    `rate` is the share of the eligible work of a team in a span that shows the behaviour, `before`
    the same in the year before the first start. `wave` is which start each team drew: in the first
    span those of wave 0 have started, in the second those of 0 and 1. `people` counts those of each
    team with work.
    """

    rate: Floats
    before: Floats
    wave: Places
    people: Places


@dataclass(frozen=True, kw_only=True)
class Found:
    """The effect in points of a practice rate (-1..1), with its range and the people of each side.

    Whoever waited first and started later stands on both sides.
    """

    value: float
    low: float
    high: float
    started: int
    waited: int


def of(facts: Facts, priority: Priority, *, scope: Collection[str], policy: Policy) -> Found | None:
    """The effect on a priority among some people, by the newest drawn programme that can tell.

    Returns:
        None where no order was drawn, or fewer people and teams than the policy asks for started or
        waited, or less work lies before or since.
    """
    for starts in _programmes(facts, priority=priority):
        made = _trial(facts, priority, starts=starts, scope=scope, policy=policy)
        found = None if made is None else effect(made, policy=policy)
        if found is not None:
            return found
    return None


def effect(made: Trial, *, policy: Policy) -> Found | None:
    """The effect in a trial; None under the people and teams of the policy on either side.

    In each span the mean of the teams that have started less that of those that wait, both adjusted
    by the year before; the mean over spans by how much each can tell. The range holds every effect
    that the lots do not speak against: taken off again, it leaves a difference that as good as one
    order in ten exceeds (of 4,000 orders, at 90 %).

    References:
        Rosenbaum (2002), Observational Studies, 2.2-2.3, for the range; Deng et al. (2013), WSDM
        '13:123-132, for the adjustment; Roth & Sant'Anna (2023), Journal of Political Economy:
        Microeconomics 1:669-709, for starts drawn by lot.
    """
    spans = made.rate.shape[1]
    has_started, has_waited = made.wave < spans, made.wave > 0
    started, waited = (int(made.people[side].sum()) for side in (has_started, has_waited))
    teams = min(int(has_started.sum()), int(has_waited.sum()))
    if min(started, waited) < policy.min_people_of_effect or teams < policy.min_managers_of_effect:
        return None
    random = np.random.default_rng(SEED)
    orders = np.stack([made.wave, *(random.permutation(made.wave) for _ in range(_ORDERS - 1))])
    treated = (made.wave[:, None] <= np.arange(spans)).astype(np.float64)
    outcome = _differences(made, made.rate, orders=orders)
    dose = _differences(made, treated, orders=orders)
    if not dose[0] > 0:
        return None
    low, high = _range(outcome, dose, level=policy.interval_level)
    if not np.isfinite([low, high]).all():
        return None
    value = float(outcome[0] / dose[0])
    return Found(value=value, low=low, high=high, started=started, waited=waited)


def _differences(made: Trial, values: Floats, *, orders: Places) -> Floats:
    """Of each order the adjusted difference of those started from those waiting, over all spans."""
    total, weights = np.zeros(len(orders)), 0.0
    for span in range(values.shape[1]):
        adjusted = cuped.adjusted(values[:, span], before=made.before)
        is_started = orders <= span
        count = int(is_started[0].sum())
        others = len(adjusted) - count
        if not count or not others:
            continue
        summed = is_started @ adjusted
        weight = count * others / (count + others)
        total += weight * (summed / count - (adjusted.sum() - summed) / others)
        weights += weight
    found: Floats = total / weights if weights else total
    return found


def _range(outcome: Floats, dose: Floats, *, level: float) -> tuple[float, float]:
    """The effects that are not spoken against; the first order is the one that was drawn.

    An order leaves as much as the drawn one once an effect e is taken off where |outcome - e dose|
    is no less than the same of the drawn one: between two ends, as its dose is less.
    """
    own, own_dose = outcome[0], dose[0]
    is_less = np.abs(dose) < own_dose * (1 - 1e-9)
    safe = np.where(is_less, dose, 0.0)
    ends = np.stack([(own - outcome) / (own_dose - safe), (own + outcome) / (own_dose + safe)])
    low = np.sort(np.where(is_less, ends.min(axis=0), -np.inf))
    high = np.sort(np.where(is_less, ends.max(axis=0), np.inf))
    place = int((1 - level) * len(outcome) + 1e-9)
    return float(low[place]), float(high[-1 - place])


def _programmes(facts: Facts, *, priority: Priority) -> Sequence[Mapping[str, date]]:
    """The drawn start of each manager's team, by programme, the newest draw first."""
    if not facts.has(TABLE):
        return ()
    starts: dict[tuple[date, str], dict[str, date]] = defaultdict(dict)
    for row in collect(facts.columns(TABLE)).records():
        if row["priority_id"] == priority.priority_id:
            drawn = starts[row["drawn_on"], row["programme_id"]]
            drawn[row["manager_id"]] = row["planned_on"]
    return [starts[each] for each in sorted(starts, reverse=True)]


def _trial(
    facts: Facts,
    priority: Priority,
    *,
    starts: Mapping[str, date],
    scope: Collection[str],
    policy: Policy,
) -> Trial | None:
    """The teams of the day on which the first start was to be, and their work; None without it."""
    if priority.eligibility is None or priority.behaviour is None:
        return None
    found = items.of(facts, eligibility=priority.eligibility, behaviour=priority.behaviour)
    days = sorted(set(starts.values()))
    ended = [each for each in days[1:] if each <= facts.as_of + timedelta(days=1)]
    year = days[0] - policy.min_quarters_before_coaching * _QUARTER
    if found is None or not ended or facts.data_from > year:
        return None
    if ended[-1] - days[0] < policy.min_quarters_since_coaching * _QUARTER:
        return None
    manager_of = panel.managers_on(facts, people=found.people, day=days[0])
    names = sorted(starts)
    place = {manager: number for number, manager in enumerate(names)}
    team = np.array(
        [
            place.get(manager or "", -1) if person in scope else -1
            for person, manager in zip(found.people, manager_of, strict=True)
        ],
        dtype=np.intp,
    )
    edges = np.array([year, days[0], *ended], dtype="datetime64[D]")
    k, n, people = _counted(found, team=team, edges=edges, teams=len(names))
    is_known = (n > 0).all(axis=1)
    rate = k[is_known] / n[is_known]
    wave = np.array([days.index(starts[each]) for each in names], dtype=np.intp)
    return Trial(rate=rate[:, 1:], before=rate[:, 0], wave=wave[is_known], people=people[is_known])


def _counted(
    found: items.Items, *, team: Places, edges: npt.NDArray[np.datetime64], teams: int
) -> tuple[Floats, Floats, Places]:
    """Work that shows it, all work, and people with work, by team; work by spans as well."""
    at = np.searchsorted(edges, found.day.astype("datetime64[D]"), side="right") - 1
    spans = len(edges) - 1
    inside = (at >= 0) & (at < spans) & (team[found.person] >= 0)
    cell = team[found.person] * spans + at

    def summed(chosen: npt.NDArray[np.bool_]) -> Floats:
        counted = np.bincount(cell[chosen], minlength=teams * spans)
        return counted.reshape(teams, spans).astype(np.float64)

    people = np.bincount(team[np.unique(found.person[inside])], minlength=teams)
    return summed(inside & found.is_shown), summed(inside), people
