"""Doubts about both ends: records that begin late or end early."""

from collections.abc import Iterator

from headway.facts.checks import affects
from headway.facts.extent import Extent
from headway.facts.view import View
from headway.terms.answer import Mark

_TABLE = "seen/opportunity"


def doubts(facts: View) -> Iterator[Mark]:
    """The doubts of this module; `figures` hold first and last days as text."""
    yield from left_truncated(facts, facts.extent)
    yield from right_truncated(facts, facts.extent)


def left_truncated(facts: View, reach: Extent) -> Iterator[Mark]:
    """Closings are recorded from later than creations: what closed before is missing."""
    if not reach.creations or not reach.closings:
        return
    if reach.closings.first <= reach.creations.first:
        return
    row_count, n = _created(facts, f"created_at < DATE '{reach.closings.first}'")
    yield Mark(
        code="left_truncated",
        table=_TABLE,
        row_count=row_count,
        share=row_count / n,
        affects=tuple(dict.fromkeys((*affects.DECISIONS, *affects.AGES))),
        figures={
            "creations_from": reach.creations.first.isoformat(),
            "closings_from": reach.closings.first.isoformat(),
        },
    )


def right_truncated(facts: View, reach: Extent) -> Iterator[Mark]:
    """Creations or closings are recorded to a day before the last day inside."""
    ends = {
        name: period.last
        for name, period in (("creations", reach.creations), ("closings", reach.closings))
        if period and period.last < facts.as_of
    }
    if not ends:
        return
    row_count, n = _created(facts, "stage_group = 'open'")
    yield Mark(
        code="right_truncated",
        table=_TABLE,
        row_count=row_count,
        share=row_count / n,
        affects=affects.CREATIONS if "creations" in ends else affects.DECISIONS,
        figures={
            "as_of": facts.as_of.isoformat(),
            **{f"{name}_to": last.isoformat() for name, last in ends.items()},
        },
    )


def _created(facts: View, condition: str) -> tuple[int, int]:
    rows = facts.engine.query(
        f"SELECT count(*) FILTER ({condition}) AS some, count(*) AS n "
        f"FROM {facts.engine.relation(_TABLE)} WHERE NOT coalesce(is_deleted, false)"
    )
    counts = rows.to_pylist()[0]
    return counts["some"], counts["n"]
