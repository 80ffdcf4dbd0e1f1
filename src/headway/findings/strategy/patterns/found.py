"""All patterns of one set of facts: of those called present only few may be wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from headway.analysis.strategy import first_break, groups, places
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import (
    new_market,
    new_process,
    new_product,
    reorganisation,
    training,
)
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import Policy


class _Detector(Protocol):
    """Looks for one pattern, for each priority that could show it, in each place."""

    def __call__(
        self, facts: Facts, *, where: Sequence[Group], policy: Policy
    ) -> Iterable[Looked]: ...


_DETECTORS: Sequence[_Detector] = (
    new_product.detect,
    new_market.detect,
    new_process.detect,
    training.detect,
    reorganisation.detect,
)


def found(facts: Facts, *, policy: Policy) -> tuple[Pattern, ...]:
    """Each pattern that a declared change could show, for the sales force and its parts.

    Over all of them at most a tenth of those called present is expected to be wrong; the others
    stand with "cannot tell".
    """
    end = facts.as_of + timedelta(days=1)
    window = Period(first=end - timedelta(days=policy.window_days), end=end)
    where = places.of(groups.of(facts, window=window))
    looked = [one for detect in _DETECTORS for one in detect(facts, where=where, policy=policy)]
    return tuple(_published(looked, policy=policy))


def _published(looked: Sequence[Looked], *, policy: Policy) -> Sequence[Pattern]:
    told = [one.pattern for one in looked]
    present = [
        number for number, pattern in enumerate(told) if pattern.verdict is PatternVerdict.PRESENT
    ]
    may = first_break.published(
        [looked[number].error for number in present], most=policy.false_discovery_share
    )
    for number, is_published in zip(present, may, strict=True):
        if not is_published:
            told[number] = replace(told[number], verdict=PatternVerdict.CANNOT_TELL, subtype=None)
    return told
