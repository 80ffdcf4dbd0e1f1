"""What is asked of the inventor: which seed, how many sellers, which day, which story."""

import zlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    import numpy as np

SAMPLE_SELLERS = 38
FEWEST_SELLERS, MOST_SELLERS = 20, 400
_EARLIEST = date(2000, 1, 1)


class Scenario(StrEnum):
    """Which story the organisation lives: told beforehand, or drawn from the seed."""

    SAMPLE = "sample"
    BROKEN = "broken"
    HEALTHY = "healthy"
    SMALL = "small"
    LOW_RESPONSE = "low_response"
    DECOYS = "decoys"


class DemoOptionsError(HeadwayError):
    """An organisation that cannot be invented."""

    code: ClassVar[str] = "demo.options"


@dataclass(frozen=True, kw_only=True)
class DemoOptions:
    """What is wanted. The same options give the same organisation, byte for byte.

    `as_of` is the last day inside; everything else lies so many days before it. `seller_count` None
    = 38 in the scenario `sample`, drawn from the seed in the others.

    Raises:
        DemoOptionsError: a number or a day outside what can be invented.
    """

    as_of: date
    seed: int = 1
    seller_count: int | None = None
    scenario: Scenario = Scenario.SAMPLE

    def __post_init__(self) -> None:
        count = self.seller_count
        if count is not None and not FEWEST_SELLERS <= count <= MOST_SELLERS:
            raise DemoOptionsError(
                f"Found {count} sellers; expected {FEWEST_SELLERS} to {MOST_SELLERS}."
            )
        if self.seed < 0:
            raise DemoOptionsError(f"Found the seed {self.seed}; expected 0 or a larger number.")
        if self.as_of < _EARLIEST:
            raise DemoOptionsError(
                f"Found {self.as_of} as the last day; expected one from {_EARLIEST} on."
            )

    def stream(self, topic: str) -> "np.random.Generator":
        """A generator of its own for each topic, so that one more draw here moves nothing there."""
        import numpy as np  # noqa: PLC0415  heavy: web workers load this module

        return np.random.default_rng([self.seed, zlib.crc32(topic.encode())])

    @property
    def sellers(self) -> int:
        """How many sellers there are."""
        if self.seller_count is not None:
            return self.seller_count
        if self.scenario is Scenario.SAMPLE:
            return SAMPLE_SELLERS
        return int(self.stream("size").integers(40, 121))
