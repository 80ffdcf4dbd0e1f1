"""Values of `terms` to JSON and back, by their declared types, without loss."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
# What JSON can hold; `Any` because JSON has no narrower type that mypy follows through recursion.
Json = Any


def to_json(value: object) -> Json:
    """The value as JSON: dataclasses and mappings as objects, dates as ISO text, enums by value.

    Raises:
        ValueError: a number is not finite: JSON has no such number, so ours is wrong.
        TypeError: a type no value of `terms` has.

    Examples:
        >>> to_json(date(2026, 6, 30))
        '2026-06-30'
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, date):
        return value.isoformat()
    return _nested(value)


def from_json(kind: type[T], found: Json) -> T:
    """The value of type `kind` that `to_json` made `found` from.

    A field that is missing takes its default: answers of an older version can be read.
    """
    decoded: T = _decoded(kind, found)
    return decoded


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"A value of terms holds {value}, which JSON cannot carry.")
    return value


def _nested(value: object) -> Json:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(inner) for inner in value]
    if isinstance(value, frozenset):
        return [to_json(inner) for inner in sorted(value)]
    raise TypeError(f"{type(value).__name__} is no value of terms.")


def _decoded(kind: Any, found: Json) -> Any:  # noqa: ANN401  types are known at run time only
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind), found)
    if origin is not None:
        return _collection(origin, get_args(kind), found)
    return _single(kind, found)


def _one_of(kinds: tuple[Any, ...], found: Json) -> Any:  # noqa: ANN401  types are known at run time only
    if found is None:
        return None
    wanted = [kind for kind in kinds if kind is not type(None)]
    # A union of plain types (float | str) is told apart by JSON itself.
    return _decoded(wanted[0], found) if len(wanted) == 1 else found


def _collection(origin: Any, inner: tuple[Any, ...], found: Json) -> Any:  # noqa: ANN401  types are known at run time only
    if origin is tuple:
        return tuple(_decoded(inner[0], item) for item in found)
    if origin is frozenset:
        return frozenset(_decoded(inner[0], item) for item in found)
    return {key: _decoded(inner[1], item) for key, item in found.items()}


def _single(kind: Any, found: Json) -> Any:  # noqa: ANN401  types are known at run time only
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        names = [field.name for field in fields(kind) if field.name in found]
        return kind(**{name: _decoded(hints[name], found[name]) for name in names})
    if kind is date:
        return date.fromisoformat(found)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(found)
    return float(found) if kind is float else found


@cache
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401  types are known at run time only
    return get_type_hints(kind)
