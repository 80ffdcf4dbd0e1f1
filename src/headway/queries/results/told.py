"""Figures of a sentence: they word themselves as the sentence asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from headway.queries.results import figures, names
from headway.queries.words import links


@dataclass(frozen=True, kw_only=True)
class Told:
    """One figure that travels with a code; `currency` is the organisation's.

    >>> f"{Told(figure=-0.07, currency=''):points}, {Told(figure=5e4, currency='EUR'):money}"
    '−7 points, €50k'
    """

    figure: float | str
    currency: str

    def __format__(self, form: str) -> str:
        if isinstance(self.figure, str):
            return _TEXTS.get(form, str)(self.figure)
        if form in ("money", "moved"):
            return figures.money(self.figure, currency=self.currency, is_signed=form == "moved")
        return _NUMBERS.get(form, _count)(self.figure)


class Figures(dict[str, Told]):
    """The figures of one sentence; one that is not there reads as a dash rather than failing."""

    def __missing__(self, key: str) -> Told:
        return Told(figure="–", currency="")


def told(numbers: Mapping[str, float | str], *, currency: str) -> Figures:
    """The figures that travel with a code, ready for its sentence."""
    return Figures(
        {name: Told(figure=number, currency=currency) for name, number in numbers.items()}
    )


def _count(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def _day(text: str) -> str:
    return figures.day_of_text(text)


_TEXTS: Mapping[str, Callable[[str], str]] = {
    "dimension": lambda code: names.dimension(code).lower(),
    "link": links.name,
    "table": names.table,
    "day": _day,
}
_NUMBERS: Mapping[str, Callable[[float], str]] = {
    "share": figures.percent,
    "change": lambda number: figures.percent(number, is_signed=True),
    "points": figures.points,
    "whole": lambda number: f"{number:,.0f}",
}
