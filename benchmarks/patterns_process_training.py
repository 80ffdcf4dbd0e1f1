"""How often old habits and lost training are found, and claimed wrongly, in drawn organisations.

    PYTHONPATH=src:. python benchmarks/patterns_process_training.py [--seeds 20] [--first 100]

Each organisation has three managers with as many sellers each and a planted truth
(`tests/drawn_habits.py`); it is told of as a whole and by manager. `right` is the share of places
with the planted verdict, `other` the share with the opposite one, the rest cannot be told;
`sub-type` the share of the places rightly told whose sub-type is the planted one.
"""

import argparse
import sys
from collections.abc import Iterator

from tests import drawn_habits
from tests.drawn_habits import WHOLE, Process, Training

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.policy import DEFAULT

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


def told(truth: Process | Training, *, seeds: range) -> Iterator[Pattern]:
    """What is said of each place of each organisation."""
    for seed in seeds:
        sys.stderr.write(f"\r{seed - seeds.start + 1} of {len(seeds)}   ")
        yield from patterns.found(drawn_habits.of(truth, seed=seed), policy=DEFAULT)
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
    print(f"{'':<28}{'all sellers':>26}  |{'one manager':>26}")
    for name, truth, verdict, subtype in TRUTHS:
        found = list(told(truth, seeds=seeds))
        whole = [each for each in found if each.place == WHOLE]
        parts = [each for each in found if each.place != WHOLE]
        shown = (row(each, verdict=verdict, subtype=subtype) for each in (whole, parts))
        print(f"{name:<28}" + "  |".join(shown), flush=True)


if __name__ == "__main__":
    main()
