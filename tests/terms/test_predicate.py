"""The closed form of predicates: what is read, and what is refused with which words."""

import json

import pytest

from headway.terms.predicate import Op, PredicateError, parse

CALL = {"table": "activity", "column": "kind", "op": "eq", "value": "call"}


def written(*conditions, grain="activity"):
    return json.dumps({"grain": grain, "all": list(conditions)})


def test_a_predicate_is_read_with_its_conditions_in_order() -> None:
    found = parse(written(CALL, {**CALL, "op": "in", "value": ["call", "email"]}))
    assert found.grain == "activity"
    assert [condition.op for condition in found.conditions] == [Op.EQ, Op.IN]
    assert found.conditions[1].value == ("call", "email")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "one JSON object"),
        ("9" * 5000, "one JSON object"),
        ("[" * 100_000, "one JSON object"),
        ("[]", '"grain" and "all"'),
        ('{"grain": "activity"}', '"grain" and "all"'),
        (written(CALL, grain="belief"), "a grain among opportunity"),
        (written(), "1 to 12 conditions"),
        (written(*[CALL] * 13), "13 conditions"),
        ('{"grain": "activity", "all": 3}', "1 to 12 conditions"),
    ],
)
def test_what_is_no_predicate_is_refused(text, says) -> None:
    with pytest.raises(PredicateError, match=says) as refused:
        parse(text)
    assert refused.value.position is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"table": "survey_cell"}, "a table among"),
        ({"table": ["activity"]}, "a table among"),
        ({"column": "name"}, "other than name, email and text"),
        ({"column": None}, "other than name, email and text"),
        ({"op": "like"}, "an operator among"),
        ({"op": {}}, "an operator among"),
        ({"value": None}, "one text, number, bool"),
        ({"value": ["call"]}, "one text, number, bool"),
        ({"value": float("nan")}, "one text, number, bool"),
        ({"value": 10**19}, "one text, number, bool"),
        ({"value": "\ud800"}, "one text, number, bool"),
        ({"value": "a\0"}, "one text, number, bool"),
        ({"op": "in", "value": []}, "a list of 1 to 200"),
        ({"op": "in", "value": ["a"] * 201}, "a list of 1 to 200"),
        ({"op": "in", "value": [True]}, "a list of 1 to 200"),
        ({"op": "is_null", "value": "x"}, "null beside"),
        ({"op": "before_stage", "value": 3}, "the name of a stage"),
        ({"op": "within_days", "value": -1}, "a number of days"),
        ({"op": "within_days", "value": 1e9}, "a number of days"),
        ({"more": 1}, "an object with"),
    ],
)
def test_a_condition_at_fault_is_named_by_its_position(change, says) -> None:
    with pytest.raises(PredicateError, match=says) as refused:
        parse(written(CALL, {**CALL, **change}))
    assert refused.value.position == 2
    assert "condition 2 of the predicate" in str(refused.value)
