"""Why a place is not named, in words: one line per kind of move it could have made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from headway.queries.results import explained, figures, names, places
from headway.queries.words.language import gettext as _
from headway.terms.answer import Answer, CauseKind, Figure, Kpi, PlaceMove, Unit, WhyNot
from headway.terms.policy import DEFAULT

# Out of so many searches of a world where nothing moved.
_SEARCHES = 100
_PER_PERIOD = frozenset({CauseKind.RATE, CauseKind.SIZE})


@dataclass(frozen=True, kw_only=True)
class Move:
    """One kind of move: what it was, how sure, how much of the change it carries.

    `strength` and `carries` are empty where nothing could be tested.
    """

    label: str
    sentence: str
    cases: str
    carries: str = ""
    range: str = ""
    share: str = ""
    strength: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The answer about one place; `moves` is empty where nothing could be compared (`empty`)."""

    title: str
    compared: str
    moves: tuple[Move, ...]
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The places of one dimension that can be asked for: (code in the address, label)."""

    label: str
    places: tuple[tuple[str, str], ...]


def askable(answer: Answer, *, people: Mapping[str, str]) -> tuple[Group, ...]:
    """What can be asked for beside an answer, dimension by dimension.

    Args:
        answer: a published answer.
        people: names of the sellers that the viewer may see; others are not offered.
    """
    known = next((each.known for each in answer.localisations if each.kpi is answer.kpi), {})
    return tuple(
        Group(
            label=names.dimension(name),
            places=tuple(
                (f"{name}={value}", people.get(value, value) if name == explained.SELLER else value)
                for value in sorted(values)
                if name != explained.SELLER or value in people
            ),
        )
        for name, values in known.items()
    )


def sellers(answer: Answer) -> tuple[str, ...]:
    """The ids of the sellers that can be asked for beside an answer."""
    found = (each.known.get(explained.SELLER, ()) for each in answer.localisations)
    return tuple(dict.fromkeys(seller for known in found for seller in known))


def told(found: WhyNot, *, people: Mapping[str, str] = MappingProxyType({})) -> Told:
    """The answer in words; `people` are the names of sellers, by id."""
    named = {
        name: people.get(value, value) if name == explained.SELLER else value
        for name, value in found.slice.items()
    }
    place = names.place_label(named)
    title = _("{place}, and {kpi}").format(place=place, kpi=names.kpi(found.kpi))
    if found.comparison is None:
        empty = _("No two periods could be compared, so no place was looked at.")
        return Told(title=title, compared="", moves=(), empty=empty)
    compared = _("{actual} against {base}").format(
        actual=figures.days_of(found.comparison.actual),
        base=figures.days_of(found.comparison.base),
    )
    moves = tuple(_move(each, found=found) for each in found.moves)
    empty = "" if moves else _("One of the two periods has no cases to look at.")
    return Told(title=title, compared=compared, moves=moves, empty=empty)


def _move(move: PlaceMove, *, found: WhyNot) -> Move:
    cases = _("{before} before, {now} now").format(
        before=f"{move.n_before:,}", now=f"{move.n_now:,}"
    )
    label = _(_LABELS[move.kind])
    if move.is_unsure:
        sentence = _(
            "Its number of cases says nothing: what is recorded about it changed between the two "
            "periods, or people move through it as time goes by."
        )
        return Move(label=label, sentence=sentence, cases=cases)
    if not move.is_tested:
        return Move(label=label, sentence=_too_few(move), cases=cases)
    return Move(
        label=label,
        sentence=" ".join(
            part
            for part in (_moved(move, found=found), _chance(move), _seen(move, found=found))
            if part
        ),
        cases=cases,
        carries=places.carried(move.contribution, kpi=found.kpi, currency=found.currency),
        range=places.range_of(move.low, move.high, kpi=found.kpi, currency=found.currency),
        share="" if move.share is None else figures.percent(move.share),
        strength=f"z {move.z:.1f}, {figures.chance(move.p)}".replace("-", "−"),
    )


def _too_few(move: PlaceMove) -> str:
    counts = {
        "before": f"{move.n_before:,}",
        "now": f"{move.n_now:,}",
        "least": f"{move.least:,}",
    }
    if move.kind in _PER_PERIOD:
        return _(
            "Too few cases to say: {before} before and {now} now; at least {least} in each period "
            "are needed, here and outside of it."
        ).format(**counts)
    return _(
        "Too few cases to say: {before} before and {now} now; at least {least} in both periods "
        "together are needed, here and outside of it."
    ).format(**counts)


def _moved(move: PlaceMove, *, found: WhyNot) -> str:
    sides = (move.before, move.now)
    if found.kpi is Kpi.BOOKINGS and move.kind is CauseKind.SIZE:
        sides = (_average(move.before), _average(move.now))
    before, now = (_figure(each, move=move, currency=found.currency) for each in sides)
    if not before or not now:
        return ""
    what = _(_measured(move, kpi=found.kpi))
    if before == now:
        return _("{what} stayed at {now}.").format(what=what, now=now)
    words = {"what": what, "before": before, "now": now}
    is_up = (sides[1].value or 0.0) > (sides[0].value or 0.0)
    if is_up:
        return _("{what} rose from {before} to {now}.").format(**words)
    return _("{what} fell from {before} to {now}.").format(**words)


def _measured(move: PlaceMove, *, kpi: Kpi) -> str:
    if move.kind not in _PER_PERIOD and move.measure is Unit.SHARE:
        return "Its share of all cases"
    return _ITS[Kpi.AVERAGE_AMOUNT if move.kind is CauseKind.SIZE and kpi is Kpi.BOOKINGS else kpi]


def _figure(figure: Figure, *, move: PlaceMove, currency: str) -> str:
    if figure.value is None:
        return ""
    return figures.value(figure.value, unit=move.measure, currency=currency, n=figure.n)


def _average(total: Figure) -> Figure:
    """Bookings that are said to have changed in size: how large one of them is."""
    if total.value is None or not total.n:
        return Figure(value=None)
    return Figure(value=total.value / total.n, n=total.n)


def _chance(move: PlaceMove) -> str:
    count = round(_SEARCHES * move.p)
    if count == 0:
        often = _("fewer than 1 of 100 such searches")
    elif count >= _SEARCHES:
        often = _("nearly every such search")
    else:
        often = _("{count} of 100 such searches").format(count=count)
    sentence = _("Against the rest, as much comes about by chance in {often}.").format(often=often)
    if move.p > DEFAULT.family_wise_error:
        return sentence
    beyond = _(
        "By itself that is more than chance. If the place is not named all the same, another "
        "place carries the move, it is too slight, or places scatter widely without a cause."
    )
    return f"{sentence} {beyond}"


def _seen(move: PlaceMove, *, found: WhyNot) -> str:
    if move.smallest_seen is None or move.p <= DEFAULT.family_wise_error:
        return ""
    size = explained.fall(
        move.smallest_seen, kind=move.kind, kpi=found.kpi, currency=found.currency
    )
    return _(
        "A fall of {size} or more against the rest would be beyond chance in four of five cases."
    ).format(size=size)


_LABELS: Mapping[CauseKind, str] = {
    CauseKind.RATE: "The rate",
    CauseKind.MIX: "Its weight",
    CauseKind.VOLUME: "The number",
    CauseKind.SIZE: "The size",
    CauseKind.ENTRY: "None before",
    CauseKind.EXIT: "None now",
}
_ITS: Mapping[Kpi, str] = {
    Kpi.BOOKINGS: "Its bookings",
    Kpi.WIN_RATE: "Its win rate",
    Kpi.AVERAGE_AMOUNT: "Its average won amount",
    Kpi.OPPORTUNITIES_CREATED: "Its number of new opportunities",
    Kpi.CYCLE_DAYS: "Its time from creation to a win",
}
