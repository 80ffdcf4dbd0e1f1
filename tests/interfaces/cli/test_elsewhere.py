"""`headway where`: a result is looked at in a database, and only sums are read."""

import json
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from headway.facts import engine
from headway.interfaces.cli.exits import UsageError
from headway.interfaces.cli.main import app
from headway.terms.errors import HeadwayError

PERIODS = ("--from", "2026-01-01", "--to", "2026-06-30", "--against", "2025-01-01")
BY = ("--by", "region", "--by", "product")
N = 6000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Decided opportunities; in one crossing fewer are won in 2026."""
    rng = np.random.default_rng(5)
    region, product, is_now = rng.integers(0, 3, N), rng.integers(0, 4, N), rng.integers(0, 2, N)
    is_bad = (region == 1) & (product == 2) & (is_now == 1)
    days = np.datetime64("2025-01-01") + rng.integers(0, 181, N) + 365 * is_now
    rows = pa.table(
        {
            "region": [f"R{code}" for code in region],
            "product": [f"P{code}" for code in product],
            "decided_on": days.astype("datetime64[D]"),
            "is_won": rng.random(N) < np.where(is_bad, 0.08, 0.4),
            "amount": np.round(rng.lognormal(9, 1, N), 2),
        }
    )
    file = tmp_path_factory.mktemp("elsewhere") / "sales.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.register("arriving", rows)
        connection.execute("CREATE TABLE decided AS SELECT * FROM arriving")
        connection.execute(f"COPY decided TO '{file.with_suffix('.parquet')}'")
    return f"duckdb://{file}"


def asked(address: str, *options: str, day: str = "decided_on") -> Any:
    given = ("where", address, "--day", day, *BY, *PERIODS, *options)
    return CliRunner().invoke(app, given)


def test_the_place_is_told_and_only_sums_are_read(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought, run = [], engine._arrow

    def noted(expression: Any) -> pa.Table:
        found = run(expression)
        brought.append(found.num_rows)
        return found

    monkeypatch.setattr(engine, "_arrow", noted)
    done = asked(address, "--table", "decided", "--value", "is_won")
    assert done.exit_code == 0, done.exception
    assert "Product P2, region R1: the rate moved" in done.stdout
    assert max(brought) <= 3 * 4


# Ibis asks DuckDB by an old name.
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_a_path_of_parquet_files_is_read_by_the_engine(address: str) -> None:
    path = Path(address.removeprefix("duckdb://")).with_suffix(".parquet")
    done = asked(address, "--table", str(path), "--value", "is_won", "--json")
    assert done.exit_code == 0, done.exception
    (cause, *_) = json.loads(done.stdout)["causes"]
    assert cause["slice"] == {"product": "P2", "region": "R1"}


@pytest.mark.parametrize(
    ("options", "day", "said"),
    [
        (("--table", "gone", "--value", "is_won"), "decided_on", "The table 'gone' could not be"),
        (("--table", "decided", "--value", "won"), "decided_on", "has no column 'won'. It has:"),
        (("--table", "decided", "--value", "is_won"), "region", "'region' is string; a day"),
        (("--table", "decided", "--value", "region"), "decided_on", "'region' is string; true"),
        (("--table", "decided"), "decided_on", "Give --value for every result but"),
        (
            ("--table", "decided", "--value", "amount", "--result", "bookings"),
            "decided_on",
            "Give --currency",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(
    address: str, options: tuple[str, ...], day: str, said: str
) -> None:
    done = asked(address, *options, day=day)
    assert isinstance(done.exception, HeadwayError | UsageError)
    assert said in str(done.exception)


def test_an_address_is_never_told() -> None:
    done = asked("postgres://me:secret@127.0.0.1:1/none", "--table", "decided", "--value", "is_won")
    assert isinstance(done.exception, HeadwayError)
    assert "could not be opened in postgres" in str(done.exception)
    assert "secret" not in str(done.exception)
