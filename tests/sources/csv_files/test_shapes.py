"""Known shapes are recognised by their columns, whatever the files are called."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
from written import column, read, rejections

from headway.sources import csv_files
from headway.sources.protocol import Delivery


def folder(place: Path, **files: str) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def rows(delivery: Delivery, table: str, columns: str, order: str) -> list[tuple[object, ...]]:
    file = delivery.tables[table]
    return duckdb.execute(
        f"select {columns} from read_parquet('{file}') order by {order}"
    ).fetchall()


def test_a_salesforce_export_with_history_users_and_activities(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "sf",
        a="Id,AccountId,OwnerId,Name,StageName,Amount,Probability,CloseDate,CreatedDate,IsClosed,IsWon\n"
        "006A,001A,005A,Big,Closed Won,10.5,100,2024-03-01,2024-01-01T10:00:00.000+0000,true,true\n"
        "006B,001A,005B,Odd,Parked,20,10,2024-04-01,2024-01-02T10:00:00.000+0000,true,false\n",
        b="Id,OpportunityId,StageName,Amount,CloseDate,CreatedById,CreatedDate\n"
        "h1,006A,Proposal,10,2024-03-01,005A,2024-01-01T10:00:00.000+0000\n"
        "h2,006A,Closed Won,10,2024-03-01,005A,2024-02-01T10:00:00.000+0000\n",
        c="Id,Name,Email,ManagerId\n005A,Ada,ada@x.org,005C\n005B,Bob,bob@x.org,005C\n005C,Meg,m@x.org,\n",
        d="Id,OwnerId,WhatId,Subject,TaskSubtype,ActivityDate,CallType,CallDurationInSeconds\n"
        "t1,005A,006A,Ring,Call,2024-01-10,Inbound,90\n",
        e="Id,OwnerId,WhatId,StartDateTime,DurationInMinutes,IsChild\n"
        "e1,005A,006A,2024-01-11T09:00:00.000+0000,30,false\n"
        "e2,005B,006A,2024-01-11T09:00:00.000+0000,30,true\n",
        f="Id,Name,Industry\n001A,Acme,Steel\n",
    )
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost"]
    assert column(delivery, "seen/opportunity", "created_at")[0] == datetime(2024, 1, 1, 10)  # noqa: DTZ001  UTC without a zone, as stored
    assert column(delivery, "seen/account", "industry") == ["Steel"]
    assert rows(
        delivery, "seen/opportunity_change", "field, old_value, new_value", "changed_at, field"
    ) == [
        ("amount", None, "10"),
        ("close_on", None, "2024-03-01"),
        ("stage", None, "Proposal"),
        ("stage", "Proposal", "Closed Won"),
    ]
    assert rows(delivery, "seen/reporting_line", "person_id, manager_id, role", "1") == [
        ("005A", "005C", "seller"),
        ("005B", "005C", "seller"),
        ("005C", None, "manager"),
    ]
    assert rows(
        delivery, "seen/activity", "activity_id, kind, direction, duration_minutes", "1"
    ) == [("e1", "meeting", "joint", 30.0), ("t1", "call", "in", 1.5)]


def test_a_salesforce_report_names_owners_that_are_found_among_the_users(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "sf",
        report="Opportunity Owner,Account Name,Opportunity Name,Stage,Close Date,Amount,Created "
        "Date\n"
        "Ada Lovelace,Acme,Big,Closed Lost,3/31/2024,100,1/5/2024\n",
        people="Id,Name,ManagerId\n005A,Ada Lovelace,\n",
    )
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "owner_id") == ["005A"]
    assert column(delivery, "seen/opportunity", "stage_group") == ["lost"]
    assert any("no Opportunity ID" in note for note in delivery.notes)


def test_a_hubspot_export(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "hs",
        deals="Record ID,Deal Name,Deal Stage,Close Date,Amount,Deal owner,Create Date,Pipeline,"
        "Associated Company IDs,Closed Lost Reason\n"
        "11,Big,Closed won,2024-03-01 10:00,1000,Ada,2024-01-01 09:30,Default,77;78,\n"
        "12,Small,Appointment scheduled,,5,Bob,2024-01-02 09:30,Default,,\n",
        companies="Record ID,Company name,Industry\n77,Acme,Steel\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "hubspot"
    assert column(delivery, "seen/opportunity", "account_id") == ["77", None]
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "open"]
    assert column(delivery, "seen/account", "name") == ["Acme"]


def test_a_zoho_export_of_the_standard_columns(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "zoho",
        deals="Record Id,Deal Owner.id,Deal Owner,Deal Name,Amount,Stage,Closing Date,Account "
        "Name,Created Time\n"
        "z1,u1,Ada,Big,100,Closed Won,2024-03-01,Acme,2024-01-01 10:00:00\n",
        calls="Record Id,Call Start Time,Call Owner.id,Call Type,Call Duration\n"
        "c1,2024-01-02 10:00:00,u1,Missed,01:30\n",
    )
    delivery = read(path, tmp_path / "out")
    assert rows(delivery, "seen/person", "person_id, name", "1") == [("u1", "Ada")]
    assert rows(delivery, "seen/activity", "direction, duration_minutes, outcome", "1") == [
        ("in", 1.5, "no_answer")
    ]


def test_unknown_files_are_joined_and_only_doubtful_columns_asked(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "unknown",
        verkauf="Vorgangsnummer;Kunde;Verkäufer;Phase;Auftragswert;Angelegt "
        "am;Abschlussdatum;Bemerkung\n"
        "1;Acme;Ada;Gewonnen;2.900,00 €;03.04.2024;13.05.2024;a\n"
        "2;Bolt;Bob;Stufe 9b;1.200,50 €;05.04.2024;;b\n",
        team="Mitarbeiter;Rep;Manager;Region\nAda Lovelace;Ada;Meg;Süd\nBob Boole;Bob;Meg;Nord\n",
    )
    proposal = csv_files.recognise(path)
    asked = [question.id for question in proposal.questions if question.about != "organisation"]
    assert (proposal.shape, asked) == ("unknown", ["stage:Stufe 9b"])
    delivery = csv_files.read(proposal.answered({"stage:Stufe 9b": "lost"}), into=tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost"]
    assert column(delivery, "seen/opportunity", "amount") == [
        Decimal("2900.00"),
        Decimal("1200.50"),
    ]
    assert delivery.organisation.currency == "EUR"
    assert rows(delivery, "seen/reporting_line", "person_id, manager_id, region", "1")[:2] == [
        ("Ada", "Meg", "Süd"),
        ("Bob", "Meg", "Nord"),
    ]


def test_a_column_can_be_answered_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Id,Outcome,Opened,Figure,Other figure\n"
        "1,Won,2024-01-05,10,7\n2,Lost,2024-01-06,20,8\n3,Won,2024-01-07,30,9\n",
        encoding="utf-8",
    )
    proposal = csv_files.recognise(path)
    answers = {"column:list.csv:Other figure": "seen/opportunity.amount"}
    delivery = csv_files.read(proposal.answered(answers), into=tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [7, 8, 9]


def test_a_maven_set_with_its_lists(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "maven",
        pipeline="opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,"
        "close_value\n1,Ada,Alpha,Acme,Won,2017-01-01,2017-03-01,100\n"
        "2,Ada,Alpha,Acme,Engaging,2017-02-01,,\n",
        accounts="account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
        "Acme,retail,1996,1100.04,2822,Norway,\n",
        products="product,series,sales_price\nAlpha,A,55\n",
        teams="sales_agent,manager,regional_office\nAda,Meg,East\n,Meg,East\n",
    )
    delivery = read(path, tmp_path / "out")
    # Revenue stands in millions; what is open is worth its list price.
    assert column(delivery, "seen/account", "annual_revenue_amount") == [Decimal("1100040000.00")]
    assert column(delivery, "seen/opportunity", "amount") == [100, 55]
    # A line of the team sheet without a seller is nobody.
    assert rows(delivery, "seen/reporting_line", "person_id, manager_id, role, region", "1") == [
        ("Ada", "Meg", "seller", "East"),
        ("Meg", None, "manager", "East"),
    ]
    assert delivery.lacks == ("Who reports to whom is known as of the export only, not over time.",)


def test_the_columns_of_a_teaching_set_in_other_spellings_are_read_all_the_same(
    tmp_path: Path,
) -> None:
    path = folder(
        tmp_path / "crm",
        pipeline="Opportunity ID,Sales Agent,Product,Account,Deal Stage,Engage Date,Close Date,"
        "Close Value\n1,Ada,Alpha,Acme,Won,2017-01-01,2017-03-01,100\n"
        "2,Bob,Alpha,Acme,Lost,2017-02-01,2017-03-02,0\n",
    )
    proposal = csv_files.recognise(path)
    delivery = csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.shape == "unknown"
    assert column(delivery, "seen/opportunity", "owner_id") == ["Ada", "Bob"]
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost"]


def test_meetings_of_salesforce_under_the_labels_people_see(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "sf",
        deals="Id,OwnerId,StageName,Amount,CloseDate,CreatedDate\n"
        "006A,005A,Closed Won,10,2024-03-01,2024-01-01T10:00:00Z\n",
        events="Id,Owner ID,What ID,Start Date Time,Duration In Minutes\n"
        "e1,005A,006A,2024-01-11T09:00:00Z,30\n",
    )
    delivery = read(path, tmp_path / "out")
    assert rows(
        delivery, "seen/activity", "opportunity_id, occurred_at, duration_minutes", "1"
    ) == [
        ("006A", datetime(2024, 1, 11, 9), 30.0)  # noqa: DTZ001  UTC without a zone, as stored
    ]


def test_a_log_of_events(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "log",
        cases="case_id,reg_date,amount_req\n1,2012-01-02T09:00:00+00:00,5000\n"
        "2,2012-01-03T09:00:00+00:00,8000\n",
        events="case_id,seq,activity,lifecycle,resource,ts\n"
        "1,0,A_SUBMITTED,COMPLETE,112,2012-01-02T09:00:00+00:00\n"
        "1,1,W_Nabellen offertes,START,Ada,2012-01-05T10:00:00+00:00\n"
        "1,2,W_Nabellen offertes,COMPLETE,Ada,2012-01-05T10:06:00+00:00\n"
        "1,3,A_REGISTERED,COMPLETE,Ada,2012-01-09T12:00:00+00:00\n"
        "2,0,A_SUBMITTED,COMPLETE,112,2012-01-03T09:00:00+00:00\n"
        "2,1,A_DECLINED,COMPLETE,Bob,2012-01-04T09:00:00+00:00\n"
        "2,2,W_Beoordelen fraude,COMPLETE,Bob,2012-01-04T10:00:00+00:00\n",
    )
    delivery = read(path, tmp_path / "out")
    assert rows(delivery, "seen/opportunity", "stage, stage_group, owner_id, amount::int", "1") == [
        ("A_APPROVED", "won", "Ada", 5000),
        ("A_DECLINED", "lost", "Bob", 8000),
    ]
    assert rows(delivery, "seen/activity", "kind, person_id, duration_minutes", "1") == [
        ("call", "Ada", 6.0)
    ]
    assert [note for note in delivery.notes if '"112"' in note] == [
        '"112" sends in nearly every application and is read as the system, not as a person.'
    ]
    # Work that never began has no moment of its own.
    assert [line.split(",")[:3] for line in rejections(delivery)] == [["events.csv", "8", "began"]]


def test_a_zoho_export_of_contacts_and_products(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "zoho",
        deals="Record Id,Deal Owner,Deal Name,Amount,Stage,Closing Date,Contact Name.id,Product,"
        "Created Time\n"
        "z1,Ada,Course,100,Payment Done,2024-03-01,k1,Diploma,2024-01-01 10:00:00\n"
        "z2,Ada,Course,100,Waiting,2024-03-01,k2,,2024-01-02 10:00:00\n",
        contacts="Id,Contact Owner,Created Time\nk1,Ada,2023-12-01 10:00:00\n"
        "k2,Bob,2023-12-02 10:00:00\n",
    )
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "account_id") == ["k1", "k2"]
    assert rows(delivery, "seen/account_owner", "account_id, person_id", "1") == [
        ("k1", "Ada"),
        ("k2", "Bob"),
    ]
    assert column(delivery, "seen/opportunity_line", "product_id") == ["Diploma"]
    assert any(note.startswith("Each contact is read as an account") for note in delivery.notes)


def test_the_last_stamp_of_an_export_is_its_last_day(tmp_path: Path) -> None:
    path = folder(
        tmp_path / "sf",
        deals="Id,OwnerId,StageName,Amount,CloseDate,CreatedDate,LastModifiedDate\n"
        "006A,005A,Closed Won,10,2024-03-01,2024-01-01T10:00:00Z,2024-03-01T10:00:00Z\n"
        "006B,005A,Prospecting,20,2024-09-01,2024-02-01T10:00:00Z,2024-04-15T10:00:00Z\n",
    )
    assert read(path, tmp_path / "out").as_of == date(2024, 4, 15)


def test_changes_of_what_is_not_followed_or_not_there_are_no_changes(tmp_path: Path) -> None:
    head = "Id,OwnerId,StageName,Amount,CloseDate,CreatedDate\n"
    path = folder(
        tmp_path / "sf",
        deals=f"{head}006A,005A,Closed Won,10,2024-03-01,2024-01-01T10:00:00Z\n",
        changed="Opportunity ID,Field,Old Value,New Value,Created Date\n"
        "006A,StageName,Prospecting,Closed Won,2024-03-01T10:00:00Z\n"
        "006A,Description,a,b,2024-03-01T10:00:00Z\n"
        "006X,StageName,Prospecting,Closed Won,2024-03-01T10:00:00Z\n",
    )
    delivery = read(path, tmp_path / "out")
    assert rows(delivery, "seen/opportunity_change", "opportunity_id, field", "1") == [
        ("006A", "stage")
    ]
    assert rejections(delivery) == []
