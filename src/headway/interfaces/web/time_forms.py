"""What the page of one's own time asks for: hours of a week, what was stopped, what is planned."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import own_time as changes
from headway.queries.words import own_time as words
from headway.terms.capacity import Cadence
from headway.terms.own_time import Category, Hours, Stopped, monday

Pairs = Sequence[tuple[str, str]]
_DAY = forms.DateInput(attrs={"type": "date"})
_SPARE = 1


class WeekForm(forms.Form):
    """Hours of one week by category; an empty field is none."""

    week_on = forms.DateField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        for category in Category:
            self.fields[category.value] = _hours(words.of(words.CATEGORIES, category))
            if category in words.MEANINGS:
                self.fields[category.value].help_text = words.of(words.MEANINGS, category)

    def hours(self) -> tuple[Hours, ...]:
        """What is for no priority."""
        return tuple(
            Hours(category=category, hours=said)
            for category in Category
            if (said := self.cleaned_data[category.value])
        )


class PriorityHoursForm(forms.Form):
    """Hours that were for one priority; without hours there are none."""

    category = forms.ChoiceField(label=gettext_lazy("For what"), required=False)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        priorities: Pairs,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        categories = [(each.value, words.of(words.CATEGORIES, each)) for each in Category]
        self.fields["category"].choices = categories  # type: ignore[attr-defined]  # a choice field
        self.fields["priority"].choices = list(priorities)  # type: ignore[attr-defined]  # as above
        self.fields["hours"] = _hours(_("Hours"))

    def hours(self) -> Hours | None:
        """What is said, None where there are no hours."""
        said = self.cleaned_data
        if not said["hours"]:
            return None
        return Hours(
            category=Category(said["category"]), hours=said["hours"], priority=said["priority"]
        )


class Week:
    """The form of a week: its categories, and rows for single priorities with one to spare."""

    def __init__(
        self, data: QueryDict | None, *, week_on: date, held: Sequence[Hours], priorities: Pairs
    ) -> None:
        plain = {each.category.value: f"{each.hours:g}" for each in held if not each.priority}
        with_priority = [each for each in held if each.priority]
        self.form = WeekForm(data, initial={"week_on": week_on, **plain})
        # Priorities that are over stand in what was logged for them before.
        known = {number for number, _name in priorities}
        offered = [
            *priorities,
            *(
                (each.priority, each.priority)
                for each in with_priority
                if each.priority not in known
            ),
        ]
        count = len(with_priority) + _SPARE if data is None else _sent(data)
        self.rows = [
            PriorityHoursForm(
                data,
                priorities=offered,
                prefix=f"p{number}",
                initial=_typed(with_priority[number]) if number < len(with_priority) else None,
            )
            for number in range(count if offered else 0)
        ]

    def is_valid(self) -> bool:
        """Whether everything can be taken."""
        is_valid = all([each.is_valid() for each in (self.form, *self.rows)])  # noqa: C419  each says what is wrong
        problem = self._problem() if is_valid else ""
        if problem:
            self.form.add_error(None, problem)
        return is_valid and not problem

    def hours(self) -> tuple[Hours, ...]:
        """What the action takes."""
        rows = (row.hours() for row in self.rows)
        return (*self.form.hours(), *(each for each in rows if each is not None))

    def _problem(self) -> str:
        """What is wrong with all of it together, "" where nothing is."""
        hours = self.hours()
        total = sum(each.hours for each in hours)
        if total > changes.MOST_HOURS:
            told = _("Together these are {found} hours, and a week has {most}.")
            return told.format(found=f"{total:g}", most=changes.MOST_HOURS)
        if len({(each.category, each.priority) for each in hours}) < len(hours):
            return _("One thing stands there twice for the same priority: add its hours up.")
        return ""


class BackForm(forms.Form):
    """Something that was stopped."""

    kind = forms.ChoiceField(label=gettext_lazy("What was stopped"))
    text = forms.CharField(label=gettext_lazy("Which"), max_length=changes.MAX_LENGTH)
    hours = forms.FloatField(
        label=gettext_lazy("Hours a week, for each"),
        min_value=0.1,
        max_value=60,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
    )
    since_on = forms.DateField(label=gettext_lazy("Since"), widget=_DAY)
    is_everybody = forms.BooleanField(
        label=gettext_lazy("All who report to me, and me"), required=False
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Or only these"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        people: Pairs,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.value, words.of(words.STOPPED, each)) for each in Stopped]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:  # Any: values of several fields
        """Somebody has the hours, and the day has come."""
        said = super().clean() or {}
        if not said.get("is_everybody") and not said.get("people"):
            self.add_error("people", _("Tick at least one person."))
        if (day := said.get("since_on")) and day > timezone.localdate():
            self.add_error(
                "since_on", _("That day has not come. Write it down when it is stopped.")
            )
        return said

    def wanted(self) -> dict[str, Any]:  # Any: arguments of several kinds
        """What the action takes."""
        said = self.cleaned_data
        everybody = frozenset(number for number, _name in self.fields["people"].choices)  # type: ignore[attr-defined]  # a choice field
        return {
            "kind": Stopped(said["kind"]),
            "text": said["text"],
            "hours": said["hours"],
            "since_on": said["since_on"],
            "people": everybody if said["is_everybody"] else frozenset(said["people"]),
        }


class RoomForm(forms.Form):
    """A week and a plan, to see whether one fits into the other; nothing of it is kept."""

    hours = forms.FloatField(
        label=gettext_lazy("My hours a week"), required=False, min_value=1, max_value=168
    )
    percent = forms.FloatField(
        label=gettext_lazy("Of these free for developing people, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("A session every so many days"), min_value=1, max_value=365
    )
    minutes = forms.FloatField(
        label=gettext_lazy("Minutes of a session"), min_value=1, max_value=480
    )

    def planned(self) -> Cadence:
        """The cadence that is planned."""
        return Cadence(
            every_days=self.cleaned_data["every_days"], minutes=self.cleaned_data["minutes"]
        )


USUAL = Cadence(every_days=14, minutes=45)
"""Where the form begins: an example, no advice."""


def asked_week(text: str, *, today: date) -> date:
    """The Monday of the week of a day in an address; the last whole week where none is meant."""
    this = monday(today)
    try:
        found = monday(date.fromisoformat(text))
    except (ValueError, OverflowError):
        found = date.max
    first = this - timedelta(weeks=changes.MOST_WEEKS_BACK)
    return found if first <= found <= this else this - timedelta(weeks=1)


def _hours(label: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=changes.MOST_HOURS,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )


def _sent(data: QueryDict) -> int:
    return sum(name.endswith("-hours") for name in data)


def _typed(held: Hours) -> dict[str, object]:
    return {
        "category": held.category.value,
        "priority": held.priority,
        "hours": f"{held.hours:g}",
    }
