"""Why a place is not named: the question people ask about a place they had expected."""

from collections.abc import Mapping

from headway.facts import Facts
from headway.findings.results import places, scoped
from headway.terms.answer import WhyNot
from headway.terms.policy import SEED, Policy
from headway.terms.question import Question


def why_not(
    facts: Facts, *, question: Question, place: Mapping[str, str], policy: Policy
) -> WhyNot:
    """How far a place moved in the result asked about, over what its answer looked at.

    Args:
        facts: one organisation's facts.
        question: as for `answer`.
        place: one to three dimension values.
        policy: as for `answer`.

    Raises:
        UnknownScopeError: the scope names a dimension that is not recorded.
        UnknownPlaceError: no such dimension is looked at, or none of the cases has the value.
        TooManyConditionsError: no dimension is given, or more than places are looked for by.
    """
    ground = scoped.of(facts, question=question, policy=policy, seed=SEED)
    comparison = ground.chosen.comparison
    found = (
        ()
        if comparison is None
        else places.why_not(
            ground.book,
            kpi=question.kpi,
            comparison=comparison,
            place=place,
            has_sellers=question.has_sellers,
            policy=policy,
        )
    )
    return WhyNot(
        kpi=question.kpi,
        slice=dict(sorted(place.items())),
        comparison=comparison,
        currency=facts.organisation.currency,
        moves=found,
    )
