"""A small store to publish into, and a process that publishes until it is killed."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from headway.facts.catalogue import TABLES
from headway.facts.engine import Engine, casts
from headway.facts.store import Snapshot, Store
from headway.terms.organisation import Organisation

ORGANISATION = Organisation(name="Example", currency="EUR", time_zone="Europe/Berlin")
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
NAMES = ("seen/person", "seen/opportunity")
VERSIONS = 4


def tables(folder: Path, *, version: int, rows: int = 50) -> dict[str, Path]:
    """People and opportunities that all say which version they are of."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = Engine()
    selects = {
        "seen/person": f"SELECT 'p' || i AS person_id, 'v{version}' AS title "
        f"FROM range({rows}) t(i)",
        "seen/opportunity": f"SELECT 'o' || i AS opportunity_id, 'v{version}' AS stage, "
        f"'open' AS stage_group, TIMESTAMP '2026-01-01' AS recorded_at FROM range({rows}) t(i)",
    }
    found = placed(folder, version=version)
    for name, select in selects.items():
        columns = [row[0] for row in engine.connection.execute(f"DESCRIBE {select}").fetchall()]
        engine.connection.execute(
            f"COPY (SELECT {casts(TABLES[name], columns)} FROM ({select})) "
            f"TO '{found[name]}' (FORMAT parquet)"
        )
    return found


def placed(folder: Path, *, version: int) -> dict[str, Path]:
    """Where `tables` puts the files of a version."""
    return {name: folder / f"{name.replace('/', '-')}-{version}.parquet" for name in NAMES}


def publish(store: Store, found: dict[str, Path], *, at: datetime = NOON) -> Snapshot:
    return store.publish(
        found,
        organisation=ORGANISATION,
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
        at=at,
    )


def versions(store: Store) -> tuple[list[str], list[str], int]:
    """The versions in both tables of the current facts, and how many rows they have."""
    engine = store.latest().engine
    people = engine.query(f"SELECT DISTINCT title FROM {engine.relation('seen/person')}")
    stages = engine.query(f"SELECT DISTINCT stage FROM {engine.relation('seen/opportunity')}")
    rows = engine.query(f"SELECT count(*) AS n FROM {engine.relation('seen/person')}")
    return people["title"].to_pylist(), stages["stage"].to_pylist(), rows["n"][0].as_py()


def until_killed(folder: Path) -> None:
    """Publish one version after the other; says "ready" before the first."""
    store = Store(folder / "store")
    prepared = [placed(folder / "staging", version=version) for version in range(VERSIONS)]
    print("ready", flush=True)  # noqa: T201  the test waits for it
    while True:
        for found in prepared:
            publish(store, found, at=datetime.now(UTC))


if __name__ == "__main__":
    until_killed(Path(sys.argv[1]))
