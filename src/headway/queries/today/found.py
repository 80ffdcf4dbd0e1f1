"""What was found about the viewer, which they see before others do."""

from collections.abc import Iterator
from datetime import datetime

from headway.queries.results import figures
from headway.queries.strategy import predicting, published
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.records.models import LeaderFinding
from headway.terms.viewer import Viewer


def things(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """One for each finding nobody else sees yet, the one that opens first before the others.

    What was found stands with it only once the viewer has said what they believe: a measure seen
    before would make the prediction worthless.
    """
    waiting = LeaderFinding.objects.filter(
        leader=viewer.person_id or "", comment="", opens_at__gt=at
    ).order_by("opens_at", "id")
    kept = list(waiting)
    if not kept:
        return
    is_told = not predicting.waiting(viewer, at=at)
    told = published.found_about(viewer, at=at) if is_told else {}
    for each in kept:
        day = figures.day(each.opens_at.date())
        yield Thing(
            code="finding",
            title=told.get(each.finding, "") or _("Look at what was found about you"),
            reason=_(
                "Only you see it until {day}, or until you say something to it; from then on "
                "others see both."
            ).format(day=day),
            minutes=3,
            consequence=Consequence.ABOUT_ME,
            due_on=each.opens_at.date(),
            known={"finding": each.finding} if each.finding in told else {},
        )
