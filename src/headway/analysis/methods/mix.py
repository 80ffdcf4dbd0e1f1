"""Whether a rate moved within its slices or by their weights; price, volume and mix."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class RateAndMix:
    """The change of a rate: what came from the rates of the slices and what from their weights.

    `rate_by_slice` and `mix_by_slice` sum to `rate_effect` and `mix_effect`; these to
    `actual_rate - base_rate`.
    """

    base_rate: float
    actual_rate: float
    rate_effect: float
    mix_effect: float
    rate_by_slice: Floats
    mix_by_slice: Floats


@dataclass(frozen=True, kw_only=True)
class PriceVolumeMix:
    """The change of a sum of quantity times price; the five lines sum to it."""

    price: float
    volume: float
    mix: float
    entered: float
    left: float


def rate_and_mix(
    *, base_part: Floats, base_total: Floats, actual_part: Floats, actual_total: Floats
) -> RateAndMix | None:
    """Splits the change of part / total exactly over slices.

    Args:
        base_part: per slice, such as won opportunities.
        base_total: per slice, such as decided opportunities; 0 where the slice was empty.
        actual_part: likewise, of the other period.
        actual_total: likewise.

    Returns:
        The split, or None where a whole period is empty. An empty slice carries the other period's
        rate: the effect of a slice that is new or gone is mix, never rate.

    References:
        domain.md 2.3.5; Kitagawa (1955), JASA 50:1168-1194, with means of both periods as weights.

    Examples:
        >>> found = rate_and_mix(
        ...     base_part=np.array([40.0, 10.0]), base_total=np.array([100.0, 100.0]),
        ...     actual_part=np.array([25.2, 18.7]), actual_total=np.array([60.0, 170.0]),
        ... )
        >>> round(found.rate_effect, 4), round(found.mix_effect, 4)
        (0.0138, -0.0729)
    """
    before, now = float(base_total.sum()), float(actual_total.sum())
    if before <= 0 or now <= 0:
        return None
    base_weight, actual_weight = base_total / before, actual_total / now
    base_rate = _rates(base_part, base_total, other=(actual_part, actual_total))
    actual_rate = _rates(actual_part, actual_total, other=(base_part, base_total))
    whole_before, whole_now = float(base_part.sum()) / before, float(actual_part.sum()) / now
    rate_by_slice = (base_weight + actual_weight) / 2 * (actual_rate - base_rate)
    middle = (whole_before + whole_now) / 2
    mix_by_slice = (actual_weight - base_weight) * ((base_rate + actual_rate) / 2 - middle)
    return RateAndMix(
        base_rate=whole_before,
        actual_rate=whole_now,
        rate_effect=float(rate_by_slice.sum()),
        mix_effect=float(mix_by_slice.sum()),
        rate_by_slice=rate_by_slice,
        mix_by_slice=mix_by_slice,
    )


def price_volume_mix(
    *, base_quantity: Floats, base_price: Floats, actual_quantity: Floats, actual_price: Floats
) -> PriceVolumeMix:
    """Splits the change of the sum of quantity times price over items.

    Args:
        base_quantity: per item, 0 where not sold.
        base_price: per item, of one piece; any number where not sold.
        actual_quantity: likewise, of the other period.
        actual_price: likewise.

    Returns:
        price = sum (p1 - p0) q1, volume = (Q1 - Q0) x mean price before, mix = sum (q1 - Q1 q0 /
        Q0) p0, over items sold in both periods; items of one period alone in lines of their own.

    References:
        domain.md 2.3.5. Textbooks differ in where the cross term goes: here in price.
    """
    both = (base_quantity > 0) & (actual_quantity > 0)
    entered = (base_quantity <= 0) & (actual_quantity > 0)
    left = (base_quantity > 0) & (actual_quantity <= 0)
    new = float((actual_quantity * actual_price)[entered].sum())
    gone = -float((base_quantity * base_price)[left].sum())
    if not both.any():
        return PriceVolumeMix(price=0.0, volume=0.0, mix=0.0, entered=new, left=gone)
    before, now = base_quantity[both], actual_quantity[both]
    old_price, new_price = base_price[both], actual_price[both]
    mean_price = float((before * old_price).sum() / before.sum())
    expected = now.sum() * before / before.sum()
    return PriceVolumeMix(
        price=float(((new_price - old_price) * now).sum()),
        volume=float(now.sum() - before.sum()) * mean_price,
        mix=float(((now - expected) * old_price).sum()),
        entered=new,
        left=gone,
    )


def _rates(part: Floats, total: Floats, *, other: tuple[Floats, Floats]) -> Floats:
    other_part, other_total = other
    here, there = total > 0, other_total > 0
    own = part / np.where(here, total, 1.0)
    carried = np.where(there, other_part / np.where(there, other_total, 1.0), 0.0)
    rates: Floats = np.where(here, own, carried)
    return rates
