"""Organisations drawn at random with a truth planted in them: what sellers do, and how it ends.

Under Lena three managers with nine sellers each. A new product was launched on 1 November 2025, a
new market on the same day; the records run from September 2025 to 30 June 2026.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from headway import facts
from headway.facts import Facts

AS_OF, DATA_FROM = date(2026, 6, 30), date(2025, 9, 1)
_FIRST, _LAUNCH = datetime(2025, 9, 1, 9, tzinfo=UTC), datetime(2025, 11, 1, 9, tzinfo=UTC)
_DAYS = 303
_MANAGERS = {name: [f"{name}{number}" for number in range(1, 10)] for name in ("mia", "max", "moe")}
SELLERS = [seller for team in _MANAGERS.values() for seller in team]
# Opportunities a month and approaches a week of a seller; how alike two sellers are.
_A_MONTH, _A_WEEK, _ALIKE = 6, 4, 20
_BY_ACCOUNT = (
    *("seen/account", "seen/account_owner", "seen/activity"),
    *("seen/opportunity", "seen/opportunity_change"),
)
# From so many days after the launch, which part of the target is planned.
_RAMP = ((0, 0.4), (60, 0.7), (120, 1.0))

Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, kw_only=True)
class Product:
    """What is planted: the true share of the new product, and how its opportunities go.

    `share` is a multiple of the `target`; `won` and `days` are multiples of the other products'.
    """

    target: float = 0.30
    share: float = 1.0
    won: float = 1.0
    days: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Market:
    """What is planted: the true share of approaches to the new market, and how they go.

    `share` is a multiple of the `target`, `listed` the accounts of the market that each seller
    holds; `met` and `won` are multiples of the other accounts'.
    """

    target: float = 0.30
    share: float = 1.0
    listed: int = 12
    met: float = 1.0
    won: float = 1.0


def of(tables: Tables) -> Facts:
    """The facts of a drawn organisation."""
    return facts.memory.of(tables, as_of=AS_OF, data_from=DATA_FROM)


def product_tables(truth: Product, *, seed: int) -> Tables:
    random = np.random.default_rng(seed)
    tables: Tables = {
        **_people(),
        **_priority("product", scope("product", "family", "New"), target=truth.target),
        "seen/product": [
            {"product_id": "new", "name": "N", "family": "New", "launched_on": "2025-11-01"},
            {"product_id": "old", "name": "O", "family": "Old"},
        ],
        "seen/opportunity": [],
        "seen/opportunity_line": [],
        "seen/opportunity_change": [],
        "seen/activity": [],
    }
    mean = truth.target * truth.share
    for seller in SELLERS:
        own = random.beta(mean * _ALIKE, (1 - mean) * _ALIKE)
        for _ in range(random.poisson(_A_MONTH * _DAYS / 30)):
            created = _FIRST + timedelta(days=float(random.uniform(0, _DAYS)))
            is_new = random.random() < own * _reached(created)
            won, days = (0.3 * truth.won, 45 * truth.days) if is_new else (0.3, 45)
            name = f"o{len(tables['seen/opportunity'])}"
            line = {"opportunity_id": name, "line_no": 1, "product_id": "new" if is_new else "old"}
            tables["seen/opportunity_line"].append(line)
            one = {"opportunity_id": name, "owner_id": seller}
            _sell(tables, one, created=created, won=won, days=days, random=random)
    return tables


def market_tables(truth: Market, *, seed: int) -> Tables:
    random = np.random.default_rng(seed)
    tables: Tables = {
        **_people(),
        **_priority("segment", scope("account", "segment", "New"), target=truth.target),
        **{name: [] for name in _BY_ACCOUNT},
    }
    mean = truth.target * truth.share
    for seller in SELLERS:
        new, old, customers = _accounts(tables, seller, listed=truth.listed, random=random)
        own = random.beta(mean * _ALIKE, (1 - mean) * _ALIKE)
        for _ in range(random.poisson(_A_WEEK * _DAYS / 7)):
            at = _FIRST + timedelta(days=float(random.uniform(0, _DAYS - 1)))
            is_new = random.random() < own * _reached(at)
            account = str(random.choice(new if is_new else old))
            by = {"person_id": seller, "account_id": account, "direction": "out"}
            name = f"c{len(tables['seen/activity'])}"
            tables["seen/activity"].append(
                {**by, "activity_id": name, "kind": "call", "occurred_at": at}
            )
            easy = 2 if account in customers else 1
            if random.random() < 0.08 * easy * (truth.met if is_new else 1):
                one = {"opportunity_id": name, "owner_id": seller, "account_id": account}
                won = 0.3 * (truth.won if is_new else 1)
                _sell(tables, one, created=at, won=won, days=45, random=random)
    return tables


def _accounts(
    tables: Tables, seller: str, *, listed: int, random: np.random.Generator
) -> tuple[list[str], list[str], set[str]]:
    """Twenty customers, twenty strangers and some of the new market, as one seller holds them."""
    old = [f"{seller}-{number}" for number in range(40)]
    # Whoever has no list finds a few by themselves.
    new = [f"{seller}-new{number}" for number in range(listed or 6)]
    for account in (*old, *new):
        segment = "New" if account in new else "Old"
        tables["seen/account"].append({"account_id": account, "segment": segment})
    for account in (*old, *(new if listed else ())):
        held = {"account_id": account, "person_id": seller, "role": "owner", "basis": "history"}
        tables["seen/account_owner"].append({**held, "valid_from": "2025-01-01"})
    for account in old[:20]:
        bought = _FIRST + timedelta(days=float(random.uniform(0, 50)))
        tables["seen/opportunity"].append(
            {
                "opportunity_id": f"before-{account}",
                "account_id": account,
                "owner_id": seller,
                "stage": "won",
                "stage_group": "won",
                "created_at": bought - timedelta(days=40),
                "closed_at": bought,
            }
        )
    return new, old, set(old[:20])


def _reached(day: datetime) -> float:
    """The part of the target that is planned by a day."""
    since = (day - _LAUNCH).days
    return next((part for days, part in reversed(_RAMP) if days <= since), 0.0)


def _sell(
    tables: Tables,
    one: Row,
    *,
    created: datetime,
    won: float,
    days: float,
    random: np.random.Generator,
) -> None:
    """An opportunity with its meeting, its proposal and its end, as far as they are past."""
    end = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 20, tzinfo=UTC)
    met = created + timedelta(days=float(random.exponential(8)))
    if random.random() < 0.8 and met < end:
        tables["seen/activity"].append(
            {
                "activity_id": f"m{one['opportunity_id']}",
                "kind": "meeting",
                "direction": "joint",
                "person_id": one["owner_id"],
                "occurred_at": met,
                **{name: one[name] for name in ("opportunity_id", "account_id") if name in one},
            }
        )
    proposed = met + timedelta(days=float(random.exponential(10)))
    if random.random() < 0.5 and proposed < end:
        tables["seen/opportunity_change"].append(
            {
                "opportunity_id": one["opportunity_id"],
                "changed_at": proposed,
                "field": "stage",
                "new_value": "Proposal",
            }
        )
    closed = created + timedelta(days=float(random.gamma(4, days / 4)))
    state = "open" if closed >= end else "won" if random.random() < won else "lost"
    tables["seen/opportunity"].append(
        {
            **one,
            "stage": state,
            "stage_group": state,
            "created_at": created,
            "closed_at": None if state == "open" else closed,
            "amount": round(float(random.lognormal(9, 0.8)), 2),
        }
    )


def _people() -> Tables:
    stood = {"basis": "declared", "valid_from": "2025-01-01"}
    lines = [{"person_id": "lena", "manager_id": None, "role": "leader", **stood}]
    for manager, team in _MANAGERS.items():
        lines.append({"person_id": manager, "manager_id": "lena", "role": "manager", **stood})
        lines += [
            {"person_id": seller, "manager_id": manager, "role": "seller", **stood}
            for seller in team
        ]
    people = [{"person_id": line["person_id"]} for line in lines]
    return {"seen/person": people, "seen/reporting_line": lines}


def scope(table: str, column: str, value: str) -> str:
    condition = {"table": table, "column": column, "op": "eq", "value": value}
    grain = "opportunity" if table == "product" else table
    return json.dumps({"grain": grain, "all": [condition]})


def _priority(kind: str, scope: str, *, target: float) -> Tables:
    declared = {"priority_id": "p1", "kind": kind, "declared_on": "2025-10-01", "scope": scope}
    return {
        "meant/priority": [{**declared, "launched_on": "2025-11-01"}],
        "meant/priority_target": [
            {
                "priority_id": "p1",
                "link": "practised",
                "measure": "depth",
                "from_days": days,
                "target_share": target * part,
            }
            for days, part in _RAMP
        ],
    }
