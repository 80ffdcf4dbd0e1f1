"""Peers who teach each other: what they offer and want, their pairs, and when they meet.

What two people write is theirs alone.
"""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import Declared


class Skill(models.Model):
    """One skill of the organisation's own small list; retired ones are offered no more."""

    name = models.CharField(max_length=80, unique=True)
    is_retired = models.BooleanField(default=False)


class SkillSaid(models.Model):
    """What somebody can teach or wants to learn: a skill of the list, or own words.

    Everybody reads what can be taught, nobody but its owner what they want to learn. `priority` is
    the one that the words name, "" for none.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="skills_said")
    side = models.CharField(max_length=5)
    skill = models.ForeignKey("records.Skill", models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=80, blank=True, default="")
    priority = models.CharField(max_length=80, blank=True, default="")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=("teach", "learn")), name="skill_said_side"
            ),
            models.CheckConstraint(
                condition=Q(skill=None) ^ Q(words=""), name="skill_said_one_of_both"
            ),
            models.CheckConstraint(
                condition=Q(priority="") | Q(side="teach", skill=None),
                name="skill_said_of_priority",
            ),
        ]


class Pair(models.Model):
    """Two people who meet once a week: `asker` asked, `partner` agreed; nobody else sees it.

    `weeks` meetings are planned from `first_on` on. `state`: asked, agreed, declined, ended.
    """

    asker = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    partner = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    about = models.CharField(max_length=80)
    first_on = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="asked")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asker=F("partner")), name="pair_of_two"),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "agreed", "declined", "ended")), name="pair_state"
            ),
            models.UniqueConstraint(
                fields=["asker", "partner"],
                condition=Q(state__in=("asked", "agreed")),
                name="pair_once_at_a_time",
            ),
        ]


class PeerMeeting(Declared):
    """One weekly meeting of two, planned and perhaps held; one that was loaded has no pair.

    The counts are those of a load; of meetings here they follow from the notes.
    """

    pair = models.ForeignKey("records.Pair", models.CASCADE, null=True, related_name="meetings")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    partner = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    planned_on = models.DateField()
    met_on = models.DateField(null=True)
    advice_given_count = models.PositiveIntegerField(null=True)
    advice_used_count = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("partner")), name="peer_meeting_of_two"),
        ]


class PeerNote(models.Model):
    """What one of the two says of a meeting, for the two alone.

    `advice` is what the author gave the other; `is_used` whether the other's advice was used, null
    = not said yet.
    """

    meeting = models.ForeignKey("records.PeerMeeting", models.CASCADE, related_name="notes")
    author = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    worked = models.TextField(blank=True, default="")
    stuck = models.TextField(blank=True, default="")
    advice = models.TextField(blank=True, default="")
    is_used = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "author"], name="peer_note_one_each"),
        ]
