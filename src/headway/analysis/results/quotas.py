"""How far owners came with their targets: the middle of them, and how many reached it."""

from functools import partial

import numpy as np

from headway.analysis.methods import proportion, quantiles
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import asked
from headway.analysis.results.asked import Asked, Said
from headway.analysis.results.days import Numbers
from headway.analysis.results.targets import Targets
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

CODES = (("quota_attainment", Unit.RATIO), ("quota_reached_share", Unit.SHARE))


def metrics(ask: Asked, *, targets: Targets) -> tuple[Metric, ...]:
    """The median of booked / quota over owners, and the share who booked their quota or more."""
    if not ask.book.has_amount or not targets.by_owner or targets.is_sliced:
        return tuple(asked.not_measured(code, unit=unit) for code, unit in CODES)
    caveats = ["quota_prorated"] if ask.book.people.is_presence_known else ["presence_not_known"]
    if targets.was_changed:
        caveats.append("target_changed")
    said = Said(caveats=tuple(caveats))
    return (
        ask.metric(
            "quota_attainment",
            unit=Unit.RATIO,
            of=partial(_median, ask, targets=targets),
            said=said,
        ),
        ask.metric(
            "quota_reached_share",
            unit=Unit.SHARE,
            of=partial(_reached, ask, targets=targets),
            said=said,
        ),
    )


def attained(ask: Asked, period: Period, *, targets: Targets) -> Numbers:
    """Booked over quota of each owner with a quota, the quota cut to the days they were there."""
    book, quotas = ask.book, targets.quotas(period)
    won = book.decided_in(period) & book.is_won
    booked = np.bincount(
        book.owners.codes[won],
        weights=np.nan_to_num(book.amount[won]),
        minlength=len(book.owners.values),
    )
    present = book.people.present_share(period)
    found = [
        booked[code] / (quotas[owner] * present[code])
        for code, owner in enumerate(book.owners.values)
        if owner in quotas and present[code] > 0
    ]
    return np.array(found, dtype=float)


def _median(ask: Asked, period: Period, *, targets: Targets) -> Range | TooFew:
    shares = attained(ask, period, targets=targets)
    return quantiles.median(shares, level=ask.level, min_cases=ask.policy.min_cases_for_rate)


def _reached(ask: Asked, period: Period, *, targets: Targets) -> Range | TooFew:
    shares = attained(ask, period, targets=targets)
    k, n = int((shares >= 1).sum()), len(shares)
    return proportion.rate(k, n, level=ask.level, min_cases=ask.policy.min_cases_for_rate)
