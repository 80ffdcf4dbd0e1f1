"""A worked chain: nine sellers, of whom eight answered; understanding breaks first."""

from datetime import date

from headway.terms.line import (
    BreakKind,
    Chain,
    FirstBreak,
    Link,
    LinkReason,
    LinkState,
    LinkVerdict,
    NextMeasurement,
    Share,
)

_UNMEASURED = {
    "k": None,
    "n": None,
    "invited": None,
    "mean": 0.5,
    "low": 0.17,
    "high": 0.83,
    "target": 0.6,
    "p_broken": 0.4,
    "p_holding": 0.3,
    "verdict": LinkVerdict.UNKNOWN,
    "reason": LinkReason.NOT_MEASURED,
}


def state(link: Link, **more: object) -> LinkState:
    """One link; not measured where nothing else is said."""
    return LinkState(link=link, **{**_UNMEASURED, **more})


def measured(link: Link, k: float, n: float, verdict: LinkVerdict, **more: object) -> LinkState:
    """One link of which k of n were counted."""
    ends = {"mean": 0.4, "low": 0.123, "high": 0.496, "invited": 9, "reason": None}
    return state(link, **{**ends, "k": k, "n": n, "verdict": verdict, **more})


LINKS = (
    measured(Link.DECLARED, 8, 8, LinkVerdict.HOLDING, low=1.0, high=1.0),
    measured(Link.TOLD, 8, 9, LinkVerdict.UNKNOWN, reason=LinkReason.TOO_FEW, more=7),
    measured(Link.RECALLED, 6, 8, LinkVerdict.UNKNOWN, reason=LinkReason.TOO_FEW),
    measured(Link.UNDERSTOOD, 1, 8, LinkVerdict.BROKEN),
    measured(Link.CONNECTED, 7, 9, LinkVerdict.UNKNOWN, reason=LinkReason.TOO_FEW),
    measured(Link.LED, 4, 5, LinkVerdict.UNKNOWN, reason=LinkReason.TOO_FEW),
    measured(
        Link.PRACTISED,
        2,
        9,
        LinkVerdict.BROKEN,
        depth=Share(k=20, n=80, mean=0.25, low=0.17, high=0.33, target=0.5),
    ),
    state(Link.COACHED),
    state(Link.MOVED, reason=LinkReason.TOO_EARLY),
)
CHAIN = Chain(
    priority="p1",
    name="Sell the new line",
    group="seller@m1",
    window_from=date(2026, 1, 1),
    window_to=date(2026, 4, 1),
    links=LINKS,
    first_break=FirstBreak(kind=BreakKind.NAMED, links=(Link.UNDERSTOOD,), probability=0.885),
    q={Link.UNDERSTOOD: 0.885, Link.PRACTISED: 0.115},
    q_none=0.0,
    next_measurement=NextMeasurement(
        link=Link.COACHED, answer_count=8, minutes=16.0, entropy_bits=0.2
    ),
)
