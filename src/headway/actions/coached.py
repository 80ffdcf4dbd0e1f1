"""Coaching, measures, who stayed and who could help whom, kept for readers with a publication."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from headway.records import leader_first, quarters, sample
from headway.records.models import (
    LeaderFinding,
    Publication,
    PublishedCoaching,
    PublishedMeasure,
    PublishedPeers,
    PublishedStay,
)
from headway.terms import codec
from headway.terms.group import head_of, leader_of, role_of
from headway.terms.strategy import StrategyFindings
from headway.terms.survey import LEAST_ANSWERS


def keep(found: StrategyFindings, *, publication_id: int, at: datetime) -> None:
    """Keep them with a publication; runs inside the action that publishes.

    What is found about a leader or measured of their people, that leader sees before anybody else.
    """
    both = tuple(zip(found.coaching, found.coaching_for_others, strict=True))
    PublishedCoaching.objects.bulk_create(
        PublishedCoaching(
            publication_id=publication_id,
            scope=own.scope,
            head=leader_of(own.scope),
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
            role=role_of(each.group),
            head=head_of(each.group),
            subject=each.subject or "",
            people=each.people,
            measure=codec.to_json(each),
        )
        for each in found.measures
        if each.n
    )
    PublishedStay.objects.bulk_create(
        PublishedStay(
            publication_id=publication_id,
            scope=each.scope,
            head=head_of(each.scope),
            stay=codec.to_json(each),
        )
        for each in found.stays
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
    as_of = Publication.objects.get(pk=publication_id).as_of
    show_leaders_first(dict(_about_leaders(found, as_of=as_of)), at=at)


def _about_leaders(found: StrategyFindings, *, as_of: date) -> Iterator[tuple[str, str]]:
    """The findings that are a leader's first, each with that leader."""
    for own, others in zip(found.coaching, found.coaching_for_others, strict=True):
        finding = leader_first.coach_finding(own, others)
        if finding is not None:
            yield finding, own.scope
    quarter_on = quarters.first_day(as_of)
    for each in found.measures:
        if each.n and each.people >= LEAST_ANSWERS:
            head = head_of(each.group)
            yield leader_first.measures_finding(head, quarter_on=quarter_on), head


def show_leaders_first(leaders: Mapping[str, str], *, at: datetime) -> None:
    """Let each of these findings be its leader's alone at first; runs inside an action."""
    # The leaders of the sample are invented: nobody there has to be asked first.
    opens_at = at if sample.is_loaded() else leader_first.opens_at(at)
    LeaderFinding.objects.bulk_create(
        (
            LeaderFinding(finding=finding, leader=leader, first_published_at=at, opens_at=opens_at)
            for finding, leader in leaders.items()
        ),
        ignore_conflicts=True,
    )
