"""Moves laid over known lines: whatever was known and entered, nobody stands in two places."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from headway.records.lines import Moved, Span, held_on, laid
from headway.terms.people import RoleFamily, Stand

FIRST = date(2026, 1, 1)
DAYS = 30


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def stand(manager: str | None) -> Stand:
    return Stand(role=RoleFamily.SELLER, manager_id=manager)


def span(person: str, first: int, end: int | None, manager: str | None) -> Span:
    last = None if end is None else day(end)
    return Span(person_id=person, first=day(first), end=last, stand=stand(manager))


def move(number: int, person: str, first: int, end: int | None, manager: str | None) -> Moved:
    return Moved(
        move_id=number,
        person_id=person,
        first=day(first),
        end=None if end is None else day(end),
        stand=stand(manager),
    )


def of(found: list[Span], person: str) -> list[Span]:
    return [each for each in found if each.person_id == person]


# Cuts of the days of one person into lines that follow each other, with or without gaps.
known = st.lists(st.integers(0, DAYS), min_size=2, max_size=6, unique=True).map(
    lambda days: [
        span("p", first, end, f"boss{first}")
        for first, end in zip(sorted(days), [*sorted(days)[1:-1], None], strict=False)
        if first % 4
    ]
)
entered = st.lists(
    st.tuples(st.integers(0, DAYS), st.one_of(st.none(), st.integers(1, 10))), max_size=5
).map(
    lambda found: [
        move(number, "p", first, None if length is None else first + length, f"new{number}")
        for number, (first, length) in enumerate(found)
    ]
)


@given(known, entered)
def test_lines_never_overlap_and_each_day_holds_what_was_entered_last_for_it(
    lines: list[Span], moves: list[Moved]
) -> None:
    found = list(laid(lines, moves).spans)
    for number in range(DAYS + 20):
        holding = [
            each
            for each in found
            if each.first <= day(number) and (each.end is None or day(number) < each.end)
        ]
        assert len(holding) <= 1
        last = {each.first: each for each in moves}
        begun = [last[first] for first in sorted(last) if first <= day(number)]
        is_moved = bool(begun) and (begun[-1].end is None or day(number) < begun[-1].end)
        expected = begun[-1].stand if is_moved else held_on(lines, day(number))
        assert held_on(found, day(number)) == expected


@given(known, entered)
def test_laid_twice_is_laid_once(lines: list[Span], moves: list[Moved]) -> None:
    once = laid(lines, moves)
    assert laid(once.spans, moves) == once


def test_the_move_entered_last_is_the_one_left_out_of_a_circle() -> None:
    lines = [span("a", 0, None, None), span("b", 0, None, None)]
    moves = [move(1, "a", 5, None, "b"), move(2, "b", 9, None, "a")]
    found = laid(lines, moves)
    assert found.circles == frozenset({2})
    assert of(list(found.spans), "b") == [span("b", 0, None, None)]


def test_two_who_change_places_on_one_day_make_no_circle() -> None:
    lines = [span("a", 0, None, None), span("b", 0, None, "a")]
    moves = [move(1, "b", 5, None, None), move(2, "a", 5, None, "b")]
    assert laid(lines, moves).circles == frozenset()
    # A day later for b, and for that day they would report to each other.
    late = [move(1, "b", 6, None, None), move(2, "a", 5, None, "b")]
    assert laid(lines, late).circles == frozenset({2})


def test_a_move_that_ends_before_the_circle_would_begin_holds() -> None:
    lines = [span("a", 0, None, None), span("b", 0, 9, None), span("b", 9, None, "a")]
    assert laid(lines, [move(1, "a", 5, 9, "b")]).circles == frozenset()
    assert laid(lines, [move(1, "a", 5, 10, "b")]).circles == frozenset({1})
