"""The three excuses, tested: we do not know how; buying changed; our process cannot create value.

References:
    Domain model, 4.2 (end). The thresholds not given there are own and stand below.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from headway import facts
from headway.analysis.results.history import History
from headway.findings.results import process
from headway.findings.results.evidence import Evidence, told, untested
from headway.terms.answer import LadderLine, Standing
from headway.terms.period import Period

# A seller stands out when the chance to be above the group's median is at least this.
STANDS_OUT = 0.9
CASES_OF_A_SELLER = 10
SELLERS_TO_JUDGE = 5
DEVIANTS = 2
PRIOR_CONCENTRATION = 6.0
GROUPS_TO_FIT = 8
MOST_ALIKE = 10_000.0
DRAWS = 1_000
# Knowledge tests: this many scores are needed; below this mean share nobody would say "they know
# how".
SCORES_NEEDED = 5
KNOWS_SHARE = 0.6
TAIL = 1.645
# Buyers' panel: it moved in all groups when each leans that way and all together clearly do.
LEANS_Z = 1.0
POOLED_Z = 2.5
GROUPS_TO_JUDGE = 2
CASES_OF_A_GROUP = 30
GROUPINGS = ("region", "team", "segment")


@dataclass(frozen=True, kw_only=True)
class _Moved:
    """One measure's change in one group, with its standard error and cases."""

    change: float
    error: float
    n: int

    @property
    def z(self) -> float:
        return self.change / self.error if self.error > 0 else 0.0


def lines(evidence: Evidence, *, history: History) -> tuple[LadderLine, ...]:
    """H-know, H-buyer and H-process."""
    return (know(evidence), buyer(evidence), process.line(evidence, history=history))


def know(evidence: Evidence) -> LadderLine:
    """We do not know how: ruled out by people of the same segment who do, and by answered tests."""
    name = "seen/training_attendance"
    if not evidence.book.has_lost:
        return untested("know", reason="know.no_win_rate")
    judged, deviants = _deviants(evidence)
    counts = told(sellers_judged=judged, deviants=deviants)
    if judged < SELLERS_TO_JUDGE:
        return _open("know", reason="know.few_sellers", figures=counts)
    scores = _scores(evidence) if evidence.facts.has(name) else np.zeros(0)
    if len(scores) < SCORES_NEEDED:
        return _open("know", reason="know.no_scores", missing=(name,), figures=counts)
    return _known(scores, judged=judged, deviants=deviants, figures=counts)


def _known(
    scores: npt.NDArray[np.float64],
    *,
    judged: int,
    deviants: int,
    figures: dict[str, float | str],
) -> LadderLine:
    mean = float(scores.mean())
    error = float(scores.std(ddof=1) / np.sqrt(len(scores)))
    figures = {**figures, **told(score_share=mean, scores=len(scores))}
    if deviants >= min(DEVIANTS, max(1, round(judged / 10))) and mean >= KNOWS_SHARE:
        return LadderLine(
            code="know",
            standing=Standing.RULED_OUT,
            reason="know.some_do_it",
            refuters=("positive_deviants", "knowledge_answered"),
            figures=figures,
        )
    if deviants == 0 and mean + TAIL * error < KNOWS_SHARE:
        return LadderLine(
            code="know",
            standing=Standing.CANDIDATE,
            reason="know.nobody_does_it",
            supports=("no_positive_deviant", "knowledge_low"),
            figures=figures,
        )
    return _open("know", reason="know.mixed", figures=figures)


def buyer(evidence: Evidence) -> LadderLine:
    """Buying changed: supported when the buyers' panel moved everywhere and the fall follows it."""
    groups = _groups(evidence)
    if not evidence.book.has_lost:
        return untested("buyer", reason="buyer.no_win_rate")
    if len(groups) < GROUPS_TO_JUDGE:
        return _open("buyer", reason="buyer.few_groups", figures=told(groups=len(groups)))
    panels = _panels(evidence, groups=groups)
    if not panels:
        missing = tuple(n for n in ("seen/opportunity_contact",) if not evidence.facts.has(n))
        return _open("buyer", reason="buyer.no_panel", missing=missing)
    rates = [_rate_change(evidence, group=group) for group in groups]
    name, panel = max(panels.items(), key=lambda item: _pooled(item[1]).z)
    pooled, fallen = _pooled(panel), _pooled(rates)
    figures = told(
        panel=name,
        panel_change=pooled.change,
        panel_z=pooled.z,
        rate_change=fallen.change,
        groups=len(groups),
    )
    return _judged(panel, rates, figures=figures)


def _judged(
    panel: list[_Moved], rates: list[_Moved], *, figures: dict[str, float | str]
) -> LadderLine:
    pooled, fallen = _pooled(panel), _pooled(rates)
    if pooled.z < TAIL:
        return LadderLine(
            code="buyer",
            standing=Standing.RULED_OUT,
            reason="buyer.panel_unmoved",
            refuters=("panel_unmoved",),
            figures=figures,
        )
    spared = sum(
        moved.z >= TAIL and rate.change >= 0 for moved, rate in zip(panel, rates, strict=True)
    )
    if spared:
        return LadderLine(
            code="buyer",
            standing=Standing.RULED_OUT,
            reason="buyer.peers_did_not_fall",
            refuters=("peers_did_not_fall",),
            figures={**figures, "spared": spared},
        )
    moved_everywhere = all(moved.z >= LEANS_Z for moved in panel) and pooled.z >= POOLED_Z
    fell_everywhere = all(rate.change < 0 for rate in rates) and fallen.z <= -POOLED_Z
    if moved_everywhere and fell_everywhere and _follows(panel, rates):
        return LadderLine(
            code="buyer",
            standing=Standing.CANDIDATE,
            reason="buyer.moved_everywhere",
            supports=("panel_moved_everywhere", "fall_follows_exposure"),
            figures=figures,
        )
    return _open("buyer", reason="buyer.mixed", figures=figures)


def _follows(panel: list[_Moved], rates: list[_Moved]) -> bool:
    # Proportional to exposure: with three groups or fewer there is no order to speak of, nor where
    # the groups' exposures or their falls do not differ more than chance.
    if len(panel) <= 3 or not (_differ(panel) and _differ(rates)):  # noqa: PLR2004  as above
        return True
    exposure = np.argsort(np.argsort([moved.change for moved in panel]))
    fall = np.argsort(np.argsort([-rate.change for rate in rates]))
    return float(np.corrcoef(exposure, fall)[0, 1]) >= 0


def _differ(moved: list[_Moved]) -> bool:
    """Whether the groups moved differently, more than chance in 19 of 20.

    References:
        Cochran (1954), Biometrics 10:101-129 (Q); Wilson & Hilferty (1931), PNAS 17:684-688, for
        the quantile of chi-squared.
    """
    known = [one for one in moved if one.error > 0]
    if len(known) < 2:  # noqa: PLR2004  nothing to differ from
        return False
    weights = np.array([one.error**-2 for one in known])
    changes = np.array([one.change for one in known])
    spread = float(weights @ (changes - weights @ changes / weights.sum()) ** 2)
    freedom = len(known) - 1
    limit = freedom * (1 - 2 / (9 * freedom) + TAIL * (2 / (9 * freedom)) ** 0.5) ** 3
    return bool(spread > limit)


def _open(
    code: str,
    *,
    reason: str,
    missing: tuple[str, ...] = (),
    figures: dict[str, float | str] | None = None,
) -> LadderLine:
    line = untested(code, reason=reason, missing=missing)
    return LadderLine(
        code=line.code,
        standing=line.standing,
        reason=line.reason,
        missing=line.missing,
        figures=figures or {},
    )


def _deviants(evidence: Evidence) -> tuple[int, int]:
    """Sellers with enough cases, and how many stand out above their own segment's median."""
    book = evidence.book
    decided = book.decided_in(evidence.comparison.actual) & ~book.owners.is_null
    owners = book.owners.codes[decided].astype(np.int64)
    segment = book.dimensions.get("segment")
    groups = np.zeros(len(owners), dtype=np.int64) if segment is None else segment.codes[decided]
    size = len(book.owners.values)
    cells = groups * size + owners
    won = np.bincount(cells, weights=book.is_won[decided]).astype(np.float64)
    n = np.bincount(cells)
    random = np.random.default_rng(evidence.seed)
    judged = deviants = 0
    for group in np.unique(groups):
        inside = np.zeros(len(n), dtype=bool)
        inside[group * size : (group + 1) * size] = True
        enough = inside & (n >= CASES_OF_A_SELLER)
        judged += int(enough.sum())
        deviants += _standing_out(won[enough], n[enough], random=random)
    return judged, deviants


def _standing_out(
    won: npt.NDArray[np.float64], n: npt.NDArray[np.int64], *, random: np.random.Generator
) -> int:
    if len(n) <= 1:
        return 0
    mean = float(won.sum() / n.sum())
    concentration = _concentration(won, n, mean=mean)
    a, b = concentration * mean, concentration * (1 - mean)
    if min(a, b) <= 0:
        return 0
    draws = random.beta(won + a, n - won + b, (DRAWS, len(n)))
    above = (draws > np.median(draws, axis=1, keepdims=True)).mean(axis=0)
    return int((above >= STANDS_OUT).sum())


def _concentration(won: npt.NDArray[np.float64], n: npt.NDArray[np.int64], *, mean: float) -> float:
    """How alike the sellers are: the prior's weight in opportunities, by moments. Own.

    With fewer than eight sellers six, as in the domain model, 2.0.2.
    """
    if len(n) < GROUPS_TO_FIT:
        return PRIOR_CONCENTRATION
    spread = mean * (1 - mean)
    between = float(np.average((won / n - mean) ** 2, weights=n)) - spread * len(n) / n.sum()
    return min(spread / between - 1, MOST_ALIKE) if between > 0 else MOST_ALIKE


def _scores(evidence: Evidence) -> npt.NDArray[np.float64]:
    return _scores_until(evidence.facts, until=evidence.comparison.actual.end)


@facts.once
def _scores_until(known: facts.Facts, *, until: date) -> npt.NDArray[np.float64]:
    wanted = ("person_id", "attended_on", "test_share")
    rows = facts.collect(known.columns("seen/training_attendance", *wanted)).records()
    latest: dict[object, tuple[object, float]] = {}
    for row in sorted(rows, key=lambda row: str(row["attended_on"])):
        is_there = row["attended_on"] is None or row["attended_on"] < until
        if is_there and row["test_share"] is not None:
            latest[row["person_id"]] = (row["attended_on"], float(row["test_share"]))
    return np.array([score for _, score in latest.values()], dtype=np.float64)


def _groups(evidence: Evidence) -> list[npt.NDArray[np.bool_]]:
    book, comparison = evidence.book, evidence.comparison
    base, actual = (book.decided_in(p) for p in (comparison.base, comparison.actual))
    for name in GROUPINGS:
        dimension = book.dimensions.get(name)
        if dimension is None:
            continue
        members = [dimension.codes == code for code in range(len(dimension.values))]
        groups = [
            group
            for group in members
            if min((group & base).sum(), (group & actual).sum()) >= CASES_OF_A_GROUP
        ]
        if len(groups) >= GROUPS_TO_JUDGE:
            return groups
    return []


def _panels(evidence: Evidence, *, groups: list[npt.NDArray[np.bool_]]) -> dict[str, list[_Moved]]:
    book = evidence.book
    measures: dict[str, npt.NDArray[np.float64]] = {}
    if book.is_no_decision.any():
        measures["no_decision"] = book.is_no_decision.astype(np.float64)
    days = (book.decided_on - book.created_on).astype(np.float64)
    days[np.isnat(book.decided_on) | np.isnat(book.created_on)] = np.nan
    days[days < 0] = np.nan
    if not np.isnan(days).all():
        measures["cycle_days"] = days
    if evidence.facts.has("seen/opportunity_contact"):
        measures["stakeholders"] = _stakeholders(evidence)
    return {
        name: [_change(evidence, values=values, group=group) for group in groups]
        for name, values in measures.items()
    }


def _stakeholders(evidence: Evidence) -> npt.NDArray[np.float64]:
    counts = _contacts(evidence.facts)
    return np.array([counts[name] for name in evidence.book.ids], dtype=np.float64)


@facts.once
def _contacts(known: facts.Facts) -> Counter[str]:
    """How many contacts each opportunity has."""
    rows = facts.collect(known.columns("seen/opportunity_contact", "opportunity_id"))
    return Counter(rows.column("opportunity_id").tolist())


def _change(
    evidence: Evidence, *, values: npt.NDArray[np.float64], group: npt.NDArray[np.bool_]
) -> _Moved:
    sides = []
    for period in _both(evidence):
        inside = evidence.book.decided_in(period) & group & ~np.isnan(values)
        sides.append(values[inside])
    before, now = sides
    if min(len(before), len(now)) <= 1:
        return _Moved(change=0.0, error=0.0, n=0)
    error = np.sqrt(before.var(ddof=1) / len(before) + now.var(ddof=1) / len(now))
    return _Moved(
        change=float(now.mean() - before.mean()), error=float(error), n=len(before) + len(now)
    )


def _rate_change(evidence: Evidence, *, group: npt.NDArray[np.bool_]) -> _Moved:
    return _change(evidence, values=evidence.book.is_won.astype(np.float64), group=group)


def _pooled(moved: list[_Moved]) -> _Moved:
    weights = np.array([one.n for one in moved], dtype=np.float64)
    total = float(weights.sum())
    if total == 0:
        return _Moved(change=0.0, error=0.0, n=0)
    weights /= total
    change = float(weights @ np.array([one.change for one in moved]))
    error = float(np.sqrt(weights**2 @ np.square([one.error for one in moved])))
    return _Moved(change=change, error=error, n=int(total))


def _both(evidence: Evidence) -> tuple[Period, Period]:
    return evidence.comparison.base, evidence.comparison.actual
