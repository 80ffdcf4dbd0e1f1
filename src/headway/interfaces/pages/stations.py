"""The stations of a line as links inside a drawing.

Written here and not in a template: a page of a large organisation holds hundreds of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from headway.interfaces.pages.beam import Station
from headway.queries.strategy.page import LineRow

_SIGNS = {
    "disc": '<circle class="disc" r="6"/>',
    "half": '<path class="half" d="M0-6.6 6.6 0 0 6.6-6.6 0Z"/>'
    '<path class="half-full" d="M-6.6 0H6.6L0 6.6Z"/>',
    "slip": '<path class="slip" d="M-1-7.2A6 6 0 0 0-1 4.4ZM1.4-4.4A6 6 0 0 1 1.4 7.2Z"/>',
    "dash": '<path class="dash" d="M-6 0H6"/>',
    "open": '<circle class="ring open" r="5.6"/>',
}


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where the page and the drawer are, and whose people of which role are looked at."""

    line: str
    link: str
    head: str
    role: str

    @property
    def whole(self) -> str:
        """What stands in the address for all that is looked at."""
        return urlencode({"head": self.head, "role": self.role})

    def of(self, row: LineRow, link: str) -> str:
        """What stands in the address for one link of one row."""
        asked = {
            "head": self.head,
            "role": self.role,
            "priority": row.priority,
            "team": row.head,
            "link": link,
        }
        return escape(urlencode(asked))


def markup(
    stations: Iterable[Station], *, row: LineRow, y: int, addresses: Addresses
) -> SafeString:
    """The stations of one row at one height; everything that somebody typed is escaped."""
    whose = escape(row.name)
    parts = []
    for station in stations:
        reach = station.reach
        asked = addresses.of(row, reach.link.value)
        count = f", {escape(reach.count)}" if reach.count else ""
        page = f"{addresses.line}?{asked}"
        parts.append(
            f'<a class="at" href="{page}" hx-get="{addresses.link}?{asked}" hx-push-url="{page}" '
            f'aria-label="{whose}, {escape(reach.name)}: {escape(reach.word)}{count}">'
            f'<rect class="hit" x="{station.x - 15:.0f}" y="{y - 13}" width="30" height="26"/>'
            f'<g transform="translate({station.x:.0f} {y})"><circle class="ground" r="8.6"/>'
            f"{_SIGNS[reach.glyph]}</g></a>"
        )
    return mark_safe("".join(parts))  # noqa: S308  put together from constants and escaped text
