"""Coaching and measures of the world, a leader's own view, and what became of a commitment."""

from dataclasses import replace
from datetime import date

from django.utils import timezone
from tests import cast

from headway.actions import coached, skill_currency
from headway.records import quarters
from headway.records.models import (
    Commitment,
    OwnView,
    Publication,
    PublishedRemedy,
    Remeasurement,
)
from headway.terms import codec
from headway.terms.coaching import Coaching, EffectVerdict, Measure, Micromanagement
from headway.terms.line import Link
from headway.terms.peers import Peers
from headway.terms.remeasured import Measured, Moved, Remeasured, Remedy
from headway.terms.skill_currency import (
    OwnSkill,
    OwnSkills,
    SkillCurrency,
    Skills,
    SkillSource,
    SkillState,
)
from headway.terms.staying import Lack, Stay, StayGate, StayVerdict
from headway.terms.strategy import StrategyFindings


def enter(made: Publication, *, priority: str) -> None:
    group = Coaching(
        scope="seller@max",
        priority=priority,
        covered=7419,
        people=9000,
        effect=None,
        allocation=None,
        inspection_share=None,
        micromanagement=None,
        verdict=EffectVerdict.DESCRIPTION_ONLY,
    )
    time = {"inspection_share": 0.0061, "micromanagement": Micromanagement.ABSENT}
    found = (group, replace(group, scope="mona", covered=1, people=9, **time))
    findings = StrategyFindings(
        coaching=found,
        coaching_for_others=found,
        measures=(
            _measure("kept_on_time", n=6373),
            _measure("word_deed", n=6474),
            replace(_measure("silent_miss", n=6575), group="seller@mona"),
        ),
        stays=(
            Stay(
                scope="seller@max",
                verdict=StayVerdict.NOT_ENOUGH,
                lacks=(Lack(gate=StayGate.LEAVERS, seen=6272, needed=6273),),
            ),
        ),
        peers=(
            Peers(person="sam", priority=priority, peers=("sue",), is_ahead=False, is_first=True),
            Peers(person="sue", priority=priority, peers=(), is_ahead=True, is_first=False),
        ),
    )
    coached.keep(findings, publication_id=made.pk, at=cast.NOW)
    skill_currency.keep(_skills(priority), publication_id=made.pk, as_of=made.as_of, at=cast.NOW)
    OwnView.objects.create(
        person_id="max",
        quarter_on=quarters.first_day(timezone.localdate()),
        share=0.8181,
        sealed_at=timezone.now(),
    )
    remedy = Remedy(
        made=7575, done=5, measured=None, rose=None, compared=None, predicted=None, happened=None
    )
    PublishedRemedy.objects.create(
        publication=made, kind="link", code="told", remedy=codec.to_json(remedy)
    )
    _measured_again(priority)


def _skills(priority: str) -> Skills:
    """A skill of a group by its work, one of the list, and what one person did themselves."""
    work = SkillCurrency(
        group="seller@max",
        priority=priority,
        skill="",
        source=SkillSource.WORK,
        people=7171,
        practised=9,
        idle=0,
        ever=9,
        last_on=None,
        half_days=None,
        low=0.1,
        high=0.2,
        state=SkillState.STALE,
    )
    of_list = replace(work, skill="Asking", source=SkillSource.RECORDS, people=7272)
    own = OwnSkill(
        priority="", skill="own-skill-m4rk", source=SkillSource.RECORDS, last_on=date(2026, 6, 1)
    )
    return Skills(groups=(work, of_list), people=(OwnSkills(person="sam", skills=(own,)),))


def _measured_again(priority: str) -> None:
    before = Measured(n=9, mean=0.4, low=0.3, high=0.5)
    outcome = Remeasured(
        link=Link.TOLD,
        priority=priority,
        group="seller@max",
        predicted=0.5,
        before=before,
        now=Measured(n=9, mean=0.0032, low=0.0, high=0.1),
        change=-0.4,
        low=-0.5,
        high=-0.3,
        moved=Moved.DOWN,
        is_in_range=False,
        is_compared=False,
    )
    Remeasurement.objects.create(
        commitment=Commitment.objects.filter(owner="sam").order_by("pk")[0],
        group="seller@max",
        before=codec.to_json(before),
        before_on=cast.NOW.date(),
        outcome=codec.to_json(outcome),
        measured_on=cast.NOW.date(),
    )


def _measure(code: str, *, n: int) -> Measure:
    return Measure(
        code=code,
        group="seller@max",
        subject=None,
        k=1.0,
        n=n,
        mean=0.2,
        low=0.1,
        high=0.3,
        verdict=None,
        people=9,
    )
