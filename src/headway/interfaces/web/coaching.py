"""Coaching in the browser: one's people and one's own coaching; asking for a session."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from headway.actions import coaching as changes
from headway.interfaces.web.coaching_forms import AskForm
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.coaching import effects, skills
from headway.queries.coaching import people as coaching
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """My people by name, my own coaching, and counts of the teams below."""
    viewer = viewer_of(request)
    context = {
        "page": coaching.page(viewer, today=timezone.localdate()),
        "gain": effects.gain(viewer, at=timezone.now()),
    }
    return render(request, "coaching/page.html", context)


@permission(Permission.RESULTS)
@require_safe
def person(request: HttpRequest) -> HttpResponse:
    """All that a coach and one person have with each other."""
    found = coaching.person(
        viewer_of(request), person_id=request.GET.get("person", ""), today=timezone.localdate()
    )
    return render(request, "coaching/person.html", {"person": found})


@permission(Permission.RESULTS)
@require_safe
def skills_page(request: HttpRequest) -> HttpResponse:
    """When skills were last practised: one's own, and of the groups one leads."""
    head = request.GET.get("head") or None
    found = skills.page(viewer_of(request), at=timezone.now(), head=head)
    return render(request, "coaching/skills.html", {"page": found})


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask a leader for a session."""
    viewer = viewer_of(request)
    form = AskForm(request.POST or None, leaders=coaching.leaders(viewer))
    if request.method == "POST" and form.is_valid():
        made = changes.ask(viewer=viewer, at=timezone.now(), **form.cleaned_data)
        request.session["toast"] = _("Asked. They set a time.")
        return redirect("coaching-session", made.session_id)
    context = {"form": form, "title": _("Ask for a session"), "button": _("Ask for it")}
    return render(request, "coaching/form.html", context, status=status_of(request))
