"""Reminders in words: plain text, by kind, each with its day and sentence."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from headway.queries.results import figures
from headway.terms.reminders import Due, Reminder

# Called when asked for, so that each reader gets their own language.
_HEADINGS: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("You promised:"),
    Reminder.ASKED: lambda: _("You are asked to promise:"),
    Reminder.KEPT: lambda: _("Promised to you, and kept:"),
    Reminder.MOVED: lambda: _("Promised to you, and moved:"),
}
_WHEN: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("due {day}"),
    Reminder.ASKED: lambda: _("until {day}"),
    Reminder.KEPT: lambda: _("due {day}"),
    Reminder.MOVED: lambda: _("now due {day}"),
}
# What My account offers.
CHOICES: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("What I promised: three days before its day, and the day after"),
    Reminder.ASKED: lambda: _("What I am asked to promise"),
    Reminder.KEPT: lambda: _("What was promised to me, once it is kept"),
    Reminder.MOVED: lambda: _("What was promised to me, when it is moved"),
}


def paragraphs(found: Iterable[Due]) -> Iterator[str]:
    """One paragraph for each kind that is there."""
    listed = tuple(found)
    for kind in Reminder:
        lines = [f"- {_line(each)}" for each in listed if each.kind is kind]
        if lines:
            yield "\n".join((_HEADINGS[kind](), *lines))


def _line(due: Due) -> str:
    when = _("it was due {day}") if due.is_over else _WHEN[due.kind]()
    told = when.format(day=figures.day(due.day))
    text = " ".join(due.text.split())
    return f"{text} ({due.who}; {told})" if due.who else f"{text} ({told})"
