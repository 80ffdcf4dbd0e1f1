"""A reorganisation was declared: do people do what their new roles say, or what they did before?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headway.analysis.methods import bootstrap
from headway.analysis.methods.evidence import Range
from headway.analysis.methods.posterior import JEFFREYS
from headway.analysis.strategy import (
    conduct,
    declared,
    groups,
    handed_over,
    judged,
    reorganised_result,
    roles,
    shift,
    survey,
    territory,
    work,
)
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.handed_over import Handover
from headway.analysis.strategy.judged import Judged, counted, valued
from headway.analysis.strategy.roles import Declared, Role
from headway.analysis.strategy.selling import inside
from headway.analysis.strategy.shift import Shifts, Ways
from headway.analysis.strategy.survey import Survey
from headway.analysis.strategy.territory import Sold
from headway.analysis.strategy.work import Work
from headway.facts import Facts
from headway.terms.line import Link
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import SEED, Policy

_KIND = "reorganisation"
_TARGET = 0.5
_JUDGED_AFTER_DAYS = 90
# Pieces of work a person needs before and since, and people who need to have them.
_FEWEST = (20, 8)
# Orders are rarer than activities, and less than all of what somebody does.
_FEWEST_BY_ORDERS = (10, 5)
_FEWEST_HANDOVERS = 5
_HALF = 0.5
_SURE_OF_DRIFT = 0.1

_Evidence = tuple[PatternEvidence, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Changed:
    """One reorganisation, and what everybody has done, as every place is judged by it."""

    priority: Priority
    told: Declared
    effective_on: date
    work: Work
    along: Ways
    handovers: Sequence[Handover]
    sold: Sold | None
    answers: Survey
    organisation: Organisation
    window: Period

    @property
    def days_left(self) -> int:
        """How many days after the last one the first change can be judged; below 1 it can be."""
        return (self._judged_from(self.effective_on) - self.window.last).days

    @property
    def roles(self) -> Mapping[str, Role]:
        """The roles that people have had for so long that they can be judged."""
        return {
            person: role
            for person, role in self.told.roles.items()
            if self._judged_from(role.effective_on) <= self.window.last
        }

    def _judged_from(self, changed_on: date) -> date:
        return changed_on + timedelta(days=_JUDGED_AFTER_DAYS + self.priority.grace_days)

    @property
    def since(self) -> Period:
        """The days of the window in which the new role could be expected of the first people."""
        due = self.effective_on + timedelta(days=self.priority.grace_days)
        return Period(first=max(self.window.first, due), end=self.window.end)


def looked_at(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Judged]:
    """How far the people of each place have moved to their declared roles.

    Args:
        facts: of one organisation.
        where: groups of sellers.
        policy: the window, and how sure a verdict has to be.

    Returns:
        For each priority of the kind reorganisation one judgement per place. The shift of a place
        is that of its people together, see `shift.of`; they are drawn with replacement for its
        interval. Conduct is short, which is present, where the shift is probably below a half less
        its margin (see `conduct`); it is not where it probably is above, and weeks without a change
        seldom show as much. `shortfall` is a half less the shift.
    """
    window = windows.of(facts, policy=policy)
    listed = [one for one in declared.priorities(facts, window=window) if one.kind == _KIND]
    if not listed:
        return
    done, sold, answers = work.of(facts), territory.sold(facts), survey.of(facts, window=window)
    organisation = groups.of(facts, window=window)
    for one in listed:
        told = roles.of(facts, priority=one.priority_id)
        along = shift.ways(done, roles=told.roles)
        for place in where:
            if told.effective_on is None:
                none = (valued("no_reorganisation", 1),)
                yield judged.cannot_tell(one.priority_id, place.name, evidence=none)
                continue
            changed = _Changed(
                priority=one,
                told=told,
                effective_on=told.effective_on,
                work=done,
                along=along,
                handovers=handed_over.of(facts, reorganisations=told.ids),
                sold=sold,
                answers=answers,
                organisation=organisation,
                window=window,
            )
            yield _judged(facts, changed, place=place, policy=policy)


def _judged(facts: Facts, changed: _Changed, *, place: Group, policy: Policy) -> Judged:
    one = changed.priority
    evidence = _around(changed, place=place)
    if changed.told.is_empty:
        none = valued("no_role_profile", 1)
        return judged.cannot_tell(one.priority_id, place.name, evidence=(none, *evidence))
    if changed.days_left > 0:
        early = valued("too_early", changed.days_left)
        return judged.cannot_tell(one.priority_id, place.name, evidence=(early, *evidence))
    by_orders = changed.work.by_orders
    fewest, fewest_people = _FEWEST_BY_ORDERS if by_orders else _FEWEST
    found = shift.of(
        changed.work,
        roles=changed.roles,
        along=changed.along,
        people=place.members,
        window=changed.window,
        grace_days=one.grace_days,
        fewest=fewest,
    )
    evidence = (*_counts(changed, found, place=place), *evidence)
    if len(found.values) < fewest_people:
        few = counted("too_few_people", k=len(found.values), n=fewest_people)
        return judged.cannot_tell(one.priority_id, place.name, evidence=(few, *evidence))
    return _told(facts, changed, found, place=place, evidence=evidence, policy=policy)


def _told(
    facts: Facts,
    changed: _Changed,
    found: Shifts,
    *,
    place: Group,
    evidence: _Evidence,
    policy: Policy,
) -> Judged:
    drawn = found.drawn(seed=SEED)
    margin = conduct.margin_of(_TARGET)
    p_short = float((drawn <= _TARGET - margin).mean())
    verdict = conduct.verdict_of(p_short, policy=policy)
    p_drift = found.p_drift
    if verdict is PatternVerdict.ABSENT and p_drift is not None and p_drift > _SURE_OF_DRIFT:
        verdict = PatternVerdict.CANNOT_TELL
    subtype: str | None = None
    steps: _Evidence = ()
    if verdict is PatternVerdict.PRESENT:
        subtype = _why(changed, place=place, margin=policy.broken_margin)
    elif verdict is PatternVerdict.ABSENT:
        moved_to, stayed = found.moved(_TARGET)
        p_gained, steps = reorganised_result.gained(
            facts, changed.priority, moved_to=moved_to, stayed=stayed, since=changed.since
        )
        is_short = p_gained is not None and 1 - p_gained >= policy.naming_probability
        subtype = "moved_no_result" if is_short else None
    low, high = bootstrap.ends(drawn, level=policy.interval_level)
    return Judged(
        priority=changed.priority.priority_id,
        place=place.name,
        verdict=verdict,
        subtype=subtype,
        shortfall=Range(
            value=_TARGET - found.whole,
            low=_TARGET - high,
            high=_TARGET - low,
            n=len(found.values),
        ),
        p_short=p_short,
        p_as_declared=float((drawn > _TARGET).mean()),
        evidence=(
            valued("shift", found.whole),
            valued("target", _TARGET),
            valued("margin", margin),
            valued("people", len(found.values)),
            valued("p_short", p_short),
            *_drift(found),
            *evidence,
            *steps,
        ),
    )


def _why(changed: _Changed, *, place: Group, margin: float) -> str | None:
    """What keeps them: knowing it, being able to, or neither; None where nobody was asked."""
    understood = _understood(changed, place=place)
    if understood is not None:
        # Fewer understand it than the target less the margin, rather than more.
        least = changed.priority.targets[Link.UNDERSTOOD] - margin
        k, n = understood
        if JEFFREYS.given(k, n).at_most(least) >= _HALF:
            return "do_not_know"
    theirs = _handovers(changed, people=place.members)
    done = sum(each.is_done for each in theirs)
    if len(theirs) >= _FEWEST_HANDOVERS and done < _HALF * len(theirs):
        return "cannot_move"
    return None if understood is None else "know_not_moved"


def _understood(changed: _Changed, *, place: Group) -> tuple[float, float] | None:
    found = changed.answers.counted(
        Link.UNDERSTOOD, priority=changed.priority, group=place, organisation=changed.organisation
    )
    return None if found.k is None or not found.n else (found.k, found.n)


def _handovers(changed: _Changed, *, people: Collection[str]) -> list[Handover]:
    return [each for each in changed.handovers if {each.giver, each.taker} & set(people)]


def _counts(changed: _Changed, found: Shifts, *, place: Group) -> _Evidence:
    """How much work the shift rests on, and of whom."""
    have = len(place.members & changed.roles.keys())
    orders = (valued("orders_only", 1),) if changed.work.by_orders else ()
    return (
        *orders,
        counted("role_known", k=have, n=len(place.members)),
        counted("already_there", k=found.there, n=have),
        counted("little_work", k=found.few, n=have),
        valued("work_before", found.before),
        valued("work_since", found.since),
        valued("work_unplaced", found.unplaced),
    )


def _drift(found: Shifts) -> _Evidence:
    if found.p_drift is None:
        return (valued("no_drift", 1),)
    middle = sorted(found.drift)[len(found.drift) // 2]
    return (valued("drift", float(middle)), valued("p_drift", found.p_drift))


def _around(changed: _Changed, *, place: Group) -> _Evidence:
    """What else tells whether the change arrived: accounts, territories, and what people say."""
    return (
        *_accounts(changed, place=place),
        *_territories(changed, place=place),
        *_answers(changed, place=place),
    )


def _accounts(changed: _Changed, *, place: Group) -> _Evidence:
    theirs = _handovers(changed, people=place.members)
    if not theirs:
        return ()
    done = sum(each.is_done for each in theirs)
    k, n = handed_over.still_worked(
        changed.work,
        theirs,
        people=place.members,
        within=inside(changed.work.on, changed.since),
    )
    return (counted("handed_over", k=done, n=len(theirs)), counted("residual", k=k, n=n))


def _territories(changed: _Changed, *, place: Group) -> _Evidence:
    if changed.sold is None:
        return ()
    people, since = place.members | place.leaders, changed.effective_on
    before = changed.sold.outside(people, first=date.min, end=since)
    now = changed.sold.outside(people, first=since, end=changed.window.end)
    after = changed.sold.after_territory(people)
    return (
        counted("outside_territory_before", k=before[0], n=before[1]),
        counted("outside_territory", k=now[0], n=now[1]),
        *((counted("after_handover", k=after[0], n=after[1]),) if after[1] else ()),
    )


def _answers(changed: _Changed, *, place: Group) -> _Evidence:
    found = _understood(changed, place=place)
    return (
        (valued("not_asked", 1),)
        if found is None
        else (counted("understood", k=found[0], n=found[1]),)
    )
