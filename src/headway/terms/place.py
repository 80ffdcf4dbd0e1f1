"""How a place is written where somebody asks for it: region=EMEA, once for each condition."""

from collections.abc import Sequence
from typing import ClassVar

from headway.terms.errors import HeadwayError

MOST_CONDITIONS = 3
"""By how many dimensions places are looked for."""


class PlaceTextError(HeadwayError):
    """A place was asked for in a way that cannot be read."""

    code: ClassVar[str] = "terms.place"
    status: ClassVar[int] = 400


def parse(conditions: Sequence[str]) -> dict[str, str]:
    """The place that conditions tell: one to three dimensions, each with its value.

    Raises:
        PlaceTextError: none or too many, one is not written so, or tells a dimension again.

    Examples:
        >>> parse(["region=EMEA", "product=Core"])
        {'region': 'EMEA', 'product': 'Core'}
    """
    place: dict[str, str] = {}
    for text in conditions:
        name, _sign, value = text.partition("=")
        if not (name and value):
            raise PlaceTextError(
                f"'{text}' is no place. Expected a dimension and its value, such as region=EMEA."
            )
        if name in place:
            raise PlaceTextError(
                f"'{name}' is told twice: {place[name]} and {value}. Give it one value."
            )
        place[name] = value
    if not 1 <= len(place) <= MOST_CONDITIONS:
        raise PlaceTextError(
            f"{len(place)} conditions are given. Expected one to {MOST_CONDITIONS}, each of a "
            "dimension of its own, such as region=EMEA."
        )
    return place
