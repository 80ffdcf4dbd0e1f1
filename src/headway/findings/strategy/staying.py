"""What regular coaching goes together with: staying, in groups large enough, never of a person."""

from headway.analysis.coaching import at_risk, staying
from headway.analysis.coaching.at_risk import Staying
from headway.analysis.strategy import groups, sessions
from headway.analysis.strategy import window as windows
from headway.facts import Facts
from headway.terms.policy import Policy
from headway.terms.staying import Lack, Stay, StayGate, StayVerdict


def found(facts: Facts, *, policy: Policy) -> tuple[Stay, ...]:
    """One for the sellers of each leader of several teams, the widest group first.

    Empty where no session was ever logged: then nobody knows who was coached.
    """
    window = windows.of(facts, policy=policy)
    held = sessions.of(facts, last=window.last)
    if not held:
        return ()
    known = at_risk.of(facts, sessions=held)
    asked = [
        each
        for each in groups.of(facts, window=window).groups
        if each.role == "seller" and len(each.leaders) > 1
    ]
    return tuple(one(known, scope=each.name, head=each.head, policy=policy) for each in asked)


def one(known: Staying, *, scope: str, head: str, policy: Policy) -> Stay:
    """Whether those of one leader's sellers who were coached regularly stayed more often."""
    if not known.quarters:
        lack = Lack(gate=StayGate.QUARTERS, seen=0, needed=1)
        return Stay(scope=scope, verdict=StayVerdict.NOT_ENOUGH, lacks=(lack,))
    seen = staying.comparable(known.below(head))
    lacks = staying.lacks(seen, policy=policy)
    estimate = None if lacks else staying.difference(seen)
    if estimate is None:
        return Stay(
            scope=scope,
            verdict=StayVerdict.NOT_ENOUGH if lacks else StayVerdict.CANNOT_TELL,
            quarters=known.quarters,
            lacks=lacks,
        )
    low, high = estimate.ends(policy.interval_level)
    return Stay(
        scope=scope,
        verdict=verdict(low, high),
        quarters=known.quarters,
        leavers=int(seen.has_left.sum()),
        estimate=estimate.value,
        low=low,
        high=high,
        coached=staying.side(seen, is_coached=True),
        others=staying.side(seen, is_coached=False),
        has_tenure=known.has_tenure,
        has_results=known.has_results,
    )


def verdict(low: float, high: float) -> StayVerdict:
    """What a range says: only where all of it lies on one side of nothing, which side.

    Examples:
        >>> verdict(0.01, 0.05).value, verdict(-0.01, 0.05).value
        ('stay_more', 'cannot_tell')
    """
    if low > 0:
        return StayVerdict.STAY_MORE
    return StayVerdict.STAY_LESS if high < 0 else StayVerdict.CANNOT_TELL
