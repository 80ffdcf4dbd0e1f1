from hypothesis import given
from hypothesis import strategies as st

from headway.interfaces.cli import charts

AMOUNTS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)


def test_an_axis_begins_at_zero_when_the_steps_are_large() -> None:
    axis = charts.axis_of_steps(totals=[10.0, 4.0], contributions=[(-6.0, -7.0, -5.0)], width=20)
    assert (axis.low, axis.high) == (0.0, 10.0)


def test_an_axis_begins_later_when_the_steps_would_be_too_small_to_see() -> None:
    axis = charts.axis_of_steps(totals=[100.0, 98.0], contributions=[(-2.0, -3.0, -1.0)], width=20)
    # 97 is the least, 100 the most; 15 % of the span below the least.
    assert (round(axis.low, 9), axis.high) == (96.55, 100.0)


def test_a_step_that_could_be_chance_has_a_texture_of_its_own() -> None:
    axis = charts.Axis(low=0.0, high=10.0, width=11)
    drawn = charts.step(4.0, size=2.0, ends=(-2.0, 6.0), could_be_chance=True, axis=axis)
    assert drawn == "  ├─▒▒▒───┤"


def test_a_series_of_equal_numbers_is_flat() -> None:
    assert charts.sparkline([3.0, 3.0, 3.0]) == "▁▁▁"


def test_a_series_without_numbers_is_nothing() -> None:
    assert charts.sparkline([None, None]) == ""


@given(start=AMOUNTS, size=AMOUNTS, low=AMOUNTS, high=AMOUNTS)
def test_a_step_fills_its_width_whatever_the_numbers(
    start: float, size: float, low: float, high: float
) -> None:
    axis = charts.Axis(low=-1e9, high=1e9, width=30)
    ends = (min(low, high), max(low, high))
    drawn = charts.step(start, size=size, ends=ends, could_be_chance=False, axis=axis)
    assert len(drawn) == 30


@given(before=AMOUNTS, now=AMOUNTS, series=st.lists(st.none() | AMOUNTS))
def test_strips_and_series_keep_their_length(
    before: float, now: float, series: list[float | None]
) -> None:
    axis = charts.Axis(low=-1e9, high=1e9, width=26)
    assert len(charts.strip(before=before, now=now, ends=None, axis=axis)) == 26
    assert len(charts.sparkline(series)) in {0, len(series)}
