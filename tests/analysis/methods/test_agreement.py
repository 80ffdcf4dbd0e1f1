"""Krippendorff's own examples."""

import pytest

from headway.analysis.methods.agreement import nominal_alpha

# Krippendorff (2011), section A: two observers, ten documents, two codes; alpha = .095.
MEG = "0100000010"
OWEN = "1110010000"


def test_two_observers_and_two_codes() -> None:
    assert nominal_alpha(zip(MEG, OWEN, strict=True)) == pytest.approx(0.095, abs=0.0005)


def test_four_observers_with_missing_codes() -> None:
    # Krippendorff (2011), section C: nominal alpha = .743.
    rows = ("12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251.")
    columns = zip(*(row.replace(" ", "") for row in rows), strict=True)
    units = [tuple(code for code in column if code != ".") for column in columns]
    assert nominal_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_what_nobody_coded_twice_tells_nothing() -> None:
    assert nominal_alpha([("yes",), ()]) is None
    assert nominal_alpha([("yes", "yes")]) is None
