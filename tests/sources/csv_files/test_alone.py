"""Exports of which only a part was handed over: what is there is read, what is not is left out."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from written import column, read, rejections, report

from headway.sources import csv_files, demo
from headway.sources.protocol import FileCount

DEALS = (
    "Deal ID,Customer,Owner,Status,Value,Created,Closed\n1,Acme,Ada,Won,100,2025-01-02,2025-02-01\n"
)


def folder(place: Path, **files: str) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def test_a_pipeline_of_maven_without_its_lists(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "maven",
        pipeline="opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,"
        "close_value\n1,Ada,Alpha,Acme,Won,2017-01-01,2017-03-01,100\n"
        "2,Bob,Alpha,Acme,Lost,2017-01-02,2017-03-02,0\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "maven"
    assert column(delivery, "seen/person", "person_id") == ["Ada", "Bob"]
    assert column(delivery, "seen/product", "name") == ["Alpha"]
    assert "seen/reporting_line" not in delivery.tables


def test_lines_and_field_histories_of_salesforce_without_the_whole_history(
    tmp_path: Path,
) -> None:
    path = folder(
        tmp_path / "sf",
        opportunities="Id,Name,OwnerId,StageName,CloseDate,CreatedDate,Amount,IsWon,IsClosed\n"
        "006A,First,005A,Closed Won,2024-03-01,2024-01-01T09:00:00Z,100,true,true\n"
        "006B,Second,005A,Closed Lost,2024-03-02,2024-01-02T09:00:00Z,50,false,true\n",
        lines="Id,OpportunityId,Product2Id,Quantity,UnitPrice,TotalPrice\n"
        "00k1,006A,Alpha,2,50,100\n00k2,006X,Alpha,1,50,50\n",
        field_history="OpportunityId,Field,OldValue,NewValue,CreatedDate,CreatedById\n"
        "006A,StageName,Prospecting,Closed Won,2024-02-01T09:00:00Z,005A\n",
        users="Id,Name,ProfileId\n005A,Ada,00e1\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "salesforce"
    assert column(delivery, "seen/opportunity_line", "line_amount") == [Decimal("100.00")]
    assert column(delivery, "seen/opportunity_change", "new_value") == ["Closed Won"]
    assert column(delivery, "seen/person", "name") == ["Ada"]
    assert "seen/reporting_line" not in delivery.tables
    # The line of an opportunity that is not there is rejected, and said.
    assert [line.split(",")[:3] for line in rejections(delivery)] == [
        ["lines.csv", "3", "opportunity_id"]
    ]


def test_deals_of_hubspot_without_companies(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "hs",
        deals="Record ID,Deal Name,Deal Stage,Close Date,Amount,Deal owner,Create Date,Pipeline\n"
        "11,Big,Closed won,2024-03-01 10:00,1000,Ada,2024-01-01 09:30,Default\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "hubspot"
    assert column(delivery, "seen/opportunity", "amount") == [Decimal("1000.00")]
    assert "seen/account" not in delivery.tables


@pytest.mark.slow
def test_the_orders_of_adventureworks_without_quotas_and_names(tmp_path: Path) -> None:
    path = tmp_path / "aw"
    shutil.copytree(demo.FOLDER, path, ignore=shutil.ignore_patterns("quota*", "persons*"))
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "adventureworks"
    assert "seen/target" not in delivery.tables
    assert len(column(delivery, "seen/opportunity", "opportunity_id")) == 3796


@pytest.mark.slow
def test_orders_in_one_currency_by_people_hired_before_them(tmp_path: Path) -> None:
    path = tmp_path / "aw"
    shutil.copytree(demo.FOLDER, path)
    employees, orders = path / "employees.csv", path / "reseller_sales_lines.parquet"
    hired = "select * replace (date '2008-01-01' as HireDate)"
    duckdb.execute(
        f"copy ({hired} from read_csv('{employees}', all_varchar = true)) to '{path}/hired.csv'"
    )
    dollars = f"select * from read_parquet('{orders}') where CurrencyKey = '100'"
    duckdb.execute(f"copy ({dollars}) to '{path}/dollars.parquet'")
    employees.unlink()
    orders.unlink()
    delivery = read(path, tmp_path / "out")
    assert set(column(delivery, "seen/person", "hired_on")) == {date(2008, 1, 1)}
    told = " ".join(delivery.notes)
    assert "Hire dates were moved" not in told
    assert "Amounts are read as one currency" not in told


def test_deals_of_zoho_without_calls(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "zoho",
        deals="Record Id,Deal Owner.id,Deal Owner,Deal Name,Amount,Stage,Closing Date,Account "
        "Name,Created Time\nz1,u1,Ada,Big,100,Closed Won,2024-03-01,Acme,2024-01-01 10:00:00\n",
    )
    proposal = csv_files.recognise(path)
    assert proposal.shape == "zoho"
    assert "seen/activity" not in csv_files.read(proposal, into=tmp_path / "out").tables


def test_orders_without_customers_and_products(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "orders",
        orders="Order No,Order Date,Sales Rep,Quantity,Unit Price\n"
        "S1,2025-01-02,Ada,2,10.00\nS2,2025-02-02,Bob,3,10.00\n",
    )
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [Decimal("20.00"), Decimal("30.00")]
    assert {"seen/opportunity_line", "seen/account"}.isdisjoint(delivery.tables)


def test_a_history_of_nothing_that_is_followed_is_said_not_to_be_read(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "crm",
        deals=DEALS + "2,Bolt,Bob,Lost,100,2025-01-02,2025-02-02\n",
        history="Deal ID,Field Name,Old Value,New Value,Changed At\n"
        "1,Colour,red,blue,2025-01-20 09:00\n2,Colour,blue,red,2025-01-21 09:00\n",
    )
    delivery = read(path, tmp_path / "out")
    assert any("it follows no field that Headway follows" in note for note in delivery.notes)
    assert "seen/opportunity_change" not in delivery.tables


def test_a_folder_of_mappings_may_know_nothing_of_these_columns(tmp_path: Path) -> None:
    mappings = tmp_path / "mappings"
    mappings.mkdir()
    path = report(tmp_path, "006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31")
    assert csv_files.recognise(path, mapping=mappings).answers == {}


def test_rows_that_do_not_add_up_are_no_count() -> None:
    with pytest.raises(ValueError, match=r"a\.csv: 3 in, 1 \+ 1 out"):
        FileCount(file="a.csv", rows_in=3, kept=1, rejected=1)


def test_a_list_without_ids_is_said_not_to_be_read(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "zoho",
        deals="Record Id,Deal Owner,Deal Name,Amount,Stage,Closing Date,Account Name,Created Time\n"
        "z1,Ada,Big,100,Closed Won,2024-03-01,Acme,2024-01-01 10:00:00\n",
        call_report="Call Start Time,Call Owner,Call Type,Call Duration\n"
        "2024-01-02 10:00:00,Ada,Outbound,01:30\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    said = "call_report.csv was not read: no column of it is the activity id."
    assert [note for note in proposal.notes if "was not read" in note] == [said]
    assert [note for note in delivery.notes if "was not read" in note] == [said]
    # Rows that went nowhere are not counted as kept.
    assert [count.file for count in delivery.counts] == ["deals.csv"]
    assert "seen/activity" not in delivery.tables


def test_deals_without_ids_are_refused_for_that(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "zoho",
        deals="Deal Owner,Deal Name,Amount,Stage,Closing Date,Account Name,Created Time\n"
        "Ada,Big,100,Closed Won,2024-03-01,Acme,2024-01-01 10:00:00\n",
    )
    assert csv_files.recognise(path).refusal.endswith("it lacks an id of each opportunity.")


def test_opportunities_without_a_day_are_refused_for_that(tmp_path: Path) -> None:
    path = report(tmp_path, "006A,First,Acme,Ada,Closed Won,1000,soon,2024-13-31")
    assert csv_files.recognise(path).refusal.endswith(
        "it lacks the day each was created or closed."
    )
