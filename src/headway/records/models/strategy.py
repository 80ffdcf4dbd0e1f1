"""What leaders declared: plan, priorities, messages, cards, and what conditions can be made of."""

from django.db import models
from django.db.models import Q

from headway.records.models.brought import Declared


class PlanVersion(Declared):
    """One version of the plan on one page, as JSON (`terms.declared.Plan`); the highest holds.

    Number 0 is the one that came with a load; those written here follow it.
    """

    number = models.PositiveIntegerField(unique=True)
    content = models.JSONField()
    written_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()


class Priority(models.Model):
    """One declared priority; `version` is the number of the version that holds.

    `is_brought` as for `Declared`; its id is its name among the facts.
    """

    id = models.CharField(primary_key=True, max_length=80)
    version = models.PositiveIntegerField(default=1)
    declared_on = models.DateField()
    ended_on = models.DateField(null=True)
    declared_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    is_brought = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("declared_on")),
                name="priority_ends_after_start",
            ),
        ]


class PriorityVersion(models.Model):
    """What a priority said from `written_at` on, as JSON (`terms.declared.Priority`)."""

    priority = models.ForeignKey("records.Priority", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    written_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["priority", "number"], name="priority_version_once"),
        ]


class Message(Declared):
    """One telling: what `sender` told the people of `head`; `priority` "" = of the plan as a whole.

    One that came with a load was told to those who have a receipt: it has no `head` and no text.
    """

    priority = models.CharField(max_length=80, blank=True, default="")
    sender = models.ForeignKey("records.Person", models.CASCADE, related_name="messages")
    head = models.ForeignKey("records.Person", models.CASCADE, null=True, related_name="+")
    sent_at = models.DateTimeField()
    channel = models.CharField(max_length=20)
    text = models.TextField(blank=True, default="")
    is_ask = models.BooleanField(default=False)
    is_external = models.BooleanField(default=False)
    logged_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["priority", "sent_at"], name="message_of_priority")]


class MessageReceipt(models.Model):
    """One person a message was for; `received_on` null = sent, and nobody knows whether it came."""

    message = models.ForeignKey("records.Message", models.CASCADE, related_name="receipts")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="receipts")
    received_on = models.DateField(null=True)
    basis = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(basis__in=("", "attended", "acknowledged", "opened")),
                name="receipt_basis",
            ),
            models.CheckConstraint(
                condition=Q(basis="") | Q(received_on__isnull=False),
                name="receipt_has_its_basis",
            ),
        ]


class MessageRepeat(models.Model):
    """When `sender` means to tell the people of `head` of a priority again: next on `due_on`.

    `every_weeks` null = that once; `until` is the last day it may be said on, null = none.
    `state` "said": nothing is left to say; "ended": somebody ended it.
    """

    sender = models.ForeignKey("records.Person", models.CASCADE, related_name="message_repeats")
    head = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    priority = models.CharField(max_length=80, blank=True, default="")
    due_on = models.DateField()
    every_weeks = models.PositiveSmallIntegerField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=8, default="planned")
    version = models.PositiveIntegerField(default=1)
    set_by = models.ForeignKey("records.Account", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "head", "priority"],
                condition=Q(state="planned"),
                name="repeat_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "said", "ended")), name="repeat_state"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(every_weeks__isnull=False),
                name="repeat_once_has_no_end",
            ),
        ]


class Card(Declared):
    """What somebody stops, begins and changes for a priority.

    `person` null: the author's own card; else it was agreed, or is to be, between the author, who
    leads, and that person. `items` are JSON (`terms.declared.CardItem`), in order.
    """

    author = models.ForeignKey("records.Person", models.CASCADE, related_name="cards")
    person = models.ForeignKey(
        "records.Person", models.CASCADE, null=True, related_name="cards_with_leader"
    )
    priority = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    items = models.JSONField()
    written_on = models.DateField()
    author_agreed_on = models.DateField(null=True)
    person_agreed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "priority"],
                condition=Q(person=None, withdrawn_on=None),
                name="card_own_once",
            ),
            models.UniqueConstraint(
                fields=["author", "person", "priority"],
                condition=Q(person__isnull=False, withdrawn_on=None),
                name="card_with_once",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=models.F("author")), name="card_not_oneself"
            ),
        ]


class PredicateColumn(models.Model):
    """A column that conditions can be made of, as the facts of the last publication have it.

    `choices` are its values where they are few, else empty.
    """

    table = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    choices = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "column"], name="predicate_column_once"),
        ]


class PredicateCount(models.Model):
    """How many rows conditions select (`matched`) of how many, or why that cannot be counted.

    `identity` names the conditions and those within which they were counted.
    """

    identity = models.CharField(primary_key=True, max_length=64)
    matched = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    problem = models.TextField(blank=True, default="")
    counted_at = models.DateTimeField()
