"""A page of sentences with its drawings beside it: what the templates are given."""

from dataclasses import dataclass

from headway.interfaces.pages import svg
from headway.queries.results.page import Evidence, ResultsPage, Row, Stat, Step, Table, Waterfall


@dataclass(frozen=True, kw_only=True)
class Links:
    """Addresses the fragments link to; `query` carries scope and comparison. A report has none."""

    results: str
    ladder: str
    evidence: str
    opportunities: str
    objection: str
    brief: str
    why_not: str
    query: str


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """One row and its strip."""

    row: Row
    strip: svg.Strip | None


@dataclass(frozen=True, kw_only=True)
class DrawnTable:
    """A table whose rows carry their strips."""

    table: Table
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnStat:
    """One stat and its small line."""

    stat: Stat
    spark: svg.Spark | None


@dataclass(frozen=True, kw_only=True)
class DrawnWaterfall:
    """The waterfall upright for wide screens and lying for small ones."""

    waterfall: Waterfall
    wide: svg.Drawing
    narrow: svg.Drawing


@dataclass(frozen=True, kw_only=True)
class DrawnPage:
    """Everything the Results templates write out."""

    page: ResultsPage
    stats: tuple[DrawnStat, ...]
    waterfall: DrawnWaterfall | None
    places: tuple[DrawnTable, ...]
    stages: DrawnTable | None
    measures: DrawnTable | None


@dataclass(frozen=True, kw_only=True)
class DrawnEvidence:
    """One figure opened, with its strip."""

    evidence: Evidence
    strip: svg.Strip | None


def results(page: ResultsPage) -> DrawnPage:
    """The page with its drawings."""
    return DrawnPage(
        page=page,
        stats=tuple(
            DrawnStat(stat=stat, spark=svg.spark(stat.series, is_last_whole=stat.is_last_whole))
            for stat in page.stats
        ),
        waterfall=_waterfall(page.waterfall) if page.waterfall else None,
        places=tuple(_table(table) for table in page.places),
        stages=_table(page.stages) if page.stages else None,
        measures=_table(page.measures) if page.measures else None,
    )


def evidence(opened: Evidence) -> DrawnEvidence:
    """One figure opened, with its drawing."""
    held = opened.strip
    drawing = None
    if held is not None:
        drawing = svg.strip(
            before=held.before, now=held.now, low=held.low, high=held.high,
            scale=(held.scale_low, held.scale_high),
        )  # fmt: skip
    return DrawnEvidence(evidence=opened, strip=drawing)


def _waterfall(waterfall: Waterfall) -> DrawnWaterfall:
    amounts = tuple(_amount(step) for step in waterfall.steps)
    return DrawnWaterfall(
        waterfall=waterfall,
        wide=svg.waterfall(amounts, divisor=waterfall.divisor),
        narrow=svg.waterfall_lying(amounts),
    )


def _amount(step: Step) -> svg.Amount:
    return svg.Amount(
        label=step.label,
        words=step.words,
        amount=step.amount,
        low=step.low,
        high=step.high,
        is_total=step.is_total,
        could_be_chance=step.could_be_chance,
        is_largest=step.is_largest,
    )


def _table(table: Table) -> DrawnTable:
    return DrawnTable(table=table, rows=tuple(_row(row) for row in table.rows))


def _row(row: Row) -> DrawnRow:
    held = row.strip
    if held is None:
        return DrawnRow(row=row, strip=None)
    drawing = svg.strip(
        before=held.before, now=held.now, low=held.low, high=held.high,
        scale=(held.scale_low, held.scale_high),
    )  # fmt: skip
    return DrawnRow(row=row, strip=drawing)
