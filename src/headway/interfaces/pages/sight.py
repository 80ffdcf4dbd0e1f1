"""The line of sight with its drawings: what the templates are given."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from headway.interfaces.pages import beam
from headway.interfaces.pages.stations import Addresses, markup
from headway.queries.results import figures
from headway.queries.strategy.page import Drawer, LineRow, Reach, SightPage
from headway.queries.words import language as spoken
from headway.terms.line import Link

_LEFT, _RIGHT = 6.0, 124.0
# Heights of the stations in their drawings.
_BEAM, _PROPS, _THIN = 34, 92, 17
# Rows of a kind that a process keeps: some six kilobytes each.
_KEPT = 512


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A share with its range, and what is believed (a ring), on a scale from 0 to 1; in words."""

    share: float | None
    low: float | None
    high: float | None
    believed: float | None
    words: str
    reach: Reach


@dataclass(frozen=True, kw_only=True)
class DrawnPriority:
    """One priority's row, and the rows of the groups within it where it is open."""

    markup: SafeString
    teams: tuple[SafeString, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnSight:
    """Everything the templates write out."""

    priorities: tuple[DrawnPriority, ...]
    strip: Strip


def drawn(page: SightPage, *, addresses: Addresses) -> DrawnSight:
    """The page with its drawings; `addresses` are those that the drawings link to."""
    at = {"addresses": addresses, "language": spoken.active()}
    return DrawnSight(
        priorities=tuple(
            DrawnPriority(
                markup=_priority(each.row, is_open=each.is_open, **at),
                teams=tuple(
                    _team(team, is_open=team.head == page.drawer.row.head, **at)
                    for team in each.teams
                ),
            )
            for each in page.priorities
        ),
        strip=of_drawer(page.drawer),
    )


# What is published does not change, and many look at it: a row that was drawn is kept by all that
# it is drawn from, its reader's own beliefs, addresses and language among it.
@lru_cache(maxsize=_KEPT)
def _priority(row: LineRow, *, is_open: bool, addresses: Addresses, language: str) -> SafeString:
    del language
    found = beam.beam(row)
    context = {
        **_row(row, is_open=is_open, addresses=addresses),
        "beam": found,
        "stations": markup(found.stations, row=row, y=_BEAM, addresses=addresses),
        "props": markup(found.props, row=row, y=_PROPS, addresses=addresses),
    }
    return render_to_string("strategy/priority.html", context)


@lru_cache(maxsize=_KEPT)
def _team(row: LineRow, *, is_open: bool, addresses: Addresses, language: str) -> SafeString:
    del language
    found = beam.thin(row)
    stations = (*found.stations, *found.props)
    context = {
        **_row(row, is_open=is_open, addresses=addresses),
        "thin": found,
        "stations": markup(stations, row=row, y=_THIN, addresses=addresses),
    }
    return render_to_string("strategy/team.html", context)


def _row(row: LineRow, *, is_open: bool, addresses: Addresses) -> dict[str, object]:
    """What the templates of both kinds of rows are given."""
    return {
        "row": row,
        "is_open": is_open,
        "strip": _strip(row.at(Link.PRACTISED)),
        "line_url": addresses.line,
        "whole": addresses.whole,
    }


def of_drawer(drawer: Drawer) -> Strip:
    """The strip of the link that the drawer shows."""
    return _strip(drawer.reach)


def _strip(reach: Reach) -> Strip:
    def x(share: float | None) -> float | None:
        return None if share is None else round(_LEFT + share * (_RIGHT - _LEFT), 1)

    return Strip(
        share=x(reach.share),
        low=x(reach.low),
        high=x(reach.high),
        believed=x(reach.believed),
        words="" if reach.share is None else figures.percent(reach.share),
        reach=reach,
    )
