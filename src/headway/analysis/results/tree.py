"""The tree of bookings: sellers x opportunities per seller x win rate x average amount."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import bootstrap, decomposition
from headway.analysis.methods.decomposition import Floats
from headway.analysis.results import reached
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.terms.answer import Factor
from headway.terms.period import Period
from headway.terms.policy import Policy

DRAWS = 1000
"""How often opportunities are drawn for the ranges."""

MOST_STAGES = 7
"""Stages into which the win rate is cut at most: with more, a stage says little."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """What one period holds, once as it was (one entry) or once per draw.

    `reached` has one row per stage and one for won: how many decided opportunities got there; None
    where stages are not measured. `capacity` is the share of the period's days on which its sellers
    were there, None where not known.
    """

    sellers: Floats
    decided: Floats
    won: Floats
    amount: Floats
    reached: Floats | None
    capacity: Floats | None
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Node:
    """A factor in both periods with what it is made of; values of one entry or one per draw."""

    code: str
    base: Floats
    actual: Floats
    parts: tuple["Node", ...] = ()


def of(
    book: Book,
    *,
    base: Period,
    actual: Period,
    policy: Policy,
    seed: int,
    history: History | None = None,
) -> tuple[Factor, ...]:
    """How much of the change of bookings each factor carries.

    Args:
        book: the opportunities; decided means won or lost with the day of closing in the period.
        base: the period compared with.
        actual: the period asked about.
        policy: gives the level of the ranges.
        seed: of the bootstrap.
        history: of the book; without it the win rate is not cut into stages.

    Returns:
        Sellers (owners with a decided opportunity), opportunities per seller, win rate and average
        amount; their contributions sum to the change of the won amount. In parts: opportunities per
        seller are capacity (share of days on which those sellers were there) times opportunities
        per seller present; the win rate is the product of the shares that went on from each stage,
        by the furthest stage of the decided opportunities ("stage:" and its name).
        A source without lost opportunities has no win rate (`is_measured` False, contribution 0):
        there the second factor counts orders. Without owners there are no sellers, and
        `opportunities` stands in for opportunities per seller. Empty where no amounts are recorded.

    References:
        `methods.decomposition.of_product`; ranges: bootstrap of opportunities within each period.
        The number of sellers and their presence are held as they were: drawing opportunities again
        could only lose sellers. What a period cannot tell (the win rate where nothing was decided)
        is carried from the other period, so that the change falls to what was nothing.
    """
    if not book.has_amount:
        return ()
    seen = tuple(_side(book, period=period, history=history) for period in (base, actual))
    random = np.random.default_rng(seed)
    drawn = tuple(
        _drawn(book, period=period, seen=side, history=history, random=random)
        for period, side in zip((base, actual), seen, strict=True)
    )
    has_sellers = all(bool(side.sellers[0]) or not side.decided[0] for side in seen)
    nodes = _nodes(book, base=seen[0], actual=seen[1], has_sellers=has_sellers)
    again = _nodes(book, base=drawn[0], actual=drawn[1], has_sellers=has_sellers)
    change = float(seen[1].amount[0] - seen[0].amount[0])
    measured = _factors(nodes, again, change=change, level=policy.interval_level)
    return _with_unmeasured(measured, has_sellers=has_sellers, has_win_rate=book.has_lost)


def _side(book: Book, *, period: Period, history: History | None) -> Side:
    decided = book.decided_in(period)
    won = decided & book.is_won
    sellers = _sellers(book, decided=decided)
    amount = book.amount[won]
    furthest = _reached(book, decided=decided, history=history)
    return Side(
        sellers=np.array([float(sellers.sum())]),
        decided=np.array([float(decided.sum())]),
        won=np.array([float(won.sum())]),
        amount=np.array([math.fsum(amount[~np.isnan(amount)])]),
        reached=None if furthest is None else _at_least(furthest)[:, None],
        capacity=_capacity(book, period=period, sellers=sellers),
        stages=history.reached.stages if history and history.reached else (),
    )


def _drawn(
    book: Book,
    *,
    period: Period,
    seen: Side,
    history: History | None,
    random: np.random.Generator,
) -> Side:
    decided = book.decided_in(period)
    won = decided & book.is_won
    amount = book.amount[won]
    known = ~np.isnan(amount)
    paid = bootstrap.draw(amount[known], draws=DRAWS, random=random)
    unpaid = bootstrap.draw_count(int((~known).sum()), draws=DRAWS, random=random)
    won_drawn = paid.counts + unpaid
    furthest = _reached(book, decided=decided & ~won, history=history)
    lost = (decided & ~won).sum() if furthest is None else furthest[:-1]
    lost_drawn = random.poisson(np.atleast_1d(lost)[:, None], size=(np.size(lost), DRAWS))
    cells = np.vstack([lost_drawn, won_drawn[None]]).astype(float)
    ones = np.ones(DRAWS)
    return Side(
        sellers=seen.sellers * ones,
        decided=cells.sum(axis=0),
        won=won_drawn,
        amount=paid.sums,
        reached=None if furthest is None else _at_least(cells),
        capacity=None if seen.capacity is None else seen.capacity * ones,
        stages=seen.stages,
    )


def _sellers(book: Book, *, decided: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    counts = np.bincount(book.owners.codes[decided], minlength=len(book.owners.values))
    named = np.array([owner is not None for owner in book.owners.values], dtype=bool)
    there: npt.NDArray[np.bool_] = (counts[: len(named)] > 0) & named
    return there


def _capacity(
    book: Book, *, period: Period, sellers: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64] | None:
    if not book.people.is_presence_known or not sellers.any():
        return None
    share = float(book.people.present_share(period)[sellers].mean())
    return np.array([share]) if share > 0 else None


def _reached(
    book: Book, *, decided: npt.NDArray[np.bool_], history: History | None
) -> Floats | None:
    """How many of those got just as far as each stage, and last how many were won."""
    if history is None or history.reached is None or not book.has_lost:
        return None
    stages = len(history.reached.stages)
    if stages > MOST_STAGES + 1:
        return None
    furthest = (history.reached.on[:, :-1] != reached.NEVER).sum(axis=1) - 1
    furthest = np.where(book.is_won, stages - 1, np.maximum(furthest, 0))
    return np.bincount(furthest[decided], minlength=stages).astype(float)


def _at_least(cells: Floats) -> Floats:
    return np.cumsum(cells[::-1], axis=0)[::-1]


def _nodes(book: Book, *, base: Side, actual: Side, has_sellers: bool) -> tuple[Node, ...]:
    counted = "decided" if book.has_lost else "won"
    sides = (base, actual)
    tops: list[Node] = []
    one = np.ones_like(base.won)
    if has_sellers:
        tops.append(Node(code="sellers", base=base.sellers, actual=actual.sellers))
    below = tuple(side.sellers if has_sellers else one for side in sides)
    opportunities = tuple(getattr(side, counted) for side in sides)
    code = "opportunities_per_seller" if has_sellers else "opportunities"
    per_seller = _ratio(code, above=opportunities, below=below)
    tops.append(_with_capacity(per_seller, sides=sides))
    if book.has_lost:
        rate = _ratio("win_rate", above=(base.won, actual.won), below=opportunities)
        tops.append(_with_stages(rate, sides=sides))
    won = (base.won, actual.won)
    tops.append(_ratio("average_amount", above=(base.amount, actual.amount), below=won))
    return tuple(tops)


def _ratio(code: str, *, above: tuple[Floats, ...], below: tuple[Floats, ...]) -> Node:
    known = tuple(under != 0 for under in below)
    own = [
        over / np.where(is_known, under, 1.0)
        for over, under, is_known in zip(above, below, known, strict=True)
    ]
    base = np.where(known[0], own[0], np.where(known[1], own[1], 0.0))
    actual = np.where(known[1], own[1], np.where(known[0], own[0], 0.0))
    return Node(code=code, base=base, actual=actual)


def _with_capacity(node: Node, *, sides: tuple[Side, Side]) -> Node:
    base, actual = sides
    if base.capacity is None or actual.capacity is None or node.code == "opportunities":
        return node
    parts = (
        Node(code="capacity", base=base.capacity, actual=actual.capacity),
        Node(
            code="opportunities_per_present_seller",
            base=node.base / base.capacity,
            actual=node.actual / actual.capacity,
        ),
    )
    return Node(code=node.code, base=node.base, actual=node.actual, parts=parts)


def _with_stages(node: Node, *, sides: tuple[Side, Side]) -> Node:
    base, actual = sides
    if base.reached is None or actual.reached is None:
        return node
    parts = tuple(
        _ratio(
            f"stage:{base.stages[place]}",
            above=(base.reached[place + 1], actual.reached[place + 1]),
            below=(base.reached[place], actual.reached[place]),
        )
        for place in range(len(base.reached) - 1)
    )
    return Node(code=node.code, base=node.base, actual=node.actual, parts=parts)


def _factors(
    nodes: tuple[Node, ...], again: tuple[Node, ...], *, change: float, level: float
) -> tuple[Factor, ...]:
    seen, drawn = _contributions(nodes), _contributions(again)
    moved = seen.by_factor[:, 0].copy()
    moved[np.abs(moved).argmax()] += change - math.fsum(moved)
    factors = []
    for place, (node, other) in enumerate(zip(nodes, again, strict=True)):
        low, high = bootstrap.ends(drawn.by_factor[place], level=level)
        parts = _parts(
            node,
            other,
            weights=(seen.weights[place], drawn.weights[place]),
            contribution=float(moved[place]),
            level=level,
        )
        factors.append(
            Factor(
                code=node.code,
                base=float(node.base[0]),
                actual=float(node.actual[0]),
                contribution=float(moved[place]) + 0.0,
                low=low,
                high=high,
                parts=parts,
            )
        )
    return tuple(factors)


def _parts(
    node: Node,
    again: Node,
    *,
    weights: tuple[Floats, Floats],
    contribution: float,
    level: float,
) -> tuple[Factor, ...]:
    if not node.parts:
        return ()
    seen = decomposition.split(weights[0], **_stacked(node.parts))[:, 0]
    seen[np.abs(seen).argmax()] += contribution - math.fsum(seen)
    drawn = decomposition.split(weights[1], **_stacked(again.parts))
    ranges = [bootstrap.ends(one, level=level) for one in drawn]
    return tuple(
        Factor(
            code=part.code,
            base=float(part.base[0]),
            actual=float(part.actual[0]),
            contribution=float(share) + 0.0,
            low=low,
            high=high,
        )
        for part, share, (low, high) in zip(node.parts, seen, ranges, strict=True)
    )


def _contributions(nodes: tuple[Node, ...]) -> decomposition.Contributions:
    return decomposition.of_product(**_stacked(nodes))


def _stacked(nodes: tuple[Node, ...]) -> dict[str, Floats]:
    return {
        "base": np.vstack([node.base for node in nodes]),
        "actual": np.vstack([node.actual for node in nodes]),
    }


def _with_unmeasured(
    factors: tuple[Factor, ...], *, has_sellers: bool, has_win_rate: bool
) -> tuple[Factor, ...]:
    if not has_sellers:
        factors = (_unmeasured("sellers"), *factors)
    if not has_win_rate:
        factors = (*factors[:-1], _unmeasured("win_rate"), factors[-1])
    return factors


def _unmeasured(code: str) -> Factor:
    return Factor(
        code=code,
        base=None,
        actual=None,
        contribution=0.0,
        low=None,
        high=None,
        is_measured=False,
    )
