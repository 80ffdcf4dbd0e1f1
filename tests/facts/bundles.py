"""Bundles written by hand, row by row, for the tests of what reads them."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

PEOPLE = "person_id\np1\np2\n"
OPPORTUNITIES = "opportunity_id,stage,stage_group\no1,New,open\n"


def text_of(rows: Sequence[Sequence[str]], *, newline: str = "\n") -> str:
    """Rows as CSV, header first, quoted where RFC 4180 asks for it."""
    return "".join(",".join(map(_quoted, row)) + newline for row in rows)


def written(
    folder: Path,
    tables: Mapping[str, str | bytes],
    changed: Mapping[str, object] = MappingProxyType({}),
) -> Path:
    """A bundle of CSV tables; what is not given of the required ones is added."""
    contents = {"seen/person": PEOPLE, "seen/opportunity": OPPORTUNITIES, **tables}
    listed = []
    for name, content in contents.items():
        raw = content.encode() if isinstance(content, str) else content
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        listed.append(entry(path, name=name, row_count=counted(raw)))
    (folder / "bundle.json").write_text(json.dumps({**manifest(listed), **changed}))
    return folder


def entry(path: Path, *, name: str, row_count: int) -> dict[str, object]:
    """How `bundle.json` lists a file."""
    return {
        "name": name,
        "path": f"{name}{path.suffix}",
        "row_count": row_count,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def manifest(listed: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """`bundle.json` of an organisation in Berlin."""
    return {
        "format": "headway-bundle",
        "format_version": 1,
        "organisation": {
            "name": "Example",
            "currency": "EUR",
            "time_zone": "Europe/Berlin",
            "fiscal_year_start_month": 1,
        },
        "as_of": "2026-06-30",
        "data_from": "2024-01-01",
        "min_answer_count": 5,
        "min_text_count": 10,
        "tables": list(listed),
    }


def _quoted(cell: str) -> str:
    needs_it = any(letter in cell for letter in ',"\r\n')
    return '"' + cell.replace('"', '""') + '"' if needs_it else cell


def counted(raw: bytes) -> int:
    """Rows after the header, as a person would count them."""
    text = raw.decode("utf-8", errors="surrogateescape")
    return sum(1 for row in csv.reader(io.StringIO(text, newline="")) if row) - 1
