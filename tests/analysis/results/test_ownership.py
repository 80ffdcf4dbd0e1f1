"""Whose an opportunity was at its creation, at its closing, and on a day between."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.results import book, history, metrics
from headway.analysis.results.book import Book
from headway.analysis.results.dimension import Dimension
from headway.analysis.results.ownership import Ownership
from headway.facts import Facts, asof, memory
from headway.terms.answer import Metric
from headway.terms.period import Period
from headway.terms.policy import Policy

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
PEOPLE = ("anna", "bert", "carl")
TEAMS = {"anna": "A", "bert": "B", "carl": "C"}
Row = dict[str, object]


def passed(of: str, on: str, *, to: str, old: str | None = None) -> Row:
    return {
        "opportunity_id": of,
        "field": "owner_id",
        "changed_at": on if "T" in on else f"{on}T12:00:00Z",
        "old_value": old,
        "new_value": to,
    }


def facts_of(opportunities: dict[str, Row], *changes: Row, lines: list[Row] | None = None) -> Facts:
    usual = {"stage": "Any", "stage_group": "open", "created_at": "2026-01-10T12:00:00Z"}
    teams = [{"person_id": one, "valid_from": "2020-01-01", "team": TEAMS[one]} for one in PEOPLE]
    line = {"role": "seller", "basis": "declared"}
    return memory.of(
        {
            "seen/person": [{"person_id": one} for one in PEOPLE],
            "seen/reporting_line": [line | row for row in lines or teams],
            "seen/opportunity": [
                usual | {"opportunity_id": name} | row for name, row in opportunities.items()
            ],
            **({"seen/opportunity_change": list(changes)} if changes else {}),
        }
    )


def owners(found: Book) -> dict[str, str | None]:
    return dict(zip(found.ids, found.owners.texts(), strict=True))


def teams(found: Book) -> dict[str, str | None]:
    return dict(zip(found.ids, found.dimensions["team"].texts(), strict=True))


def test_created_by_the_first_owner_and_open_with_the_present_one() -> None:
    found = book.of(
        facts_of({"o": {"owner_id": "bert"}}, passed("o", "2026-02-01", old="anna", to="bert"))
    )
    assert (owners(found), teams(found)) == ({"o": "bert"}, {"o": "B"})
    assert (owners(found.as_created), teams(found.as_created)) == ({"o": "anna"}, {"o": "A"})


def test_the_entry_of_the_creation_itself_tells_the_first_owner() -> None:
    found = book.of(
        facts_of(
            {"o": {"owner_id": "carl"}},
            passed("o", "2026-01-10", to="anna"),
            passed("o", "2026-02-01", old="anna", to="bert"),
            passed("o", "2026-03-01", old="bert", to="carl"),
        )
    )
    assert owners(found.as_created) == {"o": "anna"}
    assert owners(found) == {"o": "carl"}


def test_what_passes_on_after_closing_stays_with_who_closed_it() -> None:
    closed: Row = {"stage_group": "won", "owner_id": "bert"}
    found = book.of(
        facts_of(
            {
                "before": {**closed, "closed_at": "2026-02-01T12:00:01Z"},
                "after": {**closed, "closed_at": "2026-02-01T11:59:59Z"},
                "same_day": {**closed, "close_on": "2026-02-01"},
                "day_before": {**closed, "close_on": "2026-01-31"},
            },
            *(
                passed(name, "2026-02-01", old="anna", to="bert")
                for name in ("before", "after", "same_day", "day_before")
            ),
        )
    )
    assert owners(found) == {
        "before": "bert",
        "after": "anna",
        "same_day": "bert",
        "day_before": "anna",
    }
    assert set(owners(found.as_created).values()) == {"anna"}


def test_without_a_history_of_owners_the_recorded_one_holds_throughout() -> None:
    stage: Row = {"opportunity_id": "o", "field": "stage", "new_value": "Any"}
    for changes in ((), ({**stage, "changed_at": "2026-02-01T12:00:00Z"},)):
        found = book.of(facts_of({"o": {"owner_id": "bert"}}, *changes))
        assert owners(found) == owners(found.as_created) == {"o": "bert"}


def test_a_value_that_names_nobody_tells_no_owner() -> None:
    found = book.of(
        facts_of({"o": {"owner_id": "bert"}}, passed("o", "2026-02-01", old="A. Adams", to="B. B."))
    )
    assert owners(found.as_created) == {"o": "bert"}


def test_the_place_of_a_creation_is_that_of_the_day_of_creation() -> None:
    lines: list[Row] = [
        {"person_id": "anna", "valid_from": "2020-01-01", "valid_to": "2026-02-01", "team": "A"},
        {"person_id": "anna", "valid_from": "2026-02-01", "team": "B"},
    ]
    won: Row = {"stage_group": "won", "owner_id": "anna", "close_on": "2026-03-01"}
    found = book.of(facts_of({"o": won}, lines=lines))
    assert (teams(found), teams(found.as_created)) == ({"o": "B"}, {"o": "A"})


def test_a_narrowed_book_counts_what_its_people_created_and_what_they_closed() -> None:
    found = book.of(
        facts_of(
            {
                "kept": {"owner_id": "anna"},
                "given": {"owner_id": "bert"},
                "own": {"owner_id": "bert"},
            },
            passed("given", "2026-02-01", old="anna", to="bert"),
        )
    )
    for narrow in (found.of_people(frozenset({"anna"})), found.within({"team": "A"})):
        assert owners(narrow) == {"kept": "anna"}
        assert owners(narrow.as_created) == {"given": "anna", "kept": "anna"}
        assert set(owners(narrow.as_open_on(date(2026, 1, 31)))) == {"given", "kept"}
        assert set(owners(narrow.as_open_on(date(2026, 2, 1)))) == {"given", "kept"}
        assert set(owners(narrow.as_open_on(date(2026, 2, 2)))) == {"kept"}
    both = found.of_people(frozenset({"anna", "bert"})).within({"team": "B"})
    assert set(owners(both)) == {"given", "own"}
    assert set(owners(both.as_created)) == {"own"}


def test_a_team_that_had_nothing_at_creation_created_nothing() -> None:
    only_later: list[Row] = [{"person_id": "bert", "valid_from": "2020-01-01", "team": "B"}]
    facts = facts_of(
        {"o": {"owner_id": "bert"}},
        passed("o", "2026-02-01", old="anna", to="bert"),
        lines=only_later,
    )
    found = book.of(facts).within({"team": "B"})
    assert (len(found), len(found.as_created)) == (1, 0)


def measured(facts: Facts, *, team: str) -> dict[str, Metric]:
    found = book.of(facts).within({"team": team})
    past = history.of(facts, found)
    given = metrics.of(facts, found, base=BEFORE, actual=NOW, policy=Policy(), seed=1, history=past)
    return {metric.code: metric for metric in given}


def leaver(on: str) -> Facts:
    """Anna begins 40 in either period, expected to close within it; her open ones go to Bert."""
    rows: dict[str, Row] = {}
    changes: list[Row] = []
    for period, year in ((BEFORE, 2025), (NOW, 2026)):
        for place in range(40):
            name, closing = f"{year}-{place:02}", period.first + timedelta(days=30 + place)
            is_open = year == 2026 and place >= 20
            rows[name] = {
                "owner_id": "bert" if is_open else "anna",
                "created_at": f"{period.first - timedelta(days=10 if place % 2 else -5)}T12:00:00Z",
                "stage_group": "open" if is_open else "won",
                "close_on": str(closing),
            }
            moved = {"field": "close_on", "new_value": str(closing)}
            changes.append({**passed(name, str(period.first - timedelta(days=9)), to="")} | moved)
            if is_open:
                changes.append(passed(name, on, old="anna", to="bert"))
    return facts_of(rows, *changes)


def test_a_leaver_takes_no_creation_and_no_pipeline_along() -> None:
    facts = leaver("2026-03-20")
    hers, his = measured(facts, team="A"), measured(facts, team="B")
    assert (hers["opportunities_created"].now.value, his["opportunities_created"].now.value) == (
        20,
        0,
    )
    assert (hers["slip"].now.value, hers["slip"].now.n) == (0.5, 20)
    assert his["slip"].now.n == 0
    assert hers["slip"].before.n == 20
    assert (hers["close_rate"].now.n, his["close_rate"].now.n) == (0, 0)


def test_what_a_leaver_left_before_the_period_is_the_heirs_pipeline() -> None:
    facts = leaver("2025-12-31")
    assert measured(facts, team="A")["slip"].now.n == 10
    assert measured(facts, team="B")["slip"].now.n == 10


def test_before_the_day_it_passed_on_nothing_is_different() -> None:
    facts = leaver("2026-03-20")
    then = book.of(asof.cut(facts, date(2026, 3, 19)))
    assert {owner for name, owner in owners(then).items()} == {"anna"}
    assert owners(then.as_created) == owners(then)
    now = book.of(asof.cut(facts, date(2026, 3, 20)))
    assert set(owners(now).values()) == {"anna", "bert"}
    assert owners(now.as_created) == owners(then)


CHANGES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(0, 4)), max_size=12)


@given(CHANGES, st.lists(st.one_of(st.none(), st.integers(-1, 21)), min_size=4, max_size=4))
def test_the_owner_is_the_one_a_person_would_find(
    changes: list[tuple[int, int, int]], asked: list[int | None]
) -> None:
    rows = sorted(changes, key=lambda row: row[:2])
    place, at, old = (np.array([row[i] for row in rows], dtype=np.int64) for i in range(3))
    names = ("a", "b", "c", "d", "e", "now")
    found = Ownership(
        recorded=Dimension(codes=np.full(4, 5, dtype=np.int32), values=names),
        place=place,
        changed_at=at,
        old=old.astype(np.int32),
    )
    expected, first = [], []
    for which, moment in enumerate(asked):
        own = [row for row in rows if row[0] == which]
        after = [] if moment is None else [row for row in own if row[1] > moment]
        expected.append(names[after[0][2]] if after else "now")
        first.append(names[own[0][2]] if own else "now")
    moments = np.array([np.nan if one is None else one for one in asked], dtype=np.float64)
    assert found.at(moments).texts().tolist() == expected
    assert found.first.texts().tolist() == first
