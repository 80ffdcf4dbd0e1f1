"""Who may see what, said a second time and in another way: the oracle of the access matrix.

Works on the plain table of the cast. Shares no code with `records.scopes`.
"""

from tests.cast import LINES, ROLES

from headway.terms.viewer import Role

# Who asks, and every scope they may guess.
WHO = tuple(ROLES)
GROUPS = (
    "organisation",
    *(f"{kind}@{name}" for kind in ("seller", "person") for name in (*LINES, "nobody")),
)
SLICES = (
    "",
    *(f",{name}={value}" for name in ("region", "team", "product") for value in ("North", "A")),
    ",product=A,region=North",
)
SCOPES = tuple(group + cut for group in GROUPS for cut in SLICES)


def chain(person: str) -> list[str]:
    """The person, their manager, that one's manager ... up to the top."""
    found = [person]
    while LINES.get(found[-1]):
        found.append(LINES[found[-1]])
    return found


def sees_person(who: str, person: str | None) -> bool:
    """Whether `who` sees the results of `person`; None = of nobody in particular."""
    roles = ROLES[who]
    if Role.EXECUTIVE in roles:
        return True
    if person is None or person not in LINES:
        return False
    if who == person:
        return bool(roles & {Role.MANAGER, Role.SELLER})
    return Role.MANAGER in roles and who in chain(person)


def sees_scope(who: str, scope: str) -> bool:
    """Whether `who` sees the results of a scope, given by its code."""
    group = scope.split(",", maxsplit=1)[0]
    kind, _, head = group.partition("@")
    if kind == "organisation":
        return Role.EXECUTIVE in ROLES[who]
    if kind == "person":
        return sees_person(who, head)
    is_leader = Role.EXECUTIVE in ROLES[who] or Role.MANAGER in ROLES[who]
    return is_leader and sees_person(who, head)
