"""What kind of thing somebody may open: declared by every route and every action."""

from enum import StrEnum

from headway.terms.viewer import Role, Viewer


class Permission(StrEnum):
    """Doors of the house; which people stand behind them, `records.scopes` says."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    RESULTS = "results"
    DECLARE = "declare"
    PULSE = "pulse"
    CODING = "coding"
    DATA = "data"
    ACCESS = "access"
    AUDIT = "audit"


_OPENED_BY: dict[Permission, frozenset[Role]] = {
    Permission.SIGNED_IN: frozenset(Role),
    Permission.RESULTS: frozenset({Role.EXECUTIVE, Role.MANAGER, Role.SELLER}),
    Permission.DECLARE: frozenset({Role.EXECUTIVE, Role.MANAGER}),
    Permission.PULSE: frozenset({Role.EXECUTIVE, Role.MANAGER}),
    Permission.CODING: frozenset({Role.EXECUTIVE, Role.OPERATIONS}),
    Permission.DATA: frozenset({Role.EXECUTIVE, Role.OPERATIONS}),
    Permission.ACCESS: frozenset({Role.EXECUTIVE, Role.OPERATIONS}),
    Permission.AUDIT: frozenset({Role.EXECUTIVE, Role.OPERATIONS}),
}


def allows(viewer: Viewer | None, permission: Permission) -> bool:
    """Whether `viewer` (None = signed out) may pass; roles add up, the system passes everywhere.

    >>> allows(None, Permission.ANYONE), allows(None, Permission.SIGNED_IN)
    (True, False)
    >>> seller = Viewer(person_id="p1", account_id=1, roles=frozenset({Role.SELLER}))
    >>> allows(seller, Permission.RESULTS), allows(seller, Permission.DATA)
    (True, False)
    """
    if permission is Permission.ANYONE:
        return True
    if viewer is None:
        return False
    return viewer.is_system or bool(viewer.roles & _OPENED_BY[permission])
