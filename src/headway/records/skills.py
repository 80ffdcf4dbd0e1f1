"""What people practised of the organisation's list of skills; what is found is each one's own.

Of what two people do together only the name of a skill on the list and the day leave here.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from headway.records import coaching, lines
from headway.records.models import (
    CoachingSession,
    CoachingStep,
    PeerMeeting,
    PublishedOwnSkills,
    Scorecard,
    Skill,
)
from headway.terms.coaching_session import SessionState
from headway.terms.skill_currency import SkillPractised
from headway.terms.viewer import Viewer

_Done = tuple[str, str, str, date]


def practised() -> tuple[SkillPractised, ...]:
    """Who practised which skill of the list on which day, as far as people entered it here.

    A session about it that counts, a practice of it looked at again, a step of a plan on it that
    was done, a scorecard on it that both have filled, a meeting of a pair about it. Words that are
    not the name of a skill of the list are passed over.
    """
    names = {
        each.casefold(): each
        for each in Skill.objects.filter(is_retired=False).values_list("name", flat=True)
    }
    if not names:
        return ()
    done = (*_sessions(), *_steps(), *_scorecards(), *_meetings())
    return tuple(
        SkillPractised(person=person, skill=name, priority=priority, on=on)
        for person, words, priority, on in done
        if (name := names.get(words.strip().casefold())) is not None
    )


def own(viewer: Viewer) -> QuerySet[PublishedOwnSkills]:
    """What is published of the viewer's own skills; nobody sees those of others."""
    return PublishedOwnSkills.objects.filter(
        publication__is_current=True, person=viewer.person_id or ""
    )


def _sessions() -> Iterator[_Done]:
    held, zone = CoachingSession.objects.filter(state=SessionState.HELD), lines.zone()
    for each in held.exclude(topic=""):
        if each.held_at is not None and coaching.counts(each):
            days = (each.held_at.astimezone(zone).date(), each.followed_up_on)
            on = max(day for day in days if day is not None)
            yield each.person_id, each.topic, each.priority, on


def _steps() -> Iterator[_Done]:
    done = CoachingStep.objects.filter(done_on__isnull=False).select_related("plan")
    for each in done:
        if each.done_on is not None:
            yield each.plan.person_id, each.plan.skill, each.plan.priority, each.done_on


def _scorecards() -> Iterator[_Done]:
    for each in Scorecard.objects.filter(own_on__isnull=False, coach_on__isnull=False):
        if each.own_on is not None and each.coach_on is not None:
            yield each.person_id, each.skill, "", max(each.own_on, each.coach_on)


def _meetings() -> Iterator[_Done]:
    held = PeerMeeting.objects.filter(met_on__isnull=False, pair__isnull=False)
    for each in held.select_related("pair"):
        if each.met_on is not None and each.pair is not None:
            for person in (each.person_id, each.partner_id):
                yield person, each.pair.about, "", each.met_on
