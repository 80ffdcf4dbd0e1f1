"""A pattern is wrong where people do what was declared, not where they are short by little."""

import pytest

from headway.analysis.strategy.judged import Judged
from headway.findings.strategy.patterns import looked
from headway.terms.pattern import PatternCode, PatternUnit, PatternVerdict


@pytest.mark.parametrize(
    ("verdict", "error"), [(PatternVerdict.PRESENT, 0.04), (PatternVerdict.ABSENT, 1.0)]
)
def test_what_may_be_wrong_of_a_pattern(verdict: PatternVerdict, error: float) -> None:
    one = Judged(
        priority="service",
        place="seller@lena",
        verdict=verdict,
        subtype=None,
        shortfall=None,
        p_short=0.82,
        p_as_declared=0.04,
        evidence=(),
    )
    code, unit = PatternCode.NEW_PRODUCT_OLD_MIX, PatternUnit.SHARE
    assert looked.told(one, code=code, unit=unit).error == error
