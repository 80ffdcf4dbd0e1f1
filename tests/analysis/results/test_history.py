"""What the history of opportunities tells."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.results import book, history, made, stages
from headway.analysis.results.book import Book
from headway.analysis.results.expected import Expected
from headway.analysis.results.history import History
from headway.analysis.results.made import Entry
from headway.analysis.results.reached import NEVER, Reached
from headway.facts import memory
from headway.terms.answer import Missing
from headway.terms.period import Period
from headway.terms.policy import Policy

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
STAGES = [
    {"pipeline": "Sales", "stage": "Talk", "sort_order": 1, "stage_group": "open"},
    {"pipeline": "Sales", "stage": "Offer", "sort_order": 2, "stage_group": "open"},
    {"pipeline": "Sales", "stage": "Deal", "sort_order": 3, "stage_group": "open"},
    {"pipeline": "Sales", "stage": "Won", "sort_order": 4, "stage_group": "won"},
    {"pipeline": "Sales", "stage": "Lost", "sort_order": 5, "stage_group": "lost"},
]


def change(of: str, field: str, on: str, *, new: str, **more: object) -> dict[str, object]:
    return {
        "opportunity_id": of,
        "field": field,
        "changed_at": f"{on}T12:00:00Z",
        "new_value": new,
    } | more


def read(
    opportunities: list[dict[str, object]],
    changes: list[dict[str, object]],
    **tables: list[dict[str, object]],
) -> tuple[Book, History]:
    facts = memory.of(
        {
            "seen/person": [
                {"person_id": "anna"},
                {"person_id": "robot", "is_service_user": True},
            ],
            "seen/opportunity": [{"stage": "Any"} | row for row in opportunities],
            "seen/opportunity_change": changes,
        }
        | {f"seen/{name}": rows for name, rows in tables.items()}
    )
    found = book.of(facts)
    return found, history.of(facts, found)


def opportunity(name: str, group: str, **more: object) -> dict[str, object]:
    return {"opportunity_id": name, "stage_group": group} | more


def test_skipped_stages_count_as_passed_and_re_entries_by_the_first() -> None:
    found, past = read(
        [
            opportunity("jumps", "open"),
            opportunity("returns", "open"),
            opportunity("wins", "won", close_on="2026-02-09"),
        ],
        [
            change("jumps", "stage", "2026-01-02", new="Talk"),
            change("jumps", "stage", "2026-01-05", new="Deal"),
            change("returns", "stage", "2026-01-01", new="Talk"),
            change("returns", "stage", "2026-01-03", new="Offer"),
            change("returns", "stage", "2026-01-04", new="Talk"),
            change("returns", "stage", "2026-01-08", new="Offer"),
            change("wins", "stage", "2026-02-01", new="Talk"),
        ],
        stage_def=STAGES,
    )
    assert past.reached is not None
    assert past.reached.stages == ("Talk", "Offer", "Deal", "Won")
    shown = {
        name: [None if on == NEVER else str(np.datetime64(int(on), "D")) for on in row]
        for name, row in zip(found.ids, past.reached.on, strict=True)
    }
    assert shown == {
        "jumps": ["2026-01-02", "2026-01-05", "2026-01-05", None],
        "returns": ["2026-01-01", "2026-01-03", None, None],
        "wins": ["2026-02-01", "2026-02-09", "2026-02-09", "2026-02-09"],
    }


def test_stages_are_not_measured_without_their_order_or_with_too_little_history() -> None:
    opportunities = [opportunity(f"o{place}", "open") for place in range(5)]
    some = [change(f"o{place}", "stage", "2026-01-02", new="Talk") for place in range(3)]
    _, no_order = read(opportunities, some)
    _, little = read(opportunities, some, stage_def=STAGES)
    other = {"pipeline": "Renewals", "stage": "Ask", "sort_order": 1, "stage_group": "open"}
    _, two_pipelines = read(opportunities[:3], some, stage_def=[*STAGES, other])
    assert (no_order.reached, little.reached, two_pipelines.reached) == (None, None, None)


def test_without_history_nothing_of_it_is_known() -> None:
    facts = memory.of({"seen/person": [], "seen/opportunity": []})
    past = history.of(facts, book.of(facts))
    assert (past.reached, past.expected, past.first_amount) == (None, None, None)


def test_stage_conversion_is_that_of_the_cohort_with_lost_ones_competing() -> None:
    # 20 enter Talk in January: 12 get to Offer, 8 are lost before. Of the 12, 6 are won.
    opportunities, changes = [], []
    for place in range(20):
        name = f"o{place:02}"
        group = "won" if place < 6 else "lost"
        opportunities.append(opportunity(name, group, close_on="2026-03-01"))
        changes.append(change(name, "stage", "2026-01-05", new="Talk"))
        if place < 12:
            changes.append(change(name, "stage", "2026-01-20", new="Offer"))
    found, past = read(opportunities, changes, stage_def=[*STAGES[:2], STAGES[3]])
    talk, offer = stages.of(found, history=past, base=BEFORE, actual=NOW, policy=Policy())
    assert (talk.stage, talk.next_stage, talk.now.value, talk.now.n) == ("Talk", "Offer", 0.6, 20)
    assert (offer.next_stage, offer.now.value, offer.now.n) == ("Won", 0.5, 12)
    assert talk.before.missing is Missing.NO_CASES


def test_opportunities_still_open_are_not_read_as_failures() -> None:
    # All enter Talk; the older half goes on after 10 days, the younger half is 5 days old.
    opportunities, changes = [], []
    for place in range(40):
        name = f"o{place:02}"
        opportunities.append(opportunity(name, "open"))
        day = "2026-03-01" if place < 20 else "2026-03-25"
        changes.append(change(name, "stage", day, new="Talk"))
        if place < 20:
            changes.append(change(name, "stage", "2026-03-11", new="Offer"))
    facts = memory.of(
        {
            "seen/person": [],
            "seen/opportunity": [{"stage": "Any"} | row for row in opportunities],
            "seen/opportunity_change": changes,
            "seen/stage_def": [*STAGES[:2], STAGES[3]],
        },
        as_of=date(2026, 3, 30),
    )
    found = book.of(facts)
    talk, _ = stages.of(
        found, history=history.of(facts, found), base=BEFORE, actual=NOW, policy=Policy()
    )
    assert talk.now.value == 1.0


def test_without_history_there_are_no_stage_steps() -> None:
    found = made.book([Entry(outcome="won")], as_of=date(2026, 6, 30), data_from=date(2024, 1, 1))
    steps = stages.of(found, history=History(), base=BEFORE, actual=NOW, policy=Policy())
    assert steps == ()


def test_the_expected_day_is_the_one_known_at_the_beginning_of_the_day() -> None:
    found, past = read(
        [opportunity("a", "open", close_on="2026-09-01"), opportunity("b", "open")],
        [
            change("a", "close_on", "2026-01-01", new="2026-02-01"),
            change("a", "close_on", "2026-01-10", new="2026-03-01", old_value="2026-02-01"),
            change("a", "close_on", "2026-03-10", new="2026-09-01", old_value="2026-03-01"),
        ],
    )
    assert past.expected is not None
    place = found.ids.tolist().index("a")
    known = [
        past.expected.as_known_at(np.datetime64(day), book=found)[place].item()
        for day in ("2025-12-31", "2026-01-02", "2026-01-10", "2026-01-11", "2026-12-31")
    ]
    assert known == [
        None,
        date(2026, 2, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
        date(2026, 9, 1),
    ]


def test_a_push_is_a_move_to_a_later_month_by_somebody_who_thought_of_it() -> None:
    names = [f"o{place:02}" for place in range(14)]
    moved = {"old_value": "2026-02-10", "changed_by_id": "anna"}
    together = [change(name, "close_on", "2026-01-20", new="2026-05-01") | moved for name in names]
    single = [
        change("o00", "close_on", "2026-02-01", new="2026-03-01") | moved,  # counts
        change("o01", "close_on", "2026-02-02", new="2026-02-28") | moved,  # within the month
        change("o02", "close_on", "2026-02-03", new="2026-01-31") | moved,  # earlier
        change("o03", "close_on", "2026-02-04", new="2026-04-01")
        | moved
        | {"changed_by_id": "robot"},
        change("o04", "close_on", "2026-04-01", new="2026-05-01") | moved,  # after the period
    ]
    found, past = read([opportunity(name, "open") for name in names], [*together, *single])
    assert past.expected is not None
    pushed = past.expected.place[past.expected.pushes(NOW)]
    assert found.ids[pushed].tolist() == ["o00"]
    assert past.expected.is_bulk.sum() == 14 + 1


def test_amounts_at_creation_come_from_the_first_row() -> None:
    found, past = read(
        [opportunity("a", "won", amount=80), opportunity("b", "won", amount=50)],
        [
            change("a", "amount", "2026-01-01", new="100.00"),
            change("a", "amount", "2026-01-09", new="80.00", old_value="100.00"),
        ],
    )
    assert past.first_amount is not None
    amounts = dict(zip(found.ids, past.first_amount.tolist(), strict=True))
    assert amounts["a"] == 100.0
    assert np.isnan(amounts["b"])


def test_amounts_at_creation_are_turned_into_ours_as_those_of_today_were() -> None:
    rows = {
        "ours": {"amount": 80},
        "turned": {"amount": 80, "currency": "USD", "report_amount": 72},
        "not_turned": {"amount": 80, "currency": "USD"},
        "nothing": {"currency": "USD"},
    }
    found, past = read(
        [opportunity(name, "won", **row) for name, row in rows.items()],
        [change(name, "amount", "2026-01-01", new="100.00") for name in rows],
    )
    assert past.first_amount is not None
    amounts = dict(zip(found.ids, past.first_amount.tolist(), strict=True))
    assert (amounts["ours"], amounts["turned"]) == (100.0, 90.0)
    assert np.isnan([amounts["not_turned"], amounts["nothing"]]).all()


@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_the_history_of_some_is_their_part_of_the_history(wanted: list[bool]) -> None:
    moves = Expected(
        place=np.array([0, 0, 2, 3, 5]),
        changed_on=np.array([1, 5, 3, 4, 2]).astype("datetime64[D]"),
        old_on=np.full(5, np.datetime64("NaT", "D")),
        new_on=np.array([10, 20, 30, 40, 50]).astype("datetime64[D]"),
        is_bulk=np.zeros(5, dtype=bool),
    )
    whole = made.book(
        [Entry(outcome="open", close_on=date(2026, 1, 1)) for _ in range(6)],
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
    )
    mask = np.array(wanted)
    day = np.datetime64(4, "D")
    expected = moves.as_known_at(day, book=whole)[mask]
    found = moves.only(mask).as_known_at(day, book=whole.only(mask))
    np.testing.assert_array_equal(found, expected)


def test_all_of_a_history_is_cut_to_some() -> None:
    on = np.array([[1, 2], [3, NEVER]])
    whole = History(
        reached=Reached(stages=("Talk", "Won"), on=on), first_amount=np.array([10.0, 20.0])
    )
    some = whole.only(np.array([False, True]))
    assert some.reached is not None
    assert some.first_amount is not None
    assert (some.reached.on.tolist(), some.first_amount.tolist()) == ([[3, NEVER]], [20.0])
    nothing = History().only(np.array([True]))
    assert (nothing.reached, nothing.expected, nothing.first_amount) == (None, None, None)
