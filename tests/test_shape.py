"""Guards the layout and the writing rules. Each test names every place at fault."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "headway"

PACKAGES = {
    *("terms", "facts", "sources", "analysis", "findings", "records", "actions", "queries"),
    *("cycle", "interfaces", "server"),
}
PARTS = {
    *("position", "value", "results", "strategy", "coaching", "succession", "direction", "plans"),
}
# Other numbers of the same words, and the names these things go by elsewhere.
NOT_PARTS = {
    *("positions", "values", "result", "strategies", "coach", "successions", "continuity"),
    *("directions", "plan", "planning"),
}
LAYERS_BY_PART = (
    *("analysis", "findings", "records/models", "actions", "queries", "interfaces/web"),
)
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "core"}
EMPTY_VERBS = ("get_", "do_", "handle_", "process_")
LONGEST_MODULE = 400
LONGEST_BODY = 50
LONGEST_TEMPLATE = 80
MOST_IN_ORDER = 2


def modules() -> Iterator[Path]:
    for folder in (SOURCE, ROOT / "tests", ROOT / "benchmarks"):
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("This is no checkout: there is no list of the repository's files.")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function as its file has it; `top`: of the module, not a method or within another."""

    path: Path
    line: int
    name: str
    body: int  # lines without the docstring
    in_order: int  # arguments that may be given by their place
    decorated: bool
    top: bool

    def __str__(self) -> str:
        return f"{named(self.path)}:{self.line} {self.name}"


@cache
def functions() -> tuple[Function, ...]:
    """Those of all modules: every file is read and parsed once."""
    return tuple(
        Function(
            path=path,
            line=node.lineno,
            name=node.name,
            body=body_length(node),
            in_order=len(node.args.posonlyargs) + len(node.args.args),
            decorated=bool(node.decorator_list),
            top=node in tree.body,
        )
        for path in modules()
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_the_eleven_packages_and_nothing_else() -> None:
    found = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert found == PACKAGES
    assert {path.name for path in SOURCE.glob("*.py")} == {"__init__.py"}


def test_no_module_is_too_long() -> None:
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {path: n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    found = [f"{each}: {each.body} lines" for each in functions() if each.body > LONGEST_BODY]
    assert found == []


def test_names_say_what_a_thing_is_about() -> None:
    empty = [
        named(path)
        for path in modules()
        if EMPTY_NAMES & {path.stem, *path.relative_to(ROOT).parts[:-1]}
    ]
    assert empty == []


def test_functions_are_not_named_by_empty_verbs() -> None:
    found = [
        str(each)
        for each in functions()
        if SOURCE in each.path.parents
        and each.top
        and each.name.lstrip("_").startswith(EMPTY_VERBS)
    ]
    assert found == []


def test_arguments_that_could_be_swapped_are_given_by_keyword() -> None:
    """Two may stand in order (`gap(said, seen)`); signatures that a framework sets stand aside."""
    set_by_others = {"interfaces", "server", "migrations"}
    found = [
        str(each)
        for each in functions()
        if SOURCE in each.path.parents
        and not set_by_others & set(each.path.parts)
        and each.top
        and not each.name.startswith("_")
        and not each.decorated
        and each.in_order > MOST_IN_ORDER
    ]
    assert found == []


def test_the_parts_go_by_one_name_in_every_layer() -> None:
    found = [
        named(path)
        for layer in LAYERS_BY_PART
        for path in (SOURCE / layer).glob("*")
        if path.stem in NOT_PARTS
    ]
    assert found == []
    assert {part for part in PARTS if (SOURCE / "findings" / part).exists()} >= {"results"}


def test_exceptions_from_rules_carry_their_reason() -> None:
    bare_noqa = re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*  ?\S)")
    bare_ignore = re.compile(r"#\s*type: ignore(?!\[[a-z-]+(?:, ?[a-z-]+)*\]  ?# \S)")
    bare_cover = re.compile(r"#\s*pragma: no cover\s*$")
    found = [
        f"{named(path)}:{number}"
        for path in modules()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if bare_noqa.search(line) or bare_ignore.search(line) or bare_cover.search(line)
    ]
    assert found == []


def test_templates_are_one_page_or_one_fragment() -> None:
    lengths = {
        named(path): len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.html")
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST_TEMPLATE} == {}
    assert [path for path in lengths if " " in path] == []


def test_templates_carry_no_style_and_no_script_of_their_own() -> None:
    inline = re.compile(
        r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE
    )
    found = [
        f"{named(path)}:{number}"
        for path in SOURCE.rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if inline.search(line) and "report" not in path.stem
    ]
    assert found == []


def test_the_repository_names_no_machine() -> None:
    """No path of somebody's machine, no address of a package index, no credential."""
    places = "work|home|root|tmp|Users|opt"
    hosts = r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org"
    wrong = re.compile(rf"(?<![\w.$}}<>~)-])/(?:{places})/[\w.]|{hosts}|BEGIN [A-Z ]*PRIVATE KEY")
    found = [
        f"{named(path)}: {met.group()}"
        for path in tracked()
        if path.suffix not in {".png", ".woff2", ".parquet", ".xlsx", ".gz", ".csv", ".zip"}
        and path != Path(__file__)
        for met in wrong.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_locks_pin_by_hash_and_hold_no_address() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock.name
        assert "--index-url" not in text, lock.name
        pins = re.split(r"\n(?=\S)", text.strip())
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == [], lock.name


def test_the_run_time_core_stays_small() -> None:
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    packages = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    assert len(packages) <= 60, sorted(packages)
