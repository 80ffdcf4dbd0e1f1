"""What could not be read of a load: counted and shown, or handed out whole."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from headway.queries.data import load
from headway.terms.viewer import Viewer

_COLUMNS = 5
# What a spreadsheet would take for a formula, or for the end of a cell.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\0")


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """One row or one value that could not be read, where it stands, and why."""

    file: str
    line: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Rejections:
    """The first of them, and whether there are more."""

    shown: tuple[Rejection, ...]
    has_more: bool


def first(viewer: Viewer, *, load_id: int, limit: int) -> Rejections:
    """The first rejections of a load, as they stand in its file.

    Raises:
        NotSeenError: there is no such load, or the viewer does not see data.
    """
    found: list[Rejection] = []
    for row in _rows(load(viewer, load_id=load_id).rejections):
        if len(found) == limit:
            return Rejections(shown=tuple(found), has_more=True)
        file, line, field, value, reason = row
        found.append(Rejection(file=file, line=line, field=field, value=value, reason=reason))
    return Rejections(shown=tuple(found), has_more=False)


def lines(viewer: Viewer, *, load_id: int) -> Iterator[str]:
    """The whole file as CSV, a line at a time, with nothing in it that a spreadsheet would run.

    Raises:
        NotSeenError: there is no such load, or the viewer does not see data.
    """
    return _written(load(viewer, load_id=load_id).rejections)


def _written(place: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(["file", "line", "field", "value", "reason"])
    for row in _rows(place):
        yield writer.writerow([_dead(cell) for cell in row])


class _Echo:
    """Gives a written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _rows(place: str) -> Iterator[Sequence[str]]:
    path = Path(place)
    if not place or not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        yield from (row for row in rows if len(row) == _COLUMNS)


def _dead(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_LIVE) else cell
