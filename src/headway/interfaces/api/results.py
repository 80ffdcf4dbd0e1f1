"""Results: the finding, its ladder and figures; the opportunities behind; objections."""

from dataclasses import dataclass
from http import HTTPStatus

from headway.actions import jobs as asking
from headway.actions import objections
from headway.cycle import asking as work
from headway.interfaces.api.endpoints import Call, reads, writes
from headway.queries.access import NotSeenError
from headway.queries.results import choices, opportunities, published
from headway.queries.results.choices import Choice
from headway.queries.results.opportunities import OpportunityList
from headway.queries.results.page import Evidence, ResultsPage
from headway.queries.results.published import ObjectionSeen
from headway.terms import scope as scope_codes
from headway.terms.access import Permission
from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError

_LONGEST_SCOPE = 500


class NotComputedError(HeadwayError):
    """What was asked is allowed, and not worked out yet."""

    code = "api.not_computed"
    status = 404

    def __init__(self, *, has_data: bool) -> None:
        super().__init__(
            "Nobody has asked for this yet, so it is not worked out. Ask for it with POST "
            "/api/v1/results, follow /api/v1/jobs/<job_id>, then read it again."
            if has_data
            else "Nothing is published yet. Load data first, under Data."
        )


@dataclass(frozen=True, kw_only=True)
class Results:
    """The page of one scope, result and comparison, and what can be chosen instead.

    `finding` is the identity objections are kept with, the same from run to run.
    """

    finding: str
    page: ResultsPage
    objections: tuple[ObjectionSeen, ...]
    scopes: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    comparisons: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is to be worked out: `compare` is 'default' or two periods, as the page writes them."""

    scope: str
    kpi: Kpi = Kpi.BOOKINGS
    compare: str = published.DEFAULT_COMPARISON


@dataclass(frozen=True, kw_only=True)
class Objecting:
    """A reason to see the finding of one scope and result differently."""

    scope: str
    text: str
    kpi: Kpi = Kpi.BOOKINGS


@reads("results", Permission.RESULTS)
def results(
    call: Call,
    *,
    scope: str | None = None,
    kpi: Kpi = Kpi.BOOKINGS,
    compare: str = published.DEFAULT_COMPARISON,
) -> Results:
    """Why a result does not improve: the finding, its figures, places, ladder and alternatives."""
    found = published.results(call.viewer, asked=asked(call, scope, kpi=kpi, compare=compare))
    if isinstance(found, published.NotComputed):
        raise NotComputedError(has_data=found.has_data)
    return Results(
        finding=found.finding,
        page=found.page,
        objections=found.objections,
        scopes=found.scopes,
        measures=found.measures,
        comparisons=found.comparisons,
    )


@reads("results/evidence/<str:figure>", Permission.RESULTS)
def evidence(
    call: Call,
    *,
    figure: str,
    scope: str | None = None,
    kpi: Kpi = Kpi.BOOKINGS,
    compare: str = published.DEFAULT_COMPARISON,
) -> Evidence:
    """One figure opened: what was looked at, what it is not, what nobody knows."""
    meant = asked(call, scope, kpi=kpi, compare=compare)
    found = published.evidence(call.viewer, asked=meant, figure=figure)
    if isinstance(found, published.NotComputed):
        raise NotComputedError(has_data=found.has_data)
    return found


@reads("results/opportunities", Permission.RESULTS)
def opportunities_behind(
    call: Call,
    *,
    scope: str | None = None,
    kpi: Kpi = Kpi.BOOKINGS,
    compare: str = published.DEFAULT_COMPARISON,
    figure: str = "",
    is_before: bool = False,
    page: int = 1,
) -> OpportunityList:
    """The opportunities behind a figure, in pages of 25 as the page has them."""
    found = opportunities.opportunities(
        call.viewer,
        asked=asked(call, scope, kpi=kpi, compare=compare),
        figure=figure,
        side="before" if is_before else "now",
        number=page,
    )
    if isinstance(found, published.NotComputed):
        raise NotComputedError(has_data=found.has_data)
    return found


@writes("results", Permission.RESULTS, status=HTTPStatus.ACCEPTED)
def ask_results(call: Call, *, body: Question) -> asking.Asked:
    """Have an answer worked out that nobody has asked for yet."""
    meant = asked(call, body.scope, kpi=body.kpi, compare=body.compare)
    return work.ask_answer(
        viewer=call.viewer,
        at=call.at,
        scope=scope_codes.parse(meant.scope),
        kpi=meant.kpi,
        comparison=meant.comparison,
    )


@writes("results/objections", Permission.RESULTS, status=HTTPStatus.CREATED)
def object_to_finding(call: Call, *, body: Objecting) -> objections.Objected:
    """Say that one sees a finding differently, and why."""
    meant = asked(call, body.scope, kpi=body.kpi, compare=published.DEFAULT_COMPARISON)
    return objections.object_to(
        viewer=call.viewer,
        at=call.at,
        scope=meant.scope,
        finding=published.finding_id(meant),
        text=body.text,
    )


@writes("results/objections/<int:objection_id>/withdraw", Permission.RESULTS)
def withdraw_objection(call: Call, *, objection_id: int) -> objections.Objected:
    """Take back one's own objection."""
    return objections.withdraw(viewer=call.viewer, at=call.at, objection_id=objection_id)


def asked(call: Call, scope: str | None, *, kpi: Kpi, compare: str) -> published.Asked:
    """What is asked for, checked; without a scope the first that one sees.

    Raises:
        NotSeenError: one sees none.
        UnknownScopeError: the scope is none.
    """
    meant = scope or published.first_scope(call.viewer)
    if meant is None:
        raise NotSeenError
    if len(meant) > _LONGEST_SCOPE:
        raise scope_codes.UnknownScopeError(f"{meant[:_LONGEST_SCOPE]}…")
    if compare != published.DEFAULT_COMPARISON:
        choices.periods(compare)
    return published.Asked(scope=scope_codes.parse(meant).code, kpi=kpi, comparison=compare)
