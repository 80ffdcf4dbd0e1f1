"""Whether people coached regularly stay more often: those coached beside those who were not.

A difference goes together with coaching and need not come of it. What can be held alike is held
alike; the rest is named beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.coaching.effect import Estimate
from headway.terms.policy import Policy
from headway.terms.staying import Lack, StayGate, StaySide

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class AtRisk:
    """People by quarters in which it was looked who stayed; one entry for each of both.

    `person` and `manager` are numbers, `stratum` that of those who are alike: in the same quarter,
    of the same band of tenure, in the same half of teams by results. `is_coached` = coached
    regularly in a quarter long before, `has_left` = did not stay through this one.
    """

    person: Places
    manager: Places
    stratum: Places
    is_coached: Marks
    has_left: Marks

    def chosen(self, kept: Marks) -> "AtRisk":
        """Some of the entries alone."""
        return AtRisk(
            person=self.person[kept],
            manager=self.manager[kept],
            stratum=self.stratum[kept],
            is_coached=self.is_coached[kept],
            has_left=self.has_left[kept],
        )


def comparable(found: AtRisk) -> AtRisk:
    """Those who have somebody on the other side who is alike."""
    size = int(found.stratum.max()) + 1 if len(found.stratum) else 0
    counts = [
        np.bincount(found.stratum[side], minlength=size)
        for side in (found.is_coached, ~found.is_coached)
    ]
    return found.chosen((np.minimum(*counts) > 0)[found.stratum])


def lacks(found: AtRisk, *, policy: Policy) -> tuple[Lack, ...]:
    """Which gates are not met among those who can be compared; () where all are."""
    people, managers = policy.min_people_of_effect, policy.min_managers_of_effect
    coached, others = found.chosen(found.is_coached), found.chosen(~found.is_coached)
    counted = (
        (StayGate.PEOPLE_COACHED, len(np.unique(coached.person)), people),
        (StayGate.PEOPLE_OTHERS, len(np.unique(others.person)), people),
        (StayGate.MANAGERS_COACHED, len(np.unique(coached.manager)), managers),
        (StayGate.MANAGERS_OTHERS, len(np.unique(others.manager)), managers),
        (StayGate.LEAVERS, int(found.has_left.sum()), policy.min_leavers_of_staying),
    )
    return tuple(
        Lack(gate=gate, seen=seen, needed=needed) for gate, seen, needed in counted if seen < needed
    )


def side(found: AtRisk, *, is_coached: bool) -> StaySide:
    """One side as it is, without holding anything alike; there has to be somebody on it."""
    chosen = found.chosen(found.is_coached == is_coached)
    return StaySide(people=len(np.unique(chosen.person)), rate=float(1 - chosen.has_left.mean()))


def difference(found: AtRisk) -> Estimate | None:
    """The share that stayed of those coached less that of the others, within those alike.

    Each stratum weighs by how much it can tell. Whole teams are coached alike and leave alike, so
    the standard error is the jackknife's, each manager in turn left out with all their people; it
    is never less than that of two plain shares with one who stayed and one who left added to each,
    for few leave, and where nobody of a side left, chance did not end. Student's t with the
    managers of the smaller side less one.

    Returns:
        In shares of a quarter (-1..1); None where one manager alone is on a side.

    References:
        Greenland & Robins (1985), Biometrics 41:55-68, for the weights (Mantel-Haenszel);
        MacKinnon, Nielsen & Webb (2023), Journal of Applied Econometrics 38:671-694, for the
        jackknife; Agresti & Caffo (2000), The American Statistician 54:280-288, for what is added.
        Taking the larger of the two is own.
    """
    managers, team = np.unique(found.manager, return_inverse=True)
    strata, place = np.unique(found.stratum, return_inverse=True)
    shape = (len(managers), len(strata))

    def counted(chosen: Marks) -> Floats:
        cells = np.bincount(team[chosen] * shape[1] + place[chosen], minlength=shape[0] * shape[1])
        return cells.reshape(shape).astype(np.float64)

    sides = (found.is_coached, ~found.is_coached)
    parts = [counted(chosen) for marks in sides for chosen in (marks, marks & ~found.has_left)]
    freedom = min(len(np.unique(team[marks])) for marks in sides) - 1
    if freedom < 1:
        return None
    value = float(_weighed([part.sum(axis=0) for part in parts]))
    without = _weighed([part.sum(axis=0) - part for part in parts])
    # Without one manager nobody may be left to compare: then that manager decides it all.
    if not np.isfinite(without).all():
        return None
    jackknife = float((len(managers) - 1) / len(managers) * ((without - value) ** 2).sum())
    plain = sum(_plain(found.has_left[marks]) for marks in sides)
    return Estimate(value=value, spread=max(jackknife, plain) ** 0.5, freedom=freedom)


def _weighed(parts: Sequence[Floats]) -> Floats:
    """From people and those who stayed by stratum, of those coached and of the others."""
    n, k, n_others, k_others = parts
    both = (n > 0) & (n_others > 0)
    safe, safe_others = np.where(both, n, 1.0), np.where(both, n_others, 1.0)
    weight = np.where(both, safe * safe_others / (safe + safe_others), 0.0)
    total = weight.sum(axis=-1)
    apart = (weight * (k / safe - k_others / safe_others)).sum(axis=-1)
    found: Floats = np.where(total > 0, apart / np.where(total > 0, total, 1.0), np.nan)
    return found


def _plain(has_left: Marks) -> float:
    """The variance of a share, with one who stayed and one who left added."""
    n = len(has_left) + 2
    share = (int(has_left.sum()) + 1) / n
    return share * (1 - share) / n
