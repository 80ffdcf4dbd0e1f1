"""One organisation as a bundle: CSV or Parquet, with the columns that this firm's systems know."""

import csv
import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from independent.people import Firm
from independent.work import Row, Tables

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Europe/London")


def people(firm: Firm) -> Tables:
    persons, lines, leave = [], [], []
    for one in firm.people.values():
        persons.append(
            {"person_id": one.id, "name": None, "hired_on": one.hired_on, "left_on": one.left_on}
        )
        start = min(one.hired_on, firm.data_from) if one.role != "seller" else one.hired_on
        line = {"person_id": one.id, "role": one.role, "region": one.region or None}
        line |= {"basis": "declared", "valid_to": one.left_on}
        now = line | {"manager_id": one.manager, "team": _team(one.manager)}
        if one.moved_on:
            before = {"manager_id": one.came_from, "team": _team(one.came_from)}
            lines.append(line | before | {"valid_from": start, "valid_to": one.moved_on})
            start = one.moved_on
        lines.append(now | {"valid_from": start})
        if one.leave and one.leave[0] <= firm.as_of:
            leave.append(
                {"person_id": one.id, "valid_from": one.leave[0], "valid_to": one.leave[1]}
            )
    return {"seen/person": persons, "seen/reporting_line": lines, "seen/absence": leave}


def _team(manager: str | None) -> str | None:
    return f"Team of {manager}" if manager else None


def write(
    folder: Path, tables: Tables, firm: Firm, *, rng: np.random.Generator, least: int
) -> Path:
    listed = []
    ending = "parquet" if rng.random() < 0.3 else "csv"
    for name, rows in sorted(tables.items()):
        if not rows:
            continue
        path = folder / f"{name}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        (_parquet if ending == "parquet" else _csv)(path, rows)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        listed.append({"name": name, "path": f"{name}.{ending}", "row_count": len(rows)})
        listed[-1]["sha256"] = sha256
    organisation = {"name": "Independent, Ltd", "currency": str(rng.choice(["EUR", "USD", "INR"]))}
    organisation |= {"time_zone": str(rng.choice(ZONES))}
    organisation |= {"fiscal_year_start_month": int(rng.choice([1, 1, 4, 7, 10]))}
    head = {"format": "headway-bundle", "format_version": 1, "organisation": organisation}
    head |= {"as_of": firm.as_of.isoformat(), "data_from": firm.data_from.isoformat()}
    head |= {"min_answer_count": least, "min_text_count": 10, "tables": listed}
    (folder / "bundle.json").write_text(json.dumps(head, indent=1), encoding="utf-8")
    return folder


def _columns(rows: Iterable[Row]) -> list[str]:
    """Those that hold anything: a column that may be empty may be left out."""
    return list({name: None for row in rows for name, value in row.items() if value is not None})


def _csv(path: Path, rows: list[Row]) -> None:
    columns = _columns(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_text(row.get(name)) for name in columns] for row in rows])


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _parquet(path: Path, rows: list[Row]) -> None:
    arrays = {}
    for name in _columns(rows):
        values = [row.get(name) for row in rows]
        is_time = any(isinstance(value, datetime) for value in values)
        kind = pa.timestamp("us", tz="UTC") if is_time else None
        arrays[name] = pa.array(values, type=kind)
    pq.write_table(pa.table(arrays), path)
