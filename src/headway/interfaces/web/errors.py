"""Errors as pages: one sentence that says what was found and what to do, never a trace."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from headway.queries.sample import Seat
from headway.terms.errors import HeadwayError

_TEMPLATES = {
    HTTPStatus.FORBIDDEN: "403.html",
    HTTPStatus.NOT_FOUND: "404.html",
    HTTPStatus.CONFLICT: "409.html",
}


def page(request: HttpRequest, problem: HeadwayError) -> HttpResponse:
    """The page for `problem`, with the status it asks for."""
    template = _TEMPLATES.get(HTTPStatus(problem.status), "error.html")
    context = {"message": str(problem), "back": request.path, "code": problem.code}
    return render(request, template, context, status=problem.status)


def not_found(request: HttpRequest) -> HttpResponse:
    """What somebody gets who may not know whether there is anything."""
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def only_looking(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What somebody gets who would change something while looking through another's eyes."""
    message = _(
        "You are looking at the sample as {name} would see it, and can change nothing so. "
        "Choose “Back to myself” at the top of any page, then do it again."
    ).format(name=seat.name)
    context = {"message": message}
    return render(request, "error.html", context, status=HTTPStatus.FORBIDDEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What Django shows for a form that did not come from our pages; named in settings."""
    del reason
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
