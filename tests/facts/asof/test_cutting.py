import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from facts.asof import history
from headway import facts
from headway.facts.asof import KEPT, KNOWN_FROM, SPANS, AsOfError, cut
from headway.facts.catalogue import OWN
from headway.facts.memory import of

# In two organisations as many rows as 20 days of 60 opportunities: each day is a bundle to read.
DAYS_EACH, OPPORTUNITIES = 3, 240


def rows(known: facts.Facts, name: str) -> list[dict[str, Any]]:
    order = ", ".join(f'"{column}"' for column in facts.TABLES[name].key)
    select = f"FROM {known.engine.relation(name)} ORDER BY {order}"
    return known.engine.query(select).to_pylist()


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_cuts_equal_the_bundles_of_their_days_row_for_row(tmp_path: Path, seed: int) -> None:
    tables = history.invented(seed, opportunities=OPPORTUNITIES)
    dice = random.Random(seed)
    extent = {"as_of": history.LAST, "data_from": history.FIRST}
    whole = facts.bundle.read(facts.bundle.write(of(tables, **extent), tmp_path / "whole"))
    for number in range(DAYS_EACH):
        day = history.FIRST + timedelta(days=dice.randrange(30, 500))
        known = of(history.known_on(tables, day), **{**extent, "as_of": day})
        expected = facts.bundle.read(facts.bundle.write(known, tmp_path / str(number)))

        found = cut(whole, day)

        assert found.as_of == day
        assert {name: rows(found, name) for name in tables} == {
            name: rows(expected, name) for name in tables
        }


def test_the_last_day_cuts_nothing_off() -> None:
    known = of(history.invented(1), as_of=history.LAST, data_from=history.FIRST)

    assert cut(known, history.LAST) is known
    assert cut(known, history.LAST + timedelta(days=9)) is known


def test_before_the_data_nothing_was_known() -> None:
    with pytest.raises(AsOfError, match="the data begins on 2024-01-01"):
        cut(of({}), date(2023, 12, 31))


def test_a_cut_has_a_name_of_its_own_and_keeps_what_is_absent() -> None:
    known = of(history.invented(1), as_of=history.LAST, data_from=history.FIRST)

    found = cut(known, date(2025, 9, 30))

    assert found.facts_id not in (known.facts_id, cut(known, date(2025, 9, 29)).facts_id)
    assert not found.has("seen/contact")
    assert not found.has_column("seen/opportunity", "next_step")
    assert replace(known, engine=found.engine, as_of=found.as_of).organisation == found.organisation


def test_every_table_has_one_rule() -> None:
    """Its own time, a span, a definition, or a row it needs, whose rule it then follows."""
    with_own = [*KNOWN_FROM, *SPANS, *KEPT]
    following = {
        name: [c.refers_to for c in table.columns if c.refers_to and not c.is_optional]
        for name, table in (facts.TABLES | OWN).items()
        if name not in with_own
    }

    assert len(with_own) == len(set(with_own))
    assert [name for name, needed in following.items() if not needed] == []
