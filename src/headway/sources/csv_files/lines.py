"""Exports with a row per product: several rows of one opportunity, which are its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headway.sources.csv_files import money, naming
from headway.sources.csv_files.mapping import Feed, Field, to
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw

_SAME = (
    "stage",
    "outcome",
    "is_won",
    "owner_id",
    "account_id",
    "created_at",
    "close_on",
    "closed_on",
)
"""What every row of one opportunity says alike where its rows are lines."""
_NEARLY_ALL, _HALF = 0.95, 0.5
_OF_A_LINE: Mapping[str, str] = {
    "line_amount": (
        "totalprice linetotal lineamount extendedprice positionswert zeilenbetrag "
        "montantligne subtotal importelinea"
    ),
    "quantity": "quantity qty menge anzahl quantite cantidad aantal quantita quantidade",
    "price_amount": "salesprice unitprice listprice einzelpreis prixunitaire preciounitario",
}
_REPEATED = """select count(*), count(*) filter (told = 1), count(*) filter (different > 1),
count(*) filter (amounts > 1), sum(rows_of) from (select count(distinct ($same)) as told,
count(distinct ($all)) as different, count(distinct $amount) as amounts, count(*) as rows_of
from $table where $key in (select $key from $table group by $key having count(*) > 1)
group by $key)"""
_WHOLE = """create table $whole as select * exclude (_nth, _sum) replace ($said as $amount) from
(select *, rowid as _row, row_number() over (partition by $key order by rowid) as _nth,
sum($number) over (partition by $key) as _sum from $table)
where _nth = 1 or $key is null order by _row"""
_LINES = """create view $lines as select *, rowid as _row,
row_number() over (partition by $key order by rowid) as line_of from $table
where $key is not null and $product is not null"""
_ODD = """select distinct $text from $table where $text is not null
and try_cast($text as decimal(18, 2)) is null limit 20000"""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Opportunities of which each has one row: `raw.table` holds `_row`, its first row in the file.

    `lines` is the relation of all rows as lines, "" where each opportunity has one row anyway;
    `fields` are what they feed.
    """

    raw: Raw
    lines: str = ""
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()

    def feeds(self) -> list[Feed]:
        """The feed of the lines, if there are any."""
        if not self.lines or not self.fields:
            return []
        return [Feed(table="seen/opportunity_line", relation=self.lines, fields=self.fields)]


def whole(at: Bench, *, raw: Raw, theirs: Mapping[str, str]) -> Whole:
    """One row per opportunity, where rows that share an id agree in all that is the opportunity's.

    Amounts that differ between its rows are the lines' and are summed; one that is the same on
    each is the opportunity's and counts once.

    Args:
        at: the engine.
        raw: the file.
        theirs: our columns of an opportunity to theirs.
    """
    key, amount = theirs.get("opportunity_id"), theirs.get("amount")
    same = [theirs[ours] for ours in _SAME if ours in theirs]
    if key is None or not same or raw.last_taken is not None:
        return Whole(raw=raw)
    if not at.repeats(relation=raw.table, key=quoted(key)):
        return Whole(raw=raw)
    parts = {
        "table": raw.table,
        "whole": f"{raw.table}_whole",
        "lines": f"{raw.table}_lines",
        "key": quoted(key),
        "amount": quoted(amount or key),
        "product": quoted(theirs.get("product", key)),
        "same": ", ".join(quoted(column) for column in same),
        "all": ", ".join(quoted(column) for column in raw.header),
    }
    row = at.rows(_REPEATED, parts)[0]
    ids, alike, differing, amounts, rows = (int(str(each or 0)) for each in row)
    if not ids or alike < _NEARLY_ALL * ids or differing < _HALF * ids:
        return Whole(raw=raw)
    is_summed = amount is not None and amounts >= _HALF * ids
    number = _number(at, raw=raw, text=parts["amount"]) if is_summed else "0"
    said = f"coalesce(cast(_sum as varchar), {parts['amount']})" if is_summed else parts["amount"]
    at.run(_WHOLE, {**parts, "number": number, "said": said})
    at.run(_LINES, parts)
    return Whole(
        raw=replace(raw, table=parts["whole"]),
        lines=parts["lines"],
        fields=_fields(raw, theirs=theirs, is_summed=is_summed),
        notes=(_note(raw, ids=ids, rows=rows, amount=amount, is_summed=is_summed),),
    )


def _number(at: Bench, *, raw: Raw, text: str) -> str:
    odd = [str(row[0]) for row in at.rows(_ODD, {"text": text, "table": raw.table})]
    style = money.style(odd) if odd else money.PLAIN
    return style.number(text, type_name="decimal(18, 2)")


def _fields(raw: Raw, *, theirs: Mapping[str, str], is_summed: bool) -> tuple[Field, ...]:
    if "product" not in theirs:
        return ()
    left = [column for column in raw.header if column not in theirs.values()]
    found = {ours: _named(left, names=names) for ours, names in _OF_A_LINE.items()}
    if is_summed:
        found["line_amount"] = theirs["amount"]
    return (
        to("opportunity_id", theirs["opportunity_id"]),
        to("line_no", "line_of"),
        to("product_id", theirs["product"]),
        *(to(ours, column) for ours, column in found.items() if column),
    )


def _named(columns: Sequence[str], *, names: str) -> str:
    known = tuple(names.split())
    return next((c for c in columns if naming.is_whole(naming.score(c, names=known))), "")


def _note(raw: Raw, *, ids: int, rows: int, amount: str | None, is_summed: bool) -> str:
    begun = f"{ids:,} opportunities of {raw.name} stand on {rows:,} rows"
    if amount is None:
        return f"{begun}: each is counted once."
    if is_summed:
        return f'{begun} with different values in "{amount}": the rows are summed.'
    return f'{begun} with the same "{amount}": each is counted once.'
