"""Where the cases are kept, as far as the search asks: rows at hand, or a table elsewhere."""

from collections.abc import Sequence
from typing import Protocol

from headway.analysis.methods.localisation.contribution import Both
from headway.analysis.methods.localisation.cube import Model
from headway.analysis.methods.localisation.cuboids import Address, Block, Cases
from headway.analysis.methods.localisation.sampling import Channel


class Source(Cases, Protocol):
    """Cases of two periods that can be summed."""

    @property
    def model(self) -> Model:
        """How the result comes about."""

    @property
    def drifting(self) -> frozenset[str]:
        """Dimensions whose volumes and mix say nothing."""

    def amounts(self, inside: Address = (), *, outside: Sequence[Address] = ()) -> Both:
        """The sums of both periods over the cases in a place and outside of others."""

    def amounts_apart(self, names: Sequence[str], *, outside: Sequence[Address]) -> Sequence[Both]:
        """The sums outside of places, apart for every combination of values that has cases."""

    def blocks(self, wanted: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
        """Blocks that together hold every wanted combination of dimensions."""

    def channels(self, *, min_n: float, min_n_period: float) -> tuple[Channel, ...]:
        """The tests a result allows, in the order in which they are looked at."""
