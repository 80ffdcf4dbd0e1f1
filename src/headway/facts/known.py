"""What is known about one organisation on one day: its tables, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from headway.facts import checks, extent
from headway.facts.engine import Columns, Engine, declared
from headway.facts.extent import Extent
from headway.terms.answer import Mark
from headway.terms.organisation import Organisation

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """The tables of one organisation, as they were read.

    `as_of` is the last day inside, `data_from` the first from which systems recorded; both are days
    of the organisation's time zone. `facts_id` names the content: the sha256 of `bundle.json`, or
    of the snapshot's manifest. `min_answer_count` and `min_text_count` are the minimums under which
    survey answers were cut. `reading` holds the doubts that arose while the tables were read, and
    `kept` what was found in them already (see `headway.facts.once`).
    """

    organisation: Organisation
    as_of: date
    data_from: date
    facts_id: str
    engine: Engine
    min_answer_count: int = 5
    min_text_count: int = 10
    reading: tuple[Mark, ...] = ()
    kept: dict[object, object] = field(default_factory=dict, init=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """What another process takes over; what was found in these facts it finds for itself."""
        return {**self.__dict__, "kept": {}}

    def has(self, name: str) -> bool:
        """Whether the table is present. Absent means not measured; empty means none found."""
        return self.engine.has(name)

    def has_column(self, name: str, column: str) -> bool:
        """Whether the table is present with this column. Without it, it is null in every row."""
        return self.engine.has_column(name, column)

    def table(self, name: str) -> "ir.Table":
        """The table, with every declared column in declared order and type.

        Optional columns that were left out are null in every row; an absent table has no rows.
        Instants are UTC without a zone of their own.

        Raises:
            UnknownTableError: the format has no such table.
        """
        return self.engine.table(name)

    def columns(self, name: str, *wanted: str) -> Columns:
        """Some columns of the table as they stand; without a name all of them. See `table`.

        Raises:
            UnknownTableError: the format has no such table.
        """
        return Columns(engine=self.engine, table=declared(name).name, names=wanted)

    @cached_property
    def extent(self) -> Extent:
        """How far the records of opportunities reach, found once; see `headway.facts.extent.of`."""
        return extent.of(self)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The doubts about these facts, found once."""
        return checks.doubts(self)


def of_parquet(
    files: Mapping[str, Path],
    *,
    organisation: Organisation,
    as_of: date,
    data_from: date,
    facts_id: str,
    min_answer_count: int = 5,
    min_text_count: int = 10,
    reading: tuple[Mark, ...] = (),
) -> Facts:
    """Facts that lie in Parquet files, one per table, read when they are asked for.

    Args:
        files: the file of each table, with columns as declared; optional ones may be absent.
        organisation: whose facts they are.
        as_of: the last day inside.
        data_from: the first day from which systems recorded.
        facts_id: what names this content.
        min_answer_count: below this, survey answers were not cut into a cell.
        min_text_count: below this, no raw words are in a cell.
        reading: doubts that arose when the files were made.
    """
    return Facts(
        organisation=organisation,
        as_of=as_of,
        data_from=data_from,
        facts_id=facts_id,
        engine=Engine(files={declared(name).name: path for name, path in files.items()}),
        min_answer_count=min_answer_count,
        min_text_count=min_text_count,
        reading=reading,
    )
