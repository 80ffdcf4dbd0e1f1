"""A small organisation with a past, and what was known of it on a day, in plain Python."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

Rows = list[dict[str, Any]]
ZONE = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2025, 1, 1), date(2026, 6, 30)
STAGES = {"New": "open", "Proposal": "open", "Won": "won", "Lost": "lost"}
FIELDS = ("stage", "amount", "close_on", "owner_id", "probability_share", "forecast_category")


@dataclass(frozen=True)
class Chance:
    """What is thrown for."""

    dice: random.Random

    def day(self) -> date:
        return FIRST + timedelta(days=self.dice.randrange((LAST - FIRST).days))

    def instant(self) -> datetime:
        midnight = datetime.combine(self.day(), datetime.min.time())
        return midnight + timedelta(minutes=self.dice.randrange(1440))

    def perhaps(self, value: object, share: float = 0.5) -> Any:
        return value if self.dice.random() < share else None

    def late(self, moment: datetime, *, days: int) -> datetime | None:
        return self.perhaps(_later(moment, days=self.dice.randrange(days)))


def invented(seed: int, *, opportunities: int = 60) -> dict[str, Rows]:
    """Opportunities, two thirds of them with a history, some of it typed late; people, accounts."""
    chance = Chance(random.Random(seed))
    told = [_opportunity(i, chance) for i in range(opportunities)]
    return {
        **_people(chance, count=opportunities // 10),
        **_doings(chance, opportunities=opportunities),
        "seen/account": [
            {"account_id": f"a{i}", "created_at": chance.perhaps(chance.instant())}
            for i in range(opportunities // 6)
        ],
        "seen/stage_def": [
            {"pipeline": "main", "stage": stage, "sort_order": i, "stage_group": group}
            for i, (stage, group) in enumerate(STAGES.items())
        ],
        "seen/revenue": [
            {"account_id": f"a{i}", "month_on": date(2025, 1 + i, 1), "revenue_amount": Decimal(5)}
            for i in range(9)
        ],
        "seen/opportunity": [opportunity for opportunity, _ in told],
        "seen/opportunity_change": [change for _, history in told for change in history],
    }


def _people(chance: Chance, *, count: int) -> dict[str, Rows]:
    return {
        "seen/person": [
            {
                "person_id": f"p{i}",
                "hired_on": chance.perhaps(chance.day()),
                "left_on": chance.perhaps(LAST, 0.3),
            }
            for i in range(count)
        ],
        "seen/reporting_line": [
            {
                "person_id": f"p{i}",
                "valid_from": FIRST,
                "valid_to": chance.perhaps(chance.day() + timedelta(days=1)),
                "manager_id": None if i == 0 else "p0",
                "role": "seller",
                "basis": "declared",
            }
            for i in range(count)
        ],
    }


def _doings(chance: Chance, *, opportunities: int) -> dict[str, Rows]:
    return {
        "seen/activity": [
            {
                "activity_id": f"t{i}",
                "kind": "call",
                "direction": "out",
                "person_id": f"p{i % 6}",
                "opportunity_id": chance.perhaps(f"o{i % opportunities}"),
                "occurred_at": moment,
                "recorded_at": chance.late(moment, days=40),
            }
            for i in range(opportunities + 20)
            for moment in [chance.instant()]
        ],
        "seen/lead": [
            {
                "lead_id": f"l{i}",
                "created_at": chance.instant(),
                "status": "x",
                "converted_at": chance.perhaps(chance.instant()),
                "opportunity_id": chance.perhaps("o3"),
            }
            for i in range(opportunities // 3)
        ],
        "said/signal": [
            {
                "signal_id": f"s{i}",
                "raised_on": chance.day(),
                "raised_to_id": "p0",
                "subject": "x",
                "disposition": "acted",
                "disposed_on": chance.day(),
            }
            for i in range(opportunities // 5)
        ],
    }


def _opportunity(i: int, chance: Chance) -> tuple[dict[str, Any], Rows]:
    created = chance.instant()
    after = [_later(created, days=chance.dice.randrange(200)) for _ in range(3)]
    moments = [created, *sorted(set(after) - {created})]
    stages = ["New", *(chance.dice.choice(list(STAGES)) for _ in moments[1:])]
    values: dict[str, Any] = {
        "stage": stages[-1],
        "amount": chance.perhaps(Decimal(chance.dice.randrange(100, 999))),
        "close_on": chance.perhaps(moments[-1].date()),
        "owner_id": chance.perhaps(f"p{i % 6}", 0.9),
        "probability_share": chance.perhaps(0.25),
        "forecast_category": chance.perhaps("commit"),
    }
    opportunity = {
        "opportunity_id": f"o{i}",
        "account_id": f"a{i % 9}",
        "pipeline": "main",
        "stage_group": STAGES[stages[-1]],
        "created_at": chance.perhaps(created, 0.9),
        "recorded_at": chance.perhaps(created + timedelta(days=chance.dice.randrange(5)), 0.3),
        "closed_at": chance.perhaps(moments[-1]) if STAGES[stages[-1]] != "open" else None,
        "lost_reason": "price" if stages[-1] == "Lost" else None,
        **values,
    }
    fields = ((), FIELDS, ("stage", "amount"))[i % 3]
    told = {
        field: stages if field == "stage" else [None] * (len(moments) - 1) + [values[field]]
        for field in fields
    }
    return opportunity, [
        {
            "opportunity_id": f"o{i}",
            "changed_at": moment,
            "field": field,
            "old_value": before,
            "new_value": text,
            "recorded_at": chance.late(moment, days=60),
        }
        for field in fields
        for texts in [[None if value is None else str(value) for value in told[field]]]
        for moment, before, text in zip(moments, [None, *texts], texts, strict=False)
    ]


def _later(moment: datetime, *, days: int) -> datetime:
    last = datetime.combine(LAST, datetime.min.time()) + timedelta(hours=12)
    return min(moment + timedelta(days=days), last)


def known_on(tables: dict[str, Rows], day: date) -> dict[str, Rows]:
    """What was known at the end of the day."""

    def later(value: object) -> bool:
        return is_later(value, day)

    def rows(name: str, happened: str, *unknown: str) -> Rows:
        return [
            {key: None if key in unknown and later(value) else value for key, value in row.items()}
            for row in tables[name]
            if not later(row.get("recorded_at") or row[happened])
        ]

    leads = rows("seen/lead", "created_at")
    for lead in leads:
        if later(lead["converted_at"]):
            lead.update(converted_at=None, opportunity_id=None, status=None)
    signals = rows("said/signal", "raised_on")
    for signal in signals:
        if later(signal["disposed_on"]):
            signal.update(disposed_on=None, disposition="open")
    changes: dict[str, Rows] = defaultdict(list)
    for change in tables["seen/opportunity_change"]:
        changes[change["opportunity_id"]].append(change)
    return {
        "seen/person": rows("seen/person", "hired_on", "left_on"),
        "seen/reporting_line": rows("seen/reporting_line", "valid_from", "valid_to"),
        "seen/account": rows("seen/account", "created_at"),
        "seen/stage_def": tables["seen/stage_def"],
        "seen/activity": rows("seen/activity", "occurred_at"),
        "seen/lead": leads,
        "seen/revenue": [
            row for row in tables["seen/revenue"] if not later(_last_of_month(row["month_on"]))
        ],
        "said/signal": signals,
        "seen/opportunity_change": rows("seen/opportunity_change", "changed_at"),
        "seen/opportunity": [
            stood(row, changes[row["opportunity_id"]], later=later, groups=STAGES)
            for row in rows("seen/opportunity", "created_at")
        ],
    }


def _last_of_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def is_later(value: object, day: date) -> bool:
    """Whether a day, or an instant in UTC, lies after the day in Berlin."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).astimezone(ZONE).date() > day
    return isinstance(value, date) and value > day


def stood(
    row: dict[str, Any],
    changes: Rows,
    *,
    later: Callable[[object], bool],
    groups: Mapping[str, str],
) -> dict[str, Any]:
    """An opportunity with the state that the changes recorded by then gave it."""
    has, moved_at = _values_then(changes, later=later)
    was = {**row, **{field: has[field] for field in has if field != "stage"}}
    if has.get("stage") is not None:
        was["stage"], was["stage_group"] = has["stage"], groups[str(has["stage"])]
    elif row["stage_group"] != "open" and later(row["closed_at"] or row["close_on"]):
        was["stage"], was["stage_group"] = "open", "open"
    if was["stage_group"] == "open":
        was["closed_at"] = None
    elif row["closed_at"] is None or later(row["closed_at"]):
        was["closed_at"] = moved_at
    if was["stage_group"] != "lost":
        was["lost_reason"] = None
    if row["stage_group"] != "open" and was["stage_group"] == "open":
        told_the_end = {"close_on", "probability_share", "forecast_category"} - set(has)
        was.update(dict.fromkeys(told_the_end))
    return was


def _values_then(
    changes: Rows, *, later: Callable[[object], bool]
) -> tuple[dict[str, Any], datetime | None]:
    """What the fields with changes held, and when the stage had last moved."""
    readers: dict[str, Callable[[str], Any]] = {
        "amount": Decimal,
        "close_on": date.fromisoformat,
        "probability_share": float,
    }
    has: dict[str, Any] = {}
    moved_at = None
    for field in {change["field"] for change in changes}:
        mine = sorted((c for c in changes if c["field"] == field), key=lambda c: c["changed_at"])
        recorded = [c for c in mine if not later(c["recorded_at"] or c["changed_at"])]
        value = recorded[-1]["new_value"] if recorded else mine[0]["old_value"]
        has[field] = None if value is None else readers.get(field, str)(value)
        if field == "stage" and recorded:
            moved_at = recorded[-1]["changed_at"]
    return has, moved_at
