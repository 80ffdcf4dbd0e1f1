"""What the cycle has published: answers, and a thin projection of opportunities and accounts."""

from django.db import models
from django.db.models import Q

from headway.records.models.folded import FoldedField


class Publication(models.Model):
    """One run's results as a whole; readers use the current one and no other."""

    facts_id = models.CharField(max_length=64)
    policy_version = models.CharField(max_length=20)
    as_of = models.DateField()
    data_from = models.DateField()
    published_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="publication_one_current"
            ),
        ]


class PublishedAnswer(models.Model):
    """One answer as JSON (`terms.codec`), for one scope, measure and comparison.

    `scope` is a code of `terms.scope`; `comparison` is "default" or
    "<first>..<end>~<first>..<end>", actual before base, as `terms.question` writes it.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="answers")
    scope = models.CharField(max_length=500)
    kpi = models.CharField(max_length=40)
    comparison = models.CharField(max_length=60, default="default")
    answer = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "scope", "kpi", "comparison"], name="answer_once"
            ),
        ]


class AccountRow(models.Model):
    """One customer: `id` is the organisation's own."""

    id = models.CharField(primary_key=True, max_length=80)
    name = models.TextField()
    folded_name = FoldedField(max_length=200, editable=False, default="", db_index=True)
    segment = models.TextField(null=True)  # noqa: DJ001  null = not known, as in the facts
    industry = models.TextField(null=True)  # noqa: DJ001  as above
    country = models.TextField(null=True)  # noqa: DJ001  as above


class OpportunityRow(models.Model):
    """One opportunity, as thin as a list needs it; `amount` is in the organisation's currency.

    `dimensions` maps region, team, product ... to the value the analysis used, so that a place of a
    finding can be opened. `is_missing` = no longer in the latest export of its source.
    """

    id = models.CharField(primary_key=True, max_length=80)
    name = models.TextField()
    folded_name = FoldedField(max_length=200, editable=False, default="", db_index=True)
    owner = models.ForeignKey("records.Person", models.SET_NULL, null=True, db_constraint=False)
    account = models.ForeignKey(
        "records.AccountRow", models.SET_NULL, null=True, db_constraint=False
    )
    stage = models.TextField()
    stage_group = models.CharField(max_length=4)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    created_on = models.DateField(null=True)
    close_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    dimensions = models.JSONField(default=dict)
    is_missing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage_group__in=("open", "won", "lost")),
                name="opportunity_stage_group",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "closed_on"], name="opportunity_owner_closed"),
            models.Index(fields=["closed_on", "id"], name="opportunity_closed"),
        ]
