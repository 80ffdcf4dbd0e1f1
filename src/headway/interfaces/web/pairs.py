"""Pairs of peers in the browser: who teaches what, asking, meeting, and what came of it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import pairs as changes
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.pair_forms import AskForm, NoteForm, SayForm, SkillForm, UsedForm
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import pairs
from headway.terms.access import Permission


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Own pairs, who could be one, and who teaches what."""
    return _page(request)


@permission(Permission.RESULTS)
@require_POST
def say(request: HttpRequest) -> HttpResponseBase:
    """Say what one teaches or wants to learn."""
    viewer = viewer_of(request)
    form = SayForm(request.POST, skills=pairs.skills(viewer))
    if not form.is_valid():
        return _page(request, say_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.say(viewer=viewer, at=timezone.now(), **form.wanted())
    request.session["toast"] = _("It is kept.")
    return redirect("pairs")


@permission(Permission.RESULTS)
@require_POST
def offer(request: HttpRequest) -> HttpResponseBase:
    """Offer to teach what one's recorded work shows."""
    changes.offer(
        viewer=viewer_of(request), at=timezone.now(), priority=request.POST.get("priority", "")
    )
    request.session["toast"] = _("You are on the list. Whoever asks you, you can say no.")
    return redirect("pairs")


@permission(Permission.RESULTS)
@require_POST
def unsay(request: HttpRequest, said_id: int) -> HttpResponseBase:
    """Take it back."""
    changes.unsay(viewer=viewer_of(request), at=timezone.now(), said_id=said_id)
    request.session["toast"] = _("It is taken back.")
    return redirect("pairs")


@permission(Permission.DECLARE)
@require_POST
def skill(request: HttpRequest) -> HttpResponseBase:
    """Put a skill on the organisation's list."""
    form = SkillForm(request.POST)
    if not form.is_valid():
        return _page(request, skill_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    changes.keep_skill(viewer=viewer_of(request), at=timezone.now(), **form.cleaned_data)
    request.session["toast"] = _("The skill is on the list.")
    return redirect("pairs")


@permission(Permission.DECLARE)
@require_POST
def retire(request: HttpRequest, skill_id: int) -> HttpResponseBase:
    """Take a skill off the list."""
    changes.retire_skill(viewer=viewer_of(request), at=timezone.now(), skill_id=skill_id)
    request.session["toast"] = _("The skill is off the list; who teaches it still does.")
    return redirect("pairs")


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask somebody who teaches; the address says whom."""
    viewer = viewer_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    partner = asked.get("partner", "")
    name, offered = pairs.offered_by(viewer, partner=partner)
    begun = {"partner": partner, "first_on": timezone.localdate()}
    form = AskForm(request.POST or None, offered=offered, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = changes.ask(viewer=viewer, at=timezone.now(), **form.cleaned_data)
        request.session["toast"] = _("You have asked. It begins when both agree.")
        return redirect("pair", made.number)
    context = {"form": form, "name": name}
    return render(request, "coaching/pair_ask.html", context, status=status_of(request))


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, pair_id: int) -> HttpResponse:
    """One pair with its meetings."""
    return _one(request, pair_id)


@permission(Permission.RESULTS)
@require_POST
def agree(request: HttpRequest, pair_id: int) -> HttpResponseBase:
    """Agree to meet."""
    changes.agree(viewer=viewer_of(request), at=timezone.now(), pair_id=pair_id)
    request.session["toast"] = _("You are a pair. The meetings are planned.")
    return redirect("pair", pair_id)


@permission(Permission.RESULTS)
@require_POST
def decline(request: HttpRequest, pair_id: int) -> HttpResponseBase:
    """Not now."""
    changes.decline(viewer=viewer_of(request), at=timezone.now(), pair_id=pair_id)
    request.session["toast"] = _("It is off, and nobody asks why.")
    return redirect("pairs")


@permission(Permission.RESULTS)
@require_POST
def end(request: HttpRequest, pair_id: int) -> HttpResponseBase:
    """End a pair."""
    changes.end(viewer=viewer_of(request), at=timezone.now(), pair_id=pair_id)
    request.session["toast"] = _("It is over. What you wrote stays with the two of you.")
    return redirect("pair", pair_id)


@permission(Permission.RESULTS)
@require_POST
def note(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Say what was said in a meeting."""
    viewer = viewer_of(request)
    pair_id = pairs.pair_of(viewer, meeting_id=meeting_id)
    form = NoteForm(request.POST, prefix=f"m{meeting_id}")
    if not form.is_valid():
        return _one(
            request, pair_id, sent={meeting_id: form}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    changes.note(viewer=viewer, at=timezone.now(), meeting_id=meeting_id, **form.cleaned_data)
    request.session["toast"] = _("It is kept for the two of you.")
    return redirect("pair", pair_id)


@permission(Permission.RESULTS)
@require_POST
def use(request: HttpRequest, meeting_id: int) -> HttpResponseBase:
    """Say whether advice was used."""
    viewer = viewer_of(request)
    pair_id = pairs.pair_of(viewer, meeting_id=meeting_id)
    form = UsedForm(request.POST)
    if not form.is_valid():
        return _one(request, pair_id, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    is_used = form.cleaned_data["is_used"] == "yes"
    changes.use(viewer=viewer, at=timezone.now(), meeting_id=meeting_id, is_used=is_used)
    request.session["toast"] = _("Thank you. Your partner sees it too.")
    return redirect("pair", pair_id)


def _page(
    request: HttpRequest,
    *,
    say_form: SayForm | None = None,
    skill_form: SkillForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = pairs.page(viewer_of(request), today=timezone.localdate())
    context = {
        "page": found,
        "say_form": say_form or SayForm(skills=found.skills),
        "skill_form": skill_form or SkillForm(),
    }
    return render(request, "coaching/pairs.html", context, status=status)


def _one(
    request: HttpRequest,
    pair_id: int,
    *,
    sent: dict[int, NoteForm] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    today = timezone.localdate()
    seen = pairs.one(viewer_of(request), pair_id=pair_id, today=today)
    rows = [
        (
            each,
            (sent or {}).get(each.meeting_id)
            or NoteForm(
                prefix=f"m{each.meeting_id}",
                initial={
                    "met_on": each.met_on or min(each.planned_day, today),
                    **(each.own.__dict__ if each.own else {}),
                },
            ),
        )
        for each in seen.meetings
    ]
    return render(request, "coaching/pair.html", {"seen": seen, "rows": rows}, status=status)
