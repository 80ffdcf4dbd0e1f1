"""What the pages of changes ask for: roles and their work, who has them, handovers, trainings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import reorganisation as declaring
from headway.interfaces.web.direction_forms import VersionForm
from headway.terms.reorganised import Part

Pairs = Sequence[tuple[str, str]]
MOST_ROWS = 30
_DAY = forms.DateInput(attrs={"type": "date"})
_FIRST_ROWS = 3


class PartForm(forms.Form):
    """One part of the work of a role; a row that is left empty is no part."""

    role_name = forms.CharField(
        label=gettext_lazy("Role"), required=False, max_length=declaring.MAX_LENGTH
    )
    segment = forms.CharField(
        label=gettext_lazy("Segment"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "segment"}),
    )
    product_family = forms.CharField(
        label=gettext_lazy("Product family"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "family"}),
    )
    activity_kind = forms.CharField(
        label=gettext_lazy("Kind of activity"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "kind"}),
    )
    percent = forms.FloatField(
        label=gettext_lazy("Per cent of their work"), required=False, min_value=0, max_value=100
    )

    def clean(self) -> dict[str, Any]:  # Any: values of several fields
        """A role needs its share, and a share its role."""
        said = super().clean() or {}
        if bool(said.get("role_name")) != (said.get("percent") is not None) and not self.errors:
            missing = "percent" if said.get("role_name") else "role_name"
            self.add_error(missing, _("Say both the role and how much of its work this is."))
        return said

    def part(self) -> Part | None:
        """What the action takes; None where the row is empty."""
        said = self.cleaned_data
        if not said["role_name"]:
            return None
        return Part(
            role_name=said["role_name"],
            segment=said["segment"],
            product_family=said["product_family"],
            activity_kind=said["activity_kind"],
            expected_share=said["percent"] / 100,
        )


class ReorganisationForm(VersionForm):
    """A reorganisation in words."""

    priority = forms.ChoiceField(
        label=gettext_lazy("For which priority"),
        help_text=gettext_lazy("Of the kind “A reorganisation”, or nothing is held against it."),
    )
    name = forms.CharField(label=gettext_lazy("What changes"), max_length=declaring.MAX_LENGTH)
    effective_on = forms.DateField(label=gettext_lazy("From this day on"), widget=_DAY)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        priorities: Pairs | None,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        if priorities is None:
            del self.fields["priority"]
        else:
            self.fields["priority"].choices = list(priorities)  # type: ignore[attr-defined]  # a choice field


class Parts:
    """The rows about the work of roles, as many as are asked for."""

    def __init__(
        self, data: QueryDict | None, *, held: Sequence[Part] = (), more: bool = False
    ) -> None:
        count = str(data.get("count", "")) if data is not None else ""
        sent = int(count) if count.isdecimal() else _FIRST_ROWS
        wanted = sent + more if data is not None else max(len(held) + 1, _FIRST_ROWS)
        self.rows = [
            PartForm(
                data,
                prefix=f"r{number}",
                initial=_typed(held[number]) if number < len(held) else None,
            )
            for number in range(min(wanted, MOST_ROWS))
        ]
        self.is_full = len(self.rows) == MOST_ROWS

    def is_valid(self) -> bool:
        """Whether every row can be taken."""
        return all([row.is_valid() for row in self.rows])  # noqa: C419  each says what is wrong

    def parts(self) -> tuple[Part, ...]:
        """What the action takes."""
        return tuple(part for row in self.rows if (part := row.part()) is not None)


class AssignForm(VersionForm):
    """Which of these people have a role."""

    role_name = forms.ChoiceField(label=gettext_lazy("Have this role"), required=False)
    is_everybody = forms.BooleanField(label=gettext_lazy("All of them"), required=False)
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Or only these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        people: Pairs,
        roles: Sequence[str],
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [*((role, role) for role in roles), ("", _("none"))]
        self.fields["role_name"].choices = offered  # type: ignore[attr-defined]  # a choice field
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # a choice field

    def chosen(self) -> frozenset[str]:
        """The people who were ticked."""
        return _ticked(self, "people")


class HandoverForm(forms.Form):
    """Accounts that go from one person to another."""

    giver = forms.CharField(widget=forms.HiddenInput, max_length=80)
    taker = forms.ChoiceField(label=gettext_lazy("To"))
    planned_on = forms.DateField(label=gettext_lazy("By this day"), widget=_DAY)
    reorganisation_id = forms.ChoiceField(
        label=gettext_lazy("Part of a reorganisation"), required=False
    )
    is_everybody = forms.BooleanField(label=gettext_lazy("All of these accounts"), required=False)
    accounts = forms.MultipleChoiceField(
        label=gettext_lazy("Or only these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        people: Pairs,
        accounts: Pairs,
        reorganisations: Pairs,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "taker": list(people),
            "accounts": list(accounts),
            "reorganisation_id": [("", _("none")), *reorganisations],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> Mapping[str, Any]:  # Any: arguments of several kinds
        """What the action takes."""
        said = self.cleaned_data
        number = said["reorganisation_id"]
        return {
            "giver": said["giver"],
            "taker": said["taker"],
            "planned_on": said["planned_on"],
            "reorganisation_id": int(number) if number else None,
            "accounts": _ticked(self, "accounts"),
        }


class TrainingForm(forms.Form):
    """A training that was held for the people of a leader."""

    head = forms.CharField(widget=forms.HiddenInput, max_length=80)
    priority = forms.ChoiceField(
        label=gettext_lazy("For which priority"),
        help_text=gettext_lazy("What it teaches is the behaviour of that priority."),
    )
    name = forms.CharField(label=gettext_lazy("Training"), max_length=declaring.MAX_LENGTH)
    held_on = forms.DateField(label=gettext_lazy("Held on"), widget=_DAY)
    is_everybody = forms.BooleanField(label=gettext_lazy("Everybody came"), required=False)
    came = forms.MultipleChoiceField(
        label=gettext_lazy("Or only these; the others were invited and did not come"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        people: Pairs,
        priorities: Pairs,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = list(priorities)  # type: ignore[attr-defined]  # a choice field
        self.fields["came"].choices = list(people)  # type: ignore[attr-defined]  # a choice field

    def clean_held_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come. Log it after it was held."))
        return day

    def wanted(self) -> Mapping[str, Any]:  # Any: arguments of several kinds
        """What the action takes."""
        said = self.cleaned_data
        offered = frozenset(number for number, _name in self.fields["came"].choices)  # type: ignore[attr-defined]  # a choice field
        return {
            "priority": said["priority"],
            "name": said["name"],
            "held_on": said["held_on"],
            "invited": offered,
            "came": _ticked(self, "came"),
        }


class CompleteForm(VersionForm):
    """The day on which an account changed hands."""

    completed_on = forms.DateField()


def _ticked(form: forms.Form, name: str) -> frozenset[str]:
    """What was ticked; everything that was offered where all of it was meant."""
    if form.cleaned_data["is_everybody"]:
        return frozenset(code for code, _label in form.fields[name].choices)  # type: ignore[attr-defined]  # a choice field
    return frozenset(form.cleaned_data[name])


def _typed(part: Part) -> dict[str, object]:
    return {**part.__dict__, "percent": round(100 * part.expected_share, 2)}
