"""Lines over weeks, by hand."""

from headway.interfaces.pages import time_lines
from headway.interfaces.pages.time_lines import Line


def test_hours_stand_on_one_scale_from_zero() -> None:
    drawn = time_lines.hours([0, 2, 4], [4, 3, 1])
    assert drawn is not None
    # 0 is at 108, 4 at 14; weeks at 40, 127 and 214.
    assert drawn.ticks == ((108, 0), (61, 2), (14, 4))
    assert drawn.lines == (
        Line(pieces=("40.0,108.0 127.0,61.0 214.0,14.0",), x=214, y=14, label_y=18),
        Line(pieces=("40.0,14.0 127.0,37.5 214.0,84.5",), x=214, y=84.5, label_y=88.5),
    )


def test_a_week_that_was_not_logged_parts_the_line() -> None:
    drawn = time_lines.shares([1, None, 0.5, 0])
    assert drawn is not None
    [line] = drawn.lines
    assert line.pieces == ("40.0,14.0", "156.0,61.0 214.0,108.0")


def test_labels_of_ends_that_meet_stand_apart() -> None:
    drawn = time_lines.hours([1, 1, 1], [1, 1, 1])
    assert drawn is not None
    first, second = drawn.lines
    assert second.label_y - first.label_y == 14


def test_of_two_weeks_nothing_is_drawn() -> None:
    assert time_lines.hours([1, None, 2], [1, None, 2]) is None
    assert time_lines.shares([]) is None
