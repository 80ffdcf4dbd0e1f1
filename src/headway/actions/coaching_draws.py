"""A programme of coaching that all teams get, in an order that is drawn by lot.

Nobody is picked, so whoever still waits shows what would have been without it.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from headway.actions.action import NotAllowedError, action
from headway.actions.coaching import SessionTimeError
from headway.actions.coaching_programmes import (
    ProgrammeChanged,
    ProgrammeWanted,
    enrol,
    made_of,
    refuse,
)
from headway.actions.direction import UnknownPriorityError
from headway.records import coaching, lines
from headway.records.models import CoachingStart
from headway.terms.access import Permission
from headway.terms.coaching_session import (
    FEWEST_TEAMS,
    FEWEST_WAVES,
    MOST_WAVES,
    WAVE_DAYS,
)
from headway.terms.viewer import Viewer

FURTHEST = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class DrawWanted:
    """A programme for a priority, the day on which the first wave starts, and how many waves."""

    programme: ProgrammeWanted
    first_on: date
    wave_count: int


@action("coaching_draws.begin", permission=Permission.DECLARE)
def begin(*, viewer: Viewer, at: datetime, wanted: DrawWanted, seed: int) -> ProgrammeChanged:
    """Draw in which order the teams below the viewer start, and begin the programme.

    The order follows from the seed alone, which is kept: whoever doubts it draws it again. Each
    team is enrolled on its day, with its own manager.

    Raises:
        NotAllowedError: the viewer leads fewer than four teams.
        UnknownPriorityError: it is for no priority: nothing could be told of it.
        SessionTimeError: the first day has gone by or lies too far ahead, or the waves are too few
            or too many.
        SessionTextError: as for a programme.
    """
    head = viewer.person_id
    teams = coaching.teams_below(head) if head is not None else {}
    if head is None or len(teams) < FEWEST_TEAMS:
        raise NotAllowedError(f"person:{head or ''}")
    if not wanted.programme.priority:
        raise UnknownPriorityError("")
    refuse(wanted.programme)
    today = lines.today(at)
    if not today <= wanted.first_on <= today + FURTHEST:
        raise SessionTimeError(f"the first day {wanted.first_on}", "a day within a year from today")
    most = min(MOST_WAVES, len(teams))
    if not FEWEST_WAVES <= wanted.wave_count <= most:
        raise SessionTimeError(f"{wanted.wave_count} waves", f"{FEWEST_WAVES} to {most}")
    made = made_of(wanted.programme, head=head, today=today, seed=seed)
    CoachingStart.objects.bulk_create(
        CoachingStart(
            programme=made,
            manager_id=manager,
            planned_on=wanted.first_on + timedelta(days=WAVE_DAYS * wave),
        )
        for manager, wave in drawn(teams, waves=wanted.wave_count, seed=seed).items()
    )
    enrol([made], today=today)
    return ProgrammeChanged(programme_id=made.pk, version=made.version)


def drawn(teams: Collection[str], *, waves: int, seed: int) -> Mapping[str, int]:
    """In which wave each team starts, 0 the first; the waves differ by one team at most.

    In the order of the SHA-256 of seed and name: the same on every machine, and nobody can choose a
    seed for a place without trying.

    Examples:
        >>> found = drawn(["a", "b", "c", "d", "e"], waves=2, seed=7)
        >>> found
        {'c': 0, 'e': 0, 'a': 0, 'd': 1, 'b': 1}
    """
    ordered = sorted(teams, key=lambda team: hashlib.sha256(f"{seed}:{team}".encode()).hexdigest())
    return {team: place * waves // len(ordered) for place, team in enumerate(ordered)}
