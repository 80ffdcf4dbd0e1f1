"""Sources, their loads, and what is doubtful about the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from headway.queries.access import NotSeenError
from headway.records.models import CheckMark, Load, Mapping, Organisation, Publication, Source
from headway.terms.access import Permission, allows
from headway.terms.answer import Mark
from headway.terms.viewer import Viewer

_READ = ("kept", "unchanged")


@dataclass(frozen=True, kw_only=True)
class LoadSeen:
    """One load: rows in = kept + rejected; `rejections` is a path inside the data folder or ""."""

    load_id: int
    source: str
    state: str
    asked_at: datetime
    finished_at: datetime | None
    rows_in: int
    kept: int
    rejected: int
    files: tuple[dict[str, object], ...]
    rejections: str
    refusal: str
    is_undoable: bool
    notes: tuple[str, ...] = ()
    mapping_id: int | None = None
    is_sample: bool = False

    @property
    def is_over(self) -> bool:
        """Nothing more is to come."""
        return self.state != "waiting"


@dataclass(frozen=True, kw_only=True)
class SourceSeen:
    """One source with its newest load, None before the first."""

    source_id: int
    name: str
    shape: str
    last: LoadSeen | None


@dataclass(frozen=True, kw_only=True)
class MappingSeen:
    """A proposed or confirmed mapping, as the source gave it and as a person changed it."""

    mapping_id: int
    source: str
    proposal: dict[str, object]
    choices: dict[str, object]
    is_confirmed: bool
    version: int

    @property
    def answers(self) -> dict[str, str]:
        """What a person chose, by the id of the question."""
        return {str(name): str(value) for name, value in self.choices.items()}


@dataclass(frozen=True, kw_only=True)
class PublicationSeen:
    """The publication readers are pinned to."""

    publication_id: int
    facts_id: str
    as_of: date
    data_from: date
    published_at: datetime


def current_publication(viewer: Viewer) -> PublicationSeen | None:
    """The current publication, None while nothing is loaded; all who are signed in may know it."""
    del viewer
    found = Publication.objects.filter(is_current=True).first()
    if found is None:
        return None
    return PublicationSeen(
        publication_id=found.pk,
        facts_id=found.facts_id,
        as_of=found.as_of,
        data_from=found.data_from,
        published_at=found.published_at,
    )


def sources(viewer: Viewer) -> tuple[SourceSeen, ...]:
    """What was loaded from, by name, for those who see data; a failed upload is no source.

    Three statements however many there are.
    """
    if not allows(viewer, Permission.DATA):
        return ()
    newest = _newest(Load.objects.select_related("source").order_by("asked_at", "id"))
    kept = _last_kept()
    return tuple(
        SourceSeen(
            source_id=source.pk,
            name=source.name,
            shape=source.shape,
            last=_load(newest[source.pk], kept=kept) if source.pk in newest else None,
        )
        for source in Source.objects.filter(loads__state__in=_READ).distinct().order_by("name")
    )


def loads(viewer: Viewer, *, limit: int) -> tuple[LoadSeen, ...]:
    """The newest loads first, for those who see data."""
    if not allows(viewer, Permission.DATA):
        return ()
    kept = _last_kept()
    found = Load.objects.select_related("source").order_by("-asked_at", "-id")[:limit]
    return tuple(_load(load, kept=kept) for load in found)


def load(viewer: Viewer, *, load_id: int) -> LoadSeen:
    """One load.

    Raises:
        NotSeenError: there is none, or the viewer does not see data.
    """
    found = Load.objects.select_related("source").filter(pk=load_id).first()
    if found is None or not allows(viewer, Permission.DATA):
        raise NotSeenError
    return _load(found, kept=_last_kept())


def is_only_load(viewer: Viewer) -> bool:
    """One load alone holds, so that nothing is loaded once it is taken back."""
    return allows(viewer, Permission.DATA) and Load.objects.filter(state="kept").count() == 1


def upload_of(viewer: Viewer, *, load_id: int) -> Path:
    """Where the files of a load lie.

    Raises:
        NotSeenError: there is none, or the viewer does not see data.
    """
    found = Load.objects.filter(pk=load_id).values_list("upload", flat=True).first()
    if found is None or not allows(viewer, Permission.DATA):
        raise NotSeenError
    return Path(found)


def last_kept(viewer: Viewer) -> int | None:
    """The load that can be taken back, for those who see data; None where nothing is loaded."""
    return _last_kept() if allows(viewer, Permission.DATA) else None


def snapshot_of(viewer: Viewer, *, load_id: int) -> str:
    """The id of the snapshot that a load made.

    Raises:
        NotSeenError: there is no such load, it made none, or the viewer does not see data.
    """
    made = Load.objects.filter(pk=load_id, state__in=("kept", "undone"))
    found = made.values_list("snapshot_id", flat=True).first()
    if found is None or not allows(viewer, Permission.DATA):
        raise NotSeenError
    return found


def checks(viewer: Viewer) -> tuple[Mark, ...]:
    """The doubts about the current publication's data, for those who see data."""
    if not allows(viewer, Permission.DATA):
        return ()
    found = CheckMark.objects.filter(publication__is_current=True).order_by("table", "code")
    return tuple(
        Mark(
            code=mark.code,
            table=mark.table,
            row_count=mark.row_count,
            share=mark.share,
            affects=tuple(mark.affects),
            figures=mark.figures,
        )
        for mark in found
    )


def mapping(viewer: Viewer, *, mapping_id: int) -> MappingSeen:
    """One mapping.

    Raises:
        NotSeenError: there is none, or the viewer does not see data.
    """
    found = Mapping.objects.select_related("source").filter(pk=mapping_id).first()
    if found is None or not allows(viewer, Permission.DATA):
        raise NotSeenError
    return _mapping(found)


def mapping_of(viewer: Viewer, *, load_id: int) -> MappingSeen | None:
    """The mapping a load waits for; None before its files were looked at.

    Raises:
        NotSeenError: there is no such load, or the viewer does not see data.
    """
    found = Load.objects.select_related("mapping__source").filter(pk=load_id).first()
    if found is None or not allows(viewer, Permission.DATA):
        raise NotSeenError
    return _mapping(found.mapping) if found.mapping is not None else None


def organisation_answers(viewer: Viewer) -> dict[str, str]:
    """What is known of the organisation, as answers to what no file can say; {} before a load."""
    found = Organisation.objects.first() if allows(viewer, Permission.DATA) else None
    if found is None:
        return {}
    if current_publication(viewer) is None:
        # Set-up has asked for the name alone; the rest stands at what the database begins with.
        return {"organisation.name": found.name}
    return {
        "organisation.name": found.name,
        "organisation.currency": found.currency,
        "organisation.time_zone": found.time_zone,
        "organisation.fiscal_year_start_month": str(found.fiscal_year_start_month),
    }


def currency(viewer: Viewer) -> str:
    """The currency amounts are reported in, "" before the first load."""
    if not allows(viewer, Permission.DATA):
        return ""
    return Organisation.objects.values_list("currency", flat=True).first() or ""


def _mapping(found: Mapping) -> MappingSeen:
    return MappingSeen(
        mapping_id=found.pk,
        source=found.source.name,
        proposal=found.proposal,
        choices=found.choices,
        is_confirmed=found.confirmed_at is not None,
        version=found.version,
    )


def _newest(found: Iterable[Load]) -> dict[int, Load]:
    return {load.source_id: load for load in found}


def _last_kept() -> int | None:
    # Only the last one can be undone: what came after it was built on it. The sample is left.
    kept = Load.objects.filter(state="kept", is_sample=False).order_by("-finished_at", "-id")
    return kept.values_list("pk", flat=True).first()


def _load(found: Load, *, kept: int | None) -> LoadSeen:
    return LoadSeen(
        load_id=found.pk,
        source=found.source.name,
        state=found.state,
        asked_at=found.asked_at,
        finished_at=found.finished_at,
        rows_in=found.rows_in_count,
        kept=found.kept_count,
        rejected=found.rejected_count,
        files=tuple(found.files),
        rejections=found.rejections,
        refusal=found.refusal,
        is_undoable=found.pk == kept,
        notes=tuple(found.notes),
        mapping_id=found.mapping_id,
        is_sample=found.is_sample,
    )
