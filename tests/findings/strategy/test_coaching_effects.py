"""What is told of coaching: helps, no effect, harms, cannot tell, or a description alone."""

from collections import Counter

import numpy as np
import pytest
from tests import drawn_coaching
from tests.drawn_coaching import Picked, Truth

from headway.analysis.strategy import declared, sessions
from headway.findings.strategy import coaching_effects
from headway.findings.strategy.coaching_effects import Effects
from headway.terms.coaching import EffectVerdict
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
        effect=None, allocation=None, verdict=EffectVerdict.DESCRIPTION_ONLY
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
