"""What anybody may send: read back without loss, or refused with every place at fault named."""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.interfaces.api import reading
from headway.interfaces.api.problems import UnfitRequestError
from headway.interfaces.api.urls import ENDPOINTS
from headway.terms import codec

BODIES = sorted(
    {each.body for each in ENDPOINTS if each.body is not None}, key=lambda kind: kind.__name__
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
PLAIN = {
    str: TEXT,
    int: st.integers(-(2**63) + 1, 2**63 - 1),
    float: st.floats(-1e9, 1e9),
    bool: st.booleans(),
    date: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    datetime: st.integers(0, 30_000_000_000).map(lambda one: datetime.fromtimestamp(one, tz=UTC)),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def value(kind) -> st.SearchStrategy:
    options = get_args(kind) if type(None) in get_args(kind) else (kind,)
    kind = options[0]
    found = _one(kind)
    return st.none() | found if len(options) > 1 else found


def _one(kind) -> st.SearchStrategy:
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        return st.lists(value(get_args(kind)[0]), max_size=3, unique=True).map(origin)
    if origin is not None:
        keys, values = get_args(kind)
        return st.dictionaries(value(keys), value(values), max_size=3)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{each.name: value(hints[each.name]) for each in fields(kind)})
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return PLAIN[kind]


@pytest.mark.parametrize("kind", BODIES, ids=lambda kind: kind.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_what_we_would_write_is_read_back_without_loss(kind, data) -> None:
    meant = data.draw(value(kind))
    sent = json.loads(json.dumps(codec.to_json(meant)))
    assert reading.body(kind, sent) == meant


@pytest.mark.parametrize("kind", BODIES, ids=lambda kind: kind.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_whatever_is_sent_is_read_or_refused_with_its_place(kind, data) -> None:
    names = [each.name for each in fields(kind)]
    sent = data.draw(ANYTHING | st.dictionaries(st.sampled_from(names), ANYTHING))
    read, wrongs = None, ()
    try:
        read = reading.body(kind, sent)
    except UnfitRequestError as refusal:
        # It can be told: no half of a pair of signs is in it.
        str(refusal).encode()
        wrongs = refusal.wrongs
    assert isinstance(read, kind) is not bool(wrongs)
    assert all(each.where.startswith("body") and each.expected for each in wrongs)


@pytest.mark.parametrize(
    "sent", ["2026-6-30", "20260630", "2026-W26-2", "1899-12-31", "3000-01-01", 20260630, True]
)
def test_a_day_is_written_in_one_way(sent: object) -> None:
    with pytest.raises(UnfitRequestError, match="a day such as 2026-06-30"):
        reading.body(date, sent)
    assert reading.body(date, "2026-06-30") == date(2026, 6, 30)


@pytest.mark.parametrize(
    "sent",
    ["2026-06-30T14:00:00", "2026-06-30", "1899-12-31T00:00:00Z", "3000-01-01T00:00Z", 1, ""],
)
def test_a_moment_has_its_zone(sent: object) -> None:
    with pytest.raises(UnfitRequestError, match="a moment with its zone"):
        reading.body(datetime, sent)
    meant = datetime(2026, 6, 30, 14, tzinfo=timezone(timedelta(hours=2)))
    assert reading.body(datetime, "2026-06-30T14:00:00+02:00") == meant
    assert reading.body(datetime, "2026-06-30T12:00:00Z") == meant


@pytest.mark.parametrize(
    ("kind", "sent"),
    [(int, True), (int, 1.0), (int, 2**63), (float, float("inf")), (float, "1"), (bool, 1)],
)
def test_numbers_are_not_guessed(kind: type, sent: object) -> None:
    with pytest.raises(UnfitRequestError):
        reading.body(kind, sent)


def test_a_long_value_is_cut_where_it_is_told() -> None:
    with pytest.raises(UnfitRequestError) as refusal:
        reading.body(int, "x" * 10_000)
    assert len(refusal.value.wrongs[0].found) == 81
