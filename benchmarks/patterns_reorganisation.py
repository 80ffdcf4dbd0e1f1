"""How often a reorganisation nobody acts on is found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_reorganisation.py [--seeds 20] [--first 100]

Each has 30 sellers under three managers (`tests/drawn_roles.py`). The columns are those of
`planted`.
"""

import planted
from tests import drawn_roles
from tests.drawn_roles import Roles

from headway.facts import Facts
from headway.terms.pattern import PatternVerdict

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


def drawn(truth: Roles, seed: int) -> Facts:
    """One organisation."""
    return drawn_roles.of(drawn_roles.tables(truth, seed=seed))


if __name__ == "__main__":
    planted.show(__doc__, truths=TRUTHS, drawn=drawn, heads=("30 sellers", "ten sellers"))
