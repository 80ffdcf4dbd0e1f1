"""An answer as people read it: the whole page, or one figure opened. Pure; works without a site."""

from headway.queries.results import (
    claim,
    figures,
    ladder,
    names,
    next_step,
    places,
    sentences,
    tables,
    verdicts,
)
from headway.queries.results import evidence as opened
from headway.queries.results.page import Evidence, Heading, Line, ResultsPage
from headway.queries.results.reasons import PERIODS
from headway.queries.results.told import told
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, Mark, Standing


def page(answer: Answer, *, scope_name: str = "") -> ResultsPage:
    """Everything Results says about one answer.

    Args:
        answer: what findings concluded for one scope and one comparison.
        scope_name: whose results, in words; found from the answer's scope where empty.
    """
    return ResultsPage(
        heading=_heading(answer, scope_name=scope_name),
        finding=claim.finding(answer),
        lede=claim.lede(answer),
        stats=tables.stats(answer),
        waterfall=tables.waterfall(answer),
        places=places.place_tables(answer),
        stages=tables.stages(answer),
        measures=tables.measures(answer),
        grade=claim.grade(answer),
        rungs=ladder.rungs(answer),
        named=ladder.lines(answer, standing=Standing.NAMED),
        candidates=ladder.lines(answer, standing=Standing.CANDIDATE),
        ruled_out=ladder.lines(answer, standing=Standing.RULED_OUT),
        untested=ladder.lines(answer, standing=Standing.UNTESTED),
        next_step=next_step.of(answer),
        marks=ladder.marks(answer),
        notes=_notes(answer),
        is_comparable=answer.comparison is not None,
        explained=verdicts.explained(answer),
    )


def evidence(answer: Answer, *, figure: str) -> Evidence | None:
    """One figure of the page opened; None where the answer has no such figure."""
    return opened.evidence(answer, figure=figure)


def doubt(mark: Mark, *, currency: str) -> Line:
    """One doubt about the data in plain words; for lists of checks that stand without an answer."""
    return ladder.doubt(mark, currency=currency)


def _heading(answer: Answer, *, scope_name: str) -> Heading:
    return Heading(
        organisation=answer.organisation.name,
        scope=scope_name or names.scope(answer.scope),
        periods=_periods(answer),
        data_until=_("Data to {day}").format(day=figures.day(answer.as_of)),
        doubts=_doubts(len(answer.marks)),
    )


def _periods(answer: Answer) -> str:
    if answer.comparison is None:
        return ""
    how = _(PERIODS[f"periods.{answer.comparison.basis.value}"])
    return _("{actual} against {base}, {how}").format(
        actual=figures.days_of(answer.comparison.actual),
        base=figures.days_of(answer.comparison.base),
        how=how,
    )


def _doubts(count: int) -> str:
    if count == 0:
        return _("no doubt about the data")
    return ngettext(
        "{count} doubt about the data", "{count} doubts about the data", count=count
    ).format(count=count)


def _notes(answer: Answer) -> tuple[str, ...]:
    left_out = tuple(
        sentences.omitted(code, figures=told({"count": count}, currency=""))
        for code, count in sorted(answer.omitted.items())
        if count
    )
    level = _(
        "Ranges are 90% ranges. “Points to” and “sits in” say where a change is, not "
        "why: nothing here was compared with what would have happened otherwise."
    )
    source = _("Facts {facts}, policy {policy}.").format(
        facts=answer.facts_id[:12], policy=answer.policy_version
    )
    return (*left_out, level, source)
