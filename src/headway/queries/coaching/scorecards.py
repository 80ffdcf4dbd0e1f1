"""Scorecards as the two read them: nobody sees the other's scores before both are in."""

from dataclasses import dataclass

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import coaching
from headway.records.models import Scorecard
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PointSeen:
    """One point; a score is None where it is not given, or may not be seen yet.

    `difference` is that of the coach's score to the person's own, in words.
    """

    text: str
    own: int | None
    coach: int | None
    mine: int | None
    difference: str


@dataclass(frozen=True, kw_only=True)
class ScorecardSeen:
    """One scorecard; `is_both` = both have scored, and both see both."""

    scorecard_id: int
    coach: str
    person: str
    person_id: str
    is_coach: bool
    skill: str
    made_on: str
    points: tuple[PointSeen, ...]
    state: str
    glyph: str
    has_scored: bool
    is_both: bool
    version: int


def listed(viewer: Viewer, *, person_id: str | None = None) -> tuple[ScorecardSeen, ...]:
    """The scorecards the viewer is one of the two of, the newest first; of one person or all."""
    found = coaching.scorecards(viewer).select_related("coach", "person")
    found = found if person_id is None else found.filter(person_id=person_id)
    return tuple(_seen(each, viewer=viewer) for each in found.order_by("-made_on", "-id")[:50])


def one(viewer: Viewer, *, scorecard_id: int) -> ScorecardSeen:
    """One scorecard, for its two.

    Raises:
        NotSeenError: there is none, or the viewer is neither of them.
    """
    found = coaching.scorecards(viewer).select_related("coach", "person")
    row = found.filter(pk=scorecard_id).first()
    if row is None:
        raise NotSeenError
    return _seen(row, viewer=viewer)


def last_points(viewer: Viewer, *, skill: str) -> tuple[str, ...]:
    """The points the viewer used last as a coach for a skill, to be used again."""
    found = Scorecard.objects.filter(coach_id=viewer.person_id or "", skill=skill)
    points = found.order_by("-made_on", "-id").values_list("points", flat=True).first()
    return tuple(points or ())


def _seen(found: Scorecard, *, viewer: Viewer) -> ScorecardSeen:
    is_coach = viewer.person_id == found.coach_id
    is_both = found.own_scores is not None and found.coach_scores is not None
    mine = found.coach_scores if is_coach else found.own_scores
    shown = (found.own_scores, found.coach_scores) if is_both else (None, None)
    state, glyph = _state(found, mine=mine, is_both=is_both)
    return ScorecardSeen(
        scorecard_id=found.pk,
        coach=found.coach.name,
        person=found.person.name,
        person_id=found.person_id,
        is_coach=is_coach,
        skill=found.skill,
        made_on=figures.day(found.made_on),
        points=tuple(
            _point(text, number=number, own=shown[0], coach=shown[1], mine=mine)
            for number, text in enumerate(found.points)
        ),
        state=state,
        glyph=glyph,
        has_scored=mine is not None,
        is_both=is_both,
        version=found.version,
    )


_Scores = list[int] | None


def _point(text: str, *, number: int, own: _Scores, coach: _Scores, mine: _Scores) -> PointSeen:
    return PointSeen(
        text=text,
        own=own[number] if own else None,
        coach=coach[number] if coach else None,
        mine=mine[number] if mine else None,
        difference=_difference(own[number], coach[number]) if own and coach else "",
    )


def _difference(own: int, coach: int) -> str:
    if own == coach:
        return _("the same")
    if coach > own:
        return _("the coach sees {n} more").format(n=coach - own)
    return _("the coach sees {n} less").format(n=own - coach)


def _state(found: Scorecard, *, mine: _Scores, is_both: bool) -> tuple[str, str]:
    if is_both:
        return _("both have scored"), "disc"
    if mine is None:
        return _("waits for your scores"), "half"
    other = found.person if mine is found.coach_scores else found.coach
    return _("waits for {name}").format(name=other.name), "ring"
