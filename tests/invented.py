"""An organisation invented for a test, whose truth the test plants and the analysis never reads."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headway.facts import Facts, known
from headway.terms.organisation import Organisation

ORGANISATION = Organisation(name="Invented", currency="EUR", time_zone="UTC")
REGIONS = ("East", "NA", "North", "South")
PRODUCTS = ("Core", "Plus", "Spare")
PRICES = np.array([12_000.0, 30_000.0, 2_500.0])
RATES = np.array([0.45, 0.25, 0.60])


@dataclass(frozen=True)
class Draw:
    """The opportunities while they are drawn, one entry each."""

    created: np.ndarray
    decided: np.ndarray
    region: np.ndarray
    product: np.ndarray
    owner: np.ndarray
    rate: np.ndarray
    amount: np.ndarray
    followed: np.ndarray


Change = Callable[[Draw, np.random.Generator], Draw]


@dataclass(frozen=True)
class Plan:
    """What is planted: `changes` bend the draw before the outcome falls."""

    seed: int = 1
    per_day: float = 16.0
    first: date = date(2024, 1, 1)
    as_of: date = date(2026, 6, 30)
    sellers: int = 24
    changes: tuple[Change, ...] = ()
    has_lost: bool = True
    has_owners: bool = True
    has_history: bool = False
    largest: tuple[date, float] | None = None
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)


def drawn(plan: Plan) -> tuple[Draw, np.ndarray]:
    """The opportunities and which of them would be won."""
    random = np.random.default_rng(plan.seed)
    days = np.arange(plan.first, plan.as_of, dtype="datetime64[D]")
    created = np.repeat(days, random.poisson(plan.per_day, len(days)))
    n = len(created)
    owner = random.integers(0, plan.sellers, n)
    product = random.choice(3, n, p=[0.5, 0.2, 0.3])
    cycle = np.minimum(random.lognormal(np.log(30), 0.6, n), 150).astype("timedelta64[D]")
    draw = Draw(
        created=created,
        decided=created + cycle,
        region=owner % 4,
        product=product,
        owner=owner,
        rate=RATES[product],
        amount=PRICES[product] * random.lognormal(0, 0.4, n),
        followed=np.random.default_rng([plan.seed, 1]).random(n) < 0.5,
    )
    for change in plan.changes:
        draw = change(draw, random)
    return draw, random.random(len(draw.created)) < draw.rate


def kept(draw: Draw, wanted: np.ndarray) -> Draw:
    """The draw with those opportunities alone."""
    return Draw(**{name: getattr(draw, name)[wanted] for name in Draw.__dataclass_fields__})


def since(draw: Draw, day: str) -> np.ndarray:
    """What is decided from that day on."""
    return draw.decided >= np.datetime64(day)


def changed(draw: Draw, **values: np.ndarray) -> Draw:
    """The draw with some values replaced."""
    return replace(draw, **values)


def tables(plan: Plan) -> dict[str, pa.Table]:
    """The tables of facts: people, reporting lines, products, opportunities and their lines."""
    draw, would_win = drawn(plan)
    if plan.largest is not None:
        draw, would_win = _with_giant(draw, would_win, giant=plan.largest)
    closed = draw.decided <= np.datetime64(plan.as_of)
    won = closed & would_win
    if not plan.has_lost:
        draw, closed, won = kept(draw, won), closed[won], won[won]
    n = len(draw.created)
    ids = np.array([f"o{i:06}" for i in range(n)], dtype=object)
    owners = np.array([f"p{i:02}" for i in range(plan.sellers)], dtype=object)
    group = np.where(won, "won", np.where(closed, "lost", "open"))
    noon = np.timedelta64(12, "h")
    created_at = draw.created.astype("datetime64[s]") + noon
    closed_at = draw.decided.astype("datetime64[s]") + noon
    opportunity = pa.table(
        {
            "opportunity_id": pa.array(ids, pa.string()),
            "owner_id": pa.array(
                owners[draw.owner] if plan.has_owners else [None] * n, pa.string()
            ),
            "stage": pa.array([value.title() for value in group], pa.string()),
            "stage_group": pa.array(group.tolist(), pa.string()),
            "amount": pa.array(draw.amount.round(2), pa.float64()),
            "created_at": pa.array(created_at, pa.timestamp("us", tz="UTC")),
            "close_on": pa.array(draw.decided, pa.date32()),
            "closed_at": pa.array(closed_at, pa.timestamp("us", tz="UTC"), mask=~closed),
        }
    )
    line = pa.table(
        {
            "opportunity_id": pa.array(ids, pa.string()),
            "line_no": pa.array(np.ones(n, dtype=np.int32)),
            "product_id": pa.array([PRODUCTS[i] for i in draw.product], pa.string()),
            "line_amount": pa.array(draw.amount.round(2), pa.float64()),
        }
    )
    return {
        "seen/opportunity": opportunity,
        "seen/opportunity_line": line,
        "seen/product": pa.table({"product_id": PRODUCTS, "name": PRODUCTS}),
        **_people(plan, owners=owners),
        **(_history(draw, ids=ids, group=group) if plan.has_history else {}),
        **{name: pa.Table.from_pylist(rows) for name, rows in plan.rows.items()},
    }


def _people(plan: Plan, *, owners: np.ndarray) -> dict[str, pa.Table]:
    return {
        "seen/person": pa.table({"person_id": pa.array(owners, pa.string())}),
        "seen/reporting_line": pa.table(
            {
                "person_id": pa.array(owners, pa.string()),
                "valid_from": pa.array([plan.first] * plan.sellers, pa.date32()),
                "role": ["seller"] * plan.sellers,
                "region": [REGIONS[i % 4] for i in range(plan.sellers)],
                "basis": ["declared"] * plan.sellers,
            }
        ),
    }


def _history(draw: Draw, *, ids: np.ndarray, group: np.ndarray) -> dict[str, pa.Table]:
    """Stages entered: all three where the process was followed, else from the first to the last."""
    third = (draw.decided - draw.created) / 3
    is_over = group != "open"
    steps = [
        ("Qualify", draw.created, np.ones(len(ids), dtype=bool)),
        ("Offer", draw.created + third, draw.followed & is_over),
        ("Close", draw.created + 2 * third, is_over),
        ("Won", draw.decided, group == "won"),
        ("Lost", draw.decided, group == "lost"),
    ]
    changes = [
        pa.table(
            {
                "opportunity_id": pa.array(ids[entered], pa.string()),
                "changed_at": pa.array(
                    day[entered].astype("datetime64[s]"), pa.timestamp("us", tz="UTC")
                ),
                "field": ["stage"] * int(entered.sum()),
                "new_value": [stage] * int(entered.sum()),
            }
        )
        for stage, day, entered in steps
    ]
    groups = ("open", "open", "open", "won", "lost")
    stages = [
        {"pipeline": "Sales", "stage": stage, "sort_order": place, "stage_group": one}
        for place, ((stage, _, _), one) in enumerate(zip(steps, groups, strict=True))
    ]
    return {
        "seen/opportunity_change": pa.concat_tables(changes),
        "seen/stage_def": pa.Table.from_pylist(stages),
    }


def organisation(plan: Plan, *, into: Path) -> Facts:
    """The facts of the invented organisation, in Parquet files under `into`."""
    files = {}
    for name, table in tables(plan).items():
        files[name] = into / f"{name.replace('/', '-')}.parquet"
        pq.write_table(table, files[name])
    return known.of_parquet(
        files,
        organisation=ORGANISATION,
        as_of=plan.as_of,
        data_from=plan.first,
        facts_id=f"invented-{plan.seed}",
    )


def _with_giant(
    draw: Draw, would_win: np.ndarray, *, giant: tuple[date, float]
) -> tuple[Draw, np.ndarray]:
    day, amount = giant
    place = int(np.argmax((draw.decided >= np.datetime64(day)) & would_win))
    amounts = draw.amount.copy()
    amounts[place] = amount
    return replace(draw, amount=amounts), would_win
