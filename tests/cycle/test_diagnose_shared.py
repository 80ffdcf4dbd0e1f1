"""Real sets that may not be shipped: read where they lie, figures checked by SQL of their own."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from headway.cycle import diagnose
from headway.terms.answer import Basis, Kpi, LadderLine, Standing, Verdict
from headway.terms.question import Question

pytestmark = pytest.mark.slow

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "crm"


def folder(name: str) -> Path:
    path = SHARED / name
    if not path.is_dir():
        pytest.skip(f"{name} lies beside a developer's checkout only, and is not there")
    return path


@pytest.fixture(scope="module")
def maven() -> diagnose.Diagnosis:
    return diagnose.diagnose(folder("maven_crm_sales"), question=Question())


@pytest.fixture(scope="module")
def school() -> diagnose.Diagnosis:
    return diagnose.diagnose(folder("school_zoho_crm"), question=Question())


def line(found: diagnose.Diagnosis, code: str) -> LadderLine:
    return next(line for line in found.asked.ladder if line.code == code)


def spans(found: diagnose.Diagnosis) -> tuple[date, date, date, date]:
    comparison = found.asked.comparison
    assert comparison is not None
    assert comparison.basis is Basis.PREVIOUS
    assert not comparison.is_season_known
    actual, base = comparison.actual, comparison.base
    return actual.first, actual.end, base.first, base.end


def test_maven_is_not_compared_with_its_first_quarter(maven: diagnose.Diagnosis) -> None:
    expected = (date(2017, 10, 1), date(2018, 1, 1), date(2017, 7, 1), date(2017, 10, 1))
    assert spans(maven) == expected
    assert all(answer.verdict is not Verdict.FALLING for answer in maven.answers[:1])


def test_maven_has_the_figures_that_sql_finds(maven: diagnose.Diagnosis) -> None:
    pipeline = folder("maven_crm_sales") / "sales_pipeline.csv"
    rows = duckdb.sql(
        "SELECT quarter(close_date), sum(close_value), avg((deal_stage = 'Won')::int), count(*) "
        f"FROM '{pipeline}' WHERE close_date >= DATE '2017-07-01' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    by_kpi = {answer.kpi: answer for answer in maven.answers}
    for side, (_, amount, rate, n) in zip(("base", "actual"), rows, strict=True):
        assert getattr(by_kpi[Kpi.BOOKINGS], side).value == pytest.approx(amount)
        assert getattr(by_kpi[Kpi.WIN_RATE], side).value == pytest.approx(rate)
        assert getattr(by_kpi[Kpi.WIN_RATE], side).n == n
    tree = {factor.code: factor for factor in maven.asked.tree}
    total = sum(factor.contribution for factor in tree.values())
    assert total == pytest.approx(2_802_496 - 2_982_255)


def test_maven_tells_the_pull_of_the_quarter_end(maven: diagnose.Diagnosis) -> None:
    pull = line(maven, "quarter_end")
    assert pull.reason == "quarter_end.pull_in_both"
    pipeline = folder("maven_crm_sales") / "sales_pipeline.csv"
    rates = duckdb.sql(
        "SELECT month(close_date) % 3 = 0, avg((deal_stage = 'Won')::int) "
        f"FROM '{pipeline}' WHERE close_date >= DATE '2017-07-01' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert pull.figures["rate_other_months"] == pytest.approx(rates[0][1])
    assert pull.figures["rate_last_month"] == pytest.approx(rates[1][1])


def test_maven_names_no_place_and_says_what_it_would_have_seen(maven: diagnose.Diagnosis) -> None:
    for one in maven.asked.localisations:
        assert one.causes == ()
        assert one.looked_at > 100
        assert one.smallest_seen is not None


def test_maven_counts_what_has_no_day_of_creation(maven: diagnose.Diagnosis) -> None:
    assert maven.asked.omitted == {"no_created_at": 500}


def test_school_ends_where_its_creations_end(school: diagnose.Diagnosis) -> None:
    expected = (date(2024, 1, 1), date(2024, 4, 1), date(2023, 10, 1), date(2024, 1, 1))
    assert spans(school) == expected
    assert school.asked.comparison is not None
    assert school.asked.comparison.recorded_to == date(2024, 3, 31)


def test_school_has_the_figures_that_sql_finds(school: diagnose.Diagnosis) -> None:
    deals = folder("school_zoho_crm") / "deals.csv.gz"
    rows = duckdb.sql(
        f"""WITH deals AS (
            SELECT DISTINCT ON ("Id") "Stage" = 'Payment Done' AS won,
                try_strptime("Closing Date", '%d.%m.%Y')::DATE AS closed
            FROM read_csv('{deals}', all_varchar = true)
            WHERE "Stage" IN ('Payment Done', 'Lost'))
        SELECT date_trunc('quarter', closed), count(*), count(*) FILTER (won) FROM deals
        WHERE closed >= DATE '2023-10-01' AND closed < DATE '2024-04-01' GROUP BY 1 ORDER BY 1"""
    ).fetchall()
    rate = next(answer for answer in school.answers if answer.kpi is Kpi.WIN_RATE)
    for side, (_, n, won) in zip((rate.base, rate.actual), rows, strict=True):
        assert side.n == n
        assert side.value == pytest.approx(won / n)


def test_school_says_that_the_season_is_not_known(school: diagnose.Diagnosis) -> None:
    season = line(school, "season")
    assert (season.standing, season.reason) == (Standing.UNTESTED, "season.not_known")
    assert school.rejections is not None
    school.rejections.unlink(missing_ok=True)
