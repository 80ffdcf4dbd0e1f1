"""Who could help somebody with a practice."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Peers:
    """What two people's work says of one person and one priority; no figure and no order.

    `peers` are colleagues whose work shows the behaviour clearly more often, in an order drawn by
    lot. `is_ahead` = the person's own does, beside that of a colleague. `is_first` = of all the
    priorities in which somebody could help, the person's work is furthest below what is usual here.
    """

    person: str
    priority: str
    peers: tuple[str, ...]
    is_ahead: bool
    is_first: bool
