"""How often the line of sight is right about organisations drawn by another hand.

    python benchmarks/independent_accuracy.py [--organisations 60] [--seed 1] [--keep FOLDER]

`benchmarks/independent/` draws each organisation from the bundle's format alone, without the
sample's inventor, and keeps its truth in a file of its own. Every bundle is diagnosed as anybody's
is and scored from `findings.json`. Clear breaks: the true rate of the broken link is .20 or less,
the others lie 10 points or more above their targets, the group has eight people or more of whom
75 % answered. `fell` are clear but that the links behind the break fell with it. `--keep` leaves
bundles, truths and findings in a folder.
"""

import argparse
import json
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from independent import organisation
from independent.plans import LINKS
from line_accuracy import (
    CLEAR_MEMBERS,
    CLEAR_RESPONSE,
    CLEARLY_ABOVE,
    CLEARLY_BROKEN,
    claimed,
    share,
)

from headway.cycle import diagnose
from headway.terms.question import Question

NEXT = {"led": "practised", "coached": "moved"}
UNMEASURED = {"not_measured", "too_early", "anonymity"}
AT_ONCE = 2

Document = Mapping[str, Any]


@dataclass(kw_only=True)
class Score:
    """Counts over all organisations so far."""

    lines: dict[tuple[str, str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    by_link: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    quiet: list[tuple[int, list[str]]] = field(default_factory=list)
    patterns: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    gaps: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    failed: list[tuple[int, str]] = field(default_factory=list)

    def add(self, truth: Document, found: Document) -> None:
        """Score one organisation."""
        chains = {(each["priority"], each["group"]): each for each in found["chains"]}
        for priority, groups in truth["line"].items():
            for group, true in groups.items():
                if (priority, group) in chains:
                    self._add_line(truth, chains[priority, group], true)
        self._add_patterns(truth["patterns"], found["patterns"])
        for gap in found["belief_gaps"]:
            self._add_gap(gap, truth["line"][gap["priority"]].get(gap["group"], {}))
        if truth["is_nothing_broken"]:
            self.quiet.append((truth["seed"], alarms(truth, found)))

    def _add_line(self, truth: Document, chain: Document, true: Document) -> None:
        first, clarity = true["first"], clarity_of(true)
        result = judged(chain, first)
        kind = "holds" if first == "none" else "breaks" if first in (*LINKS, "moved") else first
        self.lines[true["size"], kind, clarity][result] += 1
        if clarity == "clear":
            self.by_link[first][result] += 1
        if result == "wrong":
            claim = claimed(chain) or "?"
            self.wrong.append((truth["seed"], chain["priority"], chain["group"], first, claim))

    def _add_patterns(self, planted: Sequence[Document], found: Sequence[Document]) -> None:
        told = {(each["code"], each["priority"], each["place"]): each for each in found}
        for true in planted:
            each = told.get((true["code"], true["priority"], true["place"]))
            if each is None or true["verdict"] is None:
                continue
            counts = self.patterns[("clear " if true["is_clear"] else "weak  ") + true["code"]]
            counts[f"{true['verdict']} told {each['verdict']}"] += 1
            if each["verdict"] == true["verdict"] and true["subtype"] is not None:
                right = each["subtype"] == true["subtype"]
                counts["subtype right" if right else "subtype wrong"] += 1

    def _add_gap(self, gap: Document, true: Document) -> None:
        rate = true.get("rates", {}).get(gap["link"])
        if rate is None or gap["low"] is None or gap["predicted"] is None:
            return
        is_covered = gap["low"] <= gap["predicted"] - rate <= gap["high"]
        self.gaps[gap["link"]]["covered" if is_covered else "missed"] += 1


def clarity_of(true: Document) -> str:
    """clear, fell (the links behind fell too), or other."""
    first, rates = true["first"], true["rates"]
    if first not in (*LINKS, "declared", "none") or true["members"] < CLEAR_MEMBERS:
        return "other"
    if true["response"] < CLEAR_RESPONSE or rates.get(first, 0.0) > CLEARLY_BROKEN:
        return "other"
    is_apart = {
        link: link in {first, NEXT.get(first)} or rate >= true["targets"][link] + CLEARLY_ABOVE
        for link, rate in rates.items()
    }
    if all(is_apart.values()):
        return "clear"
    before = LINKS[: LINKS.index(first)] if first in LINKS else ()
    return "fell" if first != "none" and all(is_apart[link] for link in before) else "other"


def judged(chain: Document, first: str) -> str:
    """right, wrong or silent."""
    claim = claimed(chain)
    if claim is None or (claim == "none" and first in {"near", "too_early", "nobody"}):
        return "silent"
    if claim == first:
        return "right"
    if claim == "none":
        # "As far as measured" is no mistake about a link that was not measured.
        measured = {each["link"] for each in chain["links"] if each["reason"] not in UNMEASURED}
        return "wrong" if first in measured else "silent"
    return "wrong"


def alarms(truth: Document, found: Document) -> list[str]:
    """What is named although nothing is broken, and slices that did not change."""
    named = [
        f"break {each['priority']} {each['group']} {each['first_break']['links'][0]}"
        for each in found["chains"]
        if each["first_break"]["kind"] == "named"
    ]
    named += [
        f"pattern {each['code']} {each['place']} {each['subtype']}"
        for each in found["patterns"]
        if each["verdict"] == "present"
    ]
    return named + [
        f"slice {result['kpi']} {cause['slice']} {cause['kind']}"
        for result in found["results"]
        for cause in result["causes"]
        if cause["slice"] and not has_changed(truth, cause["slice"])
    ]


def has_changed(truth: Document, slice_: Mapping[str, str]) -> bool:
    """Whether the slice names something that the organisation did change."""
    return bool(set(slice_) & set(truth["changed_dimensions"])) or any(
        value in truth["changed_values"] for value in slice_.values()
    )


def judge(seed: int, *, keep: Path | None) -> tuple[int, Document, Document | str]:
    """One organisation's truth and findings, or what went wrong."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = (keep or Path(scratch)) / str(seed)
        made = organisation.draw(folder, seed=seed)
        try:
            answer = diagnose.diagnose(made.bundle, question=Question())
        except Exception:  # noqa: BLE001 - a crash is a result of this measurement
            return seed, made.truth, traceback.format_exc(limit=-3)
        if answer.rejections is not None:
            return seed, made.truth, f"rejected rows: {answer.rejections.read_text()[:400]}"
        if keep:
            text = json.dumps(answer.findings_json, default=str)
            (folder / "findings.json").write_text(text, encoding="utf-8")
        return seed, made.truth, answer.findings_json


def show(score: Score) -> None:
    """Print all tables."""
    print("\nFirst break                     cases   right   wrong  silent   wrong of named")
    for (size, kind, clarity), counts in sorted(score.lines.items()):
        n = counts.total()
        parts = "  ".join(f"{100 * counts[one] / n:4.1f} %" for one in ("right", "wrong", "silent"))
        named = counts["right"] + counts["wrong"]
        print(f"{size:<8}{kind:<11}{clarity:<8}{n:>8}  {parts}   {share(counts['wrong'], named)}")
    right = sum(counts["right"] for counts in score.lines.values())
    print(f"All: wrong of named {share(len(score.wrong), right + len(score.wrong))}")
    for link, counts in score.by_link.items():
        print(f"clear {link:<12} right {share(counts['right'], counts.total())}")
    for one in score.wrong:
        print("wrong: seed {}, {} {}: {} told as {}".format(*one))
    _show_quiet(score)
    _show_patterns(score)
    _show_gaps(score)
    for seed, what in score.failed:
        print(f"FAILED seed {seed}: {what}")


def _show_quiet(score: Score) -> None:
    print()
    for kind in ("break", "pattern", "slice bookings", "slice"):
        loud = [seed for seed, named in score.quiet if any(n.startswith(kind) for n in named)]
        print(f"Nothing broken, a {kind} named: {share(len(loud), len(score.quiet))}")
    for seed, named in score.quiet:
        if named:
            print(f"  seed {seed}: {'; '.join(named)}")


def _show_patterns(score: Score) -> None:
    print("\nPattern                           found present   false present  subtype right")
    for code, counts in sorted(score.patterns.items()):
        present = sum(n for name, n in counts.items() if name.startswith("present told"))
        absent = sum(n for name, n in counts.items() if name.startswith("absent told"))
        typed = counts["subtype right"] + counts["subtype wrong"]
        print(
            f"{code:<32} {share(counts['present told present'], present)}  "
            f"{share(counts['absent told present'], absent)}  "
            f"{share(counts['subtype right'], typed)}"
        )


def _show_gaps(score: Score) -> None:
    print("\nBelief gap       true gap in the 90 % range")
    for link, counts in score.gaps.items():
        print(f"{link:<16} {share(counts['covered'], counts.total())}")
    total = sum(score.gaps.values(), Counter[str]())
    print(f"all              {share(total['covered'], total.total())}")


def main() -> None:
    """Draw, diagnose, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None)
    asked = parser.parse_args()
    score = Score()
    seeds = range(asked.seed, asked.seed + asked.organisations)
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for done, (seed, truth, found) in enumerate(
            pool.map(partial(judge, keep=asked.keep), seeds), start=1
        ):
            sys.stderr.write(f"\r{done} of {len(seeds)}   ")
            if isinstance(found, str):
                score.failed.append((seed, found))
            else:
                score.add(truth, found)
    sys.stderr.write("\n")
    print(f"{len(seeds)} organisations from seed {asked.seed}")
    show(score)


if __name__ == "__main__":
    main()
