"""Files of no known shape: what is asked, what is left out, what two files say together."""

from decimal import Decimal
from pathlib import Path

import duckdb
from written import column, read, rejections

from headway.sources import csv_files

DEALS = (
    "Deal ID,Owner,Status,Value,Created,Closed\n"
    "1,Ada,Won,100,2025-01-02,2025-02-01\n2,Bob,Lost,200,2025-01-03,2025-02-02\n"
)


def folder(place: Path, files: dict[str, str]) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def file(place: Path, text: str) -> Path:
    path = place / "deals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_column_of_currencies_tells_the_one_reported_in(tmp_path: Path) -> None:
    text = DEALS.replace("Closed\n", "Closed,Currency\n").replace("-01\n", "-01,CHF\n")
    delivery = read(file(tmp_path, text.replace("-02\n", "-02,CHF\n")), tmp_path / "out")
    assert delivery.organisation.currency == "CHF"
    assert column(delivery, "seen/opportunity", "currency") == ["CHF", "CHF"]


def test_a_column_of_signs_tells_the_code_that_is_reported_in(tmp_path: Path) -> None:
    text = DEALS.replace("Closed\n", "Closed,Currency\n").replace("-01\n", "-01,€\n")
    delivery = read(file(tmp_path, text.replace("-02\n", "-02,€\n")), tmp_path / "out")
    assert delivery.organisation.currency == "EUR"


def test_amounts_that_say_several_currencies_are_not_added_up(tmp_path: Path) -> None:
    text = DEALS.replace("Won,100", "Won,€ 100").replace("Lost,200", "Lost,$200")
    text += "3,Ada,Won,EUR 300,2025-01-04,2025-02-03\n"
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "currency") == ["EUR", "USD", "EUR"]
    assert column(delivery, "seen/opportunity", "amount") == [100, 200, 300]
    assert delivery.organisation.currency == "EUR"
    said = "Amounts are in EUR, USD. Those in another currency than yours are left out of money"
    assert any(said in note for note in delivery.notes)


def test_a_stage_that_only_half_sounds_like_one_is_left_out(tmp_path: Path) -> None:
    text = (
        "Deal ID,Owner,Is Won,Rollout Readiness Phase,Value,Created,Closed\n"
        "1,Ada,yes,Red,100,2025-01-02,2025-02-01\n2,Bob,no,Green,200,2025-01-03,2025-02-02\n"
    )
    path = file(tmp_path, text)
    taken = {seen.name: seen.taken_for for seen in csv_files.recognise(path).files[0].columns}
    assert taken["Rollout Readiness Phase"] == ""
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage") == ["Won", "Lost"]


def test_amounts_and_owners_that_no_name_tells_are_asked(tmp_path: Path) -> None:
    rows = "".join(
        f"D-{n},{('Ada Lovelace', 'Bob Boole')[n % 2]},{('Won', 'Lost')[n % 2]},{n + 100}.50,"
        f"2025-01-{n % 28 + 1:02d},2025-02-{n % 28 + 1:02d}\n"
        for n in range(60)
    )
    path = file(tmp_path, f"Deal ID,Who,Status,Figure,Created,Closed\n{rows}")
    asked = {each.id: each for each in csv_files.recognise(path).questions}
    figure, who = asked["column:deals.csv:Figure"], asked["column:deals.csv:Who"]
    assert (figure.default, figure.reason) == (
        "seen/opportunity.amount",
        "its values are numbers that differ",
    )
    assert (who.default, who.reason) == ("", "its values look like names that come again and again")
    delivery = read(path, tmp_path / "out", {who.id: "seen/opportunity.owner_id"})
    assert set(column(delivery, "seen/opportunity", "owner_id")) == {"Ada Lovelace", "Bob Boole"}
    assert min(column(delivery, "seen/opportunity", "amount")) == Decimal("100.50")


def test_an_amount_that_is_half_remarks_is_asked_and_read_as_far_as_it_is_one(
    tmp_path: Path,
) -> None:
    text = DEALS + "3,Ada,Open,to follow,2025-01-04,\n4,Bob,Open,see offer,2025-01-05,\n"
    path = file(tmp_path, text)
    asked = {each.id: each for each in csv_files.recognise(path).questions}
    question = asked["column:deals.csv:Value"]
    assert question.default == "seen/opportunity.amount"
    assert question.reason == "named like amount, but not all its values are numbers"
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [100, 200, None, None]
    assert [line.split(",")[1:] for line in rejections(delivery)] == [
        ["4", "Value", "to follow", "not an amount; left unknown"],
        ["5", "Value", "see offer", "not an amount; left unknown"],
    ]


def test_days_beside_the_closing_days_are_asked_as_the_creation(tmp_path: Path) -> None:
    path = file(tmp_path, DEALS.replace("Created", "Termin"))
    asked = {each.id: each.default for each in csv_files.recognise(path).questions}
    assert asked["column:deals.csv:Termin"] == "seen/opportunity.created_at"


def test_a_column_answered_as_left_out_is_left_out(tmp_path: Path) -> None:
    path = file(tmp_path, DEALS)
    delivery = read(path, tmp_path / "out", {"column:deals.csv:Value": ""})
    assert "No amounts: only numbers of opportunities are measured." in delivery.lacks


def test_a_day_and_a_month_without_a_year_are_said_to_be_no_date(tmp_path: Path) -> None:
    text = "age;job;day;month;duration\n41;services;5;may;261\n49;management;6;jun;151\n"
    proposal = csv_files.recognise(file(tmp_path, text))
    assert "created or closed (day and month stand without a year)" in proposal.refusal


def test_contacts_on_rows_of_their_own_make_no_lines_and_no_second_amount(tmp_path: Path) -> None:
    text = (
        "Deal ID,Owner,Status,Value,Created,Closed,Contact Role\n"
        "1,Ada,Won,100,2025-01-02,2025-02-01,Buyer\n"
        "1,Ada,Won,100,2025-01-02,2025-02-01,User\n"
        "2,Bob,Lost,200,2025-01-03,2025-02-02,Buyer\n"
        "2,Bob,Lost,200,2025-01-03,2025-02-02,Legal\n"
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [100, 200]
    assert "seen/opportunity_line" not in delivery.tables
    said = '2 opportunities of deals.csv stand on 4 rows with the same "Value": each is counted'
    assert f"{said} once." in delivery.notes


def test_rows_of_one_opportunity_without_an_amount_are_counted_once(tmp_path: Path) -> None:
    text = (
        "Deal ID,Owner,Status,Product,Created,Closed\n"
        "1,Ada,Won,Probe,2025-01-02,2025-02-01\n1,Ada,Won,Cable,2025-01-02,2025-02-01\n"
        "2,Bob,Lost,Probe,2025-01-03,2025-02-02\n2,Bob,Lost,Cable,2025-01-03,2025-02-02\n"
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "opportunity_id") == ["1", "2"]
    assert column(delivery, "seen/opportunity_line", "product_id") == [
        "Probe",
        "Cable",
        "Probe",
        "Cable",
    ]
    said = "2 opportunities of deals.csv stand on 4 rows: each is counted once."
    assert said in delivery.notes
    assert rejections(delivery) == []


def test_days_of_looking_without_a_second_look_are_no_history(tmp_path: Path) -> None:
    text = (
        "Snapshot Date,Deal ID,Owner,Status,Value,Created,Closed\n"
        "2025-03-31,1,Ada,Won,100,2025-01-02,2025-02-01\n"
        "2025-03-31,2,Bob,Lost,200,2025-01-03,2025-02-02\n"
        "2025-04-30,3,Bob,Open,300,2025-01-04,\n"
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost", "open"]
    assert "seen/opportunity_change" not in delivery.tables
    assert "No history of stages: only the stage on the day of the export." in delivery.lacks


def test_a_history_of_one_field_tells_what_it_became(tmp_path: Path) -> None:
    history = (
        "Deal ID,Field Name,New Value,Changed At\n1,Status,Open,2025-01-02 09:00\n"
        "1,Status,Won,2025-02-01 09:00\n2,Status,Lost,2025-02-02 09:00\n"
    )
    path = folder(tmp_path / "crm", {"deals.csv": DEALS, "history.csv": history})
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity_change", "new_value") == ["Open", "Won", "Lost"]
    assert column(delivery, "seen/opportunity_change", "old_value") == [None] * 3
    assert not any("are not followed" in note for note in delivery.notes)


def test_marks_of_won_and_closed_go_before_the_names_of_stages(tmp_path: Path) -> None:
    text = (
        "Deal ID,Owner,Stage,Is Won,Is Closed,Value,Created,Closed\n"
        "1,Ada,Step C,yes,yes,100,2025-01-02,2025-02-01\n"
        "2,Bob,Step C,no,yes,200,2025-01-03,2025-02-02\n"
        "3,Bob,Step C,no,no,300,2025-01-04,2025-09-30\n"
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage") == ["Step C"] * 3
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost", "open"]


def test_a_list_of_people_and_calls_without_more_than_names_and_days(tmp_path: Path) -> None:
    files = {
        "deals.csv": DEALS,
        "reps.csv": "Rep,Email\nAda,ada@x.io\nBob,bob@x.io\nEve,eve@x.io\n",
        "calls.csv": "Call ID,Rep,Deal ID,Date\nc1,Ada,1,2025-01-05\nc2,Bob,2,2025-01-06\n",
    }
    delivery = read(folder(tmp_path / "crm", files), tmp_path / "out")
    assert column(delivery, "seen/person", "email") == ["ada@x.io", "bob@x.io", "eve@x.io"]
    assert column(delivery, "seen/activity", "opportunity_id") == ["1", "2"]
    # Nobody says who reports to whom or how long a call was: nothing claims to know.
    assert "seen/reporting_line" not in delivery.tables
    kept = duckdb.read_parquet(str(delivery.tables["seen/activity"])).columns
    assert "duration_minutes" not in kept


LEADS = "Lead No,First Contact Date,Origin\n" + "".join(
    f"m{n},2025-01-0{n},web\n" for n in range(1, 6)
)
CLOSED = "Lead No,Sales Rep,Won Date\nm1,r1,2025-02-01\nm2,r2,2025-02-02\n"


def test_two_files_without_a_shared_key_are_not_put_together(tmp_path: Path) -> None:
    # Every lead of the second comes twice: a row of it belongs to no single deal.
    closed = CLOSED + "m1,r2,2025-02-03\nm2,r1,2025-02-04\n"
    path = folder(tmp_path / "funnel", {"leads.csv": LEADS, "closed.csv": closed})
    delivery = read(path, tmp_path / "out")
    assert "No creation dates: cycle time and cohorts are not measured." in delivery.lacks
    assert delivery.counts[0].file == "closed.csv"


def test_two_files_that_hold_no_more_together_are_refused_for_what_is_missing(
    tmp_path: Path,
) -> None:
    files = {
        "leads.csv": LEADS,
        "origins.csv": "Lead No,Landing Page\nm1,a.html\nm2,b.html\n",
    }
    proposal = csv_files.recognise(folder(tmp_path / "funnel", files))
    assert "a stage or outcome (won, lost, open) of each opportunity" in proposal.refusal


def test_of_many_files_no_two_are_put_together(tmp_path: Path) -> None:
    more = {f"list_{n}.csv": f"Code {n},Label {n},Remark {n}\na,b,c\nd,e,f\n" for n in range(11)}
    path = folder(tmp_path / "funnel", {"leads.csv": LEADS, "closed.csv": CLOSED, **more})
    delivery = read(path, tmp_path / "out")
    assert len(column(delivery, "seen/opportunity", "opportunity_id")) == 2
    assert "No creation dates: cycle time and cohorts are not measured." in delivery.lacks


def test_orders_with_amounts_on_their_lines(tmp_path: Path) -> None:
    text = (
        "Order No,Order Date,Sales Rep,Product,Quantity,Line Total\n"
        'S1,2025-01-02,Ada,Alpha,2,"1,020.50"\nS1,2025-01-02,Ada,Beta,1,5.50\n'
        'S2,2025-02-02,Bob,Alpha,3,"1,030.00"\n'
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [Decimal(1026), Decimal(1030)]
    assert sorted(column(delivery, "seen/opportunity_line", "line_amount")) == [
        Decimal("5.50"),
        Decimal("1020.50"),
        Decimal("1030.00"),
    ]


def test_what_was_won_is_the_amount_where_nothing_was_expected(tmp_path: Path) -> None:
    text = (
        "Topic,Status,Actual Close Date,Actual Revenue,Owner,Created On\n"
        "A,Won,2025-02-01,900,Ada,2025-01-02\nB,Lost,2025-02-02,,Bob,2025-01-03\n"
    )
    delivery = read(file(tmp_path, text), tmp_path / "out")
    assert sorted(column(delivery, "seen/opportunity", "amount::int"), key=str) == [900, None]
