"""One figure opened: what was looked at, what it is not, what it does not know."""

from collections.abc import Callable, Mapping

from headway.queries.results import figures, ladder, names, places, sentences, tables
from headway.queries.results.page import Evidence, Line, Row, Stat, Table
from headway.queries.words.language import gettext as _
from headway.terms.answer import Answer, Factor, Kpi, LadderLine, Mark, Standing, Unit

_DEFINITIONS = {
    "bookings": "The amount of opportunities won, by the day they were closed.",
    "close_rate": "Won, of those won or lost with a closing day in the period.",
    "win_rate": "Won, of those won or lost with a closing day in the period.",
    "cohort_win_rate": (
        "Of the opportunities created in the period, the share won by a fixed age; open ones "
        "count as not yet known."
    ),
    "value_win_rate": "Amount won, of the amount won or lost, as it stood on the day of closing.",
    "opportunities_created": "Opportunities by the day they were created.",
    "cycle_days": (
        "The days from creation to the win, of those won in the period: half of them took longer."
    ),
    "cycle_time": (
        "Of the opportunities created in the period: by this day half of those are won that are "
        "won within the time looked at. Open ones count as not yet known."
    ),
    "average_amount": "Amount won, divided by the number won.",
    "sales_velocity": (
        "Open opportunities x win rate x average amount / days. A sum of parts, never a target."
    ),
    "coverage": "Open pipeline that should close in the period, against the target.",
    "slip": (
        "Of the opportunities expected to close in the period at its start, those that "
        "neither closed nor were lost."
    ),
}
_TREE = (
    "The tree multiplies to bookings exactly: sellers x opportunities per seller x win rate "
    "x average amount. The change is shared out so that the steps sum to it."
)
_PLACE = (
    "A place is named only when chance, over all the places we looked at, would name any of "
    "them in fewer than 1 of 20 searches."
)


def evidence(answer: Answer, *, figure: str) -> Evidence | None:
    """The evidence behind one figure; None where the answer has no such figure."""
    kind, _dash, rest = figure.partition("-")
    opening = _OPENINGS.get(kind)
    return opening(answer, rest) if opening else None


def figures_of(answer: Answer) -> tuple[str, ...]:
    """The addresses of all figures that can be opened, each once."""
    rows = [row.figure for table in places.place_tables(answer) for row in table.rows]
    stages = tables.stages(answer)
    found = [
        *(f"stat-{metric.code}" for metric in answer.metrics),
        *(f"factor-{code}" for code in _factors(answer)),
        *rows,
        *(row.figure for row in (stages.rows if stages else ())),
        *(f"ladder-{line.code}" for line in answer.ladder),
        *(ladder.mark_figure(mark) for mark in answer.marks),
    ]
    return tuple(dict.fromkeys(found))


def _stat(answer: Answer, code: str, /) -> Evidence | None:
    metric = next((each for each in answer.metrics if each.code == code), None)
    if metric is None:
        return None
    stat = tables.worded_stat(metric, answer=answer)
    title = _("{label}: {value}").format(label=stat.label, value=stat.value)
    return Evidence(
        figure=stat.figure,
        kind=_("Figure"),
        title=title,
        strip=None,
        looked_at=_stat_lines(stat, n_now=metric.now.n, n_before=metric.before.n),
        unknown=stat.caveats,
        ruled_out=_ruled_out(answer),
        has_rows=metric.unit is not Unit.DAYS and metric.now.n > 0,
        definition=_(_DEFINITIONS[code]) if code in _DEFINITIONS else "",
        marks=_touching(answer, codes=frozenset(metric.marks), affected=code),
    )


def _stat_lines(stat: Stat, *, n_now: int, n_before: int) -> tuple[Line, ...]:
    lines = (
        (_("Now"), stat.value, _cases(n_now)),
        (_("Before"), stat.before, _cases(n_before)),
        (_("Change"), stat.change, ""),
        (_("90% range of now"), stat.range, ""),
        (_("Period by period"), stat.series_words, ""),
    )
    return tuple(
        Line(figure="", name=name, sentence=words, detail=detail)
        for name, words, detail in lines
        if words
    )


def _factor(answer: Answer, code: str, /) -> Evidence | None:
    each = _factors(answer).get(code)
    if each is None:
        return None
    currency = answer.organisation.currency
    amount = figures.money(each.contribution, currency=currency, is_signed=True)
    words = [(_("Carries"), amount, _("could be chance") if each.could_be_chance else "")]
    if each.low is not None and each.high is not None:
        low, high = (
            figures.money(end, currency=currency, is_signed=True) for end in (each.low, each.high)
        )
        words.append((_("90% range"), _("{low} to {high}").format(low=low, high=high), ""))
    words.append((_("The factor itself"), tables.factor_values(each, currency=currency), ""))
    words += [
        (
            names.factor(part.code, answer=answer),
            figures.money(part.contribution, currency=currency, is_signed=True),
            _("part of it"),
        )
        for part in each.parts
    ]
    title = _("{factor}: {amount} of the change").format(
        factor=names.factor(code, answer=answer), amount=amount
    )
    return Evidence(
        figure=f"factor-{code}",
        kind=_("Step of the tree"),
        title=title
        if each.is_measured
        else _("{factor}: not measured").format(factor=names.factor(code, answer=answer)),
        strip=None,
        looked_at=tuple(
            Line(figure="", name=name, sentence=text, detail=detail)
            for name, text, detail in words
            if text
        ),
        unknown=(),
        ruled_out=_ruled_out(answer),
        has_rows=each.is_measured,
        definition=_(_TREE),
        marks=_touching(answer, codes=frozenset(), affected=code),
    )


def _place(answer: Answer, rest: str, /) -> Evidence | None:
    figure = f"place-{rest}"
    found = [
        (table, row)
        for table in places.place_tables(answer)
        for row in table.rows
        if row.figure == figure
    ]
    if not found:
        return None
    table, row = found[0]
    lines = (
        (_("Before"), row.before, ""),
        (_("Now"), row.now, ""),
        (_("Opportunities in both periods"), row.n, ""),
        (
            _("Carries"),
            row.amount,
            row.share and _("{share} of the whole change").format(share=row.share),
        ),
        (_("90% range"), row.range, _("could be chance") if row.could_be_chance else ""),
        (_("What moved"), row.note, ""),
        (
            _("Chance"),
            row.chance,
            _("that a search like this names any place though none moved"),
        ),
    )
    return Evidence(
        figure=figure,
        kind=_("Place"),
        title=_title(row),
        strip=row.strip,
        looked_at=tuple(
            Line(figure="", name=name, sentence=words, detail=detail)
            for name, words, detail in lines
            if words
        ),
        unknown=table.notes,
        ruled_out=_ruled_out(answer),
        slice=row.slice,
        has_rows=True,
        definition=_(_PLACE),
    )


def _title(row: Row) -> str:
    if not row.now:
        return _("{place}: {amount}").format(place=row.label, amount=row.amount)
    return _("{place}: {before} to {now}").format(place=row.label, before=row.before, now=row.now)


def _stage(answer: Answer, rest: str, /) -> Evidence | None:
    figure = f"stage-{rest}"
    table = tables.stages(answer)
    row = _row(table, figure=figure)
    if table is None or row is None:
        return None
    number = int(rest) - 1
    step = answer.stages[number]
    definition = _(
        "Of the opportunities that first entered {stage} in the period, the share that "
        "reached {next} or a later stage within {days} days."
    )
    lines = (
        (_("Now"), row.now, _cases(step.now.n)),
        (_("Before"), row.before, _cases(step.before.n)),
        (_("90% range of now"), row.range, ""),
    )
    return Evidence(
        figure=figure,
        kind=_("Stage"),
        title=_("{label}: {before} to {now}").format(
            label=row.label, before=row.before, now=row.now
        ),
        strip=row.strip,
        looked_at=tuple(
            Line(figure="", name=name, sentence=words, detail=detail)
            for name, words, detail in lines
            if words
        ),
        unknown=(),
        ruled_out=(),
        definition=definition.format(stage=step.stage, next=step.next_stage, days=step.within_days),
    )


def _ladder(answer: Answer, code: str, /) -> Evidence | None:
    each = next((line for line in answer.ladder if line.code == code), None)
    if each is None:
        return None
    line = ladder.line(each, answer=answer)
    return Evidence(
        figure=f"ladder-{code}",
        kind=_standing(each),
        title=line.name,
        strip=None,
        looked_at=(Line(figure="", name=_("What was found"), sentence=line.sentence),),
        unknown=(line.detail,) if line.detail else (),
        ruled_out=(),
        definition=sentences.test_of(code),
    )


def _mark(answer: Answer, rest: str, /) -> Evidence | None:
    figure = f"mark-{rest}"
    each = next((mark for mark in answer.marks if ladder.mark_figure(mark) == figure), None)
    if each is None:
        return None
    line = ladder.mark(each, answer=answer)
    rows = _("{count} rows, {share} of {table}").format(
        count=f"{each.row_count:,}",
        share=figures.percent(each.share),
        table=names.table(each.table),
    )
    return Evidence(
        figure=figure,
        kind=_("Doubt about the data"),
        title=line.sentence,
        strip=None,
        looked_at=(Line(figure="", name=_("How much"), sentence=rows),),
        unknown=(line.detail,) if line.detail else (),
        ruled_out=(),
    )


def _total(answer: Answer, rest: str, /) -> Evidence | None:
    del rest
    code = {Kpi.WIN_RATE: "close_rate"}.get(answer.kpi, answer.kpi.value)
    return _stat(answer, code)


def _factors(answer: Answer) -> dict[str, Factor]:
    return {each.code: each for factor in answer.tree for each in (factor, *factor.parts)}


def _row(table: Table | None, *, figure: str) -> Row | None:
    return next((row for row in (table.rows if table else ()) if row.figure == figure), None)


def _ruled_out(answer: Answer) -> tuple[Line, ...]:
    return ladder.lines(answer, standing=Standing.RULED_OUT)


def _touching(answer: Answer, *, codes: frozenset[str], affected: str) -> tuple[Line, ...]:
    touching: list[Mark] = [
        mark for mark in answer.marks if mark.code in codes or affected in mark.affects
    ]
    return tuple(ladder.mark(mark, answer=answer) for mark in touching)


def _standing(each: LadderLine) -> str:
    return {
        Standing.NAMED: _("Named"),
        Standing.CANDIDATE: _("Candidate"),
        Standing.RULED_OUT: _("Checked and ruled out"),
        Standing.UNTESTED: _("Not tested"),
    }[each.standing]


def _cases(n: int) -> str:
    return _("{n} cases").format(n=f"{n:,}") if n else ""


_OPENINGS: Mapping[str, Callable[[Answer, str], Evidence | None]] = {
    "stat": _stat,
    "factor": _factor,
    "place": _place,
    "stage": _stage,
    "ladder": _ladder,
    "mark": _mark,
    "base": _total,
    "actual": _total,
}
