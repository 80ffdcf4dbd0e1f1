"""The line of sight in the browser: the page, one link opened, a leader's comment, the brief."""

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from headway.actions import line as changes
from headway.interfaces.pages import sight
from headway.interfaces.pages.stations import Addresses
from headway.interfaces.web import sample, tips
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries.access import NotSeenError
from headway.queries.strategy import declared, knowing, predicting, published
from headway.queries.strategy.page import Drawer, SightPage
from headway.queries.strategy.published import Asked
from headway.terms.access import Permission, allows
from headway.terms.line import Link
from headway.terms.scope import Scope
from headway.terms.viewer import Viewer

_TWO_WEEKS = timedelta(days=14)
# Where what a link counts is entered.
_ENTERED = {
    Link.TOLD: "direction",
    Link.CONNECTED: "cards",
    Link.LED: "cards",
}


class Chosen(forms.Form):
    """What the address asks for."""

    head = forms.CharField(required=False, max_length=80)
    role = forms.CharField(required=False, max_length=20)
    priority = forms.CharField(required=False, max_length=80)
    team = forms.CharField(required=False, max_length=80)
    link = forms.ChoiceField(required=False, choices=[(link.value, link.value) for link in Link])


class CommentForm(forms.Form):
    """A leader's word on what was found about them."""

    text = forms.CharField(max_length=changes.MAX_LENGTH, widget=forms.Textarea)


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Each priority as a beam, the open one by team, and one link in the drawer."""
    found = _found(request)
    if not isinstance(found, SightPage):
        return found
    return _shown(request, "strategy/page.html", found=found, more={"tip": tips.next_one(request)})


@permission(Permission.RESULTS)
@require_safe
def link(request: HttpRequest) -> HttpResponseBase:
    """One link of one group: the drawer alone for htmx, the page with it open otherwise."""
    found = _found(request)
    if not isinstance(found, SightPage):
        return found
    is_fragment = bool(request.htmx)  # type: ignore[attr-defined]  # set by django-htmx
    if not is_fragment:
        return redirect(f"{reverse('line')}?{request.GET.urlencode()}")
    more = {"tip": tips.next_one(request), "is_fragment": True}
    response = _shown(request, "strategy/drawer.html", found=found, more=more)
    patch_vary_headers(response, ["HX-Request"])
    return response


@permission(Permission.RESULTS)
@require_safe
def brief(request: HttpRequest) -> HttpResponseBase:
    """The finding, its picture, evidence and next step on one sheet."""
    found = _found(request)
    if not isinstance(found, SightPage):
        return found
    return _shown(request, "strategy/brief.html", found=found, more={"is_brief": True})


@permission(Permission.RESULTS)
@require_POST
def comment(request: HttpRequest, finding: str) -> HttpResponseBase:
    """Say something to what was found about oneself; from then on others see both."""
    form = CommentForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else request.POST.get("text", "")
    changes.comment(viewer=viewer_of(request), at=timezone.now(), finding=finding, text=text)
    request.session["toast"] = _("Your comment stands beside the finding. Others see both now.")
    return redirect(f"{reverse('line')}?{request.GET.urlencode()}")


def _found(request: HttpRequest) -> SightPage | HttpResponseBase:
    """The page that was asked for, or where one has to go first."""
    viewer, at = viewer_of(request), timezone.now()
    if predicting.waiting(viewer, at=at):
        return redirect("line-predict")
    chosen = Chosen(request.GET)
    if not chosen.is_valid():
        raise NotSeenError
    said = chosen.cleaned_data
    asked = Asked(
        head=said["head"] or None,
        role=said["role"] or published.DEFAULT_ROLE,
        priority=said["priority"] or None,
        team=said["team"] or None,
        link=Link(said["link"]) if said["link"] else None,
    )
    if asked.link:
        tips.link_was_opened(request)
    found = published.line_of_sight(viewer, asked=asked, at=at)
    if isinstance(found, SightPage):
        return found
    if not found.has_data:
        return sample.first_run(request)
    begun = declared.begun(viewer, today=timezone.localdate())
    return render(request, "strategy/empty.html", {"begun": begun})


def _shown(
    request: HttpRequest, template: str, *, found: SightPage, more: Mapping[str, object]
) -> HttpResponse:
    addresses = Addresses(
        line=reverse("line"), link=reverse("line-link"), head=found.head, role=found.role
    )
    context = {
        "drawn": sight.drawn(found, addresses=addresses),
        "page": found,
        "drawer": found.drawer,
        "line_url": addresses.line,
        "brief_url": f"{reverse('line-brief')}?{_query(found)}",
        "whole": addresses.whole,
        "opened": _query(found),
        "commit_url": _commitment(found) if found.drawer.action else "",
        "way": _way(viewer_of(request), found.drawer),
        "is_first_view": not request.GET,
        "coaching_url": reverse("line-coaching"),
        "believed_url": reverse("line-believed") if knowing.is_for(viewer_of(request)) else "",
        **more,
    }
    return render(request, template, context)


def _way(viewer: Viewer, drawer: Drawer) -> dict[str, str]:
    """What can be done about the open link beside a commitment: its address and its words."""
    link, row = drawer.reach.link, drawer.row
    if link is Link.DECLARED:
        return {"url": reverse("priority", args=[row.priority]), "label": _("Open the priority")}
    if link is Link.TOLD and allows(viewer, Permission.DECLARE):
        asked = {"priority": row.priority, "head": row.head}
        return {"url": f"{reverse('message-new')}?{urlencode(asked)}", "label": _("Say it again")}
    if link in (Link.RECALLED, Link.UNDERSTOOD) and allows(viewer, Permission.PULSE):
        asked = {"priority": row.priority, "scope": Scope(people_of=row.head).code}
        return {"url": f"{reverse('pulse-new')}?{urlencode(asked)}", "label": _("Ask a question")}
    if link in _ENTERED:
        return {"url": reverse(_ENTERED[link]), "label": _("Look at what is entered")}
    return {}


def _query(found: SightPage) -> str:
    row, shown = found.drawer.row, found.drawer.reach
    return urlencode(
        {
            "head": found.head,
            "role": found.role,
            "priority": row.priority,
            "team": row.head,
            "link": shown.link.value,
        }
    )


def _commitment(found: SightPage) -> str:
    """Where the next action becomes a commitment, with what is known of it already filled in."""
    drawer = found.drawer
    first = {
        "text": drawer.action,
        "owner": drawer.row.head,
        "due_on": (timezone.localdate() + _TWO_WEEKS).isoformat(),
        "priority": drawer.row.priority,
        "finding": drawer.finding,
        "predicted_link": drawer.breaks_at.value if drawer.breaks_at else "",
    }
    return f"{reverse('commitments-new')}?{urlencode(first)}"
