"""Answers made by hand, one for each state of the page; people, firms and figures are invented."""

from dataclasses import replace
from datetime import date

from tests.interfaces.pages.parts import (
    ACTUAL,
    BASE,
    CAUSES,
    LADDER,
    LOOKED,
    MARKS,
    METRICS,
    NOT_MEASURED,
    ORGANISATION,
    STAGES,
    TREE,
)

from headway.terms.answer import (
    Answer,
    Basis,
    Comparison,
    Factor,
    Figure,
    Kpi,
    Localisation,
    Metric,
    Missing,
    RateMix,
    SingleDeal,
    Unit,
    Verdict,
)
from headway.terms.organisation import Organisation
from headway.terms.period import Period

FALLING = Answer(
    organisation=ORGANISATION,
    as_of=date(2026, 10, 1),
    data_from=date(2023, 1, 1),
    facts_id="3fa9c1d27e5b44d08c1e",
    policy_version="1",
    scope="organisation",
    kpi=Kpi.BOOKINGS,
    verdict=Verdict.FALLING,
    comparison=Comparison(actual=ACTUAL, base=BASE, basis=Basis.YEAR_BEFORE, is_season_known=True),
    base=Figure(value=7.31e6, n=131),
    actual=Figure(value=6.42e6, n=118),
    change=Figure(value=-0.89e6, low=-1.5e6, high=-0.26e6, n=249),
    without_largest=Figure(value=-0.81e6, low=-1.3e6, high=-0.2e6, n=247),
    metrics=METRICS,
    tree=TREE,
    rate_mix=(
        RateMix(
            dimension="product",
            base_rate=0.31,
            actual_rate=0.24,
            rate_effect=-0.066,
            mix_effect=-0.004,
        ),
    ),
    localisations=(
        Localisation(
            kpi=Kpi.WIN_RATE,
            causes=CAUSES,
            looked_at=143,
            dimensions=LOOKED,
            smallest_seen=0.12,
            smallest_in="region",
        ),
        Localisation(
            kpi=Kpi.BOOKINGS,
            causes=(),
            looked_at=143,
            dimensions=LOOKED,
            smallest_seen=0.31,
            smallest_in="product",
            smallest_at="Pumps",
        ),
    ),
    stages=STAGES,
    single_deals=(),
    ladder=LADDER,
    marks=MARKS,
    omitted={"no_owner": 31, "no_amount": 3},
)

CANNOT_TELL = replace(
    FALLING,
    verdict=Verdict.CANNOT_TELL,
    comparison=Comparison(
        actual=Period(first=date(2017, 10, 1), end=date(2018, 1, 1)),
        base=Period(first=date(2017, 7, 1), end=date(2017, 10, 1)),
        basis=Basis.PREVIOUS,
        is_season_known=False,
    ),
    change=Figure(value=-0.21e6, low=-0.9e6, high=0.5e6, n=249),
    base=Figure(value=6.63e6, n=124),
    single_deals=(SingleDeal(opportunity="o-77", contribution=1.4e6, share=0.22),),
    tree=tuple(
        replace(each, contribution=amount, low=amount - 0.4e6, high=amount + 0.4e6, parts=())
        for each, amount in zip(TREE, (-0.08e6, 0.05e6, -0.24e6, 0.06e6), strict=True)
    ),
    localisations=(
        Localisation(
            kpi=Kpi.WIN_RATE,
            causes=(),
            looked_at=96,
            dimensions=LOOKED,
            smallest_seen=0.17,
            smallest_in="region",
        ),
    ),
    marks=(),
)

FLAT = replace(
    CANNOT_TELL,
    verdict=Verdict.FLAT,
    comparison=FALLING.comparison,
    change=Figure(value=0.06e6, low=-0.2e6, high=0.3e6, n=249),
    base=Figure(value=6.36e6, n=120),
    single_deals=(),
    without_largest=None,
    tree=tuple(
        replace(each, contribution=amount, low=amount - 0.2e6, high=amount + 0.2e6, parts=())
        for each, amount in zip(TREE, (0.02e6, 0.05e6, -0.06e6, 0.05e6), strict=True)
    ),
)

WON_ONLY = replace(
    FALLING,
    organisation=Organisation(name="Adventure Works", currency="USD"),
    metrics=(
        METRICS[0],
        replace(
            METRICS[1],
            now=NOT_MEASURED,
            before=NOT_MEASURED,
            change=NOT_MEASURED,
            series=(),
            marks=(),
        ),
        replace(METRICS[2], now=NOT_MEASURED, before=NOT_MEASURED, change=NOT_MEASURED, series=()),
        replace(METRICS[3], now=NOT_MEASURED, before=NOT_MEASURED, change=NOT_MEASURED, series=()),
        Metric(
            code="average_amount",
            unit=Unit.MONEY,
            now=Figure(value=90_400, low=82_000, high=99_000, n=118),
            before=Figure(value=88_000, low=80_000, high=97_000, n=131),
            change=Figure(value=2_400, low=-9_000, high=14_000),
        ),
    ),
    tree=(
        Factor(code="sellers", base=17, actual=17, contribution=0.0, low=-0.2e6, high=0.2e6),
        Factor(
            code="opportunities_per_seller",
            base=7.7,
            actual=6.9,
            contribution=-1.06e6,
            low=-1.5e6,
            high=-0.6e6,
        ),
        Factor(
            code="win_rate",
            base=None,
            actual=None,
            contribution=0.0,
            low=None,
            high=None,
            is_measured=False,
        ),
        Factor(
            code="average_amount",
            base=55_800,
            actual=54_400,
            contribution=0.17e6,
            low=-0.1e6,
            high=0.4e6,
        ),
    ),
    localisations=(
        Localisation(
            kpi=Kpi.BOOKINGS,
            causes=(),
            looked_at=58,
            dimensions=("region", "product"),
            smallest_seen=0.34,
            smallest_in="region",
        ),
        Localisation(
            kpi=Kpi.WIN_RATE, causes=(), looked_at=0, dimensions=(), missing=Missing.NOT_MEASURED
        ),
    ),
    stages=(),
    marks=(),
    omitted={},
)

NO_HISTORY = replace(
    FALLING,
    verdict=Verdict.CANNOT_TELL,
    comparison=None,
    base=Figure(value=None, missing=Missing.NO_CASES),
    change=Figure(value=None, missing=Missing.NO_CASES),
    tree=(),
    localisations=(),
    stages=(),
    too_little={"complete_quarters": 1, "needed_quarters": 2},
)

ALL = {
    "falling": FALLING,
    "cannot_tell": CANNOT_TELL,
    "flat": FLAT,
    "won_only": WON_ONLY,
    "no_history": NO_HISTORY,
}
