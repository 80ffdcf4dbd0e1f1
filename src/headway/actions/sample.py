"""The sample: loading it where nothing else is, looking through its people's eyes, leaving it."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions import audit
from headway.actions.action import NotAllowedError, action
from headway.actions.sources import LoadChanged
from headway.records import sample
from headway.records.models import (
    Account,
    AccountRow,
    BeliefProfile,
    GroupMonth,
    Job,
    LeaderFinding,
    Load,
    Objection,
    OpportunityRow,
    Organisation,
    PeopleStop,
    Person,
    PlanVersion,
    PredicateColumn,
    PredicateCount,
    Priority,
    Publication,
    Reorganisation,
    Skill,
    Source,
    Training,
    Wave,
)
from headway.records.models.work import UNDER_WAY
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer

SOURCE = "Calder Works"


class OwnDataError(HeadwayError):
    """The sample is asked for where the organisation's own data is, or was."""

    code = "sample.own_data"

    def __init__(self) -> None:
        super().__init__(
            "Data of your own was loaded here or waits to be read, and the sample never mixes with "
            "it. Look at the sample in a folder of its own: headway demo"
        )


class SampleBusyError(HeadwayError):
    """The sample is being read, or left, and the other is asked for."""

    code = "sample.busy"

    def __init__(self) -> None:
        super().__init__(
            "The sample is just being read or left. Wait until that is done, then ask again."
        )


class NoSampleError(HeadwayError):
    """There is no sample to leave."""

    code = "sample.none"

    def __init__(self) -> None:
        super().__init__("The sample is not loaded: there is nothing to leave.")


class NobodyInRoleError(HeadwayError):
    """Nobody in the sample can stand for a role."""

    code = "sample.nobody_in_role"

    def __init__(self, role: Role) -> None:
        super().__init__(f"The sample has no {role.value} to see it as. Choose another role.")


@dataclass(frozen=True, kw_only=True)
class SeatTaken:
    """Through whose eyes a leader looks from now on; "" = one's own."""

    person_id: str
    role: Role | None

    @property
    def subject(self) -> str:
        """Whose eyes."""
        return f"person:{self.person_id}" if self.role else "oneself"


@dataclass(frozen=True, kw_only=True)
class LeadTaken:
    """Which account stands for whoever leads the sample; "" = none does."""

    account_id: int
    person_id: str

    @property
    def subject(self) -> str:
        """Which account, for whom."""
        return f"account:{self.account_id}={self.person_id}"


@dataclass(frozen=True, kw_only=True)
class Left:
    """How many loads of the sample there were."""

    load_count: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"loads:{self.load_count}"


@action("sample.register", permission=Permission.DATA)
def register(*, viewer: Viewer, at: datetime, folder: str) -> LoadChanged:
    """Note that the sample waits to be read; asked again, it is the same load.

    Raises:
        OwnDataError: data of one's own is, was or waits here.
        SampleBusyError: the sample is just being left.
    """
    # Files of one's own queue here as well: of two at once, the second finds the first.
    audit.locked_head()
    if sample.has_own_data():
        raise OwnDataError
    _refuse_during("leave")
    known = Load.objects.filter(is_sample=True).exclude(state="refused").first()
    if known is None:
        source, _ = Source.objects.get_or_create(name=SOURCE, defaults={"added_at": at})
        known = Load.objects.create(
            source=source,
            upload=folder,
            asked_by_id=viewer.account_id,
            asked_at=at,
            is_sample=True,
        )
    return LoadChanged(load_id=known.pk)


@action("sample.see_as", permission=Permission.RESULTS)
def see_as(*, viewer: Viewer, at: datetime, role: Role) -> SeatTaken:
    """Look at the sample as somebody in that role would see it.

    Raises:
        NotAllowedError: it is not the sample, or the viewer is no executive.
        NobodyInRoleError: nobody in the sample is in that role.
    """
    del at
    if Role.EXECUTIVE not in viewer.roles or not sample.is_loaded():
        raise NotAllowedError("see_as")
    person = sample.representative(role)
    if person is None:
        raise NobodyInRoleError(role)
    return SeatTaken(person_id=person.id, role=role)


@action("sample.see_as_oneself", permission=Permission.SIGNED_IN)
def see_as_oneself(*, viewer: Viewer, at: datetime) -> SeatTaken:
    """Look with one's own eyes again."""
    del viewer, at
    return SeatTaken(person_id="", role=None)


@action("sample.lead", permission=Permission.DATA)
def lead(*, viewer: Viewer, at: datetime) -> LeadTaken:
    """Let the leader who asked for the sample stand for its head, until it is left.

    An account that stands for somebody already, or that no executive has, stays as it is; so it
    does where another stands for the head.

    Raises:
        NotAllowedError: it is not the sample, or the viewer is no executive.
        NobodyInRoleError: nobody leads the sample.
    """
    del at
    account = viewer.account_id
    if account is None or Role.EXECUTIVE not in viewer.roles or not sample.is_loaded():
        raise NotAllowedError("sample")
    head = sample.representative(Role.EXECUTIVE)
    if head is None:
        raise NobodyInRoleError(Role.EXECUTIVE)
    if not Account.objects.filter(person=head).exists():
        Account.objects.filter(pk=account, is_executive=True, person=None).update(person=head)
    stands = Account.objects.filter(pk=account, person=head).exists()
    return LeadTaken(account_id=account, person_id=head.id if stands else "")


def refuse_unless_leavable() -> None:
    """Raise where there is no sample, or where it is just being read.

    Raises:
        NoSampleError: there is none.
        SampleBusyError: it is being read.
    """
    audit.locked_head()
    if not sample.is_loaded():
        raise NoSampleError
    _refuse_during("load", "publish")


@action("sample.clear", permission=Permission.DATA)
def clear(*, viewer: Viewer, at: datetime) -> Left:
    """Take everything out of the records that the sample brought, but that it is the sample.

    Accounts and settings stay; who stood for its head stands for nobody.
    """
    del viewer, at
    audit.locked_head()
    if not sample.is_loaded():
        return Left(load_count=0)
    Account.objects.exclude(person=None).update(person=None)
    declared = (PlanVersion, Priority, PredicateColumn, PredicateCount, Reorganisation, Training)
    found = (Objection, LeaderFinding, BeliefProfile, Publication, OpportunityRow, AccountRow)
    for model in (*declared, *found, Wave, PeopleStop, Person, GroupMonth, Skill):
        model.objects.all().delete()
    Job.objects.filter(kind__in=("answer", "publish", "load")).delete()
    fresh = Organisation(id=1)
    Organisation.objects.filter(id=1).update(
        currency=fresh.currency,
        time_zone=fresh.time_zone,
        fiscal_year_start_month=fresh.fiscal_year_start_month,
    )
    return Left(load_count=Load.objects.filter(is_sample=True).count())


@action("sample.forget", permission=Permission.DATA)
def forget(*, viewer: Viewer, at: datetime) -> Left:
    """Let go of the loads of the sample, the last that remains of it."""
    del viewer, at
    loads = Load.objects.filter(is_sample=True)
    count = loads.count()
    loads.delete()
    Source.objects.filter(loads=None, mappings=None).delete()
    return Left(load_count=count)


def _refuse_during(*kinds: str) -> None:
    if Job.objects.filter(kind__in=kinds, state__in=UNDER_WAY).exists():
        raise SampleBusyError
