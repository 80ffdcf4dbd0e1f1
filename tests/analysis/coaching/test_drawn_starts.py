"""Starts drawn by lot: the effect is told from the lots, and chance alone is hardly ever one."""

from dataclasses import replace

import numpy as np
import pytest
from tests import drawn_coaching
from tests.drawn_coaching import Truth

from headway.analysis.coaching import drawn_starts
from headway.analysis.coaching.drawn_starts import Found, Trial
from headway.findings.strategy import coaching_effects
from headway.terms.coaching import EffectVerdict
from headway.terms.policy import DEFAULT

SMALL = Truth(people=72, managers=12, quarters=9, items=10, picked="waves")


def trial(*, wave: list[int], effect: float = 0.0, spans: int = 3, seed: int = 0) -> Trial:
    """Teams that differ, of whom those started lie higher by `effect`; little else happens."""
    random = np.random.default_rng(seed)
    waves = np.array(wave)
    before = random.uniform(0.2, 0.6, len(wave))
    stray = random.normal(0, 0.01, (len(wave), spans))
    treated = waves[:, None] <= np.arange(spans)
    return Trial(
        rate=before[:, None] + stray + effect * treated,
        before=before,
        wave=waves,
        people=np.full(len(wave), 5),
    )


WAVES = [each % 4 for each in range(12)]


def test_what_is_planted_is_found_and_whoever_waited_first_stands_on_both_sides() -> None:
    held = 0
    for seed in range(20):
        made = trial(wave=WAVES, effect=0.2, seed=seed)
        found = drawn_starts.effect(made, policy=DEFAULT)
        assert found is not None
        assert found.value == pytest.approx(0.2, abs=0.02)
        assert (found.started, found.waited) == (45, 45)
        held += found.low <= 0.2 <= found.high
    # Of 20 with .90 each, fewer than 15 come once in a hundred times.
    assert held >= 15


def test_a_larger_effect_moves_the_range_and_leaves_its_width() -> None:
    none, much = (
        drawn_starts.effect(trial(wave=WAVES, effect=each), policy=DEFAULT) for each in (0, 0.3)
    )
    assert isinstance(none, Found)
    assert isinstance(much, Found)
    for name in ("value", "low", "high"):
        assert getattr(much, name) - getattr(none, name) == pytest.approx(0.3)


def test_too_few_teams_or_people_are_silent() -> None:
    assert drawn_starts.effect(trial(wave=[0, 1, 2, 3]), policy=DEFAULT) is None
    few = replace(trial(wave=WAVES), people=np.ones(12, dtype=np.intp))
    assert drawn_starts.effect(few, policy=DEFAULT) is None


def test_the_year_before_takes_chance_away() -> None:
    made = drawn_coaching.trial(drawn_coaching.draw(SMALL, seed=3))
    without = replace(made, before=np.zeros(len(made.before)))
    found, plain = (drawn_starts.effect(each, policy=DEFAULT) for each in (made, without))
    assert found is not None
    assert plain is not None
    assert found.high - found.low < 0.8 * (plain.high - plain.low)


@pytest.mark.slow
def test_chance_is_hardly_ever_told_as_help_and_the_range_holds_what_was_planted() -> None:
    helps, held, draws = 0, 0, 200
    for seed in range(draws):
        drawn = drawn_coaching.draw(SMALL, seed=seed)
        found = drawn_starts.effect(drawn_coaching.trial(drawn), policy=DEFAULT)
        assert found is not None
        told = coaching_effects.verdict(found.low, found.high, policy=DEFAULT)
        helps += told is EffectVerdict.HELPS
        drawn = drawn_coaching.draw(replace(SMALL, effect=0.1), seed=seed)
        planted = drawn_starts.effect(drawn_coaching.trial(drawn), policy=DEFAULT)
        assert planted is not None
        held += planted.low <= drawn.effect <= planted.high
    assert helps / draws <= 0.05
    # Of 200 with .90 each, fewer than 168 come once in 200 times.
    assert held / draws >= 0.84
