"""What is said of a result that a source does not record, however long anybody waits."""

from collections.abc import Mapping

from headway.queries.results.page import Finding, Grade
from headway.queries.words.language import gettext as _
from headway.terms.answer import Answer, Kpi

_TAKES: Mapping[str, str] = {
    "close_rate": "lost opportunities",
    "opportunities_created": "days of creation",
    "cycle_days": "days of creation",
    "cycle_time": "days of creation",
}
_SENTENCES: Mapping[Kpi, str] = {
    Kpi.BOOKINGS: "Bookings are not measured in this source: it takes amounts.",
    Kpi.WIN_RATE: "The win rate is not measured in this source: it takes lost opportunities.",
    Kpi.AVERAGE_AMOUNT: (
        "The average won amount is not measured in this source: it takes amounts."
    ),
    Kpi.OPPORTUNITIES_CREATED: (
        "The number of new opportunities is not measured in this source: it takes days of creation."
    ),
    Kpi.CYCLE_DAYS: (
        "The time from creation to a win is not measured in this source: it takes days of creation."
    ),
}


def takes(code: str) -> str:
    """What a metric would take, "" where no sentence says so.

    >>> takes("close_rate"), takes("slip")
    ('lost opportunities', '')
    """
    return _(_TAKES[code]) if code in _TAKES else ""


def is_so(answer: Answer) -> bool:
    """The source does not record what the result of an answer takes."""
    return answer.verdict_reason == "verdict.not_measured"


def finding(answer: Answer) -> Finding:
    """The one sentence of the page: what is not measured, and what it would take."""
    return Finding(start=_(_SENTENCES[answer.kpi]))


def grade() -> Grade:
    """No bars: nothing was weighed, so that nothing could be chance either."""
    return Grade(
        bars=0,
        word=_("Not measured"),
        ground=_("There is nothing to weigh: this source does not record it."),
    )


def next_step() -> str:
    """What would help: other files, or another result."""
    return _("Bring files that hold what it takes, or look at another result.")
