"""The rooms of Coaching side by side; one that is not built yet is not shown."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from headway.interfaces.web.frame import address

# Name of its first page, and what it is called.
_ROOMS: tuple[tuple[str, Promise], ...] = (
    ("coaching", gettext_lazy("People")),
    ("coaching-time", gettext_lazy("My time")),
    ("coaching-pairs", gettext_lazy("Pairs")),
)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One room, and whether one is in it."""

    label: str
    url: str
    is_current: bool


def tabs(current: str) -> tuple[Tab, ...]:
    """The rooms there are, for `coaching/tabs.html`; none where there is but one.

    Args:
        current: the name of the room's first page.
    """
    found = tuple(
        Tab(label=str(label), url=url, is_current=name == current)
        for name, label in _ROOMS
        if (url := address(name))
    )
    return found if len(found) > 1 else ()
