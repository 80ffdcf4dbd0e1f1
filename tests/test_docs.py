"""The documentation says what is there: links resolve, examples run, references are complete."""

import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from headway.interfaces.cli.exits import MEANING
from headway.interfaces.cli.main import app
from headway.server import environment

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


def test_links_and_images_lead_somewhere() -> None:
    assert [target for page in PAGES for target in missing_targets(page)] == []


def test_every_page_is_reached_from_the_index() -> None:
    reached = {
        (DOCS / target.split("#")[0]).resolve()
        for target in LINK.findall((DOCS / "index.md").read_text(encoding="utf-8"))
    }
    pages = {page.resolve() for page in DOCS.rglob("*.md")} - {(DOCS / "index.md").resolve()}
    assert sorted(named(page) for page in pages - reached) == []


def test_every_measurement_stands_once_and_in_the_table() -> None:
    text = (DOCS / "reference" / "measurements.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    times = Counter(row.split(" | ")[0] for row in rows)
    assert [what for what, count in times.items() if count > 1] == []
    table = text[text.index("| What ") :].split("\n\n")[0].splitlines()
    assert [row for row in rows if row not in table] == []


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
    told = CliRunner().invoke(app, [*subcommand, "--help"], env={"COLUMNS": "100", "TERM": "dumb"})
    assert told.exit_code == 0, told.stderr
    assert [option for option in options if option not in told.stdout] == []


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what is in them."""
    yield name, command
    for part, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{name} {part}")


def help_text(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, max_content_width=90, terminal_width=90)
    return command.get_help(context)


def test_the_reference_of_commands_is_their_help(
    generated: Callable[[Path, str], None],
) -> None:
    codes = "\n".join(f"| {code.value} | {meaning} |" for code, meaning in MEANING.items())
    helps = "\n\n".join(
        f"## {name}\n\n```text\n{help_text(command, name)}\n```"
        for name, command in commands(typer.main.get_command(app), "headway")
    )
    generated(
        DOCS / "reference" / "commands.md",
        "# Commands\n\nFrom a checkout, write `./dev headway` for `headway`. Results go to "
        "standard output, everything else to\nstandard error. This page is written by "
        "`./dev docs --write`.\n\n"
        f"## Exit codes\n\n| Code | Meaning |\n| ---: | --- |\n{codes}\n\n{helps}\n",
    )


def test_every_command_has_an_example() -> None:
    missing = [
        name
        for name, command in commands(typer.main.get_command(app), "headway")
        if not hasattr(command, "commands") and f"Example: {name}" not in (command.help or "")
    ]
    assert missing == []


def test_every_setting_is_in_the_reference() -> None:
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert sorted(name for name in environment.NAMES if f"`{name}`" not in text) == []
