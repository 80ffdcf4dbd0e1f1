"""The line of sight with its drawings: what the templates are given."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from headway.interfaces.pages import beam
from headway.interfaces.pages.beam import Beam, Thin
from headway.interfaces.pages.stations import Addresses, markup
from headway.queries.results import figures
from headway.queries.strategy.page import Drawer, LineRow, PriorityRow, Reach, SightPage
from headway.terms.line import Link

_LEFT, _RIGHT = 6.0, 124.0
# Heights of the stations in their drawings.
_BEAM, _PROPS, _THIN = 34, 92, 17


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
class DrawnTeam:
    """One group's thin line; `stations` are its links."""

    row: LineRow
    thin: Thin
    stations: SafeString
    doing: Strip


@dataclass(frozen=True, kw_only=True)
class DrawnPriority:
    """One priority's beam, and the thin lines within it where it is open."""

    row: LineRow
    is_open: bool
    beam: Beam
    stations: SafeString
    props: SafeString
    doing: Strip
    teams: tuple[DrawnTeam, ...]


@dataclass(frozen=True, kw_only=True)
class DrawnSight:
    """Everything the templates write out."""

    page: SightPage
    priorities: tuple[DrawnPriority, ...]
    strip: Strip


def drawn(page: SightPage, *, addresses: Addresses) -> DrawnSight:
    """The page with its drawings; `addresses` are those that the drawings link to."""
    return DrawnSight(
        page=page,
        priorities=tuple(_priority(each, addresses=addresses) for each in page.priorities),
        strip=of_drawer(page.drawer),
    )


def _priority(each: PriorityRow, *, addresses: Addresses) -> DrawnPriority:
    found = beam.beam(each.row)
    return DrawnPriority(
        row=each.row,
        is_open=each.is_open,
        beam=found,
        stations=markup(found.stations, row=each.row, y=_BEAM, addresses=addresses),
        props=markup(found.props, row=each.row, y=_PROPS, addresses=addresses),
        doing=_strip(each.row.at(Link.PRACTISED)),
        teams=tuple(_team(team, addresses=addresses) for team in each.teams),
    )


def _team(row: LineRow, *, addresses: Addresses) -> DrawnTeam:
    found = beam.thin(row)
    return DrawnTeam(
        row=row,
        thin=found,
        stations=markup((*found.stations, *found.props), row=row, y=_THIN, addresses=addresses),
        doing=_strip(row.at(Link.PRACTISED)),
    )


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
