"""Who could help whom with a practice: said of two people, and of no place in a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from headway.analysis.coaching import peers
from headway.analysis.methods.posterior import Beta
from headway.analysis.strategy import declared, groups, practised
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.groups import Organisation
from headway.analysis.strategy.practised import Counts
from headway.facts import Facts
from headway.terms.group import ROLES
from headway.terms.peers import Peers
from headway.terms.policy import Policy


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """The people of one role on one priority; `ahead` of each person are who could help them."""

    priority: str
    counts: Counts
    usual: Beta
    ahead: Mapping[str, frozenset[str]]

    def behind_usual(self, person: str) -> float:
        """By how much somebody shows it less often than is usual, in points of a rate."""
        return self.usual.mean - self.usual.given(*self.counts[person]).mean


def found(facts: Facts, *, policy: Policy) -> tuple[Peers, ...]:
    """Who could help whom, by the eligible work of the window, for each priority in force.

    Args:
        facts: of one organisation.
        policy: the window, how many items are enough, how much more and how surely.

    Returns:
        One for each person and priority where somebody is clearly ahead of them, or they of
        somebody. Only people of one role are held against each other, and only those who report to
        one manager or to managers of one leader, five or more of them with enough eligible work.
    """
    window = windows.of(facts, policy=policy)
    organisation = groups.of(facts, window=window)
    compared: list[_Compared] = []
    for priority in declared.priorities(facts, window=window):
        work = practised.of(facts, priority, window=window)
        if work is not None:
            counts = work.since
            compared += _by_role(
                counts, organisation=organisation, priority=priority.priority_id, policy=policy
            )
    return tuple(_told(compared))


def _by_role(
    counts: Counts, *, organisation: Organisation, priority: str, policy: Policy
) -> Iterator[_Compared]:
    for role in ROLES:
        people = {each for each, own in organisation.present.items() if own == role}
        own = {each: counts[each] for each in sorted(people) if each in counts}
        usual = peers.usual(own, policy=policy)
        if usual is None:
            continue
        ahead: dict[str, frozenset[str]] = {}
        for among in peers.near(organisation.manager_of, people=people).values():
            ahead |= peers.ahead(own, among=among, usual=usual, policy=policy)
        yield _Compared(priority=priority, counts=own, usual=usual, ahead=ahead)


def _told(compared: list[_Compared]) -> Iterator[Peers]:
    weakest: dict[str, tuple[float, str]] = {}
    for each in compared:
        for person in each.ahead:
            own = (each.behind_usual(person), each.priority)
            weakest[person] = max(own, weakest.get(person, own))
    for each in compared:
        helping = frozenset[str]().union(*each.ahead.values())
        for person in sorted(each.ahead.keys() | helping):
            yield Peers(
                person=person,
                priority=each.priority,
                peers=peers.by_lot(
                    person, colleagues=each.ahead.get(person, ()), priority=each.priority
                ),
                is_ahead=person in helping,
                is_first=person in each.ahead and weakest[person][1] == each.priority,
            )
