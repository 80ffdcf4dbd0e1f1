"""What the pulse tells whom, query by query."""

from datetime import date, timedelta

import pytest
from tests import cast, pulse_world
from tests.pulse_world import NOW

from headway.actions import pulse as changes
from headway.cycle import pulse as cycle
from headway.queries import pulse
from headway.queries.access import NotSeenError
from headway.queries.sensitive import noted
from headway.records.models import Person, PulsePooled, ReportingLine, Wave

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


MANAGERS = ("mona", "olaf", "max", "nick", "nora")


@pytest.fixture
def rated() -> int:
    """Five managers, each answered about by six people of whom two agree; eve leads them all."""
    pulse_world.enter(mona=6, olaf=6, max=6)
    for manager in ("nick", "nora"):
        Person.objects.create(id=manager, name=manager.title())
        ReportingLine.objects.create(
            person_id=manager, manager_id="eve", role="manager", valid_from=NOW.date()
        )
        for number in range(6):
            person = Person.objects.create(id=f"{manager}-{number}", name="Somebody")
            ReportingLine.objects.create(
                person=person, manager_id=manager, role="seller", valid_from=NOW.date()
            )
    wave_ = pulse_world.opened(cast.viewer("eve"), items=("WD1", "RC1"), priorities=())
    for manager in MANAGERS:
        for number, value in enumerate("112245"):
            pulse_world.answered(wave_, f"{manager}-{number}", {"WD1": value, "RC1": value})
    cycle.due(at=pulse_world.AFTER)
    return wave_


def test_a_leader_above_sees_all_managers_together_and_no_one_of_them(rated: int) -> None:
    before = Wave.objects.create(
        items=["WD1"],
        opened_at=NOW - timedelta(days=100),
        closes_on=date(2026, 4, 1),
        closed_at=NOW - timedelta(days=90),
        state="counted",
    )
    PulsePooled.objects.create(wave=before, item="WD1", least=8, most=9, of=31, team_count=5)
    [trend] = pulse.about_managers(cast.viewer("eve"), wave_id=rated)
    assert trend.sentence == "My leader does what they ask of us."
    assert [(step.agree, step.of) for step in trend.steps] == [
        ("8 to 9", 31),
        ("10", 30),
    ]
    [first] = pulse.about_managers(cast.viewer("eve"), wave_id=before.pk)
    assert [step.agree for step in first.steps] == ["8 to 9"]
    cells = pulse.cells(cast.viewer("eve"), wave_id=rated)
    assert {told.item for cell in cells for told in cell.told} == {"RC1"}


@pytest.mark.parametrize("name", ["mona", "max", "olaf", "sam", "stan", "opal"])
def test_who_does_not_lead_all_of_them_sees_nothing_of_them_together(name: str, rated: int) -> None:
    assert pulse.about_managers(cast.viewer(name), wave_id=rated) == ()
