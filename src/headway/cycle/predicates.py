"""What conditions can be made of, and how many rows they select."""

from collections.abc import Iterator

from headway import facts as known
from headway.actions.strategy import ColumnFact, CountFact
from headway.facts import Facts
from headway.facts.paths import stored
from headway.facts.predicate import check, holds, rows, tables_of, values
from headway.facts.tables import Column, Kind
from headway.records import declared
from headway.terms import predicate
from headway.terms.errors import HeadwayError
from headway.terms.predicate import Predicate, PredicateError

_MOST_CHOICES = 60
_LISTED = frozenset({Kind.TEXT, Kind.ENUM})


class NotLoadedError(HeadwayError):
    """Conditions speak of a table that was never loaded."""

    code = "predicates.not_loaded"

    def __init__(self, table: str) -> None:
        super().__init__(
            f"The data has no table “{table}”, so nothing can be counted yet. Load it, or choose "
            "conditions on what is there."
        )


def columns(facts: Facts) -> tuple[ColumnFact, ...]:
    """Every column of the loaded tables that a condition may read, with its values where few."""
    return tuple(
        ColumnFact(
            table=name,
            column=column.name,
            kind=column.kind.value,
            choices=_choices(facts, name, column=column),
        )
        for name in predicate.TABLES
        if facts.has(stored(name))
        for column in known.TABLES[stored(name)].columns
        if column.name not in predicate.HIDDEN and facts.has_column(stored(name), column.name)
    )


def counts(facts: Facts) -> tuple[CountFact, ...]:
    """The counts of every condition that a priority makes that was entered or changed here."""
    wanted = {
        declared.count_identity(text, within=within): (text, within) for text, within in _declared()
    }
    return tuple(counted(facts, text=text, within=within) for text, within in wanted.values())


def counted(facts: Facts, *, text: str, within: str) -> CountFact:
    """How many rows the conditions `text` select among those of `within` ("" = all that count).

    Conditions that cannot be read or counted give the sentence that says why.
    """
    identity = declared.count_identity(text, within=within)
    try:
        among = _loaded(facts, predicate.parse(within)) if within else None
        matched, total = _count(facts, _loaded(facts, predicate.parse(text)), among=among)
    except (PredicateError, NotLoadedError) as problem:
        return CountFact(identity=identity, problem=str(problem))
    return CountFact(identity=identity, matched=matched, total=total)


def _declared() -> Iterator[tuple[str, str]]:
    for content in declared.entered().values():
        yield from declared.counted(content)


def _loaded(facts: Facts, found: Predicate) -> Predicate:
    check(found)
    for table in sorted(tables_of(found)):
        if not facts.has(table):
            raise NotLoadedError(table.partition("/")[2])
    return found


def _count(facts: Facts, found: Predicate, *, among: Predicate | None) -> tuple[int, int]:
    table = rows(facts, found.grain)
    if among is not None:
        table = table.filter(holds(facts, among))
    selected = table.mutate(is_matched=holds(facts, found))
    told = known.collect(
        selected.aggregate(matched=selected.is_matched.sum(), total=selected.count())
    ).records()[0]
    return int(told["matched"] or 0), int(told["total"])


def _choices(facts: Facts, table: str, *, column: Column) -> tuple[str, ...]:
    if column.choices or column.kind not in _LISTED:
        return column.choices
    return values(facts, table, column=column.name, most=_MOST_CHOICES) or ()
