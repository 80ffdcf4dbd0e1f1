"""A planted pattern that was not told: how large its place is, and what there was to tell it by.

What could be told at all is held against a test that knows the place, the kind and that something
is wrong there: whether what was counted is less than what was declared with 1 % of chance, the
share of false names that is allowed. Counted work is taken as independent, as the inventor draws
it; of trainings and reorganisations the detector's own range tells how much is chance.
"""

from collections.abc import Mapping
from typing import Any

from scipy.stats import binom, norm

from headway.sources.demo.truth import PatternTruth

FALSE_SHARE = 0.01
_COUNTED = ("attention", "conformance")
_SHOWN = (*_COUNTED, "shown_early", "shown_late", "work_since", "shift", "people", "cases")
_LEVEL_ENDS = 2 * norm.ppf(0.95)

Document = Mapping[str, Any]


def could_be_told(told: Document, *, target: float) -> bool:
    """Whether the test that knows where to look would find it."""
    counted = {each["code"]: each for each in told["evidence"]}
    for code in _COUNTED:
        if code in counted:
            k, n = counted[code]["k"], counted[code]["n"]
            return bool(binom.cdf(k, n, target) <= FALSE_SHARE)
    if told["low"] is None:
        return False
    by_chance = (told["high"] - told["low"]) / _LEVEL_ENDS
    return bool(norm.sf(told["size"], scale=max(by_chance, 1e-9)) <= FALSE_SHARE)


def line(planted: PatternTruth, told: Document, *, seed: int, people: int) -> str:
    """One line about it."""
    counted = {each["code"]: each for each in told["evidence"]}
    figures = ", ".join(
        f"{code} {_figure(counted[code])}" for code in (*_SHOWN, "p_short") if code in counted
    )
    held = [code for code in counted if code.startswith(("too_", "no_", "result_too"))]
    can = "could be told" if could_be_told(told, target=planted.target) else "could not be told"
    return (
        f"{seed} {planted.code} {planted.subtype or '-'} {planted.place}, {people} people, true"
        f" {planted.rate:.2f} of {planted.target:.2f}: {told['verdict']}"
        f" ({', '.join(held) or 'not sure enough'}); {figures}; {can}"
    )


def _figure(evidence: Document) -> str:
    if evidence.get("k") is not None:
        return f"{evidence['k']:.0f}/{evidence['n']:.0f}"
    return f"{evidence['value']:.2f}"
