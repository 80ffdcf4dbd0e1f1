"""Which roles an account may be given, and whom of the data it may be tied to."""

from headway.actions.action import NotAllowedError
from headway.records import sample
from headway.records.models import Account, Person
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer


class RolesMissingError(HeadwayError):
    """Roles do not fit together with the person."""

    code = "access.roles"

    def __init__(self) -> None:
        super().__init__(
            "Choose at least one role. A manager or seller must be tied to a person of the data, "
            "for that is whose figures they see."
        )


class SamplePersonError(HeadwayError):
    """Somebody real is to be tied to a person of the sample."""

    code = "access.sample_person"

    def __init__(self) -> None:
        super().__init__(
            "The people of the sample are invented: nobody can have an account as one of them. "
            "An executive can look through their eyes with “See it as”, at the top of every page."
        )


class UnknownPersonError(HeadwayError):
    """Somebody is to be tied to a person who is not there."""

    code = "access.unknown_person"

    def __init__(self) -> None:
        super().__init__(
            "The data has no such person. Settings, People, lists everybody with their id."
        )


def give(account: Account, *, roles: frozenset[Role]) -> None:
    """Set exactly these roles, without saving."""
    account.is_executive = Role.EXECUTIVE in roles
    account.is_manager = Role.MANAGER in roles
    account.is_seller = Role.SELLER in roles
    account.is_operations = Role.OPERATIONS in roles


def refuse_unfit(viewer: Viewer, *, roles: frozenset[Role], person_id: str | None) -> None:
    """Raise where roles and person do not fit, or where `viewer` may not give these roles."""
    if not roles or (roles & {Role.MANAGER, Role.SELLER} and not person_id):
        raise RolesMissingError
    if Role.EXECUTIVE in roles and not may_make_executives(viewer):
        raise NotAllowedError("role:executive")
    if person_id and sample.is_loaded():
        raise SamplePersonError
    if person_id and not Person.objects.filter(pk=person_id).exists():
        raise UnknownPersonError


def may_make_executives(viewer: Viewer) -> bool:
    """Whether `viewer` may make, change or disable an executive: else operations let itself in."""
    return viewer.is_system or Role.EXECUTIVE in viewer.roles
