"""Quarters of the organisation's own fiscal year."""

from datetime import date

from headway.records.models import Organisation
from headway.terms.period import fiscal_quarter


def first_day(day: date) -> date:
    """The first day of the fiscal quarter that holds `day`."""
    starts = Organisation.objects.values_list("fiscal_year_start_month", flat=True).first()
    return fiscal_quarter(day, year_starts_in=starts or 1).first
