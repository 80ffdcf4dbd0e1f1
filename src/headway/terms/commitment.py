"""What can happen to a commitment. Nothing here computes."""

from enum import StrEnum


class EventKind(StrEnum):
    """Something that was said of a commitment.

    The first seven are those of the bundle format (`meant/commitment_event`). Of the others the
    format knows nothing: an export leaves them out.
    """

    PROGRESS = "progress"
    CHECK_PLANNED = "check_planned"
    CHECK_HELD = "check_held"
    RENEGOTIATED = "renegotiated"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    REOPENED = "reopened"
    DECLINED = "declined"
    BROKEN = "broken"
    RELEASE_ASKED = "release_asked"
    RELEASE_REFUSED = "release_refused"


OF_BUNDLES = tuple(EventKind)[:7]
SILENT_DAYS = 7
"""So many days after its day without a word, a commitment counts as missed in silence."""
