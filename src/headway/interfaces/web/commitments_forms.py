"""What people fill in about commitments."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import commitments as changes
from headway.queries import commitments
from headway.queries.words import links
from headway.terms.line import Link
from headway.terms.viewer import Viewer

_DAY = forms.DateInput(attrs={"type": "date"})


class NewForm(forms.Form):
    """What is promised, by whom, to whom, until when, and by what it will be seen."""

    text = forms.CharField(label=gettext_lazy("What will be done"), max_length=changes.MAX_LENGTH)
    owner = forms.ChoiceField(
        label=gettext_lazy("Who does it"),
        help_text=gettext_lazy("What you ask of somebody else counts once they agree to it."),
    )
    to = forms.ChoiceField(label=gettext_lazy("To whom"), required=False)
    is_joint = forms.BooleanField(label=gettext_lazy("Both of us do it"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due"), widget=_DAY)
    seen_by = forms.CharField(
        label=gettext_lazy("By what others will see it"), max_length=changes.MAX_LENGTH
    )
    cue = forms.CharField(
        label=gettext_lazy("If … then: the moment that will remind you"),
        required=False,
        max_length=changes.MAX_LENGTH,
        help_text=gettext_lazy(
            "Such as: when the Monday forecast is done, then I call two of them."
        ),
    )
    predicted_link = forms.ChoiceField(
        label=gettext_lazy("Which link it is meant to move"), required=False
    )
    predicted_percent = forms.IntegerField(
        label=gettext_lazy("Where you believe that link will be by then, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("Nobody but you sees it until this is settled."),
    )
    predicted_low_percent = forms.IntegerField(
        label=gettext_lazy("At least, in per cent"), required=False, min_value=0, max_value=100
    )
    predicted_high_percent = forms.IntegerField(
        label=gettext_lazy("At most, in per cent"), required=False, min_value=0, max_value=100
    )
    priority = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    finding = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: object, viewer: Viewer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        people = [(each.person_id, each.name) for each in commitments.people_offered(viewer)]
        links_offered = [(link.value, _(name)) for link, name in links.NAMES.items()]
        self._offer("owner", people)
        self._offer("to", [("", _("Me, or nobody but myself")), *people])
        self._offer("predicted_link", [("", "–"), *links_offered])

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_due_on(self) -> date:
        """A day to come."""
        return to_come(self.cleaned_data["due_on"])

    def clean(self) -> dict[str, object]:
        """The range goes around the point, and two are needed to do it together."""
        said = super().clean() or {}
        point, low, high = (said.get(f"predicted{part}_percent") for part in ("", "_low", "_high"))
        if (low is None) != (high is None) or (
            low is not None and (point is None or not low <= point <= high)
        ):
            self.add_error(
                "predicted_low_percent",
                _("Give both ends, with what you believe between them, or neither."),
            )
        if said.get("is_joint") and said.get("to") in ("", said.get("owner")):
            self.add_error("to", _("Choose the other one who does it."))
        return said

    def wanted(self) -> changes.Wanted:
        """What the action takes."""
        said = self.cleaned_data
        link = said["predicted_link"]
        return changes.Wanted(
            owner=said["owner"],
            to=said["to"] or None,
            is_joint=said["is_joint"],
            text=said["text"],
            seen_by=said["seen_by"],
            cue=said["cue"],
            due_on=said["due_on"],
            priority=said["priority"],
            finding=said["finding"],
            predicted_link=Link(link) if link else None,
            predicted_share=_share(said["predicted_percent"]),
            predicted_low=_share(said["predicted_low_percent"]),
            predicted_high=_share(said["predicted_high_percent"]),
        )


class VersionForm(forms.Form):
    """Which version somebody looked at."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    """Why something changes."""

    reason = forms.CharField(label=gettext_lazy("Why"), max_length=changes.MAX_LENGTH)


class MoveForm(ReasonForm):
    """Another day, and why."""

    due_on = forms.DateField(label=gettext_lazy("Due"), widget=_DAY)

    def clean_due_on(self) -> date:
        """A day to come."""
        return to_come(self.cleaned_data["due_on"])


class DeclineForm(forms.Form):
    """Why somebody does not agree."""

    reason = forms.CharField(label=gettext_lazy("Why not"), max_length=changes.MAX_LENGTH)


class ProgressForm(forms.Form):
    """How far it is."""

    note = forms.CharField(label=gettext_lazy("How far is it?"), max_length=changes.MAX_LENGTH)


class CheckForm(forms.Form):
    """What was seen."""

    note = forms.CharField(
        label=gettext_lazy("What did you see together?"), max_length=changes.MAX_LENGTH
    )


class PlanForm(forms.Form):
    """The day of a check."""

    on = forms.DateField(label=gettext_lazy("Look at it together on"), widget=_DAY)

    def clean_on(self) -> date:
        """A day to come."""
        return to_come(self.cleaned_data["on"])


class ShareForm(VersionForm):
    """Whether the manager sees what becomes of it."""

    is_shared = forms.BooleanField(required=False)


def to_come(day: date) -> date:
    """The day, where it is one to come."""
    if day <= timezone.localdate():
        raise forms.ValidationError(_("That day has gone by, or is today. Choose a later one."))
    return day


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100
