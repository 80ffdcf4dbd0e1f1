"""What people say to a finding."""

from django.db import models


class Objection(models.Model):
    """Somebody sees it differently: a short reason, kept with the finding from run to run.

    `finding` is the finding's identity (code, subject, scope, measure), which does not change from
    night to night; `publication` is the one its writer was looking at.
    """

    finding = models.CharField(max_length=64)
    scope = models.CharField(max_length=500)
    publication = models.ForeignKey("records.Publication", models.SET_NULL, null=True)
    by = models.ForeignKey("records.Account", models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="objection_says_something"),
        ]
        indexes = [models.Index(fields=["scope", "finding"], name="objection_of_finding")]


class Note(models.Model):
    """What somebody says beside a number about themselves, or about the people they lead.

    The number is `figure` of the answer for `scope` and `kpi` over one period, [first, end): in the
    next period it is another number. `number` is how it read when the note was written. Whoever
    sees the number sees the note, until it is withdrawn.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    scope = models.CharField(max_length=500)
    kpi = models.CharField(max_length=40)
    figure = models.CharField(max_length=200)
    number = models.TextField()
    period_first_on = models.DateField()
    period_end_on = models.DateField()
    text = models.TextField()
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=models.Q(period_end_on__gt=models.F("period_first_on")),
                name="note_period_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["scope", "kpi", "period_first_on"], name="note_of_answer"),
        ]
