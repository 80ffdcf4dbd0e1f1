"""What a reorganisation says of the work of each role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Part:
    """So much of a role's work is on one segment, product family and kind of activity; "" = any.

    `expected_share` is 0..1.
    """

    role_name: str
    segment: str = ""
    product_family: str = ""
    activity_kind: str = ""
    expected_share: float

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What may come once only."""
        return (self.role_name, self.segment, self.product_family, self.activity_kind)


def sums(parts: Iterable[Part]) -> Mapping[str, float]:
    """The sum of the shares of each role, in the order of the parts.

    >>> sums([Part(role_name="Hunter", segment="New", expected_share=0.75),
    ...       Part(role_name="Hunter", expected_share=0.25)])
    {'Hunter': 1.0}
    """
    found: dict[str, float] = defaultdict(float)
    for each in parts:
        found[each.role_name] += each.expected_share
    return dict(found)
