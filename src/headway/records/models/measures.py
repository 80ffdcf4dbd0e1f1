"""What is published about coaching and promises, and what became of what people did about it."""

from django.db import models
from django.db.models import Q


class PublishedCoaching(models.Model):
    """Coaching on one priority in one scope, as JSON (`terms.codec`).

    `scope` is a group, or a manager by their id; `head` is whose people it is about. `for_others`
    is the same without what that person logged of their own time.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="coaching")
    scope = models.CharField(max_length=100)
    head = models.CharField(max_length=80)
    priority = models.CharField(max_length=80)
    coaching = models.JSONField()
    for_others = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "scope", "priority"], name="coaching_once"
            ),
        ]
        indexes = [models.Index(fields=["publication", "head"], name="coaching_of_head")]


class PublishedMeasure(models.Model):
    """One measure of one group, as JSON; `people` is how many people its cases are of.

    `subject` is the priority it is about, "" for none.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="measures")
    code = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    head = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, default="", blank=True)
    people = models.PositiveIntegerField()
    measure = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "code", "role", "head", "subject"], name="measure_once"
            ),
        ]


class PublishedStay(models.Model):
    """Whether people of one group who were coached regularly stayed more often, as JSON.

    `scope` is the group, `head` whose people it is.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="stays")
    scope = models.CharField(max_length=100)
    head = models.CharField(max_length=80)
    stay = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "scope"], name="stay_once"),
        ]


class PublishedPeers(models.Model):
    """Who could help one person with one priority: `peers` by id, in an order drawn by lot.

    `is_ahead` = the person could help somebody; `is_first` = with no other priority sooner.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="peers")
    person = models.CharField(max_length=80)
    priority = models.CharField(max_length=80)
    peers = models.JSONField()
    is_ahead = models.BooleanField()
    is_first = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "person", "priority"], name="peers_once"
            ),
        ]


class PublishedSkill(models.Model):
    """How lately one skill was practised in one group of five people or more, as JSON.

    `head` is whose people the group is, `source` what tells it (`terms.skill_currency`).
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="skills")
    head = models.CharField(max_length=80)
    source = models.CharField(max_length=8)
    skill = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["publication", "head"], name="skill_of_head")]


class PublishedOwnSkills(models.Model):
    """When one person last practised each skill, as JSON: for that person alone."""

    publication = models.ForeignKey(
        "records.Publication", models.CASCADE, related_name="own_skills"
    )
    person = models.CharField(max_length=80)
    skills = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "person"], name="own_skills_once"),
        ]


class OwnView(models.Model):
    """What a manager believes their team says of its autonomy, sealed before they see it.

    `share` is that of their people who they believe would agree, 0..1. One a quarter; never
    changed, and for that manager alone.
    """

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="own_views")
    quarter_on = models.DateField()
    share = models.FloatField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "quarter_on"], name="own_view_once"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="own_view_is_a_share"
            ),
        ]


class Remeasurement(models.Model):
    """The link a commitment is meant to move: as it stood when it was made, and on its day.

    `group` is whose line it is; `pattern` the code of the failure pattern that was found there
    then, "" for none. `outcome` is null until the day has come and the link is measured.
    """

    commitment = models.OneToOneField(
        "records.Commitment", models.CASCADE, related_name="remeasurement"
    )
    group = models.CharField(max_length=100)
    pattern = models.CharField(max_length=40, blank=True, default="")
    before = models.JSONField()
    before_on = models.DateField()
    outcome = models.JSONField(null=True)
    measured_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, measured_on=None)
                | Q(outcome__isnull=False, measured_on__isnull=False),
                name="remeasurement_has_its_day",
            ),
        ]


class PublishedRemedy(models.Model):
    """What became of commitments that were to move one link, or made where one pattern stood.

    `kind` is "link" or "pattern", `code` which; `remedy` is JSON (`terms.remeasured`). Of five
    people or more each.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="remedies")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    remedy = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "kind", "code"], name="remedy_once"),
            models.CheckConstraint(condition=Q(kind__in=("link", "pattern")), name="remedy_kind"),
        ]
