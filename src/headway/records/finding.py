"""Rows by what their name holds, however its letters are accented or capitalised."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from headway.terms.names import folded, holds

ENOUGH = 8
_LOOKED_AT = 400
_ACCENTED = "aceinosuyz"
M = TypeVar("M", bound=Model)


class _Like(Func):
    """Whether a text is like a pattern, without regard to the case of ASCII letters at least."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:  # noqa: ANN401  as Django's own gives it
        """PostgreSQL has a word of its own for it."""
        return self.as_sql(compiler, connection, arg_joiner=" ILIKE ")


def named(rows: QuerySet[M], text: str, *, field: str = "name") -> tuple[M, ...]:
    """At most `ENOUGH` rows whose `field` holds every word of `text`; those that begin so first.

    Args:
        rows: among which, as far as the viewer may see.
        text: words in any order, without regard to accents or capitals.
        field: the column of text.
    """
    words = folded(text).split()
    if not words:
        return ()
    # As it was typed first; only where that gives little, letters may stand for accented ones.
    held = _held(rows, words, field=field, pattern=_literal)
    if len(held) < ENOUGH:
        known = {each.pk for each in held}
        held += [
            each for each in _held(rows, words, field=field, pattern=_loose) if each.pk not in known
        ]
    held.sort(key=lambda each: not folded(getattr(each, field)).startswith(words[0]))
    return tuple(held[:ENOUGH])


def _held(
    rows: QuerySet[M], words: list[str], *, field: str, pattern: Callable[[str], str]
) -> list[M]:
    found = rows
    for number, word in enumerate(words):
        like = {f"like_{number}": _Like(F(field), Value(f"%{pattern(word)}%"))}
        found = found.alias(**like).filter(**dict.fromkeys(like, True))
    candidates = found.order_by(field, "pk")[:_LOOKED_AT]
    return [each for each in candidates if holds(getattr(each, field), " ".join(words))]


def _literal(word: str) -> str:
    return "".join(each if each.isalnum() else "_" for each in word)


def _loose(word: str) -> str:
    """A letter that may carry an accent stands for any one letter; what is found is looked at."""
    return "".join(
        each if each.isascii() and each.isalnum() and each not in _ACCENTED else "_"
        for each in word
    )
