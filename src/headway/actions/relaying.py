"""Letting what was entered of people hold, and letting nobody come to see more by it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from headway.actions.action import NotAllowedError
from headway.records import lines, scopes
from headway.records.models import Move, ReportingLine
from headway.terms.viewer import Role, Viewer


def relay(*, at: datetime, people: Collection[str]) -> None:
    """Lay the moves of these people whose day has come over their lines."""
    day = lines.today(at)
    come = [each for each in lines.moves() if each.first <= day]
    found = lines.laid(lines.spans(), come)
    rows = [lines.row_of(each) for each in found.spans if each.person_id in people]
    ReportingLine.objects.filter(person_id__in=people).delete()
    ReportingLine.objects.bulk_create(rows, batch_size=500)
    theirs = {each.move_id for each in come if each.person_id in people}
    Move.objects.filter(pk__in=theirs - found.circles).update(state="holds")
    Move.objects.filter(pk__in=theirs & found.circles).update(state="circle")


def seen_below(viewer: Viewer) -> frozenset[str] | None:
    """The people below the viewer, where they could gain by moving others; None where not.

    Executives see everybody, and who is tied to nobody has nobody below them.
    """
    if viewer.is_system or Role.EXECUTIVE in viewer.roles or viewer.person_id is None:
        return None
    return frozenset(scopes.people_of(viewer.person_id).values_list("id", flat=True))


def refuse_gain(viewer: Viewer, moved: Mapping[str, str | None]) -> None:
    """Let nobody but executives move themselves, or others to below themselves.

    Args:
        viewer: who moves people.
        moved: the manager each of them is to have.

    Raises:
        NotAllowedError: the viewer would see more by it.
    """
    below = seen_below(viewer)
    if below is None:
        return
    own = {viewer.person_id, *below}
    for person, manager in moved.items():
        if person == viewer.person_id or (manager in own and person not in below):
            raise NotAllowedError(f"person:{person}")
