"""People were trained: does what they learned arrive in their work, and does it stay?"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from headway.analysis.methods import bootstrap
from headway.analysis.methods.evidence import Range
from headway.analysis.strategy import conduct, declared, items, judged, lift
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.conduct import Floats
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.judged import Judged, counted, valued
from headway.analysis.strategy.lift import PHASES, Changes
from headway.facts import Facts, collect
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.policy import SEED, Policy
from headway.terms.predicate import Predicate

_ATTENDANCE = "seen/training_attendance"
_JUDGED_PHASES = ("before", "early", "mid", "late")
# So many days of the last phase must be over before anybody is looked at.
_LATE_SEEN_DAYS = 30
_SEEN_AFTER = timedelta(days=PHASES["late"][0] + _LATE_SEEN_DAYS)
# In each phase, as conduct asks for everywhere.
_FEWEST_ITEMS, _FEWEST_PEOPLE = 30, 3
_LEAST_LIFT, _KEPT_SHARE = 0.05, 0.5
_TRANSFERRED = 0.80
# From then on it is more likely than not that those trained had fallen before.
_LIKELY = 0.50
# From the middle of the early phase to the middle of the late one.
_BETWEEN_DAYS = (sum(PHASES["late"]) - sum(PHASES["early"])) / 2

_Evidence = tuple[PatternEvidence, ...]
_Asked = tuple[Predicate | None, Predicate | None]
# Any: a row holds what its columns hold.
_Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Taught:
    """The trainings of one priority that teach the same, and who came when.

    `left_out` trainings teach something else. `invited` are all who were asked to come.
    """

    asked: _Asked
    came: Mapping[str, date]
    invited: frozenset[str]
    left_out: int


@dataclass(frozen=True, kw_only=True, eq=False)
class _Kept:
    """The `least` late lift that is worth while, and by how much each draw falls `short` of it."""

    least: float
    short: Floats
    p_short: float
    verdict: PatternVerdict


def looked_at(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Judged]:
    """What was kept of the trainings of each priority, in each place.

    Days are counted from the day on which somebody was trained, the first one if they came twice:
    before (the 90 days before), early (days 1 to 30), mid (31 to 90), late (91 to 180). A lift is
    the share of eligible work that shows what was taught, less the share before, less the same
    difference of people of the sales force who were not trained by then; see `lift`.

    Args:
        facts: of one organisation.
        where: groups of sellers, the whole sales force first.
        policy: how sure a verdict has to be.

    Returns:
        For each priority with a training one judgement per place. Conduct is short, which is
        present, where the late lift is probably below half of the early one, or below five points,
        and is without any one of those trained.
        People who were chosen because they were weak would have risen without any training: where
        those trained had fallen before, they are held against the 90 days before that as well, and
        nothing is told unless both agree.

    References:
        Barnett, van der Pols & Dobson (2005), International Journal of Epidemiology 34:215-220, on
        regression to the mean.
    """
    window = windows.of(facts, policy=policy)
    trainings = collect(facts.columns("meant/training")).records()
    for one in declared.priorities(facts, window=window):
        held = [
            row
            for row in trainings
            if row["priority_id"] == one.priority_id and row["held_on"] <= window.last
        ]
        if held and where:
            yield from _of_priority(facts, one, held=held, where=where, policy=policy)


def _of_priority(
    facts: Facts,
    one: Priority,
    *,
    held: Sequence[_Row],
    where: Sequence[Group],
    policy: Policy,
) -> Iterator[Judged]:
    taught = _taught(facts, one, held=held)
    eligibility, behaviour = taught.asked
    work: Items | None = None
    if not facts.has(_ATTENDANCE):
        why: _Evidence = (valued("no_attendance", 1),)
    elif eligibility is None or behaviour is None:
        why = (valued("no_behaviour", 1),)
    else:
        work = items.of(facts, eligibility=eligibility, behaviour=behaviour)
        why = (valued("behaviour_unusable", 1),)
    for place in where:
        if work is None:
            yield judged.cannot_tell(one.priority_id, place.name, evidence=why)
        else:
            yield _judged(
                facts, one, work=work, taught=taught, place=place, whole=where[0], policy=policy
            )


def _taught(facts: Facts, one: Priority, *, held: Sequence[_Row]) -> _Taught:
    listed = sorted(held, key=lambda row: (row["held_on"], row["training_id"]))
    asks = [_asked(row, one) for row in listed]
    same = {row["training_id"] for row, asked in zip(listed, asks, strict=True) if asked == asks[0]}
    came: dict[str, date] = {}
    invited = set()
    for row in collect(facts.columns(_ATTENDANCE)).records():
        if row["training_id"] not in same:
            continue
        person, day = row["person_id"], row["attended_on"]
        invited.add(person)
        if day is not None and day <= facts.as_of:
            came[person] = min(day, came.get(person, day))
    return _Taught(
        asked=asks[0], came=came, invited=frozenset(invited), left_out=len(listed) - len(same)
    )


def _asked(row: _Row, one: Priority) -> _Asked:
    """Where what was taught could be done, and what it is; without its own, the priority's."""
    eligibility, behaviour = row["eligibility"], row["behaviour"]
    return (
        one.eligibility if eligibility is None else declared.read(eligibility),
        one.behaviour if behaviour is None else declared.read(behaviour),
    )


def _judged(
    facts: Facts,
    one: Priority,
    *,
    work: Items,
    taught: _Taught,
    place: Group,
    whole: Group,
    policy: Policy,
) -> Judged:
    end = facts.as_of + timedelta(days=1)
    came = {who: day for who, day in taught.came.items() if who in place.members}
    seen = frozenset(who for who, day in came.items() if day + _SEEN_AFTER <= end)
    evidence: _Evidence = (counted("trained", k=len(came), n=len(taught.invited & place.members)),)
    evidence += (valued("other_behaviour", taught.left_out),) if taught.left_out else ()
    if came and not seen:
        left = (min(came.values()) + _SEEN_AFTER - end).days
        return judged.cannot_tell(
            one.priority_id, place.name, evidence=(*evidence, valued("too_early", left))
        )
    if not seen:
        few = counted("too_few_trained", k=0, n=_FEWEST_PEOPLE)
        return judged.cannot_tell(one.priority_id, place.name, evidence=(*evidence, few))
    force = work.of_people(whole.members | place.members)
    if not len(force.day):
        none = counted("no_eligible", k=0, n=0)
        return judged.cannot_tell(one.priority_id, place.name, evidence=(*evidence, none))
    found = lift.changes(force, trained=taught.came, among=seen, end=end, seed=SEED)
    evidence += _counts(found)
    few_evidence = _too_few(found)
    if few_evidence:
        return judged.cannot_tell(one.priority_id, place.name, evidence=(*evidence, *few_evidence))
    return _told(one, found, place=place, evidence=evidence, policy=policy)


def _counts(found: Changes) -> _Evidence:
    beside = valued("untrained", found.untrained) if found.untrained else valued("no_comparison", 1)
    k, n = ({name: float(each[name].sum()) for name in PHASES} for each in (found.k, found.n))
    return (
        counted("shown_before", k=k["before"], n=n["before"]),
        counted("shown_early", k=k["early"], n=n["early"]),
        counted("shown_mid", k=k["mid"], n=n["mid"]),
        counted("shown_late", k=k["late"], n=n["late"]),
        beside,
    )


def _too_few(found: Changes) -> _Evidence:
    counts = [found.n[phase] for phase in _JUDGED_PHASES]
    items = min(float(each.sum()) for each in counts)
    people = min(int(np.count_nonzero(each)) for each in counts)
    few: _Evidence = ()
    if people < _FEWEST_PEOPLE:
        few += (counted("too_few_trained", k=people, n=_FEWEST_PEOPLE),)
    if items < _FEWEST_ITEMS:
        few += (counted("too_few_items", k=items, n=_FEWEST_ITEMS),)
    return few


def _told(
    one: Priority, found: Changes, *, place: Group, evidence: _Evidence, policy: Policy
) -> Judged:
    sure = policy.verdict_confidence
    chosen, is_weak = _chosen(found)
    since = "earlier" if is_weak else "before"
    kept, plain = (_kept(found, since=each, policy=policy) for each in (since, "before"))
    verdict = kept.verdict if kept.verdict is plain.verdict else PatternVerdict.CANNOT_TELL
    early, late = (found.rise(phase, since=since) for phase in ("early", "late"))
    p_early = found.p_rise("early", since=since, least=_LEAST_LIFT)
    retention = late / early if p_early >= _TRANSFERRED else None
    low, high = bootstrap.ends(kept.short, level=policy.interval_level)
    return Judged(
        priority=one.priority_id,
        place=place.name,
        verdict=verdict,
        subtype=_subtype(found, verdict=verdict, is_transferred=retention is not None, sure=sure),
        shortfall=Range(value=kept.least - late, low=low, high=high, n=found.people),
        p_short=kept.p_short,
        p_as_declared=1 - kept.p_short,
        evidence=(
            *evidence,
            *chosen,
            valued("lift_early", early),
            valued("lift_mid", found.rise("mid", since=since)),
            valued("lift_late", late),
            valued("p_lift_early", p_early),
            *((valued("untrained_late", found.others["late"]),) if found.untrained else ()),
            *_retained(retention),
            valued("least_lift", kept.least),
            valued("p_short", kept.p_short),
        ),
    )


def _kept(found: Changes, *, since: str, policy: Policy) -> _Kept:
    """The late lift held against half of the early one, and five points."""
    short = _lacking(found.drawn, since=since)
    short = short[np.isfinite(short)]
    p_short = float((short > 0).mean())
    verdict = conduct.verdict_of(p_short, policy=policy)
    if verdict is PatternVerdict.PRESENT and (_lacking(found.without_one, since=since) <= 0).any():
        verdict = PatternVerdict.CANNOT_TELL
    return _Kept(
        least=max(_LEAST_LIFT, _KEPT_SHARE * found.rise("early", since=since)),
        short=short,
        p_short=p_short,
        verdict=verdict,
    )


def _lacking(lifts: Mapping[str, Floats], *, since: str) -> Floats:
    early, late = (lifts[phase] - lifts[since] for phase in ("early", "late"))
    found: Floats = np.maximum(_LEAST_LIFT, _KEPT_SHARE * early) - late
    return found


def _chosen(found: Changes) -> tuple[_Evidence, bool]:
    """Whether those who were trained had fallen in the 90 days before."""
    if found.n["earlier"].sum() < _FEWEST_ITEMS or not math.isfinite(found.actual["earlier"]):
        return (valued("no_pre_trend", 1),), False
    p_weak = found.p_rise("earlier", since="before", least=_LEAST_LIFT)
    evidence = (
        valued("change_before", found.rise("before", since="earlier")),
        valued("p_chosen_weak", p_weak),
    )
    return evidence, p_weak >= _LIKELY


def _subtype(
    found: Changes, *, verdict: PatternVerdict, is_transferred: bool, sure: float
) -> str | None:
    if verdict is PatternVerdict.PRESENT:
        return "decayed" if is_transferred else "never_transferred"
    if verdict is PatternVerdict.CANNOT_TELL:
        return None
    if found.p_rise("late", since="early", least=_LEAST_LIFT) >= sure:
        return "rose_later"
    return "stuck" if is_transferred else None


def _retained(retention: float | None) -> _Evidence:
    if retention is None:
        return ()
    evidence: _Evidence = (valued("retention", retention),)
    if 0 < retention < 1:
        evidence += (valued("half_life_days", -_BETWEEN_DAYS * math.log(2) / math.log(retention)),)
    return evidence
