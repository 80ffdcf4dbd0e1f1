"""Whether a group records its activities: where hardly any are, nothing can be said of conduct."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.facts import Facts, collect
from headway.facts.predicate import day_of, rows, tables_of
from headway.terms.period import Period

_TABLE = "seen/activity"
_LEAST = 1 / 3


@dataclass(frozen=True, kw_only=True)
class Logged:
    """Activities of each person in the window, and how many a group of each role needs per head."""

    activities: Mapping[str, int]
    floors: Mapping[str, float]

    def is_enough(self, priority: Priority, *, group: Group) -> bool:
        """Whether what the group records can show whether it practises the priority.

        Always where its predicates ask for no activity. Else its people record a third or more of
        what the person in the middle of their role does.
        """
        asked = [one for one in (priority.eligibility, priority.behaviour) if one is not None]
        if not any(_TABLE in tables_of(one) for one in asked):
            return True
        recorded = sum(self.activities.get(person, 0) for person in group.members)
        return recorded / len(group.members) >= self.floors[group.role]


def of(facts: Facts, *, widest: Iterable[Group], window: Period) -> Logged:
    """Count the activities of the window, those of service users left out.

    Args:
        facts: of one organisation.
        widest: the widest group of each role; its people are the peers.
        window: the days that count.
    """
    every = rows(facts, "activity")
    day = day_of(facts, every.occurred_at)
    inside = every.filter(day >= window.first, day < window.end)
    counted = inside.group_by("person_id").agg(n=inside.count())
    activities = {row["person_id"]: row["n"] for row in collect(counted).records()}
    return Logged(
        activities=activities,
        floors={
            group.role: _LEAST * median(activities.get(who, 0) for who in group.members)
            for group in widest
        },
    )
