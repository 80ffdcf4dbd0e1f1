"""A calendar as others read it: whole days, and sessions, in the form of RFC 5545."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from headway.queries.calendar import Entry, Kind, Standing

if TYPE_CHECKING:
    from icalendar import Event

_STATUS = {
    Standing.HOLDS: "CONFIRMED",
    Standing.NOT_AGREED: "TENTATIVE",
    Standing.CANCELLED: "CANCELLED",
}
_SUMMARIES = {
    Kind.OWN: lambda: _("Your promise: {text}"),
    Kind.PROMISED_TO_ME: lambda: _("Promised to you: {text}"),
    Kind.SESSION: lambda: _("Coaching session with {text}"),
    Kind.PRACTICE: lambda: _("Coaching: look again with {text}"),
    Kind.REPEAT: lambda: _("Say again: {text}"),
}
# How often a reader looks again, where it asks us.
_AGAIN = timedelta(hours=6)


def of(entries: Iterable[Entry], *, account_id: int) -> bytes:
    """The calendar of one account, the same bytes for the same entries.

    No METHOD: it is read, nobody is invited; so DTSTAMP is when an entry last changed.

    References:
        RFC 5545; RFC 7986 for the name and how often to look again.
    """
    from icalendar import Calendar  # noqa: PLC0415  seldom needed, and takes a while to load

    made = Calendar()
    made.add("prodid", "-//Headway//Calendar//EN")
    made.add("version", "2.0")
    made.add("name", _("Promises and coaching"))
    made.add("x-wr-calname", _("Promises and coaching"))
    made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry, account_id=account_id))
    return bytes(made.to_ical())


def _event(entry: Entry, *, account_id: int) -> "Event":
    from icalendar import Event  # noqa: PLC0415  as above

    made = Event()
    made.add("uid", _uid(entry, account_id=account_id))
    made.add("dtstamp", entry.changed_at)
    made.add("last-modified", entry.changed_at)
    made.add("sequence", entry.revision)
    made.add("dtstart", entry.begins)
    made.add("dtend", entry.begins + _length(entry))
    text = " ".join(entry.text.split())
    made.add("summary", _SUMMARIES[entry.kind]().format(text=text))
    made.add("status", _STATUS[entry.standing])
    made.add("class", "PRIVATE")
    # A day on which something is due is not a day on which one is busy; in a session one is.
    made.add("transp", "OPAQUE" if entry.kind is Kind.SESSION else "TRANSPARENT")
    return made


def _length(entry: Entry) -> timedelta:
    return timedelta(minutes=entry.minutes) if entry.kind is Kind.SESSION else timedelta(days=1)


def _uid(entry: Entry, *, account_id: int) -> str:
    """The same for ever, unlike any other, and telling nothing (RFC 7986, section 5.3)."""
    of = "" if entry.kind in (Kind.OWN, Kind.PROMISED_TO_ME) else f"{entry.kind}:"
    named = f"{account_id}:{of}{entry.of_id}"
    return f"{salted_hmac('headway.calendar', named, algorithm='sha256').hexdigest()[:40]}@headway"
