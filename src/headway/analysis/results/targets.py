"""What was to be booked in a period: by the whole book, and by each owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter

from headway.analysis.results.book import Book
from headway.facts import Facts, collect, once
from headway.terms.period import Period


@dataclass(frozen=True, kw_only=True)
class Target:
    """One target for bookings: `amount` is to be booked in `period`."""

    period: Period
    amount: float


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Targets for bookings of a book: of all of it, and by owner.

    `was_changed` = some target was set more than once; the latest holds.
    """

    whole: tuple[Target, ...] = ()
    by_owner: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    was_changed: bool = False
    is_sliced: bool = False

    @property
    def caveats(self) -> tuple[str, ...]:
        """Codes of what is to be known about them."""
        summed = () if self.whole else ("target_summed_from_people",)
        return (*summed, *(("target_changed",) if self.was_changed else ()))

    def of(self, period: Period) -> float | None:
        """What the whole book was to book in the period; None where that is not recorded."""
        if self.is_sliced:
            return None
        if self.whole:
            return amount_in(self.whole, period=period)
        known = [amount_in(targets, period=period) for targets in self.by_owner.values()]
        found = [amount for amount in known if amount is not None]
        return sum(found) if found else None

    def quotas(self, period: Period) -> dict[str, float]:
        """What each owner was to book in the period, those with a target for all of it."""
        found = {
            owner: amount_in(targets, period=period) for owner, targets in self.by_owner.items()
        }
        return {owner: amount for owner, amount in found.items() if amount}


def of(facts: Facts, *, book: Book) -> Targets:
    """The targets for bookings from `seen/target`; of one set again the latest holds.

    The organisation's own target is used for a whole book; for some people, or where there is none,
    the sum of the owners'. A slice has no target.
    """
    latest, was_changed = _latest(facts)
    owners = {owner for owner in book.owners.values if owner is not None}
    if book.people_asked is not None:
        owners &= book.people_asked
    by_owner: dict[str, tuple[Target, ...]] = {}
    for (kind, subject, _), target in latest.items():
        if kind == "person" and subject in owners:
            by_owner[subject] = (*by_owner.get(subject, ()), target)
    whole = [target for (kind, _, _), target in latest.items() if kind == "organisation"]
    return Targets(
        whole=tuple(whole) if book.people_asked is None else (),
        by_owner=by_owner,
        was_changed=was_changed,
        is_sliced=book.is_sliced,
    )


@once
def _latest(facts: Facts) -> tuple[Mapping[tuple[str, str, date], Target], bool]:
    """By kind of subject, subject and first day what holds; and whether some was set again."""
    latest: dict[tuple[str, str, date], Target] = {}
    rows = [row for row in collect(facts.columns("seen/target")).records() if _is_ours(row)]
    for row in sorted(rows, key=itemgetter("set_at")):
        if row["period_to"] > row["period_from"]:
            key = (row["subject_kind"], row["subject"], row["period_from"])
            span = Period(first=row["period_from"], end=row["period_to"])
            latest[key] = Target(period=span, amount=float(row["value"]))
    return latest, len(rows) > len(latest)


def _is_ours(row: Mapping[str, object]) -> bool:
    is_of_bookings = row["measure"] == "bookings" and row["unit"] == "money"
    return is_of_bookings and row["subject_kind"] in {"organisation", "person"}


def amount_in(targets: Iterable[Target], *, period: Period) -> float | None:
    """The part of the targets that falls into a period, by days; None unless they cover all of it.

    Where a year and its quarters both have a target, the shorter one holds.

    Examples:
        >>> year = Target(period=Period(first=date(2025, 1, 1), end=date(2026, 1, 1)), amount=365.0)
        >>> amount_in([year], period=Period(first=date(2025, 1, 1), end=date(2025, 2, 1)))
        31.0
    """
    free = [period]
    amount = 0.0
    for target in sorted(targets, key=attrgetter("period.days", "period.first")):
        left: list[Period] = []
        for gap in free:
            shared = _shared(gap, target.period)
            amount += target.amount * shared / target.period.days
            left += _without(gap, target.period)
        free = left
    return None if free else amount


def _shared(one: Period, other: Period) -> int:
    return max((min(one.end, other.end) - max(one.first, other.first)).days, 0)


def _without(gap: Period, taken: Period) -> list[Period]:
    if not _shared(gap, taken):
        return [gap]
    ends = ((gap.first, taken.first), (taken.end, gap.end))
    return [Period(first=first, end=end) for first, end in ends if first < end]
