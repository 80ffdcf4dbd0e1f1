"""What works in the browser: written down, found, checked by another, used, changed, retired."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import knowledge as changes
from headway.actions.knowledge import CustomerNamedError
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.direction_forms import version_seen
from headway.interfaces.web.knowledge_forms import AskedForm, ItemForm, UseForm
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import knowledge
from headway.queries.access import NotSeenError
from headway.queries.knowledge import ItemSeen
from headway.terms.access import Permission

_form = require_http_methods(["GET", "HEAD", "POST"])


@permission(Permission.RESULTS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is written down, by words, priority and skill; and what is one's own."""
    viewer, today = viewer_of(request), timezone.localdate()
    form = AskedForm(
        request.GET,
        priorities=knowledge.priorities_to_choose(viewer, today=today),
        skills=knowledge.skills(viewer),
        none=_("any"),
    )
    asked = form.asked()
    found = knowledge.page(viewer, asked=asked)
    context = {"page": found, "form": form, "is_asked": any(request.GET.values())}
    return render(request, "coaching/knowledge.html", context)


@permission(Permission.RESULTS)
@_form
def new(request: HttpRequest) -> HttpResponseBase:
    """Write one thing down; the address may say in which meeting of a pair one advised it."""
    return _written(request, seen=None)


@permission(Permission.RESULTS)
@_form
def change(request: HttpRequest, knowledge_id: int) -> HttpResponseBase:
    """Say one's own better."""
    seen = knowledge.one(viewer_of(request), item_id=knowledge_id)
    if not seen.may_change:
        raise NotSeenError
    return _written(request, seen=seen)


@permission(Permission.RESULTS)
@require_safe
def one(request: HttpRequest, knowledge_id: int) -> HttpResponse:
    """One item."""
    return _one(request, knowledge_id)


@permission(Permission.RESULTS)
@require_POST
def check(request: HttpRequest, knowledge_id: int) -> HttpResponseBase:
    """Say, as a second person, that it works."""
    changes.check(
        viewer=viewer_of(request),
        at=timezone.now(),
        item_id=knowledge_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("Thank you. It stands there as checked.")
    return redirect("knowledge-item", knowledge_id)


@permission(Permission.RESULTS)
@require_POST
def retire(request: HttpRequest, knowledge_id: int) -> HttpResponseBase:
    """Take it off the list."""
    changes.retire(
        viewer=viewer_of(request),
        at=timezone.now(),
        item_id=knowledge_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("It is off the list. The thanks for it stay.")
    return redirect("knowledge")


@permission(Permission.RESULTS)
@require_POST
def use(request: HttpRequest, knowledge_id: int) -> HttpResponseBase:
    """Say that one used it."""
    form, problem = UseForm(request.POST), ""
    if form.is_valid():
        try:
            changes.use(
                viewer=viewer_of(request),
                at=timezone.now(),
                item_id=knowledge_id,
                words=form.cleaned_data["words"],
            )
        except CustomerNamedError as refusal:
            problem = str(refusal)
        else:
            request.session["toast"] = _("Thank you. It is counted, and its author sees it.")
            return redirect("knowledge-item", knowledge_id)
    return _one(
        request, knowledge_id, form=form, problem=problem, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


@permission(Permission.RESULTS)
@require_POST
def take_back(request: HttpRequest, use_id: int) -> HttpResponseBase:
    """Take back that one used something."""
    changes.take_back(viewer=viewer_of(request), at=timezone.now(), use_id=use_id)
    request.session["toast"] = _("It is taken back.")
    return redirect("knowledge")


def _one(
    request: HttpRequest,
    knowledge_id: int,
    *,
    form: UseForm | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    seen = knowledge.one(viewer_of(request), item_id=knowledge_id)
    context = {"seen": seen, "form": form or UseForm(), "problem": problem}
    return render(request, "coaching/knowledge_item.html", context, status=status)


def _written(request: HttpRequest, *, seen: ItemSeen | None) -> HttpResponseBase:
    """The form of an item, new or changed, and what is done with it."""
    form, problem = _item_form(request, seen=seen), ""
    if request.method == "POST" and form.is_valid():
        try:
            made = _changed(request, form, seen=seen)
        except CustomerNamedError as refusal:
            problem = str(refusal)
        else:
            request.session["toast"] = _("It is there for everybody.")
            return redirect("knowledge-item", made.item_id)
    context = {"form": form, "seen": seen, "problem": problem}
    return render(request, "coaching/knowledge_write.html", context, status=status_of(request))


def _changed(
    request: HttpRequest, form: ItemForm, *, seen: ItemSeen | None
) -> changes.KnowledgeChanged:
    viewer, at, wanted = viewer_of(request), timezone.now(), form.wanted()
    if seen is None:
        return changes.write(viewer=viewer, at=at, wanted=wanted)
    return changes.change(
        viewer=viewer,
        at=at,
        item_id=seen.line.item_id,
        wanted=wanted,
        seen_version=form.cleaned_data["seen_version"],
    )


def _item_form(request: HttpRequest, *, seen: ItemSeen | None) -> ItemForm:
    viewer, today = viewer_of(request), timezone.localdate()
    return ItemForm(
        request.POST or None,
        priorities=knowledge.priorities_to_choose(
            viewer, today=today, kept=seen.priority if seen else ""
        ),
        skills=knowledge.skills(viewer, kept=seen.skill_id if seen else None),
        none=_("none"),
        initial=_begun(request) if seen is None else _as_it_is(seen),
    )


def _as_it_is(seen: ItemSeen) -> dict[str, object]:
    return {
        "seen_version": seen.version,
        "name": seen.line.name,
        "helps_when": seen.line.helps_when,
        "steps": "\n".join(seen.steps),
        "priority": seen.priority,
        "skill_id": seen.skill_id or "",
        "is_name_kept": seen.is_name_kept,
    }


def _begun(request: HttpRequest) -> dict[str, object]:
    """An empty form, or what one advised in the meeting that the address names."""
    empty: dict[str, object] = {"seen_version": 0, "is_name_kept": True}
    number = request.GET.get("meeting", "")
    if not number.isdecimal():
        return empty
    return empty | knowledge.drafted(viewer_of(request), meeting_id=int(number)).__dict__
