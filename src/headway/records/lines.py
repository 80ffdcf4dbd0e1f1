"""Reporting lines over time: what a load says, and over it what was entered here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from headway.records.models import Move, Organisation, ReportingLine
from headway.terms.people import RoleFamily, Stand

_STAND = ("role", "manager_id", "team", "region")


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where one person stands on the days from `first` up to, not including, `end`; None = on."""

    person_id: str
    first: date
    end: date | None
    stand: Stand


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A stand that was entered: from `first` on, at most to `end`; `move_id` 0 = not kept yet."""

    move_id: int
    person_id: str
    first: date
    end: date | None
    stand: Stand


@dataclass(frozen=True, kw_only=True)
class Laid:
    """Spans with what was entered laid over them, and moves that would make a line a circle."""

    spans: tuple[Span, ...]
    circles: frozenset[int]


def zone() -> ZoneInfo:
    """The organisation's time zone."""
    return ZoneInfo(Organisation.objects.values_list("time_zone", flat=True).first() or "UTC")


def today(at: datetime) -> date:
    """The organisation's day at an instant."""
    return at.astimezone(zone()).date()


def spans(*, person_id: str | None = None) -> tuple[Span, ...]:
    """Where everybody, or one person, stands and stood, as it holds now."""
    found = ReportingLine.objects.order_by("person_id", "valid_from")
    found = found if person_id is None else found.filter(person_id=person_id)
    # Values and not rows: with thousands of people that halves the time of a move.
    return tuple(
        Span(person_id=person, first=first, end=end, stand=_stand(*stand))
        for person, first, end, *stand in found.values_list(
            "person_id", "valid_from", "valid_to", *_STAND
        )
    )


def moves(*, person_id: str | None = None) -> tuple[Moved, ...]:
    """Every move, or those of one person, that was not taken back, in the order of entering."""
    found = Move.objects.exclude(state="withdrawn").order_by("id")
    found = found if person_id is None else found.filter(person_id=person_id)
    return tuple(
        Moved(move_id=number, person_id=person, first=first, end=end, stand=_stand(*stand))
        for number, person, first, end, *stand in found.values_list(
            "id", "person_id", "from_on", "until_on", *_STAND
        )
    )


def span_of(line: ReportingLine) -> Span:
    """A line as a span."""
    stand = _stand(line.role, line.manager_id, line.team, line.region)
    return Span(person_id=line.person_id, first=line.valid_from, end=line.valid_to, stand=stand)


def row_of(span: Span) -> ReportingLine:
    """The row that keeps a span."""
    return ReportingLine(
        person_id=span.person_id,
        manager_id=span.stand.manager_id,
        role=span.stand.role.value,
        team=span.stand.team,
        region=span.stand.region,
        valid_from=span.first,
        valid_to=span.end,
    )


def laid(known: Iterable[Span], entered: Iterable[Moved]) -> Laid:
    """What is known with what was entered over it.

    A move takes the place of whatever was known of its days, up to the next move of the person or
    its own end. Moves after which a line would lead back to the person are left out, the one
    entered last first.

    Args:
        known: spans of everybody; those of one person do not overlap.
        entered: moves, in the order of entering.
    """
    known, wanted = list(known), list(entered)
    circles: set[int] = set()
    while True:
        found = _over(known, wanted)
        by_person = _by_person(found)
        wrong = next((each for each in reversed(wanted) if _comes_back(each, by_person)), None)
        if wrong is None:
            return Laid(spans=tuple(found), circles=frozenset(circles))
        circles.add(wrong.move_id)
        wanted.remove(wrong)


def held_on(spans: Iterable[Span], day: date) -> Stand | None:
    """The stand that holds on a day among the spans of one person."""
    found = (each for each in spans if each.first <= day and (each.end is None or day < each.end))
    return next((each.stand for each in found), None)


def goes_on(
    known: Iterable[Span], entered: Iterable[Moved], *, person_id: str, after: date
) -> date | None:
    """The day on which a history that a load told goes on after a day; None where it does not."""
    moved = {each.first for each in entered if each.person_id == person_id}
    later = (
        each.first
        for each in known
        if each.person_id == person_id and each.first > after and each.first not in moved
    )
    return min(later, default=None)


def _stand(role: str, manager_id: str | None, team: str | None, region: str | None) -> Stand:
    return Stand(role=RoleFamily(role), manager_id=manager_id, team=team, region=region)


def _over(known: Sequence[Span], entered: Sequence[Moved]) -> list[Span]:
    by_person: dict[str, list[Span]] = defaultdict(list)
    for person, moved in _moves_by_person(entered).items():
        after = [*(each.first for each in moved[1:]), None]
        for each, following in zip(moved, after, strict=True):
            ends = [day for day in (each.end, following) if day is not None]
            by_person[person].append(
                Span(
                    person_id=person,
                    first=each.first,
                    end=min(ends, default=None),
                    stand=each.stand,
                )
            )
    kept = [piece for each in known for piece in _without(each, by_person.get(each.person_id, ()))]
    found = [*kept, *(each for moved in by_person.values() for each in moved)]
    return sorted(found, key=lambda each: (each.person_id, each.first))


def _moves_by_person(entered: Iterable[Moved]) -> Mapping[str, list[Moved]]:
    by_person: dict[str, dict[date, Moved]] = defaultdict(dict)
    for each in entered:
        # Of two for one day the one entered last holds.
        by_person[each.person_id][each.first] = each
    return {person: [found[day] for day in sorted(found)] for person, found in by_person.items()}


def _without(span: Span, others: Iterable[Span]) -> list[Span]:
    """The pieces of a span that lie outside of others."""
    pieces = [span]
    for other in others:
        pieces = [rest for piece in pieces for rest in _outside(piece, other)]
    return pieces


def _outside(piece: Span, other: Span) -> list[Span]:
    end, other_end = piece.end or date.max, other.end or date.max
    if other.first >= end or other_end <= piece.first:
        return [piece]
    before = [replace(piece, end=other.first)] if piece.first < other.first else []
    after = [replace(piece, first=other_end)] if other_end < end else []
    return [*before, *after]


def _by_person(found: Iterable[Span]) -> Mapping[str, list[Span]]:
    by_person: dict[str, list[Span]] = defaultdict(list)
    for each in found:
        by_person[each.person_id].append(each)
    return by_person


def _comes_back(move: Moved, spans_of: Mapping[str, Sequence[Span]]) -> bool:
    """Whether on any day of the move the line of its person leads back to them."""
    if move.stand.manager_id is None:
        return False
    end = next(each.end for each in spans_of[move.person_id] if each.first == move.first)
    waiting = [(move.stand.manager_id, move.first, end or date.max)]
    seen = set(waiting)
    while waiting:
        who, first, last = waiting.pop()
        if who == move.person_id:
            return True
        for each in spans_of.get(who, ()):
            since, until = max(first, each.first), min(last, each.end or date.max)
            if since >= until or each.stand.manager_id is None:
                continue
            step = (each.stand.manager_id, since, until)
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return False
