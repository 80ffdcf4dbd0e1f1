"""Why a place is not named: worked out for a published answer, and kept with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from headway.actions import findings
from headway.cycle import entered, publish
from headway.findings import results
from headway.sources.protocol import Progress, in_silence
from headway.terms import scope as scopes
from headway.terms.answer import Kpi
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Viewer


def work_out(
    wanted: Mapping[str, object],
    *,
    viewer: Viewer,
    at: datetime,
    progress: Progress = in_silence,
) -> None:
    """Work out what `actions.jobs.ask_why_not` was asked.

    Raises:
        UnknownComparisonError: the comparison is none.
        UnknownPlaceError: no such dimension is looked at, or none of the cases has the value.
        TooManyConditionsError: the place is told by more dimensions than places are looked for by.
        NotCurrentError: newer facts are stored than the published ones.
    """
    scope, comparison = str(wanted["scope"]), str(wanted["comparison"])
    progress(0.2, "Reading the opportunities")
    facts = entered.by_load(entered.loaded())
    question = publish.question_of(
        scopes.parse(scope), kpi=Kpi(str(wanted["kpi"])), comparison=comparison
    )
    progress(0.4, "Looking at the place")
    place = cast("Mapping[str, str]", wanted["place"])
    found = results.why_not(facts, question=question, place=place, policy=DEFAULT)
    progress(0.9, "Keeping it")
    findings.add_why_not(
        viewer=viewer,
        at=at,
        facts_id=facts.facts_id,
        scope=scope,
        comparison=comparison,
        found=found,
    )
