"""What the pages of Coaching ask for: a session, a plan, a programme, a scorecard."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.actions import coaching, coaching_draws, coaching_plans, coaching_scorecards
from headway.actions.coaching import Logged, Planned
from headway.actions.coaching_draws import DrawWanted
from headway.actions.coaching_plans import PlanWanted, StepWanted
from headway.actions.coaching_programmes import ProgrammeWanted
from headway.interfaces.web.direction_forms import VersionForm
from headway.queries.words import coaching as words
from headway.queries.words import declared as said
from headway.terms.coaching_session import FEWEST_WAVES, MOST_WAVES, SessionKind, StepAhead

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = Sequence[tuple[str, str]]
STEPS = coaching_plans.MOST_STEPS
LOOK_AGAIN_DAYS = 14
_DAY = forms.DateInput(attrs={"type": "date"})
_MOMENT = "%Y-%m-%dT%H:%M"
_SHORT = {"rows": 2}


def _moment(label: "StrOrPromise") -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=_MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_MOMENT])


def _words(
    label: "StrOrPromise", *, help_text: "StrOrPromise" = "", is_needed: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_needed,
        max_length=coaching.MAX_LENGTH,
        widget=forms.Textarea(attrs=_SHORT),
    )


def _minutes() -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=coaching.MOST_MINUTES
    )


def _kinds() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("What kind of session"))


class WithPerson(VersionForm):
    """With whom; where that is known already, nobody is asked."""

    person = forms.ChoiceField(label=gettext_lazy("With whom"))

    def __init__(self, *args: object, people: Choices | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].choices = list(people)  # type: ignore[attr-defined]  # a choice field
        if "kind" in self.fields:
            self.fields["kind"].choices = said.choices(words.KINDS)  # type: ignore[attr-defined]  # a choice field


class PlannedForm(WithPerson):
    """When a session is to be, and about what."""

    planned_at = _moment(gettext_lazy("Day and time"))
    minutes = _minutes()
    kind = _kinds()
    topic = forms.CharField(
        label=gettext_lazy("About what: a skill, a deal"), required=False, max_length=200
    )

    def clean_planned_at(self) -> datetime:
        """A time to come."""
        moment: datetime = self.cleaned_data["planned_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(_("That time has gone by. Choose a later one."))
        return moment

    def planned(self) -> Planned:
        """What the action takes."""
        given = self.cleaned_data
        return Planned(
            planned_at=given["planned_at"],
            minutes=given["minutes"],
            kind=SessionKind(given["kind"]),
            topic=given["topic"],
        )


class LoggedForm(WithPerson):
    """What a session was, with as few taps as it takes: everything but the practice is filled."""

    kind = _kinds()
    minutes = _minutes()
    topic = forms.CharField(
        label=gettext_lazy("About what: a skill, a deal"), required=False, max_length=200
    )
    is_work_observed = forms.BooleanField(
        label=gettext_lazy("Real work was observed: a call, a quotation, a plan"), required=False
    )
    practice = _words(
        gettext_lazy("The one thing you agreed to practise"),
        help_text=gettext_lazy("One sentence both of you would say. Leave it empty if none."),
    )
    follow_up_on = forms.DateField(
        label=gettext_lazy("Look at it again on"), required=False, widget=_DAY
    )
    priority = forms.ChoiceField(label=gettext_lazy("For which priority"), required=False)
    held_at = _moment(gettext_lazy("When it was"))

    def __init__(self, *args: object, priorities: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as above
        self.fields["priority"].choices = [("", _("none")), *priorities]  # type: ignore[attr-defined]  # a choice field

    def clean_held_at(self) -> datetime:
        """A time that has come."""
        moment: datetime = self.cleaned_data["held_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("That time lies ahead. Say when it was."))
        return moment

    def clean(self) -> dict[str, object]:
        """A practice has a day on which it is looked at again."""
        given: dict[str, object] = super().clean() or {}
        if not given.get("practice"):
            given["follow_up_on"] = None
            return given
        day, moment = given.get("follow_up_on"), given.get("held_at")
        if not isinstance(day, date):
            self.add_error("follow_up_on", _("Choose a day on which you look at it again."))
        elif isinstance(moment, datetime) and day < timezone.localtime(moment).date():
            self.add_error("follow_up_on", _("That day lies before the session."))
        return given

    def logged(self) -> Logged:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in Logged.__dataclass_fields__}
        return Logged(**{**given, "kind": SessionKind(given["kind"])})


class AskForm(forms.Form):
    """Whom one asks for a session, and about what."""

    coach = forms.ChoiceField(label=gettext_lazy("Whom you ask"))
    topic = _words(
        gettext_lazy("What you want to talk about"),
        help_text=gettext_lazy("Your session begins with it."),
        is_needed=True,
    )

    def __init__(self, *args: object, leaders: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as above
        self.fields["coach"].choices = list(leaders)  # type: ignore[attr-defined]  # a choice field


class ItemForm(forms.Form):
    """One thing to talk about."""

    text = forms.CharField(
        label=gettext_lazy("What you want to talk about"), max_length=coaching.MAX_LENGTH
    )


class PrepareForm(forms.Form):
    """What one notes for oneself."""

    text = forms.CharField(
        label=gettext_lazy("My preparation"),
        required=False,
        max_length=coaching.MAX_PREPARATION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class LookAgainForm(VersionForm):
    """What was seen when the practice was looked at again."""

    sentence = _words(gettext_lazy("What you saw, in one sentence"), is_needed=True)


class WorkForm(WithPerson):
    """What is worked on, how often the two meet, and up to five steps."""

    skill = forms.CharField(label=gettext_lazy("The skill"), max_length=coaching_plans.MAX_SKILL)
    goal = _words(
        gettext_lazy("The goal"),
        help_text=gettext_lazy("In the words of the person it is for."),
    )
    cadence_days = forms.IntegerField(
        label=gettext_lazy("A session every so many days"),
        min_value=1,
        max_value=coaching_plans.MOST_DAYS,
    )
    priority = forms.ChoiceField(label=gettext_lazy("For which priority"), required=False)

    def __init__(self, *args: object, priorities: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as above
        self.fields["priority"].choices = [("", _("none")), *priorities]  # type: ignore[attr-defined]  # a choice field
        for number in range(1, STEPS + 1):
            label = _("Step {number}").format(number=number)
            self.fields[f"step{number}"] = forms.CharField(
                label=label, required=False, max_length=coaching_plans.MAX_LENGTH
            )
            self.fields[f"when{number}"] = self._when(number)

    def _when(self, number: int) -> forms.Field:
        label = _("By which day: step {number}").format(number=number)
        return forms.DateField(label=label, required=False, widget=_DAY)

    def main(self) -> list[forms.BoundField]:
        """What is asked first, with one step."""
        return [field for field in self if field not in self.further()]

    def further(self) -> list[forms.BoundField]:
        """More steps, for those who have them."""
        return [self[f"{name}{n}"] for n in range(2, STEPS + 1) for name in ("step", "when")]

    def clean(self) -> dict[str, object]:
        """A step has its day."""
        given: dict[str, object] = super().clean() or {}
        for number in range(1, STEPS + 1):
            if given.get(f"step{number}") and given.get(f"when{number}") is None:
                self.add_error(f"when{number}", _("Say when this step is due."))
        return given

    def steps(self) -> list[tuple[str, object]]:
        """What is done and when, of each step that says something."""
        given = self.cleaned_data
        pairs = ((given[f"step{n}"], given[f"when{n}"]) for n in range(1, STEPS + 1))
        return [(text, when) for text, when in pairs if text.strip()]


class PlanForm(WorkForm):
    """A plan: its steps have days."""

    def wanted(self) -> PlanWanted:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in ("skill", "goal", "priority")}
        steps = tuple(StepWanted(text=text, due_on=_as_day(when)) for text, when in self.steps())
        return PlanWanted(**given, cadence_days=self.cleaned_data["cadence_days"], steps=steps)


class ProgrammeForm(WorkForm):
    """A programme: its steps are so many days after somebody is enrolled."""

    def _when(self, number: int) -> forms.Field:
        label = _("So many days after they begin: step {number}").format(number=number)
        return forms.IntegerField(
            label=label, required=False, min_value=0, max_value=coaching_plans.MOST_DAYS
        )

    def wanted(self) -> ProgrammeWanted:
        """What the action takes."""
        given = {name: self.cleaned_data[name] for name in ("skill", "goal", "priority")}
        steps = tuple(
            StepAhead(text=text, after_days=int(str(when))) for text, when in self.steps()
        )
        return ProgrammeWanted(**given, cadence_days=self.cleaned_data["cadence_days"], steps=steps)


class DrawForm(ProgrammeForm):
    """A programme for a priority whose order of starting is drawn by lot."""

    first_on = forms.DateField(label=gettext_lazy("The first wave starts on"), widget=_DAY)
    wave_count = forms.IntegerField(
        label=gettext_lazy("How many waves, a quarter apart"), min_value=FEWEST_WAVES
    )

    def __init__(self, *args: object, teams: int, priorities: Choices, **kwargs: object) -> None:
        super().__init__(*args, priorities=priorities, **kwargs)
        self.fields["priority"].required = True
        self.fields["priority"].choices = list(priorities)  # type: ignore[attr-defined]  # a choice field
        count = self.fields["wave_count"]
        count.validators.append(MaxValueValidator(min(MOST_WAVES, teams)))

    def clean_first_on(self) -> date:
        """A day within a year."""
        day: date = self.cleaned_data["first_on"]
        today = timezone.localdate()
        if not today <= day <= today + coaching_draws.FURTHEST:
            raise forms.ValidationError(_("Choose a day within a year from today."))
        return day

    def draw(self) -> DrawWanted:
        """What the action takes."""
        return DrawWanted(
            programme=self.wanted(),
            first_on=self.cleaned_data["first_on"],
            wave_count=self.cleaned_data["wave_count"],
        )


class ScorecardForm(WithPerson):
    """What good work looks like, one sentence a line."""

    skill = forms.CharField(label=gettext_lazy("The skill"), max_length=coaching_plans.MAX_SKILL)
    points = forms.CharField(
        label=gettext_lazy("The points, one on each line"),
        help_text=gettext_lazy("In your own words: what one sees when it is done well."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_points(self) -> tuple[str, ...]:
        """Each line that says something."""
        lines = (line.strip() for line in str(self.cleaned_data["points"]).splitlines())
        points = tuple(line for line in lines if line)
        most, longest = coaching_scorecards.MOST_POINTS, coaching_scorecards.MAX_POINT
        if not points or len(points) > most or any(len(each) > longest for each in points):
            raise forms.ValidationError(
                _("Write 1 to {most} points of at most {longest} characters.").format(
                    most=most, longest=longest
                )
            )
        return points


class ScoresForm(VersionForm):
    """A score from 1 to 5 for each point."""

    def __init__(self, *args: object, points: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as above
        scores = range(coaching_scorecards.LOWEST, coaching_scorecards.HIGHEST + 1)
        choices = [(str(score), str(score)) for score in scores]
        for number, point in enumerate(points):
            self.fields[f"point{number}"] = forms.ChoiceField(
                label=point, choices=choices, widget=forms.RadioSelect
            )

    def scores(self) -> tuple[int, ...]:
        """In the order of the points."""
        given = self.cleaned_data
        return tuple(int(given[name]) for name in self.fields if name.startswith("point"))


def look_again_day(today: date) -> date:
    """The day that is offered for looking at a practice again."""
    return today + timedelta(days=LOOK_AGAIN_DAYS)


def _as_day(value: object) -> date:
    assert isinstance(value, date)  # noqa: S101  the form took it for one
    return value
