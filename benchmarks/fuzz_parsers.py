"""Feeds the file parsers whatever hypothesis can think of, for as long as it is given.

    ./dev bench fuzz_parsers [--minutes 10]

Runs the properties of tests/sources/csv_files/test_fuzz.py round after round with a new seed, and
prints how many examples were tried. It ends with an error and the smallest example that fails.
"""

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, seed, settings

TESTS = Path(__file__).parent.parent / "tests" / "sources" / "csv_files"
EXAMPLES_A_ROUND = 100


def rounds(*, minutes: float) -> int:
    """Run rounds until the time is over; gives the number of examples tried."""
    sys.path.insert(0, str(TESTS))
    import test_fuzz  # noqa: PLC0415  lies beside the tests, not in a package

    often = settings(
        max_examples=EXAMPLES_A_ROUND,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    properties = [often(each) for each in test_fuzz.PROPERTIES]
    tried, ends = 0, time.monotonic() + 60 * minutes
    start = int(time.time())
    while time.monotonic() < ends:
        for each in properties:
            seed(start + tried)(each)()
            tried += EXAMPLES_A_ROUND
        print(f"{tried:,} examples, nothing found", flush=True)
    return tried


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=10.0)
    rounds(minutes=asked.parse_args().minutes)
