"""The drawings' geometry."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from headway.interfaces.pages import svg

money = some.floats(min_value=-1e7, max_value=1e7, allow_nan=False)


def amount(value: float, *, is_total: bool = False, reach: float | None = None) -> svg.Amount:
    low, high = (None, None) if reach is None else (value - reach, value + reach)
    return svg.Amount(
        label="Opportunities per seller", words=f"{value:.2f}", amount=value, low=low, high=high,
        is_total=is_total, could_be_chance=reach is not None and reach > abs(value),
        is_largest=False,
    )  # fmt: skip


def falling(base: float, steps: list[float], *, reach: float | None = None) -> list[svg.Amount]:
    total = base + sum(steps)
    between = [amount(step, reach=reach) for step in steps]
    return [amount(base, is_total=True), *between, amount(total, is_total=True)]


def test_bars_hang_on_each_other_and_end_at_the_last_total() -> None:
    drawing = svg.waterfall(falling(7.31, [0.21, -0.08, -0.74, 0.11, -0.39]), divisor=1)
    tops = [join[1] for join in drawing.joins]
    ends = [join[3] for join in drawing.joins]
    assert tops == ends
    assert drawing.bars[-1].y == drawing.joins[-1][1]


def test_two_high_totals_are_cut_and_say_where() -> None:
    drawing = svg.waterfall(falling(7.31, [0.21, -1.1]), divisor=1)
    # The lowest bar ends at 6.42; below it a fifth of the spread, down to a whole quarter.
    assert drawing.cut_at == "6"
    assert [bool(bar.zigzag) for bar in drawing.bars] == [True, False, False, True]


def test_bars_that_reach_to_zero_are_not_cut() -> None:
    drawing = svg.waterfall(falling(10, [-8, 1]), divisor=1)
    assert drawing.cut_at is None
    assert [bar.zigzag for bar in drawing.bars] == ["", "", "", ""]


def test_a_step_that_could_be_chance_is_drawn_so() -> None:
    drawing = svg.waterfall(falling(10, [-1, 2], reach=1.5), divisor=1)
    assert [bar.kind for bar in drawing.bars] == ["total", "down chance", "up", "total"]


@given(some.floats(1, 1e7), some.lists(money, min_size=1, max_size=6), some.floats(0, 1e6))
def test_everything_stays_inside_the_drawing(base: float, steps: list[float], reach: float) -> None:
    drawing = svg.waterfall(falling(base, steps, reach=reach), divisor=1e6)
    for bar in drawing.bars:
        assert 0 <= bar.y <= bar.y + bar.height <= svg.HEIGHT
        assert 0 <= bar.x <= bar.x + bar.width <= svg.WIDTH
        if bar.whisker:
            assert 0 <= bar.whisker.end <= bar.whisker.start <= svg.HEIGHT
    assert len(drawing.ticks) <= 7


@given(some.floats(1, 1e7), some.lists(money, min_size=1, max_size=6))
def test_the_lying_form_has_the_same_bars(base: float, steps: list[float]) -> None:
    drawing = svg.waterfall_lying(falling(base, steps))
    assert len(drawing.bars) == len(steps) + 2
    assert all(0 <= bar.x <= bar.x + bar.width <= svg.NARROW_WIDTH for bar in drawing.bars)


@given(some.floats(0, 1), some.floats(0, 1))
def test_more_lies_further_right(one: float, other: float) -> None:
    drawing = svg.strip(before=one, now=other, low=None, high=None, scale=(0.0, 1.0))
    assert drawing.before is not None
    assert drawing.now is not None
    if one < other:
        assert drawing.before <= drawing.now


def test_what_is_not_known_is_not_drawn() -> None:
    drawing = svg.strip(before=None, now=0.5, low=None, high=None, scale=(0.0, 1.0))
    assert drawing == svg.Strip(before=None, now=150.0, low=None, high=None)


def test_a_line_leaves_its_gaps_open() -> None:
    line = svg.spark([1, 2, None, 3, 4])
    assert line is not None
    assert line.path.count("M") == 2


def test_a_period_that_is_not_over_is_dashed() -> None:
    line = svg.spark([1, 2, 3], is_last_whole=False)
    assert line is not None
    assert line.part.endswith("L144.0 5.0")


@pytest.mark.parametrize("series", [[], [1.0, 2.0], [None, None, 1.0]])
def test_fewer_than_three_numbers_are_no_line(series: list[float | None]) -> None:
    assert svg.spark(series) is None
