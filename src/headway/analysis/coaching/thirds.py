"""People by thirds of where they stood before: who got the sessions, and whom they helped."""

import math
from collections.abc import Sequence

import numpy as np

from headway.analysis.coaching.effect import Estimate, Marks, Sides
from headway.analysis.coaching.panel import Floats, Panel, Places
from headway.terms.coaching import Allocation

# Two in each third: the share of one alone would be a statement about that person.
_FEWEST_PEOPLE = 6
_TOP, _MIDDLE, _EARLY = 2, 1, 0


def allocation(panel: Panel) -> Allocation | None:
    """Shares of the counting sessions by third of the practice rate before anybody was coached.

    Returns:
        None where fewer than six people had eligible work before the first session of all, or none
        of them has had one. Sessions with people who had no such work are left out.
    """
    k, n = panel.before
    known = n > 0
    if known.sum() < _FEWEST_PEOPLE or not panel.sessions[known].any():
        return None
    counted = np.bincount(
        third(k[known] / n[known]), weights=panel.sessions[known].astype(float), minlength=3
    )
    shares = (counted / counted.sum()).tolist()
    return Allocation(top=shares[_TOP], middle=shares[_MIDDLE], early=shares[_EARLY])


def third(rates: Floats) -> Places:
    """In which third each stands: 0 the lowest, 2 the highest.

    People of one rate stand in one third, that of the middle of their ranks.

    Examples:
        >>> third(np.array([0.1, 0.5, 0.9, 0.2, 0.6, 0.8])).tolist()
        [0, 1, 2, 0, 1, 2]
        >>> third(np.array([0.0, 0.0, 0.0])).tolist()
        [1, 1, 1]
    """
    ordered = np.sort(rates)
    below = np.searchsorted(ordered, rates, side="left")
    up_to = np.searchsorted(ordered, rates, side="right")
    middle = (below + up_to) / 2
    found: Places = np.floor(3 * middle / len(rates)).astype(np.intp)
    return np.clip(found, 0, 2)


def effects(found: Sides, *, least: int) -> tuple[Estimate | None, ...]:
    """The effect in each third, the lowest first, each against others of the same third.

    Each is drawn towards what all three say together, the more, the less it says itself, so that
    chance alone does not make one third seem to gain what another does not. None where a third
    cannot be compared, or fewer than `least` of it were coached or not.
    """
    comparable: Marks = found.coached | found.others
    place = np.full(len(comparable), -1)
    place[comparable] = third(found.level[comparable])
    in_third: list[Marks] = [place == each for each in range(3)]
    return shrunken(
        [
            found.among(people)
            if min((people & found.coached).sum(), (people & found.others).sum()) >= least
            else None
            for people in in_third
        ]
    )


def shrunken(estimates: Sequence[Estimate | None]) -> tuple[Estimate | None, ...]:
    """Each estimate drawn towards their common mean by how far they lie apart beyond chance.

    References:
        DerSimonian & Laird (1986), Controlled Clinical Trials 7:177-188, for how far they lie
        apart; Efron & Morris (1975), JASA 70:311-319, for drawing them in.

    Examples:
        >>> alike = [Estimate(value=each, spread=0.05, freedom=9) for each in (0.08, 0.10, 0.12)]
        >>> [round(each.value, 3) for each in shrunken(alike)]
        [0.1, 0.1, 0.1]
    """
    known = [each for each in estimates if each is not None]
    if len(known) < 2:  # noqa: PLR2004  nothing to be drawn towards
        return tuple(estimates)
    weights = [1 / each.spread**2 for each in known]
    total = sum(weights)
    common = sum(w * each.value for w, each in zip(weights, known, strict=True)) / total
    apart = sum(w * (each.value - common) ** 2 for w, each in zip(weights, known, strict=True))
    scale = total - sum(w * w for w in weights) / total
    between = max(0.0, (apart - (len(known) - 1)) / scale)
    return tuple(
        each and _drawn(each, common=common, between=between, total=total) for each in estimates
    )


def _drawn(own: Estimate, *, common: float, between: float, total: float) -> Estimate:
    """The own share of it grows with what lies between; the common mean is unsure itself."""
    kept = between / (between + own.spread**2)
    spread = math.sqrt(kept * own.spread**2 + (1 - kept) ** 2 / total)
    return Estimate(
        value=kept * own.value + (1 - kept) * common, spread=spread, freedom=own.freedom
    )
