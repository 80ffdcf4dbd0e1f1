"""What works, written down by who knows it, and who used it; it stays when its author leaves."""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import fresh
from headway.records.models.folded import FoldedField


class KnowledgeItem(models.Model):
    """One thing that works, for everybody who sees results; it names no customer.

    `is_name_kept`: the author's name stays with it when they leave. A check is of the words as they
    are, and falls when they change. `fact_id` names its row among the facts, which has no words.
    """

    fact_id = models.CharField(max_length=80, unique=True, default=fresh)
    author = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    folded_name = FoldedField(max_length=200, editable=False, default="", db_index=True)
    helps_when = models.CharField(max_length=200)
    steps = models.JSONField()
    priority = models.CharField(max_length=80, blank=True, default="")
    skill = models.ForeignKey("records.Skill", models.PROTECT, null=True, related_name="+")
    is_name_kept = models.BooleanField(default=True)
    captured_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    checked_by = models.ForeignKey("records.Person", models.SET_NULL, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(priority="") | Q(skill__isnull=False), name="knowledge_of_something"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("author")),
                name="knowledge_checked_by_another",
            ),
        ]


class KnowledgeUse(models.Model):
    """That somebody used it on a day, as they said themselves; `words` are for its author alone."""

    item = models.ForeignKey("records.KnowledgeItem", models.CASCADE, related_name="uses")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    used_on = models.DateField()
    words = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person", "used_on"], name="knowledge_used_once_a_day"
            ),
        ]
