"""What a manager believes of how much their people decide, beside what these say."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from headway.actions import own_views
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.access import NotSeenError
from headway.queries.coaching import own_view
from headway.terms.access import Permission


class OwnViewForm(forms.Form):
    """How many of one's people one believes would agree."""

    percent = forms.IntegerField(
        label=gettext_lazy("How many of your people would agree, in per cent"),
        min_value=0,
        max_value=100,
    )


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """Ask for the own view first; once it is sealed, show the team's beside it."""
    viewer, at = viewer_of(request), timezone.now()
    found = own_view.page(viewer, at=at)
    if found is None:
        raise NotSeenError
    if request.method != "POST" or found.is_sealed:
        return render(request, "own_view/page.html", {"page": found, "form": OwnViewForm()})
    form = OwnViewForm(request.POST)
    if not form.is_valid():
        context = {"page": found, "form": form}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "own_view/page.html", context, status=status)
    own_views.seal(viewer=viewer, at=at, share=form.cleaned_data["percent"] / 100)
    return redirect("line-own-view")
