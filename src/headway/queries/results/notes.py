"""Notes that stand beside numbers, as one viewer may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.results.published import Asked, periods_of
from headway.records import scopes
from headway.records.models import Note
from headway.terms import scope as scope_codes
from headway.terms.period import Period
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class NoteSeen:
    """One note beside one number; `is_own` may be taken back by the viewer."""

    note_id: int
    figure: str
    text: str
    by: str
    written: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The notes of one answer, the oldest first, and whether the viewer may add one.

    `period` is what a new one would speak of; None where there is nothing to speak of.
    """

    notes: tuple[NoteSeen, ...]
    period: Period | None
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class OwnNote:
    """A note the viewer wrote: beside which number of which days, and where that is."""

    note_id: int
    text: str
    about: str
    written: str
    address: Mapping[str, str]
    figure: str


def beside(viewer: Viewer, *, asked: Asked) -> Beside:
    """What is noted beside the numbers of one answer; whoever sees these sees the notes.

    Raises:
        NotSeenError: the scope is none, or not for this viewer.
    """
    meant = scope_codes.parse(asked.scope)
    if not scopes.may_see_scope(viewer, meant):
        raise NotSeenError
    of = periods_of(viewer, asked=asked)
    period = of.comparison.actual if of and of.comparison else None
    if period is None:
        return Beside(notes=(), period=None, may_write=False)
    kept = Note.objects.filter(
        scope=asked.scope,
        kpi=asked.kpi.value,
        period_first_on=period.first,
        period_end_on=period.end,
        withdrawn_at=None,
    )
    return Beside(
        notes=tuple(
            NoteSeen(
                note_id=each.pk,
                figure=each.figure,
                text=each.text,
                by=each.person.name,
                written=figures.day(each.written_at.date()),
                is_own=each.person_id == viewer.person_id,
            )
            for each in kept.select_related("person").order_by("written_at", "id")
        ),
        period=period,
        may_write=scopes.is_own_scope(viewer, meant),
    )


def own(viewer: Viewer) -> tuple[OwnNote, ...]:
    """Every note the viewer wrote and did not withdraw, the newest first."""
    kept = Note.objects.filter(person_id=viewer.person_id or "", withdrawn_at=None)
    return tuple(
        OwnNote(
            note_id=each.pk,
            text=each.text,
            about=figures.listed((each.number, figures.days_of(_period(each)))),
            written=figures.day(each.written_at.date()),
            address={"scope": each.scope, "kpi": each.kpi},
            figure=each.figure,
        )
        for each in kept.order_by("-written_at", "-id")
    )


def _period(note: Note) -> Period:
    return Period(first=note.period_first_on, end=note.period_end_on)
