"""From a path to an answer, keeping nothing: read, cut to a day, find, tell."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from headway import facts
from headway.cycle import bundle
from headway.facts import Facts, asof, known
from headway.findings import document, results, strategy
from headway.queries.results import wording
from headway.sources import csv_files
from headway.sources.protocol import Delivery, FileCount, Progress, in_silence
from headway.terms.answer import Answer, Mark, WhyNot
from headway.terms.errors import HeadwayError
from headway.terms.period import Period
from headway.terms.policy import DEFAULT, SEED, Policy
from headway.terms.question import Question
from headway.terms.strategy import StrategyFindings


class OutsideTheDataError(HeadwayError):
    """A period is asked about of which nothing is recorded."""

    code = "diagnose.outside_the_data"

    def __init__(self, *, asked: Period, first: date, last: date) -> None:
        self.asked, self.first, self.last = asked, first, last
        super().__init__(
            f"Nothing is recorded from {asked.first} to {asked.last}: the data is from {first} to "
            f"{last}. Expected a period inside it. Choose other days, or none: then the last two "
            "complete quarters are compared."
        )


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """The answers of one path, the asked one first, and how the files were read.

    `rejections` is the file that lists what could not be read, None where all could. `lacks` and
    `notes` are the source's own sentences. `names` are those of the leaders whose people a chain
    speaks of, as far as the files have them.
    """

    answers: tuple[Answer, ...]
    strategy: StrategyFindings
    names: Mapping[str, str]
    findings_json: dict[str, object]
    counts: tuple[FileCount, ...] = ()
    rejections: Path | None = None
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def asked(self) -> Answer:
        """The answer to the question itself."""
        return self.answers[0]


@dataclass(frozen=True, kw_only=True)
class _Read:
    """Facts with what is known about their reading."""

    facts: Facts
    counts: tuple[FileCount, ...] = ()
    rejections: Path | None = None
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def diagnose(
    path: Path,
    *,
    question: Question,
    as_of: date | None = None,
    mapping: Path | None = None,
    meant: Path | None = None,
    progress: Progress = in_silence,
    policy: Policy = DEFAULT,
) -> Diagnosis:
    """Why results are not improving, from files, a bundle or an installation's data folder.

    Args:
        path: a file, a folder of files, a bundle (folder or zip), or the data folder of an
            installation.
        question: what is asked; all other results are answered over the same periods too.
        as_of: only what was recorded by that day; None = everything.
        mapping: what the columns mean, where the files alone do not tell.
        meant: a folder with tables of what leaders declared and people said, which the path lacks.
        progress: told the share done and what is being done.
        policy: thresholds.

    Raises:
        HeadwayError: the path cannot be read as any of these; the message says what it lacks.
        OutsideTheDataError: nothing is recorded in a period that is asked about.
    """
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        read = _read(path, mapping=mapping, into=Path(scratch), progress=progress)
        if meant is not None:
            read = _with_declared(read, meant, into=Path(scratch))
        known_then = _expected(read.facts, as_of=as_of, question=question)
        progress(0.7, "Looking for what changed")
        found = results.answers(known_then, question=question, policy=policy, seed=SEED)
        progress(0.9, "Following each priority down to daily work")
        followed = strategy.found(known_then, policy=policy)
        fed = strategy.rungs.on(found, found=followed, head=None)
        fed = strategy.Roots(facts=known_then, found=followed, policy=policy).on(fed, head=None)
        answers = tuple(sorted(fed, key=lambda answer: answer.kpi is not question.kpi))
        progress(1.0, "Done")
        return Diagnosis(
            answers=answers,
            strategy=followed,
            names=_names(known_then, followed),
            findings_json=document.of(
                answers,
                strategy=followed,
                message=lambda mark: (
                    wording.doubt(mark, currency=known_then.organisation.currency).sentence
                ),
            ),
            counts=read.counts,
            rejections=_kept(read.rejections),
            lacks=read.lacks,
            notes=read.notes,
        )


def why_not(
    path: Path,
    *,
    question: Question,
    place: Mapping[str, str],
    as_of: date | None = None,
    mapping: Path | None = None,
    progress: Progress = in_silence,
    policy: Policy = DEFAULT,
) -> WhyNot:
    """Why a place is not named as a cause, from the same paths as `diagnose`.

    Args:
        path: as for `diagnose`.
        question: the result, and the periods that are compared.
        place: one to three dimension values.
        as_of: as for `diagnose`.
        mapping: as for `diagnose`.
        progress: as for `diagnose`.
        policy: thresholds.

    Raises:
        HeadwayError: the path cannot be read, or the place is not there; the message lists what is.
    """
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        read = _read(path, mapping=mapping, into=Path(scratch), progress=progress)
        known_then = _expected(read.facts, as_of=as_of, question=question)
        progress(0.7, "Looking at the place")
        found = results.why_not(known_then, question=question, place=place, policy=policy)
        progress(1.0, "Done")
        return found


def _expected(read: Facts, *, as_of: date | None, question: Question) -> Facts:
    """What was known then, if it reaches into the periods that are asked about."""
    known_then = read if as_of is None else asof.cut(read, as_of)
    first, last = known_then.data_from, known_then.as_of
    for asked in (question.actual, question.against):
        if asked is not None and (asked.end <= first or asked.first > last):
            raise OutsideTheDataError(asked=asked, first=first, last=last)
    return known_then


def _names(known: Facts, found: StrategyFindings) -> dict[str, str]:
    heads = {chain.head for chain in found.chains}
    people = facts.collect(known.columns("seen/person", "person_id", "name")).records()
    return {
        row["person_id"]: row["name"] for row in people if row["person_id"] in heads and row["name"]
    }


def _read(path: Path, *, mapping: Path | None, into: Path, progress: Progress) -> _Read:
    if facts.bundle.is_bundle(path):
        progress(0.1, "Reading the bundle")
        return _of_bundle(path, into=into)
    if is_data_folder(path):
        progress(0.1, "Reading the data folder")
        return _Read(facts=facts.store.Store(path / "facts").latest())
    progress(0.05, "Recognising the files")
    proposal = csv_files.recognise(path, mapping=mapping)
    delivery = csv_files.read(
        proposal, into=into, progress=lambda share, what: progress(0.1 + 0.55 * share, what)
    )
    return _of_delivery(delivery)


def _with_declared(read: _Read, folder: Path, *, into: Path) -> _Read:
    """What was read, with what was declared: its rows are counted and refused like any others."""
    loaded = facts.bundle.with_declared(read.facts, folder)
    further = [count for count in bundle.counts(loaded) if not read.facts.has(count.file)]
    listed = bundle.refused(loaded, target=into / "declared-rejections.csv")
    reading = [mark for mark in loaded.facts.reading if not read.facts.has(mark.table)]
    return replace(
        read,
        facts=replace(loaded.facts, reading=(*read.facts.reading, *reading)),
        counts=(*read.counts, *further),
        rejections=_joined(read.rejections, listed),
    )


def _joined(first: Path | None, second: Path) -> Path:
    """Two lists of what could not be read as one."""
    if first is None:
        return second
    _, *rows = second.read_text(encoding="utf-8").splitlines(keepends=True)
    with first.open("a", encoding="utf-8") as file:
        file.writelines(rows)
    return first


def is_data_folder(path: Path) -> bool:
    """Whether the path is the data folder of an installation."""
    return (path / "headway.sqlite3").is_file() and (path / "facts").is_dir()


def _of_bundle(path: Path, *, into: Path) -> _Read:
    loaded = facts.bundle.load(path)
    return _Read(
        facts=loaded.facts,
        counts=bundle.counts(loaded),
        rejections=bundle.refused(loaded, target=into / "rejections.csv"),
    )


def _of_delivery(delivery: Delivery) -> _Read:
    return _Read(
        facts=known.of_parquet(
            delivery.tables,
            organisation=delivery.organisation,
            as_of=delivery.as_of,
            data_from=delivery.data_from,
            facts_id=delivery.content_hash,
            reading=rejected(delivery.counts),
        ),
        counts=delivery.counts,
        rejections=delivery.rejections,
        lacks=delivery.lacks,
        notes=delivery.notes,
    )


def rejected(counts: tuple[FileCount, ...]) -> tuple[Mark, ...]:
    """One doubt for each file with rows that could not be read."""
    return tuple(
        Mark(
            code="rejected_rows",
            table=count.file,
            row_count=count.rejected,
            share=count.rejected / count.rows_in,
            figures={"rows_in": count.rows_in},
        )
        for count in counts
        if count.rejected
    )


def _kept(rejections: Path | None) -> Path | None:
    # The staging folder goes with the run; what could not be read stays for the person to look at.
    if rejections is None or not rejections.is_file():
        return None
    with rejections.open(encoding="utf-8") as lines:
        if sum(1 for _, _ in zip(range(2), lines, strict=False)) < 2:  # noqa: PLR2004  header alone
            return None
    with (
        tempfile.NamedTemporaryFile(
            prefix="headway-rejections-", suffix=".csv", delete=False
        ) as kept,
        rejections.open("rb") as found,
    ):
        shutil.copyfileobj(found, kept)
    return Path(kept.name)
