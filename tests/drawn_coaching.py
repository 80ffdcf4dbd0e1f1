"""Sales forces drawn at random in which people are coached, and in which it does what is planted.

Whole fiscal quarters up to 30 June 2026. Sellers differ, teams differ, both drift from quarter to
quarter, everybody moves with the season and a trend; what differs is who is coached, and when.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from tests.small_work import predicate

from headway import facts
from headway.analysis.coaching.drawn_starts import Trial
from headway.analysis.coaching.panel import Panel
from headway.facts import Facts
from headway.terms.period import Period, fiscal_quarter, moved

AS_OF = date(2026, 6, 30)
_DAYS = 90
_LAST = fiscal_quarter(AS_OF, year_starts_in=1)
Picked = Literal["chance", "teams", "waves", "weak_teams", "worst", "bad_spell", "weak", "slipping"]
"""How people come to be coached: by lot; whole teams by lot; all teams, in waves of one quarter
each whose order is drawn by lot, from the first day of it on; whole teams, weak ones sooner; each
quarter those who showed least in the one before; those with two bad quarters sooner; those who
stand low sooner; those whose true share is low by now sooner."""

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is planted: who is picked, and by how many points practice rises from then on.

    `only`: the effect is on those alone who stand in this third by nature, 0 the lowest, 2 the
    highest; None = on everybody. `first` is the first quarter in which somebody starts, `share` of
    the people start by the last quarter but one. `drift` is how far a person's true share strays
    (standard deviation), half of it each team's.
    """

    picked: Picked = "chance"
    effect: float = 0.0
    only: int | None = None
    people: int = 200
    managers: int = 20
    quarters: int = 12
    items: int = 20
    first: int = 4
    share: float = 0.6
    drift: float = 0.05
    trend: float = 0.005
    waves: int = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """People by quarters by items: on which day of the quarter, and whether it was shown.

    `began` and `began_day` say when each person's first session was (no such quarter: never);
    `gained` is by how much the share of each person in each quarter rises with coaching, `effect`
    the mean of that over all person-quarters from the start of coaching on.
    """

    team: Whole
    day: Whole
    shown: Marks
    began: Whole
    began_day: Whole
    sessions: Whole
    gained: Floats
    effect: float


def draw(truth: Truth, *, seed: int) -> Drawn:
    """One sales force."""
    random = np.random.default_rng(seed)
    shape = (truth.people, truth.quarters)
    team = np.arange(truth.people) * truth.managers // truth.people
    own = random.normal(0, 0.12, truth.people) + random.normal(0, 0.06, truth.managers)[team]
    strays = _straying(random, truth.people, truth) * truth.drift
    strays += _straying(random, truth.managers, truth)[team] * truth.drift / 2
    quarter = np.arange(truth.quarters)
    season = 0.03 * np.cos(2 * np.pi * quarter / 4 + random.uniform(0, 2 * np.pi))
    without = np.clip(0.4 + own[:, None] + strays + season + truth.trend * quarter, 0.02, 0.98)
    gains = np.full(truth.people, truth.only is None)
    if truth.only is not None:
        gains = np.argsort(np.argsort(own)) * 3 // truth.people == truth.only
    gained = np.clip(without + truth.effect * gains[:, None], 0, 1) - without
    chance = random.random((*shape, truth.items))
    shown = chance < without[:, :, None]
    began = _picked(truth, team=team, own=own, true=without, seen=shown.mean(axis=2), random=random)
    day = random.integers(0, _DAYS, (*shape, truth.items))
    began_day = random.integers(0, _DAYS * 2 // 3, truth.people)
    if truth.picked == "waves":
        began_day = np.zeros_like(began_day)
    is_start = quarter == began[:, None]
    is_since = (quarter > began[:, None])[:, :, None] | (
        is_start[:, :, None] & (day >= began_day[:, None, None])
    )
    coached = quarter >= began[:, None]
    more = random.poisson(2.0, truth.people) + 1
    return Drawn(
        team=team,
        day=day,
        shown=np.where(is_since, chance < (without + gained)[:, :, None], shown),
        began=began,
        began_day=began_day,
        sessions=np.where(began < truth.quarters, more, 0),
        gained=gained,
        effect=float(gained[coached].mean()) if coached.any() else 0.0,
    )


def panel(drawn: Drawn) -> Panel:
    """The form in which the analysis has it."""
    quarters = drawn.shown.shape[1]
    is_start = np.arange(quarters) == drawn.began[:, None]
    counts = ~is_start[:, :, None] | (drawn.day >= drawn.began_day[:, None, None])
    k = (drawn.shown & counts).sum(axis=2).astype(float)
    n = counts.sum(axis=2).astype(float)
    untouched = int(drawn.began.min())
    return Panel(
        people=tuple(_name(number) for number in range(len(drawn.began))),
        k=k,
        n=n,
        began=drawn.began.astype(np.intp),
        managers=drawn.team.astype(np.intp),
        sessions=drawn.sessions.astype(np.intp),
        before=(k[:, :untouched].sum(axis=1), n[:, :untouched].sum(axis=1)),
    )


def trial(drawn: Drawn) -> Trial:
    """The form in which the analysis has starts drawn by lot: spans are quarters."""
    teams, first = int(drawn.team.max()) + 1, int(drawn.began.min())
    spans = range(first, int(drawn.began.max()))
    rate = np.stack([drawn.shown[drawn.team == team].mean(axis=(0, 2)) for team in range(teams)])
    began = np.array([drawn.began[drawn.team == team][0] for team in range(teams)])
    return Trial(
        rate=rate[:, spans.start : spans.stop],
        before=rate[:, first - 4 : first].mean(axis=1),
        wave=(began - first).astype(np.intp),
        people=np.bincount(drawn.team).astype(np.intp),
    )


def of(drawn: Drawn, *, is_drawn: bool = False) -> Facts:
    """The same as facts: approaches are eligible, those with a case show the behaviour.

    `is_drawn`: the order of starting is told to have been drawn by lot.
    """
    quarters = drawn.shown.shape[1]
    periods = [moved(_LAST, months=-3 * back) for back in range(quarters)][::-1]
    return facts.memory.of(
        {
            **_people(drawn, since=periods[0].first),
            "meant/priority": [_priority(periods[0].first)],
            "seen/activity": _approaches(drawn, periods=periods),
            "seen/opportunity": [_opportunity(periods[0].first)],
            "said/coaching_session": _sessions(drawn, periods=periods),
            **({"meant/coaching_start": _starts(drawn, periods=periods)} if is_drawn else {}),
        },
        as_of=AS_OF,
        data_from=periods[0].first,
    )


def _straying(random: np.random.Generator, count: int, truth: Truth) -> Floats:
    """What is left of each quarter in the next is six tenths."""
    made = np.zeros((count, truth.quarters))
    made[:, 0] = random.normal(0, 1, count)
    for quarter in range(1, truth.quarters):
        made[:, quarter] = 0.6 * made[:, quarter - 1] + 0.8 * random.normal(0, 1, count)
    return made


def _picked(
    truth: Truth, *, team: Whole, own: Floats, true: Floats, seen: Floats, random: Any
) -> Whole:
    starts = range(truth.first, truth.quarters - 1)
    if truth.picked == "chance":
        return _by_lot(random, truth.people, truth)
    if truth.picked == "waves":
        drawn = random.permutation(truth.managers) * truth.waves // truth.managers
        return (truth.first + drawn)[team]
    if truth.picked in {"teams", "weak_teams"}:
        means = np.bincount(team, weights=own) / np.bincount(team)
        order = random.permutation(truth.managers)
        if truth.picked == "weak_teams":
            order = np.argsort(means + random.normal(0, means.std(), truth.managers))
        began = np.full(truth.managers, truth.quarters)
        chosen = order[: round(truth.share * truth.managers)]
        began[chosen] = random.integers(starts.start, starts.stop, len(chosen))
        return began[team]
    low: Callable[[int], Floats] = {
        "worst": lambda quarter: seen[:, quarter - 1],
        "bad_spell": lambda quarter: (seen[:, quarter - 1] + seen[:, quarter - 2]) / 2,
        "weak": lambda _: own,
        "slipping": lambda quarter: true[:, quarter - 1],
    }[truth.picked]
    began = np.full(truth.people, truth.quarters)
    each = round(truth.share * truth.people / len(starts))
    for quarter in starts:
        left = np.flatnonzero(began == truth.quarters)
        values = low(quarter)[left]
        noise = 1e-6 if truth.picked == "worst" else float(values.std())
        order = np.argsort(values + random.normal(0, noise, len(left)))
        began[left[order[:each]]] = quarter
    return began


def _by_lot(random: np.random.Generator, count: int, truth: Truth) -> Whole:
    began = random.integers(truth.first, truth.quarters - 1, count)
    return np.where(random.permutation(count) < truth.share * count, began, truth.quarters)


def _name(number: int) -> str:
    return f"s{number:03d}"


def _people(drawn: Drawn, *, since: date) -> dict[str, list[dict[str, Any]]]:
    def line(person: str, manager: str | None, role: str) -> dict[str, Any]:
        stood = {"person_id": person, "manager_id": manager, "role": role}
        return {**stood, "basis": "declared", "valid_from": since}

    managers = [f"m{number:02d}" for number in range(int(drawn.team.max()) + 1)]
    lines = [line("lena", None, "leader")]
    lines += [line(manager, "lena", "manager") for manager in managers]
    lines += [
        line(_name(number), managers[team], "seller")
        for number, team in enumerate(drawn.team.tolist())
    ]
    return {
        "seen/person": [{"person_id": row["person_id"]} for row in lines],
        "seen/reporting_line": lines,
    }


def _priority(launched: date) -> dict[str, Any]:
    return {
        "priority_id": "p1",
        "kind": "process",
        "name": "Bring a case",
        "owner_id": "lena",
        "eligibility": predicate(("activity", "kind", "eq", "call"), grain="activity"),
        "behaviour": predicate(("activity", "purpose", "eq", "case"), grain="activity"),
        "declared_on": launched,
        "launched_on": launched,
    }


def _approaches(drawn: Drawn, *, periods: list[Period]) -> list[dict[str, Any]]:
    people, quarters, items = drawn.shown.shape
    return [
        {
            "activity_id": f"a{person}-{quarter}-{item}",
            "person_id": _name(person),
            "kind": "call",
            "direction": "out",
            "purpose": "case" if drawn.shown[person, quarter, item] else "talk",
            "occurred_at": _at(periods[quarter], int(drawn.day[person, quarter, item])),
        }
        for person in range(people)
        for quarter in range(quarters)
        for item in range(items)
    ]


def _opportunity(day: date) -> dict[str, Any]:
    stands = {"stage": "New", "stage_group": "open", "owner_id": "s000"}
    return {**stands, "opportunity_id": "o1", "created_at": f"{day}T10:00:00Z", "amount": 100.0}


def _sessions(drawn: Drawn, *, periods: list[Period]) -> list[dict[str, Any]]:
    """The first on its day, further ones on the same."""
    return [
        {
            "session_id": f"c{person}-{number}",
            "coach_id": f"m{int(drawn.team[person]):02d}",
            "person_id": _name(person),
            "held_at": _at(periods[int(drawn.began[person])], int(drawn.began_day[person])),
            "minutes": 30.0,
            "kind": "one_to_one",
            "priority_id": "p1",
            "is_work_observed": True,
            "is_practice_agreed": True,
            "follow_up_on": AS_OF,
        }
        for person in range(len(drawn.began))
        for number in range(int(drawn.sessions[person]))
    ]


def _starts(drawn: Drawn, *, periods: list[Period]) -> list[dict[str, Any]]:
    began = dict(zip(drawn.team.tolist(), drawn.began.tolist(), strict=True))
    return [
        {
            "programme_id": "programme:1",
            "manager_id": f"m{team:02d}",
            "priority_id": "p1",
            "drawn_on": periods[min(began.values())].first - timedelta(days=14),
            "planned_on": periods[quarter].first,
        }
        for team, quarter in began.items()
    ]


def _at(quarter: Period, day: int) -> str:
    return f"{quarter.first + timedelta(days=day)}T09:00:00Z"
