"""Seeing it differently: a short reason that stays with a finding."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, action
from headway.records import scopes
from headway.records.models import Objection, Publication
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.scope import parse
from headway.terms.viewer import Viewer

MAX_LENGTH = 2000


class ObjectionTextError(HeadwayError):
    """An objection says nothing, or too much."""

    code = "objections.text"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The reason has {length} characters. Expected 1 to {MAX_LENGTH}. Write a short one."
        )


@dataclass(frozen=True, kw_only=True)
class Objected:
    """An objection was made or withdrawn."""

    objection_id: int

    @property
    def subject(self) -> str:
        """Which objection."""
        return f"objection:{self.objection_id}"


@action("objections.object_to", permission=Permission.RESULTS)
def object_to(*, viewer: Viewer, at: datetime, scope: str, finding: str, text: str) -> Objected:
    """Keep a reason with a finding; the finding stays as it is.

    Args:
        viewer: who sees it differently.
        at: now.
        scope: code of the scope the finding speaks of.
        finding: the finding's identity, the same from run to run.
        text: the reason, 1 to 2,000 characters.

    Raises:
        NotAllowedError: the finding is about people whose figures `viewer` may not see.
        ObjectionTextError: too long, or empty.
    """
    text = text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        raise ObjectionTextError(len(text))
    if viewer.account_id is None or not scopes.may_see_scope(viewer, parse(scope)):
        raise NotAllowedError(f"scope:{scope}")
    made = Objection.objects.create(
        finding=finding,
        scope=scope,
        publication=Publication.objects.filter(is_current=True).first(),
        by_id=viewer.account_id,
        text=text,
        made_at=at,
    )
    return Objected(objection_id=made.pk)


@action("objections.withdraw", permission=Permission.RESULTS)
def withdraw(*, viewer: Viewer, at: datetime, objection_id: int) -> Objected:
    """Take back one's own objection; that it was made stays known.

    Raises:
        NotAllowedError: it is not one's own, or was withdrawn.
    """
    own = Objection.objects.filter(pk=objection_id, by_id=viewer.account_id, withdrawn_at=None)
    if not own.update(withdrawn_at=at):
        raise NotAllowedError(f"objection:{objection_id}")
    return Objected(objection_id=objection_id)
