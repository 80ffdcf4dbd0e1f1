"""What people promised each other, and what became of it."""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import Declared


class Commitment(Declared):
    """One commitment between people: who does what by when, for whom, and because of what.

    `finding` is the identity of the finding it came from, `publication` the one its maker was
    looking at: what is measured later is compared with it; both are empty where it came from none.
    `accepted_at` is null while whoever has to agree has not. Both sides do what is promised where
    it `is_joint`. `cue` is the moment that will remind its owner ("if ... then"). The predicted
    share, with its range, is what its owner believes `predicted_link` will be by then; nobody else
    reads it before it is settled. `due_on` is the day that holds now; `first_due_on` that of the
    beginning. `release_asked_at` is set while its owner asks to be let off. `is_shared`: a side
    lets the owner's manager see what becomes of it. One that came with a load has no `made_by`.
    """

    owner = models.ForeignKey("records.Person", models.CASCADE, related_name="commitments")
    to = models.ForeignKey("records.Person", models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    text = models.TextField()
    seen_by = models.TextField(blank=True, default="")
    cue = models.TextField(blank=True, default="")
    is_joint = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    due_on = models.DateField()
    first_due_on = models.DateField()
    priority = models.CharField(max_length=80, blank=True, default="")
    finding = models.CharField(max_length=64, blank=True, default="")
    publication = models.ForeignKey("records.Publication", models.SET_NULL, null=True)
    predicted_link = models.CharField(max_length=20, blank=True, default="")
    predicted_share = models.FloatField(null=True)
    predicted_low = models.FloatField(null=True)
    predicted_high = models.FloatField(null=True)
    state = models.CharField(max_length=12, default="open")
    settled_on = models.DateField(null=True)
    release_asked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="commitment_says_something"),
            models.CheckConstraint(
                condition=Q(to=None) | ~Q(to=F("owner")), name="commitment_not_to_oneself"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("open", "kept", "kept_late", "broken", "released", "declined")
                ),
                name="commitment_state",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(settled_on__isnull=False), name="commitment_settled"
            ),
            models.CheckConstraint(
                condition=Q(is_joint=False) | Q(to__isnull=False), name="commitment_joint_of_two"
            ),
            models.CheckConstraint(
                condition=Q(predicted_low=None)
                | (
                    Q(predicted_low__gte=0)
                    & Q(predicted_low__lte=F("predicted_share"))
                    & Q(predicted_share__lte=F("predicted_high"))
                    & Q(predicted_high__lte=1)
                ),
                name="commitment_predicted_in_its_range",
            ),
        ]


class CommitmentEvent(models.Model):
    """Something that happened to a commitment: one row each time somebody said so.

    `kind` is one of `terms.commitment.EventKind`. `at` is when it was said, `on` the day it speaks
    of: of a planned check the day it is planned for. `from_on` and `to_on` are the days of a move.
    """

    commitment = models.ForeignKey("records.Commitment", models.CASCADE, related_name="events")
    by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    on = models.DateField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    note = models.TextField(blank=True, default="")


class Prediction(models.Model):
    """What a leader believes of one link among their people, sealed before they saw a measure.

    `quarter_on` is the first day of the quarter it was sealed in. A row without a share says that
    they skipped. `shared_with` is who else may see it. Never changed: one asks oneself once a
    quarter.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="predictions")
    priority = models.CharField(max_length=80)
    group = models.CharField(max_length=100)
    link = models.CharField(max_length=20, blank=True, default="")
    share = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    shared_with = models.CharField(max_length=10, default="nobody")
    quarter_on = models.DateField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "priority", "group", "link", "quarter_on"],
                name="prediction_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(share=None)
                | (
                    Q(low__gte=0)
                    & Q(low__lte=F("share"))
                    & Q(share__lte=F("high"))
                    & Q(high__lte=1)
                ),
                name="prediction_in_its_range",
            ),
            models.CheckConstraint(
                condition=Q(shared_with__in=("nobody", "leaders", "team")),
                name="prediction_shared_with",
            ),
        ]
