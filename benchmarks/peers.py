"""How often a colleague named as somebody who could help truly shows a practice more often.

    PYTHONPATH=src:. python benchmarks/peers.py [--draws 200] [--first 10000]

Drawn sales forces of 200 sellers under 20 managers of four leaders, about twenty eligible pieces of
work each. Sellers differ as in `coaching_effect.py`, or not at all. `named` are pairs a draw,
`wrong` the share in which the one named is no better, `clear` in which the difference is the tenth
that is asked for; `found` of all pairs 25 points apart, and `any` how often anybody is named.
"""

import argparse

import numpy as np

from headway.analysis.coaching import peers
from headway.terms.policy import DEFAULT

_SELLERS, _MANAGERS, _LEADERS, _ITEMS, _FAR = 200, 20, 4, 20, 0.25
SPREADS = {"differ": (0.12, 0.06), "differ half as much": (0.06, 0.03), "alike": (0.0, 0.0)}


def drawn(spread: tuple[float, float], *, seed: int) -> tuple[int, int, int, int, int]:
    """Pairs named, no better, clearly better; pairs far apart, and those of them named."""
    random = np.random.default_rng(seed)
    own = random.normal(0, spread[0], _SELLERS)
    own += np.repeat(random.normal(0, spread[1], _MANAGERS), _SELLERS // _MANAGERS)
    true = np.clip(0.4 + own, 0.02, 0.98)
    n = random.poisson(_ITEMS, _SELLERS)
    k = random.binomial(n, true)
    names = [f"s{number:03d}" for number in range(_SELLERS)]
    counts = dict(zip(names, zip(k.tolist(), n.tolist(), strict=True), strict=True))
    usual = peers.usual(counts, policy=DEFAULT)
    size = _SELLERS // _LEADERS
    found: dict[str, frozenset[str]] = {}
    for first in range(0, _SELLERS if usual else 0, size):
        found |= peers.ahead(counts, among=names[first : first + size], usual=usual, policy=DEFAULT)
    rate = dict(zip(names, true.tolist(), strict=True))
    gaps = [rate[better] - rate[who] for who, ahead in found.items() for better in ahead]
    far = [
        (who, better)
        for first in range(0, _SELLERS, size)
        for who in names[first : first + size]
        for better in names[first : first + size]
        if rate[better] - rate[who] >= _FAR
    ]
    return (
        len(gaps),
        sum(gap <= 0 for gap in gaps),
        sum(gap >= DEFAULT.peer_margin for gap in gaps),
        len(far),
        sum(better in found.get(who, ()) for who, better in far),
    )


def main() -> None:
    """Draw, compare, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--first", type=int, default=10_000)
    asked = parser.parse_args()
    print(f"{'':<22}   named   wrong   clear   found     any")
    for name, spread in SPREADS.items():
        seeds = range(asked.first, asked.first + asked.draws)
        told = np.array([drawn(spread, seed=seed) for seed in seeds])
        named, wrong, clear, far, found = told.sum(axis=0)
        shares = (wrong / max(named, 1), clear / max(named, 1), found / max(far, 1))
        print(
            f"{name:<22}{named / len(told):8.1f}"
            + "".join(f"{each:8.3f}" for each in (*shares, (told[:, 0] > 0).mean()))
        )


if __name__ == "__main__":
    main()
