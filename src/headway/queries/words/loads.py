"""Loads and sources in words: what became of them, row counts as people read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.queries.data import LoadSeen, PublicationSeen, SourceSeen


@dataclass(frozen=True, kw_only=True)
class State:
    """A state told by word and shape: `glyph` and `tone` as the pages know them."""

    word: str
    glyph: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """What became of the rows of one file; counts as text."""

    file: str
    rows_in: str
    kept: str
    rejected: str
    unread: str


@dataclass(frozen=True, kw_only=True)
class LoadShown:
    """One load as a row, or as the head of its page."""

    load_id: int
    source: str
    state: State
    at: str
    rows_in: str
    kept: str
    rejected: str
    title: str
    files: tuple[FileShown, ...]
    notes: tuple[str, ...]
    refusal: str
    has_rejections: bool
    is_waiting: bool
    is_failed: bool
    is_undoable: bool


@dataclass(frozen=True, kw_only=True)
class SourceShown:
    """One source with what its newest load brought."""

    name: str
    last: LoadShown | None


def load(seen: LoadSeen) -> LoadShown:
    """One load in words."""
    files = tuple(_file(each) for each in seen.files)
    unread = sum(_count(each, "unread_fields") for each in seen.files)
    return LoadShown(
        load_id=seen.load_id,
        source=seen.source,
        state=_STATES.get(seen.state, _STATES["waiting"])(),
        at=_moment(seen.finished_at or seen.asked_at),
        rows_in=f"{seen.rows_in:,}",
        kept=f"{seen.kept:,}",
        rejected=f"{seen.rejected:,}",
        title=_title(seen),
        files=files,
        notes=seen.notes,
        refusal=seen.refusal,
        has_rejections=bool(seen.rejected or unread),
        is_waiting=seen.state == "waiting",
        is_failed=seen.state == "refused",
        is_undoable=seen.is_undoable,
    )


def source(seen: SourceSeen) -> SourceShown:
    """One source in words."""
    return SourceShown(name=seen.name, last=load(seen.last) if seen.last else None)


def heading(
    publication: PublicationSeen | None, *, sources: Sequence[SourceSeen], doubts: int
) -> str:
    """The sentence on top of Data."""
    if publication is None:
        return _("Nothing is loaded yet: a file of opportunities is enough")
    told = ngettext(
        "{count} source, with data to {day}", "{count} sources, with data to {day}", len(sources)
    ).format(count=len(sources), day=day(publication.as_of))
    if not doubts:
        return _("{sources}: no check found anything to doubt").format(sources=told)
    return ngettext(
        "{sources}: {count} thing to doubt", "{sources}: {count} things to doubt", doubts
    ).format(sources=told, count=doubts)


def finished(seen: LoadSeen) -> str:
    """What is said once when a load is over."""
    return _("{title}. Data has the details.").format(title=_title(seen))


def counted(counts: Sequence[Mapping[str, object]]) -> tuple[FileShown, ...]:
    """What became of rows that were read to look at them."""
    return tuple(_file(each) for each in counts)


def readable(source: str, *, counts: Sequence[Mapping[str, object]]) -> str:
    """How much of what was looked at can be read, where no column is in doubt."""
    rejected = sum(_count(each, "rejected") for each in counts)
    unread = sum(_count(each, "unread_fields") for each in counts)
    if not rejected and not unread:
        return _("{source} can be read as it is").format(source=source)
    rows = sum(_count(each, "rows_in") for each in counts)
    return _("{source} can be read, but for {rejected} of {rows} rows and {unread} values").format(
        source=source, rejected=f"{rejected:,}", rows=f"{rows:,}", unread=f"{unread:,}"
    )


def ours(taken_for: str) -> str:
    """What a column was taken for, as people say it.

    >>> ours("seen/opportunity.close_on"), ours("")
    ('close date', '')
    """
    name = taken_for.rpartition(".")[2]
    return _COLUMNS.get(name, lambda: name.replace("_", " "))()


def preview(rows: Sequence[Mapping[str, str]]) -> dict[str, list[object]]:
    """Rows as they would be kept, with what their columns are called."""
    names = sorted(rows[0], key=list(_COLUMNS).index) if rows else []
    return {
        "names": [ours(name) for name in names],
        "rows": [[_short(name, row[name]) for name in names] for row in rows],
    }


def _short(name: str, value: str) -> str:
    if name.endswith(("_at", "_on")):
        return value[:10]
    return _GROUPS[value]() if name == "stage_group" and value in _GROUPS else value


def day(on: date) -> str:
    """A day as in Wed 31 Dec 2025."""
    return date_format(on, "D j M Y")


def _title(seen: LoadSeen) -> str:
    titles = {
        "refused": _("{source} was not loaded"),
        "unchanged": _("Nothing changed: {source} says what is known already"),
        "undone": _("{source} was taken back"),
        "discarded": _("{source} was set aside before it was read"),
        "waiting": _("{source} waits to be read"),
    }
    if seen.state in titles:
        return titles[seen.state].format(source=seen.source)
    unread = sum(_count(each, "unread_fields") for each in seen.files)
    if unread and not seen.rejected:
        return ngettext(
            "All {rows} rows kept, {count} value in them could not be read",
            "All {rows} rows kept, {count} values in them could not be read",
            unread,
        ).format(rows=f"{seen.rows_in:,}", count=f"{unread:,}")
    if not seen.rejected:
        return ngettext("The one row was kept", "All {count} rows were kept", seen.rows_in).format(
            count=f"{seen.rows_in:,}"
        )
    return _("{kept} of {rows} rows kept, {refused} refused").format(
        kept=f"{seen.kept:,}", rows=f"{seen.rows_in:,}", refused=f"{seen.rejected:,}"
    )


def _file(file: Mapping[str, object]) -> FileShown:
    return FileShown(
        file=str(file["file"]),
        rows_in=f"{_count(file, 'rows_in'):,}",
        kept=f"{_count(file, 'kept'):,}",
        rejected=f"{_count(file, 'rejected'):,}",
        unread=f"{_count(file, 'unread_fields'):,}",
    )


def _count(file: Mapping[str, object], name: str) -> int:
    return int(str(file.get(name, 0)))


def _moment(at: datetime) -> str:
    return date_format(at, "D j M Y, H:i")


# Called when asked for, so that each reader gets their own language.
_STATES = {
    "waiting": lambda: State(word=_("waiting"), glyph="open", tone="unknown"),
    "kept": lambda: State(word=_("loaded"), glyph="disc", tone="hold"),
    "unchanged": lambda: State(word=_("nothing new"), glyph="dash", tone="unknown"),
    "refused": lambda: State(word=_("failed upload"), glyph="slip", tone="broken"),
    "undone": lambda: State(word=_("taken back"), glyph="dash", tone="unknown"),
    "discarded": lambda: State(word=_("set aside"), glyph="dash", tone="unknown"),
}

_GROUPS = {"open": lambda: _("open"), "won": lambda: _("won"), "lost": lambda: _("lost")}
_COLUMNS = {
    "opportunity_id": lambda: _("number"),
    "name": lambda: _("name"),
    "owner_id": lambda: _("seller"),
    "account_id": lambda: _("customer"),
    "stage": lambda: _("stage"),
    "stage_group": lambda: _("outcome"),
    "amount": lambda: _("amount"),
    "created_at": lambda: _("created"),
    "close_on": lambda: _("close date"),
    "lead_source": lambda: _("lead source"),
    "is_won": lambda: _("won or not"),
}
