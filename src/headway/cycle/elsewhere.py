"""Where a result moved in a table that stays in its database: opened, summed there, judged here."""

from collections.abc import Sequence

from headway import facts
from headway.findings import results
from headway.sources.protocol import Progress, in_silence
from headway.terms.answer import Kpi, Localisation
from headway.terms.period import Period
from headway.terms.policy import DEFAULT


def located(
    address: str,
    *,
    table: str,
    kpi: Kpi,
    day: str,
    value: str | None,
    dimensions: Sequence[str],
    actual: Period,
    base: Period,
    progress: Progress = in_silence,
) -> Localisation:
    """Where a result moved between two periods.

    Args:
        address: of the database, see `facts.elsewhere.opened`.
        table: one row per case, see `findings.results.located`, which takes all others.
        kpi: the result.
        day: the column with the day of a case.
        value: the column with what it adds; None for opportunities created.
        dimensions: the columns whose values are places.
        actual: the period to explain.
        base: the period it is compared with.
        progress: told the share done and what is being done.

    Raises:
        HeadwayError: the table cannot be opened, or a column is not there or unfit.
    """
    progress(0.1, "Opening the table")
    cases = facts.elsewhere.opened(address, table=table)
    progress(0.2, "Having it summed")
    found = results.located(
        cases,
        kpi=kpi,
        day=day,
        value=value,
        dimensions=dimensions,
        actual=actual,
        base=base,
        policy=DEFAULT,
    )
    progress(1.0, "Done")
    return found
