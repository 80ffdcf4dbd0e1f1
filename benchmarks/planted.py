"""How often planted truths are told, and others claimed: the frame of the `patterns_*` benchmarks.

Each organisation has a planted truth and is told of as a whole and by manager. `right` is the share
of places with the planted verdict, `other` the share with the opposite one, the rest cannot be
told; `sub-type` the share of the places rightly told whose sub-type is the planted one.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from headway.facts import Facts
from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.policy import DEFAULT

Planted = TypeVar("Planted")
Row = tuple[str, Planted, PatternVerdict, str | None]
"""A name, what is planted, and the verdict and sub-type that are right."""
_WHOLE = "seller@lena"


def show(
    description: str | None,
    *,
    truths: Sequence[Row[Planted]],
    drawn: Callable[[Planted, int], Facts],
    heads: tuple[str, str],
) -> None:
    """Print one row per truth: the whole sales force, then its parts.

    `drawn` invents one organisation from a truth and a seed; `heads` name the two columns.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=100)
    asked = parser.parse_args()
    names = f"{'right':>8}{'other':>8}{'sub-type':>10}"
    print(f"{asked.seeds} organisations a row\n{'truth':<28}{names}  |{names}")
    print(f"{'':<28}{heads[0]:>26}  |{heads[1]:>26}")
    for name, truth, verdict, subtype in truths:
        found: list[Pattern] = []
        for number in range(asked.seeds):
            sys.stderr.write(f"\r{name} {number + 1} of {asked.seeds}   ")
            found += patterns.found(drawn(truth, asked.first + number), policy=DEFAULT)
        sys.stderr.write("\r" + " " * 50 + "\r")
        shown = (_row(each, verdict=verdict, subtype=subtype) for each in _sides(found))
        print(f"{name:<28}" + "  |".join(shown), flush=True)


def _sides(found: Sequence[Pattern]) -> Iterator[list[Pattern]]:
    for is_whole in (True, False):
        yield [each for each in found if (each.place == _WHOLE) is is_whole]


def _row(found: Sequence[Pattern], *, verdict: PatternVerdict, subtype: str | None) -> str:
    right = [each for each in found if each.verdict is verdict]
    other = sum(each.verdict not in {verdict, PatternVerdict.CANNOT_TELL} for each in found)
    typed = sum(each.subtype == subtype for each in right) / len(right) if right else 0.0
    return f"{len(right) / len(found):8.2f}{other / len(found):8.3f}{typed:10.2f}"
