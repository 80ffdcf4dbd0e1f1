"""Where a pattern is looked for: the whole sales force, and each leader directly under its head."""

from headway.analysis.strategy.groups import Group, Organisation


def of(organisation: Organisation) -> tuple[Group, ...]:
    """The groups of sellers that patterns are told of, the whole sales force first.

    Without a group of sellers there is none.
    """
    sellers = [group for group in organisation.groups if group.role == "seller"]
    if not sellers:
        return ()
    whole = sellers[0]
    under = [group for group in sellers if organisation.manager_of.get(group.head) == whole.head]
    return (whole, *under)
