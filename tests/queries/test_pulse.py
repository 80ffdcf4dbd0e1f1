"""What the pulse tells whom, query by query."""

import pytest
from tests import cast, pulse_world
from tests.pulse_world import NOW

from headway.actions import pulse as changes
from headway.queries import pulse
from headway.queries.access import NotSeenError
from headway.queries.sensitive import noted

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> int:
    pulse_world.enter(mona=6, olaf=6)
    return pulse_world.opened(cast.viewer("eve"), head="olaf")


@pytest.mark.parametrize("who", ["mona", "max", "sam", "opal"])
def test_strangers_learn_nothing_of_a_wave(who: str, wave: int) -> None:
    viewer = cast.viewer(who)
    assert pulse.waves(viewer) == ()
    assert pulse.cells(viewer, wave_id=wave) == ()
    assert pulse.themes(viewer, wave_id=wave) == ()
    assert pulse.waiting(viewer, today=NOW.date()) == ()
    with pytest.raises(NotSeenError):
        pulse.wave(viewer, wave_id=wave)
    with noted():
        assert pulse.next_to_code(viewer) is None


@pytest.mark.parametrize("who", ["sam", "opal"])
def test_who_may_not_ask_is_offered_no_priority(who: str, wave: int) -> None:
    assert pulse.offered_priorities(cast.viewer(who)) == ()


def test_a_link_shows_its_questions_until_it_is_used(wave: int) -> None:
    hash_ = changes.token_hash(pulse_world.token(wave, "olaf-1"))
    asked = pulse.questions(None, hash_=hash_, today=NOW.date())
    assert [each.code for each in asked] == ["R1", "U1", "U2", "B1", "RC1", "WD1"]
    assert [each.priority for each in asked[:2]] == ["", "Sell the new product line"]
    pulse_world.answered(wave, "olaf-1", {})
    assert pulse.questions(None, hash_=hash_, today=NOW.date()) == ()
    assert pulse.questions(None, hash_=changes.token_hash("guess"), today=NOW.date()) == ()


@pytest.mark.parametrize("manager", ["olaf", "eve"])
def test_who_leads_those_asked_sees_the_wave_and_not_who_answered(manager: str, wave: int) -> None:
    pulse_world.answered(wave, "olaf-1", {"RC1": "1"})
    seen = pulse.wave(cast.viewer(manager), wave_id=wave)
    assert (seen.invited_count, seen.answered_at_least, seen.may_close) == (7, 0, True)
