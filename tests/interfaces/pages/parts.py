"""Parts of the invented answers: metrics, tree, places, stages, ladder, doubts."""

from datetime import date

from headway.terms.answer import (
    Cause,
    CauseKind,
    Factor,
    Figure,
    LadderLine,
    Mark,
    Metric,
    Missing,
    Point,
    StageStep,
    Standing,
    Unit,
)
from headway.terms.organisation import Organisation
from headway.terms.period import Period, moved

ORGANISATION = Organisation(name="Calder Works", currency="EUR")
ACTUAL = Period(first=date(2026, 4, 1), end=date(2026, 10, 1))
BASE = moved(ACTUAL, months=-12)
LAST_QUARTER = Period(first=date(2026, 7, 1), end=date(2026, 10, 1))


def share(value: float, *, low: float, high: float, n: int) -> Figure:
    """A rate with its range."""
    return Figure(value=value, low=low, high=high, n=n)


def series(*values: float | None) -> tuple[Point, ...]:
    """Quarters up to the last one of the comparison."""
    months = [3 * (index - len(values) + 1) for index in range(len(values))]
    return tuple(
        Point(period=moved(LAST_QUARTER, months=back), value=value)
        for back, value in zip(months, values, strict=True)
    )


NOT_MEASURED = Figure(value=None, missing=Missing.NOT_MEASURED)

METRICS = (
    Metric(
        code="bookings",
        unit=Unit.MONEY,
        now=Figure(value=6.42e6, n=118),
        before=Figure(value=7.31e6, n=131),
        change=Figure(value=-0.89e6, low=-1.5e6, high=-0.26e6, n=249),
        series=series(3.4e6, 3.6e6, 3.8e6, 3.5e6, 3.7e6, 3.4e6, 3.3e6, 3.1e6),
    ),
    Metric(
        code="close_rate",
        unit=Unit.SHARE,
        now=share(0.24, low=0.20, high=0.29, n=246),
        before=share(0.31, low=0.27, high=0.36, n=259),
        change=Figure(value=-0.07, low=-0.12, high=-0.02, n=505),
        series=series(0.3, 0.32, 0.31, 0.31, 0.3, 0.28, 0.26, 0.24),
        marks=("missing_owner",),
    ),
    Metric(
        code="opportunities_created",
        unit=Unit.COUNT,
        now=Figure(value=412, low=379, high=447, n=412),
        before=Figure(value=388, low=356, high=422, n=388),
        change=Figure(value=24, low=-22, high=70, n=800),
        series=series(180, 190, 186, 196, 195, 205, 203, 209),
    ),
    Metric(
        code="cycle_time",
        unit=Unit.DAYS,
        now=share(94, low=88, high=99, n=366),
        before=share(92, low=87, high=97, n=350),
        change=Figure(value=2, low=-4, high=9, n=716),
        series=series(90, 95, 88, 97, 92, 99, 90, 94),
    ),
    Metric(
        code="cohort_win_rate",
        unit=Unit.SHARE,
        now=share(0.21, low=0.17, high=0.25, n=412),
        before=share(0.26, low=0.22, high=0.3, n=388),
        change=Figure(value=-0.05, low=-0.1, high=0.0, n=800),
        caveats=("cohort_still_open",),
    ),
    Metric(
        code="value_win_rate",
        unit=Unit.SHARE,
        now=share(0.22, low=0.16, high=0.3, n=246),
        before=share(0.33, low=0.26, high=0.4, n=259),
        change=Figure(value=-0.11, low=-0.2, high=-0.02, n=505),
    ),
    Metric(
        code="slip",
        unit=Unit.SHARE,
        now=share(0.38, low=0.31, high=0.45, n=133),
        before=share(0.29, low=0.23, high=0.36, n=120),
        change=Figure(value=0.09, low=-0.01, high=0.19, n=253),
    ),
    Metric(
        code="velocity",
        unit=Unit.MONEY_PER_DAY,
        now=Figure(value=41_200, low=33_000, high=50_100, n=246),
        before=Figure(value=47_900, low=39_000, high=57_000, n=259),
        change=Figure(value=-6_700, low=-19_000, high=5_500),
    ),
    Metric(
        code="coverage", unit=Unit.RATIO, now=NOT_MEASURED, before=NOT_MEASURED, change=NOT_MEASURED
    ),
)

TREE = (
    Factor(code="sellers", base=24, actual=23, contribution=-0.08e6, low=-0.21e6, high=0.04e6),
    Factor(
        code="opportunities_per_seller",
        base=10.8,
        actual=11.2,
        contribution=0.21e6,
        low=0.05e6,
        high=0.37e6,
        parts=(
            Factor(
                code="capacity",
                base=0.92,
                actual=0.9,
                contribution=-0.09e6,
                low=-0.2e6,
                high=0.01e6,
            ),
            Factor(
                code="opportunities_per_capacity",
                base=11.7,
                actual=12.4,
                contribution=0.30e6,
                low=0.1e6,
                high=0.5e6,
            ),
        ),
    ),
    Factor(code="win_rate", base=0.31, actual=0.24, contribution=-1.13e6, low=-1.6e6, high=-0.62e6),
    Factor(
        code="average_amount",
        base=88_000,
        actual=90_400,
        contribution=0.11e6,
        low=-0.06e6,
        high=0.27e6,
    ),
)

CAUSES = (
    Cause(
        slice={"product": "Service contract", "region": "West"},
        kind=CauseKind.RATE,
        contribution=-0.052,
        low=-0.071,
        high=-0.03,
        p=0.002,
        n=92,
        share=0.70,
        before=share(0.38, low=0.27, high=0.5, n=46),
        now=share(0.19, low=0.11, high=0.3, n=46),
        measure=Unit.SHARE,
    ),
    Cause(
        slice={"industry": "Food and beverage", "type": "New business"},
        kind=CauseKind.RATE,
        contribution=-0.013,
        low=-0.022,
        high=-0.003,
        p=0.04,
        n=61,
        share=0.18,
        before=share(0.22, low=0.12, high=0.35, n=32),
        now=share(0.14, low=0.06, high=0.27, n=29),
        measure=Unit.SHARE,
    ),
)
LOOKED = ("region", "product", "industry", "type", "lead_source")

STAGES = (
    StageStep(
        stage="First talk",
        next_stage="Qualified",
        now=share(0.57, low=0.53, high=0.61, n=412),
        before=share(0.58, low=0.54, high=0.62, n=388),
        within_days=60,
    ),
    StageStep(
        stage="Qualified",
        next_stage="Proposal",
        now=share(0.50, low=0.45, high=0.54, n=371),
        before=share(0.49, low=0.45, high=0.54, n=360),
        within_days=60,
    ),
    StageStep(
        stage="Proposal",
        next_stage="Short list",
        now=share(0.53, low=0.48, high=0.58, n=318),
        before=share(0.61, low=0.56, high=0.66, n=310),
        within_days=60,
    ),
    StageStep(
        stage="Short list",
        next_stage="Won",
        now=share(0.45, low=0.4, high=0.51, n=246),
        before=share(0.51, low=0.45, high=0.56, n=259),
        within_days=60,
    ),
)

LADDER = (
    LadderLine(
        code="demand",
        standing=Standing.RULED_OUT,
        reason="demand_held",
        figures={"change_share": 0.06},
    ),
    LadderLine(
        code="mix",
        standing=Standing.RULED_OUT,
        reason="mix_small",
        figures={"mix_points": -0.004, "dimension": "product"},
    ),
    LadderLine(
        code="single_deal",
        standing=Standing.RULED_OUT,
        reason="single_deal_small",
        figures={"share": 0.07},
    ),
    LadderLine(code="season", standing=Standing.RULED_OUT, reason="season_same"),
    LadderLine(
        code="know",
        standing=Standing.RULED_OUT,
        reason="know_peers_do",
        place="Service contract, West",
        figures={"k": 6, "n": 15},
    ),
    LadderLine(
        code="buyer",
        standing=Standing.CANDIDATE,
        reason="buyer_moved_everywhere",
        missing=("seen/contact_role",),
    ),
    LadderLine(
        code="process",
        standing=Standing.UNTESTED,
        reason="no_process_data",
        missing=("seen/activity",),
    ),
    LadderLine(
        code="price", standing=Standing.UNTESTED, reason="no_price_data", missing=("seen/quote",)
    ),
    LadderLine(
        code="execution",
        standing=Standing.UNTESTED,
        reason="no_crm_data",
        missing=("seen/activity", "said/commitment"),
    ),
    LadderLine(
        code="training",
        standing=Standing.UNTESTED,
        reason="no_training_data",
        missing=("seen/training",),
    ),
    LadderLine(
        code="coaching", standing=Standing.UNTESTED, reason="no_sessions", missing=("said/session",)
    ),
    LadderLine(
        code="leadership",
        standing=Standing.UNTESTED,
        reason="no_priorities",
        missing=("meant/priority", "said/message"),
    ),
)

MARKS = (
    Mark(
        code="missing_owner",
        table="seen/opportunity",
        row_count=31,
        share=0.06,
        affects=("win_rate", "close_rate", "sellers"),
    ),
    Mark(
        code="closed_before_created",
        table="seen/opportunity",
        row_count=4,
        share=0.008,
        affects=("cycle_days",),
    ),
)
