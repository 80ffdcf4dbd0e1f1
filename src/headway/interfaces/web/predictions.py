"""What a leader believes of their own people's line, asked before they see a measure."""

from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from headway.actions import predictions
from headway.actions.predictions import Believed
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.strategy import knowing, predicting, sentences
from headway.terms.access import Permission
from headway.terms.belief import Sharing
from headway.terms.line import Link

_WIDTHS = (5, 10, 20, 30)


class PredictionForm(forms.Form):
    """A per cent for each link, empty where one does not know, one range, and who else sees it."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Django's own takes them
        for link in predicting.ASKED:
            self.fields[link.value] = forms.IntegerField(
                label=sentences.asks(link), min_value=0, max_value=100, required=False
            )
        self.fields["width"] = forms.TypedChoiceField(
            label=_("Give or take, so that you are right eight times in ten"),
            choices=[(width, _("{width} points").format(width=width)) for width in _WIDTHS],
            coerce=int,
            initial=10,
        )
        self.fields["shared_with"] = forms.TypedChoiceField(
            label=_("Who else may see it"),
            choices=[
                (Sharing.NOBODY.value, _("Nobody")),
                (Sharing.LEADERS.value, _("Those who lead me")),
                (Sharing.TEAM.value, _("My team")),
            ],
            coerce=Sharing,
            initial=Sharing.NOBODY.value,
            empty_value=Sharing.NOBODY,
            required=False,
            widget=forms.RadioSelect,
        )

    def believed(self) -> dict[Link, Believed]:
        """The links of which something is believed, as shares."""
        width = self.cleaned_data["width"]
        said = {link: self.cleaned_data[link.value] for link in predicting.ASKED}
        return {
            link: Believed(
                share=percent / 100,
                low=max(percent - width, 0) / 100,
                high=min(percent + width, 100) / 100,
            )
            for link, percent in said.items()
            if percent is not None
        }


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def predict(request: HttpRequest) -> HttpResponseBase:
    """Ask for the next priority of which nothing is sealed, until there is none."""
    viewer, at = viewer_of(request), timezone.now()
    waiting = predicting.waiting(viewer, at=at)
    if not waiting:
        return redirect("line")
    first = waiting[0]
    if request.method != "POST":
        return _asked(request, waiting, PredictionForm())
    form = PredictionForm(request.POST)
    asked = (request.POST.get("priority", ""), request.POST.get("group", ""))
    if asked != (first.priority, first.group):
        # The page is old: what it asked for is sealed.
        return redirect("line-predict")
    is_skipped = "skip" in request.POST
    if not is_skipped and (not form.is_valid() or not form.believed()):
        if form.is_valid():
            form.add_error(None, _("Say at least one link in per cent, or skip this priority."))
        return _asked(request, waiting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    predictions.seal(
        viewer=viewer,
        at=at,
        priority=first.priority,
        group=first.group,
        believed={} if is_skipped else form.believed(),
        shared_with=Sharing.NOBODY if is_skipped else form.cleaned_data["shared_with"],
    )
    if len(waiting) > 1:
        return redirect("line-predict")
    return redirect(f"{reverse('line')}?{urlencode({'priority': first.priority})}")


@permission(Permission.RESULTS)
@require_safe
def own(request: HttpRequest) -> HttpResponseBase:
    """What a leader predicted beside the measure; what they have not sealed is asked for first."""
    viewer, at = viewer_of(request), timezone.now()
    if predicting.waiting(viewer, at=at):
        return redirect("line-predict")
    return render(request, "predictions/own.html", {"page": knowing.own(viewer, at=at)})


def _asked(
    request: HttpRequest,
    waiting: tuple[predicting.ToPredict, ...],
    form: PredictionForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponseBase:
    context = {"asked": waiting[0], "left": len(waiting), "form": form}
    return render(request, "predictions/ask.html", context, status=status)
