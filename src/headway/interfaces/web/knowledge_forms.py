"""What the pages of what works ask for: an item, what is looked for, and what came of a use."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import knowledge as changes
from headway.interfaces.web.direction_forms import VersionForm
from headway.queries.knowledge import Asked

Priorities = Sequence[tuple[str, str]]
Skills = Sequence[tuple[int, str]]


class _OfLists(forms.Form):
    """A priority and a skill, each of what there is to choose from."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        priorities: Priorities,
        skills: Skills,
        none: str,
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(number), name) for number, name in skills]
        self.fields["priority"].choices = [("", none), *priorities]  # type: ignore[attr-defined]  # a choice field
        self.fields["skill_id"].choices = [("", none), *listed]  # type: ignore[attr-defined]  # as above


class ItemForm(_OfLists, VersionForm):
    """One thing that works."""

    name = forms.CharField(
        label=gettext_lazy("What works"),
        help_text=gettext_lazy("One thing, in a few words."),
        max_length=changes.MAX_NAME,
    )
    helps_when = forms.CharField(
        label=gettext_lazy("When it helps"),
        help_text=gettext_lazy("The moment in which somebody should think of it."),
        max_length=changes.MAX_LENGTH,
    )
    steps = forms.CharField(
        label=gettext_lazy("What to do"),
        help_text=gettext_lazy(
            "A step a line, seven at most. Name no customer and nobody else: others read this."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    priority = forms.ChoiceField(label=gettext_lazy("For which priority"), required=False)
    skill_id = forms.ChoiceField(label=gettext_lazy("For which skill"), required=False)
    is_name_kept = forms.BooleanField(
        label=gettext_lazy("My name stays with it when I leave"), required=False
    )

    def clean_steps(self) -> tuple[str, ...]:
        """A few lines, each short."""
        lines = (each.strip() for each in str(self.cleaned_data["steps"]).splitlines())
        steps = tuple(each for each in lines if each)
        if len(steps) > changes.MOST_STEPS:
            told = _(
                "There are {n} lines. Seven steps at most: leave out what goes without saying."
            )
            raise forms.ValidationError(told.format(n=len(steps)))
        for number, each in enumerate(steps, start=1):
            if len(each) > changes.MAX_LENGTH:
                told = _("Line {n} has {length} characters. Break it in two, up to {most} each.")
                raise forms.ValidationError(
                    told.format(n=number, length=len(each), most=changes.MAX_LENGTH)
                )
        return steps

    def clean(self) -> dict[str, Any]:  # Any: values of several fields
        """It belongs to a priority or to a skill, so that it is found."""
        said = super().clean() or {}
        if not said.get("priority") and not said.get("skill_id"):
            self.add_error("priority", _("Choose a priority or a skill, so that it is found."))
        return said

    def wanted(self) -> changes.KnowledgeWanted:
        """What the action takes."""
        said = self.cleaned_data
        return changes.KnowledgeWanted(
            name=said["name"],
            helps_when=said["helps_when"],
            steps=said["steps"],
            priority=said["priority"],
            skill_id=int(said["skill_id"]) if said["skill_id"] else None,
            is_name_kept=said["is_name_kept"],
        )


class AskedForm(_OfLists):
    """What somebody looks for; what cannot be asked asks for nothing."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    skill_id = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)

    def asked(self) -> Asked:
        """What the query takes."""
        self.full_clean()
        said = self.cleaned_data
        number = said.get("skill_id")
        return Asked(
            text=said.get("q", ""),
            priority=said.get("priority", ""),
            skill_id=int(number) if number else None,
        )


class UseForm(forms.Form):
    """What came of using it."""

    words = forms.CharField(
        label=gettext_lazy("What came of it (if you like)"),
        help_text=gettext_lazy(
            "One sentence. Its author alone reads it, with your name. Name no customer."
        ),
        required=False,
        max_length=changes.MAX_LENGTH,
    )
