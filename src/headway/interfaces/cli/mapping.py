"""`headway mapping`: what each column was taken for, and answers to what is in doubt."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headway.interfaces.cli import installation
from headway.interfaces.cli.exits import UsageError, say
from headway.terms.errors import HeadwayError
from headway.terms.organisation import is_currency, is_time_zone

if TYPE_CHECKING:
    from headway.cycle.mapping import FileSeen, Proposal, Question

# Asked in passing; what no file can know (currency, calendar) is asked by `headway mapping` alone.
_DOUBTS = frozenset({"column", "stage", "dates", "decimal"})

# What has no list of options: whether it is written as it must be, and how that is.
_WRITTEN: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "organisation.currency": (is_currency, "three capital letters, such as EUR"),
    "organisation.time_zone": (is_time_zone, "a name such as Europe/Berlin, or UTC"),
}


class NoSuchPathError(HeadwayError):
    """Nothing lies where files are asked for."""

    code = "cli.no_such_path"

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file or folder {path}. Check how the path is written.")


def mapping(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file, or a folder of files.")],
    *,
    answer: Annotated[
        list[str] | None,
        typer.Option(metavar="ID=VALUE", help="Answer one question; may be given again."),
    ] = None,
) -> None:
    """Show what files are taken for, ask about what is in doubt, and keep the answers.

    They are kept by the names of the columns, in the data folder, and used whenever files with the
    same columns come again.

    Example: headway mapping exports/ --answer organisation.currency=EUR
    """
    from headway.cycle import mapping as cycle  # noqa: PLC0415  loads the engine, --help must not

    if not path.exists():
        raise NoSuchPathError(path)
    folder = installation.data_folder() / "mappings"
    found = cycle.proposed(path, mapping=folder if folder.is_dir() else None)
    _show(found)
    answers = _given(answer or [], known=found.questions)
    if not answer and _is_watched():
        answers = _asked(found.questions)
    if answers:
        say(f"Kept: {cycle.kept(found, answers=answers, folder=installation.made(folder))}")


def for_files(path: Path, *, given: Path | None) -> Path | None:
    """The mapping to read files with: the given one, else those kept; a person is asked first.

    Questions are asked only where somebody sits at the terminal and something is in doubt.

    Raises:
        NoSuchPathError: there is nothing at one of the paths.
    """
    for named in (path, given):
        if named is not None and not named.exists():
            raise NoSuchPathError(named)
    folder = installation.data_folder() / "mappings"
    kept = given or (folder if folder.is_dir() else None)
    if given is not None or not _is_watched() or (path / "bundle.json").is_file():
        return kept
    from headway.cycle import mapping as cycle  # noqa: PLC0415  loads the engine

    found = cycle.proposed(path, mapping=kept)
    doubts = [
        question
        for question in found.questions
        if question.about in _DOUBTS and question.id not in found.answers
    ]
    if not doubts:
        return kept
    say(f"{found.title}: {len(doubts)} to decide; Enter takes what stands in brackets.")
    return cycle.kept(found, answers=_asked(doubts), folder=installation.made(folder))


def _is_watched() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _asked(questions: "Sequence[Question]") -> Mapping[str, str]:
    return {question.id: _answer(question) for question in questions}


def _answer(question: "Question") -> str:
    say(f"\n{question.ask}\n  {question.reason}")
    for option in question.options:
        say(f"  {option.value or '-'}: {option.label}")
    allowed = {option.value for option in question.options}
    while True:
        typed = typer.prompt("", default=question.default or "-", prompt_suffix="> ", err=True)
        value = "" if typed == "-" else str(typed)
        if not allowed or value in allowed:
            return value
        say(f"'{typed}' is none of these.")


def _given(pairs: Sequence[str], *, known: "Sequence[Question]") -> Mapping[str, str]:
    answers = {}
    asked = {question.id: question for question in known}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or name not in asked:
            raise UsageError(
                f"'{pair}' answers no question. There are: {', '.join(asked) or 'none'}."
            )
        _check(value, question=asked[name])
        answers[name] = value
    return answers


def _check(value: str, *, question: "Question") -> None:
    allowed = [option.value for option in question.options]
    if allowed and value not in allowed:
        shown = ", ".join(each or "nothing" for each in allowed)
        raise UsageError(f"'{value}' is no answer to {question.id}. Expected one of: {shown}.")
    written = _WRITTEN.get(question.id)
    if written is not None and not written[0](value):
        raise UsageError(f"'{value}' is no answer to {question.id}. Expected {written[1]}.")


def _show(found: "Proposal") -> None:
    sys.stdout.write(f"{found.title}\n")
    for file in found.files:
        _show_file(file)
    for question in found.questions:
        value = found.answers.get(question.id, question.default)
        sys.stdout.write(f"\n{question.id} = {value or '(left out)'}\n  {question.ask}\n")
        sys.stdout.write(f"  {question.reason}\n")
    for note in (*found.notes, *found.lacks):
        sys.stdout.write(f"\n{note}\n")


def _show_file(file: "FileSeen") -> None:
    sys.stdout.write(f"\n{file.name} ({file.role or 'no use for it'})\n")
    for number, column in enumerate(file.columns):
        mark = "? " if column.is_doubtful else "  "
        taken = f"{column.taken_for}; " if column.taken_for else ""
        sys.stdout.write(f"{mark}{column.name}: {taken}{column.reason}\n")
        if column.is_doubtful:
            shown = [row[number] for row in file.sample if number < len(row)]
            sys.stdout.write(f"    such as {' | '.join(each or '(empty)' for each in shown)}\n")
