"""What is told of coaching: helps, no effect, harms, cannot tell, or a description alone."""

from collections import Counter

import numpy as np
import pytest
from tests import drawn_coaching
from tests.drawn_coaching import Picked, Truth

from headway.analysis.strategy import declared, sessions
from headway.findings.strategy import coaching_effects
from headway.findings.strategy.coaching_effects import Effects
from headway.terms.coaching import EffectGate, EffectVerdict, PracticeThird
from headway.terms.period import Period
from headway.terms.policy import DEFAULT

HELPS, HARMS, NONE = EffectVerdict.HELPS, EffectVerdict.HARMS, EffectVerdict.NO_EFFECT


def told(truth: Truth, *, seeds: range) -> Counter[EffectVerdict]:
    return Counter(
        coaching_effects.in_panel(
            drawn_coaching.panel(drawn_coaching.draw(truth, seed=seed)), policy=DEFAULT
        ).verdict
        for seed in seeds
    )


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ((0.01, 0.20), HELPS),
        ((0.01, 0.02), HELPS),
        ((0.004, 0.20), EffectVerdict.CANNOT_TELL),
        ((-0.02, 0.02), NONE),
        ((-0.02, 0.04), EffectVerdict.CANNOT_TELL),
        ((-0.20, -0.011), HARMS),
        ((-0.20, -0.009), EffectVerdict.CANNOT_TELL),
    ],
)
def test_the_verdict_is_that_of_the_whole_range(
    ends: tuple[float, float], verdict: EffectVerdict
) -> None:
    assert coaching_effects.verdict(*ends, policy=DEFAULT) is verdict


@pytest.mark.slow
def test_where_nothing_happened_coaching_is_hardly_ever_said_to_work() -> None:
    picked: tuple[Picked, ...] = ("chance", "teams", "weak", "weak_teams", "worst", "bad_spell")
    found = sum(
        (told(Truth(picked=each), seeds=range(50)) for each in picked), Counter[EffectVerdict]()
    )
    assert found[HELPS] / found.total() <= 0.05
    assert found[NONE] > found[HELPS] + found[HARMS]


def test_what_helps_and_what_harms_is_told() -> None:
    assert told(Truth(effect=0.10), seeds=range(20)) == {HELPS: 20}
    assert told(Truth(effect=-0.10), seeds=range(20)) == {HARMS: 20}


def test_from_facts_every_scope_gets_its_answer_and_a_team_a_description() -> None:
    drawn = drawn_coaching.draw(Truth(effect=0.15, items=10, quarters=8), seed=1)
    known = drawn_coaching.of(drawn)
    window = Period(first=known.data_from, end=known.as_of)
    (priority,) = declared.priorities(known, window=window)
    everybody = drawn_coaching.panel(drawn).people
    team = [who for who, manager in zip(everybody, drawn.team, strict=True) if manager == 0]
    found = coaching_effects.effects(
        known,
        priority=priority,
        sessions=sessions.of(known, last=known.as_of) or (),
        scopes={"seller@lena": everybody, "m00": team, "nobody": ()},
        policy=DEFAULT,
    )
    whole = coaching_effects.in_panel(drawn_coaching.panel(drawn), policy=DEFAULT)
    assert found["seller@lena"] == whole
    assert whole.verdict is HELPS
    assert whole.effect is not None
    assert whole.effect.low < drawn.effect < whole.effect.high
    assert whole.effect.treated_count == 120
    assert found["m00"].effect is None
    assert found["m00"].allocation is not None
    assert found["nobody"] == Effects(
        effect=None,
        allocation=None,
        verdict=EffectVerdict.DESCRIPTION_ONLY,
        missing=(EffectGate.WORK,),
    )
    # One team is one manager, and too few people.
    assert found["m00"].missing == (EffectGate.PEOPLE, EffectGate.MANAGERS)
    assert whole.missing == ()


@pytest.mark.slow
def test_where_the_order_was_drawn_the_lots_tell_and_elsewhere_nothing_changes() -> None:
    truth = Truth(effect=0.15, people=72, managers=12, items=10, quarters=9, picked="waves")
    drawn = drawn_coaching.draw(truth, seed=1)
    everybody = drawn_coaching.panel(drawn).people
    team = [who for who, manager in zip(everybody, drawn.team, strict=True) if manager == 0]

    def told(*, is_drawn: bool) -> dict[str, Effects]:
        known = drawn_coaching.of(drawn, is_drawn=is_drawn)
        window = Period(first=known.data_from, end=known.as_of)
        (priority,) = declared.priorities(known, window=window)
        found = coaching_effects.effects(
            known,
            priority=priority,
            sessions=sessions.of(known, last=known.as_of) or (),
            scopes={"seller@lena": everybody, "m00": team},
            policy=DEFAULT,
        )
        return dict(found)

    by_lot = told(is_drawn=True)["seller@lena"]
    assert by_lot.is_start_drawn
    assert by_lot.verdict is HELPS
    assert by_lot.effect is not None
    assert by_lot.effect.low < drawn.effect < by_lot.effect.high
    # One team is no lot.
    assert not told(is_drawn=True)["m00"].is_start_drawn
    without = told(is_drawn=False)
    assert without["seller@lena"] == coaching_effects.in_panel(
        drawn_coaching.panel(drawn), policy=DEFAULT
    )


def test_without_sessions_there_is_nothing_to_tell() -> None:
    known = drawn_coaching.of(drawn_coaching.draw(Truth(people=20, managers=4, items=2), seed=1))
    window = Period(first=known.data_from, end=known.as_of)
    (priority,) = declared.priorities(known, window=window)
    found = coaching_effects.effects(
        known, priority=priority, sessions=(), scopes={"seller@lena": ["s000"]}, policy=DEFAULT
    )
    assert found["seller@lena"].verdict is EffectVerdict.DESCRIPTION_ONLY
    assert found["seller@lena"].allocation is None


def test_thirds_of_all_get_as_much_by_lot() -> None:
    drawn = drawn_coaching.draw(Truth(people=600), seed=2)
    found = coaching_effects.in_panel(drawn_coaching.panel(drawn), policy=DEFAULT).allocation
    assert found is not None
    np.testing.assert_allclose((found.top, found.middle, found.early), 1 / 3, atol=0.06)


def in_drawn(truth: Truth, *, seed: int) -> Effects:
    return coaching_effects.in_panel(
        drawn_coaching.panel(drawn_coaching.draw(truth, seed=seed)), policy=DEFAULT
    )


def test_a_third_is_named_where_it_alone_gains_and_not_where_all_do() -> None:
    alone = [
        in_drawn(Truth(effect=0.2, only=2, people=600, managers=60), seed=seed)
        for seed in range(10)
    ]
    alike = [in_drawn(Truth(effect=0.1), seed=seed) for seed in range(10)]
    assert {each.gains_most for each in alone} <= {PracticeThird.TOP, None}
    assert sum(each.gains_most is PracticeThird.TOP for each in alone) >= 8
    assert sum(each.gains_most is not None for each in alike) <= 1


def test_people_picked_by_lot_moved_alike_before() -> None:
    found = [in_drawn(Truth(), seed=seed).pre_trend for seed in range(20)]
    held = [each.low <= 0 <= each.high for each in found if each is not None]
    assert len(held) == 20
    assert sum(held) >= 15


def test_the_rebound_to_expect_is_about_what_the_lowest_third_gained() -> None:
    drawn = drawn_coaching.panel(drawn_coaching.draw(Truth(people=600), seed=3))
    told = in_drawn(Truth(people=600), seed=3).rebound
    assert told is not None
    rate = drawn.k / drawn.n
    # Quarters in which nobody was coached yet.
    rises = []
    for at in range(int(drawn.began.min()) - 1):
        low = rate[:, at] <= np.quantile(rate[:, at], 1 / 3)
        rises.append(
            (rate[low, at + 1] - rate[low, at]).mean() - (rate[:, at + 1] - rate[:, at]).mean()
        )
    assert told == pytest.approx(np.mean(rises), abs=0.015)


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"people": 14, "managers": 14}, EffectGate.PEOPLE),
        ({"people": 80, "managers": 5}, EffectGate.MANAGERS),
        ({"first": 3, "quarters": 5, "people": 80, "managers": 20}, EffectGate.QUARTERS),
    ],
)
def test_what_is_missing_for_an_effect_is_said(more: dict[str, int], missing: EffectGate) -> None:
    found = in_drawn(Truth(**more), seed=1)
    assert (found.verdict, found.effect) == (EffectVerdict.DESCRIPTION_ONLY, None)
    assert found.missing == (missing,)
