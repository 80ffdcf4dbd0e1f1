"""What an endpoint is: an address, who may, what it takes and gives; said once, by its function.

The signature is the contract: `call` first, then by name what stands in the address, `span` for
lists that come in pages, `body` for what is sent, and everything else is a parameter of the query.
"""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Generic, TypeVar, get_type_hints

from headway.terms.access import Permission
from headway.terms.viewer import Viewer

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
PREFIX = "/api/v1/"
MOST_ITEMS = 200
_IN_PATH = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who asks, and when; `may_write` is what their token allows."""

    viewer: Viewer
    at: datetime
    may_write: bool

    @property
    def today(self) -> date:
        """The day, as pages have it."""
        return self.at.date()


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list: `count` is how many there are in all."""

    items: tuple[T, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class Span:
    """Which part of a list is asked for: `limit` items from the one at `offset`, counted from 0."""

    limit: int = 50
    offset: int = 0

    def of(self, found: Sequence[T]) -> Page[T]:
        """That part of a whole list."""
        part = tuple(found[self.offset : self.offset + self.limit])
        return Page(items=part, count=len(found))


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One value an endpoint takes from the address; required where there is no `default`."""

    name: str
    kind: Any  # a type, known at run time only
    default: object = inspect.Parameter.empty

    @property
    def is_required(self) -> bool:
        """Nothing stands in for it."""
        return self.default is inspect.Parameter.empty


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One address with one method."""

    method: str
    path: str
    permission: Permission
    status: HTTPStatus
    answer: Callable[..., object]

    @property
    def name(self) -> str:
        """The same in the document, the reference and the audit."""
        return self.answer.__name__.removesuffix("_")

    @property
    def summary(self) -> str:
        """What it gives or does, in one sentence."""
        return (inspect.getdoc(self.answer) or "").partition("\n")[0]

    @property
    def template(self) -> str:
        """The address as OpenAPI writes it: names of what stands in it, in braces."""
        return PREFIX + _IN_PATH.sub(r"{\1}", self.path)

    @property
    def in_path(self) -> tuple[Parameter, ...]:
        """What stands in the address."""
        hints = get_type_hints(self.answer)
        return tuple(Parameter(name=each, kind=hints[each]) for each in _IN_PATH.findall(self.path))

    @property
    def in_query(self) -> tuple[Parameter, ...]:
        """What may stand behind the question mark."""
        inside = {each.name for each in self.in_path}
        hints = get_type_hints(self.answer)
        return tuple(
            Parameter(name=name, kind=hints[name], default=parameter.default)
            for name, parameter in inspect.signature(self.answer).parameters.items()
            if name not in inside | {"call", "span", "body"}
        )

    @property
    def is_paged(self) -> bool:
        """It gives a list, a page at a time."""
        return "span" in inspect.signature(self.answer).parameters

    @property
    def body(self) -> Any:  # noqa: ANN401  a type, known at run time only
        """The type of what is sent, None where nothing is."""
        return get_type_hints(self.answer).get("body")

    @property
    def reply(self) -> Any:  # noqa: ANN401  a type, known at run time only
        """The type of what comes back."""
        return get_type_hints(self.answer)["return"]


ENDPOINTS: list[Endpoint] = []


def reads(path: str, permission: Permission) -> Callable[[F], F]:
    """Makes a function an endpoint that changes nothing."""
    return _endpoint("GET", path, permission, HTTPStatus.OK)


def writes(
    path: str, permission: Permission, *, status: HTTPStatus = HTTPStatus.OK
) -> Callable[[F], F]:
    """Makes a function an endpoint that changes something, through one action."""
    return _endpoint("POST", path, permission, status)


def _endpoint(
    method: str, path: str, permission: Permission, status: HTTPStatus
) -> Callable[[F], F]:
    def made(answer: F) -> F:
        ENDPOINTS.append(
            Endpoint(method=method, path=path, permission=permission, status=status, answer=answer)
        )
        return answer

    return made
