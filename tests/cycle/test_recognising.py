"""What is shown of an upload before it is loaded."""

from pathlib import Path

from headway.cycle import recognising
from headway.sources.protocol import in_silence

REPORT = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Created Date,"
    "Close Date\n006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31\n"
)


def test_of_a_known_shape_no_column_is_offered_for_correction(tmp_path: Path) -> None:
    upload = tmp_path / "report.csv"
    upload.write_text(REPORT, encoding="utf-8")
    found = recognising.looked_at(
        upload, answers={}, known={}, mappings=tmp_path / "mappings", progress=in_silence
    )
    assert (found["shape"], found["others"]) == ("salesforce", [])
    assert [row["opportunity_id"] for row in found["preview"]] == ["006A"]
