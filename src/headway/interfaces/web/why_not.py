"""Why not this place? Asked beside Results, worked out in the background, shown on its own page."""

from itertools import zip_longest

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from headway.cycle import asking
from headway.interfaces.web import results
from headway.interfaces.web.permission import permission
from headway.queries.results import asked_places, published, why_not
from headway.terms import place as places
from headway.terms import scope as scope_codes
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Why a place is not named, with its figures; asks for the work where nobody did before."""
    asked = results.asked_of(request)
    if asked is None:
        return redirect("results")
    conditions = results.conditions(request)
    if not conditions:
        return _form(request, asked=asked)
    try:
        place = places.parse(conditions)
    except places.PlaceTextError as problem:
        return _form(request, asked=asked, problem=str(problem))
    viewer = results.viewer(request)
    found = asked_places.why_not_of(viewer, asked=asked, place=place)
    if isinstance(found, published.NotComputed):
        return results.not_computed(request, found=found)
    if isinstance(found, asked_places.NotAsked):
        started = asking.ask_why_not(
            viewer=viewer,
            at=timezone.now(),
            scope=scope_codes.parse(asked.scope),
            kpi=asked.kpi,
            comparison=asked.comparison,
            place=place,
        )
        where = reverse("results-job", args=[started.job_id])
        return redirect(f"{where}{results.query(asked)}&{results.place_query(conditions)}")
    return _form(request, asked=asked, told=found)


def _form(
    request: HttpRequest,
    *,
    asked: published.Asked,
    told: why_not.Told | None = None,
    problem: str = "",
) -> HttpResponseBase:
    """The form with up to three conditions; over it the answer, or why it cannot be read."""
    answer = published.answer_of(results.viewer(request), asked=asked)
    if answer is None:
        found = published.not_computed(results.viewer(request), asked=asked)
        return results.not_computed(request, found=found)
    context = {
        "told": told,
        "problem": problem,
        "askable": asked_places.askable(results.viewer(request), answer=answer),
        "conditions": _slots(results.conditions(request)),
        "links": results.links(asked),
        "asked": asked,
    }
    return render(request, "results/why_not.html", context, status=400 if problem else 200)


def _slots(conditions: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What each field is called, and what is chosen in it."""
    labels = (_("Where"), _("and also"), _("and also"))
    return tuple(zip_longest(labels, conditions[: len(labels)], fillvalue=""))
