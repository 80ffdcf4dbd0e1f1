"""How dates are written in a column, decided from the whole column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from headway.sources.csv_files import months
from headway.sources.csv_files.statements import literal

# A single digit at the end is a day behind its year: 2025/2/3.
_PARTS = re.compile(
    r"^(\d{1,4})([./-])(\d{1,2})\2(\d{2,4}|(?<=^\d{4}.\d.)\d|(?<=^\d{4}.\d\d.)\d)(?:\D|$)"
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}(?:$|[T ])")
_NUMBER = re.compile(r"^\d{9,13}(?:\.\d+)?$")
_SERIAL = re.compile(r"^[2-7]\d{4}(?:[.,]\d+)?$")
_COMPACT = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
_ZONE = re.compile(r"\d(?:Z|\s?[+-]\d{2}(?::?\d{2})?|\s?UTC)$")
# Behind minutes or a blank the engine does not read a zone as it stands.
_ODD_ZONE = re.compile(
    r"[T ]\d{2}:\d{2}\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)$|\s[+-]\d{2}(?::?\d{2})?$"
)
_AT_ZERO = ("Z", "+00", "+00:00", "+0000")
_BY_NAME = re.compile(r"[A-Za-z]{3}.*\d|\d.*[A-Za-z]{3}")
_LOOKS = (_ISO, _PARTS, _NUMBER, _SERIAL, _COMPACT, _BY_NAME)
_MONTHS_IN_YEAR = 12
_MILLISECOND_DIGITS = 12
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p")
_NAMED = (
    "%d %b %y",
    "%d-%b-%y",
    "%b %d, %y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%a %b %d %Y",
    "%a, %d %b %Y",
    "%A, %B %d, %Y",
)


class Order(StrEnum):
    """Which part of a date comes first."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"
    SECONDS = "seconds_since_1970"
    MILLISECONDS = "milliseconds_since_1970"
    SERIAL = "days_since_1900"
    COMPACT = "year_month_day"
    NAMED_MONTH = "named_month"
    FOREIGN_MONTH = "foreign_month"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class DateStyle:
    """How a column writes dates; `reason` says on what evidence. `formats` are for the engine."""

    order: Order
    reason: str
    has_zone: bool = False
    has_odd_zone: bool = False
    formats: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What stands between day, month and year where they are numbers."""

    def instant(self, text: str) -> str:
        """The SQL that reads `text` (an expression) as an instant, null where it cannot."""
        if self.order is Order.ISO:
            return self._zoned(text) if self.has_zone else f"try_cast({text} as timestamp)"
        if self.order in {Order.SECONDS, Order.MILLISECONDS}:
            factor = 1000 if self.order is Order.SECONDS else 1
            number = f"try_cast({text} as double) * {factor}"
            return f"epoch_ms(try_cast(case when abs({number}) < 1e14 then {number} end as bigint))"
        if self.order is Order.SERIAL:
            days = f"try_cast(replace({text}, ',', '.') as double)"
            day = f"case when {days} between 1 and 100000 then {days} end"
            return f"(timestamp '1899-12-30' + to_seconds(round({day} * 86400)))"
        if not self.formats:
            return "cast(null as timestamp)"
        if self.order is Order.FOREIGN_MONTH:
            text = months.numbered(text)
        return f"try_strptime({text}, [{', '.join(literal(f) for f in self.formats)}])"

    def _zoned(self, text: str) -> str:
        if self.has_odd_zone:
            text = f"regexp_replace({text}, '([T ][0-9]{{2}}:[0-9]{{2}})( ?[ZU+-])', '\\1:00\\2')"
            text = f"regexp_replace({text}, ' ([+-][0-9:]+)$', '\\1')"
        # Moving by a zone takes four times as long as reading, and most stamps need none.
        at_zero = " or ".join(f"{text} like '%{zone}'" for zone in _AT_ZERO)
        moved = f"timezone('UTC', try_cast({text} as timestamptz))"
        return f"case when {at_zero} then try_cast({text} as timestamp) else {moved} end"


def style(values: Iterable[str], *, answer: str | None = None) -> DateStyle:
    """How these values write dates; `answer` decides where the values do not.

    Day or month first is decided by parts above 12 anywhere in the column. With dots the day comes
    first, as nobody writes months first with dots. Otherwise, without such a part, it is ambiguous.

    >>> style(["03/04/2024", "25/04/2024"]).order.value
    'day_first'
    >>> style(["03/04/2024", "05/06/2024"]).order.value
    'ambiguous'
    """
    texts = [value for value in values if value]
    # What could be no date at all has no say: different values are looked at, not all rows.
    texts = [text for text in texts if _looks_like_day(text)] or texts
    zoned = any(_ZONE.search(text) and ":" in text for text in texts)
    if not texts:
        return DateStyle(order=Order.NONE, reason="the column is empty")
    simple = _simple(texts, has_zone=zoned)
    if simple is not None:
        return simple
    parts = [match.groups() for text in texts if (match := _PARTS.match(text))]
    if len(parts) * 2 < len(texts):
        return _named(texts)
    order, reason = _order(parts, answer=answer)
    formats = _formats(parts, order=order, texts=texts)
    marks = tuple(sorted({part[1] for part in parts}))
    return DateStyle(order=order, reason=reason, formats=formats, marks=marks)


def is_otherwise(text: str, *, than: DateStyle) -> bool:
    """Whether a text is a date, written in another way than its column.

    >>> column = style(["2024-01-31", "2024-02-29"])
    >>> [is_otherwise(text, than=column) for text in ("31.01.2024", "2024-02-31", "soon")]
    [True, False, False]
    """
    return style([text]).order not in {Order.NONE, than.order}


def _simple(texts: list[str], *, has_zone: bool) -> DateStyle | None:
    if sum(bool(_ISO.match(text)) for text in texts) * 2 >= len(texts):
        return DateStyle(
            order=Order.ISO,
            reason="year-month-day",
            has_zone=has_zone,
            has_odd_zone=any(_ODD_ZONE.search(text) for text in texts),
        )
    if sum(bool(_NUMBER.match(text)) for text in texts) * 2 >= len(texts):
        is_long = max(len(text.split(".")[0]) for text in texts) >= _MILLISECOND_DIGITS
        order = Order.MILLISECONDS if is_long else Order.SECONDS
        return DateStyle(order=order, reason="numbers counted from 1970", has_zone=True)
    if sum(bool(_SERIAL.match(text)) for text in texts) * 2 >= len(texts):
        return DateStyle(order=Order.SERIAL, reason="days as spreadsheets count them")
    if sum(bool(_COMPACT.match(text)) for text in texts) * 2 >= len(texts):
        reason = "year, month and day without signs"
        return DateStyle(order=Order.COMPACT, reason=reason, formats=("%Y%m%d",))
    return None


def are_counted(values: Iterable[str]) -> bool:
    """Whether numbers could be moments: days, seconds or milliseconds counted, or yyyymmdd.

    >>> are_counted(["45292", "45293.5"]), are_counted(["1704067200000"]), are_counted(["1200"])
    (True, True, False)
    """
    texts = [value for value in values if value]
    looks = (_NUMBER, _SERIAL, _COMPACT)
    return bool(texts) and any(all(look.match(text) for text in texts) for look in looks)


def _looks_like_day(text: str) -> bool:
    return any(look.search(text) for look in _LOOKS) or months.is_day(text)


def _named(texts: list[str]) -> DateStyle:
    if any(months.is_foreign(text) for text in texts):
        reason = "months by name, not all of them English"
        return DateStyle(order=Order.FOREIGN_MONTH, reason=reason, formats=months.FORMATS)
    if any(re.search(r"[A-Za-z]{3}", text) and re.search(r"\d", text) for text in texts):
        formats = tuple(day + time for day in _NAMED for time in _TIMES)
        return DateStyle(order=Order.NAMED_MONTH, reason="months by name", formats=formats)
    return DateStyle(order=Order.NONE, reason="no dates were found in it")


def _order(parts: list[tuple[str, ...]], *, answer: str | None) -> tuple[Order, str]:
    if sum(len(first) == len("2026") for first, *_ in parts) * 2 > len(parts):
        return Order.YEAR_FIRST, "the year comes first"
    days = [p for p in parts if int(p[0]) > _MONTHS_IN_YEAR >= int(p[2])]
    months = [p for p in parts if int(p[2]) > _MONTHS_IN_YEAR >= int(p[0])]
    if days and len(days) >= len(months):
        return Order.DAY_FIRST, f"{len(days):,} of its days have a first part above 12"
    if months:
        return Order.MONTH_FIRST, f"{len(months):,} of its days have a second part above 12"
    if answer in {Order.DAY_FIRST, Order.MONTH_FIRST}:
        return Order(str(answer)), "as answered"
    if all(p[1] == "." for p in parts):
        return Order.DAY_FIRST, "with dots the day comes first"
    return Order.AMBIGUOUS, "no part is above 12, so day and month cannot be told apart"


def _formats(parts: list[tuple[str, ...]], *, order: Order, texts: list[str]) -> tuple[str, ...]:
    signs = sorted({p[1] for p in parts})
    # The engine takes "24" for the year 24 where four digits are allowed: two digits come first.
    years = ["%Y"] if all(len(p[3]) == len("2026") for p in parts) else ["%y", "%Y"]
    times = _TIMES if any(":" in text for text in texts) else ("",)
    if order is Order.YEAR_FIRST:
        return tuple(f"%Y{s}%m{s}%d{t}" for s in signs for t in times)
    pattern = "%m{s}%d{s}{y}{t}" if order is Order.MONTH_FIRST else "%d{s}%m{s}{y}{t}"
    return tuple(pattern.format(s=s, y=y, t=t) for s in signs for y in years for t in times)
