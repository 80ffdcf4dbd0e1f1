"""The reference of all tables, made from their declaration."""

from collections.abc import Iterator

from headway.facts.catalogue import TABLES
from headway.facts.tables import Column, Table

_FOLDERS = {
    "seen": "what systems recorded",
    "said": "what people told",
    "meant": "what leaders declared",
}
_HEAD = """# Tables

Every table of facts, as bundles hold them and as the store keeps them. Made from the declaration
in `headway.facts`; after a change there: `./dev docs --write`.

An empty field means *not known*. A column marked "may be empty" may also be left out. Instants are
in UTC, days are those of the organisation, shares run from 0 to 1, money has two decimal places and
is in the row's `currency`, else in the organisation's. A reference must be found in the table it
names, if that table is there.
"""


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for folder, meaning in _FOLDERS.items():
        tables = [table for table in TABLES.values() if table.name.startswith(f"{folder}/")]
        parts.append(f"## `{folder}/`: {meaning}\n\n{len(tables)} tables.\n")
        parts.extend("\n".join(_section(table)) for table in tables)
    return "\n".join(parts)


def _section(table: Table) -> Iterator[str]:
    yield f"### `{table.name}`\n"
    required = "Required. " if table.is_required else ""
    key = ", ".join(f"`{column}`" for column in table.key)
    meaning = f" {_cell(table.meaning[0].upper() + table.meaning[1:])}." if table.meaning else ""
    yield f"{required}One row per {key}.{meaning}\n"
    yield "| column | holds | may be empty | meaning |"
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        is_optional = "yes" if column.is_optional else "no"
        yield f"| `{column.name}` | {_holds(column)} | {is_optional} | {_cell(column.meaning)} |"
    yield ""


def _holds(column: Column) -> str:
    if column.choices:
        return ", ".join(f"`{choice}`" for choice in column.choices)
    if column.refers_to:
        return f"{column.kind} of [`{column.refers_to}`](#{column.refers_to.replace('/', '')})"
    return column.kind.value


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
