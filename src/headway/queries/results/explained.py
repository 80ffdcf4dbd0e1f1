"""How places were looked for: what was compared, among how many, what would change the answer."""

from headway.queries.results import figures, names
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, CauseKind, Kpi, Localisation, Unit

SELLER = "seller"
_UNITS = {Kpi.AVERAGE_AMOUNT: Unit.MONEY, Kpi.CYCLE_DAYS: Unit.DAYS}


def looked_for(each: Localisation, *, answer: Answer) -> tuple[str, ...]:
    """How the places of one result were found, or none."""
    size = smallest_size(each, currency=answer.organisation.currency)
    sentences = (_compared(answer), looked_at(each), _chance(each), _change(each, size=size))
    return tuple(sentence for sentence in sentences if sentence)


def looked_at(each: Localisation) -> str:
    """Among how many places, by which dimensions; "" where none was looked at."""
    if not each.looked_at:
        return ""
    dimensions = figures.listed(tuple(names.dimension(code).lower() for code in each.dimensions))
    words = ngettext(
        "We looked at {count} place", "We looked at {count} places", count=each.looked_at
    )
    return (
        words
        + _(
            " by {dimensions}; a place is named only if chance would name any of them in "
            "fewer than 1 of 20 such searches."
        )
    ).format(count=f"{each.looked_at:,}", dimensions=dimensions)


def smallest_size(each: Localisation, *, currency: str) -> str:
    """The size of the smallest fall that would have been seen; "" where it is not known."""
    if each.smallest_seen is None:
        return ""
    kind = CauseKind.RATE if each.kpi is Kpi.WIN_RATE else CauseKind.VOLUME
    if each.kpi in _UNITS:
        kind = CauseKind.SIZE
    return fall(each.smallest_seen, kind=kind, kpi=each.kpi, currency=currency)


def fall(size: float, *, kind: CauseKind, kpi: Kpi, currency: str) -> str:
    """A fall that would have been seen, in the unit of what fell, else as a share of it."""
    if kind is CauseKind.RATE and kpi is Kpi.WIN_RATE:
        return figures.points(size, is_signed=False)
    if kind is CauseKind.SIZE and kpi in _UNITS:
        return figures.value(size, unit=_UNITS[kpi], currency=currency)
    return figures.percent(size)


def _compared(answer: Answer) -> str:
    if answer.comparison is None:
        return ""
    return _("Compared: {actual} with {base}, each place against the rest.").format(
        actual=figures.days_of(answer.comparison.actual),
        base=figures.days_of(answer.comparison.base),
    )


def _chance(each: Localisation) -> str:
    if not each.causes:
        return ""
    return _(
        "The p beside a place is the share of such searches that would name any place although "
        "none moved. Above 0.05 the place would no longer be named."
    )


def _change(each: Localisation, *, size: str) -> str:
    if not size:
        return ""
    if each.causes:
        return _(
            "In a typical place a fall of {size} or more would be seen; a smaller move stays "
            "unnamed."
        ).format(size=size)
    return _(
        "Had a typical place fallen by {size} or more, it would be named in four of five "
        "cases; smaller moves need more cases or a longer period."
    ).format(size=size)
