"""Passes over many rows: in parts that stay in a processor's cache, on two processors."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from headway.analysis.methods.localisation.cube import Floats

# Rows passed over at a time.
PART = 2**17


def summed(work: Callable[[slice, Floats], None], *, rows: int, shape: tuple[int, ...]) -> Floats:
    """The sums that `work` adds to the array it is given, part by part.

    Of several parts the second half goes to a second processor, since NumPy lets others run while
    it sums. The parts are the same on every machine, so that sums are, too, to the last digit.
    """
    parts = [slice(start, min(start + PART, rows)) for start in range(0, rows, PART)]
    half = (len(parts) + 1) // 2

    def over(mine: list[slice]) -> Floats:
        sums = np.zeros(shape)
        for part in mine:
            work(part, sums)
        return sums

    if len(parts) < 2:  # noqa: PLR2004  nothing to share
        return over(parts)
    with ThreadPoolExecutor(max_workers=1) as other:
        second = other.submit(over, parts[half:])
        first = over(parts[:half])
        first += second.result()
    return first


def each(work: Callable[[slice], None], *, rows: int) -> None:
    """Do `work` for every part."""
    summed(lambda part, _: work(part), rows=rows, shape=(0,))
