"""Sessions of a coach with a person, what they agreed, plans, programmes and scorecards.

The words of all of them are for the two alone; a preparation is for its writer alone.
"""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import Declared


class CoachingSession(Declared):
    """One session: asked for by the person, planned, held, or called off.

    `planned_at` is null while it is only asked for, `held_at` until it was logged. What the two
    agreed to practise is `practice`; of one that came with a load only that something was agreed is
    known. Each confirms that it was held as it stands. `looked_at` says in one sentence what was
    seen when the practice was looked at again, on `followed_up_on`. `changed_at` is when one of the
    two last said something of it here, null = neither has since it was made.
    """

    coach = models.ForeignKey("records.Person", models.CASCADE, related_name="sessions_given")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="sessions")
    state = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, default="one_to_one")
    made_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.FloatField(default=30)
    topic = models.TextField(blank=True, default="")
    priority = models.CharField(max_length=80, blank=True, default="")
    is_work_observed = models.BooleanField(null=True)
    practice = models.TextField(blank=True, default="")
    is_practice_agreed = models.BooleanField(null=True)
    follow_up_on = models.DateField(null=True)
    followed_up_on = models.DateField(null=True)
    looked_at = models.TextField(blank=True, default="")
    coach_confirmed_on = models.DateField(null=True)
    person_confirmed_on = models.DateField(null=True)
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(coach=F("person")), name="session_of_two"),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "planned", "held", "called_off")),
                name="session_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(planned_at__isnull=False),
                name="session_planned_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False),
                name="session_held_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("held", "called_off"))
                | Q(coach_confirmed_on=None, person_confirmed_on=None, followed_up_on=None),
                name="session_confirmed_when_held",
            ),
            models.CheckConstraint(
                condition=Q(practice="") | Q(is_practice_agreed=True),
                name="session_practice_agreed",
            ),
        ]


class AgendaItem(models.Model):
    """One thing that one of the two wants to talk about."""

    session = models.ForeignKey("records.CoachingSession", models.CASCADE, related_name="agenda")
    by = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()


class Preparation(models.Model):
    """What one of the two noted for themselves; the row goes when the session is logged."""

    session = models.ForeignKey(
        "records.CoachingSession", models.CASCADE, related_name="preparations"
    )
    writer = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "writer"], name="preparation_once"),
        ]


class CoachingProgramme(models.Model):
    """A plan that everybody gets who reports to `head`, from `starts_on` until it ends.

    `steps` are JSON (`terms.coaching_session.StepAhead`), in order. With a `seed` it is for the
    teams below the head, each with its own manager, from the day in `starts` that this seed drew.
    """

    head = models.ForeignKey("records.Person", models.CASCADE, related_name="programmes")
    skill = models.TextField()
    goal = models.TextField(blank=True, default="")
    cadence_days = models.PositiveSmallIntegerField()
    priority = models.CharField(max_length=80, blank=True, default="")
    steps = models.JSONField(default=list)
    starts_on = models.DateField()
    seed = models.PositiveIntegerField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1), name="programme_cadence_is_days"
            ),
        ]


class CoachingStart(models.Model):
    """On which day the team of a manager starts in a programme, in an order drawn by lot."""

    programme = models.ForeignKey(
        "records.CoachingProgramme", models.CASCADE, related_name="starts"
    )
    manager = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    planned_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "manager"], name="coaching_start_once"),
        ]


class CoachingPlan(models.Model):
    """What one person works on with one coach; `goal` is in the person's words.

    `cadence_days` is how often the two want to meet on it. `outcome` is "" while it is open.
    `practice` is what the person's work shows of it, null where that was never measured.
    """

    coach = models.ForeignKey("records.Person", models.CASCADE, related_name="plans_coached")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="coaching_plans")
    programme = models.ForeignKey(
        "records.CoachingProgramme", models.SET_NULL, null=True, related_name="plans"
    )
    skill = models.TextField()
    goal = models.TextField(blank=True, default="")
    cadence_days = models.PositiveSmallIntegerField()
    priority = models.CharField(max_length=80, blank=True, default="")
    started_on = models.DateField()
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, blank=True, default="")
    practice = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(coach=F("person")), name="coaching_plan_of_two"),
            models.CheckConstraint(
                condition=Q(cadence_days__gte=1), name="coaching_plan_cadence_is_days"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_on=None)
                | Q(outcome__in=("reached", "ended", "left"), closed_on__isnull=False),
                name="coaching_plan_outcome",
            ),
            models.UniqueConstraint(
                fields=["programme", "person"],
                condition=Q(closed_on=None, programme__isnull=False),
                name="coaching_plan_once_a_programme",
            ),
        ]


class CoachingStep(models.Model):
    """One step of a plan, in order; `done_on` null = still to do."""

    plan = models.ForeignKey("records.CoachingPlan", models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="coaching_step_once"),
        ]


class Scorecard(models.Model):
    """Points of a skill, scored 1 to 5 by the person and by the coach, each alone.

    `points` are sentences; `own_scores` and `coach_scores` have one number for each, null until
    given. Nobody reads the other's before both are in.
    """

    coach = models.ForeignKey("records.Person", models.CASCADE, related_name="scorecards_given")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="scorecards")
    skill = models.TextField()
    points = models.JSONField()
    made_on = models.DateField()
    own_scores = models.JSONField(null=True)
    own_on = models.DateField(null=True)
    coach_scores = models.JSONField(null=True)
    coach_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(coach=F("person")), name="scorecard_of_two"),
            models.CheckConstraint(
                condition=Q(own_scores__isnull=True, own_on=None)
                | Q(own_scores__isnull=False, own_on__isnull=False),
                name="scorecard_own_dated",
            ),
            models.CheckConstraint(
                condition=Q(coach_scores__isnull=True, coach_on=None)
                | Q(coach_scores__isnull=False, coach_on__isnull=False),
                name="scorecard_coach_dated",
            ),
        ]
