"""The story of Calder Works, as the sample tells it: North, South, West, Central, Key accounts."""

from collections.abc import Mapping, Sequence

from headway.terms.line import Link

RATES: Sequence[Mapping[Link, Sequence[float]]] = (
    # Everybody has heard of the service contract; nobody agreed on what to stop, begin and change.
    {
        Link.TOLD: (0.97, 0.97, 0.95, 0.95, 0.97),
        Link.RECALLED: (0.90, 0.85, 0.82, 0.85, 0.85),
        Link.UNDERSTOOD: (0.90, 0.85, 0.85, 0.80, 0.85),
        Link.CONNECTED: (0.35, 0.30, 0.22, 0.12, 0.30),
        Link.LED: (0.80, 0.75, 0.15, 0.15, 0.75),
        Link.PRACTISED: (0.20, 0.15, 0.10, 0.08, 0.20),
        Link.COACHED: (0.30, 0.20, 0.15, 0.10, 0.20),
    },
    # The food plants are understood and agreed on, and still nobody calls there.
    {
        Link.TOLD: (0.95, 0.93, 0.92, 0.93, 0.95),
        Link.RECALLED: (0.85, 0.80, 0.80, 0.82, 0.85),
        Link.UNDERSTOOD: (0.82, 0.80, 0.78, 0.80, 0.85),
        Link.CONNECTED: (0.90, 0.86, 0.86, 0.85, 0.90),
        Link.LED: (0.85, 0.80, 0.80, 0.75, 0.85),
        Link.PRACTISED: (0.20, 0.20, 0.12, 0.15, 0.30),
        Link.COACHED: (0.60, 0.55, 0.40, 0.45, 0.60),
    },
    # Discovery was trained with enthusiasm. West and Central do not coach it, and there it is
    # forgotten.
    {
        Link.TOLD: (0.99, 0.98, 0.97, 0.97, 0.98),
        Link.RECALLED: (0.95, 0.92, 0.90, 0.92, 0.95),
        Link.UNDERSTOOD: (0.90, 0.88, 0.88, 0.86, 0.90),
        Link.CONNECTED: (0.92, 0.90, 0.88, 0.88, 0.90),
        Link.LED: (0.88, 0.85, 0.80, 0.80, 0.85),
        Link.PRACTISED: (0.97, 0.97, 0.08, 0.10, 0.97),
        Link.COACHED: (0.85, 0.82, 0.12, 0.15, 0.85),
    },
    # The teams of the key accounts were announced; what to do differently was not.
    {
        Link.TOLD: (0.94, 0.92, 0.92, 0.92, 0.95),
        Link.RECALLED: (0.80, 0.78, 0.76, 0.76, 0.82),
        Link.UNDERSTOOD: (0.12, 0.10, 0.10, 0.08, 0.20),
        Link.CONNECTED: (0.20, 0.15, 0.10, 0.10, 0.25),
        Link.LED: (0.45, 0.40, 0.30, 0.35, 0.50),
        Link.PRACTISED: (0.10, 0.10, 0.06, 0.08, 0.15),
        Link.COACHED: (0.15, 0.10, 0.06, 0.08, 0.15),
    },
)
"""Rates of each link by team, one mapping for each priority."""
HEADS = (0.75, 0.80, 0.85, 0.45)
"""How much of their own change the head and the directors had done before they asked."""
NOT_DONE = ("not_tried", "list_not_worked", "used_then_dropped", "do_not_know")
UNPREPARED = -2.4
"""Since buyers compare more, work without a discovery is lost more often."""
RESPONSE = (0.80, 0.76, 0.80, 0.72, 0.95)
MOOD = 0.0
SAMPLE_DECOYS = ("price_rise",)
DECOYS = ("market_downturn", "huge_deal", "lucky_team", "price_rise")
"""What happens besides and must not be taken for a break."""
