"""What each organisation declared, where its line breaks, and how each person stands."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np

from independent.people import Firm

TARGETS = {
    "told": 0.80,
    "recalled": 0.60,
    "understood": 0.60,
    "connected": 0.70,
    "led": 0.60,
    "practised": 0.60,
    "coached": 0.60,
}
LINKS = tuple(TARGETS)
MARGIN = 0.15
PATTERN = {
    "product": "new_product_old_mix",
    "segment": "new_market_old_accounts",
    "process": "new_process_old_habits",
    "skill": "training_not_sticking",
    "reorganisation": "reorganised_not_acted",
}
SHORT = {
    "product": ("not_tried",),
    "segment": ("no_list", "list_not_worked"),
    "process": ("not_used", "used_for_show", "used_then_dropped"),
    "skill": ("never_transferred", "decayed"),
    "reorganisation": ("know_not_moved", "cannot_move"),
    "value": ("not_used",),
}
NO_RESULT = {
    "product": ("tried_lost", "tried_early"),
    "segment": ("worked_not_opened", "opened_not_won"),
    "process": ("",),
    "skill": ("",),
    "reorganisation": ("moved_no_result",),
    "value": ("",),
}
# Depth declared, and what those who practise and those who do not show for each eligible item.
DEPTH = {
    "product": (0.20, 0.38, 0.03),
    "segment": (0.30, 0.52, 0.08),
    "process": (0.60, 0.92, 0.06),
    "skill": (0.45, 0.70, 0.14),
    "reorganisation": (0.55, 0.80, 0.20),
    "value": (0.50, 0.85, 0.12),
}
COMMON = 0.25  # how much one person's links have in common


@dataclass(kw_only=True)
class Person:
    """How one seller stands to one priority; `result` says whether practice pays."""

    stands: dict[str, bool]
    before: float
    after: float
    lag_days: int
    is_trained: bool
    attended_on: date | None = None


@dataclass(kw_only=True)
class Plan:
    id: str
    kind: str
    launched_on: date
    targets: dict[str, float]
    own_targets: set[str]
    missing: tuple[str, ...] = ()
    breaks: dict[str, str] = field(default_factory=dict)  # team -> link
    short: str = ""
    no_result: str | None = None  # planted break at `moved`, with the pattern's sub-type
    trained_on: tuple[date, ...] = ()
    rises_later: bool = False
    rates: dict[str, dict[str, float]] = field(default_factory=dict)  # team -> link -> rate
    led: dict[str, float] = field(default_factory=dict)  # leader -> rate
    people: dict[str, Person] = field(default_factory=dict)

    def pays(self, team: str | None) -> bool:
        """Whether practice moves the result: not where nobody coaches it."""
        return self.no_result is None and self.breaks.get(team or "") != "coached"

    def rate_on(self, seller: str, day: date) -> float:
        """The share of eligible items in which the seller shows the behaviour on that day."""
        one = self.people[seller]
        start = one.attended_on or self.launched_on
        days = (day - start).days - one.lag_days
        if days < 0:
            return one.before
        if self.rises_later and days < 70:
            return one.before
        if one.stands["practised"]:
            return one.after
        if self.short == "used_then_dropped" and days < 85:
            return one.after
        if self.short == "decayed" and one.attended_on:
            return one.before + (one.after - one.before) * float(0.5 ** (days / 18))
        return one.before


def draw(rng: np.random.Generator, firm: Firm, *, is_broken: bool) -> list[Plan]:
    kinds = ["product", "process", "skill", "value", str(rng.choice(["segment", "reorganisation"]))]
    rng.shuffle(kinds)
    mood = {p: rng.normal() for p in firm.people}
    plans = []
    for n, kind in enumerate(kinds[: int(rng.integers(1, 5))]):
        launched_on = firm.as_of - timedelta(days=int(rng.integers(200, 290)))
        own = {"practised"} | {link for link in LINKS if rng.random() < 0.1}
        other = {link: float(rng.choice([-0.1, 0, 0.05])) for link in sorted(own)}
        targets = {link: round(TARGETS[link] + other.get(link, 0), 2) for link in LINKS}
        plan = Plan(
            id=f"pr-{n + 1}", kind=kind, launched_on=launched_on, targets=targets, own_targets=own
        )
        plan.short = str(rng.choice(SHORT[kind]))
        _place_breaks(rng, firm, plan, is_broken=is_broken and (n == 0 or rng.random() < 0.75))
        _draw_rates(rng, firm, plan)
        _draw_people(rng, firm, plan, mood=mood)
        plans.append(plan)
    return plans


def _place_breaks(rng: np.random.Generator, firm: Firm, plan: Plan, *, is_broken: bool) -> None:
    plan.rises_later = plan.kind == "skill" and rng.random() < 0.25
    if not is_broken:
        return
    teams = firm.teams()
    match rng.choice(["all", "declared", "moved", "areas", "team"], p=[0.4, 0.08, 0.1, 0.3, 0.12]):
        case "declared":
            parts = rng.choice(["owner_id", "why", "stop_text"], size=rng.integers(1, 3))
            plan.missing = (*map(str, parts), "audience")
        case "moved":
            plan.no_result = str(rng.choice(NO_RESULT[plan.kind]))
            if plan.no_result == "tried_early":
                plan.launched_on = firm.as_of - timedelta(days=int(rng.integers(125, 150)))
        case "all":
            plan.breaks = dict.fromkeys(teams, str(rng.choice(LINKS)))
        case "team":
            plan.breaks = {str(rng.choice(teams)): str(rng.choice(LINKS))}
        case _:
            _break_areas(rng, firm, plan, teams=teams)


def _break_areas(rng: np.random.Generator, firm: Firm, plan: Plan, *, teams: list[str]) -> None:
    for area in firm.below[firm.head]:
        if rng.random() < 0.5 and firm.people[area].role != "seller":
            link = str(rng.choice(LINKS))
            plan.breaks |= {t: link for t in teams if area == t or area in firm.above(t)}


def _draw_rates(rng: np.random.Generator, firm: Firm, plan: Plan) -> None:
    usual = {link: plan.targets[link] + rng.uniform(0.12, 0.3) for link in LINKS}
    is_weak, falls = rng.random() < 0.25, rng.random() < 0.5
    low = rng.uniform(0.03, 0.20)
    for team in firm.teams():
        floor = {link: plan.targets[link] + 0.10 for link in LINKS}
        rates = {
            link: float(np.clip(usual[link] + rng.normal(0, 0.04), floor[link], 0.98))
            for link in LINKS
        }
        at = plan.breaks.get(team)
        if at:
            weak = plan.targets[at] - MARGIN - rng.uniform(0.0, 0.15)
            rates[at] = float(weak if is_weak else np.clip(low + rng.normal(0, 0.03), 0.01, 0.20))
            later = LINKS[LINKS.index(at) + 1 :]
            for link in later if falls else ():
                rates[link] *= rng.uniform(0.3, 0.6)
            if at == "led":
                rates["practised"] = float(rng.uniform(0.05, 0.2))
        plan.rates[team] = rates
    for leader in firm.leaders():
        teams = [t for t in firm.teams() if t == leader or leader in firm.above(t)]
        led = [plan.rates[t]["led"] for t in teams]
        plan.led[leader] = float(np.mean(led)) if led else plan.targets["led"] + 0.2


def _draw_people(
    rng: np.random.Generator, firm: Firm, plan: Plan, *, mood: dict[str, float]
) -> None:
    _, high, low = DEPTH[plan.kind]
    if plan.kind == "skill":
        second = plan.launched_on + timedelta(days=int(rng.integers(60, 90)))
        plan.trained_on = (plan.launched_on, second)
        if plan.rises_later or plan.short == "decayed" or rng.random() < 0.6:
            plan.trained_on = (plan.launched_on,)
    normal = NormalDist()
    for seller in [p for p, one in firm.people.items() if one.role == "seller"]:
        team = firm.people[seller].manager
        rates = plan.rates.get(team or "", dict.fromkeys(LINKS, 0.5))
        stands = {
            link: normal.cdf(COMMON**0.5 * mood[seller] + (1 - COMMON) ** 0.5 * rng.normal())
            < rates[link]
            for link in LINKS
        }
        before = float(np.clip(rng.normal(low, low / 3), 0, 2 * low))
        if plan.kind == "product":
            before = 0.0
        one = Person(
            stands=stands,
            before=before,
            after=float(np.clip(rng.normal(high, 0.05), high - 0.08, 0.97)),
            lag_days=int(rng.integers(3, 25)),
            is_trained=bool(plan.trained_on) and (stands["practised"] or rng.random() < 0.65),
        )
        if one.is_trained:
            one.lag_days = int(rng.integers(0, 4))
            one.attended_on = plan.trained_on[int(rng.integers(len(plan.trained_on)))]
        plan.people[seller] = one
