"""How much of the code the tests run: branches of import, money and visibility, lines over all.

    python benchmarks/covered.py [--kept] [ARGUMENTS OF PYTEST]

Runs the tests as `./dev test` does. Child processes count too; those that a test kills do not.
`--kept` tells the last run once more. Each line or branch of the three groups that nothing runs is
listed. Ends with 1 below the goals.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
BRANCH_GOAL, LINE_GOAL = 100.0, 95.0
GROUPS = {
    "import": (
        "sources/csv_files/",
        "sources/protocol.py",
        "facts/packed.py",
        "facts/bundle/",
        "facts/store/",
        "cycle/bundle.py",
        "cycle/load.py",
        "cycle/merging.py",
        "cycle/publish.py",
        "cycle/recognising.py",
        "cycle/standing.py",
        "cycle/uploads.py",
    ),
    "money": ("analysis/methods/decomposition.py", "analysis/methods/mix.py", "analysis/results/"),
    "visibility": (
        "terms/access.py",
        "terms/scope.py",
        "terms/viewer.py",
        "records/scopes.py",
        "actions/action.py",
        "actions/access.py",
        "queries/access.py",
        "queries/audit.py",
        "queries/data.py",
        "queries/jobs.py",
        "queries/people.py",
        "queries/rejections.py",
        "queries/sample.py",
        "queries/sensitive.py",
        "queries/results/choices.py",
        "queries/results/opportunities.py",
        "queries/results/published.py",
        "interfaces/web/border.py",
        "interfaces/web/permission.py",
    ),
}


def counted(arguments: list[str]) -> dict[str, dict]:
    """What coverage says of each file, after a run with these arguments, or of the run kept."""
    run = [sys.executable, "-m", "coverage"]
    environment = {**os.environ, "COVERAGE_FILE": str(ROOT / ".coverage")}
    if "--kept" not in arguments:
        chosen = ["-m", "not spark and not postgres", "-n", "auto", "--dist", "loadfile"]
        tests = ["run", "-m", "pytest", "-q", *chosen, *arguments]
        subprocess.run([*run, "erase"], cwd=ROOT, env=environment, check=True)
        if subprocess.run([*run, *tests], cwd=ROOT, env=environment, check=False).returncode:
            sys.exit("The tests have to pass before they are counted.")
        subprocess.run([*run, "combine", "-q"], cwd=ROOT, env=environment, check=True)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        subprocess.run([*run, "json", "-q", "-o", told], cwd=ROOT, env=environment, check=True)
        return json.loads(told.read_text(encoding="utf-8"))["files"]


def share(files: Iterable[dict], of: str) -> tuple[int, int, float]:
    """How many are run, how many there are, and the share in percent."""
    found = [each["summary"] for each in files]
    run = sum(each[f"covered_{of}"] for each in found)
    there = sum(each[{"branches": "num_branches", "lines": "num_statements"}[of]] for each in found)
    return run, there, 100 * run / there if there else 100.0


def _is_of(name: str, patterns: tuple[str, ...]) -> bool:
    folders = tuple(each for each in patterns if each.endswith("/"))
    return name in patterns or name.startswith(folders)


def listed(name: str, file: dict) -> None:
    """Print what of a file nothing runs."""
    branches = [f"{start}->{end}" for start, end in file["missing_branches"]]
    if file["missing_lines"] or branches:
        print(f"  {name}: lines {file['missing_lines']}, branches {', '.join(branches)}")


def main() -> None:
    """Print the shares, what is missing, and whether the goals are met."""
    root = "src/headway/"
    files = {name.removeprefix(root): each for name, each in counted(sys.argv[1:]).items()}
    is_met = True
    for group, patterns in GROUPS.items():
        inside = {name: file for name, file in files.items() if _is_of(name, patterns)}
        run, there, percent = share(inside.values(), "branches")
        print(f"{group}: {run:,} of {there:,} branches, {percent:.2f} % (goal {BRANCH_GOAL:g} %)")
        for name, file in sorted(inside.items()):
            listed(name, file)
        is_met = is_met and percent >= BRANCH_GOAL
    run, there, percent = share(files.values(), "lines")
    print(f"all: {run:,} of {there:,} lines, {percent:.2f} % (goal {LINE_GOAL:g} %)")
    sys.exit(0 if is_met and percent >= LINE_GOAL else 1)


if __name__ == "__main__":
    main()
