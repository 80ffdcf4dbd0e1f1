"""How often a reorganisation nobody acts on is found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_reorganisation.py [--seeds 20] [--first 100]

Each organisation has 30 sellers under three managers and a planted truth (`tests/drawn_roles.py`);
it is told of as a whole and by manager. `right` is the share of places with the planted verdict,
`other` the share with the opposite one, the rest cannot be told; `sub-type` the share of the places
rightly told whose sub-type is the planted one.
"""

import argparse
import sys

from tests import drawn_roles
from tests.drawn_roles import Roles

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.policy import DEFAULT

PRESENT, ABSENT = PatternVerdict.PRESENT, PatternVerdict.ABSENT
UNKNOWN = PatternVerdict.CANNOT_TELL
TRUTHS = (
    ("do not know", Roles(moved=0.1, know=0.15), PRESENT, "do_not_know"),
    ("know, not moved", Roles(moved=0.1), PRESENT, "know_not_moved"),
    ("cannot move", Roles(moved=0.1, is_handed_over=False), PRESENT, "cannot_move"),
    ("a third moved", Roles(moved=0.33), PRESENT, "know_not_moved"),
    ("not moved, drifting", Roles(moved=0.1, drifts=0.4), PRESENT, "know_not_moved"),
    ("not moved, little work", Roles(moved=0.1, a_week=2.5), PRESENT, "know_not_moved"),
    ("nobody asked", Roles(moved=0.1, know=None), PRESENT, None),
    ("moved", Roles(), ABSENT, None),
    ("moved, drifting", Roles(drifts=0.4), ABSENT, None),
    ("moved, little work", Roles(a_week=2.5), ABSENT, None),
    ("most moved", Roles(moved=0.8), ABSENT, None),
    ("moved, no result", Roles(gained=1.0), ABSENT, "moved_no_result"),
    ("nothing to move", Roles(before=0.8), UNKNOWN, None),
)


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
    heads = f"{'right':>8}{'other':>8}{'sub-type':>10}"
    print(f"{asked.seeds} organisations a row\n{'truth':<28}{heads}  |{heads}")
    print(f"{'':<28}{'30 sellers':>26}  |{'ten sellers':>26}")
    for name, truth, verdict, subtype in TRUTHS:
        found: list[Pattern] = []
        for seed in range(asked.first, asked.first + asked.seeds):
            sys.stderr.write(f"\r{name} {seed - asked.first + 1}   ")
            known = drawn_roles.of(drawn_roles.tables(truth, seed=seed))
            found += patterns.found(known, policy=DEFAULT)
        sys.stderr.write("\r" + " " * 40 + "\r")
        whole = [each for each in found if each.place == "seller@lena"]
        parts = [each for each in found if each.place != "seller@lena"]
        shown = (row(each, verdict=verdict, subtype=subtype) for each in (whole, parts))
        print(f"{name:<28}" + "  |".join(shown), flush=True)


if __name__ == "__main__":
    main()
