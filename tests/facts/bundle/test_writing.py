import json
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway import facts
from headway.facts.bundle import ExportError
from headway.facts.memory import of
from headway.facts.tables import Column, Kind

TEXT = st.text(min_size=1, max_size=6)
VALUES = {
    Kind.TEXT: TEXT,
    Kind.DATE: st.dates(),
    Kind.TIME: st.datetimes(),
    Kind.INT: st.integers(-(10**17), 10**17),
    Kind.COUNT: st.integers(0, 10**17),
    Kind.SHARE: st.floats(0, 1),
    Kind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    Kind.MONEY: st.decimals(-(10**15), 10**15, places=2),
    Kind.BOOL: st.booleans(),
    Kind.PREDICATE: st.just('{"grain": "lead", "all": []}'),
}
# Without references and intervals, so that an importer rejects nothing.
TABLES = ("seen/person", "seen/opportunity", "meant/value_goal", "seen/product", "meant/setting")


def values(column: Column) -> st.SearchStrategy[object]:
    given_values = st.sampled_from(column.choices) if column.choices else VALUES[column.kind]
    return st.one_of(st.none(), given_values) if column.is_optional else given_values


@st.composite
def rows(draw: st.DrawFn, table: str) -> list[dict[str, object]]:
    declared = facts.TABLES[table]
    found = []
    for i in range(draw(st.integers(0, 6))):
        row = {c.name: draw(values(c)) for c in declared.columns if c.kind is not Kind.ID}
        row |= {name: f"{i}" for name in declared.key if name != "name"}
        row |= {"name": f"{i}{draw(TEXT)}"} if table == "meant/setting" else {}
        row |= {"owner_id": "0"} if table == "meant/value_goal" else {}
        row |= {"currency": None} if table == "seen/opportunity" else {}
        found.append(row)
    return found


ORGANISATIONS = st.fixed_dictionaries({name: rows(name) for name in TABLES}).map(
    lambda tables: {**tables, "seen/person": [*tables["seen/person"][1:], {"person_id": "0"}]}
)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
# Each example is three bundles: few, of many rows.
@settings(max_examples=4)
@given(ORGANISATIONS)
def test_export_then_import_then_export_gives_the_same_bytes(
    file_type: str, tables: dict[str, list[dict[str, object]]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        first = facts.bundle.write(of(tables), Path(place) / "first", file_type=file_type)
        again = facts.bundle.load(first)
        second = facts.bundle.write(again.facts, Path(place) / "second", file_type=file_type)

        assert [each for each in again.violations if each.rule != 8] == []
        assert files(first) == files(second)


def test_what_is_absent_stays_absent(tmp_path: Path) -> None:
    known = of(
        {
            "seen/person": [{"person_id": "p1"}],
            "seen/opportunity": [],
            "seen/lead": [],
        }
    )

    again = facts.bundle.read(facts.bundle.write(known, tmp_path / "bundle"))

    assert [again.has(name) for name in ("seen/lead", "seen/activity")] == [True, False]
    assert not again.has_column("seen/person", "email")
    assert (tmp_path / "bundle" / "seen" / "person.csv").read_text() == "person_id\np1\n"


def test_rows_are_sorted_by_key_and_values_written_as_the_format_says(tmp_path: Path) -> None:
    known = of(
        {
            "seen/person": [],
            "seen/opportunity": [
                {
                    "opportunity_id": "o2",
                    "stage": "a,b",
                    "stage_group": "open",
                    "amount": Decimal("1234.5"),
                    "probability_share": 0.25,
                    "is_tender": True,
                    "created_at": "2026-01-01T10:00:00Z",
                    "close_on": "2026-12-31",
                },
                {"opportunity_id": "o1", "stage": 'x "y"', "stage_group": "won"},
            ],
        }
    )

    facts.bundle.write(known, tmp_path / "bundle")

    assert (tmp_path / "bundle/seen/opportunity.csv").read_text() == (
        "opportunity_id,stage,stage_group,amount,probability_share,created_at,close_on,is_tender\n"
        'o1,"x ""y""",won,,,,,\n'
        'o2,"a,b",open,1234.50,0.25,2026-01-01T10:00:00Z,2026-12-31,true\n'
    )


PERSONAL = {
    "seen/person": [{"person_id": "p1", "name": "Ada", "email": "a@b.c", "title": "Head"}],
    "seen/opportunity": [
        {"opportunity_id": "o1", "name": "Deal", "stage": "New", "stage_group": "open"}
    ],
    "seen/product": [{"product_id": "g1", "name": "Grinder"}],
    "said/departure": [
        {
            "person_id": person,
            "leaves_on": "2026-09-01",
            "declared_on": "2026-06-01",
            "basis": "declared",
            "is_shared": is_shared,
        }
        for person, is_shared in (("p1", True), ("p2", False), ("p3", False))
    ],
    "said/time_log": [
        {"person_id": "p1", "week_on": "2026-06-01", "category": "field", "hours": 2}
    ],
}


def test_a_shareable_export_leaves_out_who_people_are_and_what_they_did_not_share(
    tmp_path: Path,
) -> None:
    bundle = facts.bundle.write(
        of(PERSONAL), tmp_path / "bundle", share="shareable", shared_by=["p2"]
    )

    found = {name: raw.decode() for name, raw in files(bundle).items() if name.endswith("csv")}
    assert found == {
        "seen/person.csv": "person_id\np1\n",
        "seen/opportunity.csv": "opportunity_id,stage,stage_group\no1,New,open\n",
        # A needed name gives way to the row's key, so that the bundle can be read.
        "seen/product.csv": "product_id,name\ng1,g1\n",
        "said/departure.csv": "person_id,leaves_on,declared_on,basis,is_shared\n"
        "p1,2026-09-01,2026-06-01,declared,true\np2,2026-09-01,2026-06-01,declared,false\n",
    }


def test_a_hand_over_carries_everything(tmp_path: Path) -> None:
    bundle = facts.bundle.write(of(PERSONAL), tmp_path / "bundle")

    names = [table["name"] for table in json.loads((bundle / "bundle.json").read_text())["tables"]]
    assert names == sorted(PERSONAL)
    assert "Ada" in (bundle / "seen" / "person.csv").read_text()


def test_a_bundle_travels_as_a_zip(tmp_path: Path) -> None:
    first = facts.bundle.write(of(PERSONAL), tmp_path / "one.zip", file_type="parquet")

    second = facts.bundle.write(facts.bundle.read(first), tmp_path / "two.zip", file_type="parquet")

    # p2 and p3 are nobody's ids: their departures were rejected on the way.
    assert facts.bundle.read(second).facts_id != facts.bundle.read(first).facts_id
    third = facts.bundle.write(
        facts.bundle.read(second), tmp_path / "three.zip", file_type="parquet"
    )
    assert third.read_bytes() == second.read_bytes()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")

    with pytest.raises(ExportError, match="is not empty"):
        facts.bundle.write(of(PERSONAL), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_empty_folder_is_written_into(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    assert (facts.bundle.write(of(PERSONAL), folder) / "bundle.json").is_file()


def test_nobodys_own_words_are_shared(tmp_path: Path) -> None:
    words = {"text_id": "t1", "cell_id": "c1", "item": "O1", "text": "too many reports"}
    known = of({**PERSONAL, "said/survey_text": [words]})
    bundle = facts.bundle.write(known, tmp_path / "bundle", share="shareable")
    assert "reports" not in "".join(map(str, files(bundle).values()))
