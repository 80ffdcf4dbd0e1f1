"""Sentences for the codes that findings give as reasons, caveats, marks and omissions.

Every sentence is a template; its places are filled from the figures that travel with the code. A figure
that is missing leaves the sentence without its number rather than failing.
"""

from collections.abc import Mapping

from headway.queries.results.language import gettext as _
from headway.terms.answer import Standing

REASONS: Mapping[str, str] = {}
CAVEATS: Mapping[str, str] = {}
MARKS: Mapping[str, str] = {}
OMITTED: Mapping[str, str] = {
    "no_owner": "{count} opportunities have no owner. They count in totals, but not per seller.",
    "no_created_at": "{count} opportunities have no creation date. They are left out of new opportunities and of days.",
    "no_amount": "{count} opportunities have no amount. They are left out of money and count in rates.",
    "no_close_date": "{count} decided opportunities have no closing date. They are left out of both periods.",
    "no_product": "{count} opportunities have no product. They stand as “no product” where products are compared.",
}
_TESTS: Mapping[str, str] = {
    "know": "Ruled out when people of the same segment do it well. Supported when nobody anywhere does and scores are low.",
    "buyer": "Supported when what buyers do moved in all places, the best ones included. Ruled out when a place with the same buyers did not fall.",
    "process": "Supported when opportunities that followed the process did no better than the others at the same age. Ruled out when they did.",
    "mix": "The change of a rate is split exactly into what happened inside each group and what happened to the weights of the groups.",
    "season": "The same months a year before carry the same season.",
    "single_deal": "The change is worked out again without the largest opportunity of either period.",
    "capacity": "Sellers at work, new sellers and leave are counted in both periods.",
    "demand": "New opportunities are counted in both periods.",
    "price": "Amounts and discounts are compared in both periods.",
    "data_quality": "Every doubt about the data is listed with what it touches.",
}
_WITHOUT_A_SENTENCE: Mapping[Standing, str] = {
    Standing.NAMED: "The evidence is consistent with it.",
    Standing.CANDIDATE: "Part of the evidence points to it; the rest is not there.",
    Standing.RULED_OUT: "The figures do not show it.",
    Standing.UNTESTED: "Nothing in the data can show it or rule it out.",
}


class _Spaces(dict[str, str]):
    """Figures of a sentence; what is not there reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def reason(code: str, *, standing: Standing, figures: Mapping[str, str]) -> str:
    """Why an alternative is in its list."""
    return _filled(REASONS.get(code, _WITHOUT_A_SENTENCE[standing]), figures=figures)


def caveat(code: str) -> str:
    """What a measure does not know."""
    return _(CAVEATS.get(code, code.replace("_", " ").capitalize() + "."))


def test_of(code: str) -> str:
    """How an alternative is told from the others; empty where there is no short way to say it."""
    return _(_TESTS[code]) if code in _TESTS else ""


def mark(code: str, *, figures: Mapping[str, str]) -> str:
    """One doubt about the data, in plain words."""
    unknown = "{row_count} rows of {table} look doubtful: " + code.replace("_", " ") + "."
    return _filled(MARKS.get(code, unknown), figures=figures)


def omitted(code: str, *, count: int) -> str:
    """How many opportunities were left out of what."""
    unknown = "{count} opportunities were left out: " + code.replace("_", " ") + "."
    return _filled(OMITTED.get(code, unknown), figures={"count": f"{count:,}"})


def _filled(template: str, *, figures: Mapping[str, str]) -> str:
    return _(template).format_map(_Spaces(figures))
