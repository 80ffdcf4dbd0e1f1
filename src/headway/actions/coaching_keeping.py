"""How long the words of coaching are kept: until two work together no longer, and six months."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from headway.actions.action import action
from headway.records import coaching, lines
from headway.records.models import (
    AgendaItem,
    CoachingPlan,
    CoachingSession,
    Preparation,
    Scorecard,
)
from headway.terms.access import Permission
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Purged:
    """Of how many pairs the words went."""

    pair_count: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"pairs:{self.pair_count}"


def due(*, at: datetime) -> bool:
    """Whether words are kept for longer than they may be."""
    return any(_has_words(pair) for pair in coaching.ended_pairs(lines.today(at)))


@action("coaching_keeping.purge", permission=Permission.ACCESS)
def purge(*, viewer: Viewer, at: datetime) -> Purged:
    """Delete what two wrote to each other once it is kept for long enough.

    That a session was held, of which kind and for how long, stays: it is counted without words.
    Plans, scorecards, and sessions that were never held go as a whole.
    """
    del viewer
    found = [pair for pair in coaching.ended_pairs(lines.today(at)) if _has_words(pair)]
    for coach, person in found:
        both = Q(coach_id=coach, person_id=person)
        of_both = CoachingSession.objects.filter(both)
        AgendaItem.objects.filter(session__in=of_both).delete()
        Preparation.objects.filter(session__in=of_both).delete()
        CoachingPlan.objects.filter(both).delete()
        Scorecard.objects.filter(both).delete()
        of_both.filter(state__in=("asked", "planned")).delete()
        of_both.update(topic="", practice="", looked_at="")
    return Purged(pair_count=len(found))


def _has_words(pair: tuple[str, str]) -> bool:
    coach, person = pair
    both = Q(coach_id=coach, person_id=person)
    said = ~Q(topic="") | ~Q(practice="") | ~Q(looked_at="") | Q(state__in=("asked", "planned"))
    return (
        CoachingSession.objects.filter(both & (said | Q(agenda__isnull=False))).exists()
        or CoachingPlan.objects.filter(both).exists()
        or Scorecard.objects.filter(both).exists()
    )
