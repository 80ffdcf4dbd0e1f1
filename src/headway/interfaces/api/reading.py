"""What was sent, read strictly into the frozen values that queries and actions take.

`terms.codec` reads back what we wrote ourselves and trusts it; this reads what anybody may send.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from headway.interfaces.api.endpoints import MOST_ITEMS, Endpoint, Parameter, Span
from headway.interfaces.api.problems import UnfitRequestError, Wrong

_LONGEST_SHOWN = 80
_HIGHEST = 2**63 - 1
_FIRST_YEAR, _LAST_YEAR = 1900, 3000


class _UnfitError(Exception):
    """One value is not what was expected."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


def body(kind: Any, sent: object) -> object:  # noqa: ANN401  a type, known at run time only
    """The value of type `kind` that JSON says.

    Raises:
        UnfitRequestError: it says something else, or a field too many; names all of them.
    """
    wrongs: list[Wrong] = []
    value = _read(kind, sent, where="body", wrongs=wrongs)
    if wrongs:
        raise UnfitRequestError(wrongs)
    return value


def query(endpoint: Endpoint, sent: Mapping[str, str]) -> dict[str, object]:
    """The parameters of an endpoint by name, read from the text of an address.

    Raises:
        UnfitRequestError: one is unknown, missing or unfit; names all of them.
    """
    paging = (
        (
            Parameter(name="limit", kind=int, default=Span().limit),
            Parameter(name="offset", kind=int, default=Span().offset),
        )
        if endpoint.is_paged
        else ()
    )
    expected = {each.name: each for each in (*endpoint.in_query, *paging)}
    wrongs = [
        Wrong(where=name, found="a parameter", expected=f"one of: {_listed(expected)}")
        for name in sent
        if name not in expected
    ]
    found = {name: _parameter(each, sent=sent, wrongs=wrongs) for name, each in expected.items()}
    if endpoint.is_paged and not wrongs:
        found["span"] = _span(found.pop("limit"), found.pop("offset"), wrongs=wrongs)
    if wrongs:
        raise UnfitRequestError(wrongs)
    return found


def in_path(endpoint: Endpoint, found: Mapping[str, object]) -> dict[str, object]:
    """What stood in the address, as Django took it apart.

    Raises:
        UnfitRequestError: it is text that no database holds.
    """
    wrongs: list[Wrong] = []
    hints = {each.name: each.kind for each in endpoint.in_path}
    read = {
        name: _read(hints[name], value, where=name, wrongs=wrongs) for name, value in found.items()
    }
    if wrongs:
        raise UnfitRequestError(wrongs)
    return read


def _span(limit: object, offset: object, *, wrongs: list[Wrong]) -> Span | None:
    # Whole numbers by now: what is none was said before.
    assert isinstance(limit, int)  # noqa: S101  as said above
    assert isinstance(offset, int)  # noqa: S101  as said above
    if not 1 <= limit <= MOST_ITEMS:
        told = f"a whole number from 1 to {MOST_ITEMS}"
        wrongs.append(Wrong(where="limit", found=_shown(limit), expected=told))
    return Span(limit=limit, offset=offset)


def _parameter(each: Parameter, *, sent: Mapping[str, str], wrongs: list[Wrong]) -> object:
    if each.name not in sent:
        if each.is_required:
            wrongs.append(Wrong(where=each.name, found="nothing", expected=_words(each.kind)))
        return None if each.is_required else each.default
    text: object = sent[each.name]
    if int in _options(each.kind) and isinstance(text, str) and text.isascii():
        # Nineteen digits hold every number a database holds.
        text = int(text) if text.isdecimal() and len(text) <= len(str(_HIGHEST)) else text
    return _read(each.kind, text, where=each.name, wrongs=wrongs)


def _read(kind: Any, sent: object, *, where: str, wrongs: list[Wrong]) -> Any:  # noqa: ANN401  as said above
    """The value, or None with what is wrong said."""
    kinds = _options(kind)
    if sent is None and type(None) in kinds:
        return None
    kind = next(each for each in kinds if each is not type(None))
    try:
        return _one(kind, sent, where=where, wrongs=wrongs)
    except _UnfitError as problem:
        wrongs.append(Wrong(where=where, found=_shown(sent), expected=problem.expected))
        return None


def _one(kind: Any, sent: object, *, where: str, wrongs: list[Wrong]) -> Any:  # noqa: ANN401  as said above
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        return _many(kind, sent, where=where, wrongs=wrongs)
    if origin is not None:
        return _mapping(kind, sent, where=where, wrongs=wrongs)
    if is_dataclass(kind):
        return _fields(kind, sent, where=where, wrongs=wrongs)
    if issubclass(kind, Enum):
        codes = [each.value for each in kind]
        if sent not in codes:
            raise _UnfitError(_words(kind))
        return kind(sent)
    return _PLAIN[kind](sent)


def _many(kind: Any, sent: object, *, where: str, wrongs: list[Wrong]) -> object:  # noqa: ANN401  as said above
    if not isinstance(sent, list):
        raise _UnfitError(_words(kind))
    inner = get_args(kind)[0]
    read = [
        _read(inner, each, where=f"{where}[{number}]", wrongs=wrongs)
        for number, each in enumerate(sent)
    ]
    return get_origin(kind)(read)


def _mapping(kind: Any, sent: object, *, where: str, wrongs: list[Wrong]) -> object:  # noqa: ANN401  as said above
    if not isinstance(sent, dict):
        raise _UnfitError(_words(kind))
    keys, values = get_args(kind)
    return {
        _read(keys, key, where=f"{where}.{_shown(key)}", wrongs=wrongs): _read(
            values, each, where=f"{where}.{key}", wrongs=wrongs
        )
        for key, each in sent.items()
    }


def _fields(kind: Any, sent: object, *, where: str, wrongs: list[Wrong]) -> object:  # noqa: ANN401  as said above
    if not isinstance(sent, dict):
        raise _UnfitError(_words(kind))
    known = {each.name: each for each in fields(kind)}
    before = len(wrongs)
    for name in sent:
        if name not in known:
            told = f"one of: {_listed(known)}"
            wrongs.append(Wrong(where=f"{where}.{_cut(name)}", found="a field", expected=told))
    hints, given = get_type_hints(kind), {}
    for name, field in known.items():
        is_optional = field.default is not MISSING or field.default_factory is not MISSING
        if name in sent:
            given[name] = _read(hints[name], sent[name], where=f"{where}.{name}", wrongs=wrongs)
        elif not is_optional:
            told = _words(hints[name])
            wrongs.append(Wrong(where=f"{where}.{name}", found="nothing", expected=told))
    return kind(**given) if len(wrongs) == before else None


def _text(sent: object) -> str:
    # No database holds a null character, and UTF-8 holds no half of a pair.
    if not isinstance(sent, str) or any(
        sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in sent
    ):
        raise _UnfitError(_words(str))
    return sent


def _whole(sent: object) -> int:
    if isinstance(sent, bool) or not isinstance(sent, int) or abs(sent) > _HIGHEST:
        raise _UnfitError(_words(int))
    return sent


def _number(sent: object) -> float:
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        raise _UnfitError(_words(float))
    if abs(sent) > _HIGHEST or not math.isfinite(sent):
        raise _UnfitError(_words(float))
    return float(sent)


def _either(sent: object) -> bool:
    if not isinstance(sent, bool):
        raise _UnfitError(_words(bool))
    return sent


def _day(sent: object) -> date:
    try:
        day = date.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        day = None
    # Other ways to write a day can be read as another; far from now no zone can be reckoned with.
    if day is None or day.isoformat() != sent or not _FIRST_YEAR <= day.year < _LAST_YEAR:
        raise _UnfitError(_words(date))
    return day


def _moment(sent: object) -> datetime:
    try:
        moment = datetime.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        moment = None
    # Without its zone a moment is several.
    if moment is None or moment.tzinfo is None or not _FIRST_YEAR <= moment.year < _LAST_YEAR:
        raise _UnfitError(_words(datetime))
    return moment


_PLAIN: dict[Any, Callable[[object], object]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _either,
    date: _day,
    datetime: _moment,
}
_PLAIN_WORDS = {
    str: "text without null characters",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day such as 2026-06-30",
    datetime: "a moment with its zone such as 2026-06-30T14:00:00Z",
}


def _words(kind: Any) -> str:  # noqa: ANN401  as said above
    kinds = [each for each in _options(kind) if each is not type(None)]
    kind = kinds[0]
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return f"one of: {_listed(each.value for each in kind)}"
    if get_origin(kind) in (tuple, frozenset):
        return "a list"
    return _PLAIN_WORDS.get(kind, "an object")


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401  as said above
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _listed(names: Any) -> str:  # noqa: ANN401  any collection of names
    return ", ".join(str(name) for name in names) or "none"


def _shown(sent: object) -> str:
    if isinstance(sent, dict | list):
        return "an object" if isinstance(sent, dict) else "a list"
    return "nothing" if sent is None else _cut(repr(sent))


def _cut(text: str) -> str:
    kept = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return kept.encode(errors="replace").decode()
