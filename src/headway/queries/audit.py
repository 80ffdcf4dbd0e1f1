"""What was done, refused and read, and whether the record of it is whole."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.access import NotSeenError
from headway.queries.sensitive import sensitive
from headway.records import chain
from headway.records.models import Account, AuditEntry, AuditHead
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer

PAGE = 100


@dataclass(frozen=True, kw_only=True)
class EntrySeen:
    """One entry; `by` is the account's name, "" for the system or for somebody signed out."""

    number: int
    at: datetime
    by: str
    code: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Wholeness:
    """Whether the chain is whole; if not, `broken_at` is the first number that does not fit."""

    count: int
    broken_at: int | None

    @property
    def is_whole(self) -> bool:
        """Nothing was changed, taken out, moved or cut off."""
        return self.broken_at is None


@sensitive("audit.entries")
def entries(viewer: Viewer, *, before: int | None) -> tuple[EntrySeen, ...]:
    """The last hundred entries with a number below `before` (None = the newest), newest first."""
    if not allows(viewer, Permission.AUDIT):
        return ()
    found = AuditEntry.objects.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    page = list(found[:PAGE])
    known = Account.objects.filter(pk__in={entry.account_id for entry in page})
    names: dict[int | None, str] = dict(known.values_list("pk", "name"))
    return tuple(
        EntrySeen(
            number=entry.number,
            at=entry.at,
            by=names.get(entry.account_id, ""),
            code=entry.code,
            subject=entry.subject,
        )
        for entry in page
    )


def wholeness(viewer: Viewer) -> Wholeness:
    """Whether the whole chain still fits together and ends where its seal says.

    Raises:
        NotSeenError: the viewer does not see the audit.
    """
    if not allows(viewer, Permission.AUDIT):
        raise NotSeenError
    head = AuditHead.objects.filter(id=1).first()
    count, last_hash = (head.count, head.hash) if head else (0, chain.START)
    previous, number = chain.START, 0
    for entry in AuditEntry.objects.order_by("number").iterator():
        number += 1
        if not _fits(entry, number=number, previous=previous):
            return Wholeness(count=count, broken_at=number)
        previous = entry.hash
    seal = chain.head_seal(count=number, last_hash=previous)
    is_sealed = head is None or head.seal == seal
    if not is_sealed or (number, previous) != (count, last_hash):
        return Wholeness(count=count, broken_at=number + 1)
    return Wholeness(count=count, broken_at=None)


def _fits(entry: AuditEntry, *, number: int, previous: str) -> bool:
    expected = chain.entry_hash(
        number=number,
        at=entry.at,
        account_id=entry.account_id,
        code=entry.code,
        subject=entry.subject,
        previous=previous,
    )
    in_place = entry.number == number and entry.previous_hash == previous
    return in_place and entry.hash == expected
