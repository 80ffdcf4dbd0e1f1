"""Settings, Sending: addresses that are told of a few things, and what could not be sent."""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from headway.actions import webhooks as changes
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import outbox
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError


class WebhookForm(forms.Form):
    """Where to post, and what."""

    name = forms.CharField(
        label=gettext_lazy("What it is called here"), max_length=changes.MAX_NAME
    )
    address = forms.CharField(
        label=gettext_lazy("Its address"),
        max_length=changes.MAX_ADDRESS,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Begins with https://. Whoever has it can post there: it is not shown again."
        ),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("What it gets"),
        choices=(
            ("text", gettext_lazy("A sentence a week, for a channel (Slack, Teams, Mattermost)")),
            ("event", gettext_lazy("Codes and ids with each change, for a program")),
        ),
        widget=forms.RadioSelect,
        initial="text",
    )


@permission(Permission.ACCESS)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """All webhooks and what became of mail; with a post, one more, whose secret is shown once."""
    viewer = viewer_of(request)
    form = WebhookForm(request.POST or None)
    is_sent, problem = request.method == "POST", ""
    if is_sent and form.is_valid():
        try:
            made = changes.register(viewer=viewer, at=timezone.now(), **form.cleaned_data)
        except HeadwayError as refusal:
            problem = str(refusal)
        else:
            context = {"secret": made.secret, "name": form.cleaned_data["name"]}
            return render(request, "settings/webhook_made.html", context)
    context = {
        "form": form,
        "problem": problem,
        "webhooks": outbox.webhooks(viewer),
        "mails": outbox.mails(viewer),
        "can_mail": bool(settings.EMAIL_HOST and settings.HEADWAY_URL),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_sent else HTTPStatus.OK
    return render(request, "settings/sending.html", context, status=status)


@permission(Permission.ACCESS)
@require_POST
def test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Post a test."""
    changes.test(viewer=viewer_of(request), at=timezone.now(), webhook_id=webhook_id)
    request.session["toast"] = _("The worker posts a test now. Load the page again in a moment.")
    return redirect("settings-sending")


@permission(Permission.ACCESS)
@require_POST
def remove(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Tell it nothing any more."""
    changes.remove(viewer=viewer_of(request), at=timezone.now(), webhook_id=webhook_id)
    request.session["toast"] = _("It is told nothing any more.")
    return redirect("settings-sending")
