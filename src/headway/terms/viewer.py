"""Who is looking: an argument of every query and action."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; roles add up."""

    EXECUTIVE = "executive"
    MANAGER = "manager"
    SELLER = "seller"
    OPERATIONS = "operations"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person with their roles, or the system (the command line on its own data folder).

    `person_id` is the organisation's id of the person (as in `seen/person`), None for the system
    and for an account that is not tied to anybody in the data, such as operations from another
    department.
    """

    person_id: str | None
    account_id: int | None
    roles: frozenset[Role]
    is_system: bool = False


SYSTEM = Viewer(person_id=None, account_id=None, roles=frozenset(), is_system=True)
