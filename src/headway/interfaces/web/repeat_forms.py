"""What is asked where a message is to be said again."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.queries.repeats import Planned
from headway.terms.declared import EVERY_WEEKS, Repeat

_DAY = forms.DateInput(attrs={"type": "date"})
_ONCE = "once"


class RepeatForm(forms.Form):
    """Once on a day, or every so many weeks, perhaps from a day on and until a day."""

    again = forms.ChoiceField(
        label=gettext_lazy("Say it again"),
        help_text=gettext_lazy(
            "On its day it waits on Today of whoever says it. Nobody is sent anything."
        ),
    )
    again_on = forms.DateField(
        label=gettext_lazy("Next on"),
        help_text=gettext_lazy("Empty: so many weeks after it was said last."),
        required=False,
        widget=_DAY,
    )
    again_until = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Empty: until somebody ends it."),
        required=False,
        widget=_DAY,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        weeks = [(str(each), _("every {n} weeks").format(n=each)) for each in EVERY_WEEKS]
        self.fields["again"].choices = [*self.unplanned(), *weeks, (_ONCE, _("once, on a day"))]  # type: ignore[attr-defined]  # a choice field

    def unplanned(self) -> list[tuple[str, str]]:
        """What may be chosen beside a plan: nothing."""
        return []

    def clean_again_on(self) -> date | None:
        """A day to come."""
        day: date | None = self.cleaned_data["again_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("That day is not to come. Choose one from tomorrow on."))
        return day

    def clean(self) -> dict[str, Any]:
        """A day where it is once, and a last day after the next."""
        said: dict[str, Any] = self.cleaned_data
        again, on, until = (said.get(name) for name in ("again", "again_on", "again_until"))
        if again == _ONCE and on is None and "again_on" not in self.errors:
            self.add_error("again_on", _("Say on which day."))
        if on is not None and until is not None and until < on:
            self.add_error("again_until", _("That is before the next day."))
        return said

    def repeat(self) -> Repeat | None:
        """What the actions take; None = nothing new is planned."""
        said = self.cleaned_data
        if not said["again"]:
            return None
        is_once = said["again"] == _ONCE
        return Repeat(
            on=said["again_on"],
            every_weeks=None if is_once else int(said["again"]),
            until=None if is_once else said["again_until"],
        )


class PlanForm(RepeatForm):
    """When a message is to be said again, in the version somebody looked at."""

    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def initial(planned: Planned) -> dict[str, object]:
    """The form filled in with a plan; every four weeks where there is none."""
    is_once = planned.version > 0 and planned.repeat.every_weeks is None
    return {
        "again": _ONCE if is_once else str(planned.repeat.every_weeks or EVERY_WEEKS[1]),
        "again_on": planned.repeat.on,
        "again_until": planned.repeat.until,
        "seen_version": planned.version,
    }
