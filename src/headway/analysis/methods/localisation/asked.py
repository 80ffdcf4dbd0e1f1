"""Why a place that somebody asks for is not named, or is: its test, its contribution, its cases."""

from collections.abc import Mapping, Sequence

import numpy as np

from headway.analysis.methods.localisation.contribution import (
    amounts,
    carried,
    change,
)
from headway.analysis.methods.localisation.cube import Cube
from headway.analysis.methods.localisation.cuboids import Address, rows_of
from headway.analysis.methods.localisation.localise import grounds_of, kind_of, named
from headway.analysis.methods.localisation.places import Asked
from headway.analysis.methods.localisation.significance import Family
from headway.terms.errors import HeadwayError
from headway.terms.policy import Policy


class UnknownPlaceError(HeadwayError):
    """A place was asked for that the rows do not have."""

    code = "localisation.unknown_place"

    def __init__(self, *, name: str, value: str | None, known: Sequence[str | None]) -> None:
        self.name, self.value = name, value
        shown = ", ".join(str(each) for each in known[:10])
        super().__init__(
            f"There is no place with {name} = {value} in these periods. Known: {shown}. "
            "Ask for one of these."
        )


def why_not(cube: Cube, *, place: Mapping[str, str | None], policy: Policy) -> tuple[Asked, ...]:
    """How far a place moved, for each kind of move a result can make, strongest first.

    Args:
        cube: the rows `localise` was given.
        place: dimension values; None is the missing value.
        policy: as for `localise`.

    Returns:
        One answer per kind of move. `z` is against the rest, `p` among all places looked at; where
        there are too few cases `is_tested` is False, z is 0 and p is 1.

    Raises:
        UnknownPlaceError: a dimension or value is not in the rows.
    """
    address = addressed(cube, place)
    rows = rows_of(cube, address)
    whole = change(cube)
    grounds = grounds_of(cube, policy=policy, unsure=set())
    n = round(amounts(cube.base, rows).n + amounts(cube.actual, rows).n)
    answers = []
    inside = np.flatnonzero(rows)
    for laid in grounds:
        sums = laid.channel.fields.of(inside).totals()[:, np.newaxis]
        judged = laid.channel.judge(sums, laid.totals)
        family = Family(tested=laid.tested, kinds=len(grounds))
        is_tested = bool(judged.is_tested[0])
        kind = kind_of(laid, rows)
        moved = carried(cube, rows=rows, kind=kind)
        answers.append(
            Asked(
                slice=named(cube, address),
                kind=kind,
                contribution=moved.value,
                low=moved.low,
                high=moved.high,
                p=float(family.p(judged.z, conditions=len(address))[0]) if is_tested else 1.0,
                z=float(judged.z[0]),
                n=n,
                share=moved.value / whole.value if whole and not whole.could_be_chance else None,
                is_tested=is_tested,
            )
        )
    return tuple(sorted(answers, key=lambda each: -abs(each.z)))


def addressed(cube: Cube, place: Mapping[str, str | None]) -> Address:
    """The address of named values, in the cube's order."""
    for name, value in place.items():
        known: Sequence[str | None] = cube.values.get(name, ())
        if value not in known:
            raise UnknownPlaceError(name=name, value=value, known=known or tuple(cube.dimensions))
    return tuple((name, cube.values[name].index(place[name])) for name in sorted(place))
