"""Find the place that moved most, leave its rows out, and look again."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from headway.analysis.methods.localisation.cube import Floats
from headway.analysis.methods.localisation.cuboids import (
    Address,
    Block,
    Cuboid,
    Figures,
    combinations_of,
)
from headway.analysis.methods.localisation.sampling import Channel, Judged
from headway.analysis.methods.localisation.significance import Family, spread
from headway.analysis.methods.localisation.source import Source

# Price of a further condition, in units of log likelihood: keeps answers short.
CONDITION_PRICE = 3.0
PROMISING = 6
ROUNDS = 3
SAME = 1e-9
# The first fields of every channel count cases: actual, base.
COUNTS = 2
# Far beyond chance it is no longer noise that separates a place from its part but how even the move
# is inside it: there a gain within this share of the best above STRONG counts as the same, and
# fewer words win.
NEARLY = 0.2
STRONG = 50.0


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A place with its test against the rest; `gain` is z squared by two less a price."""

    address: Address
    z: float
    effect: float
    gain: float
    p: float


@dataclass(frozen=True, kw_only=True)
class Lead:
    """The cell of one cuboid with the largest z, whether or not it is beyond chance."""

    address: Address
    z: float
    effect: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """A channel summed over every cell of every cuboid, ready to be searched again and again.

    `leads` keeps what was seen without the rows of some places, by direction: what is beyond chance
    among it depends on the family, what was seen does not.
    """

    cube: Source
    channel: Channel
    blocks: tuple[Block, ...]
    sums: tuple[tuple[Floats, ...], ...]
    totals: Floats
    conditions: int
    tested: dict[int, int] = field(default_factory=dict)
    leads: dict[tuple[frozenset[Address], int], tuple[Lead, ...]] = field(default_factory=dict)

    def totals_without(self, taken: Sequence[Address]) -> Floats:
        """The sums over all cases outside some places."""
        if not taken:
            return self.totals
        without: Floats = self.totals - self.channel.figures.within(taken).totals()
        return without

    def judged(self, taken: Sequence[Address] = ()) -> Iterator[tuple[Cuboid, Judged]]:
        """Every cuboid tested without the cases of some places."""
        if not taken:
            yield from self._whole
            return
        left_out = self.channel.figures.within(taken)
        totals = self.totals - left_out.totals()
        yield from zip(
            self._cuboids, self.channel.judge_each(self._outside(left_out), totals), strict=True
        )

    def _outside(self, left_out: Figures) -> Iterator[Floats]:
        """The sums of every cuboid without the cases that were left out."""
        for block, sums in zip(self.blocks, self.sums, strict=True):
            for whole, part in zip(sums, left_out.over(block), strict=True):
                kept = whole - part
                # Volumes are counts; a difference of sums may leave them at -1e-16.
                kept[:COUNTS] = np.maximum(kept[:COUNTS], 0.0)
                yield kept

    @cached_property
    def _cuboids(self) -> list[Cuboid]:
        return [each for block in self.blocks for each in block.cuboids]

    @cached_property
    def _whole(self) -> list[tuple[Cuboid, Judged]]:
        every = (whole for sums in self.sums for whole in sums)
        judged = self.channel.judge_each(every, self.totals)
        return list(zip(self._cuboids, judged, strict=True))


def ground(cube: Source, channel: Channel, *, blocks: tuple[Block, ...], conditions: int) -> Ground:
    """Sum a channel once, and count how many places of each depth have support."""
    laid = Ground(
        cube=cube,
        channel=channel,
        blocks=blocks,
        sums=tuple(tuple(channel.figures.over(block)) for block in blocks),
        totals=channel.figures.totals(),
        conditions=conditions,
    )
    for each, judged in laid.judged():
        laid.tested[each.depth] = laid.tested.get(each.depth, 0) + int(judged.is_tested.sum())
    for depth in range(max(laid.tested, default=0) + 1, conditions + 1):
        laid.tested[depth] = _at_most(cube, depth, cases=float(laid.totals[:2].sum()))
    return laid


def _at_most(cube: Source, depth: int, *, cases: float) -> int:
    """An upper bound of the places with 20 cases among combinations not counted in full."""
    return sum(
        min(math.prod(len(cube.values[name]) for name in dimensions), int(cases / 20))
        for dimensions in combinations_of(cube, conditions=depth)
    )


def gain(z: float, *, family: Family, conditions: int) -> float:
    """Gain of log likelihood less the price of the conditions."""
    return (z / family.spread) ** 2 / 2 - CONDITION_PRICE * conditions


def search(
    laid: Ground, *, family: Family, alpha: float, most: int, toward: int = 0
) -> tuple[Candidate, ...]:
    """At most `most` places, each beyond the family-wise threshold when the others are left out.

    `toward` 1 or -1 looks at places that rose or fell against the rest alone, 0 at both.

    Forward: the best place, its rows left out, the next. Then each is looked for again with the
    others left out (a parent, a child or another place may explain more), and one that loses its
    significance goes.
    """
    found: list[Candidate] = []
    while len(found) < most:
        taken = [each.address for each in found]
        best = _best(laid, taken, family=family, alpha=alpha, toward=toward)
        if best is None:
            break
        found.append(best)
    return _settled(laid, found, family=family, alpha=alpha, toward=toward)


def _settled(
    laid: Ground, found: list[Candidate], *, family: Family, alpha: float, toward: int
) -> tuple[Candidate, ...]:
    if len(found) < 2:  # noqa: PLR2004  nothing to trade with
        return tuple(found)
    for _ in range(ROUNDS):
        before = [each.address for each in found]
        for each in tuple(found):
            others = [other for other in found if other is not each]
            taken = [other.address for other in others]
            best = _best(laid, taken, family=family, alpha=alpha, toward=toward)
            found = others if best is None else [*others, best]
        if sorted(before) == sorted(each.address for each in found):
            break
    return tuple(sorted(found, key=lambda each: -each.gain))


def _best(
    laid: Ground, taken: Sequence[Address], *, family: Family, alpha: float, toward: int
) -> Candidate | None:
    """The significant place with the largest gain outside the rows of `taken`."""
    wanted = (frozenset(taken), toward)
    if wanted not in laid.leads:
        laid.leads[wanted] = tuple(_leads(laid, taken, toward=toward))
    return first(_significant(laid.leads[wanted], family=family, alpha=alpha))


def _leads(laid: Ground, taken: Sequence[Address], *, toward: int) -> Iterator[Lead]:
    """The foremost cell of every cuboid outside the rows of `taken`."""
    pairs: list[tuple[float, Address]] = []
    depth_counted = 1
    for each, judged in laid.judged(taken):
        depth_counted = max(depth_counted, each.depth)
        yield from _foremost(each, judged, toward=toward)
        if each.depth == 2 and laid.conditions > 2:  # noqa: PLR2004  pairs grow
            pairs += _promising(each, judged)
    if depth_counted < laid.conditions:
        totals = laid.totals_without(taken)
        pairs.sort(key=lambda pair: (-pair[0], pair[1]))
        foremost = [pair for _, pair in pairs[:PROMISING]]
        for each, judged in _grown(laid, foremost, taken=taken, totals=totals):
            yield from _foremost(each, judged, toward=toward)


def first(candidates: Sequence[Candidate]) -> Candidate | None:
    """The largest gain; of equals the fewest conditions, whatever the order given."""
    if not candidates:
        return None
    top = max(each.gain for each in candidates)
    near = [
        each for each in candidates if each.gain >= top - NEARLY * max(top - STRONG, 0.0) - SAME
    ]
    shortest = min(len(each.address) for each in near)
    near = [each for each in near if len(each.address) == shortest]
    top = max(each.gain for each in near)
    equals = [each for each in near if each.gain >= top - SAME * abs(top)]
    return min(equals, key=lambda each: each.address)


def _foremost(each: Cuboid, judged: Judged, *, toward: int) -> Iterator[Lead]:
    """The cell of one cuboid with the largest z, if any was tested, or moved that way.

    Of two values that are each other's rest, z is the same: that is told which moved more itself.
    """
    strength = np.maximum(toward * judged.z, 0.0) if toward else np.abs(judged.z)
    is_any = strength.any() if toward else judged.is_tested.any()
    if is_any:
        cell = _first_of(strength, np.abs(judged.own))
        yield Lead(
            address=each.address(cell), z=float(judged.z[cell]), effect=float(judged.effect[cell])
        )


def _first_of(*strengths: Floats) -> int:
    """The place of the largest by the first strength, of equals by the next; last, the first."""
    left = np.arange(len(strengths[0]))
    for strength in strengths:
        of_left = strength[left]
        left = left[of_left >= of_left.max() * (1 - SAME)]
    return int(left[0])


def _significant(leads: Sequence[Lead], *, family: Family, alpha: float) -> list[Candidate]:
    """Those beyond the family-wise threshold."""
    found = []
    for conditions in sorted({len(each.address) for each in leads}):
        alike = [each for each in leads if len(each.address) == conditions]
        p = family.p(np.array([each.z for each in alike]), conditions=conditions)
        found += [
            Candidate(
                address=each.address,
                z=each.z,
                effect=each.effect,
                gain=gain(each.z, family=family, conditions=conditions),
                p=float(chance),
            )
            for each, chance in zip(alike, p, strict=True)
            if chance <= alpha
        ]
    return found


def _promising(each: Cuboid, judged: Judged) -> list[tuple[float, Address]]:
    strength = np.abs(judged.z)
    top = np.argsort(-strength)[:PROMISING]
    return [(float(strength[cell]), each.address(int(cell))) for cell in top if strength[cell] > 0]


def _grown(
    laid: Ground, pairs: Sequence[Address], *, taken: Sequence[Address], totals: Floats
) -> Iterator[tuple[Cuboid, Judged]]:
    """Every third condition that could narrow a pair, as one small cuboid each."""
    thirds = [(pair, *third) for pair in pairs for third in _thirds(laid, pair)]
    asked = [(pair, name) for pair, _, name in thirds]
    found = laid.channel.figures.along(asked, outside=taken)
    for (pair, dimensions, name), sums in zip(thirds, found, strict=True):
        values, fixed = laid.cube.values, dict(pair)
        sizes = tuple(len(values[each]) for each in dimensions)
        codes = [fixed.get(each, np.arange(len(values[name]))) for each in dimensions]
        kept = np.ravel_multi_index(np.broadcast_arrays(*codes), sizes)
        small = Cuboid(dimensions=dimensions, sizes=sizes, kept=kept)
        yield small, laid.channel.judge(sums, totals)


def _thirds(laid: Ground, pair: Address) -> Iterator[tuple[tuple[str, ...], str]]:
    """The combinations that hold a pair and one dimension more, each with that dimension."""
    own = {name for name, _ in pair}
    searched = {name for laid_out in laid.blocks for name in laid_out.dimensions}
    for dimensions in combinations_of(laid.cube, conditions=len(pair) + 1):
        # What the blocks leave out (recording changed there) does not come back as a third.
        if own < set(dimensions) <= searched:
            (name,) = set(dimensions) - own
            yield dimensions, name


def scatter(laid: Ground, taken: Sequence[Address]) -> float:
    """How much wider than chance the places outside `taken` scatter, at least 1."""
    z = [
        judged.z[judged.is_tested]
        for each, judged in laid.judged(taken)
        if each.depth <= 2  # noqa: PLR2004  deeper places are too many and too thin
    ]
    return spread(np.concatenate(z)) if z else 1.0
