"""The effect of coaching on practice: those coached beside those not yet coached.

Who rose after coaching may have risen without it: everybody may have, with the season, and whoever
was picked after a bad quarter rises by chance alone. So the change of each person coached is told
less the change of those not yet coached in the same quarter, both held against quarters before
anybody was picked. Those already coached are never the others.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from headway.analysis.coaching.panel import Floats, Panel, Places
from headway.terms.coaching import EffectGate
from headway.terms.policy import Policy

_FEWEST_ITEMS, _FEWEST_QUARTERS = 5, 2
# Whoever picks people for a bad spell looks back on two quarters. The last before the first start
# is always left out of the base; the one before it too where so many start at once that what they
# were picked for would weigh in it by more than `Policy.helps_beyond`.
_AT_ONCE = 1 / 3
# A share of n items is worth n / (n + 24) of a person: its own chance beside a true share that
# moves by ten points from quarter to quarter.
_OWN_CHANCE = 24.0
# So sure it must be that those coached went another way before, that nothing is told of them.
_PARTED = 0.99

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A difference of shares (-1..1), its standard error and the degrees of freedom of that."""

    value: float
    spread: float
    freedom: int

    def ends(self, level: float) -> tuple[float, float]:
        """The range in which it lies with this confidence."""
        from scipy.special import stdtrit  # noqa: PLC0415  heavy

        half = float(self.spread * stdtrit(self.freedom, (1 + level) / 2))
        return self.value - half, self.value + half


@dataclass(frozen=True, kw_only=True, eq=False)
class Sides:
    """People by quarters: by how much each share lies above the person's own base, and its weight.

    `with_it` marks the person-quarters from the start of coaching on, `without` those before it;
    both lie in quarters that can be compared. `base` are the quarters before anybody was picked, of
    which the last is left out, and the last two where more than a third start in the first quarter
    of all: what made a manager pick somebody lies in them.
    """

    above: Floats
    weight: Floats
    with_it: Marks
    without: Marks
    managers: Places
    base: slice
    level: Floats

    @cached_property
    def coached(self) -> Marks:
        """Who was coached, in a quarter that can be compared."""
        return np.asarray(self.with_it.any(axis=1))

    @cached_property
    def others(self) -> Marks:
        """Who was not yet coached in a quarter that can be compared."""
        return np.asarray(self.without.any(axis=1))

    def among(self, people: Marks) -> "Estimate | None":
        """The effect among some people, held against others of the same."""
        return _difference(self, people=people)


def sides(panel: Panel, *, policy: Policy) -> Sides | None:
    """Who can be compared, and when; None outside the gates.

    A quarter is compared in which enough people under enough managers were not yet coached. As many
    must have been coached in two such quarters or more, after four quarters of work or more.

    References:
        Callaway & Sant'Anna (2021), Journal of Econometrics 225:200-230, for the comparison with
        those not yet treated, quarter by quarter; the base that all share is own: one of its own
        for everybody ends after others were picked for a bad quarter, and those who were not lie
        too high in it. Domain model, 2.5.6, for the gates.
    """
    before = policy.min_quarters_before_coaching
    is_known = panel.began >= before
    started = panel.began[is_known & (panel.began < panel.quarters)]
    if not len(started):
        return None
    first = int(started.min())
    base = slice(0, first - (2 if (started == first).mean() > _AT_ONCE else 1))
    level = _level(panel, base=base)
    is_known &= (panel.n[:, base] > 0).sum(axis=1) >= _FEWEST_QUARTERS
    is_known &= panel.n[:, base].sum(axis=1) >= _FEWEST_ITEMS
    quarter = np.arange(panel.quarters)
    is_there = is_known[:, None] & (panel.n > 0) & (quarter >= first)
    is_after = quarter >= panel.began[:, None]
    without = is_there & ~is_after
    without &= _enough(without, managers=panel.managers, policy=policy)
    with_it = is_there & is_after & without.any(axis=0)
    lasting = with_it.sum(axis=1) >= policy.min_quarters_since_coaching
    if not _enough(lasting[:, None], managers=panel.managers, policy=policy).all():
        return None
    return Sides(
        above=_share(panel.k, panel.n) - level[:, None],
        weight=panel.n / (panel.n + _OWN_CHANCE),
        with_it=with_it,
        without=without,
        managers=panel.managers,
        base=base,
        level=level,
    )


def missing(panel: Panel, *, policy: Policy) -> tuple[EffectGate, ...]:
    """Which gates are not met where `sides` has none; () where it has some.

    Quarters are missing where people and managers would do, but not for as long as is needed.
    """
    if sides(panel, policy=policy) is not None:
        return ()
    least = policy.min_people_of_effect, policy.min_managers_of_effect
    is_coached = (panel.began >= 0) & (panel.began < panel.quarters)
    is_coached &= (panel.n > 0).any(axis=1)
    if not is_coached.any():
        return (EffectGate.WORK,)
    quarter = np.arange(panel.quarters)
    is_other = (panel.n > 0) & (quarter < panel.began[:, None])
    others = is_other[:, int(panel.began[is_coached].min()) :]
    counts = [(int(is_coached.sum()), len(np.unique(panel.managers[is_coached])))]
    counts.append(max((int(one.sum()), len(np.unique(panel.managers[one]))) for one in others.T))
    gates = (EffectGate.PEOPLE, EffectGate.MANAGERS)
    found = tuple(
        gate
        for place, gate in enumerate(gates)
        if any(count[place] < least[place] for count in counts)
    )
    return found or (EffectGate.QUARTERS,)


def of(found: Sides) -> Estimate | None:
    """The average effect on those coached, over their quarters since; None where nothing varies."""
    return found.among(np.ones(len(found.managers), dtype=bool))


def parted_before(found: Sides) -> bool:
    """Whether those coached later surely went another way than the others in the base already."""
    known = before(found)
    if known is None:
        return False
    low, high = known.ends(_PARTED)
    return not low <= 0 <= high


def before(found: Sides) -> Estimate | None:
    """How otherwise those coached later moved in the base; None where nothing is known of it.

    The second half of the base less the first, among those coached, less the same among those not.
    """
    first, last = found.base.start, found.base.stop
    half = (first + last + 1) // 2
    quarter = np.arange(found.above.shape[1])
    is_late = (quarter >= half) & (quarter < last)
    is_early = quarter < last - half
    if not is_late.any() or not is_early.any():
        return None
    weight = np.where(found.weight > 0, found.weight, 0.0)
    late, early = (_mean(found.above, weight * chosen) for chosen in (is_late, is_early))
    is_known = ~np.isnan(late - early)
    side = Sides(
        above=np.where(is_known, late - early, 0.0)[:, None],
        weight=np.ones((len(is_known), 1)),
        with_it=(is_known & found.coached)[:, None],
        without=(is_known & found.others & ~found.coached)[:, None],
        managers=found.managers,
        base=found.base,
        level=found.level,
    )
    return of(side)


def _level(panel: Panel, *, base: slice) -> Floats:
    """How far the share of each person lay above that of everybody in the same quarters, 0 on none.

    Nobody was coached in them yet, so that all of them show what a quarter was like.
    """
    k, n = panel.k[:, base], panel.n[:, base]
    usual = _share(k.sum(axis=0), n.sum(axis=0))
    expected = n @ np.nan_to_num(usual)
    return np.nan_to_num(_share(k.sum(axis=1) - expected, n.sum(axis=1)))


def _enough(marks: Marks, *, managers: Places, policy: Policy) -> Marks:
    """In which columns enough people under enough managers are marked."""
    count = np.array([len(np.unique(managers[column])) for column in marks.T])
    found: Marks = (marks.sum(axis=0) >= policy.min_people_of_effect) & (
        count >= policy.min_managers_of_effect
    )
    return found


def _difference(found: Sides, *, people: Marks) -> Estimate | None:
    """Each person-quarter with coaching less the mean of those without in the same quarter.

    The variance is the jackknife's: each manager in turn is left out with all their people. So it
    holds where people of one manager are alike, and where whole teams begin at once. Student's t
    with the managers of the smaller side less one.

    References:
        MacKinnon, Nielsen & Webb (2023), Journal of Applied Econometrics 38:671-694.
    """
    chosen = people[:, None]
    is_with, is_without = found.with_it & chosen, found.without & chosen
    names, team = np.unique(found.managers, return_inverse=True)

    def per_team(values: Floats, marks: Marks) -> Floats:
        summed = np.zeros((len(names), values.shape[1]))
        np.add.at(summed, team, np.where(marks, values, 0.0))
        return summed

    weighted = np.nan_to_num(found.above) * found.weight
    parts = [
        per_team(values, marks)
        for marks in (is_with, is_without)
        for values in (weighted, found.weight)
    ]
    value = float(_effect([part.sum(axis=0) for part in parts]))
    counts = [len(np.unique(team[marks.any(axis=1)])) for marks in (is_with, is_without)]
    freedom = min(counts) - 1
    if freedom < 1:
        return None
    without = _effect([part.sum(axis=0) - part for part in parts])
    spread = float(np.sqrt((len(names) - 1) / len(names) * ((without - value) ** 2).sum()))
    if not spread > 0 or not np.isfinite(spread):
        return None
    return Estimate(value=value, spread=spread, freedom=freedom)


def _effect(parts: list[Floats]) -> Floats:
    """From sums and weights by quarter, of those coached and of those not."""
    above, weight, others, others_weight = parts
    usual = np.nan_to_num(_share(others, others_weight))
    counted = np.where(others_weight > 0, weight, 0.0)
    total = np.where(others_weight > 0, above - weight * usual, 0.0).sum(axis=-1)
    effect: Floats = _share(total, counted.sum(axis=-1))
    return effect


def _mean(values: Floats, weight: Floats) -> Floats:
    return _share((np.nan_to_num(values) * weight).sum(axis=1), weight.sum(axis=1))


def _share(part: Floats, whole: Floats) -> Floats:
    """NaN where there is nothing."""
    found: Floats = np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)
    return found
