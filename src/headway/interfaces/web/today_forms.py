"""What can be done on Today itself: a form for each way, and the action it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import (
    cards,
    coaching,
    commitment_course,
    commitments,
    direction,
    line,
    predictions,
)
from headway.interfaces.web import commitments_forms, direction_forms
from headway.interfaces.web.predictions import PredictionForm
from headway.queries import cards as card_queries
from headway.queries import direction as told
from headway.queries.words import declared as words
from headway.terms.belief import Sharing
from headway.terms.declared import CardField, CardItem, Channel
from headway.terms.viewer import Viewer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_HIDDEN = forms.HiddenInput
_TEXT = forms.Textarea(attrs={"rows": 2})
_DAY = forms.DateInput(attrs={"type": "date"})


class CommitmentForm(forms.Form):
    """Which commitment."""

    commitment_id = forms.IntegerField(widget=_HIDDEN)


class SeenForm(CommitmentForm):
    """Which commitment, in the version somebody looked at."""

    seen_version = forms.IntegerField(widget=_HIDDEN)


class MoveForm(commitments_forms.MoveForm):
    """Another day, and why."""

    commitment_id = forms.IntegerField(widget=_HIDDEN)
    field_order = ("commitment_id", "seen_version", "due_on", "reason")


class SessionForm(forms.Form):
    """Which session, in the version somebody looked at."""

    session_id = forms.IntegerField(widget=_HIDDEN)
    seen_version = forms.IntegerField(widget=_HIDDEN)


class PracticeForm(SessionForm):
    """What was seen when a practice was looked at again."""

    sentence = forms.CharField(
        label=gettext_lazy("What you saw, in one sentence"), max_length=coaching.MAX_LENGTH
    )


class AgreeForm(forms.Form):
    """Which card, in the version somebody looked at."""

    card_id = forms.IntegerField(widget=_HIDDEN)
    seen_version = forms.IntegerField(widget=_HIDDEN)


class CompleteForm(forms.Form):
    """The fields that one's own card lacks; what is left empty stays missing."""

    priority = forms.CharField(max_length=80, widget=_HIDDEN)
    seen_version = forms.IntegerField(widget=_HIDDEN)
    lacking = forms.CharField(max_length=200, widget=_HIDDEN)

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:  # noqa: ANN401  as Django's own takes them
        super().__init__(data, initial={**initial})
        lacking = str((data or initial).get("lacking", "")).split()
        for field in [each for each in CardField if each in lacking]:
            self.fields[field] = forms.CharField(
                label=words.of(words.FIELDS, field),
                max_length=cards.MAX_LENGTH,
                required=False,
                widget=_TEXT,
            )
            if field is CardField.BEHAVIOUR:
                self.fields["counted"] = forms.CharField(
                    label=_("How it is counted, such as “two a week”"),
                    max_length=cards.MAX_LENGTH,
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        """Something has to be said."""
        said: dict[str, Any] = self.cleaned_data
        if not any(said.get(field) for field in CardField):
            raise forms.ValidationError(_("Write at least one of them."))
        return said


class CommentForm(forms.Form):
    """A leader's word on what was found about them."""

    finding = forms.CharField(max_length=64, widget=_HIDDEN)
    text = forms.CharField(
        label=gettext_lazy("What do you say to it?"), max_length=line.MAX_LENGTH, widget=_TEXT
    )


class AgainForm(forms.Form):
    """A message said once more, to one's own people or those of a leader below.

    `priority` "" = of the plan as a whole, `head` "" = one's own people.
    """

    priority = forms.CharField(max_length=80, required=False, widget=_HIDDEN)
    head = forms.CharField(max_length=80, required=False, widget=_HIDDEN)
    is_ask = forms.BooleanField(required=False, widget=_HIDDEN)
    text = forms.CharField(
        label=gettext_lazy("What you said"), max_length=direction.MAX_LENGTH, widget=_TEXT
    )
    told_on = forms.DateField(label=gettext_lazy("On"), widget=_DAY)
    channel = forms.ChoiceField(label=gettext_lazy("How"))
    is_everybody = forms.BooleanField(
        label=gettext_lazy("All of them were there; else they are asked whether it has arrived"),
        required=False,
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:  # noqa: ANN401  as Django's own takes them
        super().__init__(data, initial={"told_on": timezone.localdate(), **initial})
        self.fields["channel"].choices = words.choices(words.CHANNELS)  # type: ignore[attr-defined]  # a choice field

    def clean_told_on(self) -> date:
        """A day that has come."""
        return direction_forms.come(self.cleaned_data["told_on"])


class SealForm(PredictionForm):
    """What one believes of the people one leads."""

    priority = forms.CharField(max_length=80, widget=_HIDDEN)
    group = forms.CharField(max_length=120, widget=_HIDDEN)

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any]) -> None:  # noqa: ANN401  as Django's own takes them
        super().__init__(data)
        self.initial = {**initial}

    def clean(self) -> dict[str, Any]:
        """Something has to be said, or skipped."""
        said: dict[str, Any] = self.cleaned_data
        if "skip" not in self.data and "width" in said and not self.believed():
            raise forms.ValidationError(
                _("Say at least one link in per cent, or skip this priority.")
            )
        return said


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to finish a thing: its form, what the button says, what is done, and said after."""

    form: Callable[..., forms.Form]
    verb: "StrOrPromise"
    do: Callable[[Viewer, datetime, forms.Form], object]
    after: "StrOrPromise"


def _keep(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return commitment_course.keep(viewer=viewer, at=at, **form.cleaned_data)


def _give_up(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return commitment_course.give_up(viewer=viewer, at=at, **form.cleaned_data)


def _move(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return commitment_course.move(viewer=viewer, at=at, **form.cleaned_data)


def _accept(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return commitments.accept(viewer=viewer, at=at, **form.cleaned_data)


def _agree(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return cards.agree(viewer=viewer, at=at, **form.cleaned_data)


def _confirm(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return coaching.confirm(viewer=viewer, at=at, **form.cleaned_data)


def _look_again(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return coaching.look_again(viewer=viewer, at=at, **form.cleaned_data)


def _comment(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    return line.comment(viewer=viewer, at=at, **form.cleaned_data)


def _complete(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    said, me = form.cleaned_data, viewer.person_id or ""
    seen = card_queries.one(
        viewer, author=me, person=None, priority=said["priority"], today=timezone.localdate()
    )
    written = tuple(
        CardItem(
            field=field,
            text=said[field],
            measure=said.get("counted", "") if field is CardField.BEHAVIOUR else "",
        )
        for field in CardField
        if said.get(field)
    )
    # A behaviour that nobody can count is lacking: its words stand in the form, and come back.
    is_again = any(each.field is CardField.BEHAVIOUR for each in written)
    kept = tuple(
        each
        for each in seen.items
        if not (is_again and each.field is CardField.BEHAVIOUR and not each.measure)
    )
    return cards.save(
        viewer=viewer,
        at=at,
        author=me,
        person=None,
        priority=said["priority"],
        items=(*kept, *written),
        seen_version=said["seen_version"],
    )


def _tell(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    said, me = {**form.cleaned_data}, viewer.person_id or ""
    was_everybody, head = said.pop("is_everybody"), said.pop("head") or me
    people = told.audience(viewer, sender=me, head=head) if was_everybody else ()
    said["channel"] = Channel(said["channel"])
    present = frozenset(each.person_id for each in people)
    return direction.tell(
        viewer=viewer,
        at=at,
        told=direction.Told(sender=me, head=head, present=present, **said),
    )


def _seal(viewer: Viewer, at: datetime, form: forms.Form) -> object:
    assert isinstance(form, SealForm)  # noqa: S101  the way it stands with
    said = form.cleaned_data
    is_skipped = "skip" in form.data
    return predictions.seal(
        viewer=viewer,
        at=at,
        priority=said["priority"],
        group=said["group"],
        believed={} if is_skipped else form.believed(),
        shared_with=Sharing.NOBODY if is_skipped else said["shared_with"],
    )


WAYS: Mapping[str, Way] = {
    "keep": Way(
        form=SeenForm,
        verb=gettext_lazy("It is done"),
        do=_keep,
        after=gettext_lazy("It is settled."),
    ),
    "move": Way(
        form=MoveForm,
        verb=gettext_lazy("Move it"),
        do=_move,
        after=gettext_lazy("Moved, and the reason is kept with it."),
    ),
    "give-up": Way(
        form=SeenForm,
        verb=gettext_lazy("It will not be done"),
        do=_give_up,
        after=gettext_lazy("It is settled."),
    ),
    "accept": Way(
        form=CommitmentForm,
        verb=gettext_lazy("I agree to it"),
        do=_accept,
        after=gettext_lazy("You have agreed to it."),
    ),
    "agree": Way(
        form=AgreeForm,
        verb=gettext_lazy("I agree to it"),
        do=_agree,
        after=gettext_lazy("You have agreed to the card. It holds once both have."),
    ),
    "confirm": Way(
        form=SessionForm,
        verb=gettext_lazy("It was held so"),
        do=_confirm,
        after=gettext_lazy("You have confirmed the session."),
    ),
    "look-again": Way(
        form=PracticeForm,
        verb=gettext_lazy("Say what you saw"),
        do=_look_again,
        after=gettext_lazy("It is kept with the session."),
    ),
    "complete": Way(
        form=CompleteForm,
        verb=gettext_lazy("Keep the card"),
        do=_complete,
        after=gettext_lazy("The card is kept."),
    ),
    "comment": Way(
        form=CommentForm,
        verb=gettext_lazy("Comment"),
        do=_comment,
        after=gettext_lazy("Your comment stands beside the finding. Others see both now."),
    ),
    "tell": Way(
        form=AgainForm,
        verb=gettext_lazy("Keep it"),
        do=_tell,
        after=gettext_lazy("It is kept. Those who were not there are asked."),
    ),
    "seal": Way(
        form=SealForm,
        verb=gettext_lazy("Seal it"),
        do=_seal,
        after=gettext_lazy("It is sealed."),
    ),
}
