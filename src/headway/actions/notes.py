"""Notes beside a number: what somebody says about a figure of their own."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, action
from headway.records import scopes
from headway.records.models import Note
from headway.terms.access import Permission
from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError
from headway.terms.period import Period
from headway.terms.scope import parse
from headway.terms.viewer import Viewer

MAX_LENGTH = 500


class NoteTextError(HeadwayError):
    """A note says nothing, or too much."""

    code = "notes.text"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The note has {length} characters. Expected 1 to {MAX_LENGTH}. Write a short one."
        )


@dataclass(frozen=True, kw_only=True)
class NoteChanged:
    """A note was written or withdrawn."""

    note_id: int

    @property
    def subject(self) -> str:
        """Which note."""
        return f"note:{self.note_id}"


@action("notes.write", permission=Permission.RESULTS)
def write(
    *,
    viewer: Viewer,
    at: datetime,
    scope: str,
    kpi: Kpi,
    figure: str,
    number: str,
    period: Period,
    text: str,
) -> NoteChanged:
    """Say something beside a number about oneself, or about the people one leads.

    Args:
        viewer: whose number it is.
        at: now.
        scope: code of the scope the number is of.
        kpi: the measure of the answer it stands in.
        figure: which number, as its evidence is addressed.
        number: how it reads now.
        period: of which days it speaks.
        text: 1 to 500 characters; everybody who sees the number reads it.

    Raises:
        NoteTextError: too long, or empty.
        NotAllowedError: the number is about others.
    """
    text = text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        raise NoteTextError(len(text))
    if viewer.person_id is None or not scopes.is_own_scope(viewer, parse(scope)):
        raise NotAllowedError(f"scope:{scope}")
    made = Note.objects.create(
        person_id=viewer.person_id,
        scope=scope,
        kpi=kpi.value,
        figure=figure,
        number=number,
        period_first_on=period.first,
        period_end_on=period.end,
        text=text,
        written_at=at,
    )
    return NoteChanged(note_id=made.pk)


@action("notes.withdraw", permission=Permission.RESULTS)
def withdraw(*, viewer: Viewer, at: datetime, note_id: int) -> NoteChanged:
    """Take back one's own note; nobody reads it any more.

    Raises:
        NotAllowedError: it is not one's own, or was withdrawn.
    """
    own = Note.objects.filter(pk=note_id, person_id=viewer.person_id or "", withdrawn_at=None)
    if not own.update(withdrawn_at=at):
        raise NotAllowedError(f"note:{note_id}")
    return NoteChanged(note_id=note_id)
