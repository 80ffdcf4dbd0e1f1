"""Why a place is not named, in words: one line per kind of move it could have made."""

from collections.abc import Mapping
from dataclasses import dataclass

from headway.queries.results import figures, names, places
from headway.queries.words.language import gettext as _
from headway.terms.answer import CauseKind, Figure, Kpi, PlaceMove, Unit, WhyNot
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


def told(found: WhyNot) -> Told:
    """The answer in words."""
    place = names.place_label(found.slice)
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
        sentence=" ".join(part for part in (_moved(move, found=found), _chance(move)) if part),
        cases=cases,
        carries=places.carried(move.contribution, kpi=found.kpi, currency=found.currency),
        range=places.range_of(move.low, move.high, kpi=found.kpi, currency=found.currency),
        share="" if move.share is None else figures.percent(move.share),
        strength=f"z {move.z:.1f}, p {_p(move.p)}".replace("-", "−"),
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
    before, now = (
        _figure(each, move=move, currency=found.currency) for each in (move.before, move.now)
    )
    if not before or not now:
        return ""
    what = _(_measured(move, kpi=found.kpi))
    if before == now:
        return _("{what} stayed at {now}.").format(what=what, now=now)
    words = {"what": what, "before": before, "now": now}
    is_up = (move.now.value or 0.0) > (move.before.value or 0.0)
    if is_up:
        return _("{what} rose from {before} to {now}.").format(**words)
    return _("{what} fell from {before} to {now}.").format(**words)


def _measured(move: PlaceMove, *, kpi: Kpi) -> str:
    if move.kind not in _PER_PERIOD and move.measure is Unit.SHARE:
        return "Its share of all cases"
    # Bookings of a place are a sum, whichever test it passed.
    return _ITS[kpi]


def _figure(figure: Figure, *, move: PlaceMove, currency: str) -> str:
    if figure.value is None:
        return ""
    return figures.value(figure.value, unit=move.measure, currency=currency, n=figure.n)


def _chance(move: PlaceMove) -> str:
    count = round(_SEARCHES * move.p)
    if count == 0:
        often = _("fewer than 1 of 100 such searches")
    elif count >= _SEARCHES:
        often = _("every such search")
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


def _p(p: float) -> str:
    return f"{p:.2f}" if p >= 0.01 else "< 0.01"  # noqa: PLR2004  the last that two places can show


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
