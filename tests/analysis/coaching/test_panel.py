"""The panel that is read from facts, and who got the sessions."""

from dataclasses import replace

import numpy as np
import pytest
from tests import drawn_coaching, small_work
from tests.drawn_coaching import Truth
from tests.small_line import AS_OF, NORTH, Tables, of, session
from tests.small_work import worked

from headway import facts
from headway.analysis.coaching import panel, thirds
from headway.analysis.coaching.panel import Panel
from headway.analysis.strategy import declared, sessions
from headway.facts import Facts
from headway.terms.coaching import Allocation
from headway.terms.period import Period


def read(known: Facts) -> Panel | None:
    window = Period(first=known.data_from, end=known.as_of)
    (priority,) = declared.priorities(known, window=window)
    held = sessions.of(known, last=known.as_of)
    return panel.of(known, priority, sessions=held or ())


def test_what_is_read_from_facts_is_what_was_drawn() -> None:
    drawn = drawn_coaching.draw(Truth(people=40, managers=8, quarters=7), seed=3)
    made, found = drawn_coaching.panel(drawn), read(drawn_coaching.of(drawn))
    assert found is not None
    assert found.people == made.people
    for name in ("k", "n", "began", "sessions"):
        np.testing.assert_array_equal(getattr(found, name), getattr(made, name), err_msg=name)
    np.testing.assert_array_equal(found.before, made.before)
    # Numbers of managers are names: the same people are together.
    pairs = set(zip(found.managers.tolist(), made.managers.tolist(), strict=True))
    assert len(pairs) == len(np.unique(made.managers)) == len(np.unique(found.managers))


def coached(*held: dict[str, object], work: tuple[small_work.Work, ...]) -> Facts:
    tables: Tables = {**worked(*work), "said/coaching_session": list(held)}
    return facts.memory.of(tables, as_of=AS_OF, data_from=AS_OF.replace(year=2025, month=7, day=1))


def test_the_quarter_in_which_it_began_counts_from_that_day_on() -> None:
    work = (("n1", "2026-01-10", 4, 1), ("n1", "2026-04-10", 3, 1), ("n1", "2026-05-20", 2, 2))
    found = read(coached(session(1, "n1", "2026-05-20"), work=work))
    assert found is not None
    assert found.n[0].tolist() == [0, 0, 4, 2]
    assert found.k[0].tolist() == [0, 0, 1, 2]
    assert found.began.tolist() == [3]


@pytest.mark.parametrize(
    "flaw",
    [
        {"priority_id": "p2"},
        {"kind": "pipeline_review"},
        {"is_work_observed": False},
        {"is_practice_agreed": False},
        {"follow_up_on": None},
    ],
    ids=lambda flaw: next(iter(flaw)),
)
def test_a_session_that_does_not_count_begins_nothing(flaw: dict[str, object]) -> None:
    work = (("n1", "2026-01-10", 4, 1), ("n2", "2026-01-10", 4, 1))
    held = (session(1, "n1", "2026-02-01", **flaw), session(2, "n2", "2026-05-01"))
    found = read(coached(*held, work=work))
    assert found is not None
    assert found.began.tolist() == [4, 3]
    assert found.sessions.tolist() == [0, 1]


def test_without_sessions_or_a_measure_there_is_no_panel() -> None:
    assert read(of(worked(("n1", "2026-01-10", 4, 1)))) is None
    work = (("n1", "2026-01-10", 4, 1),)
    known = coached(session(1, "n1", "2026-05-01"), work=work)
    (priority,) = declared.priorities(known, window=Period(first=known.data_from, end=AS_OF))
    held = sessions.of(known, last=AS_OF) or ()
    assert panel.of(known, replace(priority, behaviour=None), sessions=held) is None


def shares(*held: tuple[str, int]) -> Allocation | None:
    """Six people who stood at 0, 1 .. 5 of 5 before the first session."""
    work = [(who, "2026-01-10", 5, k) for k, who in enumerate(NORTH)]
    # What came after it says nothing of where they stood.
    work += [(NORTH[0], "2026-05-25", 9, 9)]
    listed = [
        session(10 * k + number, who, "2026-05-01")
        for k, (who, count) in enumerate(held)
        for number in range(count)
    ]
    found = read(coached(*listed, work=tuple(work)))
    assert found is not None
    return thirds.allocation(found)


def test_sessions_are_shared_out_by_third_of_where_people_stood_before() -> None:
    assert shares((NORTH[0], 1), (NORTH[2], 2), (NORTH[3], 2), (NORTH[5], 5)) == Allocation(
        top=0.5, middle=0.4, early=0.1
    )


def test_a_third_of_fewer_than_two_people_is_told_of_nobody() -> None:
    found = read(
        coached(
            session(1, "n1", "2026-05-01"),
            work=tuple((who, "2026-01-10", 5, k) for k, who in enumerate(NORTH[:5])),
        )
    )
    assert found is not None
    assert thirds.allocation(found) is None
