"""What waits for one viewer today, and what they promised and were promised."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from headway.queries import cards, commitments
from headway.queries.cards import CardLine
from headway.queries.commitments import CommitmentSeen
from headway.queries.strategy import declared
from headway.queries.strategy.declared import PriorityLine
from headway.queries.today import agreements, asked, coaching, found, promises, telling
from headway.queries.today.about import About, about
from headway.queries.today.thing import Thing
from headway.terms.viewer import Viewer

MOST = 3
MOST_PROMISES = 5


@dataclass(frozen=True, kw_only=True)
class TodayPage:
    """At most three things; `further` is how many more wait behind them.

    Leaders see what they promised above what their people promised. `next_due` is the day of the
    next promise of one's own, "" without one. Of what others promised the last days stand here;
    `to_me_count` and `of_my_people_count` are how many there are.
    """

    things: tuple[Thing, ...]
    further: int
    from_me: tuple[CommitmentSeen, ...]
    to_me: tuple[CommitmentSeen, ...]
    of_my_people: tuple[CommitmentSeen, ...]
    cards: tuple[CardLine, ...]
    to_me_count: int
    of_my_people_count: int
    about: About
    next_due: str


def page(viewer: Viewer, *, at: datetime) -> TodayPage:
    """Everything of the page, for nobody but the viewer.

    Things stand by consequence (`Consequence`), then by day, then by name, then as their source
    gave them: the same things always in the same order.
    """
    lines = declared.priorities(viewer, today=at.date())
    waiting = sorted(
        _things(viewer, at=at, priorities=lines),
        key=lambda each: (each.consequence, each.due_on or at.date(), each.title),
    )
    promised = commitments.page(viewer, today=at.date())
    both = (*promised.from_me, *promised.by_both)
    own = tuple(sorted(both, key=lambda each: each.due_day))
    seen = cards.listed(viewer, names={each.priority_id: each.name for each in lines})
    theirs = promised.of_others if viewer.person_id else ()
    coming = [each for each in own if each.due_day >= at.date()]
    return TodayPage(
        things=tuple(waiting[:MOST]),
        further=max(0, len(waiting) - MOST),
        from_me=own,
        to_me=promised.to_me[-MOST_PROMISES:],
        to_me_count=len(promised.to_me),
        of_my_people=theirs[-MOST_PROMISES:],
        of_my_people_count=len(theirs),
        # What is still to be written waits as a thing, where it is the viewer's to write.
        cards=(*(each for each in seen.own if each.version), *seen.with_me),
        about=about(viewer, at=at),
        next_due=coming[0].due_on if coming else "",
    )


def _things(viewer: Viewer, *, at: datetime, priorities: Sequence[PriorityLine]) -> Iterator[Thing]:
    """Where things come from; whatever else may wait for somebody joins here."""
    names = {each.priority_id: each.name for each in priorities}
    yield from found.things(viewer, at=at)
    yield from promises.things(viewer, at=at, names=names)
    yield from agreements.things(viewer, names=names)
    yield from coaching.things(viewer, at=at)
    yield from telling.things(viewer, at=at, priorities=priorities)
    yield from asked.things(viewer, at=at)
