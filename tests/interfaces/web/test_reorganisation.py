"""Direction, Changes in the browser: declared by leaders, read by whom they concern."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in

from headway.actions import strategy
from headway.records.models import Handover, Reorganisation, RoleChange, Training
from headway.terms.declared import Priority as Content
from headway.terms.declared import PriorityKind

pytestmark = pytest.mark.django_db

HOME = "/direction/changes/"


@pytest.fixture
def priority() -> str:
    results_world.enter(decided=3)
    content = Content(kind=PriorityKind.REORGANISATION, name="By segment")
    return strategy.declare(
        viewer=cast.viewer("mona"),
        at=cast.NOW,
        priority=content,
        declared_on=date(2026, 1, 1),
    ).priority_id


def page(client: Client, path: str, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, path
    return reply.content.decode()


def rows(*parts: tuple[str, str, str]) -> dict[str, str]:
    said = {"count": str(len(parts))}
    for number, (role, segment, percent) in enumerate(parts):
        said |= {
            f"r{number}-role_name": role,
            f"r{number}-segment": segment,
            f"r{number}-percent": percent,
        }
    return said


def declared(client: Client, priority: str, *parts: tuple[str, str, str]):
    day = timezone.localdate().isoformat()
    said = {"seen_version": 0, "priority": priority, "name": "By segment", "effective_on": day}
    return client.post(f"{HOME}new/", {**said, **rows(*parts)})


def test_a_reorganisation_is_declared_and_roles_given(priority: str) -> None:
    mona = signed_in("mona")
    parts = (("Hunter", "New", "70"), ("Hunter", "", "30"), ("", "", ""))
    one = declared(mona, priority, *parts).headers["Location"]
    assert "nobody has a role yet" in page(mona, one)
    said = {"seen_version": 1, "role_name": "Hunter", "head": "max", "people": ["sam"]}
    assert mona.post(one, said).status_code == 302
    assert list(RoleChange.objects.values_list("person_id", "role_name")) == [("sam", "Hunter")]
    # Who is not below the chosen leader cannot be ticked, nor can a stale form be kept.
    assert mona.post(one, {**said, "seen_version": 2, "people": ["stan"]}).status_code == 422
    assert mona.post(one, said).status_code == 409
    assert "70%" in page(mona, one)
    text = page(signed_in("sam"), one)
    assert ("Hunter" in text, "Give the role" in text) == (True, False)
    page(signed_in("olaf"), one, 404)
    assert "By segment" not in page(signed_in("stan"), HOME)


def test_a_share_that_does_not_add_up_and_half_a_row_are_refused(priority: str) -> None:
    mona = signed_in("mona")
    reply = declared(mona, priority, ("Hunter", "New", "70"))
    assert (reply.status_code, "adds up to 70 %" in reply.content.decode()) == (422, True)
    reply = declared(mona, priority, ("Hunter", "New", ""))
    assert (reply.status_code, "how much of its work" in reply.content.decode()) == (422, True)
    assert Reorganisation.objects.count() == 0


def test_one_more_part_keeps_what_was_typed(priority: str) -> None:
    said = {**rows(("Hunter", "New", "70")), "add": "1", "name": "Typed"}
    text = signed_in("mona").post(f"{HOME}new/", said).content.decode()
    assert ('value="Typed"' in text, 'value="Hunter"' in text) == (True, True)
    assert "r1-role_name" in text


def test_accounts_are_handed_over_and_done(priority: str) -> None:
    mona = signed_in("mona")
    assert "Acme" in page(mona, f"{HOME}handovers/new/?giver=sam")
    assert "Acme" not in page(mona, f"{HOME}handovers/new/?giver=stan")
    day = timezone.localdate().isoformat()
    said = {"giver": "sam", "taker": "sue", "planned_on": day, "is_everybody": "on"}
    assert mona.post(f"{HOME}handovers/new/", said).status_code == 302
    number = Handover.objects.get().pk
    path = f"{HOME}handovers/{number}/complete/"
    assert "Acme" in page(signed_in("sue"), HOME)
    assert signed_in("sue").post(path).status_code == 404
    assert mona.post(path, {"seen_version": 1, "completed_on": day}).status_code == 302
    assert Handover.objects.get().completed_on == timezone.localdate()
    text = page(mona, HOME)
    assert ("None is still to change hands." in text, "One account has changed hands" in text) == (
        *(True, True),
    )


def test_a_training_is_logged_and_taken_back(priority: str) -> None:
    mona = signed_in("mona")
    day = timezone.localdate().isoformat()
    said = {"head": "max", "priority": priority, "name": "Discovery", "held_on": day}
    assert mona.post(f"{HOME}trainings/new/", {**said, "came": ["sam"]}).status_code == 302
    assert "1 of 2" in page(mona, HOME)
    later = mona.post(f"{HOME}trainings/new/", {**said, "held_on": "2999-01-01"})
    assert (later.status_code, Training.objects.count()) == (422, 1)
    path = f"{HOME}withdraw/training/{Training.objects.get().pk}/"
    assert mona.post(path, {"seen_version": 1}).status_code == 302
    assert "Discovery" not in page(mona, HOME)
