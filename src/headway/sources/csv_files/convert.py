"""From text to our types: one expression for a whole column, never a loop over rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.facts.tables import Column, Kind
from headway.sources.csv_files import dates, money
from headway.sources.csv_files.mapping import Conversion, Field
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.tables import Bench

_LOOKED_AT_VALUES = 20_000
_ID_LENGTH = 80
_TRUE = ("true", "1", "yes", "y", "t", "ja", "j", "oui", "si", "sí", "sim", "tak", "да", "x", "1.0")
_FALSE = ("false", "0", "no", "n", "f", "nein", "non", "nee", "não", "nie", "нет", "0.0")
_HEADS = """select min(left(v, 40)) from (select distinct $text as v from $relation
where $text is not null limit $most) group by left(v, 10)"""
_ODD = """select distinct left($text, 40) from $relation
where try_cast($text as decimal(18, 2)) is null and $text is not null and regexp_matches($text,
'[0-9]')
limit $most"""
_LARGEST = "select max(abs(try_cast($number as double))) from $relation"

NUMBER_TYPES: Mapping[Kind, str] = {
    Kind.INT: "double",
    Kind.COUNT: "double",
    Kind.NUMBER: "double",
    Kind.SHARE: "double",
    Kind.MONEY: "decimal(18, 2)",
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a column stands: the relation read, the file people know it by, and its name there."""

    relation: str
    file: str
    column: str

    @property
    def text(self) -> str:
        """The SQL of its text; empty is null."""
        return f"{quoted(self.column)}::varchar"

    def question_id(self, about: str) -> str:
        """What a question about this column is called."""
        return f"{about}:{self.file}:{self.column}"


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A column whose way of writing could not be told: what it is about, and what was assumed."""

    place: Place
    about: str
    assumed: str


@dataclass(kw_only=True)
class Converter:
    """Decides how each column is written, once, from the whole column; keeps what it doubted.

    `answers` are those of the mapping. `time_zone` (IANA) is where times without a zone were taken.
    """

    at: Bench
    answers: Mapping[str, str]
    time_zone: str
    doubts: list[Doubt] = field(default_factory=list)
    seen_orders: list[dates.Order] = field(default_factory=list)
    _dates: dict[Place, dates.DateStyle] = field(default_factory=dict)
    _numbers: dict[Place, money.NumberStyle] = field(default_factory=dict)

    def expression(self, wanted: Field, *, column: Column | None, place: Place) -> str:
        """The SQL that reads `place` as `wanted`, null where it cannot; `column` None = as text."""
        text = place.text
        if wanted.conversion is Conversion.CHOICE:
            return _choice(wanted, text=text)
        if wanted.conversion is Conversion.FIRST:
            text = f"nullif(trim(split_part({text}, ';', 1)), '')"
        if column is None:
            return truth(text) if wanted.column.startswith("_is_") else text
        return self._of_kind(wanted, column=column, place=place, text=text)

    def _of_kind(self, wanted: Field, *, column: Column, place: Place, text: str) -> str:
        if column.kind in NUMBER_TYPES:
            return self._number(wanted, column=column, place=place)
        if column.kind in {Kind.DATE, Kind.TIME}:
            return self._moment(place, kind=column.kind)
        if column.kind is Kind.BOOL:
            return truth(text)
        if column.kind is Kind.ID:
            return f"case when strlen({text}) <= {_ID_LENGTH} then {text} end"
        return text

    def date_style(self, place: Place) -> dates.DateStyle:
        """How the column writes dates. What it leaves open is answered, or doubted and assumed."""
        if place not in self._dates:
            about = place.question_id("dates")
            values = self._texts(_HEADS, place=place)
            found = dates.style(values, answer=self.answers.get(about))
            if found.order is dates.Order.AMBIGUOUS:
                assumed = self._usual_order()
                self._doubt(Doubt(place=place, about="dates", assumed=assumed))
                found = dates.style(values, answer=assumed)
            self.seen_orders.append(found.order)
            self._dates[place] = found
        return self._dates[place]

    def look_ahead(self, places: Sequence[Place]) -> None:
        """Decide the date columns that tell their order, before those that follow the others."""
        for place in (each for each in places if each not in self._dates):
            about = place.question_id("dates")
            found = dates.style(self._texts(_HEADS, place=place), answer=self.answers.get(about))
            if found.order is not dates.Order.AMBIGUOUS:
                self.seen_orders.append(found.order)
                self._dates[place] = found

    def days(self) -> Mapping[Place, dates.DateStyle]:
        """The columns read as dates so far, and how each is written."""
        return self._dates

    def number_style(self, place: Place) -> money.NumberStyle:
        """How the column writes numbers."""
        odd = self._texts(_ODD, place=place)
        answer = self.answers.get(place.question_id("decimal"))
        found = money.style(odd, answer=answer) if odd else money.PLAIN
        if found.is_ambiguous:
            assumed = "comma" if found.is_comma_decimal else "dot"
            self._doubt(Doubt(place=place, about="decimal", assumed=assumed))
        self._numbers[place] = found
        return found

    def is_of_several_currencies(self, place: Place) -> bool:
        """Whether the signs or codes of several currencies stand in the column."""
        return len(money.currencies_in(self._texts(_ODD, place=place))) > 1

    def money_texts(self) -> list[str]:
        """Headers and odd values of the columns read as numbers: where a currency would stand."""
        texts = [place.column for place in self._numbers]
        for place, style in self._numbers.items():
            if not style.is_plain:
                texts.extend(self._texts(_ODD, place=place))
        return texts

    def _doubt(self, doubt: Doubt) -> None:
        """Keep a doubt once, also where a column is read a second time."""
        said = {(each.about, each.place.file, each.place.column) for each in self.doubts}
        if (doubt.about, doubt.place.file, doubt.place.column) not in said:
            self.doubts.append(doubt)

    def _usual_order(self) -> str:
        """The order of the columns already decided, else day first, as most of the world writes."""
        is_month = dates.Order.MONTH_FIRST in self.seen_orders
        is_day = dates.Order.DAY_FIRST in self.seen_orders
        order = dates.Order.MONTH_FIRST if is_month and not is_day else dates.Order.DAY_FIRST
        return order.value

    def _texts(self, template: str, *, place: Place) -> list[str]:
        parts = {"text": place.text, "relation": place.relation, "most": str(_LOOKED_AT_VALUES)}
        return [str(row[0]) for row in self.at.rows(template, parts)]

    def _moment(self, place: Place, *, kind: Kind) -> str:
        found = self._instant(place, kind=kind)
        # The engine reads years of five digits, in which nothing else can write a day.
        return f"case when {found} >= '0001-01-01' and {found} < '10000-01-01' then {found} end"

    def _instant(self, place: Place, *, kind: Kind) -> str:
        style = self.date_style(place)
        instant = style.instant(place.text)
        if kind is Kind.DATE:
            if style.has_zone and self.time_zone != "UTC":
                return _moved(instant, come_from="UTC", to=self.time_zone, kind="date")
            return f"cast({instant} as date)"
        if style.has_zone or self.time_zone == "UTC":
            return instant
        return _moved(instant, come_from=self.time_zone, to="UTC", kind="timestamp")

    def _number(self, wanted: Field, *, column: Column, place: Place) -> str:
        style = self.number_style(place)
        conversion = wanted.conversion
        if conversion is Conversion.MILLIONS:
            scaled = style.number(place.text, type_name="decimal(18, 6)")
            return f"try_cast({scaled} * 1000000 as decimal(18, 2))"
        number = style.number(place.text, type_name=NUMBER_TYPES[column.kind])
        if column.kind is Kind.MONEY:
            return number
        number = f"(case when isfinite({number}) then {number} end)"
        if column.kind is Kind.SHARE:
            return self._share(number, conversion=conversion, place=place)
        if conversion in {Conversion.SECONDS, Conversion.MILLISECONDS}:
            return f"{number} / {60 if conversion is Conversion.SECONDS else 60_000}"
        if column.kind in {Kind.INT, Kind.COUNT}:
            floor = 0 if column.kind is Kind.COUNT else -(2**53)
            return (
                f"case when {number} = trunc({number}) and {number} >= {floor}"
                f" then try_cast({number} as bigint) end"
            )
        return number

    def _share(self, number: str, *, conversion: Conversion, place: Place) -> str:
        row = self.at.rows(_LARGEST, {"number": number, "relation": place.relation})
        largest = float(str(row[0][0])) if row and row[0][0] is not None else 0.0
        factor = 100 if conversion is Conversion.PERCENT or largest > 1 else 1
        return f"case when {number} / {factor} between 0 and 1 then {number} / {factor} end"


def _moved(instant: str, *, come_from: str, to: str, kind: str) -> str:
    return f"cast(timezone({literal(to)}, timezone({literal(come_from)}, {instant})) as {kind})"


def truth(text: str) -> str:
    """The SQL that reads `text` (an expression) as yes or no, null where it is neither."""
    yes = ", ".join(literal(word) for word in _TRUE)
    no = ", ".join(literal(word) for word in _FALSE)
    return (
        f"case when lower({text}) in ({yes}) then true when lower({text}) in ({no}) then false end"
    )


def _choice(wanted: Field, *, text: str) -> str:
    cases = " ".join(
        f"when {literal(theirs)} then {literal(ours)}" for theirs, ours in wanted.values.items()
    )
    otherwise = "null" if wanted.otherwise is None else literal(wanted.otherwise)
    return (
        f"(case lower(coalesce({text}, '')) {cases} else {otherwise} end)" if cases else otherwise
    )
