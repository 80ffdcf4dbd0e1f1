"""Waves of a short survey. Nothing here ties an answer to the person who gave it."""

from django.db import models
from django.db.models import Q

from headway.records.models.brought import Declared


class Wave(Declared):
    """One round of at most six items among the people of `head` (null = everybody).

    `items` are codes of the bank in the order asked; `priorities` are {id, name}: recall is coded
    for each, and the first is the one that items name. `least` is the smallest group that is
    counted. `alpha` is how far rule and person agreed in coding, -1..1; null = not coded.
    `themes` are [theme, answers], as far as they may be told. One that came with a load has cells
    and counts, and neither invitations nor answers.
    """

    head = models.ForeignKey("records.Person", models.CASCADE, null=True, related_name="+")
    items = models.JSONField()
    priorities = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField(default=5)
    opened_by = models.ForeignKey("records.Account", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, default="open")
    closed_at = models.DateTimeField(null=True)
    alpha = models.FloatField(null=True)
    themes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("open", "closed", "cut", "counted")), name="wave_state"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="wave_closed_at"
            ),
            models.CheckConstraint(condition=Q(least__gte=5), name="wave_least_five"),
        ]


class PulseInvitation(models.Model):
    """One person asked in one wave, and where they stood when it opened.

    `token_sealed` is the token of their link, encrypted, until they have answered; it is looked up
    by its hash. That they answered is kept without when: a time would lead to the answer.
    """

    wave = models.ForeignKey("records.Wave", models.CASCADE, related_name="invitations")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    team_manager = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    token_sealed = models.TextField(blank=True)
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="invitation_once"),
        ]


class PulseAnswer(models.Model):
    """One answer: `values` by item for what is picked, `words` by item for what is written.

    The id is drawn at random, so that neither it nor the order of rows tells who came first. There
    is no person, no account and no time.
    """

    id = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey("records.Wave", models.CASCADE, related_name="answers")
    team_manager = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    words = models.JSONField(default=dict)


class Coding(models.Model):
    """What the words of one answer say, as one coder read them without knowing the team.

    `coder` is the rule or a person; `codes` are by item: for the recall item {priority: yes|no},
    for the action item {priority: value}, and under `themes` a list of words.
    """

    answer = models.ForeignKey("records.PulseAnswer", models.CASCADE, related_name="codings")
    coder = models.CharField(max_length=6)
    codes = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "coder"], name="coding_once"),
            models.CheckConstraint(condition=Q(coder__in=("rule", "person")), name="coding_coder"),
        ]


class PulseCell(models.Model):
    """One cell of a closed wave (`terms.survey.Cell`); `teams` are [manager, people asked]."""

    wave = models.ForeignKey("records.Wave", models.CASCADE, related_name="cells")
    cell_id = models.CharField(max_length=160, unique=True)
    manager = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    is_remainder = models.BooleanField()
    teams = models.JSONField()
    answered_count = models.PositiveIntegerField(null=True)
    again_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["wave", "manager"], name="cell_of_manager")]


class PulsePooled(models.Model):
    """How many of `of` agree with an item about managers, over so many teams of a wave together.

    Where `least` and `most` differ it is one of the numbers between.
    """

    wave = models.ForeignKey("records.Wave", models.CASCADE, related_name="pooled")
    item = models.CharField(max_length=8)
    least = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    team_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "item"], name="pulse_pooled_once"),
        ]


class PulseCount(models.Model):
    """How many answers of one cell gave one value; `subject` "" = asked about no priority."""

    cell = models.ForeignKey("records.PulseCell", models.CASCADE, related_name="counts")
    item = models.CharField(max_length=8)
    subject = models.CharField(max_length=80, blank=True, default="")
    value = models.CharField(max_length=40)
    answer_count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "item", "subject", "value"], name="pulse_count_once"
            ),
        ]
