"""What waits for one viewer today, and what they promised and were promised."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries import cards, commitments
from headway.queries.cards import CardLine
from headway.queries.commitments import CommitmentSeen
from headway.queries.today.sources import SOURCES
from headway.queries.today.thing import Thing
from headway.terms.viewer import Viewer

MOST = 3


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """At most three things; `further` is how many more wait behind them.

    Leaders see what they promised above what their people promised. `next_due` is the day of the
    next promise of one's own, "" without one.
    """

    things: tuple[Thing, ...]
    further: int
    from_me: tuple[CommitmentSeen, ...]
    to_me: tuple[CommitmentSeen, ...]
    cards: tuple[CardLine, ...]
    next_due: str


def page(viewer: Viewer, *, at: datetime) -> TodayPage:
    """Everything of the page, for nobody but the viewer."""
    waiting = sorted(
        (thing for source in SOURCES for thing in source(viewer, at=at)),
        key=lambda each: (each.consequence, each.due_on or at.date(), each.title),
    )
    promised = commitments.page(viewer, today=at.date())
    both = (*promised.from_me, *promised.by_both)
    own = tuple(sorted(both, key=lambda each: each.due_day))
    seen = cards.page(viewer, today=at.date())
    return TodayPage(
        things=tuple(waiting[:MOST]),
        further=max(0, len(waiting) - MOST),
        from_me=own,
        to_me=promised.to_me,
        cards=(*seen.own, *seen.with_me),
        next_due=own[0].due_on if own else "",
    )
