"""Deals of an invented organisation, with known moves planted in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Cube, Model

SHARES = {
    "segment": (0.4, 0.3, 0.2, 0.1),
    "source": (0.3, 0.25, 0.2, 0.15, 0.1),
    "product": (0.25, 0.2, 0.2, 0.15, 0.1, 0.1),
    "industry": (0.2, 0.2, 0.15, 0.15, 0.1, 0.1, 0.1),
}
COUNTRIES, REGIONS = 9, 3
HIERARCHY = (("region", "country"),)


@dataclass(frozen=True, kw_only=True)
class Deals:
    """One entry per decided opportunity in every array; period 0 is the base, 1 the actual one."""

    codes: dict[str, np.ndarray]
    values: dict[str, tuple[str | None, ...]]
    period: np.ndarray
    is_won: np.ndarray
    amount: np.ndarray

    def rows(self, place: Mapping[str, str | None]) -> np.ndarray:
        inside = np.ones(len(self.period), dtype=bool)
        for name, value in place.items():
            inside &= self.codes[name] == self.values[name].index(value)
        return inside

    def cube(self, model: Model) -> Cube:
        won = self.only(self.is_won) if model in (Model.SUM, Model.MEAN) else self
        total = {Model.COUNT: None, Model.BINOMIAL: won.is_won.astype(float)}.get(model, won.amount)
        return localisation.of_cases(
            codes=won.codes,
            values=won.values,
            period=won.period,
            total=total,
            model=model,
            hierarchies=HIERARCHY,
        )

    def only(self, kept: np.ndarray) -> "Deals":
        return replace(
            self,
            codes={name: column[kept] for name, column in self.codes.items()},
            period=self.period[kept],
            is_won=self.is_won[kept],
            amount=self.amount[kept],
        )

    def with_column(self, name: str, codes: np.ndarray, values: tuple[str | None, ...]) -> "Deals":
        return replace(
            self, codes={**self.codes, name: codes}, values={**self.values, name: values}
        )


def quiet(*, seed: int, n: int = 6000, more: int = 0) -> Deals:
    """Deals with differences between values but none between the periods; `more` dimensions."""
    rng = np.random.default_rng(seed)
    codes = {name: rng.choice(len(p), n, p=p) for name, p in SHARES.items()}
    codes["country"] = rng.integers(0, COUNTRIES, n)
    codes["region"] = codes["country"] % REGIONS
    for number in range(more):
        codes[f"more{number}"] = rng.integers(0, 10 + 20 * number, n)
    values = {
        name: tuple(f"{name}-{k}" for k in range(int(column.max()) + 1))
        for name, column in codes.items()
    }
    effect = sum(rng.normal(0, 0.3, int(column.max()) + 1)[column] for column in codes.values())
    return Deals(
        codes=codes,
        values=values,
        period=rng.integers(0, 2, n),
        is_won=rng.random(n) < 1 / (1 + np.exp(0.8 - effect)),
        amount=np.round(np.exp(9 + effect + rng.normal(0, 0.7, n)), 2),
    )


def moved(
    deals: Deals,
    place: Mapping[str, str],
    *,
    how: Callable[[Deals, np.ndarray], Deals],
) -> Deals:
    """The deals with a move planted in the actual period of one place."""
    return how(deals, deals.rows(place) & (deals.period == 1))


def fewer_won(share: float) -> Callable[[Deals, np.ndarray], Deals]:
    def how(deals: Deals, rows: np.ndarray) -> Deals:
        kept = np.random.default_rng(1).random(len(rows)) < share
        return replace(deals, is_won=deals.is_won & (~rows | kept))

    return how


def smaller(share: float) -> Callable[[Deals, np.ndarray], Deals]:
    def how(deals: Deals, rows: np.ndarray) -> Deals:
        return replace(deals, amount=np.where(rows, deals.amount * share, deals.amount))

    return how


def vanished(share: float) -> Callable[[Deals, np.ndarray], Deals]:
    """Keeps `share` of the deals."""

    def how(deals: Deals, rows: np.ndarray) -> Deals:
        return deals.only(~rows | (np.random.default_rng(2).random(len(rows)) < share))

    return how
