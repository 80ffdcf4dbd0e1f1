"""Who sees which pair: the two of it, and nobody else."""

from django.db.models import Q, QuerySet

from headway.records.models import Pair, PeerMeeting, SkillSaid
from headway.terms.viewer import Viewer


def own_pairs(viewer: Viewer) -> QuerySet[Pair]:
    """The pairs the viewer is one of."""
    me = viewer.person_id or ""
    return Pair.objects.filter(Q(asker_id=me) | Q(partner_id=me))


def own_meetings(viewer: Viewer) -> QuerySet[PeerMeeting]:
    """The meetings the viewer is one of."""
    me = viewer.person_id or ""
    return PeerMeeting.objects.filter(Q(person_id=me) | Q(partner_id=me))


def advice(meeting: PeerMeeting) -> tuple[int, int]:
    """How much advice was given in a meeting, and how much of it was used."""
    if meeting.is_brought:
        return meeting.advice_given_count or 0, meeting.advice_used_count or 0
    notes = meeting.notes.all()
    given = sum(bool(each.advice) for each in notes)
    return given, min(given, sum(bool(each.is_used) for each in notes))


def other(meeting: PeerMeeting, *, person_id: str | None) -> str:
    """Whom somebody met."""
    return meeting.partner_id if meeting.person_id == person_id else meeting.person_id


def skill_name(said: SkillSaid) -> str:
    """What somebody teaches or wants to learn, in words."""
    return said.skill.name if said.skill else said.words
