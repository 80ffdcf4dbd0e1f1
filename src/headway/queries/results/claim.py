"""The sentence on top, the lines under it, and how strong the evidence is.

Strength words are bound to rules, never free text. "Sits in" needs a place that passed its test;
"carries most of it" a factor with at least half of the change, beyond chance; "points to" a place
of another measure. No sentence says "caused by": nothing here was compared with what would have
happened otherwise.
"""

from headway.queries.results import figures, names, places, sentences, unmeasured
from headway.queries.results.page import Finding, Grade
from headway.queries.results.told import told
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, Cause, CauseKind, Factor, Kpi, Localisation, Unit, Verdict

_PLURAL = {
    Kpi.BOOKINGS: "Bookings are",
    Kpi.WIN_RATE: "The win rate is",
    Kpi.AVERAGE_AMOUNT: "The average won amount is",
    Kpi.OPPORTUNITIES_CREATED: "The number of new opportunities is",
    Kpi.CYCLE_DAYS: "The time from creation to a win is",
}
_UNITS = {
    Kpi.BOOKINGS: Unit.MONEY,
    Kpi.WIN_RATE: Unit.SHARE,
    Kpi.AVERAGE_AMOUNT: Unit.MONEY,
    Kpi.OPPORTUNITIES_CREATED: Unit.COUNT,
    Kpi.CYCLE_DAYS: Unit.DAYS,
}
_MOST = 0.5


def finding(answer: Answer) -> Finding:
    """The one sentence of the page."""
    if answer.comparison is None:
        return Finding(start=_("There is not enough history to compare yet."))
    if answer.change.value is None:
        start = _("We cannot tell what happened to {kpi}.").format(kpi=names.kpi(answer.kpi))
        return unmeasured.finding(answer) if unmeasured.is_so(answer) else Finding(start=start)
    change = _change(answer)
    if answer.verdict is Verdict.CANNOT_TELL:
        start = _("We cannot tell whether {kpi} moved.").format(kpi=names.kpi(answer.kpi))
        return Finding(start=start, end=f" {_why_not(answer, change=change)}")
    if answer.verdict is Verdict.FLAT:
        return Finding(
            start=_("{kpi} about level ({change}).").format(
                kpi=_(_PLURAL[answer.kpi]), change=change
            ),
            end=_flat_end(answer),
        )
    start = _("{kpi} {size} {direction}. ").format(
        kpi=_(_PLURAL[answer.kpi]), size=_size(answer), direction=_direction(answer)
    )
    marked, end = _where(answer)
    if answer.verdict is Verdict.FALLING:
        return Finding(start=start, marked=marked, end=end)
    return Finding(start=start, end=marked + end)


def lede(answer: Answer) -> str:
    """What stands under the finding: the amounts, the driver, the place, the largest deal."""
    if answer.comparison is None:
        return _too_little(answer)
    sentences = (
        _amounts(answer),
        _driver_line(answer),
        _place_line(answer),
        _largest_line(answer),
        _season_line(answer),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def driver(answer: Answer) -> Factor | None:
    """The factor that carries at least half of the change, beyond chance; None for none."""
    change = answer.change.value
    if not change or answer.kpi is not Kpi.BOOKINGS:
        return None
    firm = [each for each in answer.tree if each.is_measured and not each.could_be_chance]
    largest = max(firm, key=lambda each: each.contribution / change, default=None)
    return largest if largest is not None and largest.contribution / change >= _MOST else None


def place(answer: Answer) -> tuple[Localisation, Cause] | None:
    """The first named place: of the result itself, else of the win rate, else of any other."""
    order = {answer.kpi: 0, Kpi.WIN_RATE: 1}
    change = answer.change.value or 0.0
    for each in sorted(answer.localisations, key=lambda each: order.get(each.kpi, 2)):
        named = [cause for cause in each.causes if cause.slice]
        along = [cause for cause in named if cause.contribution * change > 0]
        # A place of another result explains this one only where it moved the same way.
        if along or (named and each.kpi is answer.kpi):
            return each, (along or named)[0]
    return None


def grade(answer: Answer) -> Grade:
    """Bars for a clear change, a factor that carries it, a place; a doubt about it costs one."""
    if unmeasured.is_so(answer):
        return unmeasured.grade()
    if answer.comparison is None or answer.verdict is Verdict.CANNOT_TELL:
        return Grade(
            bars=0,
            word=_("Not enough evidence"),
            ground=_("The change could be chance, or the periods do not compare."),
        )
    carried = driver(answer)
    bars = 1 + (carried is not None) + (place(answer) is not None)
    claimed = {answer.kpi.value} | ({carried.code} if carried else set())
    touched = any(claimed.intersection(mark.affects) for mark in answer.marks)
    bars = max(1, bars - touched)
    word = {1: _("Evidence thin"), 2: _("Evidence fair"), 3: _("Evidence strong")}[bars]
    ground = _(
        "A bar each for a clear change, a factor that carries half of it, and a place "
        "beyond chance."
    )
    return Grade(
        bars=bars,
        word=word,
        ground=ground + (" " + _("One taken off for doubts that touch it.") if touched else ""),
    )


def headline(answer: Answer) -> str:
    """The finding without its place: "Bookings are 12% down"."""
    if answer.comparison is None or answer.change.value is None:
        return finding(answer).sentence
    if answer.verdict is Verdict.CANNOT_TELL:
        return _("Whether {kpi} moved cannot be told").format(kpi=names.kpi(answer.kpi))
    if answer.verdict is Verdict.FLAT:
        return _("{kpi} about level ({change})").format(
            kpi=_(_PLURAL[answer.kpi]), change=_change(answer)
        )
    return _("{kpi} {size} {direction}").format(
        kpi=_(_PLURAL[answer.kpi]), size=_size(answer), direction=_direction(answer)
    )


def unit(kpi: Kpi) -> Unit:
    """What a result is counted in."""
    return _UNITS[kpi]


def _change(answer: Answer) -> str:
    return figures.change(
        answer.change.value or 0.0,
        unit=_UNITS[answer.kpi],
        currency=answer.organisation.currency,
        before=answer.base.value,
    )


def _size(answer: Answer) -> str:
    return _change(answer).lstrip("+−")


def _direction(answer: Answer) -> str:
    is_up = (answer.change.value or 0.0) > 0
    if answer.kpi is Kpi.CYCLE_DAYS:
        return _("longer") if is_up else _("shorter")
    return _("up") if is_up else _("down")


def _compared(answer: Answer) -> str:
    is_up = (answer.change.value or 0.0) > 0
    if answer.kpi is Kpi.CYCLE_DAYS:
        return _("longer") if is_up else _("shorter")
    return _("higher") if is_up else _("lower")


def _spans_zero(answer: Answer) -> bool:
    low, high = answer.change.low, answer.change.high
    return low is None or high is None or low <= 0 <= high


def _why_not(answer: Answer, *, change: str) -> str:
    told_by = told(answer.verdict_figures, currency=answer.organisation.currency)
    why = sentences.verdict(answer.verdict_reason, figures=told_by)
    if not why:
        why = (
            _("Chance alone could do that.")
            if _spans_zero(answer)
            else _("The periods may not compare.")
        )
    return (
        _("The figures are {change} {direction}.").format(
            change=change.lstrip("+−"), direction=_compared(answer)
        )
        + f" {why}"
    )


def _flat_end(answer: Answer) -> str:
    found = place(answer)
    if found is None:
        return " " + _("Nothing moved more than chance.")
    return " " + _("Underneath, {kpi} moved in one place: {place}.").format(
        kpi=names.kpi(found[0].kpi), place=names.place(found[1].slice)
    )


def _where(answer: Answer) -> tuple[str, str]:
    found, carried = place(answer), driver(answer)
    if found is not None:
        each, cause = found
        marked = _how_much(cause.share or 0.0)
        if each.kpi is not answer.kpi:
            marked = _("{kpi} points to one place").format(kpi=_capital(names.kpi(each.kpi)))
        return marked, _(": {place}.").format(place=names.place(cause.slice))
    if carried is not None:
        words = _("{factor} carries most of it").format(
            factor=names.factor(carried.code, answer=answer)
        )
        return words, _(", and no single place stands out.")
    if any(not cause.slice for each in answer.localisations for cause in each.causes):
        return _("No single place stands out"), _(" beyond chance.")
    return "", _("No single factor or place carries most of it.")


def _how_much(share: float) -> str:
    if share < 0:
        return _("One place went the other way")
    if share > 1:
        return _("More than all of it sits in one place")
    if share >= _MOST:
        return _("Most of it sits in one place")
    return _("Part of it sits in one place")


def _amounts(answer: Answer) -> str:
    if answer.base.value is None or answer.actual.value is None or answer.comparison is None:
        return ""
    unit, currency = _UNITS[answer.kpi], answer.organisation.currency
    return _("{now} in {actual}, {before} in {base}.").format(
        now=figures.value(answer.actual.value, unit=unit, currency=currency, n=answer.actual.n),
        before=figures.value(answer.base.value, unit=unit, currency=currency, n=answer.base.n),
        actual=figures.days_of(answer.comparison.actual),
        base=figures.days_of(answer.comparison.base),
    )


def _driver_line(answer: Answer) -> str:
    measured = [each for each in answer.tree if each.is_measured]
    if not measured or answer.kpi is not Kpi.BOOKINGS:
        return ""
    by_size = sorted(measured, key=lambda each: -abs(each.contribution))
    least = _MOST * abs(answer.change.value or 0.0)
    # Steps that pull against each other are told together: one alone would say half of it.
    firm = [
        each for each in by_size if not each.could_be_chance and abs(each.contribution) >= least
    ]
    if not firm:
        return _("The largest step is {factor} with {amount}, which could be chance.").format(
            factor=names.factor(by_size[0].code, answer=answer).lower(),
            amount=figures.money(
                by_size[0].contribution, currency=answer.organisation.currency, is_signed=True
            ),
        )
    said = figures.listed(tuple(_step(each, answer=answer) for each in firm))
    return f"{_capital(said)}."


def _step(factor: Factor, *, answer: Answer) -> str:
    words = _("{factor} took {amount}") if factor.contribution < 0 else _("{factor} added {amount}")
    amount = figures.money(abs(factor.contribution), currency=answer.organisation.currency)
    return words.format(factor=names.factor(factor.code, answer=answer).lower(), amount=amount)


def _place_line(answer: Answer) -> str:
    found = place(answer)
    if found is None:
        return ""
    each, cause = found
    amount = places.contribution(cause, kpi=each.kpi, currency=answer.organisation.currency)
    before, now, counted = cause.before, cause.now, names.counted(cause.n, answer=answer)
    if _is_sum(cause, kpi=each.kpi) and each.kpi is answer.kpi:
        return _beside_the_rest(answer, cause=cause)
    if cause.measure is not Unit.SHARE or before.value is None or now.value is None:
        words = _("{there} {counted} carry {amount} of it.")
        there = _there(answer, cause=cause)
        return words.format(there=there, counted=counted, amount=amount)
    what = _("the win rate") if cause.kind is CauseKind.RATE else _("its part of the whole")
    return _("{there} {what} went from {before} to {now}, on {counted}.").format(
        there=_there(answer, cause=cause),
        what=what,
        before=figures.share_of(before.value, n=before.n),
        now=figures.share_of(now.value, n=now.n),
        counted=counted,
    )


def _there(answer: Answer, *, cause: Cause) -> str:
    # The sentence on top names the place of a rise or a fall; otherwise it is named here.
    if answer.verdict in (Verdict.FALLING, Verdict.IMPROVING):
        return _("There")
    return _("In {place}").format(place=names.place(cause.slice))


def _is_sum(cause: Cause, *, kpi: Kpi) -> bool:
    """The place's own measure is its bookings, so that the rest is the whole without it."""
    moved = (cause.now.value or 0.0) - (cause.before.value or 0.0)
    is_near = abs(moved - cause.contribution) <= 0.01 * abs(cause.contribution)
    return kpi is Kpi.BOOKINGS and cause.measure is Unit.MONEY and is_near


def _beside_the_rest(answer: Answer, *, cause: Cause) -> str:
    currency = answer.organisation.currency
    before, now = cause.before.value or 0.0, cause.now.value or 0.0
    rest = (answer.base.value or 0.0) - before, (answer.actual.value or 0.0) - now
    there = _("{there} {kpi} went from {before} to {now}, on {counted}").format(
        there=_there(answer, cause=cause),
        kpi=names.kpi(answer.kpi),
        before=figures.money(before, currency=currency),
        now=figures.money(now, currency=currency),
        counted=names.counted(cause.n, answer=answer),
    )
    if rest[0] <= 0:
        return f"{there}."
    changed = figures.percent(rest[1] / rest[0] - 1, is_signed=True)
    return there + _("; everywhere else together from {before} to {now} ({changed}).").format(
        before=figures.money(rest[0], currency=currency),
        now=figures.money(rest[1], currency=currency),
        changed=changed,
    )


def _largest_line(answer: Answer) -> str:
    if (
        not answer.single_deals
        or answer.without_largest is None
        or answer.without_largest.value is None
    ):
        return ""
    changed = figures.change(
        answer.without_largest.value,
        unit=_UNITS[answer.kpi],
        currency=answer.organisation.currency,
        before=answer.base.value,
    )
    return _("Without the largest opportunity of either period the change is {change}.").format(
        change=changed
    )


def _season_line(answer: Answer) -> str:
    if answer.comparison is None or answer.comparison.is_season_known:
        return ""
    return _("A year before is not recorded, so the season is not known.")


def _too_little(answer: Answer) -> str:
    words = _("Two whole periods of the same length are needed to compare.")
    if "found_days" not in answer.too_little:
        return f"{words} " + _("Here is what the data show so far.")
    decided, days = (int(answer.too_little[name]) for name in ("decided", "found_days"))
    over = ngettext("{n} day", "{n} days", count=days).format(n=days)
    found = ngettext(
        "The data hold {n} decided opportunity over {days}.",
        "The data hold {n} decided opportunities over {days}.",
        count=decided,
    ).format(n=f"{decided:,}", days=over)
    return f"{words} {found}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
