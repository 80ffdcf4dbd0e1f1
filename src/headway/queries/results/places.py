"""Where a change sits: one table per result that was localised, with what would have been seen."""

from headway.queries.results import explained, figures, names, tables
from headway.queries.results.page import Row, Table, Tone
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, Cause, CauseKind, Figure, Kpi, Localisation, Missing, Unit

# A reader takes in three at once; every further place is counted, and told in the answer itself.
SHOWN = 3

_UNITS = {
    Kpi.BOOKINGS: Unit.MONEY,
    Kpi.WIN_RATE: Unit.SHARE,
    Kpi.AVERAGE_AMOUNT: Unit.MONEY,
    Kpi.OPPORTUNITIES_CREATED: Unit.COUNT,
    Kpi.CYCLE_DAYS: Unit.DAYS,
}


def place_tables(answer: Answer) -> tuple[Table, ...]:
    """One table for each result that was localised, those with a place first."""
    found = [
        (number, each)
        for number, each in enumerate(answer.localisations, 1)
        if each.missing is not Missing.NOT_MEASURED
    ]
    found.sort(key=lambda pair: not pair[1].causes)
    return tuple(_table(each, number=number, answer=answer) for number, each in found)


def contribution(cause: Cause, *, kpi: Kpi, currency: str) -> str:
    """How much of the change a place carries, in the unit of the result."""
    return carried(cause.contribution, kpi=kpi, currency=currency)


def carried(amount: float, *, kpi: Kpi, currency: str) -> str:
    """A part of the change of a result, with its sign, in the unit of the result."""
    if _UNITS[kpi] is Unit.SHARE:
        return figures.points(amount)
    if _UNITS[kpi] is Unit.MONEY:
        return figures.money(amount, currency=currency, is_signed=True)
    sign = "+" if amount > 0 else ""
    number = f"{sign}{amount:,.0f}".replace("-", "−")
    return _("{number} days").format(number=number) if kpi is Kpi.CYCLE_DAYS else number


def range_of(low: float, high: float, *, kpi: Kpi, currency: str) -> str:
    """The range of a part of the change of a result."""
    if _UNITS[kpi] is Unit.SHARE:
        ends = [figures.points(end) for end in (low, high)]
    elif _UNITS[kpi] is Unit.MONEY:
        ends = [figures.money(end, currency=currency, is_signed=True) for end in (low, high)]
    else:
        ends = [f"{end:,.0f}".replace("-", "−") for end in (low, high)]
    return _("{low} to {high}").format(low=ends[0], high=ends[1])


def smallest_seen(each: Localisation, *, currency: str) -> str:
    """The smallest fall that would have been seen, and in which place."""
    size = explained.smallest_size(each, currency=currency)
    if not size:
        return ""
    if each.smallest_in is None:
        where = _("a typical place")
    elif each.smallest_at is None or each.smallest_in == explained.SELLER:
        where = _("a typical {dimension}").format(
            dimension=names.dimension(each.smallest_in).lower()
        )
    else:
        where = names.place({each.smallest_in: each.smallest_at})
    return _("The smallest fall we would have seen in {place} is {size}.").format(
        place=where, size=size
    )


def _table(each: Localisation, *, number: int, answer: Answer) -> Table:
    listed, more = _listed(each)
    shown = [
        figure
        for _number, cause in listed
        if cause.measure is Unit.SHARE
        for figure in (cause.before, cause.now)
    ]
    scale = tables.shared_scale(shown) if shown else None
    scale_text = tables.scale_words(*scale) if scale else ""
    is_rate = all(cause.kind is CauseKind.RATE for _number, cause in listed)
    scale_head = _("Win rate, {scale}") if is_rate else _("Share, {scale}")
    seen = smallest_seen(each, currency=answer.organisation.currency)
    return Table(
        code=f"place-{number}",
        title=title(each),
        caption=_("Bar: before. Dot: now, with range.") if shown else "",
        head=_("Place"),
        scale=scale_head.format(scale=scale_text) if scale_text else "",
        rows=tuple(
            _row(
                cause,
                figure=f"place-{number}-{row}",
                kpi=each.kpi,
                scale=scale,
                currency=answer.organisation.currency,
            )
            for row, cause in listed
        ),
        amount_head=_("Carries"),
        empty="" if each.causes else empty(each),
        explained=explained.looked_for(each, answer=answer),
        notes=tuple(note for note in (_more(more), explained.looked_at(each), seen) if note),
    )


def _listed(each: Localisation) -> tuple[list[tuple[int, Cause]], int]:
    """The first places and what moved everywhere, each with its number, and how many are left."""
    listed, more = [], 0
    for row, cause in enumerate(each.causes, 1):
        if row <= SHOWN or not cause.slice:
            listed.append((row, cause))
        else:
            more += 1
    return listed, more


def _more(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "And {count} more place moved more than chance; it carries less than these.",
        "And {count} more places moved more than chance; they carry less than these.",
        count=count,
    ).format(count=count)


def title(each: Localisation) -> str:
    """What was looked at, or which way it moved."""
    name = names.kpi(each.kpi)
    if not each.causes:
        return _("Where {kpi} could have moved").format(kpi=name)
    signs = {cause.contribution > 0 for cause in each.causes}
    if len(signs) > 1:
        return _("Where {kpi} moved").format(kpi=name)
    return (
        _("Where {kpi} rose").format(kpi=name)
        if signs == {True}
        else _("Where {kpi} fell").format(kpi=name)
    )


def empty(each: Localisation) -> str:
    """Why no place is named."""
    if each.missing is Missing.TOO_FEW:
        return _(
            "Not enough cases to tell one place from another. More decided "
            "opportunities, or a longer period, would show it."
        )
    if each.missing is not None:
        return _("This source does not record what is needed to look for a place.")
    return _("Nothing moved more than chance in any place we could look at.")


def _row(
    cause: Cause,
    *,
    figure: str,
    kpi: Kpi,
    scale: tuple[float, float] | None,
    currency: str,
) -> Row:
    before, now = (
        words(cause.before, unit=cause.measure, currency=currency),
        words(cause.now, unit=cause.measure, currency=currency),
    )
    label = names.place_label(cause.slice)
    tone = Tone.WORSE if (cause.contribution < 0) != (kpi is Kpi.CYCLE_DAYS) else Tone.BETTER
    has_strip = cause.measure is Unit.SHARE and scale is not None
    return Row(
        figure=figure,
        label=label,
        n=f"{cause.n:,}" if cause.n else "",
        strip=tables.strip(
            before=cause.before,
            now=cause.now,
            scale=scale,
            tone_=tone,
            words=_("{label}: {before} to {now}").format(label=label, before=before, now=now),
        )
        if has_strip and scale is not None
        else None,
        before=before,
        now=now,
        amount=contribution(cause, kpi=kpi, currency=currency),
        share=figures.percent(cause.share) if cause.share is not None else "",
        range=range_of(cause.low, cause.high, kpi=kpi, currency=currency),
        chance=figures.chance(cause.p),
        could_be_chance=cause.low <= 0 <= cause.high,
        note=names.kind(cause.kind),
        is_strong=figure.endswith("-1"),
        slice=tuple(cause.slice.items()),
    )


def words(figure: Figure, *, unit: Unit, currency: str) -> str:
    """A place's own figure, with its cases."""
    if figure.value is None:
        return ""
    return figures.value(figure.value, unit=unit, currency=currency, n=figure.n)
