"""Why did the win rate change? 200,000 opportunities, two planted falls, and their shadows.

    python benchmarks/question_200k.py [--rows 200000] [--rounds 7] [--engine-only]

A seeded generator writes a folder as a CRM exports it (opportunities, accounts, users, products,
lines): eight dimensions, a region coded NA, two planted falls of the win rate, and shadows of both
(values of other dimensions that mostly occur together with them, and so fall too). In turn:

- ours: from the question to the findings, facts loaded, imports printed beside; once with facts of
  which nothing was asked before, doubts about the data found on the way, and once asked again;
- by hand: DuckDB over every single dimension and pair, ranked by contribution, as an analyst would,
  in one wide table already in memory: joining, reading from disk and checking were done before and
  are not counted, and neither chance nor any other measure is looked at.

Printed: rank of both planted causes, what else is named, rows lost, seconds of the processor and of
the clock with the median of the rounds' ratios, and the one step from the file to the answer.
"""

import argparse
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from headway.analysis.methods import localisation
from headway.cycle import diagnose
from headway.facts import Facts, known
from headway.findings import results
from headway.sources import csv_files
from headway.sources.protocol import Delivery
from headway.terms.answer import Kpi
from headway.terms.period import Period
from headway.terms.policy import DEFAULT
from headway.terms.question import Question

IMPORTS = "import headway.cycle.diagnose, duckdb, scipy.special"
SEED = 20_260_101
DIMENSIONS = (
    "region",
    "country",
    "segment",
    "industry",
    "lead_source",
    "type",
    "product",
    "team",
)
REGIONS = ("EMEA", "NA", "APAC", "LATAM", "ANZ")
SEGMENTS = ("Enterprise", "Mid-market", "Small", "Public")
SOURCES = ("Web", "Partner", "Event", "Outbound", "Referral", "Campaign", "Renewal desk", "Inbound")
TYPES = ("New Business", "Existing Business", "Renewal")
COUNTRIES = tuple(f"{region}-{k}" for region in REGIONS for k in range(1, 7))
INDUSTRIES = tuple(f"Industry {k:02d}" for k in range(1, 21))
PRODUCTS = tuple(f"Product {k:02d}" for k in range(1, 21))
TEAMS = tuple(f"Team {k}" for k in range(1, 13))
PLANTED = ({"region": "NA", "segment": "Enterprise"}, {"lead_source": "Partner"})
BASE = (date(2024, 1, 1), date(2025, 1, 1))
ACTUAL = (date(2025, 1, 1), date(2026, 1, 1))
DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One entry per opportunity in every array."""

    codes: dict[str, np.ndarray]
    is_won: np.ndarray
    is_actual: np.ndarray
    day: np.ndarray
    amount: np.ndarray
    account: np.ndarray
    owner: np.ndarray


def plant(*, rows: int) -> Planted:
    """Accounts carry region, country, segment and industry; owners the team; deals the rest."""
    rng = np.random.default_rng(SEED)
    accounts = rows // 20
    region = rng.choice(len(REGIONS), accounts, p=(0.3, 0.28, 0.2, 0.12, 0.1))
    country = region * 6 + rng.choice(6, accounts, p=(0.4, 0.2, 0.15, 0.1, 0.1, 0.05))
    segment = rng.choice(len(SEGMENTS), accounts, p=(0.25, 0.35, 0.3, 0.1))
    # Shadow: industries 1 to 3 live mostly off large customers in the region NA.
    industry = rng.choice(len(INDUSTRIES), accounts)
    is_home = (region == 1) & (segment == 0)
    moved = is_home & (rng.random(accounts) < 0.6)
    industry = np.where(moved, rng.choice(3, accounts), industry)
    account = rng.integers(0, accounts, rows)
    codes = {
        "region": region[account],
        "country": country[account],
        "segment": segment[account],
        "industry": industry[account],
        "lead_source": rng.choice(len(SOURCES), rows, p=(0.2, 0.14, 0.1, 0.16, 0.1, 0.1, 0.1, 0.1)),
        "type": rng.choice(len(TYPES), rows, p=(0.55, 0.25, 0.2)),
        "product": rng.choice(len(PRODUCTS), rows),
        "team": rng.choice(len(TEAMS), rows),
    }
    # Shadows: two products sold mostly by partners, two teams for the region NA's large customers.
    is_partner = codes["lead_source"] == 1
    codes["product"] = np.where(
        is_partner & (rng.random(rows) < 0.7), rng.choice(2, rows), codes["product"]
    )
    in_place = (codes["region"] == 1) & (codes["segment"] == 0)
    codes["team"] = np.where(
        in_place & (rng.random(rows) < 0.8), rng.choice(2, rows), codes["team"]
    )
    is_actual = rng.random(rows) < 0.51
    effects = {name: rng.normal(0, 0.25, int(column.max()) + 1) for name, column in codes.items()}
    logit = -1.1 + sum(effects[name][codes[name]] for name in DIMENSIONS)
    chance = 1 / (1 + np.exp(-logit))
    chance = np.where(is_actual & in_place, chance * 0.6, chance)
    chance = np.where(is_actual & is_partner, chance * 0.7, chance)
    owner = codes["team"] * 16 + rng.integers(0, 16, rows)
    return Planted(
        codes=codes,
        is_won=rng.random(rows) < chance,
        is_actual=is_actual,
        day=rng.integers(0, DAYS, rows),
        amount=np.round(np.exp(rng.normal(9.5, 0.9, rows)), 2),
        account=account,
        owner=owner,
    )


VALUES = {
    "region": REGIONS,
    "country": COUNTRIES,
    "segment": SEGMENTS,
    "industry": INDUSTRIES,
    "lead_source": SOURCES,
    "type": TYPES,
    "product": PRODUCTS,
    "team": TEAMS,
}


def write(planted: Planted, folder: Path) -> None:
    """The folder as it would come out of a CRM's data loader."""

    def words(name: str, codes: np.ndarray) -> list[str]:
        return [VALUES[name][code] for code in codes.tolist()]

    rows = len(planted.is_won)
    first = np.where(planted.is_actual, np.datetime64(ACTUAL[0]), np.datetime64(BASE[0]))
    closed = first + planted.day.astype("timedelta64[D]")
    opportunity = {
        "Id": [f"006{k:09d}" for k in range(rows)],
        "AccountId": [f"001{k:07d}" for k in planted.account.tolist()],
        "OwnerId": [f"005{k:04d}" for k in planted.owner.tolist()],
        "Name": [f"Deal {k}" for k in range(rows)],
        "StageName": np.where(planted.is_won, "Closed Won", "Closed Lost").tolist(),
        "IsWon": np.where(planted.is_won, "true", "false").tolist(),
        "IsClosed": ["true"] * rows,
        "Amount": planted.amount,
        "CreatedDate": (closed - np.timedelta64(60, "D")).astype(str).tolist(),
        "CloseDate": closed.astype(str).tolist(),
        "LeadSource": words("lead_source", planted.codes["lead_source"]),
        "Type": words("type", planted.codes["type"]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in (("Opportunity", opportunity), *_around(planted, opportunity, words)):
        pc.write_csv(pa.table(columns), folder / f"{name}.csv")


def _around(planted: Planted, opportunity: dict, words) -> list[tuple[str, dict]]:
    """What stands around the opportunities: accounts, users, products, lines."""
    known, at = np.unique(planted.account, return_index=True)
    account = {
        "Id": [f"001{k:07d}" for k in known.tolist()],
        "Name": [f"Customer {k}" for k in known.tolist()],
        "Type": words("segment", planted.codes["segment"][at]),
        "Industry": words("industry", planted.codes["industry"][at]),
        "BillingCountry": words("country", planted.codes["country"][at]),
        "BillingState": words("region", planted.codes["region"][at]),
    }
    owners = np.unique(planted.owner).tolist()
    user = {
        "Id": [f"005{k:04d}" for k in owners],
        "Name": [f"Seller {k}" for k in owners],
        "Email": [f"s{k}@example.org" for k in owners],
        "Department": [TEAMS[k // 16] for k in owners],
    }
    product = {
        "Id": [f"01t{k:03d}" for k in range(len(PRODUCTS))],
        "Name": list(PRODUCTS),
        "Family": ["All"] * len(PRODUCTS),
    }
    line = {
        "Id": [f"00k{k:09d}" for k in range(len(planted.is_won))],
        "OpportunityId": opportunity["Id"],
        "Product2Id": [f"01t{k:03d}" for k in planted.codes["product"].tolist()],
        "Quantity": [1] * len(planted.is_won),
        "UnitPrice": planted.amount,
        "TotalPrice": planted.amount,
    }
    return [
        ("Account", account),
        ("User", user),
        ("Product2", product),
        ("OpportunityLineItem", line),
    ]


def by_hand(connection: duckdb.DuckDBPyConnection) -> list[tuple[float, dict[str, str]]]:
    """Every single dimension and pair, ranked by what each slice takes from the win rate."""
    combinations = [
        *[(name,) for name in DIMENSIONS],
        *itertools.combinations(DIMENSIONS, 2),
    ]
    total = connection.execute(
        "select sum(won) filter (period = 0), count(*) filter (period = 0),"
        " sum(won) filter (period = 1), count(*) filter (period = 1) from deals"
    ).fetchone()
    ranked = []
    for names in combinations:
        keys = ", ".join(names)
        found = connection.execute(
            f"select {keys}, sum(won) filter (period = 0) k0, count(*) filter (period = 0) n0,"
            f" sum(won) filter (period = 1) k1, count(*) filter (period = 1) n1"
            f" from deals group by {keys} having n0 >= 30 and n1 >= 30"
        ).fetchall()
        for *place, k0, n0, k1, n1 in found:
            weight = (n0 / total[1] + n1 / total[3]) / 2
            ranked.append((weight * (k1 / n1 - k0 / n0), dict(zip(names, place, strict=True))))
    ranked.sort(key=lambda each: each[0])
    return ranked


def prepared(planted: Planted) -> duckdb.DuckDBPyConnection:
    """The analyst's one wide table, as text, already in memory."""

    connection = duckdb.connect()
    columns = {
        name: pa.DictionaryArray.from_arrays(codes.astype(np.int32), list(VALUES[name])).cast(
            "string"
        )
        for name, codes in planted.codes.items()
    }
    wide = pa.table(
        {
            **columns,
            "won": planted.is_won.astype(np.int32),
            "period": planted.is_actual.astype(np.int32),
        }
    )
    connection.register("wide", wide)
    connection.execute("create table deals as select * from wide")
    return connection


def engine(planted: Planted) -> list[dict[str, str | None]]:
    """The localisation alone, on arrays as the facts give them."""

    cube = localisation.of_cases(
        codes=planted.codes,
        values=VALUES,
        period=planted.is_actual.astype(np.int8),
        total=planted.is_won.astype(np.float64),
        model=localisation.Model.BINOMIAL,
        hierarchies=(("region", "country"),),
    )
    return [place.slice for place in localisation.localise(cube, policy=DEFAULT).places]


def question() -> Question:

    return Question(
        kpi=Kpi.WIN_RATE,
        actual=Period(first=ACTUAL[0], end=ACTUAL[1]),
        against=Period(first=BASE[0], end=BASE[1]),
    )


def loaded(folder: Path, scratch: Path) -> tuple[Facts, Delivery]:
    """The facts of the folder, read as the command line reads it."""

    delivery = csv_files.read(csv_files.recognise(folder), into=scratch)
    return opened(delivery), delivery


def opened(delivery: Delivery) -> Facts:
    """The facts as they lie on disk; nothing was asked of them yet."""
    return known.of_parquet(
        delivery.tables,
        organisation=delivery.organisation,
        as_of=delivery.as_of,
        data_from=delivery.data_from,
        facts_id="question",
    )


def findings(facts: Facts) -> list[dict[str, str]]:
    """From the question to the answer: periods, verdict, tree, places, ladder."""

    answer = results.answer(facts, question=question(), policy=DEFAULT, seed=SEED)
    return [
        cause.slice
        for each in answer.localisations
        if each.kpi is Kpi.WIN_RATE
        for cause in each.causes
    ]


def timed(work):
    """Seconds of the processor, seconds of the clock, and what came out."""
    began, spent = time.perf_counter(), time.process_time()
    result = work()
    return (time.process_time() - spent, time.perf_counter() - began), result


def rank(planted: dict[str, str], named: list[dict[str, str]]) -> str:
    """Where a planted cause stands among what was named, counting from 1."""
    return str(named.index(planted) + 1) if planted in named else "not named"


def against(label: str, work, connection, *, rounds: int) -> list[dict[str, str]]:
    """Ours and the control in turn; the median of the ratios of each round with its range."""
    ours, control, named = [], [], []
    for _ in range(rounds):
        seconds, _ = timed(lambda: by_hand(connection))
        control.append(seconds)
        seconds, named = timed(work)
        ours.append(seconds)
    for place, clock in enumerate(("processor", "clock")):
        mine, theirs = ([each[place] for each in side] for side in (ours, control))
        ratios = sorted(a / b for a, b in zip(mine, theirs, strict=True))
        print(
            f"{label}, {clock}: ours {statistics.median(mine):.2f} s,"
            f" by hand {statistics.median(theirs):.2f} s, ratio"
            f" {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
    return named


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="keep the generated files here")
    parser.add_argument("--engine-only", action="store_true", help="without reading the files")
    asked = parser.parse_args()
    planted = plant(rows=asked.rows)
    connection = prepared(planted)
    by_place = [place for _, place in by_hand(connection)]
    print("by hand, ranked by contribution:", [rank(cause, by_place) for cause in PLANTED])
    named = against("engine", lambda: engine(planted), connection, rounds=asked.rounds)
    print("engine, rank of the planted causes:", [rank(cause, named) for cause in PLANTED])
    print("engine, all named:", named)
    if asked.engine_only:
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch) / "export"
        write(planted, folder)
        whole(folder, Path(scratch) / "facts", connection, asked=asked)


def whole(folder: Path, scratch: Path, connection, *, asked: argparse.Namespace) -> None:
    """Through the whole of Headway: files, facts, findings."""
    print(f"imports {python(IMPORTS) - python('pass'):.2f} s, load {os.getloadavg()[0]:.1f}")
    scratch.mkdir()
    (spent, clock), (facts, delivery) = timed(lambda: loaded(folder, scratch))
    print(f"reading the files: {spent:.2f} s of the processor, {clock:.2f} s")
    for count in delivery.counts:
        print(f"  {count.file}: {count.rows_in} in, {count.kept} kept, {count.rejected} rejected")
    findings(facts)  # the first question loads what is loaded late
    rounds = asked.rounds
    named = against("first question", lambda: findings(opened(delivery)), connection, rounds=rounds)
    named = against("next question", lambda: findings(facts), connection, rounds=rounds)
    print("findings, rank of the planted causes:", [rank(cause, named) for cause in PLANTED])
    print("findings, all named:", named)
    (spent, clock), _ = timed(lambda: diagnose.diagnose(folder, question=question()))
    print(
        f"from the file to the answers for all five results: {spent:.2f} s of the processor,"
        f" {clock:.2f} s; steps: 1 (headway diagnose FOLDER --result win_rate)"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, control included: {peak:.0f} MiB")


def python(statement: str) -> float:
    """Seconds of the clock a fresh Python takes for a statement."""
    return timed(lambda: subprocess.run([sys.executable, "-c", statement], check=True))[0][1]


if __name__ == "__main__":
    sys.exit(main())
