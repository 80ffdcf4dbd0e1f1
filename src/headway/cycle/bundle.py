"""Bundles as people meet them: is this one sound, and write me mine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from headway.facts import bundle, store


def violations(path: Path) -> Iterator[bundle.Violation]:
    """Every broken rule of the format, with table, line and reason; none means sound.

    Raises:
        HeadwayError: there is no bundle at that path.
    """
    return bundle.violations(path)


def export(
    data_folder: Path,
    *,
    folder: Path,
    file_type: Literal["csv", "parquet"],
    share: Literal["everything", "shareable"],
) -> None:
    """Write the newest facts of an installation as a bundle.

    Raises:
        HeadwayError: nothing is loaded yet, or the folder holds something.
    """
    known = store.Store(data_folder / "facts").latest()
    bundle.write(known, folder, file_type=file_type, share=share)
