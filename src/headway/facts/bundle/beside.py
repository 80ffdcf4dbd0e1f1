"""What leaders declared and people said, as tables of the bundle format beside a system's facts."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from headway.facts.bundle import loading, manifest, raw, writing
from headway.facts.bundle.loading import Loaded
from headway.facts.bundle.manifest import BundleError
from headway.facts.catalogue import TABLES
from headway.facts.engine import Engine
from headway.facts.known import Facts

FOLDERS = ("meant", "said")
"""What may stand beside: never what systems recorded."""


def with_declared(known: Facts, folder: Path) -> Loaded:
    """The facts together with the tables under `meant/` and `said/` of a folder.

    They become one bundle, so that every rule of the format holds for them: what they refer to has
    to be among the facts.

    Args:
        known: what was read of a system.
        folder: with files such as `meant/priority.csv`, in CSV or Parquet; no `bundle.json`.

    Returns:
        The whole, with the counts and broken rules of all tables.

    Raises:
        BundleError: there is no such file, or one of another name, or its table is known already.
    """
    found = dict(_tables(folder))
    if not found:
        raise BundleError(
            f"Found no table in {folder}. Expected a folder with meant/ or said/ in it, and files "
            "there such as meant/priority.csv."
        )
    for name in found:
        if known.has(name):
            raise BundleError(f"{folder} holds {name}, which is known already. Take one away.")
    with tempfile.TemporaryDirectory(prefix="headway-beside-") as place:
        whole = writing.write(known, Path(place) / "bundle", file_type="parquet")
        listed = json.loads((whole / manifest.FILE).read_text(encoding="utf-8"))
        for name, path in found.items():
            target = whole / f"{name}{path.suffix}"
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
            listed["tables"].append(
                {
                    "name": name,
                    "path": target.relative_to(whole).as_posix(),
                    "row_count": _row_count(target, name=name),
                    "sha256": manifest.sha256_of(target),
                }
            )
        (whole / manifest.FILE).write_text(json.dumps(listed), encoding="utf-8")
        return loading.load(whole)


def _tables(folder: Path) -> Iterator[tuple[str, Path]]:
    for part in FOLDERS:
        for path in sorted((folder / part).glob("*")):
            name = f"{part}/{path.stem}"
            if path.suffix not in manifest.ENDINGS or name not in TABLES:
                expected = ", ".join(one for one in TABLES if one.startswith(f"{part}/"))
                raise BundleError(
                    f"Found {path}, which is no table of the format. Expected CSV or Parquet files "
                    f"named after one of: {expected}."
                )
            yield name, path


def _row_count(path: Path, *, name: str) -> int:
    engine = Engine()
    if path.suffix == ".csv":
        return raw.of_csv(engine, path, name=name).row_count
    return raw.of_parquet(engine, path).row_count
