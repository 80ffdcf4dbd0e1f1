"""What the viewer is asked: one pulse at a time, and what they believe of their own people."""

from collections.abc import Iterator
from datetime import datetime

from headway.queries import pulse
from headway.queries.strategy import predicting
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.terms.viewer import Viewer


def things(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """At most one of each, however many wait: a pulse more than once a week tires people."""
    for number in pulse.waiting(viewer, today=at.date())[:1]:
        yield Thing(
            code="pulse",
            title=_("Answer a few questions"),
            reason=_("Your answer is kept without your name; shown from five people on."),
            minutes=3,
            consequence=Consequence.MY_WORD,
            known={"wave_id": number},
        )
    for each in predicting.waiting(viewer, at=at)[:1]:
        yield Thing(
            code="prediction",
            title=_("Before you look: how far does “{name}” reach?").format(name=each.name),
            reason=_("Once a quarter, before you see the measure, so that it is honest."),
            minutes=2,
            consequence=Consequence.MY_VIEW,
            known={"priority": each.priority, "group": each.group},
        )
