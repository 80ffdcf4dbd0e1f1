"""What several unknown columns say together, put into one: the outcome, the close, the amount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.sources.csv_files import money, stages
from headway.sources.csv_files.convert import truth
from headway.sources.csv_files.mapping import plain_name
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.tables import Bench, Raw

STAGE = "stage_of"
_CODES = {"0": "Open", "1": "Won", "2": "Lost"}
_CLOSES = ("closed_on", "won_on", "lost_on", "close_on")
_LOOKED_AT = "20000"
_ODD = """select distinct $text from $table where $text is not null
and try_cast($text as decimal(18, 2)) is null limit $most"""


@dataclass(frozen=True, kw_only=True)
class Together:
    """`theirs` maps ours to the one column to read; `replaced` holds the SQL of those put together.

    `stages` are groups of stages that another column tells, by question.
    """

    theirs: Mapping[str, str]
    replaced: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)


def together(
    at: Bench,
    *,
    raw: Raw,
    theirs: Mapping[str, str],
    parts: Sequence[str],
    answers: Mapping[str, str],
) -> Together:
    """Columns that speak of one thing as one column, under the name of the first of them.

    Args:
        at: the engine.
        raw: the file.
        theirs: our columns to theirs.
        parts: their columns that each hold a part of the amount.
        answers: to questions about stages.
    """
    kept = dict(theirs)
    replaced: dict[str, str] = {}
    known: dict[str, str] = {}
    _stage(at, raw=raw, kept=kept, replaced=replaced, known=known, answers=answers)
    closes = [theirs[ours] for ours in _CLOSES if ours in theirs]
    if closes:
        kept["close_on"] = closes[0]
    if len(closes) > 1:
        replaced[closes[0]] = f"coalesce({', '.join(quoted(column) for column in closes)})"
    if parts:
        kept["amount"] = parts[0]
        replaced[parts[0]] = _sum(at, raw=raw, parts=parts)
    _won_amount(kept, replaced=replaced, theirs=theirs)
    return Together(theirs=kept, replaced=replaced, stages=known)


def _stage(
    at: Bench,
    *,
    raw: Raw,
    kept: dict[str, str],
    replaced: dict[str, str],
    known: dict[str, str],
    answers: Mapping[str, str],
) -> None:
    stage, outcome = kept.get("stage"), kept.get("outcome")
    for column in (stage, outcome):
        if column is not None and plain_name(column).endswith("statecode"):
            replaced[column] = _decoded(column)
    if outcome is not None and stage is not None:
        text = replaced.get(outcome, quoted(outcome))
        closed = _closed_values(at, raw=raw, text=text, answers=answers)
        decided = f"{text} in ({', '.join(literal(value) for value in closed) or 'null'})"
        replaced[stage] = (
            f"case when {decided} then {text} else coalesce({quoted(stage)}, {text}) end"
        )
        known.update(_open_stages(at, raw=raw, stage=stage, decided=decided))
    elif outcome is not None:
        kept["stage"] = outcome
    elif "won_on" in kept and "is_won" not in kept:
        kept["stage"] = _from_days(kept, replaced=replaced, stage=stage)
    elif stage is None and "is_won" in kept:
        kept["stage"] = STAGE
        replaced[STAGE] = _from_marks(kept)


def _decoded(column: str) -> str:
    cases = " ".join(f"when {literal(c)} then {literal(name)}" for c, name in _CODES.items())
    return f"case {quoted(column)} {cases} end"


def _closed_values(at: Bench, *, raw: Raw, text: str, answers: Mapping[str, str]) -> list[str]:
    rows = at.rows(
        "select distinct $text from $table where $text is not null limit $most",
        {"text": text, "table": raw.table, "most": _LOOKED_AT},
    )
    found = stages.groups([str(row[0]) for row in rows], answers=answers)
    return [each.stage for each in found if each.group != stages.OPEN]


def _open_stages(at: Bench, *, raw: Raw, stage: str, decided: str) -> dict[str, str]:
    """Steps at which nothing is decided stand for open, as the column of outcomes says so."""
    rows = at.rows(
        "select distinct $stage from $table where not coalesce($decided, false)"
        " and $stage is not null",
        {"stage": quoted(stage), "table": raw.table, "decided": decided},
    )
    return {stages.question_id(str(row[0])): stages.OPEN for row in rows}


def _from_days(kept: Mapping[str, str], *, replaced: dict[str, str], stage: str | None) -> str:
    target = stage or STAGE
    lost = f"when {quoted(kept['lost_on'])} is not null then 'Lost'" if "lost_on" in kept else ""
    step = f"coalesce({quoted(stage)}, 'Open')" if stage is not None else "'Open'"
    won = f"when {quoted(kept['won_on'])} is not null then 'Won'"
    replaced[target] = f"case {won} {lost} else {step} end"
    return target


def _from_marks(kept: Mapping[str, str]) -> str:
    won = truth(quoted(kept["is_won"]))
    if "is_closed" in kept:
        closed = truth(quoted(kept["is_closed"]))
        return f"case when {won} then 'Won' when {closed} then 'Lost' else 'Open' end"
    return f"case when {won} then 'Won' when not {won} then 'Lost' else 'Open' end"


def _sum(at: Bench, *, raw: Raw, parts: Sequence[str]) -> str:
    numbers = []
    for column in parts:
        text = quoted(column)
        values = {"text": text, "table": raw.table, "most": _LOOKED_AT}
        odd = [str(row[0]) for row in at.rows(_ODD, values)]
        style = money.style(odd) if odd else money.PLAIN
        numbers.append(style.number(text, type_name="decimal(18, 2)"))
    some = " or ".join(f"{number} is not null" for number in numbers)
    total = " + ".join(f"coalesce({number}, 0)" for number in numbers)
    return f"case when {some} then cast({total} as varchar) end"


def _won_amount(
    kept: dict[str, str], *, replaced: dict[str, str], theirs: Mapping[str, str]
) -> None:
    """What was really won goes before what had been expected, where it is more than nothing."""
    if "won_amount" not in theirs:
        return
    won = quoted(theirs["won_amount"])
    if "amount" not in kept:
        kept["amount"] = theirs["won_amount"]
        return
    amount = kept["amount"]
    said = replaced.get(amount, quoted(amount))
    replaced[amount] = f"case when regexp_matches({won}, '[1-9]') then {won} else {said} end"
