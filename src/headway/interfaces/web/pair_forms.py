"""What the pages of pairs ask for: skills, partners, what was said in a meeting."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import pairs as changes
from headway.terms.own_time import Side

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Skills = Sequence[tuple[int, str]]
_DAY = forms.DateInput(attrs={"type": "date"})
_USUAL_WEEKS = 6


def _words(label: "StrOrPromise") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=changes.MAX_WORDS, widget=widget)


class SayForm(forms.Form):
    """A skill somebody teaches or wants to learn, of the list or in own words."""

    side = forms.ChoiceField(label=gettext_lazy("I"))
    skill_id = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Or in own words"), required=False, max_length=changes.MAX_LENGTH
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        skills: Skills,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        sides = [(Side.TEACH.value, _("can teach")), (Side.LEARN.value, _("want to learn"))]
        listed = [("", _("own words")), *((str(number), name) for number, name in skills)]
        self.fields["side"].choices = sides  # type: ignore[attr-defined]  # a choice field
        self.fields["skill_id"].choices = listed  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:  # Any: values of several fields
        """One of both: own words come first."""
        said = super().clean() or {}
        if not said.get("words") and not said.get("skill_id"):
            self.add_error("words", _("Choose a skill, or say it in your own words."))
        return said

    def wanted(self) -> dict[str, Any]:  # Any: arguments of several kinds
        """What the action takes."""
        said = self.cleaned_data
        number = "" if said["words"] else said["skill_id"]
        return {
            "side": Side(said["side"]),
            "skill_id": int(number) if number else None,
            "words": said["words"],
        }


class SkillForm(forms.Form):
    """A skill of the organisation's list."""

    name = forms.CharField(label=gettext_lazy("Skill"), max_length=changes.MAX_LENGTH)


class AskForm(forms.Form):
    """What somebody asks a partner for."""

    partner = forms.CharField(widget=forms.HiddenInput, max_length=80)
    about = forms.ChoiceField(label=gettext_lazy("About"))
    first_on = forms.DateField(label=gettext_lazy("First meeting"), widget=_DAY)
    weeks = forms.IntegerField(
        label=gettext_lazy("Then once a week, so many times"),
        min_value=1,
        max_value=changes.MOST_WEEKS,
        initial=_USUAL_WEEKS,
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        offered: Sequence[str],
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [(each, each) for each in offered]  # type: ignore[attr-defined]  # a choice field

    def clean_first_on(self) -> date:
        """A day that is not over, and not far away."""
        day: date = self.cleaned_data["first_on"]
        today = timezone.localdate()
        if not today <= day <= today + changes.FURTHEST:
            raise forms.ValidationError(_("Choose today, or a day within 60 days."))
        return day


class NoteForm(forms.Form):
    """The two questions of a meeting, and the advice to the other."""

    met_on = forms.DateField(label=gettext_lazy("We met on"), widget=_DAY)
    worked = _words(gettext_lazy("What worked for me?"))
    stuck = _words(gettext_lazy("Where am I stuck?"))
    advice = _words(gettext_lazy("My advice to you"))

    def clean_met_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["met_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come. Write it down after you met."))
        return day


class UsedForm(forms.Form):
    """Whether advice was used."""

    is_used = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
