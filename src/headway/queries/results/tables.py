"""The four stats, the waterfall and the tables with strips, worded from an answer."""

from collections.abc import Sequence
from dataclasses import replace

from headway.queries.results import figures, names, sentences, unmeasured
from headway.queries.results.page import Row, Stat, Step, Strip, Table, Tone, Waterfall
from headway.queries.words.language import gettext as _
from headway.terms.answer import (
    Answer,
    Factor,
    Figure,
    Kpi,
    Metric,
    Missing,
    Point,
    StageStep,
    Unit,
)
from headway.terms.policy import DEFAULT

FIRST_FOUR = ("bookings", "close_rate", "opportunities_created", "cycle_days")
_NEXT_FOUR = ("average_amount", "orders_per_seller", "sellers", "won_count", "cohort_win_rate")
_STATS = 4
# Ratios to a whole, which people say in per cent.
_PER_CENT = frozenset({"quota_attainment"})
# More is worse in these; in measures that are in neither list a move is neither good nor bad.
_LESS_IS_BETTER = frozenset(
    {"cycle_days", "cycle_time", "slip", "slip_value", "push_count", "no_decision_share"}
)
# What a source must record so that one of the usual four can be shown.
_NEITHER = frozenset({"coverage", "sellers", "opportunities_per_seller", "sales_velocity"})


def stats(answer: Answer) -> tuple[Stat, ...]:
    """The four figures at the top: the usual four, and the next best where one is not measured."""
    by_code = {metric.code: metric for metric in answer.metrics}
    usual = [by_code[code] for code in FIRST_FOUR if code in by_code]
    further = [by_code[code] for code in _NEXT_FOUR if code in by_code]
    measured = [metric for metric in usual if metric.now.value is not None]
    spare = [metric for metric in further if metric.now.value is not None and metric not in usual]
    missing = [metric for metric in usual if metric.now.value is None]
    chosen = (measured + spare[: max(0, _STATS - len(measured) - 1)] + missing + spare)[:_STATS]
    unique = list(dict.fromkeys(metric.code for metric in chosen))
    return tuple(worded_stat(by_code[code], answer=answer) for code in unique)


def tone(*, code: str, change: Figure) -> Tone:
    """Better, worse, or plain where chance could do it or where more is neither."""
    spans_zero = change.low is None or change.high is None or change.low <= 0 <= change.high
    if change.value is None or spans_zero or code in _NEITHER:
        return Tone.PLAIN
    is_better = (change.value < 0) == (code in _LESS_IS_BETTER)
    return Tone.BETTER if is_better else Tone.WORSE


def waterfall(answer: Answer) -> Waterfall | None:
    """The steps of bookings from the base period to now; None where the tree could not be built."""
    base, actual = _bookings(answer)
    factors = tuple(factor for factor in answer.tree if factor.is_measured)
    if base is None or actual is None or not factors or answer.comparison is None:
        return None
    currency = answer.organisation.currency
    divisor, letter = figures.scale_of((base, actual, *(factor.contribution for factor in factors)))
    largest = max(factors, key=lambda factor: abs(factor.contribution))
    ends = [
        _total(amount, label=figures.days_of(period, is_short=True), divisor=divisor, figure=figure)
        for amount, period, figure in (
            (base, answer.comparison.base, "base"),
            (actual, answer.comparison.actual, "actual"),
        )
    ]
    between = (_step(each, divisor=divisor, answer=answer, largest=largest) for each in factors)
    return Waterfall(
        title=_("Why it changed") if answer.kpi is Kpi.BOOKINGS else _("Why bookings changed"),
        unit=_unit_words(currency=currency, letter=letter),
        steps=(ends[0], *between, ends[1]),
        parts=_parts(factors, divisor=divisor, answer=answer),
        divisor=divisor,
        alternative=_alternative(answer, largest=largest),
        not_measured=_not_measured(answer),
    )


def _bookings(answer: Answer) -> tuple[float | None, float | None]:
    # The factors are those of bookings, whichever result is asked about.
    if answer.kpi is Kpi.BOOKINGS:
        return answer.base.value, answer.actual.value
    found = next((each for each in answer.metrics if each.code == Kpi.BOOKINGS.value), None)
    return (None, None) if found is None else (found.before.value, found.now.value)


def stages(answer: Answer) -> Table | None:
    """Conversion stage by stage, on one scale; None where no stages were recorded."""
    if not answer.stages:
        return None
    low, high = _scale([figure for step in answer.stages for figure in (step.now, step.before)])
    days = sorted({step.within_days for step in answer.stages})
    within = _("{days} days").format(days=" / ".join(str(day) for day in days))
    return Table(
        code="stages",
        title=_("Conversion, stage by stage"),
        caption=_(
            "Bar: before. Dot: now, with range. Reached the next stage within {within}."
        ).format(within=within),
        head=_("Stage"),
        scale=_scale_words(low, high),
        rows=tuple(
            _stage(step, number=number, low=low, high=high)
            for number, step in enumerate(answer.stages, 1)
        ),
    )


def measures(answer: Answer) -> Table | None:
    """The measures beside the four stats, each with its range and what it does not know."""
    shown = {stat.figure for stat in stats(answer)}
    rest = [metric for metric in answer.metrics if f"stat-{metric.code}" not in shown]
    known = [metric for metric in rest if _is_known(metric)]
    unknown = tuple(
        names.measure(metric.code, figures=metric.figures).lower()
        for metric in rest
        if not _is_known(metric)
    )
    if not rest:
        return None
    absent = _("Not measured in this source: {names}.").format(names="; ".join(unknown))
    return Table(
        code="measures",
        title=_("Conversion and pace"),
        caption=_("Before and now, with the 90% range of now."),
        head=_("Measure"),
        scale="",
        rows=tuple(_measure(metric, answer=answer) for metric in known),
        notes=(absent,) if unknown else (),
    )


def _is_known(metric: Metric) -> bool:
    return any(side.missing is not Missing.NOT_MEASURED for side in (metric.now, metric.before))


def strip(
    *, before: Figure, now: Figure, scale: tuple[float, float], tone_: Tone, words: str
) -> Strip:
    """Before and now of one row on the table's scale."""
    return Strip(
        before=before.value,
        now=now.value,
        low=now.low,
        high=now.high,
        scale_low=scale[0],
        scale_high=scale[1],
        tone=tone_,
        words=words,
    )


def shared_scale(shown: Sequence[Figure]) -> tuple[float, float]:
    """The one scale that holds all these shares, to the next five points."""
    return _scale(shown)


def scale_words(low: float, high: float) -> str:
    """A scale of shares as text: "30 to 90%"."""
    return _scale_words(low, high)


def worded_stat(metric: Metric, *, answer: Answer) -> Stat:
    """One measure as label, figure, change and range."""
    currency = answer.organisation.currency
    if metric.code in _PER_CENT:
        metric = replace(metric, unit=Unit.SHARE)
    is_counted = metric.code not in _PER_CENT
    now, is_missing = metric.now, metric.now.value is None
    change = _change_words(metric, currency=currency)
    return Stat(
        figure=f"stat-{metric.code}",
        label=names.measure(metric.code, figures=metric.figures),
        value=_side(now, unit=metric.unit, currency=currency, is_counted=is_counted),
        is_missing=is_missing,
        change=change,
        tone=tone(code=metric.code, change=metric.change),
        range=_needs(metric)
        if is_missing
        else figures.span(now, unit=metric.unit, currency=currency),
        ground=_("{n} cases").format(n=f"{now.n:,}") if now.n else "",
        series=() if is_missing else tuple(point.value for point in metric.series[-8:]),
        is_last_whole=not metric.series or metric.series[-1].is_complete,
        series_words=_series_words(metric, currency=currency),
        before=_side(metric.before, unit=metric.unit, currency=currency, is_counted=is_counted),
        caveats=tuple(sentences.caveat(code) for code in metric.caveats),
        is_marked=bool(metric.marks),
    )


def _side(figure: Figure, *, unit: Unit, currency: str, is_counted: bool) -> str:
    if figure.value is None:
        return figures.missing(figure.missing)
    n = figure.n if is_counted else 0
    return figures.value(figure.value, unit=unit, currency=currency, n=n)


def _needs(metric: Metric) -> str:
    what = unmeasured.takes(metric.code)
    if metric.now.missing is not Missing.NOT_MEASURED or not what:
        return ""
    return _("It takes {what}.").format(what=what)


def _change_words(metric: Metric, *, currency: str) -> str:
    change = metric.change
    if change.value is None:
        return ""
    words = figures.change(
        change.value, unit=metric.unit, currency=currency, before=metric.before.value
    )
    if change.low is not None and change.high is not None and change.low <= 0 <= change.high:
        return _("{change}, could be chance").format(change=words)
    return words


def _series_words(metric: Metric, *, currency: str) -> str:
    known = [point for point in metric.series[-8:] if point.value is not None]
    if len(known) < 3:  # noqa: PLR2004  fewer than three numbers are no line
        return ""
    return "; ".join(
        f"{figures.days_of(point.period, is_short=True)}: {_at(point, metric, currency)}"
        for point in known
    )


def _at(point: Point, metric: Metric, currency: str) -> str:
    return figures.value(point.value or 0.0, unit=metric.unit, currency=currency)


def _parts(factors: tuple[Factor, ...], *, divisor: float, answer: Answer) -> tuple[Step, ...]:
    return tuple(
        _step(part, divisor=divisor, answer=answer, detail=names.factor(each.code, answer=answer))
        for each in factors
        for part in each.parts
    )


def _not_measured(answer: Answer) -> str:
    unknown = tuple(
        names.factor(each.code, answer=answer).lower()
        for each in answer.tree
        if not each.is_measured
    )
    if not unknown:
        return ""
    words = _("{names}: not measured in this source.")
    return words.format(names=figures.listed(unknown).capitalize())


def _total(amount: float, *, label: str, divisor: float, figure: str) -> Step:
    return Step(
        figure=figure,
        label=label,
        amount=amount,
        low=None,
        high=None,
        is_total=True,
        is_measured=True,
        words=figures.in_scale(amount, divisor=divisor),
        range_words="",
        could_be_chance=False,
    )


def _step(
    each: Factor, *, divisor: float, answer: Answer, largest: Factor | None = None, detail: str = ""
) -> Step:
    words = ""
    if each.low is not None and each.high is not None:
        low = figures.in_scale(each.low, divisor=divisor, is_signed=True)
        words = _("{low} to {high}").format(
            low=low, high=figures.in_scale(each.high, divisor=divisor, is_signed=True)
        )
    return Step(
        figure=f"factor-{each.code}",
        label=names.factor(each.code, answer=answer),
        amount=each.contribution,
        low=each.low,
        high=each.high,
        words=figures.in_scale(each.contribution, divisor=divisor, is_signed=True),
        range_words=words,
        is_total=False,
        is_measured=each.is_measured,
        could_be_chance=each.could_be_chance,
        is_largest=each is largest and not each.could_be_chance,
        detail=detail or factor_values(each, currency=answer.organisation.currency),
    )


def factor_values(each: Factor, *, currency: str) -> str:
    """The factor itself, before and now; empty where it is not measured."""
    if each.base is None or each.actual is None:
        return ""
    unit = {"win_rate": Unit.SHARE, "average_amount": Unit.MONEY, "sellers": Unit.COUNT}.get(
        each.code, Unit.RATIO
    )
    return _("{before} to {now}").format(
        before=figures.value(each.base, unit=unit, currency=currency),
        now=figures.value(each.actual, unit=unit, currency=currency),
    )


def _alternative(answer: Answer, *, largest: Factor) -> str:
    currency = answer.organisation.currency
    return _(
        "Bookings moved from {base} to {actual}. The largest step is {factor} with {amount}."
    ).format(
        base=figures.money(answer.base.value or 0.0, currency=currency),
        actual=figures.money(answer.actual.value or 0.0, currency=currency),
        factor=names.factor(largest.code, answer=answer).lower(),
        amount=figures.money(largest.contribution, currency=currency, is_signed=True),
    )


def _unit_words(*, currency: str, letter: str) -> str:
    symbol = figures.SYMBOLS.get(currency, currency)
    size = {"B": _("billion"), "M": _("million"), "k": _("thousand"), "": ""}[letter]
    return f"{symbol} {size}".strip()


def _stage(step: StageStep, *, number: int, low: float, high: float) -> Row:
    now, before = _share(step.now), _share(step.before)
    label = _("{stage} to {next}").format(stage=step.stage, next=step.next_stage)
    return Row(
        figure=f"stage-{number}",
        label=label,
        n=f"{step.now.n:,}",
        strip=None
        if step.now.value is None
        else strip(
            before=step.before,
            now=step.now,
            scale=(low, high),
            tone_=_move(step.before, now=step.now),
            words=_("{label}: {before} to {now}").format(label=label, before=before, now=now),
        ),
        before=before,
        now=now,
        range=figures.span(step.now, unit=Unit.SHARE, currency=""),
    )


def _measure(metric: Metric, *, answer: Answer) -> Row:
    stat = worded_stat(metric, answer=answer)
    return Row(
        figure=stat.figure,
        label=stat.label,
        n=f"{metric.now.n:,}" if metric.now.n else "",
        strip=None,
        before=stat.before,
        now=stat.value,
        amount=stat.change,
        range=stat.range,
        caveats=stat.caveats,
        is_marked=stat.is_marked,
    )


def _move(before: Figure, *, now: Figure) -> Tone:
    """A stage has moved when both have cases enough and before lies outside now's range."""
    enough = min(before.n, now.n) >= DEFAULT.min_cases_to_compare
    if before.value is None or now.low is None or now.high is None or not enough:
        return Tone.PLAIN
    if before.value > now.high:
        return Tone.WORSE
    return Tone.BETTER if before.value < now.low else Tone.PLAIN


def _share(figure: Figure) -> str:
    if figure.value is None:
        return figures.missing(figure.missing)
    return figures.share_of(figure.value, n=figure.n)


def _scale(shown: Sequence[Figure]) -> tuple[float, float]:
    numbers = [
        number
        for figure in shown
        for number in (figure.value, figure.low, figure.high)
        if number is not None
    ]
    if not numbers:
        return 0.0, 1.0
    low = max(0.0, int(min(numbers) * 20) / 20)
    high = min(1.0, -int(-max(numbers) * 20 // 1) / 20)
    return low, max(high, low + 0.05)


def _scale_words(low: float, high: float) -> str:
    return _("{low} to {high}%").format(low=f"{low * 100:.0f}", high=f"{high * 100:.0f}")
