"""What holds for the whole organisation."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Name, report currency (ISO 4217), time zone (IANA), first month of the fiscal year (1-12)."""

    name: str
    currency: str
    time_zone: str = "UTC"
    fiscal_year_start_month: int = 1
