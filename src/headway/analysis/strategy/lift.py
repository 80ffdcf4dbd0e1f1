"""What a training changed: a share before and in phases after, beside people not trained by then.

Each phase is counted in days from the day on which somebody was trained, so that people trained on
different days can be put together. Their change is held against that of people who were not trained
until the last phase of theirs was over, in the same days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.posterior import JEFFREYS
from headway.analysis.strategy import conduct
from headway.analysis.strategy.conduct import Floats
from headway.analysis.strategy.items import Items

PHASES: Mapping[str, tuple[int, int]] = {
    "earlier": (-180, -90),
    "before": (-90, 0),
    "early": (1, 31),
    "mid": (31, 91),
    "late": (91, 181),
}
"""From which day after the training to which, the last one not included."""
FEWEST_UNTRAINED = 5
_LAST = PHASES["late"][1]
_DRAWS = 1_000
_LEAST_COMPARED = 0.5


@dataclass(frozen=True, kw_only=True, eq=False)
class Changes:
    """By phase, what those who were trained show: `k` of `n` per person, and the change by draw.

    `people` were trained and are looked at; `untrained` are those beside them, 0 where they are
    held against themselves alone. `actual` and `drawn` are, per phase, the share less that of the
    phase before the training, less the same change of the untrained as far as it tells a season.
    `drawn` has one entry for each draw of chance, `without_one` one for each of those trained who
    is left out. `others` is that change of the untrained.
    """

    people: int
    untrained: int
    k: Mapping[str, Floats]
    n: Mapping[str, Floats]
    actual: Mapping[str, float]
    drawn: Mapping[str, Floats]
    without_one: Mapping[str, Floats]
    others: Mapping[str, float]

    def p_rise(self, phase: str, *, since: str, least: float) -> float:
        """The probability that a phase is above another by more than so much."""
        return float((self.drawn[phase] - self.drawn[since] > least).mean())

    def rise(self, phase: str, *, since: str) -> float:
        """How far a phase is above another."""
        return self.actual[phase] - self.actual[since]


def changes(
    items: Items, *, trained: Mapping[str, date], among: frozenset[str], end: date, seed: int
) -> Changes:
    """The change of each phase among those who were trained.

    Args:
        items: the eligible work of everybody.
        trained: the day on which each person was trained who is looked at or will be trained.
        among: whom to look at; those of them trained late enough to be seen must have been left
            out by the caller. All others of `trained` and of `items` may stand beside them.
        end: the day after the last one that is known.
        seed: of chance.

    Returns:
        Those trained on a day beside whom five people or more were not trained until the end of the
        last phase, if they are half of all or more; else all, held against themselves alone. Those
        trained are all there, so chance lies in their items alone (see `conduct`); the untrained
        are a sample of what would have been, and are drawn with replacement. Ten untrained people
        would add more chance than they take season away, so that their change counts as far as it
        tells one: with the share of its variance that chance does not explain, over all phases.

    References:
        Efron & Morris (1973), Journal of the American Statistical Association 68:117-130, for the
        shrinkage;
        Callaway & Sant'Anna (2021), Journal of Econometrics 225:200-230, for people not yet treated
        as the comparison of each cohort; Cameron & Miller (2015), Journal of Human Resources
        50:317-372, on drawing whole clusters.
    """
    days = _Days(items, end=end)
    waves: dict[date, list[str]] = {}
    for person in sorted(among):
        waves.setdefault(trained[person], []).append(person)
    beside = {day: days.untrained(day, trained=trained) for day in waves}
    compared = {day for day, is_beside in beside.items() if is_beside.sum() >= FEWEST_UNTRAINED}
    count = sum(len(waves[day]) for day in compared)
    if count < _LEAST_COMPARED * len(among):
        compared, beside = set(waves), {}
    kept = sorted(compared)
    people = sum(len(waves[day]) for day in kept)
    sums = _Sums(days, waves={day: waves[day] for day in kept}, beside=beside)
    once = np.ones((1, len(items.people)))
    random = np.random.default_rng(seed)
    season = sums.season(random)
    actual, others = sums.changes(once, told=season.told)
    is_trained = np.isin(items.people, [person for day in kept for person in waves[day]])
    without, _ = sums.changes(1.0 - np.eye(len(items.people))[is_trained], told=season.told)
    return Changes(
        people=people,
        untrained=int(np.any([beside[day] for day in kept], axis=0).sum()) if beside else 0,
        k=sums.k,
        n=sums.n,
        actual={phase: float(values[0]) for phase, values in actual.items()},
        drawn=sums.drawn(random, season=season),
        without_one=without,
        others={phase: float(values[0]) for phase, values in others.items()},
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Season:
    """The change of the untrained by phase: how much of it is told, 0..1, and its draws."""

    told: Mapping[str, float]
    drawn: Mapping[str, Floats]


class _Days:
    """The items of each person up to each day, so that any span of days is one subtraction."""

    def __init__(self, items: Items, *, end: date) -> None:
        self.people = items.people
        last = np.datetime64(end)
        inside = items.day < last
        day, who = items.day[inside], items.person[inside]
        self._first = min(day.min(), last) if len(day) else last
        span = int((last - self._first).astype(int))
        place = (day - self._first).astype(int) + 1
        self._n, self._k = (
            np.cumsum(_counted(who, place, weights, shape=(len(self.people), span + 1)), axis=1)
            for weights in (np.ones(len(who)), items.is_shown[inside].astype(float))
        )

    def counts(self, day: date, phase: str) -> tuple[Floats, Floats]:
        """Of each person, the items of a phase around a day that show it, and all."""
        ends = [
            int(np.clip((np.datetime64(day) - self._first).astype(int) + off, 0, self._last))
            for off in PHASES[phase]
        ]
        return (
            self._k[:, ends[1]] - self._k[:, ends[0]],
            self._n[:, ends[1]] - self._n[:, ends[0]],
        )

    def untrained(self, day: date, *, trained: Mapping[str, date]) -> npt.NDArray[np.bool_]:
        """Who was not trained until the last phase after a day was over, and has work in it."""
        free = np.array(
            [
                person not in trained or (trained[person] - day).days >= _LAST
                for person in self.people
            ],
            dtype=bool,
        )
        for phase in ("before", "late"):
            free &= self.counts(day, phase)[1] > 0
        return free

    @property
    def _last(self) -> int:
        return int(self._n.shape[1]) - 1


class _Sums:
    """Counts of the trained and of those beside them, by wave and phase."""

    def __init__(
        self,
        days: _Days,
        *,
        waves: Mapping[date, list[str]],
        beside: Mapping[date, npt.NDArray[np.bool_]],
    ) -> None:
        place = {person: number for number, person in enumerate(days.people)}
        self._own: dict[date, dict[str, tuple[Floats, Floats]]] = {}
        self._beside: dict[date, dict[str, tuple[Floats, Floats]]] = {}
        for day, members in waves.items():
            is_member = np.zeros(len(days.people))
            is_member[[place[person] for person in members if person in place]] = 1
            counts = {phase: days.counts(day, phase) for phase in PHASES}
            self._own[day] = {
                phase: (k * is_member, n * is_member) for phase, (k, n) in counts.items()
            }
            if day in beside:
                self._beside[day] = {
                    phase: (k * beside[day], n * beside[day]) for phase, (k, n) in counts.items()
                }
        self.k, self.n = (
            {
                phase: np.sum([own[phase][part] for own in self._own.values()], axis=0)
                for phase in PHASES
            }
            for part in (0, 1)
        )

    def season(self, random: np.random.Generator) -> _Season:
        """What the untrained tell of the season, people drawn again and again."""
        once = np.ones((1, self.n["before"].size))
        # Who stands beside somebody has work before; without anybody the sums are none.
        counts = [each["before"][1] for each in self._beside.values()]
        has = np.flatnonzero(np.sum(counts, axis=0)) if counts else np.arange(once.size)
        weights = np.zeros((_DRAWS, once.size))
        weights[:, has] = random.multinomial(len(has), [1 / len(has)] * len(has), size=_DRAWS)
        drawn = {phase: self._others(phase, weights, own=once) for phase in PHASES}
        whole = {phase: float(self._others(phase, once, own=once)[0]) for phase in PHASES}
        by_chance = {phase: _variance(drawn[phase]) for phase in PHASES}
        seen = [whole[phase] ** 2 - by_chance[phase] for phase in PHASES if phase != "before"]
        real = max(float(np.mean([each for each in seen if np.isfinite(each)] or [0.0])), 0.0)
        told = {
            phase: real / (real + chance) if chance > 0 else 1.0
            for phase, chance in by_chance.items()
        }
        return _Season(
            told=told,
            drawn={
                phase: told[phase] * whole[phase]
                + np.sqrt(told[phase]) * (drawn[phase] - whole[phase])
                for phase in PHASES
            },
        )

    def changes(
        self, weights: Floats, *, told: Mapping[str, float]
    ) -> tuple[Mapping[str, Floats], Mapping[str, Floats]]:
        """By phase and row of weights of people, the change, and that of the untrained alone.

        Of the latter counts what is `told` of a season.
        """
        before = _share(weights @ self.k["before"], weights @ self.n["before"])
        found, others = {}, {}
        for phase in PHASES:
            own = _share(weights @ self.k[phase], weights @ self.n[phase]) - before
            others[phase] = told[phase] * self._others(phase, weights, own=weights)
            found[phase] = own - others[phase]
        return found, others

    def drawn(self, random: np.random.Generator, *, season: _Season) -> Mapping[str, Floats]:
        """By phase, the change with the items of the trained, and the untrained, left to chance."""
        own = {phase: self._own_share(phase, random) for phase in PHASES}
        return {phase: own[phase] - own["before"] - season.drawn[phase] for phase in PHASES}

    def _own_share(self, phase: str, random: np.random.Generator) -> Floats:
        found = conduct.of(self.k[phase], self.n[phase])
        share = JEFFREYS.given(found.share * found.cases, found.cases)
        return random.beta(share.a, share.b, size=_DRAWS) if found.n else np.full(_DRAWS, np.nan)

    def _others(self, phase: str, drawn: Floats, *, own: Floats) -> Floats:
        """The change of the untrained, each wave's with the weight of its own work."""
        total = own @ self.n[phase]
        found = np.zeros(len(drawn))
        for day, counts in self._beside.items():
            now, then = (
                _share(drawn @ counts[each][0], drawn @ counts[each][1])
                for each in (phase, "before")
            )
            weight = _share(own @ self._own[day][phase][1], total)
            found += np.where(weight > 0, weight * (now - then), 0.0)
        return found


def _counted(
    who: npt.NDArray[np.intp], place: Floats, weights: Floats, *, shape: tuple[int, int]
) -> Floats:
    cells = who * shape[1] + place
    counts = np.bincount(cells, weights=weights, minlength=shape[0] * shape[1])
    return counts.reshape(shape).astype(float)


def _variance(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.var()) if len(known) else 0.0


def _share(k: Floats, n: Floats) -> Floats:
    """NaN where there is nothing."""
    found: Floats = np.where(n > 0, k / np.where(n > 0, n, 1.0), np.nan)
    return found
