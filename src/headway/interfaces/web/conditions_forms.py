"""Conditions built on screen: which rows of the daily work a priority is about, without code."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from headway.queries.strategy.declared import ColumnSeen
from headway.queries.words import declared as words
from headway.terms import predicate
from headway.terms.predicate import AMONG, MOST_CONDITIONS, OF_NULL, OF_STAGE, Op

GRAINS = ("opportunity", "activity")
"""What is counted: only these belong to a person and lie on a day."""

_ORDERED = frozenset({Op.LT, Op.LE, Op.GT, Op.GE})
_NUMBERS = frozenset({"int", "count", "share", "number", "money"})
_DAYS = frozenset({"date", "time"})


class ConditionForm(forms.Form):
    """One condition; an empty column says that there is none."""

    column = forms.ChoiceField(required=False)
    op = forms.ChoiceField(required=False)
    value = forms.CharField(
        required=False, max_length=500, widget=forms.TextInput(attrs={"list": "values"})
    )

    def __init__(self, *args: object, columns: Sequence[ColumnSeen], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self._kinds = {f"{each.table}.{each.column}": each.kind for each in columns}
        self.fields["column"].label = _("What")
        self.fields["op"].label = _("How")
        self.fields["value"].label = _("Value")
        self.fields["column"].choices = [("", "–"), *_grouped(columns)]  # type: ignore[attr-defined]  # a choice field
        self.fields["op"].choices = words.choices(words.OPERATORS)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, object]:
        """The value as its column holds it, or what is wrong with it."""
        said: dict[str, object] = self.cleaned_data
        column, op = str(said.get("column") or ""), said.get("op")
        if not column or self.errors:
            return said
        kind, chosen = self._kinds[column], Op(str(op or "eq"))
        if problem := _unfit(chosen, kind=kind):
            self.add_error("op", problem)
            return said
        try:
            said["read"] = _read(str(said["value"]).strip(), op=chosen, kind=kind)
        except ValueError:
            self.add_error("value", _expected(chosen, kind=kind))
        return said

    def condition(self) -> dict[str, object] | None:
        """The condition in the closed form, None where there is none."""
        said = self.cleaned_data
        if not said["column"]:
            return None
        table, _dot, column = said["column"].partition(".")
        op = said["op"] or Op.EQ.value
        return {"table": table, "column": column, "op": op, "value": said["read"]}


class Conditions:
    """The whole form: what is counted, and up to twelve conditions."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        columns: Sequence[ColumnSeen],
        held: str,
        grains: Sequence[str],
        more: bool = False,
    ) -> None:
        found = predicate.parse(held) if held else None
        first = found.grain if found and found.grain in grains else grains[0]
        self.grain = (data.get("grain") if data else None) or first
        self.grains = words.choices({code: words.TABLES[code] for code in grains})
        kept = [_typed(each) for each in found.conditions] if found else []
        count = int(data.get("count") or 0) if data and str(data.get("count")).isdigit() else 0
        wanted = min(count + more if data else len(kept) + 1, MOST_CONDITIONS)
        self.rows = [
            ConditionForm(
                data,
                columns=columns,
                prefix=f"c{number}",
                initial=kept[number] if number < len(kept) else {"op": "eq"},
            )
            for number in range(max(wanted, 1))
        ]
        self.is_full = len(self.rows) == MOST_CONDITIONS
        self.problem = ""

    def is_valid(self) -> bool:
        """Whether every condition can be taken, and there is one."""
        fits = all([row.is_valid() for row in self.rows])  # noqa: C419  each says what is wrong
        if fits and self.grain not in dict(self.grains):
            fits, self.problem = False, _("Choose what is counted.")
        if fits and not self._conditions():
            fits, self.problem = False, _("Choose at least one condition.")
        return fits

    def text(self) -> str:
        """The conditions as JSON of the closed form."""
        return json.dumps({"grain": self.grain, "all": self._conditions()})

    def _conditions(self) -> list[dict[str, object]]:
        return [found for row in self.rows if (found := row.condition())]


def values(columns: Iterable[ColumnSeen]) -> tuple[str, ...]:
    """Every value that is offered while somebody types."""
    return tuple(sorted({value for each in columns for value in each.choices}))


def _grouped(columns: Sequence[ColumnSeen]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            words.of(words.TABLES, table),
            [(f"{each.table}.{each.column}", words.column(each.column)) for each in found],
        )
        for table, found in groupby(columns, key=lambda each: each.table)
    ]


def _typed(condition: predicate.Condition) -> Mapping[str, str]:
    """A condition as the fields hold it."""
    value = condition.value
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return {
        "column": f"{condition.table}.{condition.column}",
        "op": condition.op.value,
        "value": "" if value is None else str(value),
    }


def _unfit(op: Op, *, kind: str) -> str:
    if op in _ORDERED and kind not in _NUMBERS | _DAYS:
        return _("This needs a number or a day. Choose “is” or “is one of”.")
    if op in OF_STAGE and kind != "time":
        return _("This needs a moment, such as when something was done.")
    if op is Op.WITHIN_DAYS and kind not in _DAYS:
        return _("This needs a day or a moment.")
    return ""


def _read(text: str, *, op: Op, kind: str) -> object:
    if op in OF_NULL:
        return None
    if op in OF_STAGE:
        return _some(text)
    if op is Op.WITHIN_DAYS:
        return _whole(text)
    if op in AMONG:
        return [_single(part.strip(), kind=kind) for part in _some(text).split(",") if part.strip()]
    return _single(text, kind=kind)


def _single(text: str, *, kind: str) -> object:
    readers: Mapping[str, Callable[[str], object]] = {
        **dict.fromkeys(_NUMBERS, float),
        "int": int,
        "count": int,
        "bool": _yes_or_no,
        "date": lambda said: date.fromisoformat(said).isoformat(),
        "time": lambda said: datetime.fromisoformat(said).isoformat(),
    }
    return readers.get(kind, _some)(text)


def _some(text: str) -> str:
    if not text:
        raise ValueError
    return text


def _whole(text: str) -> int:
    found = int(text)
    if found < 0:
        raise ValueError
    return found


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError
    return text.lower() == "yes"


def _expected(op: Op, *, kind: str) -> str:
    if op is Op.WITHIN_DAYS:
        return _("Write a number of days, such as 30.")
    told = {
        **dict.fromkeys(_NUMBERS, _("Write a number, such as 5000.")),
        "bool": _("Write yes or no."),
        "date": _("Write a day as 2026-06-30."),
        "time": _("Write a day as 2026-06-30."),
    }
    return told.get(kind) or _("Write the value as it stands in the data.")
