"""Numbers, money, days and ranges as people read them."""

from datetime import date

from headway.queries.words.language import gettext as _
from headway.terms.answer import Figure, Missing, Unit
from headway.terms.period import Period, shifted

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
SMALL_COUNT = 20
_SMALL_POINTS = 9.95
# From which amount on, divided by what, with which letter.
_SCALES = ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def money(amount: float, *, currency: str, is_signed: bool = False) -> str:
    r"""An amount with three figures that count.

    >>> money(6_423_000, currency="EUR")
    '€6.42M'
    >>> money(-740_000, currency="USD", is_signed=True)
    '−$740k'
    >>> money(4_321.6, currency="SEK")
    'SEK\xa04,322'
    """
    symbol = SYMBOLS.get(currency, f"{currency}\u00a0")
    return f"{_sign(amount, is_signed=is_signed)}{symbol}{_scaled(abs(amount))}"


def scale_of(amounts: tuple[float, ...]) -> tuple[float, str]:
    """The one unit a chart of these amounts is drawn in: divisor and its letter.

    >>> scale_of((7.31e6, -0.74e6))
    (1000000.0, 'M')
    """
    largest = max((abs(amount) for amount in amounts), default=0.0)
    return next(((size, letter) for start, size, letter in _SCALES if largest >= start), (1.0, ""))


def in_scale(amount: float, *, divisor: float, is_signed: bool = False) -> str:
    """An amount in a chart's unit, two decimals at most.

    >>> in_scale(-740_000, divisor=1e6, is_signed=True)
    '−0.74'
    """
    number = abs(amount) / divisor
    digits = 2 if divisor >= 1e6 else int(divisor > 1 and number < 100)  # noqa: PLR2004  millions
    return f"{_sign(round(amount / divisor, digits), is_signed=is_signed)}{number:,.{digits}f}"


def percent(share: float, *, is_signed: bool = False) -> str:
    """A share as per cent, one decimal only below one per cent.

    >>> percent(0.243), percent(-0.12, is_signed=True), percent(0.004), percent(0.0001)
    ('24%', '−12%', '0.4%', 'under 0.1%')
    """
    hundred = abs(share) * 100
    digits = 1 if 0 < hundred < 0.95 else 0  # noqa: PLR2004  below one per cent
    if 0 < hundred < 0.05 and not is_signed:  # noqa: PLR2004  would read as nothing at all
        return _("under 0.1%")
    return f"{_sign(share, is_signed=is_signed)}{hundred:,.{digits}f}%"


def points(difference: float, *, is_signed: bool = True) -> str:
    """A difference of two shares in points.

    >>> points(-0.07), points(0.004)
    ('−7 points', '+0.4 points')
    """
    hundred = abs(difference) * 100
    # Small differences keep one decimal, where it says something.
    number = f"{hundred:.{1 if hundred < _SMALL_POINTS else 0}f}".removesuffix(".0")
    words = _("{number} point") if number == "1" else _("{number} points")
    return _sign(difference, is_signed=is_signed) + words.format(number=number)


def chance(p: float) -> str:
    """How likely chance is to name any place, over all that were looked at.

    >>> chance(0.0412), chance(0.0023), chance(0.0004)
    ('p 0.04', 'p 0.002', 'p < 0.001')
    """
    if p < 0.001:  # noqa: PLR2004  three places can show no less
        return "p < 0.001"
    return f"p {p:.3f}" if p < 0.01 else f"p {p:.2f}"  # noqa: PLR2004  one figure that counts


def share_of(share: float, *, n: int) -> str:
    """A share as "2 of 8" below twenty cases, as per cent above.

    >>> share_of(0.25, n=8), share_of(0.25, n=80)
    ('2 of 8', '25%')
    """
    cases = share * n
    if 0 < n < SMALL_COUNT and abs(cases - round(cases)) < 0.01:  # noqa: PLR2004  whole cases
        return _("{count} of {n}").format(count=round(cases), n=n)
    return percent(share)


def value(amount: float, *, unit: Unit, currency: str, n: int = 0) -> str:
    """A figure in the words of its unit.

    >>> value(94.4, unit=Unit.DAYS, currency="EUR")
    '94 days'
    """
    match unit:
        case Unit.MONEY:
            return money(amount, currency=currency)
        case Unit.MONEY_PER_DAY:
            return _("{money} a day").format(money=money(amount, currency=currency))
        case Unit.SHARE:
            return share_of(amount, n=n)
        case Unit.DAYS:
            return _("{number} days").format(number=f"{amount:,.0f}")
        case Unit.COUNT:
            return f"{amount:,.0f}"
        case Unit.RATIO:
            return f"{amount:,.2f}"


def change(amount: float, *, unit: Unit, currency: str, before: float | None) -> str:
    """A change with its sign: points for shares, per cent of before for money and counts.

    >>> change(-0.07, unit=Unit.SHARE, currency="EUR", before=0.31)
    '−7 points'
    >>> change(-0.89e6, unit=Unit.MONEY, currency="EUR", before=7.31e6)
    '−12%'
    """
    if unit is Unit.SHARE:
        return points(amount)
    if unit is Unit.DAYS:
        return _("{number} days").format(number=f"{_sign(amount, is_signed=True)}{abs(amount):.0f}")
    if before:
        return percent(amount / abs(before), is_signed=True)
    if unit is Unit.MONEY:
        return money(amount, currency=currency, is_signed=True)
    return f"{_sign(amount, is_signed=True)}{abs(amount):,.0f}"


def span(figure: Figure, *, unit: Unit, currency: str) -> str:
    """The range of a figure, "20 to 29%"; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    if unit is Unit.SHARE:
        low, high = f"{figure.low * 100:.0f}", percent(figure.high)
    elif unit in (Unit.MONEY, Unit.MONEY_PER_DAY):
        low, high = money(figure.low, currency=currency), money(figure.high, currency=currency)
    elif unit is Unit.RATIO:
        low, high = f"{figure.low:.2f}", f"{figure.high:.2f}"
    else:
        low, high = f"{figure.low:,.0f}", f"{figure.high:,.0f}"
    return _("{low} to {high}").format(low=low, high=high)


def missing(reason: Missing | None) -> str:
    """Why there is no figure, in two or three words."""
    match reason:
        case Missing.TOO_FEW:
            return _("not enough evidence")
        case Missing.NO_CASES:
            return _("no cases")
        case _:
            return _("not measured")


def day(moment: date) -> str:
    """A day with its weekday.

    >>> day(date(2026, 11, 27))
    'Fri 27 Nov 2026'
    """
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[moment.weekday()]
    return f"{_(weekday)} {moment.day} {_month(moment.month, is_short=True)} {moment.year}"


def days_of(period: Period, *, is_short: bool = False) -> str:
    """The days of a period, by months where it is whole months.

    >>> days_of(Period(first=date(2017, 7, 1), end=date(2018, 1, 1)))
    'July to December 2017'
    >>> days_of(Period(first=date(2017, 10, 1), end=date(2018, 1, 1)), is_short=True)
    'Oct to Dec 2017'
    >>> days_of(Period(first=date(2017, 3, 5), end=date(2017, 3, 20)))
    '5 March to 19 March 2017'
    """
    first, last = period.first, period.last
    is_whole = first.day == 1 and shifted(period.end, months=0) == period.end
    start, finish = _month(first.month, is_short=is_short), _month(last.month, is_short=is_short)
    if not is_whole:
        start, finish = f"{first.day} {start}", f"{last.day} {finish}"
    elif (first.year, first.month) == (last.year, last.month):
        return f"{start} {first.year}"
    if first.year != last.year:
        start = f"{start} {first.year}"
    return _("{first} to {last}").format(first=start, last=f"{finish} {last.year}")


def month(first: date) -> str:
    """A month by its first day.

    >>> month(date(2026, 11, 1))
    'November 2026'
    """
    return days_of(Period(first=first, end=shifted(first, months=1)))


def listed(names: tuple[str, ...]) -> str:
    """Names in a row: "a, b and c".

    >>> listed(("a", "b", "c"))
    'a, b and c'
    """
    if len(names) < 2:  # noqa: PLR2004  nothing to join
        return "".join(names)
    return _("{most} and {last}").format(most=", ".join(names[:-1]), last=names[-1])


def _month(number: int, *, is_short: bool) -> str:
    name = _(_MONTHS[number - 1])
    return name[:3] if is_short else name


def _sign(amount: float, *, is_signed: bool) -> str:
    if amount < 0:
        return "−"
    return "+" if is_signed and amount > 0 else ""


def _scaled(amount: float) -> str:
    for start, size, letter in _SCALES:
        # 999,600 is 1.00M and not 1000k: rounded before it is compared.
        if amount >= start * 0.9995:
            number = amount / size
            digits = 2 if number < 9.995 else 1 if number < 99.95 else 0  # noqa: PLR2004  three figures
            return f"{number:.{digits if letter != 'k' else 0}f}{letter}"
    return f"{amount:,.0f}"


def day_of_text(text: str) -> str:
    """A day written as in the facts; anything else stays as it is.

    >>> day_of_text("2017-03-01"), day_of_text("soon")
    ('Wed 1 Mar 2017', 'soon')
    """
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
