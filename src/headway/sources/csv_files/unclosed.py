"""A quotation mark that is not closed swallows the lines below it: which of them were records."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_QUOTE = b'"'


@contextmanager
def mapped(path: Path) -> Iterator[mmap.mmap]:
    """The bytes of a file that is not empty, to look at one record after the other."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as file:
        yield file


def swallowed(
    file: mmap.mmap, *, offset: int, delimiter: str, columns: int
) -> Iterator[tuple[int, str]]:
    """The lines inside one record that look like records of their own.

    Args:
        file: in UTF-8.
        offset: where the record begins, in bytes, or behind the quotation mark it begins with.
        delimiter: between fields.
        columns: how many fields a record has; a line of text in a field has fewer as a rule.

    Yields:
        How many lines below the record's first one, and the line.
    """
    mark = delimiter.encode()
    below = 0
    begin = offset - (file[max(offset - 1, 0) : offset] == _QUOTE)
    for opened, closed in _quoted(file, begin=begin, mark=mark):
        # What follows a mark that does close its field is the rest of the record itself.
        is_closed = file[closed : closed + 1] in (mark, b"\n", b"\r")
        at = file.find(b"\n", opened, closed) + 1
        while at:
            below += 1
            following = file.find(b"\n", at, closed) + 1
            end = file.find(b"\n", at)
            line = file[at : end if end >= 0 else len(file)]
            is_rest = is_closed and not following
            if not is_rest and line.count(mark) >= columns - 1:
                yield below, line.decode(errors="replace").rstrip("\r")
            at = following


def _quoted(file: mmap.mmap, *, begin: int, mark: bytes) -> Iterator[tuple[int, int]]:
    """The quoted fields of the record that begins there, each from its first mark to behind it."""
    at = begin
    while True:
        if file[at : at + 1] == _QUOTE:
            opened, at = at, _closed(file, opened=at)
            yield opened, at
        field, line = file.find(mark, at), file.find(b"\n", at)
        if field < 0 or 0 <= line < field:
            return
        at = field + 1


def _closed(file: mmap.mmap, *, opened: int) -> int:
    """Behind the mark that closes the field; the end of the file where none does."""
    at = file.find(_QUOTE, opened + 1)
    while at >= 0 and file[at + 1 : at + 2] == _QUOTE:
        at = file.find(_QUOTE, at + 2)
    return at + 1 if at >= 0 else len(file)
