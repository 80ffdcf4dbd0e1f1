"""Own time and hours given back, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from headway.queries.words.language import ngettext
from headway.terms.own_time import Category, Stopped, Third

Words = Mapping[str, Callable[[], str]]
"""Called when asked for, so that each reader gets their own language."""

CATEGORIES: Words = {
    Category.DEVELOPMENT: lambda: _("Developing people"),
    Category.INSPECTION: lambda: _("Inspecting"),
    Category.FIELD: lambda: _("With customers"),
    Category.OWN_SELLING: lambda: _("Selling myself"),
    Category.COMMUNICATION: lambda: _("Telling and explaining"),
    Category.ADMINISTRATION: lambda: _("Administration"),
    Category.OTHER: lambda: _("Something else"),
}
MEANINGS: Words = {
    Category.DEVELOPMENT: lambda: _("Sessions, joint calls a seller leads, debriefs, role plays."),
    Category.INSPECTION: lambda: _("Forecast calls, pipeline reviews, status checks."),
    Category.FIELD: lambda: _("Visits and calls with customers."),
    Category.OWN_SELLING: lambda: _("Opportunities of your own."),
    Category.COMMUNICATION: lambda: _("Where we are going, and why."),
}
STOPPED: Words = {
    Stopped.REPORT: lambda: _("A report"),
    Stopped.MEETING: lambda: _("A meeting"),
    Stopped.CHECK: lambda: _("A check"),
    Stopped.OTHER: lambda: _("Something else"),
}
THIRDS: Words = {
    Third.TOP: lambda: _("The third that won most before"),
    Third.MIDDLE: lambda: _("The third in the middle"),
    Third.EARLY: lambda: _("The third that won least before, or is new"),
}


def of(words: Words, code: str) -> str:
    """The words for a code."""
    return words[code]()


def duration(hours: float) -> str:
    """Hours as people say them: in minutes below one, with quarters as they are.

    >>> duration(2.25), duration(4.52), duration(1), duration(0.75), duration(0)
    ('2.25 hours', '4.5 hours', '1 hour', '45 minutes', '0 hours')
    """
    minutes = round(hours * 60)
    if 0 < minutes < 60:  # noqa: PLR2004  under an hour
        return ngettext("{n} minute", "{n} minutes", count=minutes).format(n=minutes)
    digits = 2 if hours * 4 == round(hours * 4) else 1
    told = f"{hours:,.{digits}f}".rstrip("0").rstrip(".")
    return ngettext("{n} hour", "{n} hours", count=1 if told == "1" else 2).format(n=told)
