"""Published answers as one viewer may read them: the page, the evidence, what to choose from.

Everything comes from records; nothing here computes. One page costs the same number of statements
however many opportunities stand behind it.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from headway.queries import people
from headway.queries.access import NotSeenError
from headway.queries.results import choices, wording
from headway.queries.results.figures import day
from headway.queries.results.page import Evidence, ResultsPage
from headway.records import scopes
from headway.records.models import Objection, PublishedAnswer
from headway.terms import codec, identity
from headway.terms import scope as scope_codes
from headway.terms.answer import Answer, Comparison, Kpi
from headway.terms.viewer import Viewer

DEFAULT_COMPARISON = "default"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants to look at: codes as they stand in the address."""

    scope: str
    kpi: Kpi = Kpi.BOOKINGS
    comparison: str = DEFAULT_COMPARISON


@dataclass(frozen=True, kw_only=True)
class ObjectionSeen:
    """One reason kept with a finding; `is_own` may be taken back by the viewer."""

    objection_id: int
    text: str
    by: str
    made: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The page for one published answer; `finding` is the identity objections are kept with."""

    asked: Asked
    page: ResultsPage
    answer: Answer
    finding: str
    objections: tuple[ObjectionSeen, ...]
    scopes: tuple[choices.Choice, ...]
    measures: tuple[choices.Choice, ...]
    comparisons: tuple[choices.Choice, ...]


@dataclass(frozen=True, kw_only=True)
class NotComputed:
    """Not worked out yet: a job can do it. `has_data` is False where nothing is published."""

    asked: Asked
    has_data: bool


@dataclass(frozen=True, kw_only=True)
class PeriodsOf:
    """Periods, currency and named places of an answer: per result its places, each a slice."""

    currency: str
    comparison: Comparison | None
    places: tuple[tuple[tuple[Kpi, dict[str, str]], ...], ...]


def first_scope(viewer: Viewer) -> str | None:
    """Where a viewer lands: everybody, else their own people, else themselves; None for nobody."""
    offered = [each.code for each in people.offered_scopes(viewer)]
    whole = scope_codes.Scope().code
    own = scope_codes.Scope(people_of=viewer.person_id).code
    first = next((code for code in (whole, own) if code in offered), None)
    return first or (offered[0] if offered else None)


def results(viewer: Viewer, *, asked: Asked) -> Shown | NotComputed:
    """The page for what was asked, or that it is not worked out yet.

    Raises:
        NotSeenError: the scope is none, or not for this viewer.
    """
    answer = answer_of(viewer, asked=asked)
    if answer is None:
        return not_computed(viewer, asked=asked)
    offered = people.offered_scopes(viewer)
    names = {each.code: choices.scope_label(each.head, is_group=each.is_group) for each in offered}
    finding = finding_id(asked)
    return Shown(
        asked=asked,
        page=wording.page(answer, scope_name=choices.scope_name(asked.scope, names=names)),
        answer=answer,
        finding=finding,
        objections=_objections(viewer, asked=asked, finding=finding),
        scopes=choices.scopes(names, chosen=asked.scope),
        measures=choices.measures(chosen=asked.kpi),
        comparisons=choices.comparisons(answer, chosen=asked.comparison),
    )


def evidence(viewer: Viewer, *, asked: Asked, figure: str) -> Evidence | NotComputed:
    """One figure opened.

    Raises:
        NotSeenError: no such figure, or not for this viewer.
    """
    answer = answer_of(viewer, asked=asked)
    if answer is None:
        return not_computed(viewer, asked=asked)
    opened = wording.evidence(answer, figure=figure)
    if opened is None:
        raise NotSeenError
    return opened


def answer_of(viewer: Viewer, *, asked: Asked) -> Answer | None:
    """The answer published for what was asked; None where nobody asked for it before.

    Raises:
        NotSeenError: the scope may not be seen.
        UnknownScopeError: the scope is none.
    """
    found = _published(viewer, asked=asked).first()
    return None if found is None else codec.from_json(Answer, found.answer)


def not_computed(viewer: Viewer, *, asked: Asked) -> NotComputed:
    """That what was asked is not worked out yet."""
    return NotComputed(asked=asked, has_data=_is_published(viewer))


def is_answered(viewer: Viewer, *, asked: Asked) -> bool:
    """There is an answer to what was asked.

    Raises:
        NotSeenError: the scope may not be seen.
        UnknownScopeError: the scope is none.
    """
    return _published(viewer, asked=asked).exists()


def periods_of(viewer: Viewer, *, asked: Asked) -> PeriodsOf | None:
    """What a list of opportunities needs of a published answer; reads no more than that of it.

    Raises:
        NotSeenError: the scope may not be seen.
        UnknownScopeError: the scope is none.
    """
    parts = ("answer__organisation", "answer__comparison", "answer__localisations")
    found = _published(viewer, asked=asked).values_list(*parts).first()
    if found is None:
        return None
    organisation, comparison, localisations = found
    return PeriodsOf(
        currency=str(organisation["currency"]),
        comparison=codec.from_json(Comparison, comparison) if comparison else None,
        places=tuple(
            tuple((Kpi(each["kpi"]), dict(cause["slice"])) for cause in each["causes"])
            for each in localisations
        ),
    )


def finding_id(asked: Asked) -> str:
    """The identity of the finding on top: the same from run to run, whatever it says that night."""
    return identity.of("results.change", asked.scope, asked.kpi.value)


def _published(viewer: Viewer, *, asked: Asked) -> QuerySet[PublishedAnswer]:
    if not scopes.may_see_scope(viewer, scope_codes.parse(asked.scope)):
        raise NotSeenError
    # may_see_scope has decided; visible_answers would ask for all scopes to find this one.
    return PublishedAnswer.objects.filter(
        publication__is_current=True,
        scope=asked.scope,
        kpi=asked.kpi.value,
        comparison=asked.comparison,
    )


def _is_published(viewer: Viewer) -> bool:
    del viewer  # That something is published at all, everybody may know who may see Results.
    return PublishedAnswer.objects.filter(publication__is_current=True).exists()


def _objections(viewer: Viewer, *, asked: Asked, finding: str) -> tuple[ObjectionSeen, ...]:
    kept = Objection.objects.filter(scope=asked.scope, finding=finding, withdrawn_at=None)
    return tuple(
        ObjectionSeen(
            objection_id=each.pk,
            text=each.text,
            by=each.by.name,
            made=day(each.made_at.date()),
            is_own=each.by_id == viewer.account_id,
        )
        for each in kept.select_related("by").order_by("-made_at", "-id")
    )
