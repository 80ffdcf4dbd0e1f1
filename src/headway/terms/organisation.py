"""What holds for the whole organisation."""

from dataclasses import dataclass
from zoneinfo import available_timezones

_CURRENCY_LETTERS = 3


def is_currency(code: str) -> bool:
    """Whether it is written as a currency is (ISO 4217): three capital letters.

    >>> is_currency("EUR"), is_currency("eur"), is_currency("€")
    (True, False, False)
    """
    return len(code) == _CURRENCY_LETTERS and code.isascii() and code.isalpha() and code.isupper()


def is_time_zone(name: str) -> bool:
    """Whether it is a time zone by the name the IANA gives it.

    >>> is_time_zone("Europe/Berlin"), is_time_zone("Berlin")
    (True, False)
    """
    return name in available_timezones()


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Name, report currency (ISO 4217), time zone (IANA), first month of the fiscal year (1-12)."""

    name: str
    currency: str
    time_zone: str = "UTC"
    fiscal_year_start_month: int = 1
