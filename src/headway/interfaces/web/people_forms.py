"""What the pages of People ask for: who somebody is, where they stand from a day on, leave."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import people
from headway.queries.words import declared as words
from headway.queries.words import people as said
from headway.terms.people import RoleFamily, Stand

Pairs = Sequence[tuple[str, str]]
_DAY = forms.DateInput(attrs={"type": "date"})


class SeenForm(forms.Form):
    """Whom a form is about, in which version somebody saw them."""

    person_id = forms.CharField(max_length=80, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StandForm(forms.Form):
    """Where somebody stands."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role family"),
        help_text=gettext_lazy("People of one family under one manager are looked at together."),
    )
    manager_id = forms.ChoiceField(label=gettext_lazy("Reports to"), required=False)
    team = forms.CharField(
        label=gettext_lazy("Team"),
        required=False,
        max_length=people.MAX_LENGTH,
        widget=forms.TextInput(attrs={"list": "teams"}),
    )
    region = forms.CharField(
        label=gettext_lazy("Region"), required=False, max_length=people.MAX_LENGTH
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        managers: Pairs,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "role": words.choices(said.FAMILIES),
            "manager_id": [("", _("nobody")), *managers],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def stand(self) -> Stand:
        """What the actions take."""
        return Stand(
            role=RoleFamily(self.cleaned_data["role"]),
            manager_id=self.cleaned_data["manager_id"] or None,
            team=self.cleaned_data["team"] or None,
            region=self.cleaned_data["region"] or None,
        )


class MoveForm(StandForm, SeenForm):
    """Where somebody stands from a day on."""

    from_on = forms.DateField(
        label=gettext_lazy("From this day on"),
        help_text=gettext_lazy("A day to come is kept until it comes."),
        widget=_DAY,
    )

    field_order = ("role", "manager_id", "team", "region", "from_on", "person_id", "seen_version")


class _Named(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=people.MAX_LENGTH)
    title = forms.CharField(
        label=gettext_lazy("Role"),
        help_text=gettext_lazy("As it stands on a business card."),
        required=False,
        max_length=people.MAX_LENGTH,
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=200)


class DescribeForm(_Named, SeenForm):
    """What somebody is called, and when they join and leave."""

    hired_on = forms.DateField(
        label=gettext_lazy("Joined, or will join, on"), required=False, widget=_DAY
    )
    left_on = forms.DateField(
        label=gettext_lazy("First day no longer here"),
        help_text=gettext_lazy("Empty while nobody knows of one. What they did stays."),
        required=False,
        widget=_DAY,
    )


class EnterForm(_Named, StandForm):
    """Somebody whom no load has brought."""

    joins_on = forms.DateField(label=gettext_lazy("Joins on"), widget=_DAY)

    field_order = ("name", "title", "email", "role", "manager_id", "team", "region", "joins_on")


class LeaveForm(SeenForm):
    """Days on which somebody is not at work."""

    from_on = forms.DateField(label=gettext_lazy("First day"), widget=_DAY)
    to_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty while nobody knows. No reason is asked for or kept."),
        required=False,
        widget=_DAY,
    )


class EndLeaveForm(SeenForm):
    """The last day of a leave; without one it is taken back."""

    leave_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    to_on = forms.DateField(required=False)


class TakeBackForm(SeenForm):
    """A move to be taken back."""

    move_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
