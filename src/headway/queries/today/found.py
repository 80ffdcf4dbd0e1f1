"""What was found about the viewer, which they see before others do."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from headway.queries.results import figures
from headway.queries.strategy import predicting, published
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records.models import LeaderFinding
from headway.terms.viewer import Viewer

_MINUTES = 3


def things(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """One for each finding nobody else sees yet and that can be told here; one for all the others.

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
        if each.finding in told:
            yield _told(each, title=told[each.finding])
    if untold := [each for each in kept if each.finding not in told]:
        yield _to_look_at(untold)


def _told(found: LeaderFinding, *, title: str) -> Thing:
    return Thing(
        code="finding",
        title=title,
        reason=_(
            "Only you see it until {day}, or until you say something to it; from then on others "
            "see both."
        ).format(day=figures.day(found.opens_at.date())),
        minutes=_MINUTES,
        consequence=Consequence.ABOUT_ME,
        due_on=found.opens_at.date(),
        known={"finding": found.finding},
    )


def _to_look_at(found: Sequence[LeaderFinding]) -> Thing:
    """Those of which no word stands here, as one; the first opens before the others."""
    count, first_on = len(found), found[0].opens_at.date()
    title = ngettext(
        "Look at what was found about you", "Look at {count} things found about you", count=count
    )
    reason = ngettext(
        "Only you see it until {day}, or until you say something to it; from then on others see "
        "both.",
        "Only you see them, the first until {day}, or until you say something to it; from then on "
        "others see both.",
        count=count,
    )
    return Thing(
        code="finding",
        title=title.format(count=count),
        reason=reason.format(day=figures.day(first_on)),
        minutes=_MINUTES * count,
        consequence=Consequence.ABOUT_ME,
        due_on=first_on,
    )
