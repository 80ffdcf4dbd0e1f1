"""Every code that a pattern's evidence can carry stands in the reference."""

import re
from pathlib import Path

import pytest

from headway.analysis.strategy import shortfall

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "src" / "headway" / "analysis" / "strategy"
REFERENCE = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
TOLD = re.compile(r"\b(?:counted|valued)\(\s*\"([a-z_]+)\"")
STEP = re.compile(r"^    \(\"([a-z_]+)\", \"[a-z_]+_on\"\),$", re.MULTILINE)
COMPARED = re.compile(r"\(\"(\w+)\", \"(\w+)\", \"(p_\w+)\"\)")


@pytest.mark.parametrize(
    "module",
    [
        "new_product",
        "new_market",
        "new_process",
        "training",
        "reorganisation",
        "reorganised_result",
        "judged",
    ],
)
def test_every_code_of_evidence_stands_in_the_reference(module) -> None:
    text = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
    codes = {*TOLD.findall(text), *STEP.findall(text), *sum(COMPARED.findall(text), ())}
    assert {code for code in codes if f"`{code}`" not in REFERENCE} == set()
    assert codes


def test_every_factor_stands_in_the_reference() -> None:
    assert {each for each in shortfall.FACTORS if f"`gap_{each}`" not in REFERENCE} == set()
