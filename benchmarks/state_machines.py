"""Commitments, coaching sessions and cards against plain models: is there a difference?

Runs the tests that compare them, with as many lives of fifty random steps as asked; the suite runs
the same with a tenth of them.

    python benchmarks/state_machines.py [--runs 1000]
"""

import argparse
import os
import subprocess
import sys
import time

MACHINES = {
    "commitment": "tests/actions/test_commitment_machine.py",
    "coaching session": "tests/actions/test_coaching_states.py",
    "card": "tests/actions/test_card_machine.py",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1000, help="lives of fifty steps each")
    runs = parser.parse_args().runs
    failed = False
    for name, path in MACHINES.items():
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-m", "", "-n", "2", path],
            env={**os.environ, "HEADWAY_RUNS": str(runs)},
            check=False,
            capture_output=True,
            text=True,
        )
        failed |= done.returncode != 0
        told = "no difference" if done.returncode == 0 else done.stdout[-2000:]
        print(f"{name}: {runs:,} lives x 50 steps, {time.monotonic() - began:.0f} s: {told}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
