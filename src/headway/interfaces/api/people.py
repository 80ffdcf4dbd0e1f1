"""Who one is, whom one may see, what is published, and how far work is."""

from dataclasses import dataclass

from headway.actions import jobs as asking
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.queries import access, data, jobs
from headway.queries import people as seen
from headway.queries.access import NotSeenError
from headway.queries.data import PublicationSeen
from headway.queries.jobs import Progress
from headway.queries.people import PersonSeen, ScopeOffered
from headway.terms.access import Permission
from headway.terms.viewer import Role


@dataclass(frozen=True, kw_only=True)
class Me:
    """Whose token this is; `person_id` None = tied to nobody in the data."""

    name: str
    account_id: int | None
    person_id: str | None
    roles: frozenset[Role]
    may_write: bool


@reads("me", Permission.SIGNED_IN)
def me(call: Call) -> Me:
    """Whose token this is, and what it may do."""
    viewer = call.viewer
    return Me(
        name=access.own(viewer, at=call.at).name,
        account_id=viewer.account_id,
        person_id=viewer.person_id,
        roles=viewer.roles,
        may_write=call.may_write,
    )


@reads("publications/current", Permission.SIGNED_IN)
def current_publication(call: Call) -> PublicationSeen:
    """The run of which everything published comes: until which day its data reach."""
    found = data.current_publication(call.viewer)
    if found is None:
        raise NotSeenError
    return found


@reads("people", Permission.RESULTS)
def people(call: Call, *, span: Span) -> Page[PersonSeen]:
    """The people whose results one may see, by name."""
    return span.of(seen.visible(call.viewer))


@reads("scopes", Permission.RESULTS)
def scopes(call: Call, *, span: Span) -> Page[ScopeOffered]:
    """The scopes one may look at: everybody, the people of a leader, oneself."""
    return span.of(seen.offered_scopes(call.viewer))


@reads("jobs/<int:job_id>", Permission.SIGNED_IN)
def job(call: Call, *, job_id: int) -> Progress:
    """How far work in the background is that one has asked for."""
    return jobs.progress(call.viewer, job_id=job_id)


@writes("jobs/<int:job_id>/stop", Permission.SIGNED_IN)
def stop_job(call: Call, *, job_id: int) -> asking.Stopped:
    """Stop work in the background that one has asked for; nothing of it is kept."""
    return asking.stop(viewer=call.viewer, at=call.at, job_id=job_id)
