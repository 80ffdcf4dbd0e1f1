"""Results in the browser: the page, one figure opened, its opportunities, a printed brief."""

from dataclasses import replace
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from headway.actions import jobs as job_changes
from headway.actions import notes, objections
from headway.cycle import asking as work
from headway.interfaces.pages import drawn
from headway.interfaces.web import sample
from headway.interfaces.web.permission import permission
from headway.queries import jobs
from headway.queries.results import asked_places, choices, opportunities, published, why_not
from headway.queries.results import notes as noted
from headway.terms import place as places
from headway.terms import scope as scope_codes
from headway.terms.access import Permission
from headway.terms.answer import Kpi
from headway.terms.viewer import Viewer


class Chosen(forms.Form):
    """What the address asks for; `first` to `base_last` are days chosen by hand, ends inside."""

    scope = forms.CharField(required=False, max_length=500)
    kpi = forms.ChoiceField(required=False, choices=[(kpi.value, kpi.value) for kpi in Kpi])
    compare = forms.CharField(required=False, max_length=60)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    base_first = forms.DateField(required=False)
    base_last = forms.DateField(required=False)


class ObjectionForm(forms.Form):
    """A short reason to see it differently."""

    text = forms.CharField(max_length=objections.MAX_LENGTH, widget=forms.Textarea)


class NoteForm(forms.Form):
    """A few words beside a number."""

    text = forms.CharField(max_length=notes.MAX_LENGTH, widget=forms.Textarea)


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Results for a scope and a comparison."""
    asked = asked_of(request)
    if asked is None:
        return sample.first_run(request)
    found = published.results(viewer(request), asked=asked)
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    return _shown(request, "results/page.html", found=found)


@permission(Permission.RESULTS)
@require_safe
def evidence(request: HttpRequest, figure: str) -> HttpResponseBase:
    """One figure opened: the drawer alone for htmx, a page of its own otherwise."""
    asked = asked_of(request)
    if asked is None:
        return redirect("results")
    found = published.evidence(viewer(request), asked=asked, figure=figure)
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    context = {
        "opened": drawn.evidence(found),
        "links": links(asked),
        "asked": asked,
        "place_url": _place_alone(asked, where=found.slice),
        "beside": noted.beside(viewer(request), asked=asked),
    }
    is_fragment = _is_fragment(request)
    template = "results/evidence.html" if is_fragment else "results/evidence_page.html"
    return _varied(render(request, template, {**context, "is_page": not is_fragment}))


@permission(Permission.RESULTS)
@require_safe
def ladder(request: HttpRequest) -> HttpResponseBase:
    """The drawer as it was before a figure was opened; without htmx the whole page."""
    asked = asked_of(request)
    if asked is None or not _is_fragment(request):
        return redirect(f"{reverse('results')}{query(asked)}" if asked else "results")
    found = published.results(viewer(request), asked=asked)
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    return _varied(_shown(request, "results/ladder.html", found=found))


@permission(Permission.RESULTS)
@require_safe
def opportunities_behind(request: HttpRequest) -> HttpResponseBase:
    """The opportunities behind a figure, in pages."""
    asked = asked_of(request)
    if asked is None:
        return redirect("results")
    figure = request.GET.get("figure", "")
    side = "before" if request.GET.get("side") == "before" else "now"
    number = request.GET.get("page", "1")
    found = opportunities.opportunities(
        viewer(request),
        asked=asked,
        figure=figure,
        side=side,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1,  # noqa: PLR2004  no number of a page has nine digits
    )
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    context = {"found": found, "figure": figure, "links": links(asked), "asked": asked}
    return render(request, "results/opportunities.html", context)


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest) -> HttpResponseBase:
    """To see it differently: the form, and what was said before."""
    asked = asked_of(request)
    if asked is None:
        return redirect("results")
    found = published.results(viewer(request), asked=asked)
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objections.object_to(
            viewer=viewer(request),
            at=timezone.now(),
            scope=asked.scope,
            finding=found.finding,
            text=form.cleaned_data["text"],
        )
        request.session["toast"] = _("Your view is kept with the finding.")
        return redirect(f"{reverse('results')}{query(asked)}")
    status = 422 if request.method == "POST" else 200
    return _shown(request, "results/objection.html", found=found, form=form, status=status)


@permission(Permission.RESULTS)
@require_http_methods(["POST"])
def withdraw(request: HttpRequest, objection_id: int) -> HttpResponseBase:
    """Take back one's own objection."""
    objections.withdraw(viewer=viewer(request), at=timezone.now(), objection_id=objection_id)
    request.session["toast"] = _("Your view was taken back.")
    asked = asked_of(request)
    return redirect(f"{reverse('results')}{query(asked) if asked else ''}")


@permission(Permission.RESULTS)
@require_http_methods(["POST"])
def note(request: HttpRequest, figure: str) -> HttpResponseBase:
    """Say something beside a number of one's own; it stays there for whoever sees the number."""
    asked = asked_of(request)
    if asked is None:
        return redirect("results")
    found = published.evidence(viewer(request), asked=asked, figure=figure)
    beside = noted.beside(viewer(request), asked=asked)
    if isinstance(found, published.NotComputed) or beside.period is None:
        return redirect(f"{reverse('results')}{query(asked)}")
    form = NoteForm(request.POST)
    notes.write(
        viewer=viewer(request),
        at=timezone.now(),
        scope=asked.scope,
        kpi=asked.kpi,
        figure=figure,
        number=found.title,
        period=beside.period,
        text=form.cleaned_data["text"] if form.is_valid() else request.POST.get("text", ""),
    )
    request.session["toast"] = _("Your note stands beside the number.")
    return redirect(f"{reverse('results-evidence', args=[figure])}{query(asked)}")


@permission(Permission.RESULTS)
@require_http_methods(["POST"])
def withdraw_note(request: HttpRequest, note_id: int) -> HttpResponseBase:
    """Take back one's own note."""
    notes.withdraw(viewer=viewer(request), at=timezone.now(), note_id=note_id)
    request.session["toast"] = _("Your note was taken back.")
    return redirect("today")


@permission(Permission.RESULTS)
@require_safe
def brief(request: HttpRequest) -> HttpResponseBase:
    """The finding, its picture, evidence and next step on one sheet."""
    asked = asked_of(request)
    if asked is None:
        return redirect("results")
    found = published.results(viewer(request), asked=asked)
    if isinstance(found, published.NotComputed):
        return not_computed(request, found=found)
    return _shown(request, "results/brief.html", found=found)


@permission(Permission.RESULTS)
@require_GET
def job(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """How far an answer is that is being worked out; asks again by itself, or by loading again."""
    progress = jobs.progress(viewer(request), job_id=job_id)
    asked = asked_of(request)
    place = conditions(request)
    target = _brought(asked, place=place)
    if (
        progress.state == "done"
        and asked
        and not _is_answered(viewer(request), asked=asked, place=place)
    ):
        # Going to the page would ask for the same work again, for ever.
        problem = _("The work ended, and brought no answer to this question. Choose another.")
        progress = replace(progress, state="failed", problem=problem)
    if progress.state == "done":
        if _is_fragment(request):
            return HttpResponse(status=204, headers={"HX-Redirect": target})
        return redirect(target)
    template = "results/job_progress.html" if _is_fragment(request) else "results/job.html"
    context = {
        "progress": progress,
        "again": request.get_full_path(),
        "stop": _with_query(request, "results-job-stop", job_id=job_id),
        "target": target,
        "back": _brought(asked, place=()),
        "other": f"{reverse('results-why-not')}{query(asked)}" if asked and place else "",
    }
    response = _varied(render(request, template, context))
    if progress.is_over:
        # The heading says so too: the whole page comes again, and asks no more.
        response["HX-Refresh"] = "true"
    return response


@permission(Permission.RESULTS)
@require_POST
def stop_job(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Stop what one has asked for; the page says so."""
    job_changes.stop(viewer=viewer(request), at=timezone.now(), job_id=job_id)
    return redirect(_with_query(request, "results-job", job_id=job_id))


def _with_query(request: HttpRequest, name: str, *, job_id: int) -> str:
    """Another address of the same job, with what the answer is asked about."""
    return f"{reverse(name, args=[job_id])}?{request.GET.urlencode()}"


def _brought(asked: published.Asked | None, *, place: tuple[str, ...]) -> str:
    """Where the answer stands that a job brings: that about a place on its own page."""
    if asked is None:
        return reverse("results")
    if not place:
        return f"{reverse('results')}{query(asked)}"
    return f"{reverse('results-why-not')}{query(asked)}&{place_query(place)}"


def _is_answered(who: Viewer, *, asked: published.Asked, place: tuple[str, ...]) -> bool:
    if not place:
        return published.is_answered(who, asked=asked)
    found = asked_places.why_not_of(who, asked=asked, place=places.parse(place))
    return isinstance(found, why_not.Told)


def viewer(request: HttpRequest) -> Viewer:
    """Who is looking; the border has put it there."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by the border
    return found


def asked_of(request: HttpRequest) -> published.Asked | None:
    """What the address asks for; None where the viewer has no scope to look at."""
    chosen = Chosen(request.GET)
    if not chosen.is_valid():
        raise choices.ComparisonTextError(request.GET.get("compare", ""))
    said = chosen.cleaned_data
    scope = said["scope"] or published.first_scope(viewer(request))
    if scope is None:
        return None
    compare = _by_hand(said) or said["compare"] or published.DEFAULT_COMPARISON
    if compare != published.DEFAULT_COMPARISON:
        choices.periods(compare)
    kpi = Kpi(said["kpi"] or Kpi.BOOKINGS)
    return published.Asked(scope=scope_codes.parse(scope).code, kpi=kpi, comparison=compare)


def _by_hand(said: dict[str, object]) -> str:
    days = [said[name] for name in ("first", "last", "base_first", "base_last")]
    if not all(days):
        return ""
    return choices.comparison_of_days(*days)  # type: ignore[arg-type]  # dates, the form has seen to it


def not_computed(request: HttpRequest, *, found: published.NotComputed) -> HttpResponseBase:
    """Have worked out what is missing, and show how far it is."""
    if not found.has_data:
        return sample.first_run(request)
    asked = found.asked
    started = work.ask_answer(
        viewer=viewer(request),
        at=timezone.now(),
        scope=scope_codes.parse(asked.scope),
        kpi=asked.kpi,
        comparison=asked.comparison,
    )
    if started.is_ready:
        # Somebody else's work brought it a moment ago.
        return redirect(f"{reverse('results')}{query(asked)}")
    return redirect(f"{reverse('results-job', args=[started.job_id])}{query(asked)}")


def _shown(
    request: HttpRequest,
    template: str,
    *,
    found: published.Shown,
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "shown": found,
        "drawn": drawn.results(found.page),
        "objections": found.objections,
        "beside": noted.beside(viewer(request), asked=found.asked),
        "links": links(found.asked),
        "asked": found.asked,
        "form": form,
    }
    return render(request, template, context, status=status)


def links(asked: published.Asked) -> drawn.Links:
    """Where the parts of an answer stand."""
    return drawn.Links(
        results=reverse("results"),
        ladder=reverse("results-ladder"),
        evidence=reverse("results") + "evidence/",
        opportunities=reverse("results-opportunities"),
        objection=reverse("results-objection"),
        brief=reverse("results-brief"),
        why_not=reverse("results-why-not"),
        query=query(asked),
    )


def _place_alone(asked: published.Asked, *, where: tuple[tuple[str, str], ...]) -> str:
    """Where the results of one place stand by themselves; "" where it is no place."""
    if not where:
        return ""
    meant = scope_codes.parse(asked.scope)
    narrowed = replace(meant, where=tuple(sorted({**dict(meant.where), **dict(where)}.items())))
    return f"{reverse('results')}{query(replace(asked, scope=narrowed.code))}"


def conditions(request: HttpRequest) -> tuple[str, ...]:
    """The place that an address asks for, a condition each; fields left empty ask for nothing."""
    return tuple(text for text in request.GET.getlist("place") if text)


def place_query(place: tuple[str, ...]) -> str:
    """A place as the end of an address, as `conditions` reads it."""
    return urlencode({"place": place}, doseq=True)


def query(asked: published.Asked) -> str:
    """What was asked as the end of an address, from its question mark on."""
    said = {"scope": asked.scope}
    if asked.kpi is not Kpi.BOOKINGS:
        said["kpi"] = asked.kpi.value
    if asked.comparison != published.DEFAULT_COMPARISON:
        said["compare"] = asked.comparison
    return f"?{urlencode(said)}"


def _is_fragment(request: HttpRequest) -> bool:
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    return bool(htmx) and not htmx.history_restore_request


def _varied(response: HttpResponse) -> HttpResponse:
    # The same address has two forms: a cache must not hand the fragment to a browser.
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response
