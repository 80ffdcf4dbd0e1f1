"""The command as a process: what it prints where, and what it ends with."""

import subprocess
import sys

from headway.interfaces.cli.exits import Exit


def headway(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(["-c", code] if code else ["-m", "headway.interfaces.cli"])]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


def test_the_version_is_printed() -> None:
    told = headway("--version")
    assert (told.returncode, told.stderr) == (Exit.OK, "")
    assert told.stdout.startswith("headway 0.")


def test_an_unknown_command_is_a_usage_error() -> None:
    told = headway("diagnoze")
    assert (told.returncode, told.stdout) == (Exit.USAGE, "")
    assert "diagnoze" in told.stderr


def test_options_that_exclude_each_other_are_a_usage_error() -> None:
    told = headway("diagnose", "PATH", "--json", "--html", "answer.html")
    assert told.returncode == Exit.USAGE
    assert told.stderr == "--json and --html exclude each other. Run the command once for each.\n"


def test_a_file_that_is_not_there_is_one_sentence_and_no_traceback() -> None:
    told = headway("diagnose", "no-such-file.csv")
    assert (told.returncode, told.stdout) == (Exit.REFUSED, "")
    assert "no-such-file.csv" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_fault_of_ours_is_told_without_a_traceback() -> None:
    code = "from headway.interfaces.cli import exits; exits.guarded(lambda: 1 / 0)"
    told = headway(code=code)
    assert told.returncode == Exit.FAULT
    assert "ZeroDivisionError: division by zero" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    code = "from headway.interfaces.cli import main; main.main()"
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.argv = ['headway', '--help']; {code}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == Exit.OK
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from headway.interfaces.cli import main\n"
        "sys.argv = ['headway', '--help']\n"
        "try: main.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'duckdb', 'ibis', 'numpy', 'pandas', 'pyarrow', 'rich', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    assert headway(code=code).stderr == "[]\n"
