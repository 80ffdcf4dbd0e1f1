"""Measure the shapes that invented organisations are drawn from, beside the constants in use.

    python benchmarks/shapes.py FOLDER

FOLDER holds the public sets, one folder each, as `headway.sources.demo.shapes` names them:
maven_crm_sales, school_zoho_crm and ibm_hr_attrition. A set that is not there is left out.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np

from headway.sources.demo import shapes

Measured = Iterator[tuple[str, object, object]]


def _one(run: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    found: tuple[object, ...] = run.execute(sql).fetchone() or ()
    return found


def maven(folder: Path) -> Measured:
    """Opportunities of thirty agents."""
    run = duckdb.connect()
    run.execute(
        "CREATE TABLE deals AS SELECT d.*, close_date - engage_date AS cycle, "
        "coalesce(p.sales_price, (SELECT sales_price FROM read_csv($products) "
        "WHERE product = 'GTX Pro')) AS list, deal_stage = 'Won' AS won, "
        "deal_stage IN ('Won', 'Lost') AS decided FROM read_csv($deals) AS d "
        "LEFT JOIN read_csv($products) AS p USING (product)",
        {
            "deals": str(folder / "sales_pipeline.csv"),
            "products": str(folder / "products.csv"),
        },
    )

    tenths = ", ".join(f"{n / 10}" for n in range(11))
    (deciles,) = _one(run, f"SELECT quantile_cont(cycle, [{tenths}]) FROM deals WHERE decided")
    yield "cycle, each tenth", deciles, shapes.CYCLE_DECILES.tolist()
    at_end = "SELECT avg(won::INT) FROM deals WHERE decided AND month(close_date) % 3"
    yield "won at quarter end", _one(run, f"{at_end} = 0")[0], shapes.WON_AT_QUARTER_END
    yield "won else", _one(run, f"{at_end} <> 0")[0], shapes.WON_ELSE
    agents = (
        "WITH a AS (SELECT count(*) AS n, sum(won::INT) AS w, sum(decided::INT) AS c FROM deals "
        "GROUP BY sales_agent)"
    )
    yield (
        "sellers, spread of log volume",
        _one(run, f"{agents} SELECT stddev(ln(n)) FROM a")[0],
        shapes.SELLER_VOLUME_LOG_SD,
    )
    share = "(SELECT sum(w) / sum(c) FROM a)"
    (beyond,) = _one(
        run,
        f"{agents} SELECT sqrt(var_samp(w / c) - avg({share} * (1 - {share}) / c)) "
        f"/ ({share} * (1 - {share})) FROM a",
    )
    yield "sellers, spread of win logit", beyond, shapes.SELLER_WIN_LOGIT_SD
    days = (
        "WITH d AS (SELECT count(*) AS n FROM deals WHERE engage_date BETWEEN '2017-04-01' "
        "AND '2017-12-20' GROUP BY engage_date)"
    )
    (shape,) = _one(run, f"{days} SELECT avg(n) ^ 2 / (var_samp(n) - avg(n)) FROM d")
    yield "days, gamma shape", shape, shapes.DAY_GAMMA_SHAPE
    yield from _prices(run)
    yield from _accounts(run, folder)


def _prices(run: duckdb.DuckDBPyConnection) -> Measured:
    ladder = run.execute("SELECT list, count(*) FROM deals GROUP BY 1 ORDER BY 1").fetchall()
    total = sum(count for _, count in ladder)
    yield "price ladder", [price for price, _ in ladder], shapes.PRICE_LADDER.tolist()
    mix = [round(count / total, 4) for _, count in ladder]
    yield "price mix", mix, shapes.PRICE_MIX.tolist()
    (spread,) = _one(run, "SELECT stddev(ln(close_value / list)) FROM deals WHERE won")
    yield "price, spread of log", spread, shapes.PRICE_LOG_SD


def _accounts(run: duckdb.DuckDBPyConnection, folder: Path) -> Measured:
    (spread,) = _one(
        run,
        "WITH a AS (SELECT count(*) AS n FROM deals WHERE account IS NOT NULL GROUP BY account) "
        "SELECT stddev(ln(n)) FROM a",
    )
    yield "accounts, spread of log volume", spread, shapes.ACCOUNT_VOLUME_LOG_SD
    people = f"FROM read_csv('{folder / 'accounts.csv'}')"
    (median,) = _one(run, f"SELECT ln(median(employees)) {people}")
    yield "employees, log of median", median, shapes.EMPLOYEE_LOG_MEDIAN
    (spread,) = _one(run, f"SELECT stddev(ln(employees)) {people}")
    yield "employees, spread of log", spread, shapes.EMPLOYEE_LOG_SD


def school(folder: Path) -> Measured:
    """Conversations of a minute or more, by contacts that bought and did not."""
    run = duckdb.connect()
    run.execute(
        'CREATE TABLE calls AS SELECT CONTACTID AS contact, "Call Type" AS kind, '
        'try_cast("Call Duration (in seconds)" AS DOUBLE) AS seconds '
        "FROM read_csv($calls, all_varchar = true)",
        {"calls": str(folder / "calls.csv.gz")},
    )
    run.execute(
        'CREATE TABLE bought AS SELECT "Contact Name" AS contact, '
        "max((Stage = 'Payment Done')::INT) AS won, "
        "FROM read_csv($deals, all_varchar = true) GROUP BY 1",
        {"deals": str(folder / "deals.csv.gz")},
    )
    for won, mean, size in (
        (1, shapes.TALKS_WON_MEAN, shapes.TALKS_WON_SIZE),
        (0, shapes.TALKS_LOST_MEAN, shapes.TALKS_LOST_SIZE),
    ):
        counts = run.execute(
            "SELECT count(*) FILTER (seconds >= 60) FROM calls JOIN bought USING (contact) "
            f"WHERE won = {won} GROUP BY contact"
        ).fetchnumpy()
        talks = next(iter(counts.values())).astype(float)
        spread = talks.var(ddof=1)
        yield f"talks, won {won}, mean", talks.mean(), mean
        yield f"talks, won {won}, size", talks.mean() ** 2 / (spread - talks.mean()), size
    minutes = run.execute("SELECT seconds / 60 AS m FROM calls WHERE seconds >= 60").fetchnumpy()
    quantiles = np.quantile(minutes["m"], shapes.TALK_MINUTES_AT).round(3)
    yield "minutes of a talk", quantiles.tolist(), shapes.TALK_MINUTES.tolist()
    (share,) = run.execute(
        "SELECT sum((kind = 'Inbound')::INT) / sum((kind IN ('Inbound', 'Outbound'))::INT) "
        "FROM calls WHERE seconds >= 60"
    ).fetchone() or (None,)
    yield "talks that the buyer began", share, shapes.BUYER_BEGAN_SHARE


def ibm(folder: Path) -> Measured:
    """People in sales who left within the year."""
    (share,) = duckdb.sql(
        "SELECT avg((Attrition = 'Yes')::INT) FROM "
        f"read_csv('{folder / 'hr_employee_attrition.csv.gz'}') WHERE Department = 'Sales'"
    ).fetchone() or (None,)
    yield "leavers a year", share, shapes.LEAVERS_A_YEAR


SETS = {"maven_crm_sales": maven, "school_zoho_crm": school, "ibm_hr_attrition": ibm}


def main() -> None:
    """Print each figure as measured and as used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for name, measure in SETS.items():
        if not (folder / name).is_dir():
            print(f"{name}: not there")
            continue
        print(f"{name}: measured | used")
        for what, measured, used in measure(folder / name):
            print(f"  {what}: {measured} | {used}")


if __name__ == "__main__":
    main()
