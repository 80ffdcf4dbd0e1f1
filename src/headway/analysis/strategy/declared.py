"""What leaders declared: the priorities in force, their parts and their targets."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from headway.analysis.strategy import verdict
from headway.facts import Facts, collect
from headway.terms.line import Link, LinkState
from headway.terms.period import Period

# Each of the eight parts, and the columns that it takes.
PARTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "owner": ("owner_id",),
    "why": ("why",),
    "scope": ("scope",),
    "behaviour": ("behaviour", "eligibility"),
    "result": (
        "result_measure",
        "result_baseline",
        "result_target",
        "result_due_on",
        "result_is_higher_better",
    ),
    "stop": ("stop_text",),
    "audience": ("audience",),
}
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
_MEASURES = {Link.PRACTISED: "breadth", Link.MOVED: "effect"}


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One priority in force: its id, name and owner, which of its parts are there, its targets."""

    priority_id: str
    name: str | None
    owner: str | None
    parts: frozenset[str]
    targets: Mapping[Link, float]

    @property
    def state(self) -> LinkState:
        """Its first link, the same for every group."""
        return verdict.declared(
            len(self.parts), parts=len(PARTS), is_usable=self.parts.issuperset(_USABLE)
        )


def priorities(facts: Facts, *, window: Period) -> tuple[Priority, ...]:
    """The priorities declared by the last day of the window that had not ended before it."""
    targets = _targets(facts)
    return tuple(
        Priority(
            priority_id=row["priority_id"],
            name=row["name"],
            owner=row["owner_id"],
            parts=frozenset(
                part
                for part, columns in PARTS.items()
                if all(row[column] is not None for column in columns)
            ),
            targets=_on(window.last, row=row, steps=targets[row["priority_id"]]),
        )
        for row in sorted(
            collect(facts.columns("meant/priority")).records(), key=lambda row: row["priority_id"]
        )
        if row["declared_on"] <= window.last
        and (row["ended_on"] is None or row["ended_on"] > window.first)
    )


_Steps = list[tuple[int, Link, float]]


def _targets(facts: Facts) -> Mapping[str, _Steps]:
    found: dict[str, _Steps] = defaultdict(list)
    for row in collect(facts.columns("meant/priority_target")).records():
        link = Link(row["link"])
        if row["measure"] == _MEASURES.get(link, "share"):
            found[row["priority_id"]].append((row["from_days"], link, row["target_share"]))
    return found


# Any: a row holds what its columns hold.
def _on(day: date, *, row: Mapping[str, Any], steps: _Steps) -> Mapping[Link, float]:
    """The targets that hold on a day: of each link the last step that the ramp has reached."""
    since = (day - (row["launched_on"] or row["declared_on"])).days
    reached = {link: target for start, link, target in sorted(steps) if start <= since}
    return {**DEFAULT_TARGETS, **reached}
