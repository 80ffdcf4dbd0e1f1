"""A calendar as others read it: whole days in the form of RFC 5545."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from headway.queries.calendar import Entry, Standing

if TYPE_CHECKING:
    from icalendar import Event

_STATUS = {
    Standing.HOLDS: "CONFIRMED",
    Standing.NOT_AGREED: "TENTATIVE",
    Standing.CANCELLED: "CANCELLED",
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
    made.add("prodid", "-//Headway//Promises//EN")
    made.add("version", "2.0")
    made.add("name", _("Promises"))
    made.add("x-wr-calname", _("Promises"))
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
    made.add("dtstart", entry.day)
    made.add("dtend", entry.day + timedelta(days=1))
    text = " ".join(entry.text.split())
    whole = _("Your promise: {text}") if entry.is_own else _("Promised to you: {text}")
    made.add("summary", whole.format(text=text))
    made.add("status", _STATUS[entry.standing])
    made.add("class", "PRIVATE")
    # A day on which something is due is not a day on which one is busy.
    made.add("transp", "TRANSPARENT")
    return made


def _uid(entry: Entry, *, account_id: int) -> str:
    """The same for ever, unlike any other, and telling nothing (RFC 7986, section 5.3)."""
    named = f"{account_id}:{entry.commitment_id}"
    return f"{salted_hmac('headway.calendar', named, algorithm='sha256').hexdigest()[:40]}@headway"
