"""Notes beside numbers: what somebody says about a figure of their own, for whoever sees it."""

from dataclasses import dataclass
from http import HTTPStatus

from headway.actions import notes as changes
from headway.actions.notes import NoteChanged
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.interfaces.api.results import NotComputedError, asked
from headway.queries.results import notes as seen
from headway.queries.results import published
from headway.queries.results.notes import Beside, OwnNote
from headway.terms.access import Permission
from headway.terms.answer import Kpi


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A note beside one number of one scope and result, as its evidence is addressed."""

    scope: str
    figure: str
    text: str
    kpi: Kpi = Kpi.BOOKINGS
    compare: str = published.DEFAULT_COMPARISON


@reads("notes", Permission.RESULTS)
def own_notes(call: Call, *, span: Span) -> Page[OwnNote]:
    """Every note one wrote and did not take back, the newest first."""
    return span.of(seen.own(call.viewer))


@reads("results/notes", Permission.RESULTS)
def notes_beside(
    call: Call,
    *,
    scope: str | None = None,
    kpi: Kpi = Kpi.BOOKINGS,
    compare: str = published.DEFAULT_COMPARISON,
) -> Beside:
    """The notes beside the numbers of one scope and result, and whether one may add one."""
    return seen.beside(call.viewer, asked=asked(call, scope, kpi=kpi, compare=compare))


@writes("results/notes", Permission.RESULTS, status=HTTPStatus.CREATED)
def write_note(call: Call, *, body: Writing) -> NoteChanged:
    """Say something beside a number of one's own, or of the people one leads."""
    meant = asked(call, body.scope, kpi=body.kpi, compare=body.compare)
    found = published.evidence(call.viewer, asked=meant, figure=body.figure)
    period = seen.beside(call.viewer, asked=meant).period
    if isinstance(found, published.NotComputed):
        raise NotComputedError(has_data=found.has_data)
    if period is None:
        raise NotComputedError(has_data=True)
    return changes.write(
        viewer=call.viewer,
        at=call.at,
        scope=meant.scope,
        kpi=meant.kpi,
        figure=body.figure,
        number=found.title,
        period=period,
        text=body.text,
    )


@writes("notes/<int:note_id>/withdraw", Permission.RESULTS)
def withdraw_note(call: Call, *, note_id: int) -> NoteChanged:
    """Take back one's own note; nobody reads it any more."""
    return changes.withdraw(viewer=call.viewer, at=call.at, note_id=note_id)
