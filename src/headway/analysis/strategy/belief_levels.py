"""On which level of the organisation each leader stands."""

from collections.abc import Mapping

from headway.analysis.strategy import groups
from headway.facts import Facts
from headway.terms.belief import Level

_LEADING = frozenset({"seller", "manager", "leader"})
_DIRECTOR = 2


def of(facts: Facts) -> Mapping[str, Level]:
    """The level of everybody who leads sellers or managers on the last day of the facts.

    A manager leads nobody who leads, a director managers, an executive directors; whoever leads
    and reports to nobody is an executive.
    """
    standing = groups.standing(facts, on=facts.as_of)
    manager_of = {
        person: row["manager_id"]
        for person, row in standing.items()
        if row["manager_id"] is not None and row["role"] in _LEADING
    }
    heights: dict[str, int] = {}
    for leader in set(manager_of.values()):
        heights[leader] = max(heights.get(leader, 0), 1)
        # Whoever leads a leader stands one higher than the highest of these.
        for height, head in enumerate(groups.above(leader, manager_of), start=2):
            heights[head] = max(heights.get(head, 0), height)
    return {
        leader: _level(height, is_top=standing[leader]["manager_id"] is None)
        for leader, height in heights.items()
        if leader in standing
    }


def _level(height: int, *, is_top: bool) -> Level:
    if is_top or height > _DIRECTOR:
        return Level.EXECUTIVE
    return Level.DIRECTOR if height == _DIRECTOR else Level.MANAGER
