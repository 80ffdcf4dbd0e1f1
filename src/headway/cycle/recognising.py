"""Looks at an upload before it is loaded: what it is, what is doubtful, how rows would be read."""

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path

from headway import facts
from headway.sources import csv_files
from headway.sources.csv_files import Option, Proposal, Question
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.synonyms import TABLES
from headway.sources.csv_files.tables import bench
from headway.sources.protocol import Delivery, Progress

PREVIEW_ROWS = 5
_KNOWN = "as Headway knows it so far"
_SHOWN = ("name", "owner_id", "stage", "stage_group", "amount", "created_at", "close_on")


def is_told(upload: Path) -> bool:
    """Whether the files say themselves what they are, as a bundle does: there is nothing to ask."""
    return facts.bundle.is_bundle(upload)


def looked_at(
    upload: Path,
    *,
    answers: Mapping[str, str],
    known: Mapping[str, str],
    mappings: Path,
    progress: Progress,
) -> dict[str, object]:
    """The proposal for an upload as plain values, with what a person may correct and a preview.

    Args:
        upload: the file or the folder that was handed over.
        answers: what was answered so far; it goes before those kept for the same columns.
        known: answers that hold for the organisation whatever the columns.
        mappings: the folder where answers are kept.
        progress: told the share done and what is being done.

    Returns:
        As `Proposal.to_json`, and `others` (questions about columns that are not in doubt),
        `preview` (the first rows as they would be kept, by our names) and `counts` (per file:
        file, rows_in, kept, rejected).

    Raises:
        HeadwayError: the files cannot be read.
    """
    progress(0.05, "Looking at the columns")
    first = csv_files.recognise(upload)
    kept = _kept(mappings, fingerprint=first.fingerprint)
    said = {**known, **kept, **answers}
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        into = Path(scratch)
        asked, proposal = first.questions, first.answered(said)
        if kept or answers:
            progress(0.3, "Looking again with what was answered")
            again = csv_files.recognise(upload, mapping=_as_file(proposal, into=into))
            asked = (*asked, *_new(again.questions, known=asked))
            proposal = again.answered(said)
        # Nothing can be read yet: a person says first what the columns are.
        delivery = None
        if answers or not proposal.refusal:
            progress(0.5, "Reading some rows")
            delivery = csv_files.read(proposal, into=into / "read")
        return {
            **proposal.to_json(),
            "questions": [asdict(_worded(question, known=known)) for question in asked],
            "others": [asdict(each) for each in _others(proposal, asked=asked)],
            "preview": _preview(delivery, into=into) if delivery else [],
            "counts": [asdict(count) for count in delivery.counts] if delivery else [],
            "is_known": bool(kept),
        }


def keep(proposal: Mapping[str, object], *, answers: Mapping[str, str], folder: Path) -> None:
    """Keep the answers for the next time these columns come."""
    csv_files.saved(csv_files.from_json(proposal).answered(answers), into=folder)


def _kept(mappings: Path, *, fingerprint: str) -> Mapping[str, str]:
    if not mappings.is_dir():
        return {}
    return csv_files.answers_in(mappings, fingerprint=fingerprint)


def _as_file(proposal: Proposal, *, into: Path) -> Path:
    """What was answered and nothing else: `saved` would answer all questions at their default."""
    bare = Proposal(
        path=proposal.path,
        shape=proposal.shape,
        title=proposal.title,
        fingerprint=proposal.fingerprint,
        answers=proposal.answers,
    )
    return csv_files.saved(bare, into=into)


def _new(questions: Iterable[Question], *, known: Iterable[Question]) -> tuple[Question, ...]:
    ids = {question.id for question in known}
    return tuple(question for question in questions if question.id not in ids)


def _worded(question: Question, *, known: Mapping[str, str]) -> Question:
    """What is known of the organisation was not guessed from the files."""
    return replace(question, reason=_KNOWN) if question.id in known else question


def _others(proposal: Proposal, *, asked: Iterable[Question]) -> tuple[Question, ...]:
    """Every column of a shape nobody described can be corrected, doubtful or not."""
    if proposal.shape != "unknown":
        return ()
    ids = {question.id for question in asked}
    found: list[Question] = []
    for file in proposal.files:
        tables = {column.taken_for.partition(".")[0] for column in file.columns}
        table = next((each for each in sorted(tables) if each in TABLES), "seen/opportunity")
        options = (
            Option(value="", label="Leave it out"),
            *(Option(value=f"{table}.{o}", label=o.replace("_", " ")) for o in TABLES[table]),
        )
        found.extend(
            Question(
                id=f"column:{file.name}:{column.name}",
                about="column",
                ask=column.name,
                default=column.taken_for,
                reason=column.reason,
                options=options,
            )
            for column in file.columns
        )
    return tuple(question for question in found if question.id not in ids)


def _preview(delivery: Delivery, *, into: Path) -> list[dict[str, str]]:
    at = bench(into / "looking")
    try:
        parts = {"path": literal(str(delivery.tables["seen/opportunity"]))}
        there = {str(row[0]) for row in at.rows("describe from read_parquet($path)", parts)}
        names = [name for name in ("opportunity_id", *_SHOWN) if name in there]
        shown = ", ".join(f"left({quoted(name)}::varchar, 60)" for name in names)
        rows = at.rows(
            "select $shown from read_parquet($path) limit $most",
            {**parts, "shown": shown, "most": str(PREVIEW_ROWS)},
        )
    finally:
        at.close()
    return [
        {name: "" if value is None else str(value) for name, value in zip(names, row, strict=True)}
        for row in rows
    ]
