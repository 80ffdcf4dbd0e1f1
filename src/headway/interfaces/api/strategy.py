"""The line of sight: the page, its chains and patterns, and what one believes of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from headway.actions import line as changes
from headway.actions import predictions as believing
from headway.actions.jobs import Asked
from headway.actions.predictions import Believed
from headway.cycle import following
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.queries.access import NotSeenError
from headway.queries.coaching import reach
from headway.queries.coaching.reach import ReachPage
from headway.queries.strategy import knowing, predicting, published
from headway.queries.strategy.knowing import Knowing
from headway.queries.strategy.page import SightPage
from headway.queries.strategy.predicting import OwnPrediction, ToPredict
from headway.terms.access import Permission
from headway.terms.belief import BeliefGap, Sharing
from headway.terms.errors import HeadwayError
from headway.terms.line import Chain, Link
from headway.terms.pattern import Pattern


class PredictFirstError(HeadwayError):
    """A leader would see a measure of their own people before they said what they believe."""

    code = "api.predict_first"
    status = 409

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} of your own priorities wait for what you believe of them. Say it, or skip "
            "it, before you look: GET /api/v1/predictions lists them, POST takes each."
        )


@dataclass(frozen=True, kw_only=True)
class Predictions:
    """What one is asked before one looks, and what one has sealed; one's own, nobody else's."""

    waiting: tuple[ToPredict, ...]
    sealed: tuple[OwnPrediction, ...]


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """What one believes of one priority among one's own people; nothing believed = skipped.

    `priority` and `group` are those of what waits; `believed` holds links and shares, 0..1.
    `shared_with` is who else may see it; it stays as it is.
    """

    priority: str
    group: str
    believed: Mapping[Link, Believed] = field(default_factory=dict)
    shared_with: Sharing = Sharing.NOBODY


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A leader's word on what was found about them."""

    text: str


@reads("line", Permission.RESULTS)
def line(
    call: Call,
    *,
    head: str | None = None,
    role: str = published.DEFAULT_ROLE,
    priority: str | None = None,
    team: str | None = None,
    link: Link | None = None,
) -> SightPage:
    """How far each priority reaches among one leader's people, with one link opened."""
    _look(call)
    asked = published.Asked(head=head, role=role, priority=priority, team=team, link=link)
    found = published.line_of_sight(call.viewer, asked=asked, at=call.at)
    if not isinstance(found, SightPage):
        raise NotSeenError
    return found


@writes("line", Permission.DECLARE, status=HTTPStatus.ACCEPTED)
def follow_declared(call: Call) -> Asked:
    """Have what was declared followed now, instead of with the next load."""
    return following.ask_following(viewer=call.viewer, at=call.at)


@reads("line/chains", Permission.RESULTS)
def chains(call: Call, *, span: Span) -> Page[Chain]:
    """Every chain one may see, the widest group of each priority first."""
    _look(call)
    found = published.chains(call.viewer, at=call.at, first=span.offset, most=span.limit)
    return Page(items=found, count=published.chain_count(call.viewer))


@reads("line/chain", Permission.RESULTS)
def chain(call: Call, *, priority: str, group: str) -> Chain:
    """One chain with its evidence, link by link; `group` as chains name it: seller@p014."""
    _look(call)
    return published.chain(call.viewer, priority=priority, group=group, at=call.at)


@reads("line/patterns", Permission.RESULTS)
def patterns(call: Call, *, span: Span) -> Page[Pattern]:
    """What people do instead of what was decided, where one may see the line."""
    _look(call)
    return span.of(published.patterns(call.viewer))


@reads("line/belief-gaps", Permission.RESULTS)
def belief_gaps(call: Call, *, span: Span) -> Page[BeliefGap]:
    """What one believed of one's own people, beside what is measured; nobody else's."""
    _look(call)
    return span.of(predicting.own_gaps(call.viewer))


@reads("line/believed", Permission.RESULTS)
def believed(call: Call) -> Knowing:
    """How well one knows one's own people; for executives the means of each level too."""
    _look(call)
    return knowing.own(call.viewer, at=call.at)


@reads("line/coaching", Permission.RESULTS)
def coaching_reach(call: Call, *, head: str | None = None) -> ReachPage:
    """Who is reached by coaching, whether it helps, and the measures of groups of five and more."""
    return reach.page(call.viewer, at=call.at, head=head)


@writes("line/findings/<str:finding>/comment", Permission.RESULTS)
def comment_on_finding(call: Call, *, finding: str, body: Comment) -> changes.Commented:
    """Say something to what was found about oneself; from then on others see both."""
    return changes.comment(viewer=call.viewer, at=call.at, finding=finding, text=body.text)


@reads("predictions", Permission.RESULTS)
def predictions(call: Call) -> Predictions:
    """One's own predictions: what waits to be said before one looks, and what is sealed."""
    return Predictions(
        waiting=predicting.waiting(call.viewer, at=call.at),
        sealed=predicting.own(call.viewer),
    )


@writes("predictions", Permission.RESULTS, status=HTTPStatus.CREATED)
def seal_prediction(call: Call, *, body: Prediction) -> believing.Sealed:
    """Seal what one believes of one priority, or skip it; it stays as it is."""
    return believing.seal(
        viewer=call.viewer,
        at=call.at,
        priority=body.priority,
        group=body.group,
        believed=body.believed,
        shared_with=body.shared_with if body.believed else Sharing.NOBODY,
    )


def _look(call: Call) -> None:
    """As on the page: what one believes is said before a measure is seen."""
    waiting = predicting.waiting(call.viewer, at=call.at)
    if waiting:
        raise PredictFirstError(len(waiting))
