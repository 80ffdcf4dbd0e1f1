"""The cores of the machine, for work in which NumPy lets other threads run."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from headway.analysis.methods.localisation.cube import Floats

# Fewer parts for each thread are not worth the memory that it takes.
FEW = 4


def on_all_cores(work: Callable[[slice], Floats], parts: Sequence[slice]) -> list[Floats]:
    """What `work` makes of each part of the rows, in their order, whichever is done first."""
    cores = min(len(parts) // FEW, os.cpu_count() or 1)
    if cores < 2:  # noqa: PLR2004  one core has nobody to share with
        return [work(part) for part in parts]
    with ThreadPoolExecutor(cores) as pool:
        return list(pool.map(work, parts))
