"""What every request to the API passes: whose token, may they, done before, what was read.

It answers before anything looks at cookies: a browser that is signed in opens no door here, so no
other site can make it post.
"""

import json
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, get_resolver
from django.utils import timezone

from headway.actions import audit, sign_in, tokens
from headway.actions.action import keyed
from headway.interfaces.api import problems, reading
from headway.interfaces.api.endpoints import Call, Endpoint, Page, Span
from headway.queries import access
from headway.queries.sensitive import noted
from headway.terms import codec
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

Answer = Callable[[HttpRequest], HttpResponseBase]
_URLS = "headway.interfaces.api.urls"
_LONGEST_KEY = 255
_NOBODY = Viewer(person_id=None, account_id=None, roles=frozenset())
_log = logging.getLogger("headway.api")


def border(answer: Answer) -> Answer:
    """Middleware, before sessions: answers what is asked of the API, and passes on the rest."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/api/"):
            return answer(request)
        # Refuses a host that is not ours, as for every page.
        request.get_host()
        try:
            return _answered(request)
        except HeadwayError as problem:
            return problems.of(problem)
        except Exception:  # noqa: BLE001  the edge: told without a trace, logged with one
            _log.exception("%s %s", request.method, request.path_info)
            return problems.of(problems.OurMistakeError())

    return answered


def _answered(request: HttpRequest) -> HttpResponseBase:
    endpoint, in_path = _found(request)
    call = _call(request, endpoint)
    arguments = {
        **reading.in_path(endpoint, in_path),
        **reading.query(endpoint, request.GET.dict()),
    }
    if endpoint.body is not None:
        arguments["body"] = reading.body(endpoint.body, _sent(request))
    with keyed(_key(request)), noted() as reads:
        value = endpoint.answer(call, **arguments)
    if reads:
        audit.note_reads(viewer=call.viewer, at=call.at, reads=reads)
    reply = codec.to_json(value)
    if isinstance(value, Page):
        span = arguments["span"]
        assert isinstance(span, Span)  # noqa: S101  every list is asked for by one
        reply["next"] = _next(request, span, count=value.count)
    return JsonResponse(reply, status=endpoint.status)


def _found(request: HttpRequest) -> tuple[Endpoint, dict[str, object]]:
    """The endpoint of an address, and what stands in it; nobody has to be known for that."""
    path = request.path_info
    try:
        match = get_resolver(_URLS).resolve(path)
    except Resolver404 as problem:
        raise problems.NoSuchAddressError(path) from problem
    by_method: dict[str, Endpoint] = match.kwargs.pop("by_method")
    method = "GET" if request.method == "HEAD" else str(request.method)
    if method not in by_method:
        raise problems.WrongMethodError(method, sorted(by_method))
    return by_method[method], match.kwargs


def _call(request: HttpRequest, endpoint: Endpoint) -> Call:
    """Who asks, once it is sure that they may."""
    at = timezone.now()
    if endpoint.permission is Permission.ANYONE:
        return Call(viewer=_NOBODY, at=at, may_write=False)
    held = tokens.held(token=_token(request), origin=sign_in.origin_of(request), at=at)
    viewer = access.viewer_of(held.account)
    if not allows(viewer, endpoint.permission):
        code = f"route:api:{endpoint.name}"
        audit.note_refusal(viewer=viewer, at=at, code=code, subject="route")
        raise problems.NoSuchAddressError(request.path_info)
    if endpoint.method != "GET" and not held.may_write:
        subject = f"token:{held.token_id}"
        audit.note_refusal(viewer=viewer, at=at, code="api.read_only", subject=subject)
        raise problems.ReadOnlyTokenError
    return Call(viewer=viewer, at=at, may_write=held.may_write)


def _token(request: HttpRequest) -> str:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _key(request: HttpRequest) -> str:
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    if len(key) > _LONGEST_KEY:
        found = f"{len(key)} characters"
        told = f"at most {_LONGEST_KEY} characters"
        raise problems.UnfitRequestError(
            [problems.Wrong(where="Idempotency-Key", found=found, expected=told)]
        )
    return key


def _sent(request: HttpRequest) -> object:
    if request.content_type != "application/json":
        raise problems.NotJsonError(f"of the type '{request.content_type}'")
    try:
        return json.loads(request.body, parse_constant=_no_number)
    except RequestDataTooBig as problem:
        found = f"longer than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes"
        raise problems.NotJsonError(found) from problem
    except (ValueError, RecursionError) as problem:
        raise problems.NotJsonError("not JSON") from problem


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON.")


def _next(request: HttpRequest, span: Span, *, count: int) -> str | None:
    """The address of the page after this one, None where it is the last."""
    after = span.offset + span.limit
    if after >= count:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(span.limit), str(after)
    return f"{request.path}?{query.urlencode()}"
