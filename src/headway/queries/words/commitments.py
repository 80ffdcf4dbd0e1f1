"""Commitments in words: how one stands, what was said of it, and how often one keeps them."""

from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext

_STATES = {
    "asked": "asked, no answer yet",
    "open": "open",
    "moved": "moved",
    "moved_late": "moved after its day",
    "overdue": "overdue",
    "silent": "overdue, no word for a week",
    "kept": "kept",
    "kept_late": "kept late",
    "broken": "broken",
    "released": "released",
    "taken_back": "taken back",
    "declined": "declined",
}
_GLYPHS = {
    "kept": "disc",
    "kept_late": "half",
    "moved_late": "half",
    "broken": "slip",
    "overdue": "slip",
    "silent": "slip",
    "released": "dash",
    "taken_back": "dash",
    "declined": "dash",
}
_EVENTS = {
    "progress": "How far it is",
    "check_planned": "To be looked at together on {day}",
    "check_held": "Looked at together",
    "renegotiated": "Moved to {to}",
    "renegotiated_late": "Moved to {to}, after its day",
    "withdrawn": "Released",
    "done": "Done",
    "reopened": "Opened again",
    "declined": "Declined",
    "broken": "Will not be done",
    "release_asked": "Asked to be released",
    "release_refused": "Not released",
}


def state(code: str) -> str:
    """How a commitment stands, by its code."""
    return _(_STATES[code])


def glyph(code: str) -> str:
    """The shape beside the words."""
    return _GLYPHS.get(code, "ring")


def event(code: str, *, day: str, to: str) -> str:
    """What was said of a commitment; `day` and `to` as people read them."""
    return _(_EVENTS[code]).format(day=day, to=to)


def own_kept(*, kept: int, due: int, days: int) -> str:
    """How many of one's own were kept on time, for oneself; "" where none fell due."""
    if not due:
        return ""
    if due == 1 and kept:
        told = _("One promise of yours fell due in {days} days, and you kept it on time.")
    else:
        told = ngettext(
            "One promise of yours fell due in {days} days; it was not kept on time.",
            "Of {due} promises of yours that fell due in {days} days you kept {kept} on time.",
            count=due,
        )
    return told.format(kept=kept, due=due, days=days)


def own_silent(count: int) -> str:
    """How many of one's own went by without a word; "" where none did."""
    if not count:
        return ""
    told = ngettext(
        "One went by a week ago or more without a word.",
        "{count} went by a week ago or more without a word.",
        count=count,
    )
    return told.format(count=count)


def own_checks(*, held: int, planned: int) -> str:
    """How many planned checks were held; "" where none was planned."""
    if not planned:
        return ""
    return _("Of the checks you planned, {held} of {planned} were held.").format(
        held=held, planned=planned
    )
