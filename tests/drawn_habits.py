"""Organisations drawn at random with a planted truth: a process that is followed, or is not; a
training that sticks, or does not.

Under Lena three managers with as many sellers each. The records run from July 2025 to 30 June 2026;
the process was launched on 1 October, the training held in December.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from headway import facts
from headway.facts import Facts

AS_OF, DATA_FROM = date(2026, 6, 30), date(2025, 7, 1)
WHOLE = "seller@lena"
_FIRST, _LAUNCH = datetime(2025, 7, 1, 9, tzinfo=UTC), datetime(2025, 10, 1, 9, tzinfo=UTC)
_END = datetime(2026, 6, 30, 20, tzinfo=UTC)
_DAYS = 364
_HELD = date(2025, 12, 10)
# How alike two sellers are, and how often something is typed in late by everybody.
_ALIKE, _LATE = 20, 0.08
_MANAGERS = ("mia", "max", "moe")

Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, kw_only=True)
class Process:
    """What is planted: how often the step is taken before the gate, before the launch, in the
    `first_days` and since; and how often it is written down afterwards where it was not taken.

    `typed_late` is the share of steps taken that are typed in two weeks later from the launch on.
    `is_new_path`: opportunities go through one more stage since the launch.
    """

    target: float = 0.60
    before: float = 0.10
    first: float = 0.70
    first_days: int = 90
    since: float = 0.70
    afterwards: float = 0.0
    typed_late: float = _LATE
    is_new_path: bool = False
    team: int = 9


@dataclass(frozen=True, kw_only=True)
class Training:
    """What is planted: the share before, and what the training adds early and late.

    `trained` is the share of people who are trained, `season` what everybody adds after the day of
    the training. `is_of_weak`: those are sent who did least in the 90 days before, of people who
    are all alike. On three days a week apart where `is_staggered`.
    """

    before: float = 0.25
    early: float = 0.30
    late: float = 0.30
    trained: float = 0.5
    season: float = 0.0
    is_of_weak: bool = False
    is_staggered: bool = True
    team: int = 20
    a_month: float = 12.0


def of(truth: Process | Training, *, seed: int) -> Facts:
    """The facts of a drawn organisation."""
    return kept(tables(truth, seed=seed))


def kept(tables: Tables) -> Facts:
    """The facts of these tables."""
    return facts.memory.of(tables, as_of=AS_OF, data_from=DATA_FROM)


def tables(truth: Process | Training, *, seed: int) -> Tables:
    """The tables of a drawn organisation."""
    random = np.random.default_rng(seed)
    if isinstance(truth, Process):
        return _process(truth, random=random)
    return _training(truth, random=random)


def _process(truth: Process, *, random: np.random.Generator) -> Tables:
    found = {**_people(truth.team), **_declared_process(truth.target)}
    found |= {name: [] for name in ("seen/opportunity", "seen/opportunity_change", "seen/activity")}
    for seller in _sellers(truth.team):
        own = random.normal(0, 0.08)
        for _ in range(random.poisson(5 * _DAYS / 30)):
            created = _FIRST + timedelta(days=float(random.uniform(0, _DAYS)))
            since = (created - _LAUNCH).days
            rate = (
                truth.before
                if since < 0
                else truth.first
                if since < truth.first_days
                else truth.since
            )
            _sell(
                found,
                truth,
                seller=seller,
                created=created,
                does=random.random() < np.clip(rate + own, 0, 1),
                random=random,
            )
    return found


def _sell(
    found: Tables,
    truth: Process,
    *,
    seller: str,
    created: datetime,
    does: bool,
    random: np.random.Generator,
) -> None:
    name = f"o{len(found['seen/opportunity'])}"
    is_since = created >= _LAUNCH
    stages = ["Lead", "Qualified", *(["Case"] if truth.is_new_path and is_since else []), "Quote"]
    at, old = created, None
    for stage in stages:
        _typed(
            found["seen/opportunity_change"],
            {"opportunity_id": name, "field": "stage", "old_value": old, "new_value": stage},
            at=at,
            column="changed_at",
            late=_LATE,
            random=random,
        )
        quoted, old = at, stage
        at = at + timedelta(days=1 + float(random.exponential(5)))
    one = {"opportunity_id": name, "owner_id": seller, "stage": "Quote", "stage_group": "open"}
    found["seen/opportunity"].append({**one, "created_at": created})
    is_for_show = is_since and random.random() < truth.afterwards
    if does or is_for_show:
        shift = timedelta(hours=-3) if does else timedelta(days=float(random.uniform(1, 9)))
        step = {"activity_id": f"a{name}", "kind": "meeting", "purpose": "discovery"}
        _typed(
            found["seen/activity"],
            {**step, "direction": "joint", "person_id": seller, "opportunity_id": name},
            at=quoted + shift,
            column="occurred_at",
            late=truth.typed_late if is_since else _LATE,
            random=random,
        )


def _typed(
    rows: list[Row],
    row: Row,
    *,
    at: datetime,
    column: str,
    late: float,
    random: np.random.Generator,
) -> None:
    """Add a row, if it is past by the last day."""
    waited = timedelta(days=14 if random.random() < late else 0.1)
    if at < _END:
        rows.append({**row, column: at, "recorded_at": min(at + waited, _END)})


def _training(truth: Training, *, random: np.random.Generator) -> Tables:
    found = {**_people(truth.team), **_declared_training()}
    sellers = _sellers(truth.team)
    at = {
        seller: np.sort(random.uniform(0, _DAYS, random.poisson(truth.a_month * _DAYS / 30)))
        for seller in sellers
    }
    held = (_HELD - DATA_FROM).days
    own = {seller: 0.0 if truth.is_of_weak else float(random.normal(0, 0.06)) for seller in sellers}
    before = {
        seller: random.random(len(days)) < np.clip(truth.before + own[seller], 0, 1)
        for seller, days in at.items()
    }

    def shown(seller: str) -> float:
        recent = (at[seller] >= held - 90) & (at[seller] < held)
        return float(before[seller][recent].mean()) if recent.any() else 0.0

    listed = sorted(sellers, key=shown) if truth.is_of_weak else random.permutation(sellers)
    trained = {
        str(seller): _HELD + timedelta(days=7 * (number % 3) if truth.is_staggered else 0)
        for number, seller in enumerate(listed[: round(truth.trained * len(sellers))])
    }
    found["seen/training_attendance"] = [
        {"training_id": "t1", "person_id": seller, "attended_on": day.isoformat()}
        for seller, day in sorted(trained.items())
    ]
    found["seen/activity"] = [
        row
        for seller in sellers
        for row in _meetings(
            truth,
            seller=seller,
            at=at[seller],
            before=before[seller],
            own=own[seller],
            trained=trained.get(seller),
            random=random,
        )
    ]
    return found


def _meetings(
    truth: Training,
    *,
    seller: str,
    at: Any,
    before: Any,
    own: float,
    trained: date | None,
    random: np.random.Generator,
) -> list[Row]:
    rows = []
    for number, (day, is_shown) in enumerate(zip(at, before, strict=True)):
        when = _FIRST + timedelta(days=float(day))
        rate = truth.before + own + (truth.season if when.date() >= _HELD else 0)
        shows = bool(is_shown)
        if when.date() >= _HELD:
            since = (when.date() - trained).days if trained else -1
            lift = 0.0 if since < 0 else truth.early if since <= 60 else truth.late
            shows = bool(random.random() < np.clip(rate + lift, 0, 1))
        row = {"activity_id": f"{seller}-{number}", "kind": "meeting", "direction": "joint"}
        purpose = "discovery" if shows else "demo"
        rows.append({**row, "person_id": seller, "purpose": purpose, "occurred_at": when})
    return rows


def _sellers(team: int) -> list[str]:
    return [f"{manager}{number}" for manager in _MANAGERS for number in range(1, team + 1)]


def _people(team: int) -> Tables:
    stood = {"basis": "declared", "valid_from": "2025-01-01"}
    lines = [{"person_id": "lena", "manager_id": None, "role": "leader", **stood}]
    for manager in _MANAGERS:
        lines.append({"person_id": manager, "manager_id": "lena", "role": "manager", **stood})
        lines += [
            {
                "person_id": f"{manager}{number}",
                "manager_id": manager,
                "role": "seller",
                **stood,
            }
            for number in range(1, team + 1)
        ]
    people = [{"person_id": line["person_id"]} for line in lines]
    return {"seen/person": people, "seen/reporting_line": lines}


def asks(grain: str, *conditions: tuple[str, str, str, str]) -> str:
    """A predicate of conditions (table, column, op, value)."""
    names = ("table", "column", "op", "value")
    listed = [dict(zip(names, each, strict=True)) for each in conditions]
    return json.dumps({"grain": grain, "all": listed})


def _declared_process(target: float) -> Tables:
    quoted = asks(
        "opportunity",
        ("opportunity_change", "field", "eq", "stage"),
        ("opportunity_change", "new_value", "eq", "Quote"),
    )
    step = asks(
        "opportunity",
        ("activity", "purpose", "eq", "discovery"),
        ("activity", "occurred_at", "before_stage", "Quote"),
    )
    depth = {"priority_id": "p1", "link": "practised", "measure": "depth", "from_days": 0}
    return {
        "meant/priority": [
            {
                "priority_id": "p1",
                "kind": "process",
                "declared_on": "2025-09-01",
                "launched_on": "2025-10-01",
                "eligibility": quoted,
                "behaviour": step,
            }
        ],
        "meant/priority_target": [{**depth, "target_share": target}],
    }


def _declared_training() -> Tables:
    return {
        "meant/priority": [
            {
                "priority_id": "p1",
                "kind": "skill",
                "declared_on": "2025-11-01",
                "launched_on": "2025-12-01",
                "eligibility": asks("activity", ("activity", "kind", "eq", "meeting")),
                "behaviour": asks("activity", ("activity", "purpose", "eq", "discovery")),
            }
        ],
        "meant/training": [
            {
                "training_id": "t1",
                "priority_id": "p1",
                "name": "Discovery",
                "held_on": _HELD.isoformat(),
            }
        ],
    }
