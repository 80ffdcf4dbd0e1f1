"""How far what leaders say comes down: told, recalled and understood, level by level."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from headway.queries.results import figures
from headway.queries.strategy import predicting, published
from headway.queries.words.language import gettext as _
from headway.terms.line import Chain, Link
from headway.terms.viewer import Viewer

_HEARD = (Link.TOLD, Link.RECALLED, Link.UNDERSTOOD)


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of one priority, the highest first; `heard` has a text for each of three links.

    `drop` is how far recall changes from the level above, "" where either is not measured.
    """

    priority: str
    level: str
    heard: Mapping[str, str]
    drop: str


def levels(viewer: Viewer, *, at: datetime) -> tuple[Level, ...]:
    """Of one's own people, or the widest group one sees; only what is measured of any level.

    Nothing before a leader has said, or skipped, what they believe of their own people.
    """
    if predicting.waiting(viewer, at=at):
        return ()
    found: dict[str, list[tuple[str, Chain]]] = {}
    for level, chain in published.by_level(viewer, at=at):
        found.setdefault(chain.priority, []).append((level, chain))
    return tuple(row for each in found.values() if _is_heard(each) for row in _rows(each))


def _is_heard(each: Iterable[tuple[str, Chain]]) -> bool:
    return any(chain.at(link).is_measured for _level, chain in each for link in _HEARD)


def _rows(each: Iterable[tuple[str, Chain]]) -> Iterator[Level]:
    above: float | None = None
    for level, chain in each:
        recalled, drop = _share(chain, Link.RECALLED), ""
        if above is not None and recalled is not None:
            drop = figures.points(recalled - above)
        yield Level(
            priority=chain.name or chain.priority,
            level=level,
            heard={link.value: _text(chain, link) for link in _HEARD},
            drop=drop,
        )
        above = recalled


def _share(chain: Chain, link: Link) -> float | None:
    state = chain.at(link)
    return state.k / state.n if state.is_measured and state.k is not None and state.n else None


def _text(chain: Chain, link: Link) -> str:
    share, state = _share(chain, link), chain.at(link)
    if share is None:
        return _("not measured")
    words = _("{share}, {k:,.0f} of {n:,.0f}")
    return words.format(share=figures.percent(share), k=state.k, n=state.n)
