"""Arrow columns as NumPy arrays.

By hand, since Arrow's own way loads pandas: a second and a half of start-up for copying a buffer.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

# Arrays hold what their column holds: text, days, instants, numbers.
Array = np.ndarray[Any, np.dtype[Any]]

# What NumPy takes for "not a time".
_NEVER = -(2**63)


def of(column: "pa.ChunkedArray | pa.Array") -> Array:
    """A column as an array.

    Returns:
        Text and other things as objects with None for null; numbers and decimals as float64 with
        NaN (whole numbers without nulls as int64); booleans as bool, or objects where some are
        null; days as datetime64[D] and instants as datetime64[us], with NaT.
    """
    import pyarrow as pa  # noqa: PLC0415  heavy

    kind = column.type
    if pa.types.is_date(kind):
        return days(column)
    if pa.types.is_timestamp(kind):
        return instants(column)
    if pa.types.is_boolean(kind) and not column.null_count:
        return _plain(column.cast(pa.int8()), np.int8).astype(bool)
    if pa.types.is_integer(kind) and not column.null_count:
        return _plain(column.cast(pa.int64()), np.int64)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _filled(column.cast(pa.float64()), np.float64, null=np.nan)
    return _objects(column)


def numbers(column: "pa.ChunkedArray") -> Array:
    """A column as float64, NaN for null: booleans 0 and 1, days and seconds since 1970-01-01."""
    import pyarrow as pa  # noqa: PLC0415  heavy

    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    array = of(column)
    if array.dtype.kind != "M":
        return array.astype(np.float64)
    scale = 1.0 if pa.types.is_date(column.type) else 1e6
    return np.where(np.isnat(array), np.nan, array.astype(np.int64) / scale)


def instants(column: "pa.ChunkedArray | pa.Array") -> Array:
    """A column of instants as datetime64[us]."""
    import pyarrow as pa  # noqa: PLC0415  heavy

    whole = column.cast(pa.timestamp("us")).cast(pa.int64())
    return _filled(whole, np.int64, null=_NEVER).view("datetime64[us]")


def days(column: "pa.ChunkedArray | pa.Array") -> Array:
    """A column of days as datetime64[D]."""
    import pyarrow as pa  # noqa: PLC0415  heavy

    whole = column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    return _filled(whole, np.int64, null=_NEVER).view("datetime64[D]")


class Coding:
    """A column as places in the list of its values, which is sorted text with None at the end.

    It arrives in pieces, which need not be held.
    """

    def __init__(self) -> None:
        self._pieces: list[Array] = []
        self._values: list[pa.Array] = []
        self._has_null = False

    def add(self, piece: "pa.Array") -> None:
        """The next piece of the column."""
        import pyarrow as pa  # noqa: PLC0415  heavy

        kind = piece.type
        is_coded = pa.types.is_dictionary(kind) and pa.types.is_string(kind.value_type)
        if not (is_coded or pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            piece = piece.cast(pa.string())
        encoded = piece.dictionary_encode()
        n = len(encoded.dictionary)
        self._pieces.append(_filled(encoded.indices, np.int32, null=n).astype(_narrow(n)))
        self._values.append(encoded.dictionary)
        self._has_null = self._has_null or encoded.null_count > 0

    def done(self) -> tuple[Array, tuple[str | None, ...]]:
        """The places, in the narrowest whole numbers that hold them, and the values."""
        import pyarrow as pa  # noqa: PLC0415  heavy
        import pyarrow.compute as pc  # noqa: PLC0415  heavy

        if not any(map(len, self._pieces)):
            return np.empty(0, dtype=np.uint8), ()
        whole = pa.concat_arrays(self._values).dictionary_encode()
        n = len(whole.dictionary)
        # Arrow sorts text by its bytes in UTF-8, which is the order of its letters in Python too.
        order = pc.sort_indices(whole.dictionary)
        place = np.empty(n, dtype=_narrow(n))
        place[of(order)] = np.arange(n)
        places = place[of(whole.indices)]
        found = np.empty(sum(map(len, self._pieces)), dtype=place.dtype)
        row = known = 0
        for piece, values in zip(self._pieces, self._values, strict=True):
            mine = np.append(places[known : known + len(values)], place.dtype.type(n))
            mine.take(piece, out=found[row : row + len(piece)], mode="clip")
            row, known = row + len(piece), known + len(values)
        sorted_values = whole.dictionary.take(order).to_pylist()
        return found, (*sorted_values, *((None,) if self._has_null else ()))


def ordered(column: "pa.ChunkedArray") -> "tuple[Array, pa.Array]":
    """The places of a column's rows sorted by its text, null last; and the column in that order."""
    import pyarrow as pa  # noqa: PLC0415  heavy
    import pyarrow.compute as pc  # noqa: PLC0415  heavy

    if not len(column):
        return np.empty(0, dtype=np.intp), pa.nulls(0, column.type)
    order = pc.sort_indices(_whole(column))
    return _plain(order, np.uint64).astype(np.intp), _whole(column).take(order)


def places(column: "pa.ChunkedArray", *, among: "pa.Array") -> Array:
    """The place of each text among others, -1 where it is none of them."""
    import pyarrow.compute as pc  # noqa: PLC0415  heavy

    return _filled(pc.index_in(column, value_set=among, skip_nulls=True), np.int32, null=-1)


def _filled(column: "pa.ChunkedArray | pa.Array", dtype: type, *, null: float) -> Array:
    """The values, `null` where there is none. By bitmap: Arrow's `fill_null` loads pandas, too."""
    values = _plain(column, dtype)
    if column.null_count:
        bits = np.frombuffer(_whole(column.is_null()).buffers()[1], dtype=np.uint8)
        values[np.unpackbits(bits, count=len(values), bitorder="little").astype(bool)] = null
    return values


def _plain(column: "pa.ChunkedArray | pa.Array", dtype: type) -> Array:
    """The values as they lie in memory, anything where there is none."""
    if not len(column):
        return np.empty(0, dtype=dtype)
    array = _whole(column)
    lying: Array = np.frombuffer(array.buffers()[1], dtype=dtype)
    return lying[array.offset : array.offset + len(array)].copy()


def _narrow(largest: int) -> np.dtype[Any]:
    return np.min_scalar_type(largest)


def _whole(column: "pa.ChunkedArray | pa.Array") -> "pa.Array":
    """One piece of what has rows; `combine_chunks` would load pandas as well."""
    import pyarrow as pa  # noqa: PLC0415  heavy

    if isinstance(column, pa.Array):
        return column
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _objects(column: "pa.ChunkedArray | pa.Array") -> Array:
    array = np.empty(len(column), dtype=object)
    array[:] = column.to_pylist()
    return array
