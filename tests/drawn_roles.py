"""Organisations drawn at random in which roles changed, with a truth planted in them.

Under Lena three managers with ten sellers each. On 1 January 2026 every seller took over the
segment of large accounts or of small ones; the records run from July 2025 to 30 June 2026. Each
seller has twenty accounts of each segment, and gave five of those that they no longer serve to
the next seller of the other role.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from headway import facts
from headway.facts import Facts

AS_OF, DATA_FROM, CHANGED = date(2026, 6, 30), date(2025, 7, 1), date(2026, 1, 1)
_FIRST = datetime(2025, 7, 1, 8, tzinfo=UTC)
_DAYS, _CHANGED_DAY = 365, (CHANGED - DATA_FROM).days
_MANAGERS = {name: [f"{name}{number}" for number in range(10)] for name in ("mia", "max", "moe")}
SELLERS = [seller for team in _MANAGERS.values() for seller in team]
# The role says 80 % of the work; before, it was the other way round.
_MINE, _BEFORE = 0.80, 0.25
_GIVEN, _PER_SEGMENT = 5, 20
_KINDS = ("call", "email", "meeting")

Flags = npt.NDArray[np.bool_]
Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, kw_only=True)
class Roles:
    """What is planted.

    `moved` is the share of sellers who do what their role says, a month after the change; the
    others go on as before. `know` is the share who can say what it means, None = nobody was asked.
    `gained` is how much more those who moved win since, as a multiple. `drifts`: how much the mix
    of everybody differs from month to month, in logits. `a_week`: pieces of work of a seller.
    `before` is the share of the role's segment before the change.
    """

    moved: float = 1.0
    know: float | None = 0.8
    is_handed_over: bool = True
    gained: float = 1.6
    drifts: float = 0.0
    a_week: float = 6.0
    before: float = _BEFORE


def of(tables: Tables) -> Facts:
    """The facts of a drawn organisation."""
    return facts.memory.of(tables, as_of=AS_OF, data_from=DATA_FROM)


def tables(truth: Roles, *, seed: int) -> Tables:
    """A whole organisation."""
    random = np.random.default_rng(seed)
    has_moved = random.permutation(len(SELLERS)) < round(truth.moved * len(SELLERS))
    return {
        **_people(),
        **_declared(),
        **_accounts(truth),
        **_work(truth, has_moved=has_moved, random=random),
        **_sales(truth, has_moved=has_moved, random=random),
        **_answers(truth, random=random),
    }


def _role(number: int) -> str:
    return ("Large", "Small")[number % 2]


def _other(number: int) -> str:
    return _role(number + 1)


def _work(truth: Roles, *, has_moved: Flags, random: np.random.Generator) -> Tables:
    """Activities on accounts, more or less on those of the role."""
    rows: list[Row] = []
    wander = random.normal(0, truth.drifts, _DAYS // 30 + 1)
    for number, seller in enumerate(SELLERS):
        own = random.normal(0, 0.3)
        starts = _CHANGED_DAY + int(random.integers(5, 40))
        for day in np.sort(random.integers(0, _DAYS, random.poisson(truth.a_week * _DAYS / 7))):
            share = _MINE if has_moved[number] and day >= starts else truth.before
            logit = np.log(share / (1 - share)) + own + wander[day // 30]
            is_mine = random.random() < 1 / (1 + np.exp(-logit))
            place = int(random.integers(_PER_SEGMENT))
            moved_away = truth.is_handed_over and day >= _CHANGED_DAY and has_moved[number]
            if not is_mine and place < _GIVEN and moved_away:
                place += _GIVEN
            rows.append(
                {
                    "activity_id": f"x{len(rows)}",
                    "person_id": seller,
                    "account_id": f"{seller}-{_role(number) if is_mine else _other(number)}{place}",
                    "kind": _KINDS[int(random.integers(3))],
                    "direction": "out",
                    "occurred_at": _at(int(day), random=random),
                }
            )
    return {"seen/activity": rows}


def _sales(truth: Roles, *, has_moved: Flags, random: np.random.Generator) -> Tables:
    """Opportunities that close in a month; since the change those who moved win more."""
    rows: list[Row] = []
    for number, seller in enumerate(SELLERS):
        for day in random.integers(0, _DAYS - 30, random.poisson(60)):
            won = 0.3 * (truth.gained if has_moved[number] and day >= _CHANGED_DAY else 1)
            state = "won" if random.random() < won else "lost"
            rows.append(
                {
                    "opportunity_id": f"o{len(rows)}",
                    "account_id": f"{seller}-{_role(number)}{int(random.integers(_PER_SEGMENT))}",
                    "owner_id": seller,
                    "stage": state,
                    "stage_group": state,
                    "amount": round(float(random.lognormal(8, 0.5)), 2),
                    "created_at": _at(int(day), random=random),
                    "closed_at": _at(int(day) + 29, random=random),
                }
            )
    return {"seen/opportunity": rows}


def _at(day: int, *, random: np.random.Generator) -> datetime:
    return _FIRST + timedelta(days=day, hours=float(random.uniform(0, 8)))


def _accounts(truth: Roles) -> Tables:
    accounts, owners, handovers = [], [], []
    for number, seller in enumerate(SELLERS):
        taker = SELLERS[(number + 1) % len(SELLERS)]
        for segment in ("Large", "Small"):
            for place in range(_PER_SEGMENT):
                account = f"{seller}-{segment}{place}"
                accounts.append({"account_id": account, "segment": segment})
                is_given = segment == _other(number) and place < _GIVEN
                if is_given:
                    handovers.append(_handover(account, giver=seller, taker=taker, truth=truth))
                owners += _owners(
                    account, seller, taker=taker if is_given and truth.is_handed_over else None
                )
    return {
        "seen/account": accounts,
        "seen/account_owner": owners,
        "meant/handover": handovers,
    }


def _handover(account: str, *, giver: str, taker: str, truth: Roles) -> Row:
    return {
        "handover_id": f"h-{account}",
        "account_id": account,
        "from_person_id": giver,
        "to_person_id": taker,
        "reorganisation_id": "segments",
        "planned_on": CHANGED,
        "completed_on": CHANGED if truth.is_handed_over else None,
    }


def _owners(account: str, seller: str, *, taker: str | None) -> Iterator[Row]:
    kept = {"account_id": account, "role": "owner", "basis": "history"}
    first = {**kept, "person_id": seller, "valid_from": DATA_FROM}
    if taker is None:
        yield first
        return
    yield {**first, "valid_to": CHANGED}
    yield {**kept, "person_id": taker, "valid_from": CHANGED}


def _answers(truth: Roles, *, random: np.random.Generator) -> Tables:
    if truth.know is None:
        return {}
    cells, teams, counts = [], [], []
    for manager, team in _MANAGERS.items():
        n = len(team) - 2
        k = int(random.binomial(n, truth.know))
        cell = {"cell_id": manager, "round_id": "pulse", "manager_id": manager, "role": "seller"}
        cells.append(
            {**cell, "is_remainder": False, "invited_count": len(team), "answered_count": n}
        )
        teams.append({"cell_id": manager, "team_manager_id": manager, "invited_count": len(team)})
        counts += [
            {
                "cell_id": manager,
                "item": "U1",
                "subject": "p1",
                "value": value,
                "answer_count": count,
            }
            for value, count in (("action_and_reason", k), ("neither", n - k))
        ]
    asked = {"round_id": "pulse", "kind": "pulse"}
    return {
        "said/survey_round": [{**asked, "opened_on": "2026-06-01", "closed_on": "2026-06-10"}],
        "said/survey_cell": cells,
        "said/survey_cell_team": teams,
        "said/survey_count": counts,
    }


def _declared() -> Tables:
    changed = {"reorganisation_id": "segments"}
    return {
        "meant/priority": [
            {
                "priority_id": "p1",
                "kind": "reorganisation",
                "declared_on": "2025-12-01",
                "launched_on": CHANGED,
                "scope": '{"grain": "opportunity", "all": [{"table": "opportunity", '
                '"column": "amount", "op": "gt", "value": 0}]}',
                "result_measure": "win_rate",
                "result_baseline": 0.30,
                "result_target": 0.48,
            }
        ],
        "meant/reorganisation": [
            {**changed, "priority_id": "p1", "name": "Segments", "effective_on": CHANGED}
        ],
        "meant/role_profile": [
            {**changed, "role_name": role, "segment": segment, "expected_share": share}
            for role, segment, share in (
                ("Large", "Large", _MINE),
                ("Large", "Small", 1 - _MINE),
                ("Small", "Small", _MINE),
                ("Small", "Large", 1 - _MINE),
            )
        ],
        "meant/role_change": [
            {**changed, "person_id": seller, "role_name": _role(number)}
            for number, seller in enumerate(SELLERS)
        ],
    }


def _people() -> Tables:
    stood = {"basis": "declared", "valid_from": "2025-01-01"}
    lines: list[Row] = [{"person_id": "lena", "manager_id": None, "role": "leader", **stood}]
    for manager, team in _MANAGERS.items():
        lines.append({"person_id": manager, "manager_id": "lena", "role": "manager", **stood})
        lines += [
            {"person_id": seller, "manager_id": manager, "role": "seller", **stood}
            for seller in team
        ]
    return {
        "seen/person": [{"person_id": line["person_id"]} for line in lines],
        "seen/reporting_line": lines,
    }
