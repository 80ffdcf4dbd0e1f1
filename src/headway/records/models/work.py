"""Work under way, and writes already done."""

from django.db import models
from django.db.models import F, Q


class IdempotencyKey(models.Model):
    """A write that was done under a key: repeating it gives the same reply and no second effect.

    `asked_hash` is the hash of what was asked; `reply_sealed` the reply, encrypted, for it may
    hold a link. `account_id` 0 is the system.
    """

    account_id = models.BigIntegerField()
    action = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    asked_hash = models.CharField(max_length=64)
    reply_sealed = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "action", "key"], name="idempotency_once"
            ),
        ]


# The states of work that has not ended.
UNDER_WAY = ("waiting", "running")
# The kinds that only look: stopped anywhere, it leaves nothing half done.
STOPPABLE = frozenset({"answer", "why_not"})


class Job(models.Model):
    """A piece of background work with its progress; `wanted` says what it is to do.

    `identity` makes the same wish, while one is under way, the same job. `beat_at` is when its
    worker last showed that it lives.
    """

    kind = models.CharField(max_length=20)
    identity = models.CharField(max_length=64)
    wanted = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="waiting")
    step = models.CharField(max_length=60, blank=True, default="")
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True, default="")
    task_id = models.CharField(max_length=40, blank=True, default="")
    asked_by = models.ForeignKey("records.Account", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(state__in=UNDER_WAY),
                name="job_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(*UNDER_WAY, "done", "failed", "stopped")),
                name="job_state",
            ),
            models.CheckConstraint(
                condition=Q(done_count__lte=F("total_count")), name="job_within_total"
            ),
        ]
