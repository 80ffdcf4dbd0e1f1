"""How often old mixes and old accounts are found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_product_market.py [--seeds 20] [--first 100]

Each has 27 sellers under three managers (`tests/drawn_sales.py`). The columns are those of
`planted`.
"""

import planted
from tests import drawn_sales
from tests.drawn_sales import Market, Product

from headway.facts import Facts
from headway.terms.pattern import PatternVerdict

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


def drawn(truth: Product | Market, seed: int) -> Facts:
    """One organisation."""
    if isinstance(truth, Product):
        return drawn_sales.of(drawn_sales.product_tables(truth, seed=seed))
    return drawn_sales.of(drawn_sales.market_tables(truth, seed=seed))


if __name__ == "__main__":
    planted.show(__doc__, truths=TRUTHS, drawn=drawn, heads=("27 sellers", "nine sellers"))
