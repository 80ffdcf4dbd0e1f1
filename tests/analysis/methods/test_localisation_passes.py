"""Passes over many rows in parts."""

import numpy as np
import pytest

from headway.analysis.methods.localisation import Model, of_cases
from headway.analysis.methods.localisation.at_hand import AtHand
from headway.analysis.methods.localisation.passes import PART, each, summed

ROWS = 3 * PART + 1


def test_every_row_is_summed_once_whichever_thread_sums_it() -> None:
    code = np.random.default_rng(1).integers(0, 7, ROWS)

    def add(part: slice, sums: np.ndarray) -> None:
        sums += np.bincount(code[part], minlength=7)

    found = summed(add, rows=ROWS, shape=(7,))

    assert found.tolist() == np.bincount(code, minlength=7).tolist()


def test_no_rows_sum_to_nothing() -> None:
    def add(part: slice, sums: np.ndarray) -> None:
        raise AssertionError((part, sums))

    assert summed(add, rows=0, shape=(2,)).tolist() == [0.0, 0.0]


def test_what_fails_in_the_other_thread_fails() -> None:
    def fail_at_the_end(part: slice) -> None:
        if part.stop == ROWS:
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        each(fail_at_the_end, rows=ROWS)


def test_cells_of_many_cases_hold_what_is_counted_one_by_one() -> None:
    rng = np.random.default_rng(2)
    codes = {name: rng.integers(0, size, ROWS) for name, size in (("a", 300), ("b", 4))}
    period, won = rng.integers(0, 2, ROWS), rng.integers(0, 2, ROWS)
    cube = of_cases(
        codes=codes,
        values={"a": tuple(map(str, range(300))), "b": tuple("wxyz")},
        period=period,
        total=won,
        model=Model.BINOMIAL,
    )
    source = AtHand(cube=cube)
    (block,) = source.blocks([("a", "b")])

    sums = [
        next(channel.figures.over(block))[:2]
        for channel in source.channels(min_n=20, min_n_period=30)
    ]

    here = (codes["a"] == 299) & (codes["b"] == 3)
    expected = [int((here & (period == which)).sum()) for which in (1, 0)]
    assert [one[:, 299 * 4 + 3].tolist() for one in sums] == [expected, expected]
