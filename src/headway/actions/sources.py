"""Sources and their loads: what was given, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from headway.actions import audit
from headway.actions.action import StaleVersionError, action
from headway.records import sample
from headway.records.models import Load, Source
from headway.records.models import Mapping as MappingRow
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer


class NotUndoableError(HeadwayError):
    """Only the last load that was kept can be taken back."""

    code = "sources.not_undoable"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "Only the last load can be taken back: later ones build on it. Take those back first."
        )


class NotWaitingError(HeadwayError):
    """What is to be done with a load comes too late."""

    code = "sources.not_waiting"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "These files were read or set aside meanwhile: nothing waits. Bring them again to "
            "load them once more."
        )


class SampleLoadedError(HeadwayError):
    """Files of one's own are brought where the sample is loaded."""

    code = "sources.sample_loaded"

    def __init__(self) -> None:
        super().__init__(
            "The sample is loaded, and never mixes with data of your own. Leave the sample first: "
            "at the top of every page, or with headway undo. Then bring your files."
        )


@dataclass(frozen=True, kw_only=True)
class LoadChanged:
    """A load was registered or has come to an end."""

    load_id: int

    @property
    def subject(self) -> str:
        """Which load."""
        return f"load:{self.load_id}"


@dataclass(frozen=True, kw_only=True)
class MappingChanged:
    """A mapping was proposed or confirmed."""

    mapping_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which mapping."""
        return f"mapping:{self.mapping_id}"


@action("sources.register", permission=Permission.DATA)
def register(
    *, viewer: Viewer, at: datetime, source: str, upload: str, shape: str = ""
) -> LoadChanged:
    """Note that files wait to be read.

    Args:
        viewer: who brings them.
        at: now.
        source: the source's name; the same name is the same source.
        upload: where they lie, inside the data folder if they were uploaded.
        shape: the recognised shape, "" when not yet known.

    Raises:
        SampleLoadedError: the sample is loaded; it has to be left first.
    """
    # The sample queues here as well: of two at once, the second finds the first.
    audit.locked_head()
    if sample.is_loaded():
        raise SampleLoadedError
    found, _ = Source.objects.get_or_create(name=source, defaults={"added_at": at})
    if shape and found.shape != shape:
        found.shape = shape
        found.save(update_fields=["shape"])
    load = Load.objects.create(
        source=found, upload=upload, asked_by_id=viewer.account_id, asked_at=at
    )
    return LoadChanged(load_id=load.pk)


@action("sources.kept", permission=Permission.DATA)
def kept(
    *,
    viewer: Viewer,
    at: datetime,
    load_id: int,
    content_hash: str,
    snapshot_id: str,
    rejections: str,
    shape: str,
    files: tuple[dict[str, object], ...],
    notes: tuple[str, ...] = (),
) -> LoadChanged:
    """The files were read. Each of `files` has file, rows_in, kept and rejected.

    A load that made no new snapshot is kept as unchanged: there is nothing of it to take back.
    """
    del viewer
    Source.objects.filter(loads=load_id).update(shape=shape)
    others = Load.objects.exclude(pk=load_id)
    is_known = others.filter(snapshot_id=snapshot_id, state="kept").exists()
    Load.objects.filter(pk=load_id).update(
        state="unchanged" if is_known else "kept",
        content_hash=content_hash,
        snapshot_id=snapshot_id,
        rejections=rejections,
        files=list(files),
        notes=list(notes),
        rows_in_count=_sum(files, "rows_in"),
        kept_count=_sum(files, "kept"),
        rejected_count=_sum(files, "rejected"),
        finished_at=at,
    )
    return LoadChanged(load_id=load_id)


@action("sources.refused", permission=Permission.DATA)
def refused(*, viewer: Viewer, at: datetime, load_id: int, sentence: str) -> LoadChanged:
    """The files cannot be read, with the one sentence that says what they lack."""
    del viewer
    Load.objects.filter(pk=load_id).update(state="refused", refusal=sentence, finished_at=at)
    return LoadChanged(load_id=load_id)


@action("sources.discard", permission=Permission.DATA)
def discard(*, viewer: Viewer, at: datetime, load_id: int) -> LoadChanged:
    """Set files aside that nobody has read yet.

    Raises:
        NotWaitingError: they were read, refused or set aside before.
    """
    del viewer
    waiting = Load.objects.filter(pk=load_id, state="waiting", is_sample=False)
    if not waiting.update(state="discarded", finished_at=at):
        raise NotWaitingError
    return LoadChanged(load_id=load_id)


@action("sources.undone", permission=Permission.DATA)
def undone(*, viewer: Viewer, at: datetime, load_id: int) -> LoadChanged:
    """A load that was kept is taken back; one that is taken back already stays so."""
    del viewer
    Load.objects.filter(pk=load_id, state="kept").update(state="undone", undone_at=at)
    return LoadChanged(load_id=load_id)


@action("sources.propose_mapping", permission=Permission.DATA)
def propose_mapping(
    *,
    viewer: Viewer,
    at: datetime,
    source: str,
    columns_hash: str,
    proposal: Mapping[str, object],
    load_id: int | None = None,
) -> MappingChanged:
    """Keep how columns would become ours; what was chosen for the same columns before stands.

    Args:
        viewer: who brought the files.
        at: now.
        source: the source they are of; the same name is the same source.
        columns_hash: the same for the same columns.
        proposal: as the source gave it.
        load_id: the load that waits for it, which becomes one of this source.
    """
    del viewer
    found, _ = Source.objects.get_or_create(name=source, defaults={"added_at": at})
    mapping, is_new = MappingRow.objects.get_or_create(
        source=found, columns_hash=columns_hash, defaults={"proposal": dict(proposal)}
    )
    if not is_new:
        mapping.proposal = dict(proposal)
        mapping.save(update_fields=["proposal"])
    if load_id is not None:
        Load.objects.filter(pk=load_id).update(source=found, mapping=mapping)
        # It was registered under the name of its file, before anybody had looked into it.
        Source.objects.filter(loads=None, mappings=None).delete()
    return MappingChanged(mapping_id=mapping.pk, version=mapping.version)


@action("sources.confirm_mapping", permission=Permission.DATA)
def confirm_mapping(
    *,
    viewer: Viewer,
    at: datetime,
    mapping_id: int,
    seen_version: int,
    choices: Mapping[str, object],
) -> MappingChanged:
    """Keep what a person chose where the proposal was in doubt.

    Raises:
        StaleVersionError: somebody else confirmed it since `seen_version`.
    """
    del viewer
    mapping = MappingRow.objects.select_for_update().get(pk=mapping_id)
    if mapping.version != seen_version:
        name = mapping.source.name
        raise StaleVersionError(name=name, seen=seen_version, found=mapping.version)
    mapping.choices, mapping.confirmed_at = dict(choices), at
    mapping.version += 1
    mapping.save()
    return MappingChanged(mapping_id=mapping.pk, version=mapping.version)


def _sum(files: tuple[dict[str, object], ...], name: str) -> int:
    return sum(int(str(file[name])) for file in files)
