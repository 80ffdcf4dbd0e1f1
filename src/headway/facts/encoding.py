"""Tables as integer codes and figures, read piece by piece: no text is held that need not be."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from headway.facts import arrays
from headway.facts.arrays import Array
from headway.facts.engine import Columns, collect

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """A table as integer codes and figures.

    `codes[d][i]` is the place of row i's value in `values[d]`; values are sorted text, and None,
    where some are not known, stands last. `measures` are float64 with NaN for null: booleans are
    0 and 1, a day is days since 1970-01-01, an instant is seconds since then. `keys` tell the rows
    apart, where a key was asked for; `links[c][i]` is the row of the other table whose key row i
    has in the column c, -1 where it has none of them.
    """

    codes: Mapping[str, Array]
    values: Mapping[str, tuple[str | None, ...]]
    measures: Mapping[str, Array]
    n: int
    keys: Array | None = None
    links: Mapping[str, Array] = field(default_factory=dict)
    _keys: "pa.Array | None" = None


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What is made of which columns: codes, figures, or the column as it is."""

    texts: tuple[str, ...]
    figures: tuple[str, ...]
    whole: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys((*self.whole, *self.texts, *self.figures)))

    def half(self, first: int) -> "_Wanted":
        """Every second of each kind, so that two threads have about as much to do."""
        return _Wanted(
            texts=self.texts[first::2],
            figures=self.figures[1 - first :: 2],
            whole=self.whole[first::2],
        )


@dataclass(frozen=True, kw_only=True)
class _Read:
    texts: dict[str, tuple[Array, tuple[str | None, ...]]]
    figures: dict[str, Array]
    whole: "dict[str, pa.ChunkedArray]"
    n: int


def encode(
    table: "ir.Table | Columns",
    *,
    dimensions: Sequence[str],
    measures: Sequence[str],
    key: str | None = None,
    links: Mapping[str, Encoded] | None = None,
) -> Encoded:
    """A table as integer codes and figures, read once.

    Args:
        table: one row is whatever the caller counts; it needs the columns named below.
        dimensions: columns to encode; anything but text is encoded as its text.
        measures: columns of figures, booleans, days or instants.
        key: a column of text that tells rows apart; it gives `keys` and the order of the rows.
        links: columns of text, each with the table it refers to, encoded with a key.

    Returns:
        Arrays of one length; the order of rows is the same in all of them. Without a key it may
        differ from one reading to the next.
    """
    led = links or {}
    whole = (*([key] if key else ()), *led)
    wanted = _Wanted(texts=tuple(dimensions), figures=tuple(measures), whole=whole)
    read = _read(table, wanted)
    # Wide enough to reckon with.
    codes = {name: found.astype(np.int32) for name, (found, _) in read.texts.items()}
    values = {name: found for name, (_, found) in read.texts.items()}
    found = {
        name: arrays.places(read.whole[name], among=other._keys)  # noqa: SLF001  Encoded is ours
        for name, other in led.items()
    }
    if key is None:
        return Encoded(codes=codes, values=values, measures=read.figures, n=read.n, links=found)
    order, keys = arrays.ordered(read.whole[key])
    # Rows that lie in order stay where they are: copying them takes as long as reading them.
    rows = slice(None) if (order[1:] > order[:-1]).all() else order
    return Encoded(
        codes={name: column[rows] for name, column in codes.items()},
        values=values,
        measures={name: column[rows] for name, column in read.figures.items()},
        n=read.n,
        keys=arrays.of(keys),
        links={name: column[rows] for name, column in found.items()},
        _keys=keys,
    )


def _read(table: "ir.Table | Columns", wanted: _Wanted) -> _Read:
    path = table.engine.file_of(table.table, wanted.names) if isinstance(table, Columns) else None
    if path is None:
        arrow = collect(table.select(*wanted.names)).arrow
        return _taken(arrow.to_batches(), wanted, schema=arrow.schema, n=arrow.num_rows)
    with ThreadPoolExecutor(max_workers=1) as other:
        later = other.submit(_of_file, path, wanted.half(1))
        read, more = _of_file(path, wanted.half(0)), later.result()
    return _Read(
        texts=read.texts | more.texts,
        figures=read.figures | more.figures,
        whole=read.whole | more.whole,
        n=read.n,
    )


def _of_file(path: Path, wanted: _Wanted) -> _Read:
    """Texts of few values lie as dictionaries in the file, and are read as such."""
    from pyarrow import parquet  # noqa: PLC0415  heavy: only what works on facts loads it

    coded = [name for name in wanted.texts if name not in wanted.whole]
    with parquet.ParquetFile(path, read_dictionary=coded) as file:
        pieces = file.iter_batches(columns=wanted.names, use_threads=False)
        return _taken(pieces, wanted, schema=file.schema_arrow, n=file.metadata.num_rows)


def _taken(
    pieces: "Iterable[pa.RecordBatch]", wanted: _Wanted, *, schema: "pa.Schema", n: int
) -> _Read:
    import pyarrow as pa  # noqa: PLC0415  heavy, as above

    codings = {name: arrays.Coding() for name in wanted.texts}
    figures = {name: np.empty(n) for name in wanted.figures}
    whole: dict[str, list[pa.Array]] = {name: [] for name in wanted.whole}
    row = 0
    for piece in pieces if wanted.names else ():
        for name, coding in codings.items():
            coding.add(piece[name])
        for name, column in figures.items():
            column[row : row + len(piece)] = arrays.numbers(piece[name])
        for name, pieces_of_it in whole.items():
            pieces_of_it.append(piece[name])
        row += len(piece)
    return _Read(
        texts={name: coding.done() for name, coding in codings.items()},
        figures=figures,
        whole={
            name: pa.chunked_array(pieces_of_it, type=schema.field(name).type)
            for name, pieces_of_it in whole.items()
        },
        n=n,
    )
