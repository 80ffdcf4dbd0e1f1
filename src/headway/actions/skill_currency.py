"""How lately skills were practised, kept for readers with a publication."""

from datetime import date, datetime

from headway.actions import coached
from headway.records import leader_first, quarters
from headway.records.models import PublishedOwnSkills, PublishedSkill
from headway.terms import codec
from headway.terms.group import head_of
from headway.terms.skill_currency import Skills


def keep(found: Skills, *, publication_id: int, as_of: date, at: datetime) -> None:
    """Keep it with a publication; runs inside the action that publishes.

    What is measured of a leader's people that leader sees before anybody else.
    """
    PublishedSkill.objects.bulk_create(
        PublishedSkill(
            publication_id=publication_id,
            head=head_of(each.group),
            source=each.source.value,
            skill=codec.to_json(each),
        )
        for each in found.groups
    )
    PublishedOwnSkills.objects.bulk_create(
        PublishedOwnSkills(
            publication_id=publication_id, person=each.person, skills=codec.to_json(each)
        )
        for each in found.people
    )
    quarter_on = quarters.first_day(as_of)
    heads = {head_of(each.group) for each in found.groups}
    coached.show_leaders_first(
        {leader_first.measures_finding(head, quarter_on=quarter_on): head for head in heads},
        at=at,
    )
