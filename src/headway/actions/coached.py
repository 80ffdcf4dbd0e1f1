"""Coaching, measures and who could help whom, kept for readers with a publication."""

from collections.abc import Iterator
from datetime import datetime

from headway.records import leader_first, sample
from headway.records.models import (
    LeaderFinding,
    PublishedCoaching,
    PublishedMeasure,
    PublishedPeers,
)
from headway.terms import codec
from headway.terms.strategy import StrategyFindings


def keep(found: StrategyFindings, *, publication_id: int, at: datetime) -> None:
    """Keep them with a publication; runs inside the action that publishes.

    What is found about a manager, that manager sees before anybody else.
    """
    both = tuple(zip(found.coaching, found.coaching_for_others, strict=True))
    PublishedCoaching.objects.bulk_create(
        PublishedCoaching(
            publication_id=publication_id,
            scope=own.scope,
            head=own.scope.rpartition("@")[2],
            priority=own.priority,
            coaching=codec.to_json(own),
            for_others=codec.to_json(others),
        )
        for own, others in both
    )
    PublishedMeasure.objects.bulk_create(
        PublishedMeasure(
            publication_id=publication_id,
            code=each.code,
            role=each.group.partition("@")[0],
            head=each.group.partition("@")[2],
            subject=each.subject or "",
            people=each.people,
            measure=codec.to_json(each),
        )
        for each in found.measures
        if each.n
    )
    PublishedPeers.objects.bulk_create(
        PublishedPeers(
            publication_id=publication_id,
            person=each.person,
            priority=each.priority,
            peers=list(each.peers),
            is_ahead=each.is_ahead,
            is_first=each.is_first,
        )
        for each in found.peers
    )

    def about_managers() -> Iterator[tuple[str, str]]:
        for own, others in both:
            finding = leader_first.coach_finding(own, others)
            if finding is not None:
                yield finding, own.scope

    # The leaders of the sample are invented: nobody there has to be asked first.
    opens_at = at if sample.is_loaded() else leader_first.opens_at(at)
    LeaderFinding.objects.bulk_create(
        (
            LeaderFinding(finding=finding, leader=leader, first_published_at=at, opens_at=opens_at)
            for finding, leader in dict(about_managers()).items()
        ),
        ignore_conflicts=True,
    )
