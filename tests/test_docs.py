"""The documentation says what is there: links resolve, examples run, references are complete."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
SHELL = re.compile(r"```(?:sh|console)\n(.*?)```", re.DOTALL)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    def anchor(heading: str) -> str:
        kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        return kept.replace(" ", "-")

    return {anchor(heading) for heading in HEADING.findall(page.read_text(encoding="utf-8"))}


def missing_targets(page: Path) -> list[str]:
    missing = []
    text = page.read_text(encoding="utf-8")
    for target in [*LINK.findall(text), *IMAGE.findall(text)]:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and file.suffix == ".md" and anchor not in anchors(file)):
            missing.append(f"{named(page)}: {target}")
    return missing


def examples() -> list[str]:
    """Every `headway ...` line of every shell example."""
    lines = [
        line.strip().removeprefix("$ ").removeprefix("./dev ").split("  #")[0].strip()
        for page in PAGES
        for block in SHELL.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return sorted({line for line in lines if line.startswith("headway ")} - {"headway ..."})


def headway(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "headway.interfaces.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "COLUMNS": "100", "TERM": "dumb", "HEADWAY_DATA": ""},
    )


def test_links_and_images_lead_somewhere() -> None:
    assert [target for page in PAGES for target in missing_targets(page)] == []


def test_every_page_is_reached_from_the_index() -> None:
    reached = {
        (DOCS / target.split("#")[0]).resolve()
        for target in LINK.findall((DOCS / "index.md").read_text(encoding="utf-8"))
    }
    pages = {page.resolve() for page in DOCS.rglob("*.md")} - {(DOCS / "index.md").resolve()}
    assert sorted(named(page) for page in pages - reached) == []


@pytest.mark.parametrize("example", examples())
def test_the_examples_are_commands_that_exist(example: str) -> None:
    """The command and each of its options are known; what they do, other tests show."""
    words = shlex.split(example)[1:]
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    subcommand: list[str] = []
    for word in words:
        if word.startswith("-") or not re.fullmatch(r"[a-z][a-z-]*", word):
            break
        subcommand.append(word)
    told = headway(*subcommand, "--help")
    assert told.returncode == 0, told.stderr
    assert [option for option in options if option not in told.stdout] == []
