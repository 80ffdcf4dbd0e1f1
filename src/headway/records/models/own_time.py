"""Where leaders' hours go and which hours they gave back: theirs alone, others see sums of five."""

from django.db import models
from django.db.models import F, Q

from headway.records.models.brought import Declared
from headway.terms.own_time import Category, Stopped


class TimeLog(Declared):
    """Hours of one week that somebody logged for one category; for nobody but that person.

    `fact_id` follows from the person, the week, the category and the priority, so that what is
    entered takes the place of what was loaded. Zero hours stand where a loaded row was taken out.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    week_on = models.DateField()
    category = models.CharField(max_length=14)
    priority = models.CharField(max_length=80, blank=True, default="")
    hours = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=[each.value for each in Category]), name="time_category"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="time_hours"),
        ]
        indexes = [models.Index(fields=["person", "week_on"], name="time_of_week")]


class HoursBack(models.Model):
    """A report, meeting or check that a leader stopped: hours a week for each of its people.

    It counts from `since_on` until `ended_on`, the day it came back; null = it is still stopped.
    """

    given_by = models.ForeignKey("records.Person", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    text = models.TextField()
    hours = models.FloatField()
    since_on = models.DateField()
    ended_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in Stopped]), name="hours_back_kind"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="hours_back_some"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since_on")),
                name="hours_back_ends_after_start",
            ),
        ]


class HoursBackTo(models.Model):
    """Somebody who has these hours again; the leader too, where it was also theirs."""

    entry = models.ForeignKey("records.HoursBack", models.CASCADE, related_name="people")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="hours_back_once"),
        ]


class PublishedTime(models.Model):
    """The sessions one leader held and who got them, as JSON: for that leader alone."""

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="times")
    person = models.CharField(max_length=80)
    time = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "person"], name="published_time_once"),
        ]


class GroupMonth(models.Model):
    """What at least five people below one leader did together in one month, as JSON.

    `kind`: time (of leaders), field (of leaders beside their people), pairs, or of the whole
    organisation, where `head` is "": released (hours given back) and reuse (of what is written
    down). Made once and never again, so that nobody's part follows from two of them.
    """

    head = models.CharField(max_length=80, blank=True)
    month_on = models.DateField()
    kind = models.CharField(max_length=8)
    people_count = models.PositiveIntegerField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["head", "month_on", "kind"], name="group_month_once"),
            models.CheckConstraint(condition=Q(people_count__gte=5), name="group_month_of_five"),
            models.CheckConstraint(
                condition=Q(kind__in=("time", "field", "pairs", "released", "reuse")),
                name="group_month_kind",
            ),
        ]
