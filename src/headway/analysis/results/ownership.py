"""Who owned each opportunity when, from the history of its owner."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.analysis.results.days import Numbers
from headway.analysis.results.dimension import Codes, Dimension, of_encoded
from headway.facts import Encoded, Facts, encode

if TYPE_CHECKING:
    import ibis.expr.types as ir

Places = npt.NDArray[np.int64]

_CHANGES = "seen/opportunity_change"
_SPAN = np.int64(1) << 40


@dataclass(frozen=True, kw_only=True, eq=False)
class Ownership:
    """The owners of a whole book: the one recorded with each opportunity, and earlier ones.

    One entry per change, sorted by opportunity and time: `place` is the opportunity's, `changed_at`
    in seconds since 1970-01-01 UTC, `old` the code in `recorded.values` of who owned it until then.
    """

    recorded: Dimension
    place: Places
    changed_at: Places
    old: Codes

    def at(self, moment: Numbers) -> Dimension:
        """Who owned each opportunity at its moment.

        Args:
            moment: seconds since 1970-01-01 UTC, one per opportunity; NaN = after all changes.

        Returns:
            The owner before the first change after the moment; without one, the recorded owner.
        """
        if not len(self.place):
            return self.recorded
        key = self.place * _SPAN + self.changed_at
        everyone = np.arange(len(self.recorded.codes), dtype=np.int64)
        seconds = np.nan_to_num(np.floor(moment), nan=float(_SPAN - 1)).astype(np.int64)
        return self._before(np.searchsorted(key, everyone * _SPAN + seconds, side="right"))

    @property
    def first(self) -> Dimension:
        """Who owned each opportunity when it was created."""
        everyone = np.arange(len(self.recorded.codes), dtype=np.int64)
        return self._before(np.searchsorted(self.place, everyone, side="left"))

    def _before(self, change: Places) -> Dimension:
        if not len(self.place):
            return self.recorded
        found = np.minimum(change, len(self.place) - 1)
        everyone = np.arange(len(self.recorded.codes), dtype=np.int64)
        follows = (change < len(self.place)) & (self.place[found] == everyone)
        codes = np.where(follows, self.old[found], self.recorded.codes).astype(np.int32)
        return Dimension(codes=codes, values=self.recorded.values)


def of(facts: Facts, *, read: Encoded) -> Ownership:
    """The owners of those opportunities; without a history always the recorded one.

    The first change tells the owner at creation: its old value, or, where it is the entry of the
    creation itself and has none, its new one.
    """
    recorded = of_encoded(read, "owner_id")
    if not facts.has(_CHANGES):
        return _unchanged(recorded)
    found = encode(
        _changes(facts),
        dimensions=("opportunity_id", "old_value", "new_value"),
        measures=("changed_at",),
    )
    row = {name: place for place, name in enumerate(read.keys if read.keys is not None else ())}
    rows = np.array([row.get(name, -1) for name in found.values["opportunity_id"]], dtype=np.int64)
    place = rows[found.codes["opportunity_id"]]
    seconds = np.floor(found.measures["changed_at"])
    order = np.lexsort((seconds, place))
    order = order[(place[order] >= 0) & np.isfinite(seconds[order])]
    if not len(order):
        return _unchanged(recorded)
    values, (last, old, new) = _together(
        recorded, of_encoded(found, "old_value"), of_encoded(found, "new_value")
    )
    place, old, new = place[order], old[order], new[order]
    is_first = np.append(True, place[1:] != place[:-1])
    nobody = values.index(None) if None in values else -1
    return Ownership(
        recorded=Dimension(codes=last, values=values),
        place=place,
        changed_at=seconds[order].astype(np.int64),
        old=np.where(is_first & (old == nobody), new, old).astype(np.int32),
    )


def _unchanged(recorded: Dimension) -> Ownership:
    nothing = np.array([], dtype=np.int64)
    return Ownership(
        recorded=recorded, place=nothing, changed_at=nothing, old=nothing.astype(np.int32)
    )


def _together(*dimensions: Dimension) -> tuple[tuple[str | None, ...], list[Codes]]:
    """The values of all, sorted and not known last, and the codes of each among them."""
    every = {value for dimension in dimensions for value in dimension.values}
    values = (*sorted(value for value in every if value is not None), *({None} & every))
    place = {value: code for code, value in enumerate(values)}
    tables = (np.array([place[v] for v in each.values], dtype=np.int32) for each in dimensions)
    return values, [t[each.codes] for t, each in zip(tables, dimensions, strict=True)]


def _changes(facts: Facts) -> "ir.Table":
    changes = facts.table(_CHANGES)
    people = facts.table("seen/person").person_id
    # What does not name a person of the organisation tells no owner.
    owners = changes.filter(changes.field == "owner_id").mutate(
        old_value=changes.old_value.isin(people).ifelse(changes.old_value, None),
        new_value=changes.new_value.isin(people).ifelse(changes.new_value, None),
    )
    return owners.filter(owners.old_value.notnull() | owners.new_value.notnull())
