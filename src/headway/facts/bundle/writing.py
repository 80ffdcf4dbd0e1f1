"""Facts become a bundle: rows sorted by key, columns in declared order, the same bytes always."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import ClassVar, Literal

from headway.facts.bundle import conversion, manifest
from headway.facts.catalogue import TABLES
from headway.facts.engine import quoted, text
from headway.facts.known import Facts
from headway.facts.tables import Kind, Table
from headway.terms.errors import HeadwayError

FileType = Literal["csv", "parquet"]
Share = Literal["everything", "shareable"]

PERSONAL_COLUMNS = frozenset({"name", "email", "title", "text"})
"""Left out of every export but a hand-over."""
PERSONAL_TABLES: Mapping[str, str] = {
    "said/belief": "false",
    "said/position_rating": "false",
    "said/time_log": "false",
    "said/departure": "is_shared",
}
"""Rows that leave only if the person shared them; for each table, where it says so itself."""
_RAW_WORDS = "said/survey_text"


class ExportError(HeadwayError):
    """A place to which no bundle is written."""

    code: ClassVar[str] = "facts.export"


def write(
    facts: Facts,
    path: Path,
    *,
    file_type: FileType = "csv",
    share: Share = "everything",
    shared_by: Collection[str] = (),
) -> Path:
    """Write a bundle; a second writing of the same facts gives the same bytes.

    Args:
        facts: what is written. Absent tables and absent optional columns stay absent.
        path: a folder that is not there yet or empty, or a file ending in .zip.
        file_type: of the tables.
        share: "everything" is a hand-over; "shareable" leaves out names, addresses, titles and
            words, and what people did not share (needed words are replaced by the row's key).
        shared_by: the people who shared what they entered about themselves.

    Returns:
        `path`.

    Raises:
        ExportError: something is there already.
    """
    if path.exists() and (path.is_file() or any(path.iterdir())):
        raise ExportError(f"{path} is not empty. Name a folder or a .zip that is not there yet.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".bundle-") as place:
        folder = Path(place) / "bundle"
        _fill(facts, folder, file_type=file_type, share=share, shared_by=shared_by)
        if path.suffix == ".zip":
            _pack(folder, Path(place) / "bundle.zip").replace(path)
        else:
            if path.exists():
                path.rmdir()
            shutil.move(folder, path)
    return path


def _fill(
    facts: Facts, folder: Path, *, file_type: FileType, share: Share, shared_by: Collection[str]
) -> None:
    listed: list[dict[str, object]] = []
    for table in (TABLES[name] for name in sorted(TABLES) if facts.has(name)):
        columns, condition = _columns(facts, table), "true"
        if share == "shareable":
            columns, condition = _without_people(table, columns), _shared(table, shared_by)
        target = folder / f"{table.name}.{file_type}"
        target.parent.mkdir(parents=True, exist_ok=True)
        row_count = _copied(facts, table, columns=columns, condition=condition, target=target)
        if row_count == 0 and condition != "true":
            target.unlink()  # an empty table would say that there was nothing to share
            continue
        listed.append(
            {
                "name": table.name,
                "path": target.relative_to(folder).as_posix(),
                "row_count": row_count,
                "sha256": manifest.sha256_of(target),
            }
        )
    (folder / manifest.FILE).write_text(_manifest(facts, listed), encoding="utf-8")


def _columns(facts: Facts, table: Table) -> dict[str, str]:
    """SQL of each column that is there."""
    return {
        column.name: quoted(column.name)
        for column in table.columns
        if facts.has_column(table.name, column.name)
    }


def _without_people(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    key = " || '/' || ".join(f"{quoted(column)}::VARCHAR" for column in table.key)
    needed = {column.name for column in table.columns if not column.is_optional}
    return {
        name: key if name in PERSONAL_COLUMNS else sql
        for name, sql in columns.items()
        if name in needed or name not in PERSONAL_COLUMNS
    }


def _shared(table: Table, shared_by: Collection[str]) -> str:
    """SQL for the rows that may leave."""
    if table.name == _RAW_WORDS:
        return "false"
    if table.name not in PERSONAL_TABLES:
        return "true"
    people = ", ".join(text(person) for person in sorted(shared_by)) or "NULL"
    return f"({PERSONAL_TABLES[table.name]} OR coalesce(person_id IN ({people}), false))"


def _copied(
    facts: Facts, table: Table, *, columns: Mapping[str, str], condition: str, target: Path
) -> int:
    """Write one table's file; gives its rows."""
    kinds = {column.name: column.kind for column in table.columns}
    as_text = target.suffix == ".csv"
    form, options = (_csv_text, _CSV) if as_text else (_parquet_value, _PARQUET)
    select = conversion.select({name: form(sql, kinds[name]) for name, sql in columns.items()})
    order = ", ".join(f"here.{quoted(column)} NULLS FIRST" for column in table.key)
    source = f"FROM {facts.engine.relation(table.name)} AS here WHERE {condition}"
    copied = facts.engine.connection.cursor().execute(
        f"COPY (SELECT {select} {source} ORDER BY {order}) TO {text(str(target))} ({options})"
    )
    (row_count,) = copied.fetchone() or (0,)
    return int(row_count)


_CSV = "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR ''"
_PARQUET = "FORMAT parquet, COMPRESSION zstd"


def _csv_text(sql: str, kind: Kind) -> str:
    if kind is Kind.TIME:
        return f"replace({sql}::VARCHAR, ' ', 'T') || 'Z'"
    return f"{sql}::VARCHAR"


def _parquet_value(sql: str, kind: Kind) -> str:
    return f"make_timestamptz(epoch_us({sql}))" if kind is Kind.TIME else sql


def _pack(folder: Path, target: Path) -> Path:
    """A zip without dates, so that the same bundle gives the same bytes."""
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, packed.open(entry, "w") as file:
                shutil.copyfileobj(source, file)
    return target


def _manifest(facts: Facts, listed: list[dict[str, object]]) -> str:
    organisation = facts.organisation
    content = {
        "format": manifest.FORMAT,
        "format_version": manifest.FORMAT_VERSION,
        "organisation": {
            "name": organisation.name,
            "currency": organisation.currency,
            "time_zone": organisation.time_zone,
            "fiscal_year_start_month": organisation.fiscal_year_start_month,
        },
        "as_of": facts.as_of.isoformat(),
        "data_from": facts.data_from.isoformat(),
        "min_answer_count": facts.min_answer_count,
        "min_text_count": facts.min_text_count,
        "tables": listed,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
