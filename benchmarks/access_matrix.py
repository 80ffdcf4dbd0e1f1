"""Role x record x verb x interface: how many cases are tried, and how many show or do too much.

Runs the tests that try them: everybody of the cast opens every page and asks every endpoint, and
each reply is searched for every record that is not theirs to see; everybody tries every change.

    python benchmarks/access_matrix.py
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

TESTS = {
    "read": ("test_access_matrix.py", "test_everybody_reads_what_the_table_says_and_nothing_else"),
    "changed": ("test_changing.py", "test_everybody_changes_what_the_table_says_and_nothing_else"),
}


def main() -> None:
    failed = False
    for verb, (file, test) in TESTS.items():
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "-m", ""),
                    *("-o", "junit_family=xunit1", f"--junitxml={report}"),
                    f"tests/access/{file}::{test}",
                ],
                check=False,
                capture_output=True,
                text=True,
            )
            cases = ET.parse(report).getroot().iter("testcase")
            for case in cases:
                interface = case.get("name", "").partition("[")[2].removesuffix("]")
                counts = {each.get("name"): each.get("value") for each in case.iter("property")}
                told = "0 too much" if case.find("failure") is None else "see below"
                print(
                    f"{verb} by {interface}: {counts.get('cases')} cases, "
                    f"{counts.get('replies')} replies: {told}",
                    flush=True,
                )
        if done.returncode:
            failed = True
            print(done.stdout[-4000:])
    sys.exit(failed)


if __name__ == "__main__":
    main()
