"""Whatever stands in a file: it is read or refused in words, no row is lost, nothing hangs."""

import csv
import io
import random
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import REPORT, workbook

from headway.sources import csv_files
from headway.sources.csv_files import dates, money
from headway.terms.errors import HeadwayError

_DATES = (
    "2025-01-31 31.01.2025 01/31/25 45688.5 1738281600000 20250131 0000-00-00 2025-02-30 "
    "9999-12-31 99999999999999 1e308 -1 31-Jan-25 Jan2025 24:61 "
    "2025-01-31T10:00:00+0000 294247-01-10 NaN"
)
_MONEY = (
    "1000 1.234,56 1,234.56 (5,50) -3 $1.2K 3,5Mio 1e400 nan inf € 99999999999999999999 1.2.3,4 "
    "--5 .,. 12,345 0x1F ½ ١٢٣ 5% =1+1 kr100"
)
_HEADERS = (
    "Id|Status|Amount|Created|Closed|Owner|Customer|Stage|Snapshot Date|Order No|Order Date|"
    "Quantity|Unit Price|Won|Is Won|Betrag|Phase|Product|Region|Field Name|New Value|Changed At|"
    "Deal - Name"
)
DATES, MONEY = tuple(_DATES.split()), tuple(_MONEY.split())
_SIGNS = ("", " ", '"', "'", ",", ";", "\t", "\n", "Won", "Lost", "NA", "ä", "🎯", "\ufeff")
WORDS = (*DATES, *MONEY, *_SIGNS)
SETTINGS = settings(suppress_health_check=list(HealthCheck))

TEXT = st.one_of(st.sampled_from(WORDS), st.text(max_size=10))
HEADER = st.lists(st.sampled_from(_HEADERS.split("|")), min_size=1, max_size=8)
ROWS = st.lists(st.lists(TEXT, min_size=1, max_size=9), max_size=8)


def read_or_refused(path: Path) -> None:
    """Read a file to its end; a refusal must be one of ours, and no row may be lost."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            delivery = csv_files.read(csv_files.recognise(path), into=Path(folder))
        except HeadwayError as refused:
            assert str(refused)  # noqa: PT017  any of ours will do
            return
        for count in delivery.counts:
            assert count.rows_in == count.kept + count.rejected
            assert min(count.kept, count.rejected, count.unread_fields) >= 0


def written(header: Sequence[str], rows: Sequence[Sequence[str]], *, delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([header, *rows])
    return text.getvalue().encode("utf-8", errors="replace")


def any_bytes(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(content)
        read_or_refused(path)


def any_workbook(rows: Sequence[Sequence[str]]) -> None:
    kept = [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        read_or_refused(workbook(Path(folder) / "any.xlsx", kept))


@cache
def engine_of_all() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def column_of(values: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """An engine in which `t.v` holds the values."""
    rows = "create or replace table t as select unnest(?::varchar[]) as v"
    return engine_of_all().execute(rows, [list(values) or [""]])


def any_dates(values: Sequence[str]) -> None:
    """Whatever is decided for a column, the engine reads each value or leaves it unknown."""
    style = dates.style(values)
    column_of(values).execute(f"select {style.instant('v')} from t").fetchall()


def any_money(values: Sequence[str]) -> None:
    style = money.style(values)
    engine = column_of(values)
    for kind in ("decimal(18, 2)", "double"):
        engine.execute(f"select {style.number('v', type_name=kind)} from t").fetchall()


def bent(seed: int) -> bytes:
    """A sound report with some of its bytes changed, doubled or left out."""
    chance = random.Random(seed)
    rows = [f"{n},x,Acme,Ada,Closed Won,{n}00,2024-01-0{n},2024-03-0{n}" for n in range(1, 9)]
    content = bytearray("\n".join((REPORT, *rows)).encode())
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(content))
        content[place : place + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    return bytes(content)


def any_table(header: list[str], rows: list[list[str]], delimiter: str) -> None:
    any_bytes(written(header, rows, delimiter=delimiter))


def any_bent_report(seed: int) -> None:
    any_bytes(bent(seed))


DATE_TEXTS = st.lists(st.one_of(st.sampled_from(DATES), st.text(max_size=12)), max_size=6)
MONEY_TEXTS = st.lists(st.one_of(st.sampled_from(MONEY), st.text(max_size=12)), max_size=6)
DELIMITER = st.sampled_from([",", ";", "\t", "|"])
PROPERTIES = (
    given(header=HEADER, rows=ROWS, delimiter=DELIMITER)(any_table),
    given(content=st.binary(max_size=400))(any_bytes),
    given(seed=st.integers(0, 2**32))(any_bent_report),
    given(
        rows=st.lists(HEADER, min_size=1, max_size=1).flatmap(lambda h: ROWS.map(lambda r: h + r))
    )(any_workbook),
    given(values=DATE_TEXTS)(any_dates),
    given(values=MONEY_TEXTS)(any_money),
)
"""What must hold, without settings: the suite looks briefly, benchmarks/fuzz_parsers.py long."""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(PROPERTIES)))
def test_whatever_stands_there_is_read_or_refused(number: int) -> None:
    is_slow = number < len(PROPERTIES) - 2
    quick = settings(SETTINGS, max_examples=8 if is_slow else 40)
    quick(PROPERTIES[number])()
