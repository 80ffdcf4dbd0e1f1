"""How often old mixes and old accounts are found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_product_market.py [--seeds 20] [--first 100]

Each organisation has 27 sellers under three managers and a planted truth (`tests/drawn_sales.py`);
it is told of as a whole and by manager. `right` is the share of places with the planted verdict,
`other` the share with the opposite one, the rest cannot be told; `sub-type` the share of the places
rightly told whose sub-type is the planted one.
"""

import argparse
import sys
from collections.abc import Iterator

from tests import drawn_sales
from tests.drawn_sales import Market, Product

from headway.facts import Facts
from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.policy import DEFAULT

PRESENT, ABSENT = PatternVerdict.PRESENT, PatternVerdict.ABSENT
TRUTHS = (
    ("not tried", Product(share=0.35), PRESENT, "not_tried"),
    ("not tried, small target", Product(target=0.15, share=0.3), PRESENT, "not_tried"),
    ("half tried", Product(share=0.6), PRESENT, "not_tried"),
    ("tried, lost", Product(won=0.2), ABSENT, "tried_lost"),
    ("tried, early", Product(days=5), ABSENT, "tried_early"),
    ("as declared", Product(), ABSENT, None),
    ("as declared, small target", Product(target=0.15), ABSENT, None),
    ("more than declared", Product(share=1.25), ABSENT, None),
    ("no list", Market(share=0.35, listed=0), PRESENT, "no_list"),
    ("list, not worked", Market(share=0.35), PRESENT, "list_not_worked"),
    ("list, half worked", Market(share=0.6), PRESENT, "list_not_worked"),
    ("worked, not opened", Market(met=0.2), ABSENT, "worked_not_opened"),
    ("opened, not won", Market(won=0.1), ABSENT, "opened_not_won"),
    ("market as declared", Market(), ABSENT, None),
    ("market, small target", Market(target=0.15), ABSENT, None),
    ("market, more than declared", Market(share=1.25), ABSENT, None),
)


def drawn(truth: Product | Market, *, seed: int) -> Facts:
    """One organisation."""
    if isinstance(truth, Product):
        return drawn_sales.of(drawn_sales.product_tables(truth, seed=seed))
    return drawn_sales.of(drawn_sales.market_tables(truth, seed=seed))


def told(truth: Product | Market, *, seeds: range) -> Iterator[Pattern]:
    """What is said of each place of each organisation."""
    for seed in seeds:
        sys.stderr.write(f"\r{seed - seeds.start + 1} of {len(seeds)}   ")
        yield from patterns.found(drawn(truth, seed=seed), policy=DEFAULT)
    sys.stderr.write("\r" + " " * 30 + "\r")


def row(found: list[Pattern], *, verdict: PatternVerdict, subtype: str | None) -> str:
    """The shares of one kind of place."""
    right = [each for each in found if each.verdict is verdict]
    other = sum(each.verdict not in {verdict, PatternVerdict.CANNOT_TELL} for each in found)
    typed = sum(each.subtype == subtype for each in right) / len(right) if right else 0.0
    return f"{len(right) / len(found):8.2f}{other / len(found):8.3f}{typed:10.2f}"


def main() -> None:
    """Print one row per truth: the whole sales force, then its parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=100)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    heads = f"{'right':>8}{'other':>8}{'sub-type':>10}"
    print(f"{asked.seeds} organisations a row\n{'truth':<28}{heads}  |{heads}")
    print(f"{'':<28}{'27 sellers':>26}  |{'nine sellers':>26}")
    for name, truth, verdict, subtype in TRUTHS:
        found = list(told(truth, seeds=seeds))
        whole = [each for each in found if each.place == "seller@lena"]
        parts = [each for each in found if each.place != "seller@lena"]
        shown = (row(each, verdict=verdict, subtype=subtype) for each in (whole, parts))
        print(f"{name:<28}" + "  |".join(shown), flush=True)


if __name__ == "__main__":
    main()
