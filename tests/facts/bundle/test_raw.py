import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts import bundles
from headway import facts
from headway.facts.bundle import BundleError
from headway.facts.engine import Engine

# What eats or changes cells elsewhere.
TRAPS = [
    *("NA", "N/A", "None", "null", "NULL", "nan", "NaN", "-", "TRUE", "true", "1E5", "00123"),
    *("1.0", " ", " padded ", "a,b", 'say "hi"', '"', '""', "'", "line\nbreak", "line\r\nbreak"),
    *("\r", "\t", "#", "\\", '\\"', ";", "=1+1", "\ufeff", "é", "日本", "\u2028", "2026-01-01"),
]
CELLS = st.one_of(
    st.sampled_from(TRAPS), st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
)


def titles(folder: Path) -> list[str | None]:
    known = facts.bundle.read(folder)
    people = known.engine.query(f"FROM {known.engine.relation('seen/person')} ORDER BY person_id")
    return people["title"].to_pylist()


# Each example is a bundle to be read: few, of many cells.
@settings(max_examples=8)
@given(st.lists(CELLS, min_size=1, max_size=40), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_text_survives_whatever_it_looks_like(
    cells: list[str], newline: str, ends_with_newline: bool
) -> None:
    rows = [["person_id", "title"], *([f"p{i:02}", cell] for i, cell in enumerate(cells))]
    text = bundles.text_of(rows, newline=newline)
    if not ends_with_newline:
        text = text.removesuffix(newline)

    with tempfile.TemporaryDirectory() as folder:
        found = titles(bundles.written(Path(folder), {"seen/person": text}))

    assert found == [cell or None for cell in cells]


def test_every_null_like_code_survives_at_once(tmp_path: Path) -> None:
    rows = [["person_id", "title"], *([f"p{i:02}", cell] for i, cell in enumerate(TRAPS))]

    assert titles(bundles.written(tmp_path, {"seen/person": bundles.text_of(rows)})) == TRAPS


def test_ids_are_never_numbers(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {"seen/person": "person_id\n00123\n123\n1E5\n100000\n"})

    people = facts.collect(facts.bundle.read(bundle).table("seen/person")).records()
    assert sorted(row["person_id"] for row in people) == ["00123", "100000", "123", "1E5"]


def test_a_quoted_empty_cell_is_unknown(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {"seen/person": 'person_id,title\np1,""\n"p2",\n'})

    assert titles(bundle) == [None, None]


def test_lines_that_are_no_rows_are_listed_with_their_reason(tmp_path: Path) -> None:
    text = (
        b"person_id,title\n"
        b'p1,"two\nlines"\n'  # lines 2 and 3
        b"p2\n"  # line 4
        b"\n"  # line 5: no row at all
        b"p3,a,b\n"  # line 6
        b"p4,\xff\n"  # line 7
        b"p5,fine\r\n"  # line 8
    )

    found = facts.bundle.load(bundles.written(tmp_path, {"seen/person": text}))

    assert [(each.line, each.rule, each.message) for each in found.violations] == [
        (4, 1, "the line has 1 fields where the header has 2"),
        (6, 1, "the line has 3 fields where the header has 2"),
        (7, 1, "the line is not UTF-8"),
    ]
    assert found.counts[0] == facts.bundle.Count(table="seen/person", rows_in=5, kept=2, rejected=3)
    assert titles(tmp_path) == ["two\nlines", "fine"]


def test_quoting_that_cannot_be_read_costs_its_row_only(tmp_path: Path) -> None:
    text = 'person_id,title\np1,"a"b\np2,fine\n'

    found = facts.bundle.load(bundles.written(tmp_path, {"seen/person": text}))

    assert [(each.line, each.rule) for each in found.violations] == [(2, 1)]
    assert titles(tmp_path) == ["fine"]


def test_the_line_of_a_bad_row_is_the_one_it_begins_on(tmp_path: Path) -> None:
    text = 'person_id,title,hired_on\np1,"a\nb",\np2,x,soon\np3,"c\n\nd",later\n'

    found = facts.bundle.load(bundles.written(tmp_path, {"seen/person": text}))

    assert [(each.line, each.value) for each in found.violations] == [(4, "soon"), (5, "later")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "person.csv is empty"),
        ("\ufeffperson_id\np1\n", "byte-order mark"),
        ("person_id,title,title\np1,a,b\n", "names 'title' more than once"),
    ],
)
def test_a_file_with_a_wrong_head_is_refused(tmp_path: Path, text: str, message: str) -> None:
    bundle = bundles.written(tmp_path, {"seen/person": text})

    with pytest.raises(BundleError, match=message):
        facts.bundle.read(bundle)
    assert next(facts.bundle.violations(bundle)).rule == 1


def test_many_rows_keep_their_lines(tmp_path: Path) -> None:
    # Long enough for DuckDB to read in pieces, with breaks inside quotes all along.
    rows = [["person_id", "title", "hired_on"]]
    rows += [[f"p{i}", "x" * (i % 90) + "\n", ""] for i in range(40_000)]
    rows[-1][-1] = "never"

    found = facts.bundle.load(bundles.written(tmp_path, {"seen/person": bundles.text_of(rows)}))

    # Two lines a row, after the header.
    assert [(each.line, each.value) for each in found.violations] == [(2 + 2 * 39_999, "never")]
    assert found.counts[0].kept == 40_000


def test_parquet_that_is_none_or_holds_other_types_is_refused(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {})
    said = json.loads((bundle / "bundle.json").read_text())
    (bundle / "seen" / "person.csv").unlink()
    path = bundle / "seen" / "person.parquet"
    for content, message in (
        (b"no Parquet at all", "is not readable as Parquet"),
        (parquet(tmp_path, "42 AS person_id"), "'person_id' is INTEGER, where text of 1 to 80"),
    ):
        path.write_bytes(content)
        said["tables"][0] = bundles.entry(path, name="seen/person", row_count=1)
        (bundle / "bundle.json").write_text(json.dumps(said))
        with pytest.raises(BundleError, match=message):
            facts.bundle.read(bundle)


def parquet(folder: Path, columns: str) -> bytes:
    target = folder / "made.parquet"
    Engine().connection.execute(f"COPY (SELECT {columns}) TO '{target}' (FORMAT parquet)")
    content = target.read_bytes()
    target.unlink()
    return content
