"""Messages to be said again in the browser: planned, changed, ended, and read by who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in
from tests.interfaces.web.test_direction import page

from headway.queries.results import figures
from headway.records.models import Message, MessageRepeat

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


def later(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()
