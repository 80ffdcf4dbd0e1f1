"""Answers survive the way to JSON text and back."""

import json
from dataclasses import fields
from datetime import date, timedelta
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.terms import codec
from headway.terms.answer import (
    Answer,
    Basis,
    Cause,
    CauseKind,
    Comparison,
    Factor,
    Figure,
    Kpi,
    LadderLine,
    Localisation,
    Mark,
    Metric,
    Missing,
    Point,
    RateMix,
    SingleDeal,
    StageStep,
    Standing,
    Unit,
    Verdict,
)
from headway.terms.organisation import Organisation
from headway.terms.period import Period
from headway.terms.question import Question

numbers = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(max_size=8)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
periods = st.builds(
    lambda first, length: Period(first=first, end=first + timedelta(days=length)),
    days,
    st.integers(1, 800),
)
loose = st.dictionaries(words, numbers | words, max_size=3)


def tuples(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


figures = st.builds(
    Figure,
    value=st.none() | numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
    n=st.integers(0, 10**6),
    missing=st.none() | st.sampled_from(Missing),
)
leaves = st.builds(
    Factor,
    code=words,
    base=st.none() | numbers,
    actual=st.none() | numbers,
    contribution=numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
)
factors = st.builds(
    Factor,
    code=words,
    base=numbers,
    actual=numbers,
    contribution=numbers,
    low=numbers,
    high=numbers,
    is_measured=st.booleans(),
    parts=tuples(leaves),
)
causes = st.builds(
    Cause,
    slice=st.dictionaries(words, words, max_size=3),
    kind=st.sampled_from(CauseKind),
    contribution=numbers,
    low=numbers,
    high=numbers,
    p=numbers,
    n=st.integers(0, 9),
    share=st.none() | numbers,
    before=figures,
    now=figures,
    measure=st.sampled_from(Unit),
)
points = st.builds(Point, period=periods, value=st.none() | numbers, is_complete=st.booleans())
metrics = st.builds(
    Metric,
    code=words,
    unit=st.sampled_from(Unit),
    now=figures,
    before=figures,
    change=figures,
    series=tuples(points),
    caveats=tuples(words),
    marks=tuples(words),
)
lines = st.builds(
    LadderLine,
    code=words,
    standing=st.sampled_from(Standing),
    reason=words,
    place=st.none() | words,
    supports=tuples(words),
    figures=loose,
)
localisations = st.builds(
    Localisation,
    kpi=st.sampled_from(Kpi),
    causes=tuples(causes),
    looked_at=st.integers(0, 99),
    dimensions=tuples(words),
    smallest_seen=st.none() | numbers,
)
stages = st.builds(
    StageStep,
    stage=words,
    next_stage=words,
    now=figures,
    before=figures,
    within_days=st.integers(1, 400),
)
mixes = st.builds(
    RateMix,
    dimension=words,
    base_rate=numbers,
    actual_rate=numbers,
    rate_effect=numbers,
    mix_effect=numbers,
)
marks = st.builds(
    Mark, code=words, table=words, row_count=st.integers(0, 9), share=numbers, figures=loose
)
comparisons = st.builds(
    Comparison,
    actual=periods,
    base=periods,
    basis=st.sampled_from(Basis),
    is_season_known=st.booleans(),
)
answers = st.builds(
    Answer,
    organisation=st.builds(Organisation, name=words, currency=words),
    as_of=days,
    data_from=days,
    facts_id=words,
    policy_version=words,
    scope=words,
    kpi=st.sampled_from(Kpi),
    verdict=st.sampled_from(Verdict),
    comparison=st.none() | comparisons,
    base=figures,
    actual=figures,
    change=figures,
    without_largest=st.none() | figures,
    metrics=tuples(metrics),
    tree=tuples(factors),
    rate_mix=tuples(mixes),
    localisations=tuples(localisations),
    stages=tuples(stages),
    single_deals=tuples(
        st.builds(SingleDeal, opportunity=words, contribution=numbers, share=numbers)
    ),
    ladder=tuples(lines),
    marks=tuples(marks),
    omitted=st.dictionaries(words, st.integers(0, 99), max_size=2),
    too_little=loose,
)


@settings(max_examples=40)
@given(answer=answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    text = json.dumps(codec.to_json(answer), allow_nan=False)
    assert codec.from_json(Answer, json.loads(text)) == answer


def test_a_question_comes_back_as_it_was() -> None:
    question = Question(
        kpi=Kpi.WIN_RATE,
        actual=Period(first=date(2026, 1, 1), end=date(2026, 4, 1)),
        scope={"region": "NA"},
        people=frozenset({"p2", "p1"}),
    )
    found = json.loads(json.dumps(codec.to_json(question)))
    assert found["people"] == ["p1", "p2"]
    assert codec.from_json(Question, found) == question


def test_a_field_an_older_version_did_not_write_takes_its_default() -> None:
    written = codec.to_json(LadderLine(code="mix", standing=Standing.RULED_OUT, reason="mix.small"))
    del written["figures"]
    assert codec.from_json(LadderLine, written).figures == {}


def test_whole_numbers_of_a_float_field_are_read_as_floats() -> None:
    assert isinstance(codec.from_json(Figure, {"value": 3, "n": 1}).value, float)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_json_cannot_carry_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON cannot carry"):
        codec.to_json(Figure(value=number))


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="complex is no value of terms"):
        codec.to_json(1j)


def test_every_enum_of_an_answer_travels_as_its_code() -> None:
    kinds = [Kpi, Verdict, Unit, Basis, Missing, CauseKind, Standing]
    assert all(
        codec.to_json(member) == member.value
        for kind in kinds
        if issubclass(kind, Enum)
        for member in kind
    )
    assert len(fields(Answer)) == len(codec.to_json(_smallest()))


def _smallest() -> Answer:
    nothing = Figure(value=None, missing=Missing.NOT_MEASURED)
    return Answer(
        organisation=Organisation(name="A", currency="EUR"),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
        facts_id="x",
        policy_version="1",
        scope="organisation",
        kpi=Kpi.BOOKINGS,
        verdict=Verdict.CANNOT_TELL,
        comparison=None,
        base=nothing,
        actual=nothing,
        change=nothing,
        without_largest=None,
        metrics=(),
        tree=(),
        rate_mix=(),
        localisations=(),
        stages=(),
        single_deals=(),
        ladder=(),
        marks=(),
    )
