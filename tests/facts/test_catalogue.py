import re
from pathlib import Path

import pytest

from headway.facts.catalogue import AHEAD, TABLES
from headway.facts.tables import Column, Table

DESIGN = Path(__file__).parents[3] / "shared" / "design" / "bundle.md"


def written(table: Table) -> list[str]:
    """The table as the format's own notation writes it, without the meanings."""
    head = f"{table.name} [{', '.join(table.key)}]"
    if table.is_required:
        head += " required"
    return [head, *(column_written(column) for column in table.columns)]


def column_written(column: Column) -> str:
    choices = f"({'|'.join(column.choices)})" if column.choices else ""
    mark = "?" if column.is_optional else ""
    reference = f" -> {column.refers_to}" if column.refers_to else ""
    return f"  {column.name} {column.kind}{choices}{mark}{reference}"


def designed() -> dict[str, list[str]]:
    """Each table of the design's ```schema blocks, line by line, without the meanings."""
    blocks = re.findall(r"```schema\n(.*?)```", DESIGN.read_text(encoding="utf-8"), re.DOTALL)
    found: dict[str, list[str]] = {}
    for paragraph in "\n\n".join(blocks).split("\n\n"):
        head, *columns = paragraph.strip("\n").split("\n")
        name, key, meaning = re.fullmatch(r"(\S+) (\[.*?\])\s*(.*)", head).groups()
        required = " required" if meaning.startswith("required") else ""
        found[name] = [
            f"{name} {key}{required}",
            *(re.sub(r"\s+: .*", "", column).rstrip() for column in columns),
        ]
    return found


@pytest.mark.skipif(not DESIGN.exists(), reason="../shared is not beside this checkout")
def test_the_declaration_is_the_design_word_for_word() -> None:
    assert {name: written(table) for name, table in TABLES.items()} == designed()


def test_the_format_has_69_tables_of_which_two_are_required() -> None:
    folders = [name.partition("/")[0] for name in TABLES]

    assert {folder: folders.count(folder) for folder in folders} == {
        "seen": 19,
        "said": 20,
        "meant": 30,
    }
    assert [name for name, table in TABLES.items() if table.is_required] == [
        "seen/person",
        "seen/opportunity",
    ]


def test_keys_and_references_name_what_is_declared() -> None:
    wrong = [
        (table.name, name)
        for table in TABLES.values()
        for name in (*table.key, *(c.refers_to for c in table.columns if c.refers_to))
        if name not in table.column_names and name not in TABLES
    ]

    assert wrong == []


def test_a_referred_table_has_a_key_of_one_column() -> None:
    referred = {c.refers_to for t in TABLES.values() for c in t.columns if c.refers_to}

    assert {name for name in referred if len(TABLES[name].key) != 1} == set()


def test_days_that_may_lie_ahead_are_columns_of_the_format() -> None:
    columns = {column for table in TABLES.values() for column in table.column_names}

    assert columns >= AHEAD
