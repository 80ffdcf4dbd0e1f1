"""What coaching did to practice, and who got it, in words; a change alone is never an effect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from headway.queries.coaching import published, wording
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import coaching, declared
from headway.terms.coaching import (
    Coaching,
    CoachingEffect,
    EffectGate,
    EffectVerdict,
    PracticeThird,
    ThirdEffect,
)
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Viewer

_VERDICTS = {
    EffectVerdict.HELPS: "Coaching helps",
    EffectVerdict.NO_EFFECT: "No effect worth its time",
    EffectVerdict.HARMS: "Those coached fell beside the others",
    EffectVerdict.CANNOT_TELL: "It cannot be told whether coaching helps",
    EffectVerdict.DESCRIPTION_ONLY: "A description only",
}
_MISSING = {
    EffectGate.WORK: "work that shows the practice, of people who were coached",
    EffectGate.PEOPLE: "{people} people coached, and as many not yet coached",
    EffectGate.MANAGERS: "people of {managers} managers on each side",
    EffectGate.QUARTERS: "{before} quarters of work before coaching began, and {since} since",
}
_THIRDS = {
    PracticeThird.TOP: "Practised it most",
    PracticeThird.MIDDLE: "In between",
    PracticeThird.EARLY: "Practised it least",
}
_AMONG = {
    PracticeThird.TOP: "those who practised it most before",
    PracticeThird.MIDDLE: "those in between before",
    PracticeThird.EARLY: "those who practised it least before",
}


@dataclass(frozen=True, kw_only=True)
class ThirdRow:
    """One third by practice before coaching: its share of the sessions, and what they did to it.

    `width` is the share in hundredths, to be drawn; `share` and `effect` are "" where unknown.
    """

    name: str
    share: str
    width: int
    effect: str


@dataclass(frozen=True, kw_only=True)
class EffectSeen:
    """One priority in one group; `verdict` in words, and beside it what a change may also be.

    `how` says how those compared came to be compared. `effect` and `how` are "" where none is told,
    or nothing is to be said of it; `missing` = what would have to be there for it. `before` and
    `rebound` are "" where nothing is known of them.
    """

    group: str
    priority: str
    verdict: str
    effect: str
    how: str
    missing: str
    before: str
    rebound: str
    thirds: tuple[ThirdRow, ...]


def seen(one: Coaching, *, names: Mapping[str, str], priority: str) -> EffectSeen:
    """One of them in words; `names` are of people by id."""
    return EffectSeen(
        group=wording.group(one.scope, names=names),
        priority=priority,
        verdict=_(_VERDICTS[one.verdict]),
        effect=_effect(one),
        how=_drawn() if one.is_start_drawn else "",
        missing=_missing(one.missing),
        before=_before(one),
        rebound=_rebound(one),
        thirds=_thirds(one),
    )


def gain(viewer: Viewer, *, at: datetime) -> str:
    """Whom coaching brought most, in one sentence for a coach; "" where no third is clearly above.

    Of the people of the viewer, where so many are led that an effect can be told at all.
    """
    if viewer.person_id is None or not coaching.reports_of(viewer.person_id):
        return ""
    priorities = {number: each.name or number for number, each in declared.contents().items()}
    found = published.coaching(viewer, at=at, heads={viewer.person_id})
    for one in (each.coaching for each in found):
        best = next((each for each in one.by_third if each.third is one.gains_most), None)
        if best is not None and one.verdict is EffectVerdict.HELPS:
            return _("{priority}: coaching brought most to {whom}, {size}.").format(
                priority=priorities.get(one.priority, one.priority),
                whom=_(_AMONG[best.third]),
                size=_range(best),
            )
    return ""


def _range(one: CoachingEffect | ThirdEffect) -> str:
    return _("{size} (range {low} to {high})").format(
        size=figures.points(one.estimate),
        low=figures.points(one.low),
        high=figures.points(one.high),
    )


def _effect(one: Coaching) -> str:
    if one.effect is None:
        return ""
    words = (
        _("{size}; {n} whose start had come, beside {others} who waited for theirs")
        if one.is_start_drawn
        else _("{size}; {n} coached, beside {others} not yet coached in the same quarters")
    )
    found = one.effect
    return words.format(size=_range(found), n=found.treated_count, others=found.control_count)


def _drawn() -> str:
    return _(
        "The order of starting was drawn by lot: nobody was picked, so the difference is not one "
        "of who was coached. Whoever waited and started later stands on both sides."
    )


def _missing(gates: Iterable[EffectGate]) -> str:
    wanted = [
        _(_MISSING[each]).format(
            people=DEFAULT.min_people_of_effect,
            managers=DEFAULT.min_managers_of_effect,
            before=DEFAULT.min_quarters_before_coaching,
            since=DEFAULT.min_quarters_since_coaching,
        )
        for each in gates
    ]
    return _("To tell an effect it takes: {what}.").format(what="; ".join(wanted)) if wanted else ""


def _before(one: Coaching) -> str:
    if one.pre_trend is None:
        return ""
    is_apart = one.pre_trend.low > 0 or one.pre_trend.high < 0
    words = (
        _("Those coached went another way before already: {size} (range {low} to {high}).")
        if is_apart
        else _("Before anybody was coached they moved alike: {size} (range {low} to {high}).")
    )
    return words.format(
        size=figures.points(one.pre_trend.estimate),
        low=figures.points(one.pre_trend.low),
        high=figures.points(one.pre_trend.high),
    )


def _rebound(one: Coaching) -> str:
    if one.rebound is None:
        return ""
    return _(
        "By chance alone the lowest third of a quarter rises in the next by {size}: a rise after "
        "coaching is no effect by itself."
    ).format(size=figures.points(one.rebound, is_signed=False))


def _thirds(one: Coaching) -> tuple[ThirdRow, ...]:
    """Nothing where neither who got the sessions nor what they did to whom may be told."""
    got = one.allocation
    shares: dict[PracticeThird, float] = {}
    if got is not None:
        shares = dict(zip(PracticeThird, (got.top, got.middle, got.early), strict=True))
    effects = {each.third: each for each in one.by_third}
    return tuple(
        ThirdRow(
            name=_(_THIRDS[third]),
            share=figures.percent(shares[third]) if third in shares else "",
            width=round(100 * shares.get(third, 0.0)),
            effect=_range(effects[third]) if third in effects else "",
        )
        for third in PracticeThird
        if shares or effects
    )
