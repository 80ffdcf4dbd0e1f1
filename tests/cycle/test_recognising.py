"""What is shown of an upload before it is loaded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any  # Any: plain values, as the page gets them

from headway.cycle import recognising
from headway.sources.protocol import in_silence

REPORT = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Created Date,"
    "Close Date\n006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31\n"
)
DEALS = (
    "Deal ID,Owner,Status,Value,Created,Closed,Share\n"
    "1,Ada,Won,100,2025-01-02,2025-02-01,7\n2,Bob,Lost,200,2025-01-03,2025-02-02,8\n"
)


def looked_at(upload: Path, *, answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    mappings = upload.parent / "mappings"
    return recognising.looked_at(
        upload, answers=answers or {}, known={}, mappings=mappings, progress=in_silence
    )


def test_of_a_known_shape_no_column_is_offered_for_correction(tmp_path: Path) -> None:
    upload = tmp_path / "report.csv"
    upload.write_text(REPORT, encoding="utf-8")
    found = looked_at(upload)
    assert (found["shape"], found["others"]) == ("salesforce", [])
    assert [row["opportunity_id"] for row in found["preview"]] == ["006A"]


def test_every_column_of_an_unknown_shape_can_be_corrected(tmp_path: Path) -> None:
    upload = tmp_path / "deals.csv"
    upload.write_text(DEALS, encoding="utf-8")
    found = looked_at(upload)
    assert [each["ask"] for each in found["others"]] == [
        "Deal ID",
        "Owner",
        "Status",
        "Value",
        "Created",
        "Closed",
        "Share",
    ]
    assert [row["amount"] for row in found["preview"]] == ["100.00", "200.00"]
    answers = {
        "column:deals.csv:Value": "",
        "column:deals.csv:Share": "seen/opportunity.amount",
    }
    again = looked_at(upload, answers=answers)
    assert [row["amount"] for row in again["preview"]] == ["7.00", "8.00"]
    assert {each["default"] for each in again["others"] if each["ask"] == "Value"} == {""}
    assert again["counts"] == [
        {"file": "deals.csv", "rows_in": 2, "kept": 2, "rejected": 0, "unread_fields": 0}
    ]


def test_what_was_answered_once_is_known_the_next_time(tmp_path: Path) -> None:
    upload = tmp_path / "deals.csv"
    upload.write_text(DEALS, encoding="utf-8")
    first = looked_at(upload)
    recognising.keep(
        first,
        answers={"column:deals.csv:Share": "seen/opportunity.amount"},
        folder=tmp_path / "mappings",
    )
    later = upload.rename(tmp_path / "next month.csv")
    again = looked_at(later)
    assert (first["is_known"], again["is_known"]) == (False, True)
    assert [row["amount"] for row in again["preview"]] == ["7.00", "8.00"]


def test_what_cannot_be_read_yet_shows_no_rows_until_it_is_answered(tmp_path: Path) -> None:
    upload = tmp_path / "export.csv"
    upload.write_text("aa,bb,cc\nx1,erledigt,2025-01-05\nx2,nichts,2025-02-05\n", encoding="utf-8")
    found = looked_at(upload)
    assert "export.csv was not loaded" in found["refusal"]
    assert (found["preview"], found["counts"]) == ([], [])
    answers = {
        "column:export.csv:aa": "seen/opportunity.opportunity_id",
        "column:export.csv:bb": "seen/opportunity.stage",
        "column:export.csv:cc": "seen/opportunity.close_on",
        "stage:erledigt": "won",
    }
    again = looked_at(upload, answers=answers)
    assert again["refusal"] == ""
    assert [row["stage_group"] for row in again["preview"]] == ["won", "open"]
    # What the answers bring up is asked beside what was asked before.
    assert "stage:nichts" in {each["id"] for each in again["questions"]}
