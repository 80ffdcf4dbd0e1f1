"""An installation written as a bundle: what was loaded, and what was entered."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from django.db.models import F, Q

from headway.cycle import entered
from headway.facts import bundle
from headway.records.models import (
    Card,
    CoachingPlan,
    CoachingProgramme,
    CoachingSession,
    Commitment,
    CommitmentEvent,
    HoursBack,
    KnowledgeItem,
    LeaderFinding,
    Message,
    MessageRepeat,
    Objection,
    PeerNote,
    PlanVersion,
    PriorityVersion,
    Scorecard,
    SkillSaid,
    Wave,
)
from headway.terms import codec
from headway.terms.coaching_session import AHEAD
from headway.terms.declared import Plan


class Left(StrEnum):
    """What people entered and no table of the format holds."""

    WORDS = "words"
    REPEATS = "repeats"
    GOALS = "goals"
    VERSIONS = "versions"
    SEEN_BY = "seen_by"
    NOTES = "notes"
    JOINT = "joint"
    SHARED = "shared"
    NOT_AGREED = "not_agreed"
    BROKEN = "broken"
    WAVES = "waves"
    COMMENTS = "comments"
    HALF_AGREED = "half_agreed"
    HOURS_BACK = "hours_back"
    SKILLS = "skills"
    PEER_WORDS = "peer_words"
    KNOWLEDGE_WORDS = "knowledge_words"
    COACHED_WORDS = "coached_words"
    SESSIONS_AHEAD = "sessions_ahead"
    COACHING_PLANS = "coaching_plans"
    PROGRAMMES = "programmes"
    SCORECARDS = "scorecards"


def export(
    folder: Path,
    *,
    at: datetime,
    file_type: Literal["csv", "parquet"],
    share: Literal["everything", "shareable"],
) -> Mapping[Left, int]:
    """Write what holds now as a bundle: loaded again, it tells the same.

    Args:
        folder: a folder that is not there yet or empty, or a file ending in .zip.
        at: now.
        file_type: of the tables.
        share: see `headway.facts.bundle.write`.

    Returns:
        How much of what was entered has no table and stays behind; nothing that is not there.

    Raises:
        HeadwayError: nothing is loaded yet, or something is in the way.
    """
    now = entered.beside(entered.loaded(), at=at)
    bundle.write(now, folder, file_type=file_type, share=share)
    return {what: count for what, count in _left().items() if count}


def _left() -> dict[Left, int]:
    newest = PlanVersion.objects.order_by("-number").first()
    goals = codec.from_json(Plan, newest.content).goals if newest else ""
    commitments = Commitment.objects.filter(is_brought=False)
    half = Q(author_agreed_on=None) ^ Q(person_agreed_on=None)
    comments = Objection.objects.count() + LeaderFinding.objects.exclude(comment="").count()
    return {
        Left.WORDS: Message.objects.filter(withdrawn_at=None).exclude(text="").count(),
        Left.REPEATS: MessageRepeat.objects.filter(state="planned").count(),
        Left.GOALS: int(bool(goals)),
        Left.VERSIONS: PriorityVersion.objects.exclude(number=F("priority__version")).count(),
        Left.HALF_AGREED: Card.objects.filter(Q(person__isnull=False), half).count(),
        Left.SEEN_BY: commitments.exclude(seen_by="").count(),
        Left.NOTES: CommitmentEvent.objects.exclude(note="").count(),
        Left.JOINT: commitments.filter(is_joint=True).count(),
        Left.SHARED: commitments.filter(is_shared=True).count(),
        Left.NOT_AGREED: commitments.filter(accepted_at=None).count(),
        Left.BROKEN: commitments.filter(state="broken").count(),
        Left.WAVES: Wave.objects.filter(state__in=("open", "closed")).count(),
        Left.COMMENTS: comments,
        Left.HOURS_BACK: HoursBack.objects.count(),
        Left.SKILLS: SkillSaid.objects.count(),
        Left.PEER_WORDS: PeerNote.objects.count(),
        Left.KNOWLEDGE_WORDS: KnowledgeItem.objects.count(),
        **_left_of_coaching(),
    }


def _left_of_coaching() -> dict[Left, int]:
    """What two wrote to each other; what one noted for themselves is not even counted."""
    held = CoachingSession.objects.filter(state="held")
    ours = Q(is_brought=False) & ~Q(topic="")
    words = held.filter(ours | ~Q(practice="") | ~Q(looked_at="") | Q(agenda__isnull=False))
    return {
        Left.COACHED_WORDS: words.distinct().count(),
        Left.SESSIONS_AHEAD: CoachingSession.objects.filter(state__in=AHEAD).count(),
        Left.COACHING_PLANS: CoachingPlan.objects.count(),
        Left.PROGRAMMES: CoachingProgramme.objects.count(),
        Left.SCORECARDS: Scorecard.objects.count(),
    }
