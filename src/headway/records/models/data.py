"""Where the facts came from, and what is doubtful about them."""

from django.db import models
from django.db.models import F, Q


class Source(models.Model):
    """One place facts come from; `shape` is the recognised one (maven, salesforce, ...)."""

    name = models.TextField(unique=True)
    kind = models.CharField(max_length=20, default="files")
    shape = models.CharField(max_length=40, blank=True, default="")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class Mapping(models.Model):
    """How a source's columns became ours: proposed, then confirmed by a person.

    `columns_hash` is the hash of the source's column names: the same columns reuse the mapping.
    `proposal` is as the source gave it; `choices` holds what a person changed.
    """

    source = models.ForeignKey("records.Source", models.CASCADE, related_name="mappings")
    columns_hash = models.CharField(max_length=64)
    proposal = models.JSONField()
    choices = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "columns_hash"], name="mapping_once"),
        ]


class Load(models.Model):
    """One reading of a source: rows in = kept + rejected, per file in `files`.

    `upload` and `rejections` are paths inside the data folder. `snapshot_id` is the snapshot of
    facts it made; an undone load keeps its row. `unchanged` = all of it was known already;
    `discarded` = it was set aside before it was read. `mapping` is None for what the command line
    loads. `notes` are the sentences of the source and of the load. `is_sample` = it brings the
    sample that ships with Headway, which never mixes with anything else.
    """

    source = models.ForeignKey("records.Source", models.PROTECT, related_name="loads")
    state = models.CharField(max_length=10, default="waiting")
    upload = models.TextField()
    mapping = models.ForeignKey("records.Mapping", models.SET_NULL, null=True, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True, default="")
    rows_in_count = models.PositiveBigIntegerField(default=0)
    kept_count = models.PositiveBigIntegerField(default=0)
    rejected_count = models.PositiveBigIntegerField(default=0)
    files = models.JSONField(default=list)
    rejections = models.TextField(blank=True, default="")
    snapshot_id = models.CharField(max_length=64, blank=True, default="")
    refusal = models.TextField(blank=True, default="")
    notes = models.JSONField(default=list)
    asked_by = models.ForeignKey("records.Account", models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=("waiting", "kept", "unchanged", "refused", "undone", "discarded")
                ),
                name="load_state",
            ),
            models.CheckConstraint(
                condition=Q(rows_in_count=F("kept_count") + F("rejected_count")),
                name="load_nothing_silent",
            ),
        ]
        indexes = [models.Index(fields=["source", "-asked_at"], name="load_newest")]


class CheckMark(models.Model):
    """One doubt about the data of a publication, as `terms.answer.Mark` has it."""

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="marks")
    code = models.CharField(max_length=60)
    table = models.CharField(max_length=60)
    row_count = models.PositiveBigIntegerField()
    share = models.FloatField()
    affects = models.JSONField(default=list)
    figures = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "code", "table"], name="mark_once"),
            models.CheckConstraint(condition=Q(share__range=(0, 1)), name="mark_share"),
        ]
