"""The effect of coaching: what is planted is found, and chance, season and weakness are not it."""

from dataclasses import replace

import numpy as np
import pytest
from tests import drawn_coaching, plain_effect
from tests.drawn_coaching import Picked, Truth
from tests.plain_effect import Cell

from headway.analysis.coaching import effect, thirds
from headway.analysis.coaching.effect import Estimate
from headway.analysis.coaching.panel import Panel
from headway.terms.policy import DEFAULT

DRAWS = 60


def estimates(truth: Truth, *, draws: int = DRAWS) -> list[tuple[Estimate, float]]:
    found = []
    for seed in range(draws):
        drawn = drawn_coaching.draw(truth, seed=seed)
        sides = effect.sides(drawn_coaching.panel(drawn), policy=DEFAULT)
        assert sides is not None
        made = effect.of(sides)
        assert made is not None
        found.append((made, drawn.effect))
    return found


def bias(truth: Truth) -> float:
    return float(np.mean([made.value - true for made, true in estimates(truth)]))


def uneven(seed: int, *, picked: Picked = "chance") -> Panel:
    """People with more and with less work, some of them away for a while."""
    random = np.random.default_rng(seed)
    panel = drawn_coaching.panel(drawn_coaching.draw(Truth(picked=picked, effect=0.1), seed=seed))
    kept = random.random(panel.n.shape) < random.random((len(panel.people), 1))
    n = np.where(kept, random.binomial(panel.n.astype(int), 0.6), 0).astype(float)
    k = random.hypergeometric(
        panel.k.astype(int), (panel.n - panel.k).astype(int), n.astype(int)
    ).astype(float)
    return replace(panel, n=n, k=k)


def cells(panel: Panel) -> list[Cell]:
    return [
        Cell(
            person=person,
            manager=str(panel.managers[place]),
            quarter=quarter,
            began=int(panel.began[place]),
            k=panel.k[place, quarter],
            n=panel.n[place, quarter],
        )
        for place, person in enumerate(panel.people)
        for quarter in range(panel.quarters)
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("picked", ["chance", "teams", "worst"])
def test_it_is_that_of_callaway_and_santanna_written_by_another_hand(
    seed: int, picked: Picked
) -> None:
    panel = uneven(seed, picked=picked)
    sides = effect.sides(panel, policy=DEFAULT)
    assert sides is not None
    made = effect.of(sides)
    assert made is not None
    assert made.value == pytest.approx(
        plain_effect.overall(cells(panel), quarters=panel.quarters), abs=1e-12
    )


def test_its_spread_is_what_leaving_managers_out_one_by_one_gives() -> None:
    sides = effect.sides(uneven(3), policy=DEFAULT)
    assert sides is not None
    made = effect.of(sides)
    assert made is not None
    managers = np.unique(sides.managers)
    without = [sides.among(sides.managers != each) for each in managers]
    off = [each.value - made.value for each in without if each is not None]
    count = len(managers)
    assert len(off) == count
    assert made.spread**2 == pytest.approx((count - 1) / count * sum(each**2 for each in off))


@pytest.mark.parametrize("picked", ["chance", "teams", "weak", "weak_teams", "bad_spell", "worst"])
def test_where_nothing_happened_nothing_is_found(picked: Picked) -> None:
    """However people are picked: their rebound is not taken for an effect."""
    assert abs(bias(Truth(picked=picked))) < 0.01


def test_the_worst_of_a_quarter_rise_by_themselves() -> None:
    """What a look at them before and after would take for the work of their coach."""
    panel = drawn_coaching.panel(drawn_coaching.draw(Truth(picked="worst"), seed=1))
    rate = panel.k / panel.n
    rises = [
        rate[who, start:].mean() - rate[who, start - 1]
        for who, start in enumerate(panel.began)
        if start < panel.quarters
    ]
    assert np.mean(rises) > 0.10


@pytest.mark.parametrize("planted", [0.03, 0.10, -0.10])
def test_a_planted_effect_is_found_as_large_as_it_is(planted: float) -> None:
    assert abs(bias(Truth(effect=planted))) < 0.005


def test_an_effect_on_the_worst_is_not_their_rebound() -> None:
    assert abs(bias(Truth(effect=0.10, picked="worst"))) < 0.01


@pytest.mark.parametrize("picked", ["chance", "teams", "weak"])
def test_nine_ranges_in_ten_hold_the_truth(picked: Picked) -> None:
    found = estimates(Truth(effect=0.05, picked=picked), draws=150)
    held = [low <= true <= high for made, true in found for low, high in [made.ends(0.90)]]
    assert 0.83 < np.mean(held) < 0.97


def test_people_already_coached_are_never_the_others() -> None:
    """An effect that grows makes those coached early rise on, beside whom the late seem to fall."""
    panel = drawn_coaching.panel(drawn_coaching.draw(Truth(drift=0.0, share=0.9), seed=2))
    since = np.maximum(np.arange(panel.quarters) - panel.began[:, None] + 1, 0)
    grown = replace(panel, k=panel.k + 0.5 * since)
    before, after = (effect.sides(each, policy=DEFAULT) for each in (panel, grown))
    assert before is not None
    assert after is not None
    planted = (0.5 * since / panel.n)[after.with_it]
    weight = after.weight[after.with_it]
    first, second = effect.of(before), effect.of(after)
    assert first is not None
    assert second is not None
    assert second.value - first.value == pytest.approx(np.average(planted, weights=weight))


def gate(**more: int) -> bool:
    sized = {"people": 24, "managers": 12, "quarters": 6, **more}
    truth = Truth(share=0.5, drift=0.0, picked="chance", **sized)
    drawn = drawn_coaching.draw(truth, seed=5)
    return effect.sides(drawn_coaching.panel(drawn), policy=DEFAULT) is not None


def test_at_the_gates_it_speaks() -> None:
    assert gate()


@pytest.mark.parametrize(
    "fewer",
    [{"people": 18}, {"managers": 5}, {"first": 3}, {"quarters": 5, "first": 3}],
    ids=["people", "managers", "quarters before", "quarters"],
)
def test_outside_the_gates_it_is_silent(fewer: dict[str, int]) -> None:
    assert not gate(**fewer)


def test_one_quarter_since_is_too_few() -> None:
    panel = drawn_coaching.panel(drawn_coaching.draw(Truth(), seed=1))
    late = np.where(panel.began < panel.quarters, panel.quarters - 1, panel.quarters)
    assert effect.sides(replace(panel, began=late), policy=DEFAULT) is None
    twice = np.where(panel.began < panel.quarters, panel.quarters - 2, panel.quarters)
    assert effect.sides(replace(panel, began=twice), policy=DEFAULT) is not None


def test_people_who_went_another_way_before_are_told_apart() -> None:
    panel = drawn_coaching.panel(drawn_coaching.draw(Truth(first=8, drift=0.0), seed=4))
    rising = np.arange(panel.quarters) * (panel.began < panel.quarters)[:, None]
    parted = replace(panel, k=np.minimum(panel.k + 0.5 * rising, panel.n))
    same, apart = (effect.sides(each, policy=DEFAULT) for each in (panel, parted))
    assert same is not None
    assert apart is not None
    assert not effect.parted_before(same)
    assert effect.parted_before(apart)


def test_an_effect_on_the_top_alone_is_seen_in_their_third() -> None:
    """Drawn towards what all gain, and yet apart; where all gain alike, all are told the same."""
    truth = Truth(effect=0.15, only=2)
    found = []
    for seed in range(20):
        sides = effect.sides(
            drawn_coaching.panel(drawn_coaching.draw(truth, seed=seed)), policy=DEFAULT
        )
        assert sides is not None
        found.append([each.value if each else np.nan for each in thirds.effects(sides, least=1)])
    early, middle, top = np.nanmean(found, axis=0)
    assert early < 0.03
    assert middle < 0.07
    assert top > 0.08
