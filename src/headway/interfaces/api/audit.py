"""The audit for programs that keep a copy of it elsewhere; each reading is an entry itself."""

from dataclasses import dataclass

from headway.interfaces.api.endpoints import Call, reads
from headway.queries import audit as seen
from headway.queries.audit import EntrySeen, Wholeness
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Up to a hundred entries, the newest first; `before` asks for older ones, None = no more."""

    entries: tuple[EntrySeen, ...]
    before: int | None


@reads("audit", Permission.AUDIT)
def audit(call: Call, *, before: int | None = None) -> Entries:
    """The last hundred entries with a number below `before`; without it the newest."""
    found = seen.entries(call.viewer, before=before)
    return Entries(entries=found, before=found[-1].number if found else None)


@reads("audit/wholeness", Permission.AUDIT)
def audit_wholeness(call: Call) -> Wholeness:
    """Whether the audit is whole, or where it is not."""
    return seen.wholeness(call.viewer)
