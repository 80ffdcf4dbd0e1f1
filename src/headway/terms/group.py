"""How a group is named: its role and its head, as in `seller@p014`."""

ROLES = ("seller", "manager")
"""The roles people are grouped by."""


def named(role: str, *, head: str) -> str:
    """The group of everyone of one role below one person.

    >>> named("seller", head="ada@example.com")
    'seller@ada@example.com'
    """
    return f"{role}@{head}"


def head_of(scope: str) -> str:
    """Whose people a group is; "" where the scope is no group: the organisation, or one person.

    >>> head_of("seller@ada@example.com"), head_of("ada@example.com"), head_of("organisation")
    ('ada@example.com', '', '')
    """
    return _parts(scope)[1]


def leader_of(scope: str) -> str:
    """Whose people a scope is about: the head of a group, or the one person that it is.

    >>> leader_of("seller@p014"), leader_of("p014")
    ('p014', 'p014')
    """
    return head_of(scope) or scope


def role_of(scope: str) -> str:
    """Which role a group is of; "" where the scope is no group.

    >>> role_of("manager@p014"), role_of("p014")
    ('manager', '')
    """
    return _parts(scope)[0]


def _parts(scope: str) -> tuple[str, str]:
    first, _sign, rest = scope.partition("@")
    return (first, rest) if first in ROLES else ("", "")
