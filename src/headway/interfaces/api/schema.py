"""Types of ours as JSON Schema, so that nothing is said twice: the code is the document."""

import inspect
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from headway.interfaces.api.endpoints import Page

Schema = dict[str, Any]  # JSON, whose types mypy does not follow through recursion

_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {"type": "string"},
    object: {},
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """The named types met so far, each with its schema."""

    types: dict[str, Any]

    def of(self, kind: Any) -> Schema:  # noqa: ANN401  a type, known at run time only
        """The schema of a type; named ones are referred to and kept here."""
        options = [each for each in _options(kind) if each is not type(None)]
        if len(options) < len(_options(kind)):
            inner = [self.of(each) for each in options]
            return {"anyOf": [*inner, {"type": "null"}]}
        if len(options) > 1:
            return {"anyOf": [self.of(each) for each in options]}
        return self._one(options[0])

    def _one(self, kind: Any) -> Schema:  # noqa: ANN401  as above
        origin = get_origin(kind)
        if origin is Page:
            return self._page(get_args(kind)[0])
        if origin in (tuple, frozenset):
            return self._many(get_args(kind))
        if origin is not None:
            return {"type": "object", "additionalProperties": self.of(get_args(kind)[1])}
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        name = f"{kind.__module__.removeprefix('headway.')}.{kind.__name__}"
        self.types.setdefault(name, kind)
        return {"$ref": f"#/components/schemas/{name}"}

    def _page(self, inner: Any) -> Schema:  # noqa: ANN401  as above
        address = {"anyOf": [{"type": "string"}, {"type": "null"}]}
        return _object(
            {
                "items": {"type": "array", "items": self.of(inner)},
                "count": {"type": "integer"},
                "next": address,
            },
            required=("items", "count", "next"),
        )

    def _many(self, inner: tuple[Any, ...]) -> Schema:
        if inner[1:] not in ((), (...,)):
            parts = [self.of(each) for each in inner]
            count = len(parts)
            return {"type": "array", "prefixItems": parts, "minItems": count, "maxItems": count}
        return {"type": "array", "items": self.of(inner[0])}

    def all(self) -> Iterator[tuple[str, Schema]]:
        """Every named type with its schema, by name, with those that only they mention."""
        done: dict[str, Schema] = {}
        while missing := sorted(set(self.types) - set(done)):
            for name in missing:
                done[name] = self._named(self.types[name])
        yield from sorted(done.items())

    def _named(self, kind: Any) -> Schema:  # noqa: ANN401  as above
        told = {"description": said(kind)}
        if inspect.isclass(kind) and issubclass(kind, Enum):
            return {"type": "string", "enum": [each.value for each in kind], **told}
        if not is_dataclass(kind):
            raise TypeError(f"{kind} is no type that the API can say.")
        hints = get_type_hints(kind)
        properties = {field.name: self.of(hints[field.name]) for field in fields(kind)}
        required = tuple(
            field.name
            for field in fields(kind)
            if field.default is MISSING and field.default_factory is MISSING
        )
        return {**_object(properties, required=required), **told}


def said(kind: object) -> str:
    """The whole of what the code says of a type or function, as one text."""
    return " ".join((inspect.getdoc(kind) or "").split())


def _object(properties: Schema, *, required: tuple[str, ...]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  as above
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
