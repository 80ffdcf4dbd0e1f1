"""Organisations in which some managers decide for their people, and others only seem to.

Nothing of the product's own arithmetic is used: each sign is drawn from what a manager does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

import numpy as np

from headway.facts import Facts, memory

Row = dict[str, object]
Tables = dict[str, list[Row]]

AS_OF, DATA_FROM = date(2026, 6, 30), date(2025, 1, 1)
INSPECTS, LESS_AUTONOMY, STEPS_IN = "inspects", "less autonomy", "steps in"
SIGNS = (INSPECTS, LESS_AUTONOMY, STEPS_IN)
ALL = frozenset(SIGNS)
# Each of the decoys has one sign or two of the three.
DECOYS = (
    *(frozenset({sign}) for sign in SIGNS),
    *(ALL - {sign} for sign in SIGNS),
)
_WEEKS, _LATE = 52, 13
_INSPECTION = ("pipeline_review", "forecast_call", "status_check")
_DEVELOPMENT = ("joint_call", "role_play", "debrief", "one_to_one")


@dataclass(frozen=True, kw_only=True)
class Manager:
    """One manager: which of the three signs are planted, and whose team it is."""

    person_id: str
    signs: frozenset[str]
    sellers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An organisation with its truth."""

    managers: tuple[Manager, ...]
    tables: Tables

    @property
    def facts(self) -> Facts:
        """As the product reads it."""
        return memory.of(self.tables, as_of=AS_OF, data_from=DATA_FROM)


def of(seed: int, *, planted: int | None = None) -> Drawn:
    """One organisation of twelve to eighteen teams under one head.

    Up to three managers decide for their people; six are decoys, one of each kind; the others have
    no sign. All differ from each other in what they usually do, and a season lifts the touches of
    all of them.
    """
    rng = np.random.default_rng(seed)
    number = int(rng.integers(12, 19))
    signs = [ALL] * (int(rng.integers(0, 4)) if planted is None else planted) + list(DECOYS)
    signs += [frozenset[str]()] * (number - len(signs))
    managers = tuple(
        Manager(
            person_id=f"m{place:02d}",
            signs=own,
            sellers=tuple(f"m{place:02d}s{each}" for each in range(int(rng.integers(7, 11)))),
        )
        for place, own in enumerate(rng.permutation(np.array(signs, dtype=object)).tolist())
    )
    tables: Tables = {"meant/priority": [_PRIORITY]}
    tables["seen/person"] = [{"person_id": each} for each in _people(managers)]
    tables["seen/reporting_line"] = list(_lines(managers))
    _work(rng, tables, managers=managers)
    _sessions(rng, tables, managers=managers)
    _answers(rng, tables, managers=managers)
    return Drawn(managers=managers, tables=tables)


_PRIORITY: Row = {
    "priority_id": "p",
    "kind": "process",
    "name": "Ask first",
    "declared_on": "2025-09-01",
    "launched_on": "2025-10-01",
}


def _people(managers: tuple[Manager, ...]) -> Iterator[str]:
    yield "top"
    for each in managers:
        yield each.person_id
        yield from each.sellers


def _lines(managers: tuple[Manager, ...]) -> Iterator[Row]:
    since = {"valid_from": DATA_FROM, "basis": "declared"}
    yield {"person_id": "top", "manager_id": None, "role": "leader", **since}
    for each in managers:
        yield {"person_id": each.person_id, "manager_id": "top", "role": "manager", **since}
        for seller in each.sellers:
            yield {
                "person_id": seller,
                "manager_id": each.person_id,
                "role": "seller",
                **since,
            }


def _at(rng: np.random.Generator, week: int) -> datetime:
    """A moment in one of the weeks, the last of which ends on the last day."""
    day = AS_OF - timedelta(days=7 * (_WEEKS - week) - 1 - int(rng.integers(7)))
    return datetime.combine(day, time(9)) + timedelta(seconds=int(rng.integers(28_000)))


def _work(rng: np.random.Generator, tables: Tables, *, managers: tuple[Manager, ...]) -> None:
    """Opportunities that sellers work on, and what their managers change or join."""
    season = float(rng.uniform(1.0, 1.4))
    opportunities, changes, activities = [], [], []
    ids = count()
    for manager in managers:
        often = {kind: float(rng.gamma(4, 0.3 / 4)) + 0.05 for kind in ("change", "join")}
        rise = float(rng.uniform(2.5, 4.0)) if STEPS_IN in manager.signs else 1.0
        by = str(rng.choice(["change", "join", "both"], p=[0.5, 0.2, 0.3]))
        for seller in manager.sellers:
            own = [f"o{next(ids)}" for _ in range(4)]
            opportunities += [_opportunity(each, seller) for each in own]
            for week in range(_WEEKS):
                late = week >= _WEEKS - _LATE
                for kind, rate in often.items():
                    more = season * (rise if by in (kind, "both") else 1.0) if late else 1.0
                    uneven = float(rng.lognormal(-0.08, 0.4))
                    for _ in range(int(rng.poisson(rate * more * uneven))):
                        row = {"opportunity_id": str(rng.choice(own))}
                        at = _at(rng, week) + timedelta(microseconds=next(ids))
                        if kind == "change":
                            changes.append(_change(row, by=manager.person_id, at=at))
                        else:
                            activities.append(_activity(row, by=manager.person_id, at=at, n=ids))
                for _ in range(int(rng.poisson(0.6))):
                    row = {"opportunity_id": str(rng.choice(own))}
                    at = _at(rng, week) + timedelta(microseconds=next(ids))
                    changes.append(_change(row, by=seller, at=at))
    tables["seen/opportunity"] = opportunities
    tables["seen/opportunity_change"] = changes
    tables["seen/activity"] = activities


def _opportunity(number: str, seller: str) -> Row:
    return {
        "opportunity_id": number,
        "owner_id": seller,
        "stage": "New",
        "stage_group": "open",
        "created_at": "2025-02-01T09:00:00Z",
    }


def _change(row: Row, *, by: str, at: datetime) -> Row:
    values = {"field": "close_on", "old_value": "2026-09-01", "new_value": "2026-10-01"}
    return {**row, **values, "changed_at": at, "changed_by_id": by}


def _activity(row: Row, *, by: str, at: datetime, n: "count[int]") -> Row:
    return {
        **row,
        "activity_id": f"a{next(n)}",
        "kind": "meeting",
        "direction": "joint",
        "person_id": by,
        "occurred_at": at,
    }


def _sessions(rng: np.random.Generator, tables: Tables, *, managers: tuple[Manager, ...]) -> None:
    usual = float(rng.uniform(0.25, 0.5))
    held: list[Row] = []
    for manager in managers:
        share = float(np.clip(rng.normal(usual, 0.07), 0.05, 0.95))
        if INSPECTS in manager.signs:
            share = min(usual + float(rng.uniform(0.3, 0.45)), 0.95)
        a_month = float(rng.uniform(1.2, 3.0))
        for seller in manager.sellers:
            for _ in range(int(rng.poisson(a_month * 6))):
                is_inspection = bool(rng.random() < share)
                ago = int(rng.integers(0, 180))
                held.append(
                    {
                        "session_id": f"s{len(held)}",
                        "coach_id": manager.person_id,
                        "person_id": seller,
                        "held_at": datetime.combine(AS_OF - timedelta(days=ago), time(10)),
                        "minutes": float(rng.integers(20, 61)),
                        "kind": str(rng.choice(_INSPECTION if is_inspection else _DEVELOPMENT)),
                        "priority_id": None if is_inspection else "p",
                        "is_work_observed": not is_inspection,
                        "is_practice_agreed": not is_inspection,
                        "follow_up_on": None if is_inspection else AS_OF + timedelta(days=7),
                    }
                )
    tables["said/coaching_session"] = held


def _answers(rng: np.random.Generator, tables: Tables, *, managers: tuple[Manager, ...]) -> None:
    """One round; the few teams with fewer than five answers are poured into one cell."""
    cells, teams, counts = [], [], []
    small: list[tuple[Manager, list[str]]] = []
    usual = float(rng.uniform(3.4, 3.9))
    for manager in managers:
        mean = float(rng.normal(usual, 0.2))
        if LESS_AUTONOMY in manager.signs:
            mean = usual - float(rng.uniform(1.3, 1.8))
        answered = int((rng.random(len(manager.sellers)) < 0.9).sum())
        latent = np.clip(np.round(rng.normal(mean, 0.8, answered)), 1, 5).astype(int)
        given = [str(each) for each in latent.tolist()]
        if answered < 5:
            small.append((manager, given))
            continue
        cells.append(_cell(manager.person_id, [manager], answered=answered))
        teams.append(_team(manager.person_id, manager))
        counts += _counts(manager.person_id, given)
    if small:
        together = [each for _manager, given in small for each in given]
        is_enough = len(together) >= 5
        cells.append(
            _cell("top", [each for each, _ in small], answered=len(together) if is_enough else None)
        )
        teams += [_team("top", each) for each, _ in small]
        counts += _counts("top", together) if is_enough else []
    tables["said/survey_round"] = [
        {"round_id": "r", "kind": "pulse", "opened_on": "2026-06-01", "closed_on": "2026-06-10"}
    ]
    tables["said/survey_cell"] = cells
    tables["said/survey_cell_team"] = teams
    tables["said/survey_count"] = counts


def _cell(name: str, managers: list[Manager], *, answered: int | None) -> Row:
    return {
        "cell_id": name,
        "round_id": "r",
        "manager_id": name,
        "role": "seller",
        "is_remainder": name == "top",
        "invited_count": sum(len(each.sellers) for each in managers),
        "answered_count": answered,
    }


def _team(cell: str, manager: Manager) -> Row:
    return {
        "cell_id": cell,
        "team_manager_id": manager.person_id,
        "invited_count": len(manager.sellers),
    }


def _counts(cell: str, given: list[str]) -> list[Row]:
    return [
        {
            "cell_id": cell,
            "item": "AU1",
            "subject": None,
            "value": value,
            "answer_count": given.count(value),
        }
        for value in sorted(set(given))
    ]
