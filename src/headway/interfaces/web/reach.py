"""What is measured of coaching and of promises, in the browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.coaching import reach
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Who is reached, what time goes into, and what is kept."""
    head = request.GET.get("head") or None
    found = reach.page(viewer_of(request), at=timezone.now(), head=head)
    return render(request, "own_view/reach.html", {"page": found})
