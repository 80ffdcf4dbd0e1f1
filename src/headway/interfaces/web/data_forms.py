"""What the wizard asks about columns, as one form; and what is wrong with the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast  # Any: values of our own JSON, written by the cycle

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from headway.queries.words import loads as words
from headway.terms.organisation import is_currency, is_time_zone

_LONGEST = 200
# Which questions change how rows are read; the rest only says whose rows they are.
_READING = frozenset({"column", "stage", "dates", "decimal"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question with its field: `name` in the form, `id` and `about` in the proposal."""

    name: str
    id: str
    about: str
    default: str
    reason: str
    is_other: bool = False


class AnswersForm(forms.Form):
    """One field per question of a proposal; nothing may be left unanswered but columns."""

    def __init__(self, proposal: Mapping[str, object], data: object = None) -> None:
        super().__init__(data=cast("Mapping[str, Any] | None", data))
        answers = cast("Mapping[str, str]", proposal["answers"])
        self.asked: list[Asked] = []
        for kind in ("questions", "others"):
            for question in cast("list[Mapping[str, Any]]", proposal.get(kind, [])):
                self._add(question, answers=answers, is_other=kind == "others")

    def _add(
        self, question: Mapping[str, Any], *, answers: Mapping[str, str], is_other: bool
    ) -> None:
        name = f"q{len(self.asked)}"
        field = _field(question)
        field.label = str(question["ask"])
        field.initial = answers.get(str(question["id"]), str(question["default"]))
        self.fields[name] = field
        self.asked.append(
            Asked(
                name=name,
                id=str(question["id"]),
                about=str(question["about"]),
                default=str(question["default"]),
                reason=str(question["reason"]),
                is_other=is_other,
            )
        )

    def clean(self) -> dict[str, Any]:
        """Two columns of one file cannot both be the same thing."""
        taken: dict[tuple[str, str], str] = {}
        for each in self.asked:
            value = self.cleaned_data.get(each.name)
            if each.about != "column" or not value:
                continue
            key = (_file_of(each.id), str(value))
            if key in taken:
                self.add_error(
                    each.name,
                    _("“{column}” is taken for the same. Leave one of them out.").format(
                        column=taken[key]
                    ),
                )
            taken.setdefault(key, _column_of(each.id))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the id of the question; columns nobody doubted only where corrected."""
        return {
            each.id: str(self.cleaned_data[each.name])
            for each in self.asked
            if not each.is_other or self.cleaned_data[each.name] != each.default
        }

    def reads_otherwise(self) -> bool:
        """Whether rows would be read in another way than the preview shows."""
        reading = {each.name for each in self.asked if each.about in _READING}
        return bool(reading & set(self.changed_data))

    def groups(self) -> dict[str, list[dict[str, object]]]:
        """Fields with their question, by where they stand on the page."""
        found: dict[str, list[dict[str, object]]] = {"doubts": [], "organisation": [], "others": []}
        for each in self.asked:
            place = "organisation" if each.about == "organisation" else "doubts"
            shown = {"field": self[each.name], "asked": each}
            found["others" if each.is_other else place].append(shown)
        return found

    def wrong(self) -> Iterable[tuple[str, str, str]]:
        """Address, label and sentence of each answer that cannot be taken."""
        return [
            (str(self[name].id_for_label), str(self.fields[name].label), " ".join(map(str, errors)))
            for name, errors in self.errors.items()
            if name in self.fields
        ]


def _field(question: Mapping[str, Any]) -> forms.Field:
    is_column = question["about"] == "column"
    options = [(each["value"], _label(each, question=question)) for each in question["options"]]
    if options:
        return forms.ChoiceField(choices=options, required=not is_column)
    kinds = {
        "organisation.currency": _currency,
        "organisation.time_zone": _time_zone,
    }
    field = forms.CharField(max_length=_LONGEST)
    if question["id"] in kinds:
        field.validators.append(kinds[question["id"]])
    return field


def _label(option: Mapping[str, Any], *, question: Mapping[str, Any]) -> str:
    value = str(option["value"])
    if question["about"] == "column" and value:
        return words.ours(value).capitalize()
    if question["id"] == "organisation.fiscal_year_start_month":
        return str(MONTHS[int(value)])
    return str(option["label"])


def _currency(value: str) -> None:
    if not is_currency(value):
        raise forms.ValidationError(
            _(
                "“{value}” is no code of a currency. Write three capital letters, such as EUR."
            ).format(value=value)
        )


def _time_zone(value: str) -> None:
    if not is_time_zone(value):
        raise forms.ValidationError(
            _("“{value}” is no time zone. Write it as in Europe/Berlin, or UTC.").format(
                value=value
            )
        )


def _file_of(question_id: str) -> str:
    return question_id.rpartition(":")[0]


def _column_of(question_id: str) -> str:
    return question_id.rpartition(":")[2]
