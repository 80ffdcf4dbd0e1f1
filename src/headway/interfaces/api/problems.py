"""Errors as `application/problem+json` (RFC 9457): found, expected, what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.http import JsonResponse

from headway.actions import sign_in
from headway.actions.action import StaleVersionError
from headway.terms import codec
from headway.terms.errors import HeadwayError

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One value that cannot be taken: where it stands, what was found, what was expected."""

    where: str
    found: str
    expected: str


class UnfitRequestError(HeadwayError):
    """What was sent cannot be taken; all that is wrong is said at once."""

    code = "api.unfit"
    status = 422

    def __init__(self, wrongs: Sequence[Wrong]) -> None:
        self.wrongs = tuple(wrongs)
        told = "; ".join(f"{each.where}: {each.expected}, found {each.found}" for each in wrongs)
        super().__init__(f"The request cannot be taken as it is. Expected {told}.")


class NotJsonError(HeadwayError):
    """The body is not JSON, or is too long."""

    code = "api.not_json"
    status = 400

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The body is {found}. Expected one JSON object in UTF-8, of at most 2.5 MB, with the "
            "header 'Content-Type: application/json'."
        )


class NoSuchAddressError(HeadwayError):
    """There is no such endpoint, or not for this account; which of the two is not said."""

    code = "api.no_such_address"
    status = 404

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is nothing at {path} that this account may use. /api/v1/openapi.json lists "
            "what there is, and who may use it."
        )


class WrongMethodError(HeadwayError):
    """The address is there, and takes another method."""

    code = "api.wrong_method"
    status = 405

    def __init__(self, method: str, allowed: Sequence[str]) -> None:
        self.allowed = tuple(allowed)
        super().__init__(f"Found {method}; this address takes {', '.join(allowed)}.")


class ReadOnlyTokenError(HeadwayError):
    """A token that only reads is used for a change."""

    code = "api.read_only"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "This token only reads. Make one that may also write, under Settings, My account."
        )


class OurMistakeError(HeadwayError):
    """Something broke on our side; what, stands in the server's log."""

    code = "api.our_mistake"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            "Something went wrong on our side, and nothing was changed. Try again; if it stays, "
            "tell whoever runs this installation: the reason is in the server's log."
        )


def of(problem: HeadwayError) -> JsonResponse:
    """The reply that tells of a problem."""
    status = HTTPStatus(problem.status)
    told: dict[str, object] = {
        "type": f"urn:headway:{problem.code}",
        "title": status.phrase,
        "status": status.value,
        "code": problem.code,
        "detail": str(problem),
    }
    if isinstance(problem, UnfitRequestError):
        told["errors"] = codec.to_json(problem.wrongs)
    if isinstance(problem, StaleVersionError):
        told |= {"seen_version": problem.seen, "current_version": problem.found}
    reply = JsonResponse(told, status=status, content_type=CONTENT_TYPE)
    for name, value in _headers(problem).items():
        reply.headers[name] = value
    return reply


def _headers(problem: HeadwayError) -> dict[str, str]:
    if isinstance(problem, WrongMethodError):
        return {"Allow": ", ".join(problem.allowed)}
    if isinstance(problem, sign_in.TooManyFailuresError):
        return {"Retry-After": str(int(sign_in.WINDOW.total_seconds()))}
    is_unknown = problem.status == HTTPStatus.UNAUTHORIZED
    return {"WWW-Authenticate": 'Bearer realm="headway"'} if is_unknown else {}
