"""What leaders declared of reorganisations: roles, who has them, what changes hands, trainings.

Nobody here declared what came with a load: `declared_by` is null.
"""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import Declared


class Reorganisation(Declared):
    """One declared change of roles or territories, for a priority named by its id; "" = for none.

    `profiles` are JSON (`terms.reorganised.Part`): what each role's work should be.
    """

    priority = models.CharField(max_length=80)
    name = models.TextField()
    effective_on = models.DateField()
    profiles = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    declared_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class RoleChange(models.Model):
    """Which role somebody has after a reorganisation."""

    reorganisation = models.ForeignKey(
        "records.Reorganisation", models.CASCADE, related_name="changes"
    )
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    role_name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "person"], name="role_change_once"),
        ]


class Handover(Declared):
    """One account that goes from one person to another; `account` is its id in the facts."""

    reorganisation = models.ForeignKey(
        "records.Reorganisation", models.SET_NULL, null=True, related_name="handovers"
    )
    account = models.CharField(max_length=80)
    giver = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    taker = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    planned_on = models.DateField()
    completed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    declared_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_not_to_oneself"),
        ]


class Training(Declared):
    """One training for a priority named by its id, "" = for none.

    What it teaches is the priority's behaviour.
    """

    priority = models.CharField(max_length=80)
    name = models.TextField()
    held_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    declared_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Attendance(models.Model):
    """One person a training was for; `attended_on` null = invited, and did not come."""

    training = models.ForeignKey("records.Training", models.CASCADE, related_name="attendances")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    attended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="attendance_once"),
        ]
