"""What has worked here: commitments held against what they were meant to move."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import remedies
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def worked(request: HttpRequest) -> HttpResponse:
    """The tables by link and by pattern, and what became of one's own."""
    return render(request, "remedies/worked.html", {"page": remedies.page(viewer_of(request))})
