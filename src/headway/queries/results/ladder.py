"""The ladder from the problem one sees to the one that can be mended, and its four lists."""

from headway.queries.results import claim, figures, names, places, sentences
from headway.queries.results.page import Line, Rung
from headway.queries.results.told import told
from headway.queries.words.language import gettext as _
from headway.terms.answer import Answer, LadderLine, Mark, Standing

CONDUCT = "conduct"
# Rungs below the place, from conduct down to leadership, and the codes that stand on each.
_LEVELS = (
    ("conduct", "What people do", (CONDUCT, "execution")),
    ("ability", "What they can do", ("training", "growth")),
    ("help", "How they are helped", ("coaching", "development")),
    ("lead", "How they are led and held", ("leadership", "accountability")),
)
_GLYPHS = {
    Standing.NAMED: "slip",
    Standing.CANDIDATE: "half",
    Standing.RULED_OUT: "disc",
    Standing.UNTESTED: "open",
}
_WORDS = {Standing.NAMED: "named", Standing.CANDIDATE: "candidate"}
_ORDER = (Standing.NAMED, Standing.CANDIDATE, Standing.UNTESTED, Standing.RULED_OUT)
_MOST_NAMED = 4
_MOST_TABLES = 2


def rungs(answer: Answer) -> tuple[Rung, ...]:
    """The problem, its place, then one line for each level below."""
    levels = tuple(
        _level(answer, level=level, name=name, codes=codes) for level, name, codes in _LEVELS
    )
    return (_problem(answer), _place(answer), *levels)


def lines(answer: Answer, *, standing: Standing) -> tuple[Line, ...]:
    """One of the four lists, in the order the findings give; conduct is a step on the way.

    What the ladder tells whole, as named or as a candidate, is not told again.
    """
    told_above = {each.code for each in _on_rungs(answer) if each.standing in _WORDS}
    return tuple(
        line(each, answer=answer)
        for each in answer.ladder
        if each.standing is standing and each.code not in {CONDUCT, *told_above}
    )


def line(each: LadderLine, *, answer: Answer) -> Line:
    """One alternative with what was found and what would change our mind."""
    sentence = sentences.reason(
        each.reason,
        standing=each.standing,
        figures=told(each.figures, currency=answer.organisation.currency),
    )
    return Line(
        figure=f"ladder-{each.code}",
        name=names.alternative(each.code),
        sentence=f"{each.place}: {sentence}"
        if each.place and each.standing is Standing.NAMED
        else sentence,
        detail=_needs(each.missing),
    )


def marks(answer: Answer) -> tuple[Line, ...]:
    """Each doubt about the data, with the figures it touches."""
    return tuple(mark(each, answer=answer) for each in answer.marks)


def mark(each: Mark, *, answer: Answer) -> Line:
    """One doubt about the data of an answer."""
    return doubt(each, currency=answer.organisation.currency)


def doubt(each: Mark, *, currency: str) -> Line:
    """One doubt in plain words, and what it affects."""
    shown: dict[str, float | str] = {
        "row_count": each.row_count,
        "share": each.share,
        "table": each.table,
        **each.figures,
    }
    affected = _affected(each)
    return Line(
        figure=mark_figure(each),
        name=_capital(names.table(each.table)),
        sentence=sentences.mark(each.code, figures=told(shown, currency=currency)),
        detail=_("Affects {names}.").format(names=affected) if affected else "",
    )


def _capital(name: str) -> str:
    # A file keeps its name as it is.
    return name if "." in name else name[:1].upper() + name[1:]


def mark_figure(each: Mark) -> str:
    """The address of a doubt: its code, and its table where a code stands for several."""
    return f"mark-{each.code}.{each.table.rsplit('/', maxsplit=1)[-1]}"


def _affected(each: Mark) -> str:
    touched = tuple(dict.fromkeys(names.measure(code).lower() for code in each.affects))
    if len(touched) <= _MOST_NAMED:
        return figures.listed(touched)
    more = _("{count} more").format(count=len(touched) - _MOST_NAMED + 1)
    return figures.listed((*touched[: _MOST_NAMED - 1], more))


def _problem(answer: Answer) -> Rung:
    currency = answer.organisation.currency
    evidence = ""
    if answer.base.value is not None and answer.actual.value is not None:
        unit = claim.unit(answer.kpi)
        evidence = _("{now} against {before}.").format(
            now=figures.value(answer.actual.value, unit=unit, currency=currency, n=answer.actual.n),
            before=figures.value(answer.base.value, unit=unit, currency=currency, n=answer.base.n),
        )
    return Rung(
        figure="actual",
        level=_("The presenting problem"),
        title=claim.headline(answer),
        evidence=evidence,
        glyph="ring",
    )


def _place(answer: Answer) -> Rung:
    found = claim.place(answer)
    if found is None:
        looked_at = sum(each.looked_at for each in answer.localisations)
        title = _("No place stands out") if looked_at else _("No place could be looked at")
        evidence = (
            _("Nothing moved more than chance in {count} places.").format(count=f"{looked_at:,}")
            if looked_at
            else ""
        )
        return Rung(
            figure="places", level=_("Where it sits"), title=title, evidence=evidence, glyph="open"
        )
    each, cause = found
    amount = places.contribution(cause, kpi=each.kpi, currency=answer.organisation.currency)
    words = _("{counted} there carry {amount} of the change in {kpi}.")
    return Rung(
        figure="places",
        level=_("Where it sits"),
        title=names.place_label(cause.slice),
        glyph="ring",
        evidence=words.format(
            counted=names.counted(cause.n, answer=answer), amount=amount, kpi=names.kpi(each.kpi)
        ),
    )


def _level(answer: Answer, *, level: str, name: str, codes: tuple[str, ...]) -> Rung:
    first = _first(answer, codes=codes)
    if first is None or first.standing is Standing.UNTESTED:
        found = [each for each in answer.ladder if each.code in codes]
        missing = tuple(dict.fromkeys(table for each in found for table in each.missing))
        needs = _briefly(missing) or _("Nothing in the data can show it.")
        return Rung(
            figure=f"level-{level}",
            level=_(name),
            title=_("Not enough evidence"),
            evidence=needs,
            glyph="open",
        )
    shown = line(first, answer=answer)
    return Rung(
        figure=shown.figure,
        level=_(name),
        title=shown.name,
        evidence=shown.sentence,
        glyph=_GLYPHS[first.standing],
        is_root=first.standing is Standing.NAMED and first.code != CONDUCT,
        standing=_(_WORDS[first.standing])
        if first.standing in _WORDS and first.code != CONDUCT
        else "",
    )


def _first(answer: Answer, *, codes: tuple[str, ...]) -> LadderLine | None:
    """What stands for a level: of its lines the one of which most is known."""
    found = (each for each in answer.ladder if each.code in codes)
    return min(found, key=lambda each: _ORDER.index(each.standing), default=None)


def _on_rungs(answer: Answer) -> tuple[LadderLine, ...]:
    """The lines that are told whole on the ladder: where evidence is missing, the list says it."""
    found = (_first(answer, codes=codes) for _level, _name, codes in _LEVELS)
    return tuple(each for each in found if each is not None and not each.missing)


def _briefly(missing: tuple[str, ...]) -> str:
    if len(missing) <= _MOST_TABLES:
        return _needs(missing)
    shown = tuple(names.table(code) for code in missing[:_MOST_TABLES])
    return _("It would take {tables}.").format(tables=figures.listed((*shown, _("more"))))


def _needs(missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    return _("It would take {tables}.").format(
        tables=figures.listed(tuple(dict.fromkeys(names.table(code) for code in missing)))
    )
