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
