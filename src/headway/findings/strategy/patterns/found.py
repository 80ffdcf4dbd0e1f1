"""All patterns of one set of facts: of those called present only few may be wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from headway.analysis.strategy import (
    first_break,
    groups,
    new_market,
    new_process,
    new_product,
    places,
    reorganisation,
    training,
)
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.judged import Judged
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.policy import Policy


class _Detector(Protocol):
    """Looks for one pattern, for each priority that could show it, in each place."""

    def __call__(
        self, facts: Facts, *, where: Sequence[Group], policy: Policy
    ) -> Iterable[Judged]: ...


_DETECTORS: Sequence[tuple[_Detector, PatternCode, PatternUnit]] = (
    (new_product.looked_at, PatternCode.NEW_PRODUCT_OLD_MIX, PatternUnit.SHARE),
    (new_market.looked_at, PatternCode.NEW_MARKET_OLD_ACCOUNTS, PatternUnit.SHARE),
    (new_process.looked_at, PatternCode.NEW_PROCESS_OLD_HABITS, PatternUnit.SHARE),
    (training.looked_at, PatternCode.TRAINING_NOT_STICKING, PatternUnit.SHARE),
    (reorganisation.looked_at, PatternCode.REORGANISED_NOT_ACTED, PatternUnit.SHIFT),
)


def found(facts: Facts, *, policy: Policy) -> tuple[Pattern, ...]:
    """Each pattern that a declared change could show, for the sales force and its parts.

    Over all of them at most a tenth of those called present is expected to be wrong; the others
    stand with "cannot tell".
    """
    window = windows.of(facts, policy=policy)
    where = places.of(groups.of(facts, window=window))
    told = [
        looked.told(one, code=code, unit=unit)
        for detect, code, unit in _DETECTORS
        for one in detect(facts, where=where, policy=policy)
    ]
    return tuple(_published(told, policy=policy))


def _published(found: Sequence[Looked], *, policy: Policy) -> Sequence[Pattern]:
    told = [one.pattern for one in found]
    present = [
        number for number, pattern in enumerate(told) if pattern.verdict is PatternVerdict.PRESENT
    ]
    may = first_break.published(
        [found[number].error for number in present], most=policy.false_discovery_share
    )
    for number, is_published in zip(present, may, strict=True):
        if not is_published:
            told[number] = replace(told[number], verdict=PatternVerdict.CANNOT_TELL, subtype=None)
    return told
