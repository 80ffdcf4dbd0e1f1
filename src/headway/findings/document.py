"""`findings.json`: the public form of what was found, exactly as the bundle format describes it.

Codes only: `message` of a doubt is worded by whoever writes the file. Numbers are not rounded.
"""

from collections.abc import Callable, Mapping, Sequence

import headway
from headway.findings.strategy import exported
from headway.terms.answer import (
    Answer,
    Cause,
    Comparison,
    Factor,
    Kpi,
    LadderLine,
    Mark,
    SingleDeal,
    Standing,
)
from headway.terms.strategy import NOTHING, StrategyFindings

FORMAT, FORMAT_VERSION = "headway-findings", 1

LISTS = (
    "chains",
    "belief_gaps",
    "belief_calibration",
    "belief_levels",
    "patterns",
    "results",
    "positions",
    "coaching",
    "continuity",
    "measures",
    "data_quality",
)
FACTORS = ("sellers", "opportunities_per_seller", "win_rate", "average_amount")
# Without owners all opportunities stand where the format has those of one seller.
SAME_AS = {"opportunities": "opportunities_per_seller"}
RUNGS = (
    "leadership",
    "execution",
    "accountability",
    "training",
    "development",
    "coaching",
    "growth",
    "know",
    "buyer",
    "process",
    "mix",
    "season",
    "capacity",
    "demand",
    "price",
    "single_deal",
    "data_quality",
)
DOUBTS = (
    "rejected_rows",
    "unknown_column",
    "after_as_of",
    "missing_manager",
    "late_recording",
    "duplicate",
    "closed_before_created",
    "history_gap",
    "left_truncated",
    "open_at_end",
    "low_logging",
    "blank_account",
    "single_source_change",
)
LADDER: Mapping[str, Standing] = {
    "named": Standing.NAMED,
    "candidates": Standing.CANDIDATE,
    "ruled_out": Standing.RULED_OUT,
    "untested": Standing.UNTESTED,
}


def of(
    answers: Sequence[Answer],
    *,
    strategy: StrategyFindings = NOTHING,
    doubts: Sequence[Mark] = (),
    message: Callable[[Mark], str],
) -> dict[str, object]:
    """The document of one run.

    Args:
        answers: one per result, of the same facts; at least one.
        strategy: what was found about the declared strategy, of the same facts.
        doubts: further doubts that belong to the run and to no answer, such as rejected rows.
        message: one plain sentence for a doubt.

    Returns:
        What `json.dumps` writes. Every list is there and sorted by its key; a list whose capability
        is not built is empty; a finding that could not be made stands with its verdict
        "cannot_tell".
    """
    first = answers[0]
    marks = {(mark.code, mark.table): mark for answer in answers for mark in answer.marks}
    marks.update({(mark.code, mark.table): mark for mark in doubts})
    document: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "bundle_sha256": first.facts_id,
        "as_of": first.as_of.isoformat(),
        "engine": f"headway {headway.__version__}",
        **{name: [] for name in LISTS},
    }
    document["chains"] = exported.chains(strategy.chains)
    document["belief_gaps"] = exported.belief_gaps(strategy.belief_gaps)
    document["belief_calibration"] = exported.belief_calibration(strategy.calibrations)
    document["belief_levels"] = exported.belief_levels(strategy.level_profiles)
    document["patterns"] = exported.patterns(strategy.patterns)
    document["coaching"] = exported.coaching(strategy.coaching)
    document["measures"] = exported.measures(strategy.measures)
    document["results"] = sorted(
        (_result(answer) for answer in answers),
        key=lambda row: (str(row["kpi"]), str(row["period_from"] or "")),
    )
    document["data_quality"] = [
        {
            "code": mark.code,
            "table": mark.table,
            "row_count": mark.row_count,
            "share": mark.share,
            "message": message(mark),
        }
        for _, mark in sorted(marks.items())
        if mark.code in DOUBTS
    ]
    return document


def _result(answer: Answer) -> dict[str, object]:
    return {
        "kpi": answer.kpi.value,
        **_spans(answer.comparison),
        "base": answer.base.value,
        "actual": answer.actual.value,
        "verdict": answer.verdict.value,
        "tree": _tree(answer),
        "causes": [_cause(cause) for cause in _causes(answer)],
        "single_deals": [_deal(deal) for deal in answer.single_deals],
        "ladder": {name: _rungs(answer, standing=one) for name, one in LADDER.items()},
    }


def _spans(comparison: Comparison | None) -> dict[str, object]:
    names = ("period_from", "period_to", "base_from", "base_to")
    if comparison is None:
        return dict.fromkeys(names)
    actual, base = comparison.actual, comparison.base
    days = (actual.first, actual.end, base.first, base.end)
    return {name: day.isoformat() for name, day in zip(names, days, strict=True)}


def _tree(answer: Answer) -> list[dict[str, object]]:
    # The contributions are of bookings: beside another result they would not sum to its change.
    if answer.kpi is not Kpi.BOOKINGS or not answer.tree:
        return []
    known = {SAME_AS.get(factor.code, factor.code): factor for factor in answer.tree}
    return [_factor(code, known.get(code)) for code in FACTORS]


def _factor(code: str, factor: Factor | None) -> dict[str, object]:
    return {
        "factor": code,
        "base": None if factor is None else factor.base,
        "actual": None if factor is None else factor.actual,
        "contribution": 0.0 if factor is None else factor.contribution,
    }


def _causes(answer: Answer) -> list[Cause]:
    found = (one.causes for one in answer.localisations if one.kpi is answer.kpi)
    # Strongest first, the general move among them.
    return sorted(
        (cause for causes in found for cause in causes), key=lambda cause: -abs(cause.contribution)
    )


def _cause(cause: Cause) -> dict[str, object]:
    return {
        "slice": dict(sorted(cause.slice.items())),
        "kind": cause.kind.value,
        "contribution": cause.contribution,
        "low": cause.low,
        "high": cause.high,
        "p": cause.p,
    }


def _deal(deal: SingleDeal) -> dict[str, object]:
    return {
        "opportunity": deal.opportunity,
        "contribution": deal.contribution,
        "share": deal.share,
    }


def _rungs(answer: Answer, *, standing: Standing) -> list[dict[str, object]]:
    lines = [
        line
        for line in answer.ladder
        if line.standing is standing and line.is_exported and line.code in RUNGS
    ]
    return [_rung(line) for line in sorted(lines, key=lambda line: (line.code, line.place or ""))]


def _rung(line: LadderLine) -> dict[str, object]:
    return {
        "code": line.code,
        "place": line.place,
        "supports": sorted(line.supports),
        "refuters": sorted(line.refuters),
        "missing": sorted(line.missing),
    }
