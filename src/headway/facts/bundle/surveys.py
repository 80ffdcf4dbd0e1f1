"""What survey cells must add up to; every row stays, and what does not add up is told."""

from collections.abc import Collection, Iterator

from headway.facts.bundle.raw import ROW
from headway.facts.bundle.rules import Break, stage
from headway.facts.engine import Engine
from headway.facts.tables import Table

_CELL, _TEAM, _COUNT = "said/survey_cell", "said/survey_cell_team", "said/survey_count"
_RULE = 11


def sums(engine: Engine, table: Table, *, staged: Collection[str], least: int) -> Iterator[Break]:
    """Rule 11: cells with too few or too many answers, counts and teams that do not add up.

    Args:
        engine: where the stages are.
        table: which one.
        staged: the names of all that are staged.
        least: answers below which a cell is blocked.
    """
    if table.name == _CELL:
        yield from _cells(engine, least=least)
    if table.name == _TEAM and _CELL in staged:
        yield from _teams(engine)
    if table.name == _COUNT and _CELL in staged:
        yield from _counts(engine)


def _cells(engine: Engine, *, least: int) -> Iterator[Break]:
    more = "'answered_count' is more than were invited"
    yield from _told(engine, f"{stage(_CELL)} WHERE answered_count > invited_count", more)
    few = f"'answered_count' is below {least}: the cell should be blocked, its count empty"
    yield from _told(engine, f"{stage(_CELL)} WHERE answered_count < {least}", few)


def _teams(engine: Engine) -> Iterator[Break]:
    cells = f"{stage(_TEAM)} AS team JOIN {stage(_CELL)} AS cell USING (cell_id)"
    twice = "the team stands in another cell of the same round and role as well"
    other = "PARTITION BY cell.round_id, cell.role, team.team_manager_id"
    first = f"team.{ROW}"
    source = f"{cells} QUALIFY row_number() OVER ({other} ORDER BY {first}) > 1"
    yield from _told(engine, source, twice, row=first)
    sums = "the 'invited_count' of its teams do not add up to that of the cell"
    unequal = "HAVING sum(team.invited_count) <> any_value(cell.invited_count)"
    yield from _told(engine, f"{cells} GROUP BY cell_id {unequal}", sums, row=f"min({first})")


def _counts(engine: Engine) -> Iterator[Break]:
    cells = f"{stage(_COUNT)} AS told JOIN {stage(_CELL)} AS cell USING (cell_id)"
    blocked = "the cell is blocked, and a blocked cell has no counts"
    source = f"{cells} WHERE cell.answered_count IS NULL"
    yield from _told(engine, source, blocked, row=f"told.{ROW}")
    more = "the counts of its cell, item and subject are more than the answers of the cell"
    over = "HAVING sum(told.answer_count) > any_value(cell.answered_count)"
    source = f"{cells} GROUP BY cell_id, told.item, told.subject {over}"
    yield from _told(engine, source, more, row=f"min(told.{ROW})")


def _told(engine: Engine, source: str, message: str, *, row: str = ROW) -> Iterator[Break]:
    for found in engine.query(f"SELECT {row} AS row FROM {source} ORDER BY 1")["row"].to_pylist():
        yield Break(row=found, rule=_RULE, message=message)
