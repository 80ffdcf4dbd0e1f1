"""Columns whose dates are written in several ways: told with two of them and their lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from headway.sources.csv_files import dates
from headway.sources.csv_files.canonical import Canon
from headway.sources.csv_files.dates import DateStyle, Order
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.tables import Bench, Raw, lines_of

_LOOKED_AT_VALUES = "20000"
_UNREAD = """select left(value, 40), count(*), min(row_number) from unread
where file = $file and field = $field and value is not null group by 1 order by 3 limit $most"""
_READ = """select regexp_extract($text, '^\\d{1,4}([./-])', 1) as mark, arg_min($text, rowid),
min(rowid) from $table where $text is not null
and rowid not in (select row_number from unread where file = $file and field = $field)
group by mark order by 3"""
_FROM = "select _part, _part_row from ${table}_from where _row = $row"
_WAYS: Mapping[Order, str] = {
    Order.ISO: "year first",
    Order.YEAR_FIRST: "year first",
    Order.DAY_FIRST: "day first",
    Order.MONTH_FIRST: "month first",
    Order.NAMED_MONTH: "month by name",
    Order.FOREIGN_MONTH: "month by name",
}
_OTHERWISE = "same way"


@dataclass(frozen=True, kw_only=True)
class _Written:
    """One date as it stands, and in which row."""

    text: str
    row: int


def told(canon: Canon) -> tuple[str, ...]:
    """One sentence of two parts for each column of dates that are written in several ways.

    What is written otherwise than most is left unknown and listed as such; its row is kept.
    """
    said = {}
    for place, style in canon.converter.days().items():
        raw = canon.raws.get(place.file)
        if raw is not None and place.column in raw.header:
            said[place.file, place.column] = _about(
                canon.at, raw=raw, column=place.column, style=style
            )
    return tuple(sentence for sentence in said.values() if sentence)


def _about(at: Bench, *, raw: Raw, column: str, style: DateStyle) -> str:
    parts = {
        "file": literal(raw.name),
        "field": literal(column),
        "text": quoted(column),
        "table": raw.table,
        "most": _LOOKED_AT_VALUES,
    }
    unread = [
        (_Written(text=str(text), row=int(str(row))), int(str(count)))
        for text, count, row in at.rows(_UNREAD, parts)
        if dates.is_otherwise(str(text), than=style)
    ]
    if not unread and len(style.marks) < 2:  # noqa: PLR2004  one mark is one way
        return ""
    read = [
        _Written(text=str(text)[:40], row=int(str(row)))
        for mark, text, row in at.rows(_READ, parts)
        if mark or not style.marks
    ]
    shown = [*read[:1], unread[0][0]] if unread else read[:2]
    if len(shown) < 2:  # noqa: PLR2004  of one way there is nothing to tell
        return ""
    examples = " and ".join(
        f'"{each.text}" in line {_line(at, raw=raw, row=each.row)}' for each in shown
    )
    way = _WAYS.get(style.order, _OTHERWISE)
    count = sum(times for _, times in unread)
    became = (
        f"Most are read with the {way}; those written otherwise ({count:,}) are left unknown and "
        f"listed, and their rows are kept."
        if unread
        else f"All are read with the {way}."
    )
    return (
        f'The dates of "{column}" in {raw.name} are written in several ways, such as {examples}. '
        f"{became} Write all of them in one way, best as 2025-02-28, and bring the file again."
    )


def _line(at: Bench, *, raw: Raw, row: int) -> str:
    if raw.parts:
        found = at.rows(_FROM, {"table": raw.table, "row": str(row)})[0]
        part, row = raw.parts[int(str(found[0]))], int(str(found[1]))
        return f"{lines_of(part, rows=[row])[row]:,} of {part.name}"
    return f"{lines_of(raw, rows=[row])[row]:,}"
