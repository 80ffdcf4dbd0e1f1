"""One change, and the doors it has."""

from collections.abc import Callable
from dataclasses import dataclass, field

Form = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: `page` and `api` are the door's name and what is sent, None = it has none.

    `watch` gives what differs once it was done; `first` makes it possible; `ids` are what stands
    in the address beside what the world says.
    """

    what: str
    who: frozenset[str]
    why: str
    watch: Callable[[], object]
    page: tuple[str, Form] | None = None
    api: tuple[str, Form | None] | None = None
    first: Callable[[], object] = lambda: None
    ids: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
