"""Why a place that somebody asks for is not named, or is: its test, its contribution, its cases."""

from collections.abc import Mapping, Sequence

from headway.analysis.methods.localisation.contribution import (
    MOVED,
    carried,
    change,
    own_measure,
)
from headway.analysis.methods.localisation.cube import Cube
from headway.analysis.methods.localisation.cuboids import Address
from headway.analysis.methods.localisation.localise import (
    MIN_N,
    grounds_of,
    kind_of,
    named,
    source_of,
    unsure_of,
)
from headway.analysis.methods.localisation.places import Asked
from headway.analysis.methods.localisation.power import detectable, fall
from headway.analysis.methods.localisation.recording import blank_jumps
from headway.analysis.methods.localisation.search import Ground
from headway.analysis.methods.localisation.significance import Family
from headway.analysis.methods.localisation.source import Source
from headway.terms.errors import HeadwayError
from headway.terms.place import MOST_CONDITIONS
from headway.terms.policy import Policy


class UnknownPlaceError(HeadwayError):
    """A place was asked for that the rows do not have."""

    code = "localisation.unknown_place"

    def __init__(self, *, name: str, value: str | None, known: Sequence[str | None]) -> None:
        self.name, self.value = name, value
        shown = ", ".join(str(each) for each in known[:10])
        advice = (
            f"Known: {shown}. Ask for one of these."
            if known
            else "No region, product or other such column is recorded, so there are no places."
        )
        super().__init__(f"There is no place with {name} = {value} in these periods. {advice}")


class TooManyConditionsError(HeadwayError):
    """A place was asked for by more dimensions than places are looked for by."""

    code = "localisation.too_many_conditions"

    def __init__(self, found: int) -> None:
        super().__init__(
            f"The place is told by {found} dimensions; places are looked for by one to "
            f"{MOST_CONDITIONS}. Ask for it by fewer."
        )


def why_not(
    given: Cube | Source, *, place: Mapping[str, str | None], policy: Policy
) -> tuple[Asked, ...]:
    """How far a place moved, for each kind of move a result can make, strongest first.

    Args:
        given: what `localise` was given.
        place: one to three dimension values; None is the missing value.
        policy: as for `localise`.

    Returns:
        One answer per kind of move. `z` is against the rest, `p` among all places looked at; where
        there are too few cases `is_tested` is False, z is 0 and p is 1.

    Raises:
        UnknownPlaceError: a dimension or value is not in the rows.
        TooManyConditionsError: no dimension is given, or more than places are looked for by.
    """
    if not 1 <= len(place) <= MOST_CONDITIONS:
        raise TooManyConditionsError(len(place))
    cube = source_of(given)
    address = addressed(cube, place)
    blanks = blank_jumps(cube, alpha=policy.family_wise_error)
    unsure = unsure_of(cube, blanks)
    grounds = grounds_of(cube, policy=policy, unsure=unsure)
    answers = [
        _asked(
            laid,
            address=address,
            kinds=len(grounds),
            is_unsure=laid.channel.kind in MOVED and bool(unsure & set(place)),
            policy=policy,
        )
        for laid in grounds
    ]
    return tuple(sorted(answers, key=lambda each: -abs(each.z)))


def _asked(laid: Ground, *, address: Address, kinds: int, is_unsure: bool, policy: Policy) -> Asked:
    cube = laid.cube
    here, all_ = cube.amounts(address), cube.amounts()
    sums = laid.channel.figures.within([address]).totals()[:, None]
    judged = laid.channel.judge(sums, laid.totals)
    is_tested = bool(judged.is_tested[0]) and not is_unsure
    family = Family(tested=laid.tested, kinds=kinds)
    kind = kind_of(laid, here)
    whole = change(cube.model, all_)
    moved = carried(cube.model, here=here, whole=all_, kind=kind)
    before, now, unit = own_measure(cube.model, here=here, whole=all_, kind=kind)
    seen = detectable(
        float(judged.error[0]),
        family=family,
        alpha=policy.family_wise_error,
        conditions=len(address),
    )
    return Asked(
        slice=named(cube, address),
        kind=kind,
        contribution=moved.value,
        low=moved.low,
        high=moved.high,
        p=float(family.p(judged.z, conditions=len(address))[0]) if is_tested else 1.0,
        z=float(judged.z[0]) if is_tested else 0.0,
        n_before=round(here[0].n),
        n_now=round(here[1].n),
        share=moved.value / whole.value if whole and not whole.could_be_chance else None,
        before=before,
        now=now,
        measure=unit,
        is_tested=is_tested,
        is_unsure=is_unsure,
        smallest_seen=fall(laid, seen, base=here[0]) if is_tested else None,
        least=MIN_N if laid.channel.kind in MOVED else policy.min_cases_for_place,
    )


def addressed(cube: Source, place: Mapping[str, str | None]) -> Address:
    """The address of named values, in the cube's order."""
    for name, value in place.items():
        known: Sequence[str | None] = cube.values.get(name, ())
        if value not in known:
            raise UnknownPlaceError(name=name, value=value, known=known or tuple(cube.dimensions))
    return tuple((name, cube.values[name].index(place[name])) for name in sorted(place))
