"""How a place was found, or none: what was compared, among how many, what would change it."""

from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, Cause, Kpi, Localisation, Unit

_SEARCHES = 100
_UNITS = {Kpi.AVERAGE_AMOUNT: Unit.MONEY, Kpi.CYCLE_DAYS: Unit.DAYS}


def named(cause: Cause, *, each: Localisation, answer: Answer) -> tuple[str, ...]:
    """Why this place is named."""
    count = round(_SEARCHES * cause.p)
    often = (
        _("A move like this comes about by chance in {count} of 100 such searches.").format(
            count=count
        )
        if count
        else _("A move like this comes about by chance in fewer than 1 of 100 such searches.")
    )
    size = smallest_size(each, currency=answer.organisation.currency)
    change = (
        _("In a typical place {size} or more would be seen; a smaller move stays unnamed.").format(
            size=size
        )
        if size
        else ""
    )
    return _said(_compared(answer), _among(each), often, change)


def none_named(each: Localisation, *, answer: Answer) -> tuple[str, ...]:
    """Why no place is named, and what would have been."""
    size = smallest_size(each, currency=answer.organisation.currency)
    change = (
        _(
            "Had a typical place moved by {size} or more, it would be named in four of five "
            "cases; smaller moves need more cases or a longer period."
        ).format(size=size)
        if size
        else ""
    )
    return _said(_compared(answer), _among(each), change)


def smallest_size(each: Localisation, *, currency: str) -> str:
    """The size of the smallest change that would have been seen; "" where it is not known."""
    if each.smallest_seen is None:
        return ""
    if each.kpi is Kpi.WIN_RATE:
        return figures.points(each.smallest_seen, is_signed=False)
    if each.kpi in _UNITS:
        return figures.value(each.smallest_seen, unit=_UNITS[each.kpi], currency=currency)
    return _("{share} of it").format(share=figures.percent(each.smallest_seen))


def _compared(answer: Answer) -> str:
    if answer.comparison is None:
        return ""
    return _("Compared: {actual} with {base}, each place against the rest.").format(
        actual=figures.days_of(answer.comparison.actual),
        base=figures.days_of(answer.comparison.base),
    )


def _among(each: Localisation) -> str:
    if not each.looked_at:
        return ""
    return ngettext(
        "{count} place was looked at.", "{count} places were looked at.", count=each.looked_at
    ).format(count=f"{each.looked_at:,}")


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)
