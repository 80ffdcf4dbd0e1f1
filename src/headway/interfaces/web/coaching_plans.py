"""Plans, programmes and scorecards of coaching in the browser."""

import secrets
from http import HTTPStatus

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import coaching_draws, coaching_programmes, coaching_scorecards
from headway.actions import coaching_plans as changes
from headway.interfaces.web.coaching_forms import (
    DrawForm,
    PlanForm,
    ProgrammeForm,
    ScorecardForm,
    ScoresForm,
)
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.direction_forms import VersionForm, priorities_offered, version_seen
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.access import NotSeenError
from headway.queries.coaching import people as coaching
from headway.queries.coaching import plans as coaching_plans
from headway.queries.coaching import scorecards
from headway.queries.coaching.plans import PlanSeen
from headway.terms.access import Permission
from headway.terms.coaching_session import PlanOutcome

_form = require_http_methods(["GET", "HEAD", "POST"])
_CADENCE = 14
_WAVES = 4
_SEEDS = 2**31


class StepForm(VersionForm):
    """Which step."""

    number = forms.IntegerField(min_value=1)


class CloseForm(VersionForm):
    """How a plan ends."""

    outcome = forms.ChoiceField(choices=[(each, each) for each in ("reached", "ended")])


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """One plan with its steps."""
    seen = coaching_plans.one(viewer_of(request), plan_id=plan_id, today=timezone.localdate())
    return render(request, "coaching/plan.html", {"plan": seen})


@permission(Permission.RESULTS)
@_form
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a plan with somebody one leads."""
    return _edited(request, seen=None)


@permission(Permission.RESULTS)
@_form
def change(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """Change a plan."""
    seen = coaching_plans.one(viewer_of(request), plan_id=plan_id, today=timezone.localdate())
    if not seen.is_open:
        raise NotSeenError
    return _edited(request, seen=seen)


@permission(Permission.RESULTS)
@require_POST
def finish_step(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """A step is done."""
    form = StepForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    changes.finish_step(
        viewer=viewer_of(request), at=timezone.now(), plan_id=plan_id, **form.cleaned_data
    )
    request.session["toast"] = _("The step is done.")
    return redirect("coaching-plan", plan_id)


@permission(Permission.RESULTS)
@require_POST
def close(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """The goal is reached, or the plan ends."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        raise NotSeenError
    changes.close(
        viewer=viewer_of(request),
        at=timezone.now(),
        plan_id=plan_id,
        outcome=PlanOutcome(form.cleaned_data["outcome"]),
        seen_version=form.cleaned_data["seen_version"],
    )
    request.session["toast"] = _("The plan is closed.")
    return redirect("coaching")


@permission(Permission.DECLARE)
@_form
def programme(request: HttpRequest) -> HttpResponseBase:
    """Begin a programme for everybody who reports to the viewer."""
    viewer = viewer_of(request)
    form = ProgrammeForm(
        request.POST or None,
        people=None,
        priorities=priorities_offered(viewer),
        initial={"cadence_days": _CADENCE, "seen_version": 0},
    )
    if request.method == "POST" and form.is_valid():
        coaching_programmes.begin(viewer=viewer, at=timezone.now(), wanted=form.wanted())
        request.session["toast"] = _("It has begun: everybody who reports to you is enrolled.")
        return redirect("coaching")
    title = _("A programme for everybody who reports to you")
    context = {"form": form, "title": title, "button": _("Begin it")}
    return render(request, "coaching/work.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@_form
def draw(request: HttpRequest) -> HttpResponseBase:
    """Begin a programme for all teams below the viewer, in an order drawn by lot."""
    viewer = viewer_of(request)
    teams = coaching_plans.teams_to_draw(viewer)
    if not teams:
        raise NotSeenError
    form = DrawForm(
        request.POST or None,
        people=None,
        priorities=priorities_offered(viewer),
        teams=teams,
        initial={"cadence_days": _CADENCE, "seen_version": 0, "wave_count": min(_WAVES, teams)},
    )
    if request.method == "POST" and form.is_valid():
        seed = secrets.randbelow(_SEEDS)
        coaching_draws.begin(viewer=viewer, at=timezone.now(), wanted=form.draw(), seed=seed)
        request.session["toast"] = _("The order is drawn. Each team is enrolled on its day.")
        return redirect("coaching")
    context = {
        "form": form,
        "title": _("A programme for {n} teams, in an order drawn by lot").format(n=teams),
        "button": _("Draw the order and begin"),
        "lede": _(
            "Every team gets it, and none is picked: those who still wait show what would have "
            "been without it, so that “did it help?” can be answered fairly. Teams start in waves, "
            "a quarter apart. The number that drew the order stays beside it: with it anybody can "
            "draw the same order again."
        ),
    }
    return render(request, "coaching/work.html", context, status=status_of(request))


@permission(Permission.DECLARE)
@require_POST
def end_programme(request: HttpRequest, programme_id: int) -> HttpResponseBase:
    """End a programme with its plans."""
    coaching_programmes.end(
        viewer=viewer_of(request),
        at=timezone.now(),
        programme_id=programme_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("The programme has ended, and its open plans with it.")
    return redirect("coaching")


@permission(Permission.RESULTS)
@_form
def scorecard_new(request: HttpRequest) -> HttpResponseBase:
    """Begin a scorecard with somebody one leads."""
    viewer = viewer_of(request)
    skill = request.GET.get("skill", "")
    points = "\n".join(scorecards.last_points(viewer, skill=skill))
    form = ScorecardForm(
        request.POST or None,
        people=coaching.people_offered(viewer),
        initial={"seen_version": 0, "points": points, **request.GET.dict()},
    )
    if request.method == "POST" and form.is_valid():
        made = coaching_scorecards.begin(
            viewer=viewer,
            at=timezone.now(),
            person=form.cleaned_data["person"],
            skill=form.cleaned_data["skill"],
            points=form.cleaned_data["points"],
        )
        return redirect("coaching-scorecard", made.scorecard_id)
    title = _("A scorecard: each of you scores alone, then you compare")
    context = {"form": form, "title": title, "button": _("Begin it")}
    return render(request, "coaching/form.html", context, status=status_of(request))


@permission(Permission.RESULTS)
@_form
def scorecard(request: HttpRequest, scorecard_id: int) -> HttpResponseBase:
    """One scorecard; sent, it takes one's own scores."""
    viewer = viewer_of(request)
    seen = scorecards.one(viewer, scorecard_id=scorecard_id)
    mine = {f"point{number}": each.mine for number, each in enumerate(seen.points)}
    form = ScoresForm(
        request.POST or None,
        points=[each.text for each in seen.points],
        initial={"seen_version": seen.version, **mine},
    )
    if request.method == "POST" and form.is_valid():
        coaching_scorecards.score(
            viewer=viewer,
            at=timezone.now(),
            scorecard_id=scorecard_id,
            scores=form.scores(),
            seen_version=form.cleaned_data["seen_version"],
        )
        request.session["toast"] = _("Your scores are kept.")
        return redirect("coaching-scorecard", scorecard_id)
    status = status_of(request) if request.method == "POST" else HTTPStatus.OK
    context = {"card": seen, "form": form}
    return render(request, "coaching/scorecard.html", context, status=status)


def _edited(request: HttpRequest, *, seen: PlanSeen | None) -> HttpResponseBase:
    viewer = viewer_of(request)
    first = {"cadence_days": _CADENCE, "seen_version": 0, **request.GET.dict()}
    form = PlanForm(
        request.POST or None,
        people=None if seen else coaching.people_offered(viewer),
        priorities=priorities_offered(viewer),
        initial=_of(seen) if seen else first,
    )
    if request.method == "POST" and form.is_valid():
        if seen is None:
            done = changes.begin(
                viewer=viewer,
                at=timezone.now(),
                person=form.cleaned_data["person"],
                wanted=form.wanted(),
            )
        else:
            done = changes.change(
                viewer=viewer,
                at=timezone.now(),
                plan_id=seen.plan_id,
                wanted=form.wanted(),
                seen_version=form.cleaned_data["seen_version"],
            )
        request.session["toast"] = _("The plan is kept, and both of you see it.")
        return redirect("coaching-plan", done.plan_id)
    title = _("What {name} works on").format(name=seen.person) if seen else _("Begin a plan")
    more = seen is not None and len(seen.steps) > 1
    context = {"form": form, "title": title, "button": _("Keep it"), "more": more}
    return render(request, "coaching/work.html", context, status=status_of(request))


def _of(seen: PlanSeen) -> dict[str, object]:
    steps = {f"step{each.number}": each.text for each in seen.steps}
    days = {f"when{each.number}": each.due_day for each in seen.steps}
    return {
        "skill": seen.skill,
        "goal": seen.goal,
        "cadence_days": seen.cadence_days,
        "priority": seen.priority_id,
        "seen_version": seen.version,
        **steps,
        **days,
    }
