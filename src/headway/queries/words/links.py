"""The nine links of the line of sight, as people call them."""

from headway.queries.words.language import gettext as _
from headway.terms.line import Link

NAMES = {
    Link.DECLARED: "Declared",
    Link.TOLD: "Told",
    Link.RECALLED: "Recalled",
    Link.UNDERSTOOD: "Understood",
    Link.CONNECTED: "Connected",
    Link.LED: "Led",
    Link.PRACTISED: "Practised",
    Link.COACHED: "Coached",
    Link.MOVED: "Moved",
}


def name(code: str) -> str:
    """A link by its code; a code that is none stays as it is.

    >>> name("told"), name("x")
    ('Told', 'x')
    """
    known = {link.value: word for link, word in NAMES.items()}
    return _(known[code]) if code in known else code
