"""Reminders in words: plain text, by kind, each with its day and sentence."""

from collections.abc import Callable, Collection, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.queries.results import figures
from headway.terms.reminders import OF_COACHING, OF_PROMISES, Due, Reminder

# Called when asked for, so that each reader gets their own language.
_HEADINGS: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("You promised:"),
    Reminder.ASKED: lambda: _("You are asked to promise:"),
    Reminder.KEPT: lambda: _("Promised to you, and kept:"),
    Reminder.MOVED: lambda: _("Promised to you, and moved:"),
    Reminder.SESSION: lambda: _("Your coaching sessions:"),
    Reminder.CALLED_OFF: lambda: _("Called off:"),
    Reminder.PRACTICE: lambda: _("You agreed to look at a practice again:"),
    Reminder.REPEAT: lambda: _("You planned to say again:"),
}
_WHEN: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("due {day}"),
    Reminder.ASKED: lambda: _("due {day}"),
    Reminder.KEPT: lambda: _("due {day}"),
    Reminder.MOVED: lambda: _("now due {day}"),
    Reminder.REPEAT: lambda: "{day}",
}
# What My account offers.
CHOICES: Mapping[Reminder, Callable[[], str]] = {
    Reminder.DUE: lambda: _("What I promised: three days before its day, and the day after"),
    Reminder.ASKED: lambda: _("What I am asked to promise"),
    Reminder.KEPT: lambda: _("What was promised to me, once it is kept"),
    Reminder.MOVED: lambda: _("What was promised to me, when it is moved"),
    Reminder.SESSION: lambda: _("A coaching session: the day before, and when it is set or moved"),
    Reminder.CALLED_OFF: lambda: _("A coaching session that the other calls off: at once"),
    Reminder.PRACTICE: lambda: _("A practice of coaching: on the day to look at it again"),
    Reminder.REPEAT: lambda: _("A message I planned to say again: on its day"),
}


def paragraphs(found: Collection[Due]) -> Iterator[str]:
    """One paragraph for each kind that is there."""
    for kind in Reminder:
        lines = [f"- {_line(each)}" for each in found if each.kind is kind]
        if lines:
            yield "\n".join((_HEADINGS[kind](), *lines))


def subject(found: Collection[Due]) -> str:
    """How many things there are to look at; of what was called off there is nothing to look at."""
    if all(each.kind is Reminder.CALLED_OFF for each in found):
        return _("A coaching session was called off")
    if any(each.kind not in OF_PROMISES for each in found):
        told = ngettext("One thing to look at", "{count} things to look at", len(found))
    else:
        told = ngettext("One promise to look at", "{count} promises to look at", len(found))
    return told.format(count=len(found))


def _line(due: Due) -> str:
    if due.kind in OF_COACHING:
        return _coaching_line(due)
    when = _("it was due {day}") if due.is_over else _WHEN[due.kind]()
    told = when.format(day=figures.day(due.day))
    text = " ".join(due.text.split())
    return f"{text} ({due.who}; {told})" if due.who else f"{text} ({told})"


def _coaching_line(due: Due) -> str:
    day = figures.day(due.day)
    if due.begins is None:
        return _("with {name}, {day}").format(name=due.who, day=day)
    return _("with {name}, {day}, {time}").format(name=due.who, day=day, time=f"{due.begins:%H:%M}")
