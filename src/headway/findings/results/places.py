"""Where a change sits: the localisation engine asked about each result, over what is recorded."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import decomposition, localisation
from headway.analysis.results.book import Book
from headway.findings.results.outcome import UNITS
from headway.terms.answer import (
    Cause,
    CauseKind,
    Comparison,
    Figure,
    Kpi,
    Localisation,
    Missing,
    PlaceMove,
    Unit,
)
from headway.terms.period import Period
from headway.terms.policy import Policy

SELLER = "seller"
TENURE = "tenure_band"
# People grow older: their sums move from band to band with nothing having happened.
GROWS_WITH_PEOPLE = frozenset({Kpi.BOOKINGS, Kpi.OPPORTUNITIES_CREATED})
# Coarse to fine: a seller is his team where both say the same.
HIERARCHIES = (("region", "team", "seller"), ("region", "country"), ("product_family", "product"))
NOT_KNOWN = "(not known)"
# Every result is looked at in one answer, whichever is asked about: chance has as many attempts.
ATTEMPTS = len(Kpi)
# A cause that makes up less than this share of the base is true and tells nobody anything.
SLIGHT_SHARE = 0.01
# How many values of a dimension are offered to ask for; any other can be asked for by name.
MOST_TO_CHOOSE = 60

# What a move outside all places is called.
GENERAL_KINDS: Mapping[Kpi, CauseKind] = {
    Kpi.BOOKINGS: CauseKind.VOLUME,
    Kpi.OPPORTUNITIES_CREATED: CauseKind.VOLUME,
    Kpi.WIN_RATE: CauseKind.RATE,
    Kpi.AVERAGE_AMOUNT: CauseKind.SIZE,
    Kpi.CYCLE_DAYS: CauseKind.SIZE,
}
# In the order of the factors of bookings.
KINDS = (CauseKind.VOLUME, CauseKind.RATE, CauseKind.SIZE)
REFINED = frozenset(KINDS)

MODELS: Mapping[Kpi, localisation.Model] = {
    Kpi.BOOKINGS: localisation.Model.SUM,
    Kpi.WIN_RATE: localisation.Model.BINOMIAL,
    Kpi.AVERAGE_AMOUNT: localisation.Model.MEAN,
    Kpi.OPPORTUNITIES_CREATED: localisation.Model.COUNT,
    Kpi.CYCLE_DAYS: localisation.Model.MEAN,
}


@dataclass(frozen=True, kw_only=True)
class Blank:
    """A dimension whose share of unknown values jumped between the periods."""

    dimension: str
    base_share: float
    actual_share: float


@dataclass(frozen=True, kw_only=True)
class Places:
    """The localisation of one result, and the dimensions whose blanks jumped."""

    localisation: Localisation
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Cases:
    """The opportunities a result is made of: which, in which period, and what each adds."""

    rows: npt.NDArray[np.bool_]
    period: npt.NDArray[np.int8]
    total: npt.NDArray[np.float64] | None


def of(
    book: Book,
    *,
    kpi: Kpi,
    comparison: Comparison,
    before: float,
    has_sellers: bool,
    policy: Policy,
) -> Places:
    """Where the change of a result sits, over every dimension recorded with two values or more.

    `before` is the result in the base: causes below a hundredth of it are left out. Sellers are a
    dimension only in a manager's own run (`has_sellers`). The family-wise error, and with it every
    p, is that of all results together.

    References:
        Sidak (1967), JASA 62:626-633.
    """
    policy = _shared(policy)
    cube = _cube(book, kpi=kpi, comparison=comparison, has_sellers=has_sellers)
    if isinstance(cube, Missing):
        return nothing(kpi, missing=cube)
    found = localisation.localise(cube, policy=policy)
    told = replace(_told(found, kpi=kpi, before=before, policy=policy), known=_known(cube))
    return Places(
        localisation=_refined(told, book=book, comparison=comparison),
        blanks=tuple(
            Blank(
                dimension=blank.dimension,
                base_share=blank.base_share,
                actual_share=blank.actual_share,
            )
            for blank in found.blanks
        ),
    )


def located(source: localisation.Elsewhere, *, kpi: Kpi, policy: Policy) -> Localisation:
    """Where the change of a result sits in a table that stays where it is; otherwise as `of`."""
    policy = _shared(policy)
    base, _actual = source.amounts()
    before = localisation.result(source.model, base) or 0.0
    return _told(
        localisation.localise(source, policy=policy), kpi=kpi, before=before, policy=policy
    )


def why_not(
    book: Book,
    *,
    kpi: Kpi,
    comparison: Comparison,
    place: Mapping[str, str],
    has_sellers: bool,
    policy: Policy,
) -> tuple[PlaceMove, ...]:
    """How far a place moved in a result, in each kind of move, over what `of` looks at.

    Args:
        book: as for `of`.
        kpi: the result.
        comparison: as for `of`.
        place: one to three dimension values; `NOT_KNOWN` is the missing value.
        has_sellers: as for `of`.
        policy: as for `of`.

    Returns:
        One per kind of move, strongest first; none where nothing can be looked at.

    Raises:
        UnknownPlaceError: no such dimension is looked at, or none of the cases has the value.
        TooManyConditionsError: no dimension is given, or more than places are looked for by.
    """
    cube = _cube(book, kpi=kpi, comparison=comparison, has_sellers=has_sellers)
    if cube is Missing.NOT_MEASURED and place:
        name, value = next(iter(place.items()))
        raise localisation.UnknownPlaceError(name=name, value=value, known=())
    if isinstance(cube, Missing):
        return ()
    _expect_known(cube, place)
    wanted = {name: None if value == NOT_KNOWN else value for name, value in place.items()}
    found = localisation.why_not(cube, place=wanted, policy=_shared(policy))
    return tuple(
        PlaceMove(
            kind=each.kind,
            contribution=each.contribution,
            low=each.low,
            high=each.high,
            p=_over_all(each.p),
            z=each.z,
            n_before=each.n_before,
            n_now=each.n_now,
            share=each.share,
            before=each.before,
            now=each.now,
            measure=each.measure if each.measure is Unit.SHARE else UNITS[kpi],
            is_tested=each.is_tested,
            is_unsure=each.is_unsure,
            least=each.least,
            smallest_seen=each.smallest_seen,
        )
        for each in found
    )


def _expect_known(cube: localisation.Cube, place: Mapping[str, str]) -> None:
    # A dimension of a narrowed book still lists the values of all: only those with cases are told.
    for name, value in place.items():
        if name not in cube.dimensions:
            raise localisation.UnknownPlaceError(name=name, value=value, known=cube.dimensions)
        known = _values(cube, name)
        if value not in known:
            raise localisation.UnknownPlaceError(name=name, value=value, known=known)


def _known(cube: localisation.Cube) -> dict[str, tuple[str, ...]]:
    return {name: _values(cube, name)[:MOST_TO_CHOOSE] for name in cube.dimensions}


def _values(cube: localisation.Cube, name: str) -> tuple[str, ...]:
    """The values that have cases, most cases first."""
    counts = np.bincount(cube.codes[name], minlength=len(cube.values[name]))
    order = np.argsort(-counts, kind="stable")
    return tuple(cube.values[name][code] or NOT_KNOWN for code in order if counts[code])


def _cube(
    book: Book, *, kpi: Kpi, comparison: Comparison, has_sellers: bool
) -> localisation.Cube | Missing:
    """The cases of a result in every dimension that is looked at, or why there is nothing."""
    # Whose an opportunity was when it was created says who created it.
    book = book.as_created if kpi is Kpi.OPPORTUNITIES_CREATED else book
    cases = _cases(book, kpi=kpi, comparison=comparison)
    names = tuple(
        name
        for name in dimensions(book, has_sellers=has_sellers)
        if name != TENURE or kpi not in GROWS_WITH_PEOPLE
    )
    if not names or not cases.rows.any():
        return Missing.NO_CASES if names else Missing.NOT_MEASURED
    return localisation.of_cases(
        codes={name: book.dimensions[name].codes[cases.rows] for name in names},
        values={name: book.dimensions[name].values for name in names},
        period=cases.period[cases.rows],
        total=None if cases.total is None else cases.total[cases.rows],
        model=MODELS[kpi],
        hierarchies=hierarchies(names),
        drifting=frozenset({TENURE}),
    )


def _shared(policy: Policy) -> Policy:
    alone = 1 - (1 - policy.family_wise_error) ** (1 / ATTEMPTS)
    return replace(policy, family_wise_error=alone)


def _over_all(p: float) -> float:
    """The chance of so small a p in any of the results."""
    return -math.expm1(ATTEMPTS * math.log1p(-p)) if p < 1 else 1.0


def carried_by(book: Book, *, comparison: Comparison) -> CauseKind:
    """What carries most of a change of bookings: how many were decided, how many won, how large.

    References:
        LMDI-I over decided x win rate x average amount (`analysis.methods.decomposition`).
    """
    sides = [_factors(book, period=period) for period in (comparison.base, comparison.actual)]
    base, actual = (np.array(side)[:, np.newaxis] for side in sides)
    totals = decomposition.of_product(base, actual).totals
    direction = np.sign(actual.prod() - base.prod())
    return KINDS[int(np.argmax(totals * direction))]


def _factors(book: Book, *, period: Period) -> list[float]:
    decided = book.decided_in(period)
    won = decided & book.is_won & ~np.isnan(book.amount)
    n, k, total = float(decided.sum()), float(won.sum()), float(book.amount[won].sum())
    return [n, k / n if n else 0.0, total / k if k else 0.0]


def nothing(kpi: Kpi, *, missing: Missing | None) -> Places:
    """No place was looked at, and why."""
    empty = Localisation(kpi=kpi, causes=(), looked_at=0, dimensions=(), missing=missing)
    return Places(localisation=empty)


def dimensions(book: Book, *, has_sellers: bool) -> tuple[str, ...]:
    """The dimensions that can tell places apart."""
    return tuple(
        name
        for name, dimension in book.dimensions.items()
        if len(dimension.values) > 1 and (has_sellers or name != SELLER)
    )


def hierarchies(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The chains of dimensions among those named, coarse to fine."""
    kept = (tuple(name for name in chain if name in names) for chain in HIERARCHIES)
    return tuple(chain for chain in kept if len(chain) > 1)


def _cases(book: Book, *, kpi: Kpi, comparison: Comparison) -> _Cases:
    is_in = book.created_in if kpi is Kpi.OPPORTUNITIES_CREATED else book.decided_in
    before, now = is_in(comparison.base), is_in(comparison.actual)
    period = np.full(len(book), -1, dtype=np.int8)
    period[before], period[now] = 0, 1
    rows = before | now
    if kpi is Kpi.OPPORTUNITIES_CREATED:
        return _Cases(rows=rows, period=period, total=None)
    if kpi is Kpi.WIN_RATE:
        return _Cases(rows=rows, period=period, total=book.is_won.astype(np.float64))
    rows &= book.is_won
    if kpi is Kpi.CYCLE_DAYS:
        rows &= book.created_on <= book.decided_on
        days = (book.decided_on - book.created_on).astype(np.float64)
        return _Cases(rows=rows, period=period, total=days)
    return _Cases(rows=rows & ~np.isnan(book.amount), period=period, total=book.amount)


def _told(
    found: localisation.Localised, *, kpi: Kpi, before: float, policy: Policy
) -> Localisation:
    slight = SLIGHT_SHARE * abs(before)
    causes = tuple(_cause(place) for place in found.causes if abs(place.contribution) >= slight)
    general = _everywhere(found, kpi=kpi, policy=policy)
    seen = found.smallest_seen
    return Localisation(
        kpi=kpi,
        causes=causes + (() if general is None else (general,)),
        looked_at=found.looked_at,
        dimensions=found.dimensions,
        smallest_seen=None if seen is None else seen.change,
        smallest_in=None if seen is None else seen.dimension,
        smallest_at=None if seen is None else seen.value or NOT_KNOWN,
        missing=found.missing,
    )


def _refined(found: Localisation, *, book: Book, comparison: Comparison) -> Localisation:
    # A sum moves by how many, by how often they are won, and by how large they are: say which.
    if found.kpi is not Kpi.BOOKINGS:
        return found
    causes = tuple(
        replace(cause, kind=carried_by(_within(book, where=cause.slice), comparison=comparison))
        if cause.kind in REFINED
        else cause
        for cause in found.causes
    )
    return replace(found, causes=causes)


def _within(book: Book, *, where: Mapping[str, str]) -> Book:
    wanted = np.ones(len(book), dtype=bool)
    for name, value in where.items():
        wanted &= book.dimensions[name].equals(None if value == NOT_KNOWN else value)
    return book.only(wanted)


def _cause(place: localisation.Place) -> Cause:
    return Cause(
        slice={name: value or NOT_KNOWN for name, value in place.slice.items()},
        kind=place.kind,
        contribution=place.contribution,
        low=place.low,
        high=place.high,
        p=_over_all(place.p),
        n=place.n,
        share=place.share,
        before=place.before,
        now=place.now,
        measure=place.measure,
    )


def _everywhere(found: localisation.Localised, *, kpi: Kpi, policy: Policy) -> Cause | None:
    general = found.everywhere
    if general is None or general.p > policy.family_wise_error:
        return None
    # What came takes the place of what was there, and what went leaves it to the rest: such a move
    # of the rest is arithmetic. So is one against the change that the places named carry.
    kinds = {place.kind for place in found.causes}
    if kinds & {CauseKind.ENTRY, CauseKind.EXIT} or (kinds and general.change * found.change < 0):
        return None
    return Cause(
        slice={},
        kind=GENERAL_KINDS[kpi],
        contribution=general.change,
        low=general.low,
        high=general.high,
        p=_over_all(general.p),
        n=0,
        share=general.change / found.change if found.change else None,
        before=Figure(value=None),
        now=Figure(value=None),
        measure=UNITS[kpi],
    )
