"""The organisation, its people, and who reports to whom. Records are master for all three."""

from django.db import models
from django.db.models import F, Q

from headway.records.models.folded import FoldedField


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

    `is_active` is false once they have left; leavers stay, for what they did stays. `left_on` is
    the first day they are no longer here. `is_entered` = added here and not by a load; what was
    named or dated by hand stands, and the next load puts nothing over it.
    """

    id = models.CharField(primary_key=True, max_length=80)
    name = models.TextField()
    folded_name = FoldedField(max_length=200, editable=False, default="", db_index=True)
    email = models.TextField(blank=True, default="")
    title = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    hired_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    is_entered = models.BooleanField(default=False)
    is_named_by_hand = models.BooleanField(default=False)
    is_dated_by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)


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


class Move(models.Model):
    """Where somebody stands from `from_on` on, as it was entered; it holds over what loads bring.

    It ends with the next move, or on `until_on`, when an earlier history goes on; null = still so.
    `state`: planned (the day has not come), holds, circle (a later load made somebody below them
    their manager, so it cannot hold), withdrawn.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="moves")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    manager = models.ForeignKey("records.Person", models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20)
    team = models.TextField(null=True)  # noqa: DJ001  null = not known, as in the facts
    region = models.TextField(null=True)  # noqa: DJ001  as for the team
    state = models.CharField(max_length=9, default="planned")
    entered_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "from_on"],
                condition=~Q(state="withdrawn"),
                name="move_one_per_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("planned", "holds", "circle", "withdrawn")),
                name="move_state",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="move_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("person")), name="move_not_to_oneself"
            ),
        ]


class Leave(models.Model):
    """Days on which somebody is not at work, both ends included; `to_on` null = still so.

    `is_brought` = the facts tell it, and the next publication brings it up to them.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="leaves")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    entered_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    is_brought = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="leave_ends_after_start"
            ),
        ]


class PeopleStop(models.Model):
    """A load that would change more people than it may without being asked, by the facts it made.

    `brake` is JSON (`terms.people.Brake`).
    """

    facts_id = models.CharField(max_length=64, unique=True)
    brake = models.JSONField()
    found_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)


class PeopleFile(models.Model):
    """A list of people that somebody brought: read, shown, and applied or dropped.

    `rows` are JSON (`terms.people.Listed`); `is_whole` = who is not in it has left.
    """

    name = models.CharField(max_length=200)
    rows = models.JSONField()
    columns = models.JSONField()
    from_on = models.DateField()
    is_whole = models.BooleanField(default=False)
    state = models.CharField(max_length=7, default="waiting")
    brought_by = models.ForeignKey("records.Account", models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "applied", "dropped")), name="people_file_state"
            ),
        ]
