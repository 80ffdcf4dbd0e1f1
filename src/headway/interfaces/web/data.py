"""Data in the browser: what is loaded, bringing files, what was refused, checks, taking back."""

from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import sources as changes
from headway.cycle import jobs as work
from headway.cycle import uploads
from headway.interfaces.web.data_uploads import is_too_much
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import data, jobs, rejections
from headway.queries.results import wording
from headway.queries.strategy import declared
from headway.queries.words import loads as words
from headway.terms.access import Permission, allows

_LOADS_SHOWN = 20
_DOUBTS_SHOWN = 3
_REJECTIONS_SHOWN = 50


@permission(Permission.DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Sources, loads and doubts; a post brings files."""
    if request.method != "POST":
        return _overview(request)
    files = request.FILES.getlist("files")
    try:
        upload = _kept(request, files=files)
        load_id = work.ask_upload(viewer=viewer_of(request), at=timezone.now(), upload=upload)
    except (uploads.UploadRefusedError, changes.SampleLoadedError) as problem:
        return _overview(request, problem=str(problem), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    finally:
        for file in files:
            file.close()
    return redirect("data-progress", load_id)


@permission(Permission.DATA)
@require_safe
def progress(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """How far the work on a load is; asks again by itself, or by loading the page again."""
    viewer = viewer_of(request)
    load = data.load(viewer, load_id=load_id)
    job = jobs.of_load(viewer, load_id=load_id)
    if job is None or job.state == "done":
        return _on(request, address=_after(request, load=load, kind=job.kind if job else ""))
    context = {
        "progress": job,
        "load": words.load(load),
        "again": reverse("data-progress", args=[load_id]),
        "steps": "" if load.is_sample else _steps(job.kind),
    }
    template = "data/progress_panel.html" if request.htmx else "data/progress.html"  # type: ignore[attr-defined]  # set by django-htmx
    response = render(request, template, context)
    if job.state == "failed":
        # The heading says so too: the whole page comes again, and asks no more.
        response["HX-Refresh"] = "true"
    patch_vary_headers(response, ["HX-Request"])
    return response


@permission(Permission.DATA)
@require_safe
def load(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """What became of one load, with the first of what was refused."""
    viewer = viewer_of(request)
    seen = data.load(viewer, load_id=load_id)
    if not seen.is_over:
        return redirect("data-progress", load_id)
    context = {
        "load": words.load(seen),
        "refused": rejections.first(viewer, load_id=load_id, limit=_REJECTIONS_SHOWN),
        "sees_results": allows(viewer, Permission.RESULTS),
    }
    return render(request, "data/load.html", context)


@permission(Permission.DATA)
@require_safe
def rejected_file(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """All that was refused of one load, as a CSV file."""
    lines = rejections.lines(viewer_of(request), load_id=load_id)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{load_id}.csv"'
    return response


@permission(Permission.DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """Asks whether the last load is to be taken back, and takes it back."""
    viewer = viewer_of(request)
    seen = data.load(viewer, load_id=load_id)
    if not seen.is_undoable:
        raise changes.NotUndoableError
    if request.method != "POST":
        context = {"load": words.load(seen), "is_only": data.is_only_load(viewer)}
        return render(request, "data/undo.html", context)
    work.ask_undo(viewer=viewer, at=timezone.now(), load_id=load_id)
    return redirect("data-progress", load_id)


@permission(Permission.DATA)
@require_POST
def discard(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """Set an upload aside that nobody has read yet."""
    viewer = viewer_of(request)
    place = data.upload_of(viewer, load_id=load_id)
    changes.discard(viewer=viewer, at=timezone.now(), load_id=load_id)
    uploads.forget(place, data_folder=settings.HEADWAY_DATA)
    request.session["toast"] = _("The files were set aside. Nothing was loaded.")
    return redirect("data")


@permission(Permission.DATA)
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """What is doubtful about the data, and what each doubt affects."""
    viewer = viewer_of(request)
    context = {
        "doubts": _doubts(request),
        "publication": data.current_publication(viewer),
        "sees_results": allows(viewer, Permission.RESULTS),
    }
    return render(request, "data/checks.html", context)


def _overview(
    request: HttpRequest, *, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    viewer = viewer_of(request)
    publication = data.current_publication(viewer)
    found = data.sources(viewer)
    doubts = _doubts(request)
    context = {
        "heading": words.heading(publication, sources=found, doubts=len(doubts)),
        "publication": publication,
        "sources": [words.source(each) for each in found],
        "loads": [words.load(each) for each in data.loads(viewer, limit=_LOADS_SHOWN)],
        "doubts": doubts[:_DOUBTS_SHOWN],
        "doubt_count": len(doubts),
        "problem": problem,
    }
    return render(request, "data/overview.html", context, status=status)


def _doubts(request: HttpRequest) -> list[object]:
    viewer = viewer_of(request)
    currency = data.currency(viewer)
    return [wording.doubt(each, currency=currency) for each in data.checks(viewer)]


def _kept(request: HttpRequest, *, files: "list[UploadedFile[bytes]]") -> Path:
    if is_too_much(request):
        raise uploads.UploadRefusedError(uploads.too_much())
    viewer = viewer_of(request)
    key = request.POST.get("form_key", "")
    return uploads.keep(
        files,
        data_folder=settings.HEADWAY_DATA,
        key=f"{viewer.account_id}:{key}" if key else "",
    )


def _after(request: HttpRequest, *, load: data.LoadSeen, kind: str) -> str:
    """Where one goes when the work is done: to the columns, to Results, or to what became of it."""
    own = reverse("data-load", args=[load.load_id])
    if kind == "recognise" and load.state == "waiting":
        return reverse("data-columns", args=[load.load_id])
    is_read = kind in ("load", "recognise") and load.state == "kept"
    if is_read and allows(viewer_of(request), Permission.RESULTS):
        request.session["toast"] = words.finished(load)
        return reverse("priority-first" if _is_to_begin(request, load=load) else "home")
    if kind == "undo":
        is_something_left = data.current_publication(viewer_of(request)) is not None
        request.session["toast"] = (
            _("The last load was taken back: what was known before holds.")
            if is_something_left
            else _("The only load was taken back: nothing is loaded now.")
        )
        return reverse("data")
    return own if load.is_over else reverse("data")


def _is_to_begin(request: HttpRequest, *, load: data.LoadSeen) -> bool:
    """Whether one's own first data are there, and nobody has said yet what they are for."""
    viewer = viewer_of(request)
    begun = declared.begun(viewer, today=timezone.localdate())
    is_first = not load.is_sample and data.is_only_load(viewer)
    return is_first and begun.may_declare and not begun.declared


def _on(request: HttpRequest, *, address: str) -> HttpResponseBase:
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
    return redirect(address)


def _steps(kind: str) -> str:
    steps = {
        "recognise": _("Step 1 of 4: look at the files"),
        "load": _("Step 3 of 4: read all rows"),
    }
    return steps.get(kind, "")
