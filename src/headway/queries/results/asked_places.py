"""Places somebody asked for beside a published answer, as one viewer may read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from headway.queries.results import published, why_not
from headway.queries.results.published import Asked
from headway.records import scopes
from headway.terms.answer import Answer
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class NotAsked:
    """Nobody asked for this place since the answer was published."""


def why_not_of(
    viewer: Viewer, *, asked: Asked, place: Mapping[str, str]
) -> why_not.Told | NotAsked | published.NotComputed:
    """Why a place is not named, where it was asked for; else what has to be worked out first.

    Raises:
        NotSeenError: the scope may not be seen.
        UnknownScopeError: the scope is none.
    """
    answer = published.answer_of(viewer, asked=asked)
    if answer is None:
        return published.not_computed(viewer, asked=asked)
    found = next((each for each in answer.asked if each.slice == dict(place)), None)
    if found is None:
        return NotAsked()
    return why_not.told(found, people=_people(viewer, answer))


def askable(viewer: Viewer, *, answer: Answer) -> tuple[why_not.Group, ...]:
    """The places that can be asked for beside an answer that this viewer was given."""
    return why_not.askable(answer, people=_people(viewer, answer))


def _people(viewer: Viewer, answer: Answer) -> dict[str, str]:
    wanted = why_not.sellers(answer)
    if not wanted:
        return {}
    seen = scopes.visible_people(viewer).filter(id__in=wanted)
    return dict(seen.values_list("id", "name"))
