"""How often old habits and lost training are found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_process_training.py [--seeds 20] [--first 100]

Each has three managers with as many sellers each (`tests/drawn_habits.py`). The columns are those
of `planted`.
"""

import planted
from tests import drawn_habits
from tests.drawn_habits import Process, Training

from headway.facts import Facts
from headway.terms.pattern import PatternVerdict

PRESENT, ABSENT = PatternVerdict.PRESENT, PatternVerdict.ABSENT
UNKNOWN = PatternVerdict.CANNOT_TELL
TRUTHS = (
    ("not used", Process(first=0.15, since=0.15), PRESENT, "not_used"),
    ("half used", Process(first=0.3, since=0.3), PRESENT, "not_used"),
    ("used, then dropped", Process(since=0.15), PRESENT, "used_then_dropped"),
    (
        "for show, afterwards",
        Process(first=0.1, since=0.1, afterwards=0.8),
        PRESENT,
        "used_for_show",
    ),
    ("for show, typed in late", Process(typed_late=0.8), PRESENT, "used_for_show"),
    ("as declared", Process(first=0.6, since=0.6), ABSENT, None),
    ("more than declared", Process(), ABSENT, None),
    ("more, by a new path", Process(is_new_path=True), ABSENT, None),
    ("never transferred", Training(early=0.0, late=0.0), PRESENT, "never_transferred"),
    ("decayed", Training(late=0.0), PRESENT, "decayed"),
    ("stuck", Training(), ABSENT, "stuck"),
    ("rose later", Training(early=0.0), ABSENT, "rose_later"),
    ("never, 150 sellers", Training(early=0.0, late=0.0, team=50), PRESENT, "never_transferred"),
    (
        "season, 150 sellers",
        Training(early=0, late=0, season=0.2, team=50),
        PRESENT,
        "never_transferred",
    ),
    ("stuck, with a season", Training(season=0.2), ABSENT, "stuck"),
    ("weak sent, no effect", Training(early=0.0, late=0.0, is_of_weak=True), UNKNOWN, None),
    ("weak sent, stuck", Training(is_of_weak=True), ABSENT, "stuck"),
    ("all sent, never", Training(early=0.0, late=0.0, trained=1.0), PRESENT, "never_transferred"),
    ("all sent, decayed", Training(late=0.0, trained=1.0), PRESENT, "decayed"),
    ("all sent, stuck", Training(trained=1.0), ABSENT, "stuck"),
)


def drawn(truth: Process | Training, seed: int) -> Facts:
    """One organisation."""
    return drawn_habits.of(truth, seed=seed)


if __name__ == "__main__":
    planted.show(__doc__, truths=TRUTHS, drawn=drawn, heads=("all sellers", "one manager"))
