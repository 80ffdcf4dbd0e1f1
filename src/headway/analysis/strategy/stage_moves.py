"""How opportunities moved through their stages: by which path, and when that was typed in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.methods import variation
from headway.analysis.methods.variation import Distance, Floats
from headway.analysis.strategy import selling
from headway.facts import Facts, encode, predicate
from headway.facts.arrays import Array
from headway.terms.period import Period
from headway.terms.policy import SEED

if TYPE_CHECKING:
    import ibis.expr.types as ir

LATE_DAYS = 7
"""A row typed in more than so many days after what it describes is written down afterwards."""
PATH_DAYS = 60
"""The path of an opportunity is the stages it entered in so many days after its creation."""
FEWEST_PATHS = 30
_HOUR, _DAY = 3_600, 86_400
_BURST = 3
_DRAWS = 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Moves:
    """Moves of opportunities from stage to stage, one entry per move, by opportunity and time.

    `sellers` are those who owned them at creation; `seller` (a place among them), `created_on`
    (days since 1970-01-01) and `keys` have one entry per opportunity, and `opportunity` is the
    place of each move's among those. `is_backfilled`: typed in more than seven days later, or one
    of three moves or more within an hour. `path` is the kind of path of each opportunity.
    """

    sellers: tuple[str, ...]
    keys: Array
    seller: Array
    created_on: Array
    path: Array
    opportunity: Array
    on: Array
    is_backfilled: Array

    def backfilled(self, people: Collection[str], *, window: Period) -> tuple[Floats, Floats]:
        """Of each seller among some, the moves in a window typed in afterwards, and all moves."""
        chosen = selling.inside(self.on, window) & self._is_of(people)[self.opportunity]
        who = self.seller[self.opportunity]
        k, n = (
            np.bincount(who[kept], minlength=len(self.sellers)).astype(float)
            for kept in (chosen & self.is_backfilled, chosen)
        )
        return k, n

    def written_afterwards(self) -> frozenset[str]:
        """The opportunities of whose moves more than half were typed in afterwards."""
        moves = np.bincount(self.opportunity, minlength=len(self.keys))
        late = np.bincount(self.opportunity[self.is_backfilled], minlength=len(self.keys))
        return frozenset(self.keys[2 * late > moves].tolist())

    def path_distance(
        self, people: Collection[str], *, before: Period, after: Period
    ) -> Distance | tuple[int, int]:
        """How far the paths of opportunities created in two periods are apart.

        Returns:
            With fewer than thirty opportunities in a period, how many there are in each.
        """
        is_of = self._is_of(people)
        cohorts = [is_of & selling.inside(self.created_on, period) for period in (before, after)]
        sizes = (int(cohorts[0].sum()), int(cohorts[1].sum()))
        if min(sizes) < FEWEST_PATHS:
            return sizes
        kinds = int(self.path.max()) + 1
        shape = (len(self.sellers), kinds)
        cells = self.seller * kinds + self.path
        counts = [
            np.bincount(cells[cohort], minlength=shape[0] * kinds).reshape(shape).astype(float)
            for cohort in cohorts
        ]
        return variation.distance(*counts, draws=_DRAWS, seed=SEED)

    def _is_of(self, people: Collection[str]) -> Array:
        return np.array([name in people for name in self.sellers], dtype=bool)[self.seller]


def of(facts: Facts, *, opportunities: "ir.StringColumn") -> Moves:
    """The moves of some opportunities.

    What a service user wrote is nobody's conduct and is left out. The first row of an opportunity
    without an old value is its creation: part of its path, and no move.
    """
    created = selling.created(facts)
    created = created.filter(created.opportunity_id.isin(opportunities))
    known = encode(created, dimensions=("seller",), measures=("created_on",), key="opportunity_id")
    table = _entries(facts).filter(lambda rows: rows.opportunity_id.isin(opportunities))
    found = encode(
        table,
        dimensions=("stage",),
        measures=("changed_at", "changed_on", "recorded_at", "is_start"),
        links={"opportunity_id": known},
    )
    row, at = found.links["opportunity_id"], found.measures["changed_at"]
    order = np.lexsort((found.codes["stage"], at, row))
    order = order[row[order] >= 0]
    row, at, stage = row[order], at[order], found.codes["stage"][order]
    measures = {name: values[order] for name, values in found.measures.items()}
    is_first = np.append(True, row[1:] != row[:-1])[: len(row)]
    is_move = ~(is_first & (measures["is_start"] == 1))
    is_late = measures["recorded_at"] - at > LATE_DAYS * _DAY
    keys = known.keys if known.keys is not None else np.empty(0, dtype=object)
    return Moves(
        sellers=tuple(name or "" for name in known.values["seller"]),
        keys=keys,
        seller=known.codes["seller"],
        created_on=known.measures["created_on"],
        path=_paths(
            row, measures["changed_on"], stage=stage, created_on=known.measures["created_on"]
        ),
        opportunity=row[is_move],
        on=measures["changed_on"][is_move],
        is_backfilled=is_late[is_move] | _in_burst(row[is_move], at[is_move]),
    )


def _entries(facts: Facts) -> "ir.Table":
    rows = predicate.rows(facts, "opportunity_change")
    people = facts.table("seen/person")
    bots = people.filter(people.is_service_user).person_id
    rows = rows.filter(
        rows.field == "stage",
        rows.new_value.notnull(),
        rows.changed_by_id.isnull() | rows.changed_by_id.notin(bots),
    )
    return rows.select(
        "opportunity_id",
        "changed_at",
        "recorded_at",
        stage=rows.new_value,
        changed_on=predicate.day_of(facts, rows.changed_at),
        is_start=rows.old_value.isnull(),
    )


def _in_burst(row: Array, at: Array) -> Array:
    """Which moves are among three or more of their opportunity within an hour."""
    found = np.zeros(len(row), dtype=bool)
    reach = _BURST - 1
    if len(row) <= reach:
        return found
    starts = (row[reach:] == row[:-reach]) & (at[reach:] - at[:-reach] <= _HOUR)
    for step in range(_BURST):
        found[step : step + len(starts)] |= starts
    return found


def _paths(row: Array, on: Array, *, stage: Array, created_on: Array) -> Array:
    """The kind of path of each opportunity, 0, 1, ..., by the stages entered in its first days."""
    kept = on - created_on[row] < PATH_DAYS
    entered: list[list[int]] = [[] for _ in created_on]
    for one, into in zip(row[kept].tolist(), stage[kept].tolist(), strict=True):
        entered[one].append(into)
    kinds: dict[tuple[int, ...], int] = {}
    return np.array([kinds.setdefault(tuple(path), len(kinds)) for path in entered], dtype=np.int64)
