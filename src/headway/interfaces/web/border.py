"""What every request passes: who is looking, may they, has it been done before, what was read."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from headway.actions import audit
from headway.actions.action import keyed
from headway.interfaces.web import errors
from headway.interfaces.web.permission import declared_by
from headway.queries import access, sample
from headway.queries.sensitive import noted
from headway.terms.access import allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# What somebody who looks through another's eyes may still send: it changes no record.
_ALWAYS_AS_ONESELF = frozenset({"see-as", "log-out"})
Answer = Callable[[HttpRequest], HttpResponseBase]


def border(answer: Answer) -> "Border":
    """Middleware, innermost; a function only because that is how settings name it."""
    return Border(answer)


class Border:
    """Holds the rest of the server; the names of its methods are Django's."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with equal posts done once and sensitive reads logged."""
        with keyed(_key_on(request)), noted() as reads:
            response = self._answer(request)
        if reads and _is_shown(response):
            audit.note_reads(viewer=viewer_on(request), at=timezone.now(), reads=reads)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[object, ...],
        named: dict[str, object],
    ) -> HttpResponseBase | None:
        """None = go on to the view; else the answer to somebody who may not."""
        del arguments, named
        viewer = request.viewer = viewer_on(request)  # type: ignore[attr-defined]  # ours
        seat = request.seat = seat_on(request, viewer)  # type: ignore[attr-defined]  # ours
        match = request.resolver_match
        name = match.view_name if match else ""
        if seat is not None and request.method in _READING:
            viewer = request.viewer = seat.eyes  # type: ignore[attr-defined]  # ours
        elif seat is not None and name not in _ALWAYS_AS_ONESELF:
            audit.note_refusal(viewer=viewer, at=timezone.now(), code="seat", subject=name)
            return errors.only_looking(request, seat)
        needed = declared_by(view)
        if needed is None:
            raise ImproperlyConfigured(f"{view} does not declare its permission.")
        if allows(viewer, needed):
            return None
        if viewer is None:
            return _to_log_in(request)
        audit.note_refusal(viewer=viewer, at=timezone.now(), code=f"route:{name}", subject="route")
        return errors.not_found(request)

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponseBase | None:
        """The page for what a person can put right; None = our mistake, which crashes."""
        return errors.page(request, problem) if isinstance(problem, HeadwayError) else None


def viewer_on(request: HttpRequest) -> Viewer | None:
    """Who is looking, None when signed out."""
    user = request.user
    return access.viewer_of(user) if user.is_authenticated else None


def seat_on(request: HttpRequest, viewer: Viewer | None) -> sample.Seat | None:
    """Through whose eyes a leader looks at the sample; None = their own."""
    taken = request.session.get("seat") if viewer is not None else None
    if viewer is None or taken is None:
        return None
    return sample.seat(viewer, person_id=taken["person_id"], role=Role(taken["role"]))


def _is_shown(response: HttpResponseBase) -> bool:
    # A form that is wrong is shown again, with everything else of its page.
    is_form_again = response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    return response.status_code < HTTPStatus.BAD_REQUEST or is_form_again


def _key_on(request: HttpRequest) -> str:
    # Nobody signed out has one: a link that works once must not work again under its key.
    if request.method != "POST" or not request.user.is_authenticated:
        return ""
    # All forms of a page have one key: what two of them ask for differs by where they send it.
    key = request.POST.get("form_key", "")
    return f"{key} {request.path}" if key else ""


def _to_log_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A fragment must not be replaced by the log-in page.
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": "/"})
    start = "log-in" if access.is_founded(None) else "set-up"
    return redirect_to_login(request.get_full_path(), reverse(start))
