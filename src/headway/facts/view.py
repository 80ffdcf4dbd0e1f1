"""What the checks need to see of the facts they doubt."""

from datetime import date
from typing import Protocol

from headway.facts.engine import Engine
from headway.facts.extent import Extent
from headway.terms.answer import Mark
from headway.terms.organisation import Organisation


class View(Protocol):
    """One organisation's facts, as `headway.facts.known.Facts` gives them."""

    @property
    def organisation(self) -> Organisation:
        """Whose facts they are."""

    @property
    def as_of(self) -> date:
        """The last day inside."""

    @property
    def data_from(self) -> date:
        """The first day from which systems recorded."""

    @property
    def engine(self) -> Engine:
        """Where the tables lie."""

    @property
    def extent(self) -> Extent:
        """How far the records of opportunities reach."""

    @property
    def reading(self) -> tuple[Mark, ...]:
        """Doubts that arose while reading."""

    def has(self, name: str) -> bool:
        """Whether the table is present."""

    def has_column(self, name: str, column: str) -> bool:
        """Whether the table is present with this column."""
