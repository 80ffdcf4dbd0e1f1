"""The organisation, its people, and who reports to whom. Records are master for all three."""

from django.db import models
from django.db.models import F, Q


class Organisation(models.Model):
    """The one organisation of this installation: exactly one row, with the id 1."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.TextField()
    currency = models.CharField(max_length=3)
    time_zone = models.TextField(default="UTC")
    fiscal_year_start_month = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="organisation_is_one"),
            models.CheckConstraint(
                condition=Q(fiscal_year_start_month__range=(1, 12)),
                name="organisation_fiscal_month",
            ),
        ]


class Person(models.Model):
    """One person of the organisation; `id` is its own id of them, as in `seen/person`.

    `is_active` is false once they have left; leavers stay, for what they did stays.
    """

    id = models.CharField(primary_key=True, max_length=80)
    name = models.TextField()
    email = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    # What somebody typed here stands; the next load does not put the source's name over it.
    is_named_by_hand = models.BooleanField(default=False)


class ReportingLine(models.Model):
    """Who somebody reports to, over time: [valid_from, valid_to), `valid_to` null = still so."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="lines")
    manager = models.ForeignKey("records.Person", models.CASCADE, null=True, related_name="reports")
    role = models.CharField(max_length=20)
    team = models.TextField(null=True)  # noqa: DJ001  null = not known, as in the facts
    region = models.TextField(null=True)  # noqa: DJ001  as for the team
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="line_one_current"
            ),
            models.UniqueConstraint(fields=["person", "valid_from"], name="line_one_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="line_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("person")), name="line_not_to_oneself"
            ),
        ]
