"""What other systems are told, signed, over a real server that speaks as chat servers do."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests import cast, hook_server
from tests.hook_server import Answer, signature_of

from headway.actions import commitment_course, commitments, webhooks
from headway.actions import outbox as outbox_rows
from headway.actions.action import ACTIONS
from headway.cycle import outbox
from headway.queries import outbox as seen
from headway.records.models import Organisation, Outgoing, Webhook
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db
URL = "https://headway.example.com"
# A Monday in summer, when Berlin is two hours ahead: the day there begins at 4 for reminders.
MONDAY = datetime(2026, 7, 6, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def everybody(settings) -> None:
    settings.HEADWAY_URL = URL
    cast.enter()


@pytest.fixture
def server(settings, monkeypatch, tmp_path: Path):
    settings.HEADWAY_WEBHOOKS_PRIVATE = True
    monkeypatch.setenv("SSL_CERT_FILE", str(hook_server.certificate(tmp_path)))
    with hook_server.serving(tmp_path) as found:
        yield found


def registered(server, *, form: str, at: datetime = cast.NOW) -> webhooks.WebhookMade:
    return webhooks.register(
        viewer=cast.viewer("opal"), at=at, name="Chat", address=server.address, form=form
    )


def promised(who: str, *, due_on: date, to: str | None = None, text: str = "Call Acme") -> int:
    wanted = commitments.Wanted(owner=who, text=text, seen_by="A list", due_on=due_on, to=to)
    made = commitments.make(viewer=cast.viewer(who), at=cast.NOW, wanted=wanted)
    return made.commitment_id


def told(server) -> list[dict]:
    return [json.loads(each.body) for each in server.taken]


def problem() -> str:
    return Webhook.objects.get().problem


def test_a_channel_is_told_once_a_week_how_much_falls_due_and_nothing_else(server) -> None:
    registered(server, form="text")
    promised("sam", due_on=date(2026, 7, 6), to="max")
    promised("sue", due_on=date(2026, 7, 12))
    promised("stan", due_on=date(2026, 7, 13))
    outbox.due(at=MONDAY - timedelta(hours=4, seconds=1))
    assert told(server) == []
    for hours in (2, 3, 30):
        outbox.due(at=MONDAY + timedelta(hours=hours))
    assert told(server) == [{"text": f"2 promises fall due this week. {URL}/commitments/"}]


def test_the_day_of_a_channel_begins_in_the_organisations_zone(server) -> None:
    Organisation.objects.update(time_zone="Europe/Berlin")
    registered(server, form="text")
    promised("sam", due_on=date(2026, 7, 6))
    outbox.due(at=MONDAY - timedelta(seconds=1))
    assert told(server) == []
    outbox.due(at=MONDAY)
    assert told(server) == [{"text": f"1 promise falls due this week. {URL}/commitments/"}]


def test_a_week_in_which_nothing_falls_due_is_a_quiet_one(server) -> None:
    registered(server, form="text")
    commitment_id = promised("sam", due_on=date(2026, 7, 13))
    outbox.due(at=MONDAY + timedelta(hours=9))
    assert (told(server), Outgoing.objects.count()) == ([], 0)
    # What was due when it was written, and is not any more when it is sent, is not told either.
    server.answers.append(Answer(status=500))
    at = MONDAY + timedelta(days=7, hours=9)
    outbox.due(at=at)
    commitment_course.keep(
        viewer=cast.viewer("sam"), at=at, commitment_id=commitment_id, seen_version=1
    )
    outbox.due(at=at + timedelta(hours=1))
    assert (len(server.taken), Outgoing.objects.count()) == (1, 0)


def test_a_program_is_told_of_each_change_by_id_without_what_became_of_it(server) -> None:
    registered(server, form="event")
    commitment_id = promised("sam", due_on=date(2026, 7, 12), to="max", text="Call Acme at noon")
    commitment_course.give_up(
        viewer=cast.viewer("sam"), at=cast.NOW, commitment_id=commitment_id, seen_version=1
    )
    outbox.due(at=timezone.now())
    common = {
        "at": "2026-06-30T12:00:00+00:00",
        "ids": {"commitment": commitment_id},
        "url": f"{URL}/commitments/{commitment_id}/",
    }
    assert told(server)[:2] == [
        {"event": "commitment.made", **common},
        {"event": "commitment.changed", **common},
    ]
    text = str([taken.body for taken in server.taken]).lower()
    for word in ("sam", "max", "acme", "noon", "broken", "give", "open"):
        assert word not in text


def test_every_change_of_a_commitment_is_an_event() -> None:
    known = {code for code in ACTIONS if code.startswith("commitments.")}
    assert known == set(outbox_rows._EVENTS)


def test_a_change_that_fails_tells_nobody(server) -> None:
    registered(server, form="event")
    with pytest.raises(commitments.CommitmentTextError):
        promised("sam", due_on=date(2026, 7, 12), text=" ")
    assert Outgoing.objects.count() == 0


def test_the_signature_is_what_the_documentation_says(server) -> None:
    made = registered(server, form="event")
    promised("sam", due_on=date(2026, 7, 12))
    begun = int(timezone.now().timestamp())
    outbox.due(at=timezone.now())
    [taken] = server.taken
    assert taken.headers["Headway-Signature"] == signature_of(taken, secret=made.secret)
    assert taken.headers["Headway-Signature"] != signature_of(taken, secret=made.secret + "x")
    # Now, and not when it was written: a receiver refuses what is older than five minutes.
    assert begun <= int(taken.headers["Headway-Timestamp"]) <= begun + 30
    assert made.secret not in str(Webhook.objects.values().get())
    assert "/hooks/T0" not in str(Webhook.objects.values().get())


def test_what_is_sent_again_has_the_same_delivery_and_a_new_signature(server, monkeypatch) -> None:
    registered(server, form="event")
    promised("sam", due_on=date(2026, 7, 12))
    server.answers.append(Answer(status=500))
    at = timezone.now()
    outbox.due(at=at)
    assert problem() == "It answered 500."
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=5))
    outbox.due(at=at + timedelta(minutes=5))
    first, second = (taken.headers for taken in server.taken)
    assert first["Headway-Delivery"] == second["Headway-Delivery"]
    assert int(second["Headway-Timestamp"]) - int(first["Headway-Timestamp"]) == 300
    assert first["Headway-Signature"] != second["Headway-Signature"]
    assert problem() == ""


def test_who_asks_to_wait_is_left_alone_so_long_and_what_follows_waits_behind(server) -> None:
    registered(server, form="event")
    ids = [promised("sam", due_on=date(2026, 7, day)) for day in (12, 13)]
    server.answers.append(Answer(status=429, headers={"Retry-After": "3600"}))
    at = timezone.now()
    outbox.due(at=at)
    outbox.due(at=at + timedelta(minutes=59))
    assert (len(server.taken), problem()) == (1, "It answered 429.")
    outbox.due(at=at + timedelta(minutes=61))
    assert [each["ids"]["commitment"] for each in told(server)] == [ids[0], *ids]


def test_one_address_that_fails_holds_up_no_other(server, tmp_path: Path) -> None:
    registered(server, form="event")
    (tmp_path / "other").mkdir()
    with hook_server.serving(tmp_path) as other:
        registered(other, form="event")
        promised("sam", due_on=date(2026, 7, 12))
        server.answers.append(Answer(status=503))
        outbox.due(at=timezone.now())
        assert (len(server.taken), len(other.taken)) == (1, 1)
    found = {each.webhook_id: each.problem for each in seen.webhooks(cast.viewer("opal"))}
    assert sorted(found.values()) == ["", "It answered 503."]


def test_after_a_week_it_is_stopped_with_the_reason_and_a_test_starts_it_again(server) -> None:
    made = registered(server, form="event")
    promised("sam", due_on=date(2026, 7, 12))
    server.answers.extend([Answer(status=404)] * 12)
    at = timezone.now()
    for number in range(12):
        outbox.due(at=at + timedelta(days=number + 1))
    promised("sue", due_on=date(2026, 7, 12))
    [hook] = seen.webhooks(cast.viewer("opal"))
    assert (hook.is_stopped, hook.problem, hook.waiting_count) == (True, "It answered 404.", 0)
    assert len(server.taken) == 12
    webhooks.test(viewer=cast.viewer("opal"), at=at, webhook_id=made.webhook_id)
    outbox.due(at=at)
    assert told(server)[-1] == {
        "event": "test",
        "at": at.isoformat(),
        "ids": {},
        "url": f"{URL}/",
    }
    [hook] = seen.webhooks(cast.viewer("opal"))
    assert (hook.is_stopped, hook.problem) == (False, "")


def test_a_test_is_a_sentence_for_a_channel(server) -> None:
    made = registered(server, form="text")
    for _ in range(2):
        webhooks.test(viewer=SYSTEM, at=timezone.now(), webhook_id=made.webhook_id)
    outbox.due(at=timezone.now())
    assert told(server) == [
        {"text": "A test from Headway: this channel gets counts of promises, no names."}
    ]


def test_an_address_inside_is_a_reason_not_a_crash(settings) -> None:
    settings.HEADWAY_WEBHOOKS_PRIVATE = False
    made = webhooks.register(
        viewer=SYSTEM, at=cast.NOW, name="In", address="https://127.0.0.1/", form="text"
    )
    webhooks.test(viewer=SYSTEM, at=timezone.now(), webhook_id=made.webhook_id)
    outbox.due(at=timezone.now())
    assert problem() == (
        "127.0.0.1 leads into a private network, or nowhere. Expected a public address. For a chat "
        "server of your own set HEADWAY_WEBHOOKS_PRIVATE=true."
    )


def test_only_those_who_manage_access_see_webhooks(server) -> None:
    registered(server, form="text")
    for name in ("eve", "opal"):
        assert [hook.host for hook in seen.webhooks(cast.viewer(name))] == ["127.0.0.1"]
    for name in ("mona", "max", "sam"):
        assert seen.webhooks(cast.viewer(name)) == ()
        assert seen.due_between(cast.viewer(name), first=date.min, end=date.max) == 0
