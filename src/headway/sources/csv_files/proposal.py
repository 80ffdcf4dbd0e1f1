"""What was recognised, what is doubtful and what to ask: JSON for wizard and command line."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast  # Any: values of our own JSON, checked by the dataclasses

from headway.sources.csv_files.mapping import plain_name
from headway.terms.errors import HeadwayError

FORMAT = "headway-mapping"
FORMAT_VERSION = 1
BESIDE = "headway-mapping.json"
"""The mapping that lies in the folder with the files it is for."""
LEFT_OUT = ""


class BadMappingError(HeadwayError):
    """A mapping file that is none, or is for other columns."""

    code = "sources.bad_mapping"

    def __init__(self, *, path: Path, found: str) -> None:
        self.path, self.found = path, found
        super().__init__(
            f"The mapping {path} cannot be used: {found}. Expected a file that Headway saved for "
            f"these "
            "columns. Leave it out to be asked again."
        )


@dataclass(frozen=True, kw_only=True)
class Option:
    """One possible answer: the `value` that is kept and the `label` people read."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to ask. `default` is taken until it is answered; `reason` says why it is asked.

    `about` is column, stage, dates, decimal or organisation. Empty `options` = any text.
    """

    id: str
    about: str
    ask: str
    default: str
    reason: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ColumnSeen:
    """One column: what it was taken for ("seen/opportunity.amount", "" = left out), and why."""

    name: str
    taken_for: str
    reason: str
    is_doubtful: bool = False


@dataclass(frozen=True, kw_only=True)
class FileSeen:
    """One file: its role, its columns, and up to five of its rows as they stand."""

    name: str
    role: str
    columns: tuple[ColumnSeen, ...]
    sample: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """How a hand-over would be read. Without an answer every question stands at its default.

    `shape` is the name of a known shape, "unknown" or "bundle". `fingerprint` is the same for the
    same
    columns; under it the mapping is saved. `answers` maps ids of questions to values, asked or not.
    `refusal` says why it cannot be read before its columns are answered; "" = it can.
    """

    path: Path
    shape: str
    title: str
    fingerprint: str
    files: tuple[FileSeen, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    refusal: str = ""

    def answered(self, answers: Mapping[str, str]) -> "Proposal":
        """The same proposal with more answers, which go before those it had."""
        return replace(self, answers=MappingProxyType({**self.answers, **answers}))

    def to_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        plain = asdict(replace(self, answers={}))
        return {**plain, "path": str(self.path), "answers": dict(self.answers)}


def from_json(plain: Mapping[str, object]) -> Proposal:
    """The proposal that `to_json` wrote."""
    files = [
        FileSeen(
            name=str(each["name"]),
            role=str(each["role"]),
            columns=tuple(ColumnSeen(**c) for c in each["columns"]),
            sample=tuple(tuple(row) for row in each["sample"]),
        )
        # The shape of our own JSON: written by to_json, nobody else.
        for each in cast("list[dict[str, Any]]", plain["files"])
    ]
    questions = [
        Question(**{**each, "options": tuple(Option(**o) for o in each["options"])})
        for each in cast("list[dict[str, Any]]", plain["questions"])
    ]
    return Proposal(
        path=Path(str(plain["path"])),
        shape=str(plain["shape"]),
        title=str(plain["title"]),
        fingerprint=str(plain["fingerprint"]),
        files=tuple(files),
        questions=tuple(questions),
        answers=MappingProxyType(dict(cast("dict[str, str]", plain["answers"]))),
        notes=tuple(cast("list[str]", plain["notes"])),
        lacks=tuple(cast("list[str]", plain["lacks"])),
        refusal=str(plain.get("refusal", "")),
    )


def fingerprint(headers: Iterable[Sequence[str]]) -> str:
    """The same for the same sets of columns, whatever the names and the order of the files."""
    sets = sorted("\x1f".join(sorted(plain_name(name) for name in header)) for header in headers)
    return hashlib.sha256("\x1e".join(sets).encode()).hexdigest()[:32]


def saved(proposal: Proposal, *, into: Path) -> Path:
    """Keep the answers for the next time these columns come; gives the file."""
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"{proposal.fingerprint}.json"
    known = {question.id: question.default for question in proposal.questions}
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "fingerprint": proposal.fingerprint,
        "shape": proposal.shape,
        "answers": dict(sorted({**known, **proposal.answers}.items())),
    }
    part = target.with_suffix(".json.tmp")
    part.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(target)
    return target


def answers_in(mapping: Path, *, fingerprint: str) -> Mapping[str, str]:
    """The answers of a mapping file; of a folder, those saved under the fingerprint, if any.

    Raises:
        BadMappingError: the file is no mapping, or was made for other columns.
    """
    path = mapping / f"{fingerprint}.json" if mapping.is_dir() else mapping
    if mapping.is_dir() and not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadMappingError(path=path, found=f"it is not readable JSON ({error})") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BadMappingError(path=path, found=f'its "format" is not "{FORMAT}"')
    if content.get("fingerprint") not in {None, fingerprint}:
        raise BadMappingError(path=path, found="it was made for other columns")
    answers = content.get("answers")
    if not isinstance(answers, dict):
        raise BadMappingError(path=path, found='it has no "answers"')
    return {str(key): str(value) for key, value in answers.items()}
