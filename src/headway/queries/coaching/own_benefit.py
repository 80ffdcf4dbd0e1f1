"""What changed for a coach since they began, for that coach alone: a description, and its limits.

Hours given back are read from the ledger; everything else was published for that coach.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from headway.queries import hours_back
from headway.queries.results import figures
from headway.queries.words import own_time as words
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import declared
from headway.terms.coach_benefit import (
    LEAST_MONTHS,
    Change,
    CoachBenefit,
    HoursChange,
    Outcome,
    OwnHours,
    TeamChange,
)
from headway.terms.own_time import GivenTime
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

_YEAR = 12
_OUTCOMES = {Outcome.WIN_RATE: "Win rate", Outcome.BOOKINGS: "Bookings, a person and month"}
_HOURS = {
    OwnHours.DEVELOPMENT: "Developing people",
    OwnHours.INSPECTION: "Inspecting",
    OwnHours.TOTAL: "All hours",
}


@dataclass(frozen=True, kw_only=True)
class BenefitRow:
    """One figure before and now; `change` says the range, or that there is none.

    `others` is by how much it changed of everybody else, "" where that is not told.
    """

    name: str
    before: str
    after: str
    change: str
    others: str = ""


@dataclass(frozen=True, kw_only=True)
class BenefitSeen:
    """All of it: what was set beside what, the team, the coach's own hours, and the limits.

    `has_others` = everybody else is told of too. `note` says why nothing is told of the team, ""
    where it is; `hours_note` of the hours.
    """

    spells: str
    team: tuple[BenefitRow, ...]
    has_others: bool
    note: str
    hours: tuple[BenefitRow, ...]
    hours_note: str
    limits: tuple[str, ...]


def seen(viewer: Viewer, *, given: GivenTime | None, today: date) -> BenefitSeen | None:
    """What was published for the viewer, in words; None where no session of theirs counts.

    Args:
        viewer: the coach.
        given: their own, and nobody else's.
        today: up to which day hours are given back.
    """
    found = None if given is None else given.benefit
    if found is None:
        return None
    return BenefitSeen(
        spells=_spells(found),
        team=tuple(_team(found)),
        has_others=any(each.others is not None for each in found.team),
        note=_note(found),
        hours=(*_own(found), *_back(viewer, found, today=today)),
        hours_note=_hours_note(found),
        limits=tuple(_limits(found)) if found.months else (),
    )


def _spells(found: CoachBenefit) -> str:
    began = figures.day(found.began_on)
    if not found.months:
        return _(
            "Your first session that counts was on {day}. Before and after are told once there are "
            "{n} whole months of data on both sides of that month."
        ).format(day=began, n=LEAST_MONTHS)
    told = ngettext(
        "Your first session that counts was on {day}. Before are the {months} months that ended "
        "with the one before, now are the last {months}. {n} person sold for you all along.",
        "Your first session that counts was on {day}. Before are the {months} months that ended "
        "with the one before, now are the last {months}. {n} people sold for you all along.",
        count=found.people,
    )
    return told.format(day=began, months=found.months, n=found.people)


def _team(found: CoachBenefit) -> Iterator[BenefitRow]:
    if not found.team:
        return
    names = {number: each.name or number for number, each in declared.contents().items()}
    for each in found.team:
        yield _outcome(each, names=names, currency=found.currency)


def _outcome(one: TeamChange, *, names: Mapping[str, str], currency: str) -> BenefitRow:
    change = one.change
    if one.outcome is Outcome.BOOKINGS:
        before, after, size, low, high = (
            figures.money(amount, currency=currency, is_signed=is_signed)
            for amount, is_signed in (
                (change.before, False),
                (change.after, False),
                (change.size, True),
                (change.low or 0.0, True),
                (change.high or 0.0, True),
            )
        )
        others = (
            ""
            if one.others is None
            else figures.money(one.others, currency=currency, is_signed=True)
        )
    else:
        before, after = figures.percent(change.before), figures.percent(change.after)
        size, low, high = (
            figures.points(each) for each in (change.size, change.low or 0.0, change.high or 0.0)
        )
        others = "" if one.others is None else figures.points(one.others)
    name = _(_OUTCOMES[one.outcome]) if one.outcome in _OUTCOMES else _practised(one, names=names)
    ranged = _ranged(change, size=size, low=low, high=high)
    return BenefitRow(name=name, before=before, after=after, change=ranged, others=others)


def _practised(one: TeamChange, *, names: Mapping[str, str]) -> str:
    return _("{priority}, practised").format(priority=names.get(one.priority, one.priority))


def _ranged(change: Change, *, size: str, low: str, high: str) -> str:
    if change.low is None:
        return size
    return _("{size} (range {low} to {high})").format(size=size, low=low, high=high)


def _note(found: CoachBenefit) -> str:
    if not found.months or found.team:
        return ""
    return _(
        "Nothing is told of your team: it takes {n} people or more who sold for you all along and "
        "have work on record before and now."
    ).format(n=LEAST_ANSWERS)


def _own(found: CoachBenefit) -> Iterator[BenefitRow]:
    for each in found.own:
        change = each.change
        if change is not None:
            size, low, high = (
                _signed(hours) for hours in (change.size, change.low or 0.0, change.high or 0.0)
            )
            yield BenefitRow(
                name=_("{hours}, a week").format(hours=_(_HOURS[each.hours])),
                before=words.duration(change.before),
                after=words.duration(change.after),
                change=_ranged(change, size=size, low=low, high=high),
            )


def _signed(hours: float) -> str:
    sign = "+" if hours > 0 else "−" if hours < 0 else ""
    return sign + words.duration(abs(hours))


def _back(viewer: Viewer, found: CoachBenefit, *, today: date) -> Iterator[BenefitRow]:
    """What stands in the ledger: counted, so without a range. Nothing where nothing ever did."""
    first, last = hours_back.held(viewer, days=(found.began_on, today))
    for name, before, after in (
        (_("Hours you have again, a week"), first.mine, last.mine),
        (_("Hours you gave back, a week, over all people"), first.by_me, last.by_me),
    ):
        if before or after:
            yield BenefitRow(
                name=name,
                before=words.duration(before),
                after=words.duration(after),
                change=_signed(after - before),
            )


def _hours_note(found: CoachBenefit) -> str:
    if not found.months or any(each.change for each in found.own):
        return ""
    before, after = _months(found.own)
    return _(
        "Of your own week nothing can be told: you logged weeks in {before} months before and in "
        "{after} of the last {months}, and it takes {n} of each."
    ).format(before=before, after=after, months=found.months, n=LEAST_MONTHS)


def _months(own: tuple[HoursChange, ...]) -> tuple[int, int]:
    return (own[0].before_months, own[0].after_months) if own else (0, 0)


def _limits(found: CoachBenefit) -> Iterator[str]:
    yield _(
        "This describes, and shows no effect: much else changed in the same months. An effect is "
        "told of larger groups only, where people not yet coached stand beside."
    )
    yield _("Whoever begins after a bad spell rises by chance alone, and after a good one falls.")
    yield _("A range of 90% takes people, or months, as drawn by chance; it knows no other doubt.")
    if found.months < _YEAR:
        yield _("The two spells hold other months of the year: the season is in the difference.")
    if any(each.others is not None for each in found.team):
        yield _(
            "Others changed too: beside stands everybody else who sells, coached or not. Where "
            "they moved alike, look elsewhere for the reason."
        )
