"""Reads files as people export them: recognise what they are, then read them into our tables."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from headway.facts import catalogue
from headway.sources.csv_files import (
    asking,
    called,
    inner_lines,
    mixed_dates,
    references,
    rejections,
    shape_of,
    span,
    stacking,
)
from headway.sources.csv_files.canonical import DATA_FROM, Canon
from headway.sources.csv_files.convert import Converter
from headway.sources.csv_files.mapping import Feed
from headway.sources.csv_files.packed import Given
from headway.sources.csv_files.proposal import BESIDE, Proposal, answers_in, fingerprint
from headway.sources.csv_files.shapes.shape import Plan
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.tables import Bench, Raw, bench, files_of, loaded
from headway.sources.csv_files.text import UnreadableFileError
from headway.sources.protocol import Delivery, Progress, in_silence
from headway.terms.errors import HeadwayError
from headway.terms.organisation import Organisation

SAMPLE_ROWS = 20_000
_SORTED_UP_TO_ROWS = 200_000

# An opportunity has at least something to know it by, a day, and a stage or an amount.
FEWEST_COLUMNS = 3


class NoOpportunitiesError(HeadwayError):
    """Files that hold no opportunities Headway could follow; the message names what they lack."""

    code = "sources.no_opportunities"

    def __init__(self, *, path: Path, lacks: Sequence[str], found: shape_of.Found) -> None:
        self.path, self.lacks, self.found = path, tuple(lacks), found
        super().__init__(
            f"{path.name} was not loaded, as it holds no opportunities that can be followed: it "
            f"lacks "
            f"{', '.join(lacks[:-1])}{' and ' if len(lacks) > 1 else ''}{lacks[-1]}."
        )


@dataclass(frozen=True, kw_only=True)
class Digest:
    """One reading: tables in the engine, the files, the plan, and what was learnt on the way."""

    at: Bench
    canon: Canon
    raws: tuple[Raw, ...]
    found: shape_of.Found
    first: date
    last: date
    notes: tuple[str, ...]


def recognise(path: Path, *, mapping: Path | None = None) -> Proposal:
    """What a hand-over is and how it would be read, with what is doubtful as questions.

    Where nothing can be followed as an opportunity, `refusal` says what is missing, and every
    column of the file that comes closest is asked; `read` refuses until the answers help. No
    answer helps a file without rows or with fewer than three columns. A mapping that lies beside
    the files in their folder answers what `mapping` does not.

    Args:
        path: a CSV, Parquet or XLSX file (also .gz, .zip), a folder of such files, or a bundle.
        mapping: a mapping file, or the folder where mappings are saved by fingerprint.

    Raises:
        NothingToReadError: there is nothing that could be read.
        NoOpportunitiesError: whatever its columns were said to be, it could hold none.
        BurstsError: a packed file breaks the limits.
        UnreadableFileError: a file is no table.
        BadMappingError: the mapping is for other columns.
    """
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        staging = Path(scratch)
        files = files_of(path, into=staging)
        at = bench(staging)
        try:
            raws = _loaded(at, files=files, limit=SAMPLE_ROWS)
            mark = fingerprint(raw.header for raw in raws)
            answers = _told(path, mapping=mapping, mark=mark)
            answers = asking.aligned(answers, raws=raws)
            try:
                digest = _digest(at, raws=raws, answers=answers, path=path)
            except NoOpportunitiesError as refusal:
                if not any(raw.row_count and len(raw.header) >= FEWEST_COLUMNS for raw in raws):
                    raise
                return _to_be_mapped(at, refusal=refusal, raws=raws, answers=answers, mark=mark)
            if digest.canon.converter.doubts and any(r.row_count >= SAMPLE_ROWS for r in raws):
                at.close()
                at = bench(staging)
                raws = _loaded(at, files=files, limit=None)
                digest = _digest(at, raws=raws, answers=answers, path=path)
            return Proposal(
                path=path,
                shape=digest.found.name,
                title=digest.found.title,
                fingerprint=mark,
                files=asking.files(at, raws=raws, found=digest.found),
                questions=asking.questions(
                    at,
                    canon=digest.canon,
                    found=digest.found,
                    organisation=_organisation(digest, path),
                ),
                answers=answers,
                notes=digest.notes,
                lacks=digest.found.plan.lacks,
            )
        finally:
            at.close()


def _told(path: Path, *, mapping: Path | None, mark: str) -> Mapping[str, str]:
    beside = answers_in(path / BESIDE, fingerprint=mark) if (path / BESIDE).is_file() else {}
    return {**beside, **(answers_in(mapping, fingerprint=mark) if mapping is not None else {})}


def _to_be_mapped(
    at: Bench,
    *,
    refusal: NoOpportunitiesError,
    raws: tuple[Raw, ...],
    answers: Mapping[str, str],
    mark: str,
) -> Proposal:
    """What cannot be read as it stands: a person may say what its columns are."""
    found = refusal.found
    return Proposal(
        path=refusal.path,
        shape=found.name,
        title=found.title,
        fingerprint=mark,
        files=asking.files(at, raws=raws, found=found),
        questions=tuple(each for each in found.asked if each.id not in answers),
        answers=answers,
        lacks=(str(refusal),),
        refusal=str(refusal),
    )


def read(proposal: Proposal, *, into: Path, progress: Progress = in_silence) -> Delivery:
    """Read a hand-over as proposed and answered, into Parquet files in the folder `into`.

    Raises:
        NoOpportunitiesError: nothing in it can be followed as an opportunity.
        HeadwayError: as `recognise`.
    """
    into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="reading-", dir=into) as scratch,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        staging = Path(scratch)
        progress(0.0, "opening the files")
        files = files_of(proposal.path, into=staging)
        digests = beside.submit(_digests, files)
        at = bench(staging)
        try:
            raws = _loaded(at, files=files, limit=None, progress=progress)
            progress(0.5, "reading the columns")
            answers = asking.aligned(proposal.answers, raws=raws)
            digest = _digest(at, raws=raws, answers=answers, path=proposal.path)
            progress(0.75, "writing the tables")
            tables = _written(digest, into=into)
            progress(0.9, "listing what could not be read")
            listed = into / "rejections.csv"
            used = [raw for raw in raws if raw.name in digest.found.roles]
            counts = rejections.written(at, raws=used, target=listed)
            content = _content_hash(digests.result(), answers=answers)
            progress(1.0, "done")
            return Delivery(
                tables=tables,
                organisation=_organisation(digest, proposal.path),
                as_of=digest.last,
                data_from=digest.first,
                counts=counts,
                rejections=listed,
                lacks=digest.found.plan.lacks,
                notes=digest.notes,
                content_hash=content,
            )
        finally:
            at.close()


def _loaded(
    at: Bench, *, files: Sequence[Given], limit: int | None, progress: Progress = in_silence
) -> tuple[Raw, ...]:
    raws = []
    for number, file in enumerate(files):
        raws.append(loaded(at, file=file, number=number, limit=limit))
        progress(0.5 * (number + 1) / len(files), f"read {file.name}")
    return stacking.stacked(at, raws=raws)


def _expect_records(raws: tuple[Raw, ...], *, path: Path) -> None:
    if not any(raw.row_count for raw in raws):
        raise UnreadableFileError(
            name=raws[0].name if len(raws) == 1 else path.name,
            found="it holds a header line and no records",
            advice="Expected one record a line below it. Look at the filter of the export.",
        )


def _digest(at: Bench, *, raws: tuple[Raw, ...], answers: Mapping[str, str], path: Path) -> Digest:
    _expect_records(raws, path=path)
    rejections.prepare(at)
    found = shape_of.find(at, raws=raws, answers=answers)
    if not found.plan.feeds:
        raise NoOpportunitiesError(path=path, lacks=found.plan.lacks, found=found)
    canon = Canon(
        at=at,
        converter=Converter(
            at=at, answers=answers, time_zone=answers.get("organisation.time_zone", "UTC")
        ),
        raws={raw.name: raw for raw in raws},
        stage_answers={**found.plan.stages, **answers},
    )
    dated, others = _dated_first(found.plan)
    for feed in dated:
        canon.feed(feed)
    for feed in _looked_at_often(found.plan, canon=canon):
        canon.changes_between_looks(feed)
    stamps = [found.plan.modified, *(raw.last_taken for raw in raws)]
    ends = span.of(canon, modified=max((day for day in stamps if day), default=None))
    is_keyed = "seen/opportunity" in canon.typed
    if ends is None or not is_keyed:
        lacks = ["the day each was created or closed" if is_keyed else "an id of each opportunity"]
        raise NoOpportunitiesError(path=path, lacks=lacks, found=found)
    canon.data_from = ends[0].isoformat()
    for feed in others:
        canon.feed(feed)
    notes = references.resolve(canon)
    extra = found.plan.remarks(at) if found.plan.remarks else ()
    roles = {name: role for name, role in found.roles.items() if name not in canon.lacking}
    return Digest(
        at=at,
        canon=canon,
        raws=raws,
        found=replace(found, roles=roles),
        first=ends[0],
        last=ends[1],
        notes=(
            *found.plan.notes,
            *extra,
            *notes,
            *asking.assumptions(canon),
            *mixed_dates.told(canon),
            *inner_lines.told(at, raws=raws),
            *asking.undecided(canon),
            *asking.doubled(raws, found=found),
            *asking.unkeyed(raws, canon=canon),
            *asking.unused(raws, found=found),
        ),
    )


def _looked_at_often(plan: Plan, *, canon: Canon) -> list[Feed]:
    """The feed of opportunities that stand in snapshots, unless a history tells their changes."""
    if "seen/opportunity_change" in canon.typed:
        return []
    often = {name for name, raw in canon.raws.items() if raw.last_taken is not None}
    feeds = [feed for feed in plan.feeds if feed.table == "seen/opportunity"]
    return [feed for feed in feeds if feed.counts_for in often][:1]


def _dated_first(plan: Plan) -> tuple[list[Feed], list[Feed]]:
    """Feeds that tell which days the data covers, then those that may need the first of them."""

    def needs_first_day(feed: Feed) -> bool:
        return any(each.constant == DATA_FROM for each in feed.fields)

    dated = [feed for feed in plan.feeds if not needs_first_day(feed)]
    return dated, [feed for feed in plan.feeds if needs_first_day(feed)]


def _organisation(digest: Digest, path: Path) -> Organisation:
    answers = digest.canon.converter.answers
    month = answers.get("organisation.fiscal_year_start_month", "1")
    return Organisation(
        name=answers.get("organisation.name") or called.after(path),
        currency=answers.get("organisation.currency") or _currency(digest),
        time_zone=digest.canon.converter.time_zone,
        fiscal_year_start_month=int(month) if month.isdigit() and int(month) in range(1, 13) else 1,
    )


def _currency(digest: Digest) -> str:
    """The shape's, else the one that stands in the files' money, else US dollars (and asked)."""
    if digest.found.plan.currency:
        return digest.found.plan.currency
    return asking.currency_seen(digest.canon) or asking.ASSUMED_CURRENCY


def _written(digest: Digest, *, into: Path) -> dict[str, Path]:
    tables: dict[str, Path] = {}
    for name in sorted(digest.canon.typed):
        relations = digest.canon.typed[name]
        declared = catalogue.TABLES[name]
        selects = []
        for typed in relations:
            there = set(digest.canon.columns[typed])
            selects.append((typed, [c for c in declared.column_names if c in there]))
        target = into / name.replace("/", "-")
        path = target.with_suffix(".parquet")
        _copy(digest.at, selects=selects, key=declared.key, path=path)
        tables[name] = path
    return tables


def _copy(
    at: Bench, *, selects: Sequence[tuple[str, list[str]]], key: tuple[str, ...], path: Path
) -> None:
    union = " union all by name ".join(
        f"(select {', '.join(quoted(c) for c in columns)} from {typed})"  # noqa: S608  names of our own
        for typed, columns in selects
    )
    keys = ", ".join(quoted(name) for name in key)
    rows = at.number("select count(*) from ($union)", {"union": union})
    unique = (
        "select distinct on ($keys) * from ($union) order by $keys"
        if len(selects) > 1 or rows <= _SORTED_UP_TO_ROWS
        else "$union"
    )
    query = unique.replace("$keys", keys).replace("$union", union)
    at.run("copy ($query) to $path (format parquet)", {"query": query, "path": literal(str(path))})


def _digests(files: Sequence[Given]) -> list[str]:
    digests = []
    for file in files:
        with file.path.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return digests


def _content_hash(digests: Sequence[str], *, answers: Mapping[str, str]) -> str:
    joined = [*sorted(digests), *(f"{k}={v}" for k, v in sorted(answers.items()))]
    return hashlib.sha256("\n".join(joined).encode()).hexdigest()
