"""Letting what was entered of people hold: their moves laid over their lines, up to today."""

from collections.abc import Collection
from datetime import datetime

from headway.records import lines
from headway.records.models import Move, ReportingLine


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
