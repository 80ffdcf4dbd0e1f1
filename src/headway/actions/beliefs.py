"""What is found about leaders' beliefs, kept: for themselves, and together by level."""

from datetime import datetime

from headway.records import leader_first, sample
from headway.records.models import BeliefProfile, PublishedCalibration
from headway.terms import codec
from headway.terms.belief import LevelProfile
from headway.terms.policy import DEFAULT
from headway.terms.strategy import StrategyFindings


def keep(found: StrategyFindings, *, publication_id: int, at: datetime) -> None:
    """Keep calibrations with a publication, and the profile of a level where it may be told.

    A profile stands until five leaders more make up another: the difference of two is never what
    fewer than five believe. Its leaders see their own before others see the profile.
    """
    PublishedCalibration.objects.bulk_create(
        PublishedCalibration(
            publication_id=publication_id, person=each.person, calibration=codec.to_json(each)
        )
        for each in found.calibrations
    )
    opens_at = at if sample.is_loaded() else leader_first.opens_at(at)
    for each in found.level_profiles:
        if each.leader_count is not None and _may_follow(each, count=each.leader_count):
            BeliefProfile.objects.update_or_create(
                quarter_on=each.quarter_on,
                level=each.level.value,
                defaults={
                    "leader_count": each.leader_count,
                    "profile": codec.to_json(each),
                    "opens_at": opens_at,
                },
            )


def _may_follow(profile: LevelProfile, *, count: int) -> bool:
    of_this = {"quarter_on": profile.quarter_on, "level": profile.level.value}
    before = BeliefProfile.objects.filter(**of_this).first()
    return before is None or count - before.leader_count >= DEFAULT.min_leaders_of_level
