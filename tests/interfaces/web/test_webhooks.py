"""Settings, Sending: registered, shown without secrets, tested, removed; and what was given up."""

import re

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import outbox, webhooks
from headway.records.models import Account, AuditEntry, Outgoing, ReminderChoice, Webhook
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db
ASKED = {
    "name": "Sales <channel>",
    "address": "https://hooks.example.com/services/T0/B0/x5ecret",
    "form": "text",
}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def test_the_secret_is_shown_once_and_the_address_never_again() -> None:
    browser = signed_in("opal")
    made = browser.post("/settings/sending/", ASKED).content.decode()
    secret = re.search(r"<code>(headway_hook_[\w-]{43})</code>", made)[1]
    assert "Sales &lt;channel&gt;" in made
    listed = browser.get("/settings/sending/").content.decode()
    assert "Sales &lt;channel&gt;" in listed
    assert "hooks.example.com" in listed
    for hidden in (secret, "x5ecret"):
        assert hidden not in listed
        assert hidden not in str(Webhook.objects.values().get())
        assert hidden not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"address": "http://hooks.example.com/x"}, "does not begin with https://"),
        ({"address": "https://u:p@hooks.example.com/x"}, "names a user or a password"),
        ({"name": " "}, "required"),
        ({"form": "fax"}, "fax is not one of the available choices"),
    ],
)
def test_what_is_no_webhook_is_refused_and_what_was_typed_stays(wrong: dict, told: str) -> None:
    reply = signed_in("opal").post("/settings/sending/", {**ASKED, **wrong})
    assert reply.status_code == 422
    assert told in reply.content.decode()
    assert "hooks.example.com" in reply.content.decode()
    assert Webhook.objects.count() == 0


def test_ten_are_enough() -> None:
    for number in range(webhooks.MOST_WEBHOOKS):
        webhooks.register(
            viewer=SYSTEM,
            at=cast.NOW,
            name=str(number),
            address=ASKED["address"],
            form="text",
        )
    reply = signed_in("opal").post("/settings/sending/", ASKED)
    assert (reply.status_code, Webhook.objects.count()) == (422, 10)


def test_a_test_is_queued_and_a_removed_one_takes_what_waits_with_it() -> None:
    browser = signed_in("opal")
    browser.post("/settings/sending/", ASKED)
    made = Webhook.objects.get().pk
    for _ in range(2):
        assert browser.post(f"/settings/sending/{made}/test/").status_code == 302
    assert Outgoing.objects.get().kind == "test"
    assert "One post waits." in browser.get("/settings/sending/").content.decode()
    assert browser.post(f"/settings/sending/{made}/remove/").status_code == 302
    assert (Webhook.objects.count(), Outgoing.objects.count()) == (0, 0)
    assert browser.post(f"/settings/sending/{made}/test/").status_code == 403


def test_others_find_nothing_there() -> None:
    for name in ("mona", "max", "sam"):
        assert signed_in(name).get("/settings/sending/").status_code == 404
        assert signed_in(name).post("/settings/sending/", ASKED).status_code == 404
        assert "/settings/sending/" not in signed_in(name).get("/settings/").content.decode()


def test_a_mail_that_was_given_up_is_shown_with_its_reason() -> None:
    sam = Account.objects.get(name="Sam")
    outbox.remind(account_id=sam.pk, day="2026-06-30", about={}, at=cast.NOW)
    outbox.failed(
        Outgoing.objects.get(), at=cast.NOW, problem="No such <mailbox>.", is_for_good=True
    )
    page = signed_in("opal").get("/settings/sending/").content.decode()
    assert "No such &lt;mailbox&gt;." in page
    assert "Sam" in page


def test_each_chooses_what_is_mailed_to_them_and_nobody_else() -> None:
    browser = signed_in("sam")
    page = browser.get("/settings/").content.decode()
    assert re.findall(r'name="kinds" value="(\w+)"[^>]*checked', page) == [
        "due",
        "session",
        "called_off",
        "practice",
        "repeat",
    ]
    browser.post("/settings/reminders/", {"kinds": ["asked", "kept"]})
    page = browser.get("/settings/").content.decode()
    assert re.findall(r'name="kinds" value="(\w+)"[^>]*checked', page) == ["asked", "kept"]
    browser.post("/settings/reminders/", {"kinds": ["everything"]})
    assert [(c.account.name, c.kinds) for c in ReminderChoice.objects.all()] == [
        ("Sam", ["asked", "kept"])
    ]
    browser.post("/settings/reminders/", {})
    assert ReminderChoice.objects.get().kinds == []


@pytest.mark.parametrize("token", ["t0ken", "NQ:1xXHMe:uBHjJfKpq77w0mxfDJTM2AU0FDJBN3e"])
def test_a_link_that_is_none_of_ours_stops_nothing(client, token: str) -> None:
    for ask in (client.get, client.post):
        reply = ask(f"/reminders/stop/{token}/")
        assert reply.status_code == 410
        assert "Log in and choose" in reply.content.decode()
    assert ReminderChoice.objects.count() == 0
