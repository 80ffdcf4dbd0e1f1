"""The line of sight kept for readers, and a leader's word on what was found about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from headway.actions import beliefs
from headway.actions.action import NotAllowedError, action
from headway.records import leader_first, sample
from headway.records.models import (
    LeaderFinding,
    PublishedChain,
    PublishedGap,
    PublishedPattern,
)
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.group import head_of
from headway.terms.line import Chain
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import Viewer

MAX_LENGTH = 2000


class CommentTextError(HeadwayError):
    """A comment says nothing, or too much."""

    code = "line.comment_text"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The comment has {length} characters. Expected 1 to {MAX_LENGTH}. Write a short one."
        )


@dataclass(frozen=True, kw_only=True)
class Commented:
    """A leader has said something to what was found about them."""

    finding: str

    @property
    def subject(self) -> str:
        """Which finding."""
        return f"finding:{self.finding}"


@action("line.comment", permission=Permission.RESULTS)
def comment(*, viewer: Viewer, at: datetime, finding: str, text: str) -> Commented:
    """Say something to a finding about oneself; others see both from then on.

    Args:
        viewer: the leader it is about.
        at: now.
        finding: the finding's identity, the same from run to run.
        text: 1 to 2,000 characters; it takes the place of an earlier comment.

    Raises:
        CommentTextError: too long, or empty.
        NotAllowedError: there is no such finding about `viewer`.
    """
    text = text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        raise CommentTextError(len(text))
    own = LeaderFinding.objects.filter(finding=finding, leader=viewer.person_id or "")
    if not own.update(comment=text, commented_at=at):
        raise NotAllowedError(f"finding:{finding}")
    return Commented(finding=finding)


def keep(found: StrategyFindings, *, publication_id: int, at: datetime) -> None:
    """Keep the line of sight with a publication; runs inside the action that publishes."""
    PublishedChain.objects.bulk_create(
        _chain(publication_id, position, chain, other)
        for position, (chain, other) in enumerate(
            zip(found.chains, found.chains_for_others, strict=True)
        )
    )
    PublishedGap.objects.bulk_create(
        PublishedGap(
            publication_id=publication_id,
            person=gap.person,
            priority=gap.priority,
            group=gap.group,
            gap=codec.to_json(gap),
        )
        for gap in found.belief_gaps
    )
    PublishedPattern.objects.bulk_create(
        PublishedPattern(
            publication_id=publication_id,
            priority=pattern.priority,
            head=head_of(pattern.place),
            pattern=codec.to_json(pattern),
        )
        for pattern in found.patterns
    )
    beliefs.keep(found, publication_id=publication_id, at=at)
    _show_leaders_first(found.chains, at=at)


def _chain(publication_id: int, position: int, chain: Chain, other: Chain) -> PublishedChain:
    return PublishedChain(
        publication_id=publication_id,
        priority=chain.priority,
        role=chain.role,
        head=chain.head,
        position=position,
        chain=codec.to_json(chain),
        for_others=codec.to_json(other),
    )


def _show_leaders_first(chains: Iterable[Chain], *, at: datetime) -> None:
    # The leaders of the sample are invented: nobody there has to be asked first.
    opens_at = at if sample.is_loaded() else leader_first.opens_at(at)
    LeaderFinding.objects.bulk_create(
        (
            LeaderFinding(
                finding=finding,
                leader=chain.head,
                first_published_at=at,
                opens_at=opens_at,
            )
            for chain in chains
            if (finding := leader_first.leader_finding(chain)) is not None
        ),
        ignore_conflicts=True,
    )
