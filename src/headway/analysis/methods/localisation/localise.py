"""Where a change sits: from the rows of two periods to the few places that moved, or to none."""

from dataclasses import dataclass

from headway.analysis.methods.localisation.at_hand import AtHand
from headway.analysis.methods.localisation.contribution import (
    MOVED,
    Both,
    Carried,
    carried,
    change,
    own_measure,
)
from headway.analysis.methods.localisation.cube import Cube, Model
from headway.analysis.methods.localisation.cuboids import Address, lattice
from headway.analysis.methods.localisation.forecast import is_forecast, ripples
from headway.analysis.methods.localisation.places import BlankJump, Everywhere, Localised, Place
from headway.analysis.methods.localisation.power import smallest_seen
from headway.analysis.methods.localisation.recording import blank_jumps
from headway.analysis.methods.localisation.search import (
    Candidate,
    Ground,
    ground,
    scatter,
    search,
)
from headway.analysis.methods.localisation.significance import Family
from headway.analysis.methods.localisation.source import Source
from headway.terms.answer import CauseKind, Missing
from headway.terms.place import MOST_CONDITIONS
from headway.terms.policy import Policy

# Support below which a place is not even looked at, over both periods.
MIN_N = 20
RATIOS = (Model.BINOMIAL, Model.MEAN)
# Places that scatter less than this much wider than chance are taken to scatter by chance.
CLEARLY_WIDER = 1.2
# A place is named only if it carries at least this share of the largest contribution.
RELEVANT_SHARE = 0.2


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A candidate with the kind of its channel, its sums and what it contributes."""

    candidate: Candidate
    kind: CauseKind
    here: Both
    carried: Carried


def source_of(cube: Cube | Source) -> Source:
    """What is searched: rows at hand, or what is kept elsewhere."""
    return AtHand(cube=cube) if isinstance(cube, Cube) else cube


def localise(given: Cube | Source, *, policy: Policy) -> Localised:
    """The fewest places that explain the change of a result between two periods.

    Args:
        given: rows of both periods, see `Cube` and `of_cases`; or a table elsewhere, `of_table`.
        policy: how many causes, which family-wise error, how many cases to name a rate.

    Returns:
        At most `policy.max_causes` places, each beyond the family-wise threshold against the rest,
        with kind and signed contribution; none where nothing moved more than chance, then with the
        smallest change that would have been seen. `missing` is set where a period has no cases or
        no place has enough of them.
    """
    cube = source_of(given)
    both = cube.amounts()
    whole = change(cube.model, both)
    if whole is None or not all(side.n for side in both):
        return _nothing(cube, Missing.NO_CASES)
    if isinstance(given, Cube) and is_forecast(given):
        found, looked_at = ripples(given, alpha=policy.family_wise_error, most=policy.max_causes)
        return _of_forecast(cube, found, looked_at=looked_at, whole=whole)
    blanks = blank_jumps(cube, alpha=policy.family_wise_error)
    grounds = grounds_of(cube, policy=policy, unsure=unsure_of(cube, blanks))
    looked_at = sum(sum(laid.tested.values()) for laid in grounds)
    if not looked_at:
        return _nothing(cube, Missing.TOO_FEW)
    chosen, everywhere = _chosen(cube, grounds, policy=policy, whole=whole)
    places = tuple(_place(cube, hit, whole=whole) for hit in chosen)
    family = Family(tested=grounds[0].tested, kinds=len(grounds))
    return Localised(
        places=places,
        change=whole.value,
        remainder=whole.value - sum(each.contribution for each in places),
        looked_at=looked_at,
        dimensions=cube.dimensions,
        everywhere=everywhere,
        blanks=blanks,
        seen=smallest_seen(grounds[0], family=family, alpha=policy.family_wise_error),
    )


def _of_forecast(
    cube: Source, found: tuple[Candidate, ...], *, looked_at: int, whole: Carried
) -> Localised:
    """The places whose leaves left their forecast together, in the order of their evidence."""
    hits = []
    for each in found:
        here, kind = cube.amounts(each.address), CauseKind.VOLUME
        moved = carried(cube.model, here=here, whole=cube.amounts(), kind=kind)
        hits.append(Hit(candidate=each, kind=kind, here=here, carried=moved))
    places = tuple(_place(cube, hit, whole=whole) for hit in hits)
    return Localised(
        places=places,
        change=whole.value,
        remainder=whole.value - sum(each.contribution for each in places),
        looked_at=looked_at,
        dimensions=cube.dimensions,
        everywhere=_everywhere(cube, hits),
    )


def _nothing(cube: Source, missing: Missing) -> Localised:
    return Localised(
        places=(),
        change=0.0,
        remainder=0.0,
        looked_at=0,
        dimensions=cube.dimensions,
        missing=missing,
    )


def unsure_of(cube: Source, blanks: tuple[BlankJump, ...]) -> set[str]:
    """The dimensions whose volumes and mix say nothing: recorded differently, or drifting."""
    return {jump.dimension for jump in blanks} | cube.drifting


def grounds_of(cube: Source, *, policy: Policy, unsure: set[str]) -> list[Ground]:
    """One ground per kind of move; where recording changed, volumes say nothing."""
    wanted = lattice(cube, conditions=MOST_CONDITIONS)
    everything = cube.blocks(wanted)
    trusted = everything
    if unsure:
        trusted = cube.blocks([each for each in wanted if not unsure & set(each)])
    tests = cube.channels(min_n=MIN_N, min_n_period=policy.min_cases_for_place)
    return [
        ground(
            cube,
            channel,
            blocks=trusted if channel.kind in MOVED else everything,
            conditions=MOST_CONDITIONS,
        )
        for channel in tests
    ]


def _chosen(
    cube: Source, grounds: list[Ground], *, policy: Policy, whole: Carried
) -> tuple[list[Hit], Everywhere | None]:
    """The places named, and what the rest carries.

    Few places that stood against a fall and many that fell are one truth in two ways to say it.
    Where what was found stands against the change, places that go with it are named instead if they
    leave less of a move to the rest.
    """
    found = _named(grounds, policy=policy, toward=0)
    rest = _everywhere(cube, found)
    if rest is None or not any(hit.carried.value * whole.value < 0 for hit in found):
        return found, rest
    along = _named(grounds, policy=policy, toward=1 if whole.value > 0 else -1)
    rest_along = _everywhere(cube, along)
    if along and rest_along is not None and abs(rest_along.z) < abs(rest.z):
        return along, rest_along
    return found, rest


def _named(grounds: list[Ground], *, policy: Policy, toward: int) -> list[Hit]:
    """What all kinds of move found; `toward` 1 or -1 looks at what raises or lowers the result.

    Which way a share of the mix moved does not say which way it moves the result.
    """
    hits = [
        hit
        for laid in grounds
        for hit in _hits(
            laid,
            kinds=len(grounds),
            policy=policy,
            toward=0 if laid.channel.kind is CauseKind.MIX else toward,
        )
    ]
    return _relevant(_one_each(hits))[: policy.max_causes]


def _hits(laid: Ground, *, kinds: int, policy: Policy, toward: int) -> list[Hit]:
    """What one kind of move found; looked for again where places scatter more than chance."""
    alpha, most = policy.family_wise_error, policy.max_causes
    family = Family(tested=laid.tested, kinds=kinds)
    found = search(laid, family=family, alpha=alpha, most=most, toward=toward)
    if found:
        wider = scatter(laid, [each.address for each in found])
        if wider > CLEARLY_WIDER:
            family = Family(tested=laid.tested, kinds=kinds, spread=wider)
            found = search(laid, family=family, alpha=alpha, most=most, toward=toward)
    hits = []
    for each in found:
        here, whole = laid.cube.amounts(each.address), laid.cube.amounts()
        kind = kind_of(laid, here)
        moved = carried(laid.cube.model, here=here, whole=whole, kind=kind)
        hits.append(Hit(candidate=each, kind=kind, here=here, carried=moved))
    return hits


def kind_of(laid: Ground, here: Both) -> CauseKind:
    """The kind of move: that of the test, or entry or exit where a period has no cases."""
    if laid.channel.kind not in MOVED:
        return laid.channel.kind
    base, actual = here
    if not base.n:
        return CauseKind.ENTRY
    return laid.channel.kind if actual.n else CauseKind.EXIT


def _one_each(hits: list[Hit]) -> list[Hit]:
    """A place that moved in two ways stands once, with the stronger."""
    strongest: dict[Address, Hit] = {}
    for hit in sorted(hits, key=lambda each: -each.candidate.gain):
        strongest.setdefault(hit.candidate.address, hit)
    return list(strongest.values())


def _relevant(hits: list[Hit]) -> list[Hit]:
    """Largest contribution first; a move that hardly touches the result is no cause of it."""
    largest = max((abs(hit.carried.value) for hit in hits), default=0.0)
    kept = [hit for hit in hits if abs(hit.carried.value) >= RELEVANT_SHARE * largest]
    return sorted(kept, key=lambda hit: (-abs(hit.carried.value), hit.candidate.address))


def _place(cube: Source, hit: Hit, *, whole: Carried) -> Place:
    before, now, unit = own_measure(cube.model, here=hit.here, whole=cube.amounts(), kind=hit.kind)
    return Place(
        slice=named(cube, hit.candidate.address),
        kind=hit.kind,
        contribution=hit.carried.value,
        low=hit.carried.low,
        high=hit.carried.high,
        p=hit.candidate.p,
        z=hit.candidate.z,
        n=round(sum(side.n for side in hit.here)),
        share=None if whole.could_be_chance else hit.carried.value / whole.value,
        before=before,
        now=now,
        measure=unit,
    )


def named(cube: Source, address: Address) -> dict[str, str | None]:
    """The values an address stands for."""
    return {name: cube.values[name][code] for name, code in address}


def _everywhere(cube: Source, hits: list[Hit]) -> Everywhere | None:
    """What the cases outside the places named carry, by their weight in the whole.

    Where a place is one of mix, its dimensions are held fixed: what went there came from
    somewhere, and a rest that weighs differently has not moved.
    """
    from scipy.special import ndtr  # noqa: PLC0415  scipy is heavy

    places = [hit.candidate.address for hit in hits]
    if change(cube.model, cube.amounts(outside=places)) is None:
        return None
    mixed = {name for hit in hits if hit.kind in MOVED for name, _ in hit.candidate.address}
    held = sorted(mixed) if cube.model in RATIOS else []
    whole = cube.amounts()
    moved = [
        carried(cube.model, here=part, whole=whole, kind=CauseKind.RATE)
        for part in cube.amounts_apart(held, outside=places)
    ]
    rest = Carried(
        value=sum(each.value for each in moved), variance=sum(each.variance for each in moved)
    )
    z = rest.value / rest.variance**0.5 if rest.variance > 0 else 0.0
    p = 2 * float(ndtr(-abs(z)))
    return Everywhere(change=rest.value, low=rest.low, high=rest.high, z=z, p=p)
