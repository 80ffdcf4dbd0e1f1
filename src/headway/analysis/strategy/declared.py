"""What leaders declared: the priorities in force, their parts and their targets."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from headway.analysis.strategy import verdict
from headway.facts import Facts, collect
from headway.facts.predicate import check
from headway.terms.declared import PARTS
from headway.terms.line import Link, LinkState
from headway.terms.period import Period
from headway.terms.predicate import Predicate, PredicateError, parse

# Without these nobody could act on it.
_USABLE = ("owner", "scope", "why", "stop")
DEFAULT_TARGETS: Mapping[Link, float] = {
    Link.DECLARED: 1.0,
    Link.TOLD: 0.80,
    Link.RECALLED: 0.60,
    Link.UNDERSTOOD: 0.60,
    Link.CONNECTED: 0.70,
    Link.LED: 0.60,
    Link.PRACTISED: 0.60,
    Link.COACHED: 0.60,
    Link.MOVED: 0.0,
}
DEFAULT_KEPT = 0.70
_GRACE_DAYS = 30
_MEASURES = {Link.PRACTISED: "breadth", Link.MOVED: "effect"}


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One priority in force: its id, name and owner, which of its parts are there, its targets.

    The predicates are None where they are missing or cannot be read. `depth_target` is the
    declared share of eligible work that shows the behaviour, `depth_ramp` its steps (days after the
    launch, share), the earliest first, `kept_target` the share of those who practise that is to
    keep it up, `grace_days` how long after the launch nobody can be expected to show it, `result`
    what it is measured by, `result_baseline` where that stood, and `result_target` where it is to
    go.
    """

    priority_id: str
    kind: str
    name: str | None
    owner: str | None
    parts: frozenset[str]
    targets: Mapping[Link, float]
    launched_on: date
    grace_days: int = _GRACE_DAYS
    depth_target: float | None = None
    depth_ramp: tuple[tuple[int, float], ...] = ()
    kept_target: float = DEFAULT_KEPT
    scope: Predicate | None = None
    eligibility: Predicate | None = None
    behaviour: Predicate | None = None
    result: str | None = None
    result_baseline: float | None = None
    result_target: float | None = None
    is_higher_better: bool = True

    @property
    def state(self) -> LinkState:
        """Its first link, the same for every group."""
        return verdict.declared(
            len(self.parts), parts=len(PARTS), is_usable=self.parts.issuperset(_USABLE)
        )

    @property
    def due_on(self) -> date:
        """The first day on which people can be expected to show it."""
        return self.launched_on + timedelta(days=self.grace_days)

    @property
    def has_unreadable_scope(self) -> bool:
        """Whether a scope is declared that does not fit the tables."""
        return self.scope is None and "scope" in self.parts

    def planned_share(self, window: Period) -> float | None:
        """The declared depth, the mean over the days of a window; None where nothing is asked yet.

        Before the first step nothing is.
        """
        shares = []
        for day in range(window.days):
            since = (window.first - self.launched_on).days + day
            reached = [share for step, share in self.depth_ramp if step <= since]
            shares.append(reached[-1] if reached else 0.0)
        return fmean(shares) or None

    def asks_among(self, tables: Collection[str]) -> bool:
        """Whether its eligibility repeats a condition of its scope on one of these tables.

        Then the declared depth is a rate among what the priority is about: it says how that is to
        be done, and not how much of all work it should be.
        """
        if self.scope is None or self.eligibility is None:
            return False
        asks = {each for each in self.scope.conditions if each.table in tables}
        return not asks.isdisjoint(self.eligibility.conditions)


def priorities(facts: Facts, *, window: Period) -> tuple[Priority, ...]:
    """The priorities declared by the last day of the window that had not ended before it."""
    targets = _targets(facts)
    return tuple(
        Priority(
            priority_id=row["priority_id"],
            kind=row["kind"],
            name=row["name"],
            owner=row["owner_id"],
            parts=frozenset(
                part
                for part, columns in PARTS.items()
                if all(row[column] is not None for column in columns)
            ),
            targets={**DEFAULT_TARGETS, **_on(window.last, row=row, steps=targets, of="share")},
            launched_on=_launch(row),
            grace_days=_GRACE_DAYS if row["grace_days"] is None else row["grace_days"],
            depth_target=_on(window.last, row=row, steps=targets, of="depth").get(Link.PRACTISED),
            depth_ramp=tuple(
                (start, target)
                for start, link, target in sorted(targets.get((row["priority_id"], "depth"), ()))
                if link is Link.PRACTISED
            ),
            kept_target=_on(window.last, row=row, steps=targets, of="persistence").get(
                Link.COACHED, DEFAULT_KEPT
            ),
            scope=read(row["scope"]),
            eligibility=read(row["eligibility"]),
            behaviour=read(row["behaviour"]),
            result=row["result_measure"],
            result_baseline=row["result_baseline"],
            result_target=row["result_target"],
            is_higher_better=row["result_is_higher_better"] is not False,
        )
        for row in sorted(
            collect(facts.columns("meant/priority")).records(), key=lambda row: row["priority_id"]
        )
        if row["declared_on"] <= window.last
        and (row["ended_on"] is None or row["ended_on"] > window.first)
    )


def nothing(*, window: Period) -> Priority:
    """What stands where no priority is declared: one without an id that has none of its parts."""
    return Priority(
        priority_id="",
        kind="other",
        name=None,
        owner=None,
        parts=frozenset(),
        targets=DEFAULT_TARGETS,
        launched_on=window.first,
    )


_Steps = Mapping[tuple[str, str], Sequence[tuple[int, Link, float]]]


def _targets(facts: Facts) -> _Steps:
    """The steps of each priority's ramps, by what they measure; each link's own is "share"."""
    found: dict[tuple[str, str], list[tuple[int, Link, float]]] = defaultdict(list)
    for row in collect(facts.columns("meant/priority_target")).records():
        link, measure = Link(row["link"]), row["measure"]
        kind = "share" if measure == _MEASURES.get(link, "share") else measure
        found[row["priority_id"], kind].append((row["from_days"], link, row["target_share"]))
    return found


# Any: a row holds what its columns hold.
def _on(day: date, *, row: Mapping[str, Any], steps: _Steps, of: str) -> Mapping[Link, float]:
    """The targets that hold on a day: of each link the last step that the ramp has reached."""
    since = (day - _launch(row)).days
    listed = sorted(steps.get((row["priority_id"], of), ()))
    return {link: target for start, link, target in listed if start <= since}


def _launch(row: Mapping[str, Any]) -> date:
    launched: date = row["launched_on"] or row["declared_on"]
    return launched


def read(text: str | None) -> Predicate | None:
    """The predicate as far as it can be read; what cannot be read measures nothing."""
    if text is None:
        return None
    try:
        found = parse(text)
        check(found)
    except PredicateError:
        return None
    return found
