"""A name as it is looked for, kept beside the name as it is written."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from headway.terms.names import folded

LONGEST = 200
"""Letters of a name that are looked through: an index holds no longer ones."""
_LAST = "\U0010ffff"


class FoldedField(models.CharField):  # type: ignore[type-arg]  # Django's own takes none when it runs
    """The `name` of the row without accents and capitals, set whenever the row is written whole."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  as Django calls it
        """What goes into the database."""
        del add
        value = folded(model_instance.name)[:LONGEST]  # type: ignore[attr-defined]  # of every model with this field
        setattr(model_instance, self.attname, value)
        return value


@FoldedField.register_lookup
class Begins(models.Lookup[bool]):
    """Whether it begins so, in the words that let each database use its index."""

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  as Django's own gives it
        """Between two texts: SQLite compares them letter by letter."""
        left, held = self.process_lhs(compiler, connection)
        sql = f"({left} >= %s AND {left} < %s)"
        return sql, [*held, str(self.rhs), *held, f"{self.rhs}{_LAST}"]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  as Django's own gives it
        """PostgreSQL orders texts by its language; for LIKE it has an index of its own."""
        left, held = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*held, f"{connection.ops.prep_for_like_query(str(self.rhs))}%"]


@FoldedField.register_lookup
class Holds(models.Lookup[bool]):
    """Whether it holds this somewhere, in the words by which each database finds it fastest."""

    lookup_name = "holds"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  as Django's own gives it
        """SQLite looks for the place, letter by letter."""
        left, held = self.process_lhs(compiler, connection)
        return f"INSTR({left}, %s) > 0", [*held, str(self.rhs)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  as Django's own gives it
        """Of LIKE PostgreSQL knows how few rows it leaves, and reads them in the order they lie.

        Of a place above 0 it expects a third of all, and walks the index of names in their order:
        each row of the table from somewhere else.
        """
        left, held = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*held, f"%{connection.ops.prep_for_like_query(str(self.rhs))}%"]
