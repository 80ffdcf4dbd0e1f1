"""Store, find, publish: the newest facts become what everybody reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from headway.actions import brought as bringing
from headway.actions import (
    coaching_plans,
    coaching_programmes,
    findings,
    group_months,
    people_stops,
    projection,
)
from headway.actions import strategy as declaring
from headway.cycle import answering, brought, entered, load, predicates
from headway.cycle import projection as projected
from headway.facts import Facts
from headway.findings import given_time, skill_currency, strategy
from headway.findings.strategy import plan_practice
from headway.queries import data, people
from headway.records import coaching, scopes, skills
from headway.sources.protocol import Progress, in_silence
from headway.terms import scope as scope_codes
from headway.terms.answer import Answer, Kpi
from headway.terms.errors import HeadwayError
from headway.terms.period import Period
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from headway.terms.scope import Scope
from headway.terms.strategy import NOTHING, StrategyFindings
from headway.terms.viewer import SYSTEM, Viewer


class UnknownComparisonError(HeadwayError):
    """A text is no comparison."""

    code = "publish.unknown_comparison"
    status = 404

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is no comparison. Expected 'default' or two periods such as "
            "2026-01-01..2026-07-01~2025-01-01..2025-07-01. Choose one on the page."
        )


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a publication holds: how many answers for how many scopes."""

    publication_id: int
    answer_count: int
    scope_count: int


def publish(*, viewer: Viewer = SYSTEM, at: datetime, progress: Progress = in_silence) -> Run:
    """Find anew in the newest facts, for the organisation and each leader's people, and publish.

    Args:
        viewer: on whose behalf; the audit names them.
        at: now.
        progress: told the share done and what is being done.

    Raises:
        TooManyChangesError: the facts would change more people than they may without somebody being
            asked; then nothing changes, and what was published goes on being read.
        HeadwayError: nothing was loaded yet.
    """
    loaded = entered.loaded()
    facts = entered.by_load(loaded)
    progress(0.05, "People and reporting lines")
    _keep_people(facts, viewer=viewer, at=at)
    bringing.keep(viewer=viewer, at=at, brought=brought.of(loaded))
    group_months.keep(viewer=viewer, at=at)
    if coaching_programmes.due(at=at):
        coaching_programmes.bring_up(viewer=viewer, at=at)
    progress(0.1, "Following each priority down to daily work")
    now = entered.beside(loaded, at=at)
    wanted = _published_scopes()
    followed, answers = _found(facts, now=now, wanted=wanted, progress=progress)
    progress(0.8, "Counting what the priorities are about")
    declaring.keep_columns(viewer=viewer, at=at, columns=predicates.columns(facts))
    declaring.keep_counts(viewer=viewer, at=at, counts=predicates.counts(facts))
    progress(0.85, "Opportunities for the lists")
    missing = frozenset(load.missing(settings.HEADWAY_DATA))
    projection.keep_opportunities(
        viewer=viewer,
        at=at,
        accounts=projected.accounts(facts),
        opportunities=projected.opportunities(facts, missing=missing),
    )
    progress(0.95, "Publishing")
    done_run = findings.publish(
        viewer=viewer,
        at=at,
        facts_id=facts.facts_id,
        policy_version=DEFAULT.version,
        as_of=facts.as_of,
        data_from=facts.data_from,
        answers=answers,
        strategy=followed,
        marks=facts.marks,
        times=given_time.found(now, policy=DEFAULT),
    )
    group_months.keep_field(viewer=viewer, at=at, months=given_time.field_months(now))
    _measure_plans(now, viewer=viewer, at=at)
    progress(1.0, "Done")
    return Run(
        publication_id=done_run.publication_id,
        answer_count=done_run.answer_count,
        scope_count=len(wanted),
    )


def _found(
    facts: Facts, *, now: Facts, wanted: Sequence[Scope], progress: Progress
) -> tuple[StrategyFindings, tuple[Answer, ...]]:
    """What is found of the declared strategy, and the answers for all results over each scope."""
    comparison = findings.DEFAULT_COMPARISON
    questions = [question_of(each, kpi=Kpi.BOOKINGS, comparison=comparison) for each in wanted]
    answers: list[Answer] = []
    with answering.begun(facts, questions) as found:
        followed = _followed(now)
        roots = strategy.Roots(facts=now, found=followed, policy=DEFAULT)
        for done, (scope, told) in enumerate(zip(wanted, found, strict=True)):
            progress(0.2 + 0.6 * done / len(wanted), "Looking for what changed")
            answers += _with_roots(told, scope=scope, roots=roots)
    return followed, tuple(answers)


def _followed(facts: Facts) -> StrategyFindings:
    """What is found of the declared strategy, with how lately its skills were practised."""
    practised = skill_currency.found(facts, practised=skills.practised(), policy=DEFAULT)
    return replace(strategy.found(facts, policy=DEFAULT), skills=practised)


def measure_plans(*, viewer: Viewer, at: datetime) -> None:
    """Look at what the work of each open plan's person shows of it, in the newest facts."""
    _measure_plans(entered.beside(entered.loaded(), at=at), viewer=viewer, at=at)


def _measure_plans(facts: Facts, *, viewer: Viewer, at: datetime) -> None:
    asked = coaching.plans_to_measure()
    if asked:
        practices = plan_practice.found(facts, asked=asked, policy=DEFAULT)
        coaching_plans.measure(viewer=viewer, at=at, practices=practices)


def is_published(viewer: Viewer) -> bool:
    """Whether what readers read was found in the facts that hold."""
    found = data.current_publication(viewer)
    return found is not None and found.facts_id == entered.loaded().facts_id


def withdraw(*, viewer: Viewer = SYSTEM, at: datetime) -> None:
    """Let nothing be published, as nothing is loaded any more; people and their accounts stay."""
    with transaction.atomic():
        findings.withdraw(viewer=viewer, at=at)
        people_stops.forget(viewer=viewer, at=at)
        bringing.keep(viewer=viewer, at=at, brought=bringing.Brought())
        projection.keep_opportunities(viewer=viewer, at=at, accounts=(), opportunities=())


def add(
    *, viewer: Viewer, at: datetime, scope: str, comparison: str, progress: Progress = in_silence
) -> None:
    """Work out one scope and comparison that somebody asked for, and keep it with the publication.

    Raises:
        UnknownScopeError: the scope is none, or names a dimension that is not recorded.
        UnknownComparisonError: the comparison is none.
        NotCurrentError: newer facts are stored than the published ones.
    """
    loaded = entered.loaded()
    progress(0.1, "Following each priority down to daily work")
    asked = scope_codes.parse(scope)
    now = entered.beside(loaded, at=at)
    # Of one person no line is told: nothing has to be followed for it.
    followed = NOTHING if asked.person is not None else strategy.found(now, policy=DEFAULT)
    facts = entered.by_load(loaded)
    progress(0.4, "Looking for what changed")
    roots = strategy.Roots(facts=now, found=followed, policy=DEFAULT)
    question = question_of(asked, kpi=Kpi.BOOKINGS, comparison=comparison)
    with answering.begun(facts, [question]) as found:
        answers = _with_roots(next(found), scope=asked, roots=roots)
    progress(0.9, "Keeping it")
    findings.add(
        viewer=viewer, at=at, facts_id=facts.facts_id, comparison=comparison, answers=answers
    )


def _with_roots(
    found: tuple[Answer, ...], *, scope: Scope, roots: strategy.Roots
) -> tuple[Answer, ...]:
    """The answers of one scope, with what stands on the rungs below conduct.

    These speak of what `roots` are found in, where the scope is everybody or a leader's people.
    """
    if scope.person is None:
        found = strategy.rungs.on(found, found=roots.found, head=scope.people_of)
        found = roots.on(found, head=scope.people_of)
    return tuple(replace(answer, scope=scope.code) for answer in found)


def question_of(scope: Scope, *, kpi: Kpi, comparison: str) -> Question:
    """The question about one result over a scope and a comparison.

    That of the organisation never looks at single sellers; a leader's own does.

    Raises:
        UnknownComparisonError: the comparison is none.
    """
    periods = parsed(comparison)
    return Question(
        kpi=kpi,
        actual=periods[0] if periods else None,
        against=periods[1] if periods else None,
        scope=dict(scope.where),
        people=_owners(scope),
        has_sellers=scope.people_of is not None,
        name=scope.code,
    )


def parsed(comparison: str) -> tuple[Period, Period] | None:
    """The two periods of a comparison, actual before base; None = the default is found in the data.

    Raises:
        UnknownComparisonError: the text is no comparison.

    Examples:
        >>> parsed("2026-01-01..2026-07-01~2025-01-01..2025-07-01")[1].first
        datetime.date(2025, 1, 1)
    """
    if comparison == findings.DEFAULT_COMPARISON:
        return None
    actual, _, base = comparison.partition("~")
    try:
        return _period(actual), _period(base)
    except ValueError as problem:
        raise UnknownComparisonError(comparison) from problem


def _period(text: str) -> Period:
    first, _, end = text.partition("..")
    return Period(first=date.fromisoformat(first), end=date.fromisoformat(end))


def _published_scopes() -> tuple[Scope, ...]:
    offered: Iterable[people.ScopeOffered] = people.offered_scopes(SYSTEM)
    return tuple(scope_codes.parse(each.code) for each in offered)


def count(*, viewer: Viewer, at: datetime, text: str, within: str) -> None:
    """Count how many rows conditions select, and keep it; see `cycle.predicates.counted`."""
    found = predicates.counted(entered.by_load(entered.loaded()), text=text, within=within)
    declaring.keep_counts(viewer=viewer, at=at, counts=(found,))


def _keep_people(facts: Facts, *, viewer: Viewer, at: datetime) -> None:
    try:
        projection.keep_people(
            viewer=viewer,
            at=at,
            facts_id=facts.facts_id,
            organisation=facts.organisation,
            people=projected.people(facts),
            lines=projected.lines(facts),
            # Of what was loaded: what was entered is in records already.
            absences=projected.absences(entered.loaded()),
        )
    except projection.TooManyChangesError as stopped:
        people_stops.note(viewer=viewer, at=at, facts_id=facts.facts_id, brake=stopped.brake)
        raise
    people_stops.forget(viewer=viewer, at=at)


def _owners(scope: Scope) -> frozenset[str] | None:
    if scope.people_of is not None:
        return frozenset(scopes.people_of(scope.people_of).values_list("id", flat=True))
    return None if scope.person is None else frozenset({scope.person})
