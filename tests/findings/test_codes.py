"""Every code that findings can give stands in the reference, and nothing else does."""

import re
from pathlib import Path

from headway.findings.results import rungs

ROOT = Path(__file__).parents[2]
FINDINGS = ROOT / "src" / "headway" / "findings"
SOURCES = (
    *(FINDINGS / "results").glob("*.py"),
    *(FINDINGS / "strategy" / name for name in ("rungs.py", "roots.py")),
)
REFERENCE = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")

ROOMS = (
    *("verdict", "periods", "data_quality", "mix", "single_deal", "season", "capacity", "demand"),
    *(
        "price",
        "product",
        "events",
        "targets",
        "regression",
        "booking_days",
        "quarter_end",
        "edges",
    ),
    *("ladder", "know", "buyer", "process", "rung"),
)
CODE = re.compile(rf"(?:{'|'.join(ROOMS)})\.[a-z_]+")


def in_source() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    quoted = {code for text in texts for code in re.findall(r'"([a-z_]+\.[a-z_]+)"', text)}
    return {code for code in quoted if CODE.fullmatch(code)} | {
        f"periods.{basis}" for basis in ("year_before", "previous", "chosen")
    }


def in_reference() -> set[str]:
    ticked = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", REFERENCE))
    return {code for code in ticked if CODE.fullmatch(code)}


def test_every_reason_stands_in_the_reference() -> None:
    assert in_source() == in_reference()


def test_every_figure_stands_in_the_reference() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    told = re.compile(r"(?<!_)told\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
    calls = [call for text in texts for call in told.findall(text)]
    keys = {key for call in calls for key in re.findall(r"(?:^|[\s,(])([a-z_]+)=", call)}
    keys -= {"of", "period"}
    missing = {key for key in keys if f"`{key}`" not in REFERENCE}
    assert missing == set()


def test_every_rung_stands_in_the_reference() -> None:
    assert {code for code in rungs.TABLES if f"`{code}`" not in REFERENCE} == set()
