"""Messages to be said again in the browser: planned, changed, ended, and read by who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in
from tests.interfaces.web.test_direction import page

from headway.actions import direction
from headway.actions.direction import Told
from headway.queries.results import figures
from headway.records.models import Message, MessageRepeat
from headway.terms.declared import Channel, Repeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def test_it_is_planned_again_changed_and_ended_on_the_pages() -> None:
    max_, today = signed_in("max"), timezone.localdate()
    said = {
        "sender": "max",
        "head": "max",
        "text": "The old line stops on Monday.",
        "told_on": (today - timedelta(days=35)).isoformat(),
        "channel": "video",
    }
    # A day that is not to come, none at all, and a last day before the next: said beside the field.
    for wrong in (
        {"again": "once"},
        {"again": "once", "again_on": today.isoformat()},
        {"again": "4", "again_on": later(9), "again_until": later(8)},
        {"again": "3"},
    ):
        assert max_.post("/direction/messages/new/", {**said, **wrong}).status_code == 422, wrong
    assert max_.post("/direction/messages/new/", {**said, "again": "4"}).status_code == 302
    number = Message.objects.get().pk
    text = page(max_, "/direction/")
    assert ("To be said again" in text, "Change or end it" in text) == (True, True)
    assert f"Overdue since {figures.day(today - timedelta(days=7))}" in text
    assert "every 4 weeks" in text
    # What was said last stands in the form: its words and its channel.
    again = page(max_, f"/direction/messages/new/?again={number}")
    assert '<option value="video" selected>' in again
    assert "The old line stops on Monday.</textarea>" in again
    path = f"/direction/messages/{number}/repeat/"
    assert "Plan it again" not in text
    assert '<option value="4" selected>' in page(max_, path)
    changed = {"seen_version": 1, "again": "6", "again_on": later(20), "again_until": later(90)}
    assert max_.post(path, changed).status_code == 302
    assert "Due again on" in page(max_, "/direction/")
    # Who hears it, and who leads others, sees nothing of it; who leads its sender only reads it.
    for who in ("sam", "sue", "olaf", "stan"):
        client = signed_in(who)
        assert "gain on" not in page(client, "/direction/"), who
        assert client.get(path).status_code == 404, who
    mona = page(signed_in("mona"), "/direction/")
    assert ("Due again on" in mona, "Change or end it" in mona) == (True, False)
    assert "Do not say it again" in page(max_, path)
    end = f"/direction/repeats/{MessageRepeat.objects.get().pk}/end/"
    assert signed_in("mona").post(end, {"seen_version": 2}).status_code == 403
    assert max_.post(end, {"seen_version": 1}).status_code == 409
    assert max_.post(end, {"seen_version": 2}).status_code == 302
    assert "To be said again" not in page(max_, "/direction/")


def test_a_day_that_has_gone_by_is_asked_for_anew_and_stays_once() -> None:
    told = Told(
        sender="max",
        head="max",
        told_on=timezone.localdate() - timedelta(days=20),
        channel=Channel.EMAIL,
        text="It is about margin.",
        repeat=Repeat(on=timezone.localdate() - timedelta(days=2)),
    )
    at = timezone.now() - timedelta(days=20)
    made = direction.tell(viewer=cast.viewer("max"), at=at, told=told)
    max_, path = signed_in("max"), f"/direction/messages/{made.message_id}/repeat/"
    assert '<option value="once" selected>' in page(max_, path)
    assert max_.post(path, {"seen_version": 1, "again": "once"}).status_code == 422
    sent = {"seen_version": 1, "again": "once", "again_on": later(5)}
    assert max_.post(path, sent).status_code == 302
    assert MessageRepeat.objects.get().due_on.isoformat() == later(5)


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()
