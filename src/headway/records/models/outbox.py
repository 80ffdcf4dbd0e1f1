"""What leaves the house: mails and posts that wait to be sent, and where posts go."""

from django.db import models
from django.db.models import Q


class Webhook(models.Model):
    """An address of another system that is told of a few things.

    `form` text: `{"text": ...}` with counts alone, for a channel that many read; event: a code and
    ids, for a program. The address of a channel is a secret itself: it is sealed, as is the secret
    posts are signed with; `host` is what pages show. `stopped_at`: it did not take anything for so
    long that nothing more is sent. `problem` is why the last try failed, "" = it did not.
    """

    name = models.CharField(max_length=80)
    form = models.CharField(max_length=5)
    host = models.CharField(max_length=253)
    address_sealed = models.TextField()
    secret_sealed = models.TextField()
    made_by = models.ForeignKey("records.Account", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True, default="")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=("text", "event")), name="webhook_form"),
        ]


class Outgoing(models.Model):
    """One mail or post: written in the transaction that causes it, sent by the worker.

    `key` names the thing, with its day where it has one: there is one row for each, so that it is
    sent once. A row holds ids and no sentence: what is said is put into words when it is sent, and
    what is no longer true is not sent but deleted. `next_at` is when it is tried, and already
    stands beyond the next pause while it is being tried. Each kind goes to one of the three:
    invitation (to a pulse), reminders and called_off (an account), week, event, test (a webhook).
    """

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=120, unique=True)
    invitation = models.ForeignKey(
        "records.PulseInvitation", models.CASCADE, null=True, related_name="outgoing"
    )
    account = models.ForeignKey(
        "records.Account", models.CASCADE, null=True, related_name="outgoing"
    )
    webhook = models.ForeignKey(
        "records.Webhook", models.CASCADE, null=True, related_name="outgoing"
    )
    about = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempt_count = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, default="waiting")
    problem = models.CharField(max_length=200, blank=True, default="")
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "sent", "given_up")), name="outgoing_state"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(over_at__isnull=False), name="outgoing_over_at"
            ),
            models.CheckConstraint(
                condition=Q(kind="invitation", invitation__isnull=False)
                | Q(kind__in=("reminders", "called_off"), account__isnull=False)
                | Q(kind__in=("week", "event", "test"), webhook__isnull=False),
                name="outgoing_goes_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="outgoing_due")]


class ReminderChoice(models.Model):
    """What somebody has mailed to them: codes of `terms.reminders`; no row = what goes unasked.

    `gathered_at` is up to when it was looked what they are to be reminded of.
    """

    account = models.OneToOneField(
        "records.Account", models.CASCADE, primary_key=True, related_name="reminders"
    )
    kinds = models.JSONField()
    gathered_at = models.DateTimeField(null=True)


class CalendarAddress(models.Model):
    """The secret address of somebody's calendar; only the hash of the secret is kept."""

    account = models.OneToOneField(
        "records.Account", models.CASCADE, primary_key=True, related_name="calendar"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
