"""The pulse for those who ask: the waves, a new one, what was told, and coding blind."""

from datetime import date, timedelta
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import pulse as changes
from headway.actions import pulse_coding
from headway.interfaces.web.commitments_forms import to_come
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import people, pulse
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.item_bank import ITEMS
from headway.terms.scope import parse
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

_LASTS = timedelta(days=10)
_FIRST_CHOICE = ("R1", "U1", "U2", "B1", "RC1", "PS1")
_MOST_PEOPLE = 50


class NewForm(forms.Form):
    """Whom to ask what, until when."""

    scope = forms.ChoiceField(label=gettext_lazy("Whose people are asked"))
    priority = forms.ChoiceField(
        label=gettext_lazy("The priority that questions name"), required=False
    )
    items = forms.MultipleChoiceField(
        label=gettext_lazy("Questions, at most six"), widget=forms.CheckboxSelectMultiple
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    least = forms.IntegerField(
        label=gettext_lazy("Smallest group that is shown"),
        help_text=gettext_lazy("Five or more; it cannot be changed once the questions are open."),
        min_value=LEAST_ANSWERS,
        max_value=_MOST_PEOPLE,
        initial=LEAST_ANSWERS,
    )

    def __init__(self, *args: object, viewer: Viewer, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        groups = [each for each in people.offered_scopes(viewer) if each.is_group]
        names = [(each.code, each.head or _("Everybody")) for each in groups]
        self.fields["scope"].choices = names  # type: ignore[attr-defined]  # a choice field
        self.priorities = pulse.offered_priorities(viewer)
        self.fields["priority"].choices = [("", "–"), *self.priorities]  # type: ignore[attr-defined]  # a choice field
        bank = [(each.code, each.sentence) for each in pulse.offered_items(viewer)]
        self.fields["items"].choices = bank  # type: ignore[attr-defined]  # a choice field
        # Without a priority, a question that names one could not be asked.
        fitting = [
            code for code in _FIRST_CHOICE if self.priorities or not ITEMS[code].is_about_priority
        ]
        self.initial = {
            "priority": next((number for number, _name in self.priorities), ""),
            "items": fitting,
            "closes_on": today + _LASTS,
            **self.initial,
        }

    def clean_closes_on(self) -> date:
        """A day to come."""
        return to_come(self.cleaned_data["closes_on"])

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """The priorities recall is coded for: the one that is named first, then the others."""
        named = self.cleaned_data["priority"]
        first = tuple(each for each in self.priorities if each[0] == named)
        others = tuple(each for each in self.priorities if each[0] != named)
        return (*first, *others)[: changes.MOST_PRIORITIES] if first else ()


class CodeForm(forms.Form):
    """What one answer in words says."""

    answer_id = forms.IntegerField(widget=forms.HiddenInput)
    named = forms.MultipleChoiceField(required=False)
    has_action = forms.BooleanField(required=False)
    has_reason = forms.BooleanField(required=False)
    themes = forms.CharField(required=False, max_length=200)


@permission(Permission.SIGNED_IN)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What one is asked oneself, the waves among one's people, and what waits to be coded."""
    viewer = viewer_of(request)
    context = {
        "waiting": pulse.waiting(viewer, today=timezone.now().date()),
        "waves": pulse.waves(viewer),
        "may_ask": allows(viewer, Permission.PULSE),
        "may_code": allows(viewer, Permission.CODING),
        "has_direction": allows(viewer, Permission.RESULTS),
    }
    return render(request, "pulse/list.html", context)


@permission(Permission.PULSE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask a few questions of many."""
    viewer, now = viewer_of(request), timezone.now()
    form = NewForm(
        request.POST or None, viewer=viewer, today=now.date(), initial=request.GET.dict()
    )
    problem, status = "", HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                changes.open_wave(
                    viewer=viewer,
                    at=now,
                    items=form.cleaned_data["items"],
                    priorities=form.chosen(),
                    head=parse(form.cleaned_data["scope"]).people_of,
                    closes_on=form.cleaned_data["closes_on"],
                    least=form.cleaned_data["least"],
                )
            except HeadwayError as refusal:
                problem = str(refusal)
            else:
                request.session["toast"] = _("The questions are open.")
                return redirect("pulse")
    return render(request, "pulse/new.html", {"form": form, "problem": problem}, status=status)


@permission(Permission.PULSE)
@require_safe
def wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """What one wave tells of the groups one leads."""
    viewer = viewer_of(request)
    context = {
        "wave": pulse.wave(viewer, wave_id=wave_id),
        "cells": pulse.cells(viewer, wave_id=wave_id),
        "about_managers": pulse.about_managers(viewer, wave_id=wave_id),
        "themes": pulse.themes(viewer, wave_id=wave_id),
    }
    return render(request, "pulse/wave.html", context)


@permission(Permission.PULSE)
@require_POST
def close(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Take no more answers."""
    changes.close(viewer=viewer_of(request), at=timezone.now(), wave_id=wave_id)
    request.session["toast"] = _("The questions are closed.")
    return redirect("pulse-wave", wave_id=wave_id)


@permission(Permission.CODING)
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """One answer in words after the other, drawn at random, without whose team it is."""
    viewer = viewer_of(request)
    if request.method == "POST":
        form = CodeForm(request.POST)
        # Which priorities there are, the action knows; another name names nothing.
        form.fields["named"].choices = [(one, one) for one in request.POST.getlist("named")]  # type: ignore[attr-defined]  # a choice field
        if form.is_valid():
            said = form.cleaned_data
            themes = said.pop("themes").split(",")
            pulse_coding.code(viewer=viewer, at=timezone.now(), themes=themes, **said)
        return redirect("pulse-code")
    return render(request, "pulse/code.html", {"found": pulse.next_to_code(viewer)})
