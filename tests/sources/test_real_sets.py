"""Real data to get right; where the sets do not lie beside the checkout, these tests skip."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from headway.sources import csv_files, demo
from headway.sources.csv_files.source import NoOpportunitiesError
from headway.sources.protocol import Delivery

pytestmark = pytest.mark.slow

SETS = Path(__file__).parents[3] / "shared" / "data" / "crm"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Delivery]:
    kept: dict[str, Delivery] = {}

    def read(name: str) -> Delivery:
        path = demo.FOLDER if name == "adventureworks_sales" else SETS / name
        if not path.is_dir():
            pytest.skip(f"{name} does not lie beside the checkout in shared/data/crm")
        if name not in kept:
            into = tmp_path_factory.mktemp(name)
            kept[name] = csv_files.read(csv_files.recognise(path), into=into)
        return kept[name]

    return read


def one(delivery: Delivery, table: str, expression: str, where: str = "true") -> object:
    file = delivery.tables[table]
    row = duckdb.execute(
        f"select {expression} from read_parquet('{file}') where {where}"
    ).fetchone()
    assert row is not None
    return row[0] if len(row) == 1 else row


def counts(delivery: Delivery) -> dict[str, tuple[int, int, int]]:
    return {count.file: (count.rows_in, count.kept, count.rejected) for count in delivery.counts}


def test_maven_is_whole(delivered) -> None:
    maven = delivered("maven_crm_sales")
    assert counts(maven) == {
        "accounts.csv": (85, 85, 0),
        "products.csv": (7, 7, 0),
        "sales_pipeline.csv": (8_800, 8_800, 0),
        "sales_teams.csv": (35, 35, 0),
    }
    groups = "count(*) filter (stage_group = 'won'), count(*) filter (stage_group = 'lost')"
    assert one(maven, "seen/opportunity", groups) == (4_238, 2_473)
    assert one(maven, "seen/opportunity", "count(*)", "account_id is null") == 1_425
    assert one(maven, "seen/opportunity", "count(*)", "created_at is null") == 500
    assert (maven.data_from, maven.as_of) == (date(2016, 10, 20), date(2017, 12, 31))


def test_maven_folds_a_misspelt_product_and_says_so(delivered) -> None:
    maven = delivered("maven_crm_sales")
    assert one(maven, "seen/product", "count(*)") == 7
    assert one(maven, "seen/opportunity_line", "count(*)", "product_id = 'GTX Pro'") == 1_480
    assert any('1,480 rows name the product "GTXPro"' in note for note in maven.notes)


def test_maven_keeps_sellers_without_opportunities_and_prices_what_is_open(delivered) -> None:
    maven = delivered("maven_crm_sales")
    # 35 sellers, five of them without an opportunity, and 6 managers.
    assert one(maven, "seen/person", "count(*)") == 41
    assert one(maven, "seen/reporting_line", "count(*)", "role = 'seller'") == 35
    assert one(maven, "seen/opportunity", "min(amount)::int", "stage_group <> 'won'") == 55


def test_school_reads_ids_dates_and_money_as_they_are_meant(delivered) -> None:
    school = delivered("school_zoho_crm")
    assert counts(school) == {
        "calls.csv.gz": (62_204, 62_204, 0),
        "contacts.csv.gz": (12_955, 12_955, 0),
        "deals.csv.gz": (14_855, 14_853, 2),
    }
    assert one(school, "seen/opportunity", "min(length(opportunity_id))") == 19
    assert one(school, "seen/opportunity", "count(*)", "amount = 2900") == 11
    assert one(school, "seen/opportunity", "count(*)", "amount = 11398") == 1
    assert one(school, "seen/opportunity", "count(*)", "stage_group = 'won'") == 693
    assert one(school, "seen/opportunity", "max(created_at)::date::varchar") == "2024-03-31"
    assert school.as_of == date(2024, 6, 21)


def test_school_says_how_long_a_conversation_is(delivered) -> None:
    school = delivered("school_zoho_crm")
    assert any("of 62,204 calls last 60 seconds or more" in note for note in school.notes)
    assert one(school, "seen/activity", "count(*)", "direction = 'in'") == 6_321
    # The footer's two lines stand in the rejections with their place in the file.
    lines = school.rejections.read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["14855", "14856"]


def test_adventureworks_has_won_orders_only_and_says_so(delivered) -> None:
    works = delivered("adventureworks_sales")
    assert one(works, "seen/opportunity", "count(*), min(stage_group), max(stage_group)") == (
        3_796,
        "won",
        "won",
    )
    assert one(works, "seen/opportunity_line", "count(*)") == 60_855
    assert one(works, "seen/target", "count(*)") == 163
    assert one(works, "seen/opportunity", "sum(amount)::bigint") == 80_450_597
    assert any("not measured" in lack for lack in works.lacks)


def test_adventureworks_moves_territories_over_time(delivered) -> None:
    works = delivered("adventureworks_sales")
    file = works.tables["seen/reporting_line"]
    rows = duckdb.execute(
        f"select person_id, region, valid_from::varchar, valid_to::varchar from "
        f"read_parquet('{file}')"
        " where person_id in ('277', '280') order by 1, 3"
    ).fetchall()
    assert rows == [
        ("277", "Central", "2010-12-29", "2012-06-30"),
        ("277", "Northeast", "2012-06-30", None),
        ("280", "Northwest", "2010-12-29", "2012-04-30"),
        ("280", None, "2012-04-30", None),
    ]


def test_adventureworks_gives_an_account_one_owner_a_day(delivered) -> None:
    works = delivered("adventureworks_sales")
    file = works.tables["seen/account_owner"]
    overlapping = duckdb.execute(
        f"select count(*) from read_parquet('{file}') a join read_parquet('{file}') b using "
        f"(account_id)"
        " where a.valid_from < b.valid_from and coalesce(a.valid_to, date '9999-01-01') > "
        "b.valid_from"
    ).fetchone()
    assert overlapping == (0,)
    twice = "count(*) - count(distinct (account_id, valid_from))"
    empty = "count(*) filter (valid_to <= valid_from)"
    assert one(works, "seen/account_owner", f"{twice}, {empty}") == (0, 0)
    assert works.organisation.name == "AdventureWorks"


def test_an_event_log_becomes_opportunities_with_history(delivered) -> None:
    log = delivered("bpic2012_loan_offers")
    assert counts(log)["cases.parquet"] == (8_829, 8_829, 0)
    assert one(log, "seen/opportunity", "count(*)", "stage_group = 'won'") == 1_574
    assert one(log, "seen/person", "list(person_id)", "is_service_user") == ["112"]
    assert one(log, "seen/activity", "max(duration_minutes) <= 480") is True


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("x_education_leads", "the day each was created or closed and the seller who owns each"),
        ("uci_bank_calls", "day and month stand without a year"),
        ("ibm_hr_attrition", "a stage or outcome"),
        ("exit_survey_tafe", "a stage or outcome"),
        ("enron_org_email", "a stage or outcome"),
    ],
)
def test_what_holds_no_opportunities_is_refused_in_one_sentence(
    name: str, lacks: str, tmp_path: Path
) -> None:
    if not (SETS / name).is_dir():
        pytest.skip(f"{name} does not lie beside the checkout in shared/data/crm")
    proposal = csv_files.recognise(SETS / name)
    with pytest.raises(NoOpportunitiesError) as refused:
        csv_files.read(proposal, into=tmp_path)
    assert lacks in str(refused.value)
    assert str(refused.value).count(". ") == 0
