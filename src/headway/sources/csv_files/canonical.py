"""Feeds to our tables: typed, keyed, every misfit on record. Set-based throughout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from headway.facts import catalogue
from headway.facts.tables import STORED_AS, Column, Kind, Table
from headway.sources.csv_files import money, stages
from headway.sources.csv_files.convert import Converter, Place
from headway.sources.csv_files.mapping import Conversion, Feed, Field, plain_name
from headway.sources.csv_files.statements import filled, literal, quoted
from headway.sources.csv_files.tables import Bench, Raw

ROW = "_row"
DATA_FROM = "{data_from}"
"""A constant that stands for the first day of the data."""

_TYPED = "create table $typed as select $row as _row, $columns from $relation"
_WITH_GROUP = (
    "create table $typed as select *, $grouped as stage_group from (select $row as "
    "_row, $columns from $relation)"
)
_UNREAD = """insert into unread select $file, r.n, $field, left(r.v, 200), $reason, false
from (select $row as n, $text as v from $relation) r join $typed t on t._row = r.n
where r.v is not null and t.$column is null"""
_MISSING = """insert into unread select $file, t._row, $field, $value, $reason, true
from $typed t left join (select $row as n, $text as v from $relation) r on r.n = t._row
where t.$column is null"""
_REPEATED = """insert into unread
select $file, _row, $field, $value, $reason, true
from (select *, row_number() over (partition by $key order by _row) as n from $typed) where n > 1"""
_TRACKED = ("stage", "amount", "close_on", "owner_id", "probability_share", "forecast_category")
_CHANGED = """select opportunity_id, _taken + interval 1 day - interval 1 second as changed_at,
$field as field, old_value, new_value from (select opportunity_id, _taken,
cast($column as varchar) as new_value, lag(cast($column as varchar)) over later as old_value,
row_number() over later as look from $typed join (select _row, _taken from $history) using (_row)
where _taken is not null and opportunity_id is not null
window later as (partition by opportunity_id order by _taken))
where look > 1 and old_value is distinct from new_value"""
_ONLY_FIRST = """delete from $typed where rowid in (select id from
(select rowid as id, row_number() over (partition by $key order by _row, rowid) as n from $typed)
where n > 1)"""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One of our columns with what it is read from: a column of theirs, or a constant."""

    wanted: Field
    column: Column | None
    place: Place | None


@dataclass(kw_only=True)
class Canon:
    """Our tables as they come to be: `typed` maps a table to the engine's tables that feed it.

    `lacking` maps a file that could become no row at all to our columns that are nowhere in it.
    """

    at: Bench
    converter: Converter
    raws: Mapping[str, Raw]
    stage_answers: Mapping[str, str]
    data_from: str = ""
    typed: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    stage_groups: dict[str, stages.StageGroup] = field(default_factory=dict)
    sources: dict[str, Feed] = field(default_factory=dict)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def feed(self, feed: Feed) -> None:
        """Type one feed and put its misfits on record."""
        table = catalogue.TABLES[feed.table]
        bound = _bound(self, feed=feed, table=table)
        lacking = _lacking(bound, feed=feed, table=table)
        if lacking:
            self.lacking[feed.counts_for or feed.relation] = lacking
            return
        typed = f"typed_{len(self.sources)}"
        self.sources[typed] = feed
        names = self._typed(feed, bound=bound, typed=typed, table=table)
        if feed.counts_for is not None:
            self._record_unread(feed, bound=bound, typed=typed)
        self._drop_keyless(feed, bound=bound, typed=typed, table=table)
        self._drop_repeated(feed, bound=bound, typed=typed, table=table)
        self.typed.setdefault(feed.table, []).append(typed)
        self.columns[typed] = names

    def changes_between_looks(self, feed: Feed) -> None:
        """Field changes of opportunities that were looked at on several days, by comparing them."""
        table, name = catalogue.TABLES[feed.table], "seen/opportunity_change"
        looks = replace(feed, relation=f"{feed.relation}_history", key_from=())
        bound = [
            each
            for each in _bound(self, feed=looks, table=table)
            if each.wanted.column in (*_TRACKED, "opportunity_id")
        ]
        columns = {each.wanted.column: self._expression(each) for each in bound}
        parts = {
            "typed": "typed_looks",
            "row": "_row",
            "columns": ", ".join(f"{sql} as {quoted(ours)}" for ours, sql in columns.items()),
            "relation": looks.relation,
            "history": looks.relation,
        }
        self.at.run(_TYPED, parts)
        selects = [
            filled(_CHANGED, {**parts, "field": literal(ours), "column": quoted(ours)})
            for ours in _TRACKED
            if ours in columns
        ]
        self.at.run("create table changes_seen as $all", {"all": " union all ".join(selects)})
        self.typed[name] = ["changes_seen"]
        self.columns["changes_seen"] = [
            "opportunity_id",
            "changed_at",
            "field",
            "old_value",
            "new_value",
        ]

    def _typed(self, feed: Feed, *, bound: Sequence[Bound], typed: str, table: Table) -> list[str]:
        dated = {Kind.DATE, Kind.TIME}
        days = [each.place for each in bound if each.column and each.column.kind in dated]
        self.converter.look_ahead([place for place in days if place is not None])
        expressions = {each.wanted.column: self._expression(each) for each in bound}
        if feed.key_from:
            expressions[table.key[0]] = _made_key(self, feed=feed)
        if feed.table == "seen/opportunity" and "currency" not in expressions:
            expressions |= self._currencies(bound)
        parts = {
            "typed": typed,
            "row": _row_name(self, relation=feed.relation),
            "columns": ", ".join(f"{sql} as {quoted(name)}" for name, sql in expressions.items()),
            "relation": feed.relation,
        }
        names = list(expressions)
        if feed.table == "seen/opportunity" and "stage" in names and "stage_group" not in names:
            stage = next(e.place for e in bound if e.wanted.column == "stage" and e.place)
            self.at.run(_WITH_GROUP, {**parts, "grouped": self._grouped(names, stage=stage)})
            names.append("stage_group")
        else:
            self.at.run(_TYPED, parts)
        return [name for name in names if not name.startswith("_")]

    def _currencies(self, bound: Sequence[Bound]) -> dict[str, str]:
        """The currency of each row, where the amounts themselves say several."""
        amount = next((each.place for each in bound if each.wanted.column == "amount"), None)
        if amount is None or not self.converter.is_of_several_currencies(amount):
            return {}
        return {"currency": money.currency_of(amount.text)}

    def _expression(self, each: Bound) -> str:
        if each.place is None:
            value = self.data_from if each.wanted.constant == DATA_FROM else each.wanted.constant
            kind = each.column.kind if each.column else Kind.TEXT
            return f"cast({literal(value or '')} as {STORED_AS[kind]})"
        return self.converter.expression(each.wanted, column=each.column, place=each.place)

    def _grouped(self, names: Sequence[str], *, stage: Place) -> str:
        """Won, lost or open: from the source's own marks if it has them, else from the stage."""
        marks = {
            "_is_won": "when _is_won then 'won'",
            "_is_lost": "when _is_lost then 'lost'",
            "_is_closed": "when _is_closed and not coalesce(_is_won, false) then 'lost'"
            if "_is_won" in names
            else "",
            "_is_open": "when not _is_closed then 'open'" if "_is_closed" in names else "",
        }
        cases = [sql for name, sql in marks.items() if name in names or name == "_is_open"]
        cases.extend(self._stage_cases(stage))
        return f"case {' '.join(cases)} else case when stage is not null then 'open' end end"

    def _stage_cases(self, stage: Place) -> list[str]:
        found = self.at.rows(
            "select distinct $text from $relation where $text is not null",
            {"text": stage.text, "relation": stage.relation},
        )
        for each in stages.groups([str(row[0]) for row in found], answers=self.stage_answers):
            self.stage_groups[each.stage] = each
        cases = []
        for group in (stages.WON, stages.LOST):
            names = [literal(s) for s, each in self.stage_groups.items() if each.group == group]
            if names:
                cases.append(f"when stage in ({', '.join(names)}) then '{group}'")
        return cases or ["when stage is null then null"]

    def _record_unread(self, feed: Feed, *, bound: Sequence[Bound], typed: str) -> None:
        read = {
            each.wanted.column: (each, each.place)
            for each in bound
            if each.place is not None and each.wanted.conversion is not Conversion.CHOICE
        }
        rows = self.at.number("select count(*) from $typed", {"typed": typed})
        ours = _counts(self.at, relation=typed, texts={name: quoted(name) for name in read})
        gaps = {name: read[name][1].text for name, known in ours.items() if known < rows}
        there = _counts(self.at, relation=feed.relation, texts=gaps)
        for name in (name for name in gaps if there[name] != ours[name]):
            each, place = read[name]
            self.at.run(
                _UNREAD,
                {
                    "file": literal(feed.counts_for or ""),
                    "row": _row_name(self, relation=feed.relation),
                    "field": literal(place.column),
                    "reason": literal(f"{_wanted_kind(each)}; left unknown"),
                    "text": place.text,
                    "relation": feed.relation,
                    "typed": typed,
                    "column": quoted(name),
                },
            )

    def _drop_keyless(
        self, feed: Feed, *, bound: Sequence[Bound], typed: str, table: Table
    ) -> None:
        places = {each.wanted.column: each.place for each in bound}
        for column in table.columns:
            if column.is_optional or column.name not in _names_in(self.at, typed=typed):
                continue
            missing = {"typed": typed, "column": quoted(column.name)}
            if not self.at.number("select count(*) from $typed where $column is null", missing):
                continue
            place = places.get(column.name)
            if feed.counts_for is not None:
                self._record_missing(feed, column=column, place=place, typed=typed)
            self.at.run("delete from $typed where $column is null", missing)

    def _record_missing(
        self, feed: Feed, *, column: Column, place: Place | None, typed: str
    ) -> None:
        self.at.run(
            _MISSING,
            {
                "file": literal(feed.counts_for or ""),
                "row": _row_name(self, relation=feed.relation),
                "field": literal(place.column if place else column.name),
                "value": "left(r.v, 200)" if place else "null",
                "text": place.text if place else "null",
                "relation": feed.relation,
                "typed": typed,
                "column": quoted(column.name),
                "reason": literal(f"empty or not readable as {column.name}; the row is rejected"),
            },
        )

    def _drop_repeated(
        self, feed: Feed, *, bound: Sequence[Bound], typed: str, table: Table
    ) -> None:
        key = ", ".join(quoted(name) for name in table.key)
        parts = {"typed": typed, "key": key}
        theirs = _key_as_it_stands(bound, feed=feed, table=table)
        if theirs is not None and not self.at.repeats(relation=feed.relation, key=theirs):
            return
        if not self.at.repeats(relation=typed, key=key):
            return
        if feed.counts_for is not None:
            first = quoted(table.key[0])
            about = {
                "file": literal(feed.counts_for),
                "field": literal(", ".join(table.key)),
                "value": f"left({first}, 200)",
                "reason": literal(
                    f"the same {' and '.join(table.key)} as an earlier row, which is kept"
                ),
            }
            self.at.run(_REPEATED, {**parts, **about})
        self.at.run(_ONLY_FIRST, parts)


def _counts(at: Bench, *, relation: str, texts: Mapping[str, str]) -> dict[str, int]:
    """In how many rows each text, by its name, stands."""
    if not texts:
        return {}
    counted = ", ".join(f"count({text})" for text in texts.values())
    row = at.rows("select $counted from $relation", {"counted": counted, "relation": relation})[0]
    return {name: int(str(count)) for name, count in zip(texts, row, strict=True)}


def _names_in(at: Bench, *, typed: str) -> set[str]:
    return {str(row[0]) for row in at.rows("describe $typed", {"typed": typed})}


def headers(at: Bench, *, relation: str) -> dict[str, str]:
    """The columns of a relation by their plain names."""
    described = at.rows("describe $relation", {"relation": relation})
    return {plain_name(str(row[0])): str(row[0]) for row in reversed(described)}


def _bound(canon: Canon, *, feed: Feed, table: Table) -> list[Bound]:
    declared = {column.name: column for column in table.columns}
    there = headers(canon.at, relation=feed.relation)
    bound = []
    for wanted in feed.fields:
        column = declared.get(wanted.column)
        if wanted.constant is not None:
            bound.append(Bound(wanted=wanted, column=column, place=None))
            continue
        theirs = next((there[p] for s in wanted.sources if (p := plain_name(s)) in there), None)
        if theirs is not None and all(each.wanted.column != wanted.column for each in bound):
            place = Place(
                relation=feed.relation, file=feed.counts_for or feed.relation, column=theirs
            )
            bound.append(Bound(wanted=wanted, column=column, place=place))
    return bound


def _lacking(bound: Sequence[Bound], *, feed: Feed, table: Table) -> tuple[str, ...]:
    """The columns without which there is no row, as far as nothing feeds them."""
    names = {each.wanted.column for each in bound} | ({table.key[0]} if feed.key_from else set())
    if table.name == "seen/opportunity" and "stage" in names:
        names.add("stage_group")
    return tuple(c.name for c in table.columns if not c.is_optional and c.name not in names)


def _key_as_it_stands(bound: Sequence[Bound], *, feed: Feed, table: Table) -> str | None:
    """The column of theirs that is the key without a change, so that it repeats where theirs do."""
    if feed.key_from or len(table.key) > 1:
        return None
    (key,) = (each for each in bound if each.wanted.column == table.key[0])
    is_text = key.column is not None and key.column.kind is Kind.ID
    is_as_it_stands = is_text and key.wanted.conversion is Conversion.PLAIN
    return quoted(key.place.column) if key.place is not None and is_as_it_stands else None


def _row_name(canon: Canon, *, relation: str) -> str:
    if any(raw.table == relation for raw in canon.raws.values()):
        return "rowid"
    return ROW if ROW in _names_in(canon.at, typed=relation) else "cast(null as bigint)"


def _made_key(canon: Canon, *, feed: Feed) -> str:
    """A key out of what tells rows apart; equal rows get a number, so that none is lost."""
    there = headers(canon.at, relation=feed.relation)
    names = [quoted(there[plain_name(s)]) for s in feed.key_from if plain_name(s) in there]
    joined = " || '|' || ".join(f"coalesce({name}, '')" for name in names)
    row = _row_name(canon, relation=feed.relation)
    return filled(
        "left(md5($joined), 20) || case when row_number() over (partition by $joined order by "
        "$row) > 1"
        " then '-' || row_number() over (partition by $joined order by $row) else '' end",
        {"joined": joined, "row": row},
    )


_KINDS: Mapping[Kind, str] = {
    Kind.DATE: "not a date as this column writes them",
    Kind.TIME: "not a day or time as this column writes them",
    Kind.MONEY: "not an amount",
    Kind.NUMBER: "not a number",
    Kind.INT: "not a whole number",
    Kind.COUNT: "not a count",
    Kind.SHARE: "not a share",
    Kind.BOOL: "neither yes nor no",
    Kind.ID: "longer than 80 characters",
}


def _wanted_kind(each: Bound) -> str:
    kind = each.column.kind if each.column else Kind.BOOL
    return _KINDS.get(kind, "not readable")
