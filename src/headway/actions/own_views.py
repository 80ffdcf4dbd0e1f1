"""What a manager believes their team says of its autonomy, sealed before they see it."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, action
from headway.actions.predictions import SealedError
from headway.records import quarters
from headway.records.models import OwnView, PublishedChain
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer


class OwnViewError(HeadwayError):
    """What is believed is no share."""

    code = "own_views.share"

    def __init__(self, share: float) -> None:
        super().__init__(f"Found {share}. Expected a share of your people, from 0 to 1.")


@dataclass(frozen=True, kw_only=True)
class ViewSealed:
    """A manager has sealed their own view."""

    person: str

    @property
    def subject(self) -> str:
        """Whose, and nothing of what it says."""
        return f"person:{self.person}"


@action("own_views.seal", permission=Permission.RESULTS)
def seal(*, viewer: Viewer, at: datetime, share: float) -> ViewSealed:
    """Seal what share of one's people would say that they decide how to do their work.

    Once a quarter; nobody else ever sees it, and it is never changed.

    Raises:
        NotAllowedError: nobody is led by the viewer.
        OwnViewError: it is no share.
        SealedError: it was sealed this quarter.
    """
    lines = PublishedChain.objects.filter(publication__is_current=True, role="seller")
    if viewer.person_id is None or not lines.filter(head=viewer.person_id).exists():
        raise NotAllowedError("own view")
    if not 0 <= share <= 1:
        raise OwnViewError(share)
    _view, is_new = OwnView.objects.get_or_create(
        person_id=viewer.person_id,
        quarter_on=quarters.first_day(at.date()),
        defaults={"share": share, "sealed_at": at},
    )
    if not is_new:
        raise SealedError
    return ViewSealed(person=viewer.person_id)
