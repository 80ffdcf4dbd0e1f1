"""Exports of systems nobody described, in the way each writes: small, made up, read right."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from written import column, read, workbook

from headway.sources import csv_files
from headway.sources.csv_files.source import NoOpportunitiesError
from headway.sources.protocol import Delivery

# For each dialect: the file as it stands; then won, lost, open, won amount, owners.
DIALECTS = {
    "prefixed names, days of winning and losing": (
        (
            "Deal - Title,Deal - Value,Deal - Stage,Deal - Deal created,Deal - Won time,"
            "Deal - Lost time,Deal - Owner\n"
            "A,100,Qualified,2025-01-02 09:00:00,2025-02-01 10:00:00,,Ada\n"
            "B,200,Demo,2025-01-03 09:00:00,,2025-02-02 10:00:00,Bob\n"
            "C,300,Demo,2025-01-04 09:00:00,,,Bob\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "expected and actual days and amounts": (
        (
            "Topic,Potential Customer,Status,Est. Close Date,Est. Revenue,Actual Close Date,"
            "Actual Revenue,Owner,Created On,Pipeline Phase\n"
            'A,Acme,Won,3/20/2025,"$1,000.00",2/1/2025,"$900.00",Ada,1/2/2025,2-Develop\n'
            'B,Bolt,Lost,3/20/2025,"$2,000.00",2/2/2025,$0.00,Bob,1/3/2025,2-Develop\n'
            'C,Bolt,Open,3/20/2025,"$3,000.00",,,Bob,1/4/2025,1-Qualify\n'
        ),
        (1, 1, 1, 900, 2),
    ),
    "numbered states": (
        (
            "opportunityid,name,_ownerid_value,estimatedvalue,actualclosedate,createdon,statecode\n"
            "g-1,A,u1,100,2025-02-01,2025-01-02T08:00:00Z,1\n"
            "g-2,B,u2,200,2025-02-02,2025-01-03T08:00:00Z,2\n"
            "g-3,C,u2,300,,2025-01-04T08:00:00Z,0\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "German, semicolons, decimal commas": (
        (
            "Verkaufschance-Nr.;Kunde;Verantwortlicher;Phase;Betrag (€);Erfasst am;"
            "Abgeschlossen am\n"
            "VC-1;Acme;Ada Röth;Gewonnen;1.234,56 €;02.01.2025;01.02.2025\n"
            "VC-2;Bolt;Bob;Verloren;2.000,00 €;03.01.2025;02.02.2025\n"
            "VC-3;Bolt;Bob;Erstkontakt;300,00 €;04.01.2025;\n"
        ),
        (1, 1, 1, 1234.56, 2),
    ),
    "French": (
        (
            "Référence;Compte;Commercial;Étape;Montant HT;Date de création;Date de signature\n"
            "1;Acme;Ada;Gagnée;1 234,50;13/01/2025;01/02/2025\n"
            "2;Bolt;Bob;Perdue;100,00;13/01/2025;02/02/2025\n"
            "3;Bolt;Bob;Négociation;100,00;14/01/2025;\n"
        ),
        (1, 1, 1, 1234.5, 2),
    ),
    "Spanish": (
        (
            "Código;Cliente;Comercial;Estado;Valor estimado;Fecha de creación;Fecha de cierre\n"
            "1;Acme;Ada;Ganada;1.234,50;13-01-2025;01-02-2025\n"
            "2;Bolt;Bob;Perdida;100,00;13-01-2025;02-02-2025\n"
            "3;Bolt;Bob;En curso;100,00;14-01-2025;20-03-2025\n"
        ),
        (1, 1, 1, 1234.5, 2),
    ),
    "thousands by letter, shares in per cent, yes and no": (
        (
            "Deal ID,Account Manager,Client,Pipeline Value,Win Probability,Opened,Decision Date,"
            "Won? (Y/N)\n"
            '1,Ada,Acme,$1.2K,100%,"Jan 02, 2025","Feb 01, 2025",Y\n'
            '2,Bob,Bolt,$3.45M,0%,"Jan 03, 2025","Feb 02, 2025",N\n'
            '3,Bob,Bolt,$500,50%,"Jan 04, 2025",,\n'
        ),
        (1, 1, 1, 1200, 2),
    ),
    "days counted by a spreadsheet, ids of 19 digits": (
        (
            "OppID,Rep,Company,Deal Value,Create Date,Close Date,Is Won,Is Closed\n"
            "9000000000000000001,Ada,Acme,100,45659,45689,1,1\n"
            "9000000000000000002,Bob,Bolt,200,45660,45690,0,1\n"
            "9000000000000000003,Bob,Bolt,300,45661,45720,0,0\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "milliseconds, addresses for owners": (
        (
            "deal_id,owner_email,company_name,deal_value,created_at,closed_at,status\n"
            "1,ada@x.io,Acme,100,1735808400000,1738368000000,won\n"
            "2,bob@x.io,Bolt,200,1735894800000,1738454400000,lost\n"
            "3,bob@x.io,Bolt,300,1735981200000,,open\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "month first, two digits of the year, a region NA": (
        (
            "Opp #,Sales Rep Email,Customer Name,Region,Outcome,Contract Value (USD),Date Opened,"
            "Date Closed\n"
            "1,ada@x.io,Acme,NA,Win,100,01/15/25,02/01/25\n"
            "2,bob@x.io,Bolt,EMEA,Loss,200,01/16/25,02/02/25\n"
            "3,bob@x.io,Bolt,EMEA,Pending,300,01/17/25,\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "an amount in parts": (
        (
            "Deal ID,Customer,Owner,Status,License Amount,Services Amount,Created Date,"
            "Closed Date\n"
            "1,Acme,Ada,Won,60,40,2025-01-02,2025-02-01\n"
            "2,Bolt,Bob,Lost,50,150,2025-01-03,2025-02-02\n"
            "3,Bolt,Bob,Open,10,,2025-01-04,\n"
        ),
        (1, 1, 1, 100, 2),
    ),
    "a title and a filter above, names twice, lines in a field": (
        (
            "All deals,,,,,,,\nFilter: all,,,,,,,\n"
            "ID,Name,Name,Owner,Status,Value,Created,Closed,Notes\n"
            '1,A,Acme,Ada,Closed - Won,"1,100.50",2025-01-02,2025-02-01,"one\ntwo"\n'
            '2,B,Bolt,Bob,Closed - Lost,"2,200.00",2025-01-03,2025-02-02,\n'
            "3,C,Bolt,Bob,Working,300,2025-01-04,,\n"
        ),
        (1, 1, 1, 1100.5, 2),
    ),
}


def told(delivery: Delivery) -> tuple[float, ...]:
    groups = column(delivery, "seen/opportunity", "stage_group")
    amounts = column(delivery, "seen/opportunity", "amount")
    won = sum(float(str(a)) for a, g in zip(amounts, groups, strict=True) if g == "won")
    owners = {owner for owner in column(delivery, "seen/opportunity", "owner_id") if owner}
    return (*(groups.count(each) for each in ("won", "lost", "open")), won, len(owners))


def written(folder: Path, text: str, name: str = "export.csv", encoding: str = "utf-8") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("dialect", DIALECTS)
def test_outcomes_amounts_owners_and_days_are_found(dialect: str, tmp_path: Path) -> None:
    text, expected = DIALECTS[dialect]
    delivery = read(written(tmp_path, text), tmp_path / "out")
    assert told(delivery) == expected
    created = [str(each)[:7] for each in column(delivery, "seen/opportunity", "created_at")]
    assert created == ["2025-01"] * 3
    closed = column(delivery, "seen/opportunity", "close_on")
    groups = column(delivery, "seen/opportunity", "stage_group")
    assert sorted(c for c, g in zip(closed, groups, strict=True) if g != "open") == [
        date(2025, 2, 1),
        date(2025, 2, 2),
    ]
    assert delivery.counts[0].rejected == 0


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_tabs_and_other_encodings_say_the_same(encoding: str, tmp_path: Path) -> None:
    text, expected = DIALECTS["German, semicolons, decimal commas"]
    path = written(tmp_path, text.replace(";", "\t"), "export.txt", encoding)
    assert told(read(path, tmp_path / "out")) == expected


def test_orders_are_won_and_nothing_more_is_claimed(tmp_path: Path) -> None:
    text = (
        "Order No,Order Date,Sales Rep,Customer,Product,Quantity,Unit Price,Status\n"
        "S1,2025-01-02,Ada,Acme,Alpha,2,10.00,Shipped\n"
        "S1,2025-01-02,Ada,Acme,Beta,1,5.50,Shipped\n"
        "S2,2025-02-02,Bob,Bolt,Alpha,3,10.00,Cancelled\n"
    )
    delivery = read(written(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [Decimal("25.50"), Decimal("30.00")]
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "won"]
    assert column(delivery, "seen/opportunity", "is_deleted") == [False, True]
    assert column(delivery, "seen/opportunity_line", "quantity") == [2.0, 1.0, 3.0]
    assert "win rate and pipeline are not measured" in delivery.lacks[0]


def test_outcomes_without_days_are_refused_in_one_true_sentence(tmp_path: Path) -> None:
    text = (
        "Opportunity Number,Region,Elapsed Days In Sales Stage,Opportunity Result,"
        "Opportunity Amount USD\n1,Northwest,76,Won,1000\n2,Pacific,13,Loss,200\n"
    )
    proposal = csv_files.recognise(written(tmp_path, text))
    assert proposal.refusal.endswith("it lacks the day each was created or closed.")
    assert [each.default for each in proposal.questions][3] == "seen/opportunity.outcome"
    with pytest.raises(NoOpportunitiesError):
        csv_files.read(proposal, into=tmp_path / "out")


def test_names_that_say_nothing_can_be_mapped_by_hand(tmp_path: Path) -> None:
    path = written(tmp_path, "aa;bb;cc\nx1;erledigt;2025-01-05\nx2;nichts;2025-02-05\n")
    proposal = csv_files.recognise(path)
    assert {each.default for each in proposal.questions} == {""}
    answers = {
        "column:export.csv:aa": "seen/opportunity.opportunity_id",
        "column:export.csv:bb": "seen/opportunity.stage",
        "column:export.csv:cc": "seen/opportunity.close_on",
        "stage:erledigt": "won",
        "stage:nichts": "lost",
    }
    mappings = tmp_path / "mappings"
    csv_files.saved(proposal.answered(answers), into=mappings)
    # Next month the same columns come under another name.
    later = path.rename(tmp_path / "march.csv")
    again = csv_files.recognise(later, mapping=mappings)
    assert again.refusal == ""
    delivery = csv_files.read(again, into=tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost"]


def test_letters_for_outcomes_are_read_together_and_asked(tmp_path: Path) -> None:
    text = (
        "c1,c2,c3,c4,c5\n1,W,100.5,2025-01-02,2025-02-01\n2,L,200.5,2025-01-03,2025-02-02\n"
        "3,O,300.5,2025-01-04,\n4,O,400.5,2025-01-05,\n"
    )
    path = written(tmp_path, text)
    asked = {each.id: each.default for each in csv_files.recognise(path).questions}
    assert (asked["stage:W"], asked["stage:L"], asked["stage:O"]) == ("won", "lost", "open")
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "lost", "open", "open"]
    assert column(delivery, "seen/opportunity", "opportunity_id") == ["1", "2", "3", "4"]


HEADER = "Id,Customer,Owner,Stage,Amount,Created,Close Date\n"
JUNE = HEADER + (
    "1,Acme,Ada,Proposal,100,2025-01-02,2025-07-31\n2,Bolt,Bob,Proposal,200,2025-01-03,2025-07-31\n"
    "4,Bolt,Bob,Closed Lost,200,2025-01-03,2025-05-31\n"
)
JULY = HEADER + (
    "1,Acme,Ada,Closed Won,120,2025-01-02,2025-07-10\n"
    "2,Bolt,Bob,Proposal,200,2025-01-03,2025-08-31\n"
    "3,Bolt,Bob,Proposal,300,2025-07-04,2025-08-31\n,none,,Proposal,,2025-07-04,\n"
)


def changes(delivery: Delivery) -> list[tuple[object, ...]]:
    file = delivery.tables["seen/opportunity_change"]
    return duckdb.execute(
        f"select opportunity_id, field, old_value, new_value, changed_at::date::varchar "
        f"from read_parquet('{file}') order by 1, 2"
    ).fetchall()


CHANGED = [
    ("1", "amount", "100.00", "120.00", "2025-07-31"),
    ("1", "close_on", "2025-07-31", "2025-07-10", "2025-07-31"),
    ("1", "stage", "Proposal", "Closed Won", "2025-07-31"),
    ("2", "close_on", "2025-07-31", "2025-08-31", "2025-07-31"),
]


def test_monthly_looks_at_the_same_rows_give_the_last_state_and_its_changes(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "pipeline"
    written(folder, JULY, "pipeline_2025-07.csv")
    written(folder, JUNE, "pipeline_2025-06.csv")
    delivery = read(folder, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage") == [
        "Closed Won",
        "Proposal",
        "Proposal",
        "Closed Lost",
    ]
    assert changes(delivery) == CHANGED
    assert delivery.as_of == date(2025, 7, 31)
    counts = [(c.file, c.rows_in, c.kept, c.rejected) for c in delivery.counts]
    assert counts == [("pipeline_2025-06.csv", 3, 3, 0), ("pipeline_2025-07.csv", 4, 3, 1)]
    assert delivery.rejections.read_text().splitlines()[1].startswith("pipeline_2025-07.csv,5,Id")


def test_looks_under_a_column_of_days_give_the_same(tmp_path: Path) -> None:
    rows = [f"2025-06-30,{row}" for row in JUNE.splitlines()[1:]]
    rows += [f"2025-07-31,{row}" for row in JULY.splitlines()[1:-1]]
    path = written(tmp_path, f"Snapshot Date,{HEADER}" + "\n".join(rows) + "\n")
    delivery = read(path, tmp_path / "out")
    assert len(column(delivery, "seen/opportunity", "stage")) == 4
    assert changes(delivery) == CHANGED
    assert (delivery.counts[0].rows_in, delivery.counts[0].rejected) == (6, 0)


def test_a_column_looked_at_twice_is_asked_about_once(tmp_path: Path) -> None:
    folder = tmp_path / "pipeline"
    looks = {"2025-06": "Proposal,100,02/08/2025", "2025-07": "Closed Won,120,02/07/2025"}
    for month, row in looks.items():
        text = f"Id,Owner,Stage,Amount,Close Date\n1,Ada,{row}\n2,Bob,{row}\n"
        written(folder, text, f"pipeline_{month}.csv")
    asked = [each.id for each in csv_files.recognise(folder).questions if each.about == "dates"]
    assert asked == ["dates:pipeline_2025-06.csv and 1 like it:Close Date"]


def test_parts_of_one_export_are_one(tmp_path: Path) -> None:
    folder = tmp_path / "deals"
    for number, name in enumerate(("won", "lost", "open")):
        row = DIALECTS["an amount in parts"][0].splitlines()[number + 1]
        head = DIALECTS["an amount in parts"][0].splitlines()[0]
        written(folder, f"{head}\n{row}\n", f"{name}.csv")
    assert told(read(folder, tmp_path / "out")) == (1, 1, 1, 100, 2)


def test_a_beginning_and_an_end_in_two_files_are_put_together(tmp_path: Path) -> None:
    folder = tmp_path / "funnel"
    written(
        folder,
        "mql_id,first_contact_date,origin\n"
        + "".join(f"m{n},2025-01-0{n},web\n" for n in range(1, 6)),
        "leads.csv",
    )
    written(
        folder,
        "mql_id,sr_id,won_date\nm1,r1,2025-02-01 10:00:00\nm2,r1,2025-02-02 10:00:00\n",
        "closed.csv",
    )
    delivery = read(folder, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage_group") == [
        "won",
        "won",
        "open",
        "open",
        "open",
    ]
    assert column(delivery, "seen/opportunity", "owner_id")[:3] == ["r1", "r1", None]


@pytest.mark.parametrize(
    "history",
    [
        (
            "Deal ID,Field Name,Old Value,New Value,Changed At\n"
            "1,Status,,Open,2025-01-02 09:00\n1,Status,Open,Won,2025-02-01 09:00\n"
            '1,Value,"1,000.00",100,2025-01-20 09:00\n1,Colour,red,blue,2025-01-20 09:00\n'
        ),
        "Deal ID,From Stage,To Stage,Changed On\n1,,Open,2025-01-02\n1,Open,Won,2025-02-01\n",
    ],
)
def test_histories_of_changes_are_read(history: str, tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    deals = "Deal ID,Customer,Owner,Status,Value,Created,Closed\n"
    deals += "1,Acme,Ada,Won,100,2025-01-02,2025-02-01\n"
    written(folder, deals + "2,Bolt,Bob,Lost,100,2025-01-02,2025-02-02\n", "deals.csv")
    written(folder, history, "history.csv")
    found = changes(read(folder, tmp_path / "out"))
    assert [each[1:] for each in found if each[1] == "stage"] == [
        ("stage", None, "Open", "2025-01-02"),
        ("stage", "Open", "Won", "2025-02-01"),
    ]
    amounts = [each[2:4] for each in found if each[1] == "amount"]
    assert amounts == ([("1000.00", "100.00")] if "Colour" in history else [])


def test_a_workbook_with_a_title_and_a_sum_at_the_end(tmp_path: Path) -> None:
    rows = [
        ["Pipeline as of today", "", "", "", "", ""],
        ["", "", "", "", "", ""],
        ["Opp ID", "Account", "Account Owner", "Stage", "Forecast Amount", "Closed"],
        ["1", "Acme", "Ada", "Won", "100", "2025-02-01"],
        ["2", "Bolt", "Bob", "Lost", "200", "2025-02-02"],
        ["", "Total", "", "", "300", ""],
    ]
    delivery = read(workbook(tmp_path / "book.xlsx", rows), tmp_path / "out")
    assert told(delivery) == (1, 1, 0, 100, 2)
    assert (delivery.counts[0].kept, delivery.counts[0].rejected) == (2, 1)
