"""Records that lie in a field of another one, as two quotation marks are not closed."""

from collections.abc import Sequence

from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.tables import Bench, Raw, lines_of

_FEWEST_COLUMNS = 4
_WITH_LINES = "select $seen from $table"
_HELD = """select rowid, inside from (select rowid, len(list_filter(
string_split($text, chr(10))[2:-2],
lambda line: len(line) - len(replace(line, $mark, '')) = $marks)) as inside
from $table where contains($text, chr(10))) where inside > 0 order by rowid limit 1"""


def told(at: Bench, *, raws: Sequence[Raw]) -> tuple[str, ...]:
    """A sentence for each column that holds whole lines with as many fields as the header.

    Such a record was read as one, as its marks are in pairs; it may be a text that says so.
    """
    return tuple(
        _sentence(raw, column=column, row=row, inside=inside)
        for raw in raws
        for column, row, inside in _held(at, raw=raw)
    )


def _held(at: Bench, *, raw: Raw) -> list[tuple[str, int, int]]:
    text = raw.text
    if text is None or len(raw.header) < _FEWEST_COLUMNS or raw.is_one_line_each:
        return []
    seen = ", ".join(f"bool_or(contains({quoted(name)}, chr(10)))" for name in raw.header)
    (row,) = at.rows(_WITH_LINES, {"seen": seen, "table": raw.table})
    found: list[tuple[str, int, int]] = []
    for column in (name for name, has_lines in zip(raw.header, row, strict=True) if has_lines):
        parts = {
            "text": quoted(column),
            "table": raw.table,
            "mark": literal(text.delimiter),
            "marks": str(len(raw.header) - 1),
        }
        found.extend((column, int(str(r)), int(str(n))) for r, n in at.rows(_HELD, parts))
    return found


def _sentence(raw: Raw, *, column: str, row: int, inside: int) -> str:
    line = lines_of(raw, rows=[row])[row]
    return (
        f'"{column}" in line {line:,} of {raw.name} holds {inside:,} lines that look like records '
        "of their own. If they are, close the quotation mark there, and bring the file again."
    )
