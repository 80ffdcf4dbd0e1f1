"""Days with the name of their month, in the languages whose column names are known too."""

import re
import unicodedata
from collections.abc import Mapping

_STARTS: Mapping[str, str] = {
    "01": "jan ene gen sty",
    "02": "feb fev lut",
    "03": "mar mae maa mrz mrt",
    "04": "apr avr abr kwi",
    "05": "may mai maj mei mag",
    "06": "jun juin giu cze",
    "07": "jul juil lug lip",
    "08": "aug ago aou sie",
    "09": "sep set wrz",
    "10": "oct okt out ott paz",
    "11": "nov lis",
    "12": "dec dez dic gru",
}
"""How the names of each month begin, without accents: English, German, French, Spanish, Italian,
Portuguese, Dutch, Polish."""
_ENGLISH = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_START = "|".join(sorted(" ".join(_STARTS.values()).split()))
_BETWEEN = r"(?:\s|[-/.,]|\bde\b|\bdel\b|\bof\b)*"
_DAY_FIRST = rf"^(?:[a-z]+[.,]*\s+)?\d{{1,2}}(?:er|st|nd|rd|th)?{_BETWEEN}((?:{_START})[a-z]*)"
_DAY = re.compile(rf"{_DAY_FIRST}{_BETWEEN}(?:\d{{4}}|\d{{2}})(?:\D|$)")
_MONTH = re.compile(rf"{_DAY_FIRST}{_BETWEEN}\d")
FORMATS = ("%y-%m-%d %H:%M", "%y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def is_day(text: str) -> bool:
    """Whether a text is a day, the month by its name, and a year.

    >>> [is_day(t) for t in ("12 févr. 2025", "3. März 2025", "12/fev/25", "Feb 12", "12 monkeys")]
    [True, True, True, False, False]
    """
    return bool(_DAY.match(_plain(text)))


def is_foreign(text: str) -> bool:
    """Whether the month's name is none of English.

    >>> is_foreign("12 mrt 2025"), is_foreign("12-Mar-25"), is_foreign("1 de mayo de 2025")
    (True, False, True)
    """
    found = _MONTH.match(_plain(text))
    is_written_out = any(mark in text.lower() for mark in (" de ", ". "))
    return found is not None and (is_written_out or found[1] not in _ENGLISH)


def numbered(text: str) -> str:
    """The SQL that writes the day in `text` (an expression) as year-month-day hour:minute."""
    plain = f"strip_accents(lower({text}))"
    month = f"regexp_extract({plain}, '{_sql(_DAY_FIRST)}', 1)"
    cases = " ".join(
        f"when regexp_matches({month}, '^(?:{starts.replace(' ', '|')})') then '{number}'"
        for number, starts in _STARTS.items()
    )
    day = f"regexp_extract({plain}, '([0-9]{{1,2}})', 1)"
    year = f"regexp_extract({plain}, '^[^0-9]*[0-9]{{1,2}}[^0-9]+([0-9]+)', 1)"
    time = f"regexp_extract({plain}, '[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?')"
    return (
        f"{year} || '-' || case {cases} end || '-' || {day} || ' ' || "
        f"coalesce(nullif({time}, ''), '00:00')"
    )


def _sql(pattern: str) -> str:
    return pattern.replace(r"\d", "[0-9]")


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))
