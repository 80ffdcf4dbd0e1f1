"""What the values of a column look like: dates, amounts, ids, few values."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headway.sources.csv_files import dates, months, stages
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw

LOOKED_AT_ROWS = 2_000
FEW_VALUES = 40
_DATE = re.compile(
    r"^\d{4}-\d{1,2}-\d{1,2}(\D|$)|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(\D|$)|^\d{4}[./]\d{1,2}[./]\d{1,2}|"
    r"^\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|^[A-Za-z]{3,9} \d{1,2}, \d{2,4}|"
    r"^[A-Za-z]{3,9},? [A-Za-z]{3,9} \d{1,2},? \d{4}"
)
_CODES = "EUR|USD|GBP|CHF|JPY|INR|PLN|CZK|SEK|NOK|DKK|CAD|AUD|BRL|TRY|HUF|RON|kr|R\\$|CA\\$|A\\$"
_NUMBER = re.compile(
    rf"^(?:{_CODES})?[^0-9A-Za-z]{{0,4}}-?\(?\d[\d.,' \u00a0\u202f]*\)?\s?"
    rf"(?:k|m|mm|mn|mio|mio\.|tsd|tsd\.|b|bn|mrd|mrd\.)?[^0-9A-Za-z]{{0,4}}(?:{_CODES})?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?:[^\W\d_]{0,6}[-_/#]?)?\d{1,32}$|^[0-9a-f-]{16,40}$|^[0-9A-Za-z]{15,18}$")
_PERSON = re.compile(r"^[^\W\d_][\w'.-]+,? [^\W\d_][\w'.-]+(?: [\w'.-]+)?$|^[\w.+-]+@[\w.-]+$")
_MOSTLY, _NEARLY_ALL = 0.8, 0.95
_MIDDLE = """select median(epoch($instant)) / 86400 from
(select $text from $table limit $most)"""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Of the first rows: how many are filled, how many differ, what share looks like what."""

    filled: int
    distinct: int
    date_share: float
    number_share: float
    values: tuple[str, ...]
    is_counted_moments: bool = False
    middle_day: float = 0.0
    """Of dates, the middle one in days since 1970; 0 where none was read."""

    @property
    def is_dates(self) -> bool:
        """Mostly dates."""
        return self.date_share >= _MOSTLY

    @property
    def is_numbers(self) -> bool:
        """Mostly numbers or amounts."""
        return self.number_share >= _MOSTLY

    @property
    def is_key(self) -> bool:
        """Every value differs."""
        return self.filled > 0 and self.distinct == self.filled

    @property
    def is_few(self) -> bool:
        """Few values that come again and again, as far as so few rows can tell."""
        is_short = self.filled <= FEW_VALUES
        return 0 < self.distinct <= FEW_VALUES and (is_short or self.distinct < self.filled)

    @property
    def is_code(self) -> bool:
        """Every value differs, and each is a number without decimals or a word with digits."""
        codes = sum(bool(_CODE.match(value)) for value in self.values)
        return self.is_key and codes >= _NEARLY_ALL * len(self.values)

    @property
    def could_be_amount(self) -> bool:
        """Numbers, many of them, and not counted through."""
        return self.is_numbers and not self.is_few and not self.is_code

    @property
    def is_people(self) -> bool:
        """Mostly given and family names, or addresses of people."""
        n = sum(bool(_PERSON.match(value)) for value in self.values)
        return n > 1 and n >= _MOSTLY * len(self.values)

    @property
    def is_whole_outcome(self) -> bool:
        """Few values that tell both won and lost."""
        return self.is_outcome and stages.says_both(self.values)

    @property
    def is_outcome(self) -> bool:
        """Few values that tell won from lost."""
        return self.is_few and not self.is_numbers and stages.says_outcome(self.values)


def of(at: Bench, *, raw: Raw) -> Mapping[str, Evidence]:
    """The evidence of each column."""
    columns = ", ".join(quoted(name) for name in raw.header)
    rows = at.rows(
        "select $columns from $table limit $most",
        {"columns": columns, "table": raw.table, "most": str(LOOKED_AT_ROWS)},
    )
    found = {
        name: _seen([str(row[index]) for row in rows if row[index]])
        for index, name in enumerate(raw.header)
    }
    return {
        name: replace(seen, middle_day=_middle_day(at, raw=raw, column=name, seen=seen))
        if seen.is_dates
        else seen
        for name, seen in found.items()
    }


def _middle_day(at: Bench, *, raw: Raw, column: str, seen: Evidence) -> float:
    text = quoted(column)
    instant = dates.style(seen.values, answer=dates.Order.DAY_FIRST).instant(text)
    parts = {"instant": instant, "text": text, "table": raw.table, "most": str(LOOKED_AT_ROWS)}
    row = at.rows(_MIDDLE, parts)[0]
    return float(str(row[0])) if row[0] is not None else 0.0


def _seen(values: Sequence[str]) -> Evidence:
    times = Counter(values)
    different = sorted(times)
    n = max(1, len(values))
    return Evidence(
        filled=len(values),
        distinct=len(different),
        date_share=sum(k for v, k in times.items() if _DATE.match(v) or months.is_day(v)) / n,
        number_share=sum(k for v, k in times.items() if _NUMBER.match(v)) / n,
        values=tuple(different[:FEW_VALUES]),
        is_counted_moments=dates.are_counted(different),
    )
