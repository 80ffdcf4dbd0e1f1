"""How often a leader was with customers beside their people, for that leader; others see sums."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.queries.results import figures
from headway.queries.words import own_time as words
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records.models import GroupMonth
from headway.terms import codec
from headway.terms.own_time import FieldThird, FieldTime, GivenTime, Third
from headway.terms.viewer import Viewer

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class FieldThirdSeen:
    """Visits and calls beside people of one third; `share` is of the visits, "" where none was."""

    name: str
    people: int
    visits: int
    hours: str
    share: str


@dataclass(frozen=True, kw_only=True)
class FieldSeen:
    """The viewer's own 90 days; `thirds` is empty where a third has fewer than five people."""

    told: str
    logged: str
    untimed: str
    thirds: tuple[FieldThirdSeen, ...]


@dataclass(frozen=True, kw_only=True)
class FieldMonthSeen:
    """What the leaders below did together in one month; `people` is how many leaders they are."""

    month: str
    people: int
    thirds: tuple[FieldThirdSeen, ...]


def seen(viewer: Viewer, *, given: GivenTime | None) -> FieldSeen | None:
    """What was published for the viewer, in words; None where nothing could tell of it.

    Args:
        viewer: the leader.
        given: their own, and nobody else's.
    """
    del viewer
    if given is None or given.field is None:
        return None
    field = given.field
    return FieldSeen(
        told=_told(field, people=given.people),
        logged=_logged(field),
        untimed=_untimed(field),
        thirds=_thirds(field.thirds or ()) if field.visits else (),
    )


def months(viewer: Viewer) -> tuple[FieldMonthSeen, ...]:
    """The months of five leaders and more below the viewer, the newest first."""
    found = GroupMonth.objects.filter(head=viewer.person_id or "-", kind="field")
    return tuple(
        FieldMonthSeen(
            month=figures.month(each.month_on),
            people=each.people_count,
            thirds=_thirds(codec.from_json(tuple[FieldThird, ...], each.figures["thirds"])),
        )
        for each in found.order_by("-month_on")[:_MONTHS]
    )


def _told(field: FieldTime, *, people: int) -> str:
    if not field.visits:
        return _(
            "In the last 90 days no visit or call with a customer is on record that you and "
            "somebody who sells below you did together."
        )
    told = ngettext(
        "In the last 90 days you were with a customer once, beside {k} of the {n} people who sell "
        "below you: {hours}.",
        "In the last 90 days you were with customers {visits} times, beside {k} of the {n} people "
        "who sell below you: {hours}.",
        count=field.visits,
    )
    return told.format(
        visits=field.visits, k=field.visited, n=people, hours=words.duration(field.minutes / 60)
    )


def _logged(field: FieldTime) -> str:
    if field.logged_hours is None:
        return ""
    told = _("In the weeks of these days you logged {hours} with customers, beside whomever.")
    return told.format(hours=words.duration(field.logged_hours))


def _untimed(field: FieldTime) -> str:
    if not field.untimed:
        return ""
    told = ngettext(
        "How long {n} of them was is not known.",
        "How long {n} of them were is not known.",
        count=field.untimed,
    )
    return told.format(n=field.untimed)


def _thirds(thirds: Sequence[FieldThird]) -> tuple[FieldThirdSeen, ...]:
    visits = sum(each.visits for each in thirds)
    return tuple(
        FieldThirdSeen(
            name=words.of(words.THIRDS, each.third),
            people=each.people,
            visits=each.visits,
            hours=words.duration(each.minutes / 60),
            share=figures.percent(each.visits / visits) if visits else "",
        )
        for each in sorted(thirds, key=lambda one: list(Third).index(one.third))
    )
