"""Writing the audit chain. Ids and codes only; what people typed never enters it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from headway.records import chain
from headway.records.models import AuditEntry, AuditHead
from headway.terms.viewer import Viewer

_LONGEST_ID = 80


def append(*, at: datetime, account_id: int | None, code: str, subject: str) -> None:
    """One entry at the end of the chain, in the caller's transaction."""
    head = locked_head()
    number, subject = head.count + 1, subject[:600]
    sealed = chain.entry_hash(
        number=number,
        at=at,
        account_id=account_id,
        code=code,
        subject=subject,
        previous=head.hash,
    )
    AuditEntry.objects.create(
        number=number,
        at=at,
        account_id=account_id,
        code=code,
        subject=subject,
        previous_hash=head.hash,
        hash=sealed,
    )
    seal = chain.head_seal(count=number, last_hash=sealed)
    AuditHead.objects.filter(id=1).update(count=number, hash=sealed, seal=seal)


def locked_head() -> AuditHead:
    """The end of the chain, held until the transaction ends: writers queue here, one at a time."""
    seal = chain.head_seal(count=0, last_hash=chain.START)
    first = AuditHead(id=1, count=0, hash=chain.START, seal=seal)
    head = AuditHead.objects.select_for_update().filter(id=1).first()
    if head is None:
        AuditHead.objects.bulk_create([first], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(id=1)
    return head


@transaction.atomic
def note_reads(*, viewer: Viewer | None, at: datetime, reads: Iterable[tuple[str, str]]) -> None:
    """Sensitive reads (code, subject) that a reply has just shown."""
    account_id = viewer.account_id if viewer else None
    for code, subject in reads:
        append(at=at, account_id=account_id, code=f"read:{code}", subject=subject)


@transaction.atomic
def note_refusal(*, viewer: Viewer | None, at: datetime, code: str, subject: str) -> None:
    """Somebody asked for what they may not do or see.

    What stands for an id may be typed by anybody: longer than an id, or none, it is left out.
    """
    account_id = viewer.account_id if viewer else None
    kind, colon, typed = subject.partition(":")
    if len(typed) > _LONGEST_ID or not typed.isprintable():
        subject = f"{kind}{colon}unknown"
    append(at=at, account_id=account_id, code=f"refused:{code}", subject=subject)
