"""What is mailed to one, as a form."""

from django import forms
from django.utils.translation import gettext_lazy

from headway.queries import reminders
from headway.queries.reminding.wording import CHOICES
from headway.terms.viewer import Viewer


class RemindersForm(forms.Form):
    """Each kind by mail or not."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Mail me"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]  # a choice field
            (kind.value, told()) for kind, told in CHOICES.items()
        ]


def chosen_form(viewer: Viewer) -> RemindersForm:
    """The form with what the viewer has mailed to them."""
    return RemindersForm(initial={"kinds": sorted(reminders.kinds(viewer))})
