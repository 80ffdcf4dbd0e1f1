"""Values of `terms` to JSON and back, by their declared types, without loss."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

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
    decoded: T = _decoder(cast("Any", kind))(found)
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


Decoder = Callable[[Json], Any]  # types are known at run time only


@cache
def _decoder(kind: Any) -> Decoder:  # noqa: ANN401  types are known at run time only
    """What reads a type, put together once: answers are read with every page."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _one_of(get_args(kind))
    if origin is not None:
        return _collection(origin, get_args(kind))
    return _single(kind)


def _one_of(kinds: tuple[Any, ...]) -> Decoder:
    wanted = [kind for kind in kinds if kind is not type(None)]
    if len(wanted) > 1:
        # A union of plain types (float | str) is told apart by JSON itself.
        return _as_it_is
    inner = _decoder(wanted[0])
    return lambda found: None if found is None else inner(found)


def _collection(origin: Any, inner: tuple[Any, ...]) -> Decoder:  # noqa: ANN401  as above
    if origin in (tuple, frozenset):
        of = _decoder(inner[0])
        return lambda found: origin(of(item) for item in found)
    keys, values = _decoder(inner[0]), _decoder(inner[1])
    return lambda found: {keys(key): values(item) for key, item in found.items()}


def _single(kind: Any) -> Decoder:  # noqa: ANN401  as above
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_fields(kind)
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return float if kind is float else _as_it_is


def _of_fields(kind: Any) -> Decoder:  # noqa: ANN401  as above
    hints = get_type_hints(kind)
    # Put together when first needed: a type may hold itself.
    decoders: dict[str, Decoder] = {}

    def read(found: Json) -> Any:  # noqa: ANN401  as above
        if not decoders:
            decoders.update({field.name: _decoder(hints[field.name]) for field in fields(kind)})
        return kind(**{name: of(found[name]) for name, of in decoders.items() if name in found})

    return read


def _as_it_is(found: Json) -> Json:
    return found
