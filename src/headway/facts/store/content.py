"""What a table's rows are, as a hash: the same whatever their order and whenever learned."""

import hashlib
import json

from headway.facts.engine import Engine, quoted
from headway.facts.tables import Table

WHEN_LEARNED = frozenset({"recorded_at", "extracted_at"})
"""Columns that say when we learned of a row, which changes nothing in it."""


def hash_of(engine: Engine, table: Table) -> tuple[int, str]:
    """Count and content hash of a table.

    Args:
        engine: where the table lies.
        table: which one.

    Returns:
        The number of rows, and 32 hexadecimal digits over which columns there are, and over the
        values of all but `recorded_at`.

    References:
        Own: two sums of the halves of each row's MD5, which rows in any order give alike. A hash
        against accidents, not against forgers.
    """
    present = [name for name in table.column_names if engine.has_column(table.name, name)]
    cells = ", ".join(
        # With its length, so that no two different rows give one text.
        f"coalesce(length({cell}) || ':' || {cell}, '-')"
        for cell in (f"{quoted(name)}::VARCHAR" for name in present if name not in WHEN_LEARNED)
    )
    rows = engine.query(
        f"""SELECT count(*) AS n, coalesce(sum(md5_number_lower(row)::HUGEINT), 0)::VARCHAR AS low,
            coalesce(sum(md5_number_upper(row)::HUGEINT), 0)::VARCHAR AS high
        FROM (SELECT concat({cells}) AS row FROM {engine.relation(table.name)})"""
    )
    found = rows.to_pylist()[0]
    told = json.dumps([present, found])
    return found["n"], hashlib.sha256(told.encode()).hexdigest()[:32]
