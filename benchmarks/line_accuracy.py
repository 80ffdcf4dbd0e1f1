"""How often the line of sight is right about invented organisations whose truth is known.

    python benchmarks/line_accuracy.py [--organisations 60] [--seed 1] [--scenario broken ...]
        [--patterns]

Each organisation is invented, written as a bundle, diagnosed as anybody's is, and scored from its
`findings.json` alone. `right` names the true first break, or says that the line holds where it
does; `wrong` names another, or says that the line holds although the break was measured; `silent`
is all the rest. Clear cases: the true rate of the broken link is .20 or less, the others lie 10
points or more above their targets, the group has eight people or more of whom 75 % answered.
`--patterns` looks for patterns alone, in the facts as they were invented: in a third of the time.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import missed

from headway import facts
from headway.cycle import diagnose
from headway.findings.strategy import exported, patterns
from headway.sources import demo
from headway.sources.demo import story
from headway.sources.demo.truth import NONE, GroupTruth, PatternTruth, Truth
from headway.sources.demo.whole import Invented
from headway.terms.line import SUPPORTS, Link
from headway.terms.policy import DEFAULT
from headway.terms.question import Question

AS_OF = date(2026, 11, 20)
# Of sixty organisations so many live each scenario; the sample's own is drawn by hand.
MIX = {
    demo.Scenario.BROKEN: 24,
    demo.Scenario.HEALTHY: 12,
    demo.Scenario.SMALL: 8,
    demo.Scenario.LOW_RESPONSE: 8,
    demo.Scenario.DECOYS: 8,
}
NOTHING_BROKEN = {demo.Scenario.HEALTHY, demo.Scenario.DECOYS}
CLEARLY_BROKEN, CLEARLY_ABOVE, CLEAR_MEMBERS, CLEAR_RESPONSE = 0.20, 0.10, 8, 0.75

Document = Mapping[str, Any]


@dataclass(kw_only=True)
class Score:
    """Counts over all organisations so far."""

    breaks: dict[tuple[str, str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    healthy: Counter[str] = field(default_factory=Counter)
    patterns: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    missed: list[str] = field(default_factory=list)
    gaps: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    links: dict[tuple[str, str], list[tuple[bool, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, document: Document, truth: Truth) -> None:
        """Score one organisation."""
        chains = {(each["priority"], each["group"]): each for each in document["chains"]}
        for group in truth.groups:
            chain = chains.get((group.priority, group.group))
            if chain is not None:
                self._add_chain(chain, group)
        self._add_patterns(document["patterns"], truth)
        for gap, found in _both(truth.gaps, document["belief_gaps"], _gap_key, _gap_key_found):
            is_covered = found["low"] <= gap.predicted - gap.true <= found["high"]
            self.gaps[gap.link.value]["covered" if is_covered else "missed"] += 1
        if demo.Scenario(truth.scenario) in NOTHING_BROKEN:
            self._add_healthy(document, truth)

    def _add_chain(self, chain: Document, group: GroupTruth) -> None:
        size = "managers" if group.role == "manager" else "teams" if group.is_team else "regions"
        kind = "holds" if group.first_break == NONE else "breaks"
        clarity = "clear" if is_clear(group) else "other"
        result = judged(chain, group)
        self.breaks[size, kind, clarity][result] += 1
        if result == "wrong":
            self.wrong[group.first_break, claimed(chain) or "?"] += 1
        for link in chain["links"]:
            true = group.rates.get(Link(link["link"]))
            if true is not None and link.get("k") is not None:
                is_covered = link["low"] <= true <= link["high"]
                self.links[link["link"], size].append((is_covered, link["high"] - link["low"]))

    def _add_patterns(self, found: Sequence[Document], truth: Truth) -> None:
        listed = {(each["code"], each["priority"], each["place"]): each for each in found}
        for pattern in truth.patterns:
            told = listed.get((pattern.code, pattern.priority, pattern.place))
            if told is None or pattern.verdict == "unclear":
                continue
            counts = self.patterns[pattern.code]
            counts[f"{pattern.verdict} told {told['verdict']}"] += 1
            if not _TOO_FEW.isdisjoint(each["code"] for each in told["evidence"]):
                counts[f"{pattern.verdict} with too little evidence"] += 1
            if pattern.verdict == "present":
                counts["could be told"] += missed.could_be_told(told, target=pattern.target)
            if pattern.verdict == "present" != told["verdict"]:
                self._add_missed(pattern, told, truth)
            elif told["verdict"] == pattern.verdict and pattern.subtype is not None:
                right = told["subtype"] == pattern.subtype
                other = "not told" if told["subtype"] is None else "wrong"
                counts[f"{pattern.verdict} subtype {'right' if right else other}"] += 1

    def _add_missed(self, pattern: PatternTruth, told: Document, truth: Truth) -> None:
        people = next(
            one.members
            for one in truth.groups
            if (one.priority, one.group) == (pattern.priority, pattern.place)
        )
        self.missed.append(missed.line(pattern, told, seed=truth.seed, people=people))

    def _add_healthy(self, document: Document, truth: Truth) -> None:
        del truth
        self.healthy["organisations"] += 1
        self.healthy["lines"] += len(document["chains"])
        named = [e for e in document["chains"] if e["first_break"]["kind"] == "named"]
        self.healthy["breaks named"] += len(named)
        self.healthy["patterns"] += len(document["patterns"])
        self.healthy["patterns present"] += sum(
            each["verdict"] == "present" for each in document["patterns"]
        )


def _gap_key(gap: Any) -> tuple[str, ...]:
    return gap.person, gap.priority, gap.group, gap.link.value


def _gap_key_found(found: Document) -> tuple[str, ...]:
    return found["person"], found["priority"], found["group"], found["link"]


def _both(planted: Sequence[Any], found: Sequence[Document], key: Any, key_found: Any) -> Iterator:
    listed = {key_found(each): each for each in found if each.get("low") is not None}
    for one in planted:
        if key(one) in listed:
            yield one, listed[key(one)]


def is_clear(group: GroupTruth) -> bool:
    """Whether nobody could take this line for another, given enough people and answers."""
    if group.members < CLEAR_MEMBERS or group.response < CLEAR_RESPONSE:
        return False
    broken = Link(group.first_break) if group.first_break != NONE else None
    if broken is not None and group.rates.get(broken, 1.0) > CLEARLY_BROKEN:
        return False
    # What a broken support holds up cannot hold.
    apart = {broken, SUPPORTS.get(broken)} if broken else set()
    return all(
        rate >= story.TARGETS[link] + CLEARLY_ABOVE
        for link, rate in group.rates.items()
        if link not in apart
    )


def claimed(chain: Document) -> str | None:
    """The link that a chain names, "none" where it says that the line holds, else nothing."""
    told = chain["first_break"]
    if told["kind"] == "named":
        return str(told["links"][0])
    return NONE if told["kind"] == "none" else None


def judged(chain: Document, group: GroupTruth) -> str:
    """right, wrong or silent."""
    claim = claimed(chain)
    if claim is None:
        return "silent"
    if claim == group.first_break:
        return "right"
    if claim == NONE:
        # "As far as measured" is no mistake about a link that was not measured.
        measured = {
            e["link"] for e in chain["links"] if e["reason"] not in _UNMEASURED and e.get("n") != 0
        }
        return "wrong" if group.first_break in measured else "silent"
    return "wrong"


# Less than a detector needs to judge at all.
_TOO_FEW = {
    *("too_few_people", "too_few_opportunities", "too_few_approaches", "too_few_items"),
    "too_few_trained",
}
_UNMEASURED = {"not_measured", "too_early", "anonymity"}


def drawn(count: int, *, seed: int, scenarios: Sequence[demo.Scenario]) -> list[demo.DemoOptions]:
    """What each organisation is invented from."""
    mix = {one: share for one, share in MIX.items() if one in scenarios}
    total = sum(mix.values())
    listed = [one for one, share in mix.items() for _ in range(round(count * share / total))]
    return [
        demo.DemoOptions(seed=seed + number, as_of=AS_OF, scenario=scenario)
        for number, scenario in enumerate(listed)
    ]


def found_in(made: Invented) -> Document:
    """What is found in an organisation's bundle."""
    with tempfile.TemporaryDirectory() as scratch:
        bundle = facts.bundle.write(made.facts, Path(scratch) / "bundle", file_type="parquet")
        return diagnose.diagnose(bundle, question=Question()).findings_json


def patterns_in(made: Invented) -> Document:
    """The patterns alone that are found in an organisation's facts."""
    found = exported.patterns(patterns.found(made.facts, policy=DEFAULT))
    return {"chains": (), "belief_gaps": (), "patterns": found}


def share(part: int, whole: int) -> str:
    """A share with what it is of."""
    return f"{100 * part / whole:5.1f} % of {whole}" if whole else "    - of 0"


def show(score: Score) -> None:
    """Print all tables."""
    print("\nFirst break              cases   right   wrong  silent   wrong of named")
    for (size, kind, clarity), counts in sorted(score.breaks.items()):
        n = counts.total()
        shares = "  ".join(
            f"{100 * counts[one] / n:4.1f} %" for one in ("right", "wrong", "silent")
        )
        named = counts["right"] + counts["wrong"]
        print(f"{size:<9}{kind:<8}{clarity:<7}{n:>6}  {shares}   {share(counts['wrong'], named)}")
    if score.wrong:
        told = ", ".join(f"{t} as {c}: {n}" for (t, c), n in score.wrong.most_common(12))
        print(f"Wrong (true as told): {told}")
    print(f"\nNothing broken: {dict(score.healthy)}")
    print(
        "\nPattern                     found present   of enough evidence   could be told"
        "   false present  subtype right  subtype not told  cannot tell"
    )
    for code, counts in sorted(score.patterns.items()):
        present = sum(n for name, n in counts.items() if name.startswith("present told"))
        absent = sum(n for name, n in counts.items() if name.startswith("absent told"))
        little = counts["present with too little evidence"]
        right, wrong, untold = (
            counts[f"present subtype {each}"] + counts[f"absent subtype {each}"]
            for each in ("right", "wrong", "not told")
        )
        typed = right + wrong + untold
        unsure = counts["present told cannot_tell"] + counts["absent told cannot_tell"]
        print(
            f"{code:<26} {share(counts['present told present'], present)}  "
            f"{share(counts['present told present'], present - little)}  "
            f"{share(counts['could be told'], present)}  "
            f"{share(counts['absent told present'], absent)}  {share(right, typed)}  "
            f"{share(untold, typed)}  "
            f"{share(unsure, present + absent)}"
        )
    print("\nMissed patterns")
    for each in score.missed:
        print(f"  {each}")
    print("\nBelief gap       true gap in the 90 % range")
    for link, counts in score.gaps.items():
        print(f"{link:<16} {share(counts['covered'], counts.total())}")
    print("\nLink             of        true rate in the 90 % range   width")
    for (link, size), listed in sorted(score.links.items()):
        width = sum(each for _, each in listed) / len(listed)
        covered = sum(each for each, _ in listed)
        print(f"{link:<16} {size:<9} {share(covered, len(listed)):<28}  {width:.2f}")


def main() -> None:
    """Invent, diagnose, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=sum(MIX.values()))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scenario", nargs="+", choices=[one.value for one in MIX], default=None)
    parser.add_argument("--patterns", action="store_true")
    asked = parser.parse_args()
    scenarios = [demo.Scenario(one) for one in asked.scenario or MIX]
    listed = drawn(asked.organisations, seed=asked.seed, scenarios=scenarios)
    score = Score()
    begun = time.perf_counter()
    for number, options in enumerate(listed, start=1):
        sys.stderr.write(f"\r{number} of {len(listed)}: {options.scenario}, seed {options.seed}   ")
        made = demo.generate(options)
        score.add(patterns_in(made) if asked.patterns else found_in(made), made.truth)
    sys.stderr.write("\n")
    seconds = time.perf_counter() - begun
    print(f"{len(listed)} organisations from seed {asked.seed}, {seconds:.0f} s")
    show(score)


if __name__ == "__main__":
    main()
