"""What leaders believe of their own people's line, sealed before they see a measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, action
from headway.records import quarters
from headway.records.models import Prediction, PublishedChain
from headway.terms.access import Permission
from headway.terms.belief import Sharing
from headway.terms.errors import HeadwayError
from headway.terms.group import head_of, role_of
from headway.terms.line import Link
from headway.terms.viewer import Viewer


class SealedError(HeadwayError):
    """A prediction was sealed, or skipped, this quarter already."""

    code = "predictions.sealed"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "You have sealed or skipped this already, and what is sealed stays. "
            "You will be asked again next quarter."
        )


class ShareError(HeadwayError):
    """A predicted share is no share, or lies outside of its own range."""

    code = "predictions.share"

    def __init__(self, link: Link, believed: "Believed") -> None:
        super().__init__(
            f"{link.value}: found {believed.low} to {believed.high} around {believed.share}. "
            "Expected numbers from 0 to 1, the share within its range."
        )


@dataclass(frozen=True, kw_only=True)
class Believed:
    """A share from 0 to 1, and the range that holds it with 80 % as its owner believes."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """How many links were predicted; 0 = skipped."""

    link_count: int

    @property
    def subject(self) -> str:
        """How many, and nothing of what they say."""
        return f"links:{self.link_count}"


@action("predictions.seal", permission=Permission.RESULTS)
def seal(
    *,
    viewer: Viewer,
    at: datetime,
    priority: str,
    group: str,
    believed: Mapping[Link, Believed],
    shared_with: Sharing = Sharing.NOBODY,
) -> Sealed:
    """Seal what a leader believes of one priority among their people; empty = skip it.

    Nobody changes it, nor with whom it is shared: nobody else, the leaders to whom the reporting
    line leads, or everybody whose line leads here.

    Raises:
        NotAllowedError: the group is not the viewer's own people, or has no such line.
        SealedError: it was sealed or skipped this quarter.
        ShareError: a share or its range is none.
    """
    head = head_of(group)
    lines = PublishedChain.objects.filter(
        publication__is_current=True, priority=priority, role=role_of(group), head=head
    )
    if viewer.person_id is None or head != viewer.person_id or not lines.exists():
        raise NotAllowedError(f"line:{priority}")
    quarter = quarters.first_day(at.date())
    asked = Prediction.objects.filter(
        person_id=viewer.person_id, priority=priority, group=group, quarter_on=quarter
    )
    if asked.exists():
        raise SealedError
    for link, each in believed.items():
        if not 0 <= each.low <= each.share <= each.high <= 1:
            raise ShareError(link, each)
    kept = {
        "person_id": viewer.person_id,
        "priority": priority,
        "group": group,
        "shared_with": shared_with.value,
        "quarter_on": quarter,
        "sealed_at": at,
    }
    Prediction.objects.bulk_create(
        [
            Prediction(link=link.value, share=each.share, low=each.low, high=each.high, **kept)
            for link, each in believed.items()
        ]
        or [Prediction(**kept)]
    )
    return Sealed(link_count=len(believed))
