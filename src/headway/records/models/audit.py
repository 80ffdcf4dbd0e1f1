"""Who did what: a chain in which each entry seals the one before. Ids only, no names, no text."""

from django.db import models
from django.db.models import Q


class AuditEntry(models.Model):
    """One change, refusal or sensitive read. `number` counts from 1 without gaps."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    # Not a reference: an entry outlives whatever it speaks of.
    account_id = models.BigIntegerField(null=True)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=600)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["account_id", "number"], name="audit_by_account")]


class AuditHead(models.Model):
    """How long the chain is and how it ends, sealed with the installation's key; one row, id 1."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="audit_head_is_one"),
        ]
