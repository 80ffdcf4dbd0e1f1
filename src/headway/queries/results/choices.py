"""What can be chosen on the page: whose results, and which periods against which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from headway.queries.results import names
from headway.queries.results.figures import days_of
from headway.queries.words.language import gettext as _
from headway.terms import scope as scope_codes
from headway.terms.answer import Answer, Basis, Kpi
from headway.terms.errors import HeadwayError
from headway.terms.period import Period, fiscal_quarter, moved

_YEAR = 12
_QUARTER = 3
_DAYS = 2
_SIDES = 2


class ComparisonTextError(HeadwayError):
    """Two periods were asked for in a way that cannot be read, or they overlap."""

    code = "results.comparison"
    status = 400

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is no comparison. Expected 'default' or "
            "'2026-04-01..2026-10-01~2025-04-01..2025-10-01': the period looked at, then the "
            "one before it, each with its first day and the day after its last."
        )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One option: its code in the address, its words, whether it is the one shown."""

    code: str
    label: str
    is_chosen: bool


def scope_label(head: str | None, *, is_group: bool) -> str:
    """A scope offered to a viewer, in words."""
    if head is None:
        return _("Whole organisation")
    return _("People of {leader}").format(leader=head) if is_group else head


def scope_name(code: str, *, names: Mapping[str, str]) -> str:
    """The chosen scope with the names of people, and its slice where it has one."""
    if code in names:
        return names[code]
    meant = scope_codes.parse(code)
    whole = scope_codes.Scope(people_of=meant.people_of, person=meant.person).code
    return ", ".join(part for part in (names.get(whole, ""), _place(meant)) if part)


def scopes(labels: Mapping[str, str], *, chosen: str) -> tuple[Choice, ...]:
    """The scopes offered, and the one shown if it is a slice of one of them."""
    offered = [
        Choice(code=code, label=label, is_chosen=code == chosen) for code, label in labels.items()
    ]
    if chosen not in labels:
        offered.append(Choice(code=chosen, label=scope_name(chosen, names=labels), is_chosen=True))
    return tuple(offered)


def measures(*, chosen: Kpi) -> tuple[Choice, ...]:
    """The results that can be asked about, in the order of `Kpi`."""
    return tuple(
        Choice(code=kpi.value, label=names.chosen_kpi(kpi), is_chosen=kpi is chosen) for kpi in Kpi
    )


def comparisons(answer: Answer, *, chosen: str) -> tuple[Choice, ...]:
    """The usual comparison and a few others that end with the last complete fiscal quarter."""
    last = _last_quarter(answer)
    half = Period(first=moved(last, months=-_QUARTER).first, end=last.end)
    pairs = (
        (last, moved(last, months=-_QUARTER)),
        (last, moved(last, months=-_YEAR)),
        (half, moved(half, months=-2 * _QUARTER)),
        (half, moved(half, months=-_YEAR)),
    )
    inside = [(now, before) for now, before in pairs if before.first >= answer.data_from]
    offered = [("default", _usual(answer))]
    offered += [
        (comparison_code(now, base=before), _words(now, base=before)) for now, before in inside
    ]
    if chosen not in dict(offered):
        now, before = periods(chosen)
        offered.append((chosen, _words(now, base=before)))
    return tuple(
        Choice(code=code, label=label, is_chosen=code == chosen) for code, label in offered
    )


def comparison_code(actual: Period, *, base: Period) -> str:
    """Two periods as they stand in an address.

    >>> day = date(2026, 4, 1)
    >>> now = Period(first=day, end=date(2026, 7, 1))
    >>> comparison_code(now, base=Period(first=date(2026, 1, 1), end=day))
    '2026-04-01..2026-07-01~2026-01-01..2026-04-01'
    """
    return f"{actual.first}..{actual.end}~{base.first}..{base.end}"


def comparison_of_days(*days: date) -> str:
    """Four days chosen by hand, first and last of now and of before, as they stand in an address.

    Raises:
        ComparisonTextError: a last day lies before its first, or is the last there is.
    """
    first, last, base_first, base_last = days
    if last < first or base_last < base_first:
        raise ComparisonTextError(f"{first} to {last}, {base_first} to {base_last}")
    if max(last, base_last) == date.max:
        raise ComparisonTextError(f"{first} to {last}, {base_first} to {base_last}")
    one = timedelta(days=1)
    actual = Period(first=first, end=last + one)
    return comparison_code(actual, base=Period(first=base_first, end=base_last + one))


def periods(code: str) -> tuple[Period, Period]:
    """The period looked at and the one before it, read from an address.

    Raises:
        ComparisonTextError: not written as `comparison_code` writes it, or the two overlap.
    """
    try:
        sides = [side.split("..") for side in code.split("~")]
        if len(sides) != _SIDES or any(len(side) != _DAYS for side in sides):
            raise ComparisonTextError(code)
        actual, base = (
            Period(first=date.fromisoformat(first), end=date.fromisoformat(end))
            for first, end in sides
        )
    except ValueError as problem:
        raise ComparisonTextError(code) from problem
    if base.end > actual.first or comparison_code(actual, base=base) != code:
        raise ComparisonTextError(code)
    return actual, base


def _usual(answer: Answer) -> str:
    if answer.comparison is None or answer.comparison.basis is Basis.CHOSEN:
        return _("Usual comparison")
    return _words(answer.comparison.actual, base=answer.comparison.base)


def _place(meant: scope_codes.Scope) -> str:
    return names.place_label(dict(meant.where)) if meant.where else ""


def _last_quarter(answer: Answer) -> Period:
    starts = answer.organisation.fiscal_year_start_month
    current = fiscal_quarter(answer.as_of, year_starts_in=starts)
    return current if current.last <= answer.as_of else moved(current, months=-_QUARTER)


def _words(actual: Period, *, base: Period) -> str:
    return _("{now} against {before}").format(
        now=days_of(actual, is_short=True), before=days_of(base, is_short=True)
    )
