"""The line of sight of the world: chains, findings about leaders, and what they believe."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone
from tests import cast
from tests.access import world_coached
from tests.worked_line import CHAIN, measured, state

from headway.actions import line
from headway.records import leader_first, quarters
from headway.records.models import (
    BeliefProfile,
    LeaderFinding,
    Prediction,
    Publication,
    PublishedCalibration,
)
from headway.terms import codec
from headway.terms.belief import BeliefGap, BeliefVerdict, Calibration, Level, LevelProfile
from headway.terms.line import Chain, Link, LinkVerdict
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.strategy import StrategyFindings

LATER = timedelta(days=20)


def enter(made: Publication, *, priority: str) -> dict[str, str]:
    chains = tuple(_chain(head, priority=priority) for head in ("eve", "mona", "max", "olaf"))
    gap = BeliefGap(
        person="max",
        priority=priority,
        group="seller@max",
        link=Link.UNDERSTOOD,
        predicted=0.42421,
        measured=0.2,
        gap=0.22421,
        low=0.1,
        high=0.3,
        p_blind=0.9,
        verdict=BeliefVerdict.BLIND,
    )
    pattern = Pattern(
        code=PatternCode.NEW_PRODUCT_OLD_MIX,
        priority=priority,
        place="seller@max",
        verdict=PatternVerdict.PRESENT,
        subtype=None,
        size=0.6137,
        low=0.5,
        high=0.7,
        unit=PatternUnit.SHARE,
    )
    found = StrategyFindings(
        chains=chains,
        chains_for_others=tuple(_without_leader(each) for each in chains),
        belief_gaps=(gap,),
        patterns=(pattern,),
    )
    line.keep(found, publication_id=made.pk, at=cast.NOW)
    world_coached.enter(made, priority=priority)
    now = timezone.now()
    LeaderFinding.objects.update(opens_at=now + LATER)
    LeaderFinding.objects.filter(leader="olaf").update(
        opens_at=now - LATER, comment="comment-m4rk", commented_at=now
    )
    Prediction.objects.bulk_create(_predictions(priority))
    _known(made)
    # What is measured of the people of max is open; of how he leads, he alone is told.
    measured = leader_first.measures_finding("max", quarter_on=quarters.first_day(made.as_of))
    of_max = LeaderFinding.objects.filter(leader="max")
    of_max.filter(finding=measured).update(opens_at=now - LATER)
    return {"finding": of_max.exclude(finding=measured).get().finding}


def _known(made: Publication) -> None:
    """How well max knows his people, and the managers theirs."""
    calibration = Calibration(person="max", level=Level.MANAGER, prediction_count=5151)
    PublishedCalibration.objects.create(
        publication=made, person="max", calibration=codec.to_json(calibration)
    )
    profile = LevelProfile(
        quarter_on=date(2026, 4, 1),
        level=Level.MANAGER,
        leader_count=6161,
        predicted=0.6,
        measured=0.4,
        gap=0.2,
        low=0.1,
        high=0.3,
    )
    BeliefProfile.objects.create(
        quarter_on=profile.quarter_on,
        level="manager",
        leader_count=6161,
        profile=codec.to_json(profile),
        opens_at=cast.NOW,
    )


def _chain(head: str, *, priority: str) -> Chain:
    links = {each.link: each for each in CHAIN.links}
    if head == "max":
        links[Link.CONNECTED] = measured(Link.CONNECTED, 7411, 8522, LinkVerdict.HOLDING)
        links[Link.LED] = measured(Link.LED, 1234, 4321, LinkVerdict.BROKEN)
    if head == "olaf":
        links[Link.LED] = measured(Link.LED, 2345, 4321, LinkVerdict.BROKEN)
    return replace(
        CHAIN,
        priority=priority,
        name="priority-m4rk",
        group=f"seller@{head}",
        people=9,
        owner="max",
        links=tuple(links.values()),
    )


def _without_leader(chain: Chain) -> Chain:
    kept = (state(Link.LED) if each.link is Link.LED else each for each in chain.links)
    return replace(chain, links=tuple(kept))


def _predictions(priority: str) -> Iterator[Prediction]:
    """Every leader has skipped this quarter, but max, who tells nobody, and olaf, who shares."""
    for head in ("eve", "mona", "max", "olaf"):
        told = {"link": "told", "low": 0.5, "high": 0.8}
        said = {
            "max": {**told, "share": 0.71371},
            "olaf": {**told, "share": 0.58585, "shared_with": "leaders"},
        }.get(head, {})
        yield Prediction(
            person_id=head,
            priority=priority,
            group=f"seller@{head}",
            quarter_on=quarters.first_day(timezone.localdate()),
            sealed_at=timezone.now(),
            **said,
        )
