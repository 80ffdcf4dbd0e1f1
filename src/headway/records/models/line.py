"""The line of sight as the cycle has published it, and what its leaders saw first."""

from django.db import models


class PublishedChain(models.Model):
    """One chain as JSON (`terms.codec`): how far one priority reaches in one group.

    `head` is the person whose people the group is; `for_others` is the chain without what was
    found about that person. `position` is the order of the run: the widest group of each priority
    first.
    """

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="chains")
    priority = models.CharField(max_length=80)
    role = models.CharField(max_length=20)
    head = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    chain = models.JSONField()
    for_others = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "priority", "role", "head"], name="chain_once"
            ),
        ]
        # Each holds all that is asked of it: the rows themselves are long.
        indexes = [
            models.Index(fields=["publication", "head", "role", "position"], name="chain_of_head"),
            models.Index(fields=["publication", "role", "position", "head"], name="chain_in_order"),
        ]


class PublishedGap(models.Model):
    """What one leader sealed about the links of one chain, beside the measure, as JSON."""

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="gaps")
    person = models.CharField(max_length=80)
    priority = models.CharField(max_length=80)
    group = models.CharField(max_length=100)
    gap = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["publication", "person"], name="gap_of_person")]


class PublishedCalibration(models.Model):
    """How well one leader knows their people, as JSON: for that leader alone."""

    publication = models.ForeignKey(
        "records.Publication", models.CASCADE, related_name="calibrations"
    )
    person = models.CharField(max_length=80)
    calibration = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "person"], name="calibration_once"),
        ]


class BeliefProfile(models.Model):
    """What the leaders of one level believed in one quarter, beside what was measured, as JSON.

    It stays from run to run, and gives way only to one of five leaders more, so that what one of
    them believes does not follow from two of them. `opens_at` is when others see it than those it
    is made of.
    """

    quarter_on = models.DateField()
    level = models.CharField(max_length=10)
    leader_count = models.PositiveIntegerField()
    profile = models.JSONField()
    opens_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter_on", "level"], name="belief_profile_once"),
        ]


class PublishedPattern(models.Model):
    """One failure pattern for one priority among one leader's people, as JSON."""

    publication = models.ForeignKey("records.Publication", models.CASCADE, related_name="patterns")
    priority = models.CharField(max_length=80)
    head = models.CharField(max_length=80)
    pattern = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["publication", "head"], name="pattern_of_head")]


class LeaderFinding(models.Model):
    """Something found about a leader, who sees it before others do.

    `finding` is its identity, the same from run to run. Others see it from `opens_at` on, five
    working days after it was first published, or once the leader has commented on it. It cannot be
    taken away.
    """

    finding = models.CharField(max_length=64, unique=True)
    leader = models.CharField(max_length=80)
    first_published_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    comment = models.TextField(blank=True, default="")
    commented_at = models.DateTimeField(null=True)
