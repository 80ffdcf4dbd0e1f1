"""What was found about a strategy as `findings.json` has it: codes and numbers, none rounded."""

from collections.abc import Sequence
from dataclasses import asdict

from headway.terms.belief import BeliefGap, Calibration, LevelProfile
from headway.terms.coaching import Coaching, Measure
from headway.terms.line import Chain, Effect, Link, LinkState
from headway.terms.pattern import Pattern


def chains(found: Sequence[Chain]) -> list[dict[str, object]]:
    """The list `chains`, sorted by its key: priority, then group."""
    return [_chain(each) for each in sorted(found, key=lambda one: (one.priority, one.group))]


def belief_gaps(found: Sequence[BeliefGap]) -> list[dict[str, object]]:
    """The list `belief_gaps`, sorted by its key: person, priority, group, link."""
    ordered = sorted(found, key=lambda one: (one.person, one.priority, one.group, one.link))
    return [asdict(each) for each in ordered]


def belief_calibration(found: Sequence[Calibration]) -> list[dict[str, object]]:
    """The list `belief_calibration`, sorted by its key: person."""
    return [asdict(each) for each in sorted(found, key=lambda one: one.person)]


def belief_levels(found: Sequence[LevelProfile]) -> list[dict[str, object]]:
    """The list `belief_levels`, sorted by its key: quarter, then level."""
    ordered = sorted(found, key=lambda one: (one.quarter_on, one.level))
    return [{**asdict(each), "quarter_on": each.quarter_on.isoformat()} for each in ordered]


def patterns(found: Sequence[Pattern]) -> list[dict[str, object]]:
    """The list `patterns`, sorted by its key: code, priority, place."""
    ordered = sorted(found, key=lambda one: (one.code, one.priority, one.place))
    return [asdict(each) for each in ordered]


def coaching(found: Sequence[Coaching]) -> list[dict[str, object]]:
    """The list `coaching`, sorted by its key: scope, priority."""
    return [_coaching(each) for each in sorted(found, key=lambda one: (one.scope, one.priority))]


def measures(found: Sequence[Measure]) -> list[dict[str, object]]:
    """The list `measures`, sorted by its key: code, group, subject."""
    ordered = sorted(found, key=lambda one: (one.code, one.group, one.subject or ""))
    return [_measure(each) for each in ordered]


def _measure(one: Measure) -> dict[str, object]:
    written = asdict(one)
    del written["people"]
    return written


def _coaching(one: Coaching) -> dict[str, object]:
    return {
        "scope": one.scope,
        "priority": one.priority,
        "coverage": {"k": one.covered, "n": one.people},
        "effect": one.effect and {"outcome": "practice_rate", **asdict(one.effect)},
        "allocation": one.allocation and asdict(one.allocation),
        "inspection_share": one.inspection_share,
        "micromanagement": one.micromanagement,
        "verdict": one.verdict,
    }


def _chain(chain: Chain) -> dict[str, object]:
    following = chain.next_measurement
    return {
        "priority": chain.priority,
        "group": chain.group,
        "window_from": chain.window_from.isoformat(),
        "window_to": chain.window_to.isoformat(),
        "links": [_link(state) for state in chain.links],
        "first_break": {
            "kind": chain.first_break.kind.value,
            "links": [link.value for link in chain.first_break.links],
            "probability": chain.first_break.probability,
        },
        "q": {**{link.value: chain.q.get(link, 0.0) for link in Link}, "none": chain.q_none},
        "next_measurement": following
        and {
            "link": following.link.value,
            "answer_count": following.answer_count,
            "minutes": following.minutes,
            "entropy_bits": following.entropy_bits,
        },
    }


def _link(state: LinkState) -> dict[str, object]:
    counted: dict[str, object] = {"k": state.k, "n": state.n}
    if state.link is Link.MOVED:
        counted = {"effect": state.effect and _effect(state.effect)}
    written: dict[str, object] = {
        "link": state.link.value,
        **counted,
        "invited": state.invited,
        "mean": state.mean,
        "low": state.low,
        "high": state.high,
        "target": state.target,
        "p_broken": state.p_broken,
        "p_holding": state.p_holding,
        "verdict": state.verdict.value,
        "reason": state.reason and state.reason.value,
    }
    if state.link is Link.PRACTISED:
        written["depth"] = state.depth and asdict(state.depth)
    return written


def _effect(effect: Effect) -> dict[str, object]:
    written = asdict(effect)
    del written["is_year_ago"]
    return written
