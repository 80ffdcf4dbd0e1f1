"""What the pages of Direction ask for: the plan, a priority, a message."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import direction as telling
from headway.actions import strategy
from headway.interfaces.web.repeat_forms import RepeatForm
from headway.queries.strategy import declared
from headway.queries.words import declared as words
from headway.queries.words import links
from headway.terms.declared import Channel, Plan, Priority, PriorityKind, ResultMeasure, Target
from headway.terms.line import Link
from headway.terms.viewer import Viewer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

People = Sequence[tuple[str, str]]
_DAY = forms.DateInput(attrs={"type": "date"})
_TEXT = forms.Textarea(attrs={"rows": 3})
# The links a target can be set for, with what it measures; the others are all or nothing.
_TARGETS = {
    "told": (Link.TOLD, "share"),
    "recalled": (Link.RECALLED, "share"),
    "understood": (Link.UNDERSTOOD, "share"),
    "connected": (Link.CONNECTED, "share"),
    "led": (Link.LED, "share"),
    "practised": (Link.PRACTISED, "breadth"),
    "depth": (Link.PRACTISED, "depth"),
    "coached": (Link.COACHED, "share"),
}
_RAMP_DAYS = 90


def _text(
    label: "StrOrPromise", *, help_text: "StrOrPromise" = "", is_needed: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_needed,
        max_length=strategy.MAX_LENGTH,
        widget=_TEXT,
    )


class VersionForm(forms.Form):
    """Which version somebody looked at."""

    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def priorities_offered(viewer: Viewer) -> list[tuple[str, str]]:
    """The priorities in force, to choose from."""
    return list(declared.names(viewer, today=timezone.localdate()).items())


def version_seen(request: HttpRequest) -> int:
    """Which version a button was pressed beside: it always carries it; without, any is stale."""
    form = VersionForm(request.POST)
    return int(form.cleaned_data["seen_version"]) if form.is_valid() else -1


class PlanForm(VersionForm):
    """The plan on one page."""

    name = forms.CharField(label=gettext_lazy("What the plan is called"), max_length=200)
    owner_id = forms.ChoiceField(label=gettext_lazy("Who owns it"), required=False)
    direction = _text(
        gettext_lazy("Where we are going"),
        help_text=gettext_lazy(
            "Which customers would miss us, and for what? What will be different in a year that "
            "anyone could count?"
        ),
    )
    goals = _text(gettext_lazy("The few goals that say we are there"))
    core_values = _text(
        gettext_lazy("What we hold to"),
        help_text=gettext_lazy("Values we would keep if they cost money."),
    )
    values_reviewed_on = forms.DateField(
        label=gettext_lazy("Values last looked at together"), required=False, widget=_DAY
    )

    def __init__(self, *args: object, people: People, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self.fields["owner_id"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]  # a choice field

    def plan(self) -> Plan:
        """What the action takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return Plan(**{**said, "owner_id": said["owner_id"] or None})


class PriorityForm(VersionForm):
    """The parts of a priority told in words and figures; conditions have a page of their own."""

    name = forms.CharField(
        label=gettext_lazy("What are we trying to change?"),
        help_text=gettext_lazy("One short sentence that everybody can repeat."),
        max_length=200,
    )
    kind = forms.ChoiceField(label=gettext_lazy("What kind of change is it?"))
    owner_id = forms.ChoiceField(label=gettext_lazy("Who owns it?"), required=False)
    why = _text(gettext_lazy("Why? What happens if we do not?"))
    audience = forms.CharField(label=gettext_lazy("Who is it for?"), required=False, max_length=500)
    stop_text = _text(
        gettext_lazy("What do we stop for it?"),
        help_text=gettext_lazy("Where nothing stops there is no time for what should begin."),
    )
    result_measure = forms.ChoiceField(
        label=gettext_lazy("By which result will we see it?"), required=False
    )
    result_baseline = forms.FloatField(label=gettext_lazy("Where it is now"), required=False)
    result_target = forms.FloatField(label=gettext_lazy("Where it should be"), required=False)
    result_due_on = forms.DateField(label=gettext_lazy("By which day"), required=False, widget=_DAY)
    result_is_higher_better = forms.ChoiceField(label=gettext_lazy("Better is"))
    declared_on = forms.DateField(label=gettext_lazy("Declared on"), widget=_DAY)
    launched_on = forms.DateField(
        label=gettext_lazy("Begun with the people on"), required=False, widget=_DAY
    )
    grace_days = forms.IntegerField(
        label=gettext_lazy("Days after which it can show in the work (30 if empty)"),
        required=False,
        min_value=0,
        max_value=strategy.MOST_DAYS,
    )
    ramp_days = forms.IntegerField(
        label=gettext_lazy("Later targets hold from this day after the beginning on"),
        initial=_RAMP_DAYS,
        required=False,
        min_value=1,
        max_value=strategy.MOST_DAYS,
    )

    def __init__(self, *args: object, people: People, is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        offered = {
            "kind": words.choices(words.KINDS),
            "owner_id": [("", _("nobody yet")), *people],
            "result_measure": [("", _("not said yet")), *words.choices(words.MEASURES)],
            "result_is_higher_better": [("yes", _("higher")), ("no", _("lower"))],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not is_new:
            del self.fields["declared_on"]
        for code in _TARGETS:
            for late in ("", "_later"):
                self.fields[f"target_{code}{late}"] = _percent(code, is_later=bool(late))

    def main(self) -> list[forms.BoundField]:
        """The fields everybody should fill in, and what is hidden."""
        return [field for field in self if not self._is_target(field.name)]

    def targets(self) -> list[forms.BoundField]:
        """The fields for targets of links."""
        return [field for field in self if self._is_target(field.name)]

    def priority(self, *, before: Priority | None) -> Priority:
        """What the action takes; conditions stay as they were."""
        said = self.cleaned_data
        return Priority(
            kind=PriorityKind(said["kind"]),
            name=said["name"],
            owner_id=said["owner_id"] or None,
            why=said["why"],
            scope=before.scope if before else "",
            eligibility=before.eligibility if before else "",
            behaviour=before.behaviour if before else "",
            result_measure=ResultMeasure(said["result_measure"])
            if said["result_measure"]
            else None,
            result_baseline=said["result_baseline"],
            result_target=said["result_target"],
            result_due_on=said["result_due_on"],
            result_is_higher_better=said["result_is_higher_better"] == "yes",
            stop_text=said["stop_text"],
            audience=said["audience"],
            launched_on=said["launched_on"],
            grace_days=said["grace_days"],
            targets=tuple(self._said_targets()),
        )

    def _is_target(self, name: str) -> bool:
        return name.startswith("target_") or name in ("ramp_days", "grace_days")

    def _said_targets(self) -> list[Target]:
        days = self.cleaned_data["ramp_days"] or _RAMP_DAYS
        return [
            Target(link=link, measure=measure, from_days=from_days, target_share=percent / 100)
            for code, (link, measure) in _TARGETS.items()
            for late, from_days in (("", 0), ("_later", days))
            if (percent := self.cleaned_data[f"target_{code}{late}"]) is not None
        ]


class SentenceForm(forms.Form):
    """A priority in one sentence."""

    name = forms.CharField(
        label=gettext_lazy("In one sentence"),
        max_length=200,
        help_text=gettext_lazy("For example: Discovery before every quotation, by the summer."),
    )

    def priority(self, *, owner_id: str | None) -> Priority:
        """What the action takes; the other parts come later, and are shown as missing."""
        return Priority(kind=PriorityKind.OTHER, name=self.cleaned_data["name"], owner_id=owner_id)


def initial(priority: Priority) -> Mapping[str, Any]:  # Any: what fields of several kinds take
    """The form filled in with a priority."""
    codes = {pair: code for code, pair in _TARGETS.items()}
    said = {**priority.__dict__}
    for target in said.pop("targets"):
        code = codes.get((target.link, target.measure))
        late = "_later" if target.from_days else ""
        said[f"target_{code}{late}"] = round(100 * target.target_share)
        if target.from_days:
            said["ramp_days"] = target.from_days
    return {**said, "result_is_higher_better": "yes" if priority.result_is_higher_better else "no"}


class EndForm(VersionForm):
    """The day on which a priority ends."""

    ended_on = forms.DateField(label=gettext_lazy("It ends on"), widget=_DAY)


class MessageForm(RepeatForm):
    """What was told to the people of a leader, and when it is to be said again."""

    sender = forms.CharField(widget=forms.HiddenInput, max_length=80)
    head = forms.CharField(widget=forms.HiddenInput, max_length=80)
    priority = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What was said"),
        help_text=gettext_lazy("A few sentences, as people could repeat them."),
        max_length=telling.MAX_LENGTH,
        widget=_TEXT,
    )
    told_on = forms.DateField(label=gettext_lazy("On"), widget=_DAY)
    channel = forms.ChoiceField(label=gettext_lazy("How"))
    is_ask = forms.BooleanField(
        label=gettext_lazy("It asked people to change something"), required=False
    )
    is_external = forms.BooleanField(
        label=gettext_lazy("It was also said outside, to customers or markets"), required=False
    )
    is_everybody = forms.BooleanField(label=gettext_lazy("Everybody was there"), required=False)
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Or only these; the others are asked whether it has arrived"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (
        *("sender", "head", "priority", "text", "told_on", "channel", "is_ask", "is_external"),
        *("again", "again_on", "again_until", "is_everybody", "present"),
    )

    def __init__(self, *args: object, people: People, priorities: People, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["priority"].choices = [("", _("the plan as a whole")), *priorities]  # type: ignore[attr-defined]  # a choice field
        self.fields["channel"].choices = words.choices(words.CHANNELS)  # type: ignore[attr-defined]  # a choice field
        self.fields["present"].choices = list(people)  # type: ignore[attr-defined]  # a choice field
        self.fields["again"].required = False

    def unplanned(self) -> list[tuple[str, str]]:
        """Nothing new: what is planned goes on."""
        return [("", _("nothing new is planned"))]

    def clean_told_on(self) -> date:
        """A day that has come."""
        return come(self.cleaned_data["told_on"])

    def told(self) -> telling.Told:
        """What the action takes."""
        said = {k: v for k, v in self.cleaned_data.items() if not k.startswith("again")}
        offered = [number for number, _name in self.fields["present"].choices]  # type: ignore[attr-defined]  # a choice field
        present = offered if said.pop("is_everybody") else said["present"]
        return telling.Told(
            **{**said, "channel": Channel(said["channel"]), "present": frozenset(present)},
            repeat=self.repeat(),
        )


def _percent(code: str, *, is_later: bool) -> forms.IntegerField:
    name = {
        "practised": _("Practised: sellers, in per cent"),
        "depth": _("Practised: work that shows it, in per cent"),
    }.get(code) or _("{link}, in per cent").format(link=_(links.NAMES[_TARGETS[code][0]]))
    label = _("{name}, later").format(name=name) if is_later else name
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


def come(day: date) -> date:
    """The day, where it is one that has come."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("That day has not come. Log it after it was said."))
    return day
