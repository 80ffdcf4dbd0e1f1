import re
from pathlib import Path

import pytest

from facts import bundles
from headway import facts
from headway.facts.bundle import BundleError

ORGANISATION = {
    "name": "Example",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "fiscal_year_start_month": 1,
}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"format": "other"}, "its format is 'other' version 1, where 'headway-bundle' version 1"),
        ({"format_version": 2}, "version 2, where 'headway-bundle' version 1 was expected"),
        ({"as_of": "30.06.2026"}, "'as_of' is \"30.06.2026\", where a day such as 2026-06-30"),
        ({"as_of": 7}, "'as_of' is 7, where a day such as 2026-06-30 was expected"),
        ({"tables": {}}, "'tables' is {}, where a list was expected"),
        ({"tables": ["seen/person"]}, "'tables' should be an object with fields"),
        ({"tables": [{"name": "a"}]}, "the field 'path' is missing"),
        ({"tables": [{"name": "a\0"}]}, "where text was expected"),
        ({"organisation": "Example"}, "'organisation' should be an object with fields"),
        ({"organisation": {**ORGANISATION, "time_zone": "Mars/Olympus"}}, "where a time zone such"),
        ({"organisation": {**ORGANISATION, "time_zone": "../UTC"}}, "where a time zone such as"),
        ({"min_answer_count": "5"}, "'min_answer_count' is \"5\", where a whole number was"),
        ({"min_answer_count": True}, "'min_answer_count' is true, where a whole number was"),
        (
            {"organisation": {**ORGANISATION, "fiscal_year_start_month": 13}},
            "'fiscal_year_start_month' is 13, where 1 to 12 was expected",
        ),
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(
    tmp_path: Path, changed: dict, sentence: str
) -> None:
    bundle = bundles.written(tmp_path, {}, changed)

    with pytest.raises(BundleError, match=re.escape(sentence)) as refused:
        facts.bundle.read(bundle)
    assert "Error" not in str(refused.value)
    assert "bundle.json could not be read" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"{'a': 1}", "it is no JSON (line 1: "), (b'{"a": "\xff"}', "it is not UTF-8")],
)
def test_a_manifest_that_is_no_json_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    bundle = bundles.written(tmp_path, {})
    (bundle / "bundle.json").write_bytes(content)

    with pytest.raises(BundleError, match=re.escape(sentence)):
        facts.bundle.read(bundle)
    assert [(each.table, each.line, each.rule) for each in facts.bundle.violations(bundle)] == [
        ("bundle.json", 0, 0)
    ]


def test_a_table_that_the_format_does_not_have_is_no_table_of_a_bundle(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {"seen/dream": "dream_id\nd1\n"})
    assert [(each.table, each.message) for each in facts.bundle.violations(bundle)] == [
        ("seen/dream", "no table of the format has this name")
    ]
