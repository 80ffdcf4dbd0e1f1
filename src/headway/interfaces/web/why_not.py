"""Why not this place? Asked beside Results, worked out in the background, shown on its own page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from headway.cycle import asking
from headway.interfaces.web import results
from headway.interfaces.web.permission import permission
from headway.queries.results import asked_places, published, why_not
from headway.terms import scope as scope_codes
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Why a place is not named, with its figures; asks for the work where nobody did before."""
    asked = results.asked_of(request)
    if asked is None:
        return redirect("results")
    code = request.GET.get("place", "")
    place = asked_places.place(code)
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
        return redirect(f"{where}{results.query(asked)}&{urlencode({'place': code})}")
    return _shown(request, found=found, asked=asked)


def _shown(request: HttpRequest, *, found: why_not.Told, asked: published.Asked) -> HttpResponse:
    answer = published.answer_of(results.viewer(request), asked=asked)
    groups = asked_places.askable(results.viewer(request), answer=answer) if answer else ()
    context = {
        "told": found,
        "askable": groups,
        "chosen": request.GET.get("place", ""),
        "links": results.links(asked),
        "asked": asked,
    }
    return render(request, "results/why_not.html", context)
