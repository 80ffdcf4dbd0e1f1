"""What is loaded and what people did here on a skill are published together."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.cycle import brought_world as world

from headway.actions import coaching, pairs
from headway.cycle import publish
from headway.queries.coaching import skills
from headway.records.models import PublishedOwnSkills
from headway.terms.coaching_session import SessionKind
from headway.terms.viewer import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = world.AT + timedelta(days=9)
SELLERS = [f"s{number}" for number in range(1, 6)]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> None:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle"), settings.HEADWAY_DATA)


def practise(person: str) -> None:
    """A session of max about the skill of the list that counts."""
    done = coaching.log(
        viewer=world.viewer("max", Role.MANAGER),
        at=world.AT,
        person=person,
        logged=coaching.Logged(
            held_at=world.AT - timedelta(days=3),
            minutes=30,
            kind=SessionKind.ROLE_PLAY,
            topic="Discovery",
            priority="",
            is_work_observed=False,
            practice="A word of two alone",
            follow_up_on=world.AT.date(),
        ),
    )
    coaching.confirm(
        viewer=world.viewer(person, Role.SELLER),
        at=world.AT,
        session_id=done.session_id,
        seen_version=1,
    )


def seen(name: str, role: Role) -> dict[str, dict[str, str]]:
    page = skills.page(world.viewer(name, role), at=LATER)
    return {each.head: {row.skill: row.practised for row in each.rows} for each in page.groups}


def test_a_skill_of_the_list_is_told_of_five_people_to_their_leader_alone() -> None:
    pairs.keep_skill(viewer=world.viewer("max", Role.MANAGER), at=world.AT, name="Discovery")
    for person in SELLERS[:4]:
        practise(person)
    publish.publish(at=world.AT)
    assert "Discovery" not in seen("max", Role.MANAGER).get("max", {})
    own = skills.page(world.viewer("s1", Role.SELLER), at=LATER).own
    assert "Discovery" in [each.skill for each in own]
    practise(SELLERS[4])
    publish.publish(at=world.AT)
    assert seen("max", Role.MANAGER)["max"]["Discovery"] == "5 of 5"
    assert "Discovery" not in seen("olaf", Role.MANAGER).get("olaf", {})
    assert seen("s1", Role.SELLER) == {}
    # Of the two publications that are kept neither holds a word of theirs.
    kept = str(list(PublishedOwnSkills.objects.values_list("skills", flat=True)))
    assert "A word of two alone" not in kept
