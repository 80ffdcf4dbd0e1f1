"""Ids that point to other tables: found by id, by name or address, else the row is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.facts import catalogue
from headway.facts.tables import Column
from headway.sources.csv_files.canonical import Canon
from headway.sources.csv_files.statements import literal, quoted

MADE = ("seen/person", "seen/account", "seen/product")
"""Tables of which a row can be made from a mention alone: people, accounts and products exist."""

_WORDS = {"seen/person": "person", "seen/account": "account", "seen/product": "product"}
_BARE = "regexp_replace(lower($x), '[^\\p{L}\\p{N}]', '', 'g')"
_LOST = """create or replace table lost as select distinct $column as given from $typed
where $column is not null and $column not in (select $key from $target)"""
_FOUND = """create or replace table found as
select given, any_value(t.$key) as id from lost join $target t on $given_as = $name_as
where $name_as is not null and $name_as <> '' group by given having count(distinct t.$key) = 1"""
_IS_NAME = """regexp_matches(given, '\\p{L}{2}') and (given like '% %' or not
regexp_matches(given, '[0-9]'))"""
_MAKE = """insert into $target ($key, name) select given, case when $is_name then given end
from lost where given not in (select given from found)"""
_SPELLED = """create or replace table found as
with named as (select given, lower(regexp_replace(given, '\\s+', ' ', 'g')) as folded from lost
where $is_name),
known as (select lower(regexp_replace($key, '\\s+', ' ', 'g')) as folded, min($key) as id
from $target group by 1),
shared as (select folded from (select folded from named union all select folded from known)
group by 1 having count(*) > 1),
spelled as (select given, folded, count(*) as times from (select given, folded from named
where folded in (select folded from shared)) join $typed on $column = given group by 1, 2)
select given, id from (select given, coalesce(known.id,
first_value(given) over (partition by folded order by times desc, given)) as id
from spelled left join known using (folded)) where given <> id"""
_FOLDED = """select found.given, any_value($name), count(*) from $typed o join found
on o.$column = found.given left join $target t on t.$key = found.id group by 1 order by 1"""
_SPELLINGS_SHOWN = 5
_MAKE_PRODUCT = """insert into $target ($key, name) select given, given
from lost where given not in (select given from found)"""
_POINT = "update $typed set $column = found.id from found where $column = found.given"
_BLANK = """insert into unread select $file, _row, $field, left($column, 200), $reason, $is_row
from $typed where $column in (select given from lost where given not in (select given from
found))"""
_GONE = "$column in (select given from lost where given not in (select given from found))"


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """One column of one engine table that must be found in `target`."""

    typed: str
    column: Column
    target: str


def resolve(canon: Canon) -> tuple[str, ...]:
    """Resolve every reference; gives a sentence for each spelling that was folded onto another.

    People, accounts and products that are only mentioned get a row of their own. What points to
    nothing else is left unknown where the column may be, and rejects its row where it may not.
    """
    notes: list[str] = []
    for name in MADE:
        _merge(canon, table=name)
    # Tables that are pointed to come before those that point, so that a rejected row takes its own
    # along.
    for table in sorted(canon.typed, key=_depth):
        for typed in list(canon.typed[table]):
            for column in catalogue.TABLES[table].columns:
                if column.refers_to is not None and column.name in canon.columns[typed]:
                    pointer = Pointer(typed=typed, column=column, target=column.refers_to)
                    notes.extend(_resolved(canon, pointer=pointer))
    for name in MADE:
        _forget_empty(canon, table=name)
    return tuple(notes)


def _forget_empty(canon: Canon, *, table: str) -> None:
    """A table that is there says "measured": without a file and without a mention it is not."""
    rows = canon.at.number("select count(*) from $typed", {"typed": canon.typed[table][0]})
    if rows == 0 and not any(feed.table == table for feed in canon.sources.values()):
        del canon.typed[table]


def _depth(table: str) -> tuple[int, str]:
    order = ("seen/person", "seen/account", "seen/product", "seen/opportunity")
    return (order.index(table) if table in order else len(order), table)


def _merge(canon: Canon, *, table: str) -> None:
    """All that feeds people (accounts, products) as one engine table, made if there was none."""
    declared = catalogue.TABLES[table]
    feeds = canon.typed.get(table, [])
    key = declared.key[0]
    merged = "merged_" + table.split("/")[1]
    canon.at.run(
        "create table $merged ($key varchar, name varchar)", {"merged": merged, "key": quoted(key)}
    )
    present = [key, "name"]
    for typed in feeds:
        for name in canon.columns[typed]:
            if name not in present:
                kind = canon.at.rows(
                    "select data_type from duckdb_columns() where table_name = $t and "
                    "column_name = $c",
                    {"t": literal(typed), "c": literal(name)},
                )[0][0]
                canon.at.run(
                    "alter table $merged add column $name $kind",
                    {"merged": merged, "name": quoted(name), "kind": str(kind)},
                )
                present.append(name)
        names = ", ".join(quoted(name) for name in canon.columns[typed])
        canon.at.run(
            "insert into $merged by name select $names from $typed where $key not in (select "
            "$key from $merged)",
            {"merged": merged, "names": names, "typed": typed, "key": quoted(key)},
        )
    canon.typed[table] = [merged]
    canon.columns[merged] = present


def _resolved(canon: Canon, *, pointer: Pointer) -> Sequence[str]:
    target = canon.typed[pointer.target][0]
    key = catalogue.TABLES[pointer.target].key[0]
    parts = {
        "typed": pointer.typed,
        "column": quoted(pointer.column.name),
        "key": quoted(key),
        "target": target,
    }
    canon.at.run("create or replace table found (given varchar, id varchar)")
    canon.at.run(_LOST, parts)
    if not canon.at.number("select count(*) from lost"):
        return ()
    if pointer.target not in MADE:
        _unresolved(canon, pointer=pointer, parts=parts)
        return ()
    # Rows made of mentions are called what they are mentioned as: only files bring other names.
    is_named = any(feed.table == pointer.target for feed in canon.sources.values())
    fold = _by_name if is_named else _by_spelling
    notes = fold(canon, pointer=pointer, parts=parts)
    make = _MAKE_PRODUCT if pointer.target == "seen/product" else _MAKE
    canon.at.run(make, {**parts, "is_name": _IS_NAME})
    return notes


def _by_name(canon: Canon, *, pointer: Pointer, parts: dict[str, str]) -> list[str]:
    """Point what is known under its name or address; say which other spellings were folded."""
    exact = [("given", "t.name"), ("lower(given)", "lower(t.name)")]
    if "email" in canon.columns[parts["target"]]:
        exact.append(("lower(given)", "lower(t.email)"))
    for given, name in exact:
        canon.at.run(_FOUND, {**parts, "given_as": given, "name_as": name})
        canon.at.run(_POINT, parts)
        canon.at.run(_LOST, parts)
    bare = {"given_as": _BARE.replace("$x", "given"), "name_as": _BARE.replace("$x", "t.name")}
    canon.at.run(_FOUND, {**parts, **bare})
    return _pointed(canon, pointer=pointer, parts=parts, name="t.name", but="blanks, case or signs")


def _by_spelling(canon: Canon, *, pointer: Pointer, parts: dict[str, str]) -> list[str]:
    """Of names that no file lists, those that differ in blanks or case alone are one."""
    canon.at.run(_SPELLED, {**parts, "is_name": _IS_NAME})
    return _pointed(canon, pointer=pointer, parts=parts, name="found.id", but="blanks or case")


def _pointed(
    canon: Canon, *, pointer: Pointer, parts: dict[str, str], name: str, but: str
) -> list[str]:
    """Point at what was found; a sentence for each spelling, of the first of them."""
    folded = canon.at.rows(_FOLDED, {**parts, "name": name})
    if not folded:
        return []
    canon.at.run(_POINT, parts)
    canon.at.run(_LOST, parts)
    word = _WORDS[pointer.target]
    told = [
        f'{int(str(times)):,} rows name the {word} "{given}"; read as "{read_as}", the same but '
        f"for {but}."
        for given, read_as, times in folded[:_SPELLINGS_SHOWN]
    ]
    if more := len(folded) - len(told):
        told.append(f"{more:,} more spellings of a {word} are read so.")
    return told


def _unresolved(canon: Canon, *, pointer: Pointer, parts: dict[str, str]) -> None:
    feed = canon.sources.get(pointer.typed)
    is_row = not pointer.column.is_optional
    if feed is not None and feed.counts_for is not None:
        what = "the row is rejected" if is_row else "left unknown"
        about = {
            "file": literal(feed.counts_for),
            "field": literal(pointer.column.name),
            "reason": literal(f"not found in {pointer.target}; {what}"),
            "is_row": "true" if is_row else "false",
        }
        canon.at.run(_BLANK, {**parts, **about})
    change = "delete from $typed where " if is_row else "update $typed set $column = null where "
    canon.at.run(change + _GONE, parts)
