"""The mapping wizard: how the columns of an upload would be read, and what is doubtful about it."""

from http import HTTPStatus
from typing import Any, cast  # Any: values of our own JSON, written by the cycle

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from headway.actions import sources as changes
from headway.cycle import jobs as work
from headway.interfaces.web.access_forms import VersionForm
from headway.interfaces.web.data_forms import AnswersForm
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import data
from headway.queries.words import loads as words
from headway.terms.access import Permission


@permission(Permission.DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, load_id: int) -> HttpResponseBase:
    """The proposal with its questions; a post looks again with the answers, or loads."""
    viewer = viewer_of(request)
    seen = data.load(viewer, load_id=load_id)
    mapping = data.mapping_of(viewer, load_id=load_id)
    if seen.is_over:
        return redirect("data-load", load_id)
    if mapping is None:
        return redirect("data-progress", load_id)
    if mapping.proposal.get("load_id") != load_id:
        # Another upload with the same columns was looked at since: its rows are not these.
        work.ask_look(viewer=viewer, at=timezone.now(), load_id=load_id, answers={})
        return redirect("data-progress", load_id)
    form = AnswersForm(mapping.proposal, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answered(request, form=form, load_id=load_id, mapping=mapping)
    return _shown(request, form=form, seen=seen, mapping=mapping)


def _answered(
    request: HttpRequest, *, form: AnswersForm, load_id: int, mapping: data.MappingSeen
) -> HttpResponseBase:
    viewer, at = viewer_of(request), timezone.now()
    is_unseen = form.reads_otherwise() or bool(mapping.proposal.get("problem"))
    if request.POST.get("next") != "load" or is_unseen:
        work.ask_look(viewer=viewer, at=at, load_id=load_id, answers=form.answers)
        if request.POST.get("next") == "load":
            request.session["toast"] = _("Your answers change how rows are read: look once more.")
        return redirect("data-progress", load_id)
    version = VersionForm(request.POST)
    if not version.is_valid():
        raise changes.NotWaitingError
    work.ask_reading(
        viewer=viewer,
        at=at,
        load_id=load_id,
        mapping_id=mapping.mapping_id,
        seen_version=version.cleaned_data["seen_version"],
        answers=form.answers,
    )
    return redirect("data-progress", load_id)


def _shown(
    request: HttpRequest, *, form: AnswersForm, seen: data.LoadSeen, mapping: data.MappingSeen
) -> HttpResponseBase:
    proposal = cast("dict[str, Any]", mapping.proposal)
    context = {
        "load": words.load(seen),
        "proposal": proposal,
        "files": [_file(each) for each in proposal["files"]],
        "preview": words.preview(proposal.get("preview", [])),
        "counts": words.counted(proposal.get("counts", [])),
        "readable": words.readable(mapping.source, counts=proposal.get("counts", [])),
        "form": form,
        "groups": form.groups(),
        "wrong": form.wrong() if form.is_bound else [],
        "seen_version": mapping.version,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "data/columns.html", context, status=status)


def _file(file: dict[str, Any]) -> dict[str, Any]:
    """Columns beside their values in the first rows: one line per column."""
    samples = list(zip(*file["sample"], strict=False)) or [()] * len(file["columns"])
    return {
        "name": file["name"],
        "role": file["role"],
        "columns": [
            {**column, "taken_for": words.ours(column["taken_for"]), "values": values}
            for column, values in zip(file["columns"], samples, strict=False)
        ],
    }
