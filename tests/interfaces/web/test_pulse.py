"""Asking, answering, coding and reading in the browser; and what nobody finds out there."""

import re

import pytest
from django.test import Client
from tests import cast, pulse_world
from tests.interfaces.web.results_world import signed_in
from tests.pulse_world import AFTER

from headway.actions import strategy
from headway.cycle import pulse as cycle
from headway.records.models import (
    AuditEntry,
    Coding,
    IdempotencyKey,
    PulseAnswer,
    PulseInvitation,
    Wave,
)
from headway.terms.declared import Priority as PriorityContent
from headway.terms.declared import PriorityKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: pulse_world.NOW)
    pulse_world.enter(mona=7, olaf=6)


def answered_by_all(wave: int) -> None:
    for manager, count in (("mona", 7), ("olaf", 6)):
        for number in range(count):
            given = {"R1": f"secret {manager} words", "WD1": str(1 + number % 5), "RC1": "4"}
            pulse_world.answered(wave, f"{manager}-{number}", given)


def test_recall_stands_on_a_page_of_its_own_before_a_priority_is_named() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    guest, link = Client(), f"/pulse/answer/{pulse_world.token(wave, 'mona-1')}/"
    first = guest.get(link).content.decode()
    assert (first.count("<textarea"), "Sell the new product line" in first) == (1, False)
    second = guest.post(link, {"R1": "Hospitals"}).content.decode()
    assert ("Sell the new product line" in second, 'name="R1"' in second) == (True, False)
    recalled = re.search(r'name="recalled" value="([^"]+)"', second).group(1)
    sent = {"recalled": recalled, "last": "yes", "R1": "Sell the new product line", "WD1": "2"}
    assert "Thank you" in guest.post(link, sent).content.decode()
    # What was said on the first page stands, whatever is sent with the second.
    kept = PulseAnswer.objects.get()
    assert (kept.words, kept.values) == ({"R1": "Hospitals"}, {"WD1": "2"})
    assert guest.get(link).status_code == 410
    assert guest.post(link, sent).status_code == 410


def test_what_one_recalled_cannot_be_carried_to_another_link() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    links = [f"/pulse/answer/{pulse_world.token(wave, f'mona-{n}')}/" for n in (1, 2)]
    second = Client().post(links[0], {"R1": "Hospitals"}).content.decode()
    recalled = re.search(r'name="recalled" value="([^"]+)"', second).group(1)
    Client().post(links[1], {"recalled": recalled, "last": "yes"})
    assert PulseAnswer.objects.get().words == {}


def test_a_wrong_answer_keeps_what_was_typed() -> None:
    wave = pulse_world.opened(cast.viewer("eve"), items=("RC1",), priorities=())
    link = f"/pulse/answer/{pulse_world.token(wave, 'mona-1')}/"
    reply = Client().post(link, {"RC1": "9", "last": "yes"})
    assert (reply.status_code, PulseAnswer.objects.count()) == (422, 0)


def test_from_today_the_questions_open_at_once_and_nothing_is_kept_of_what_was_sent() -> None:
    wave = pulse_world.opened(cast.viewer("eve"), items=("RC1",), priorities=())
    sam = signed_in("sam")
    today = sam.get("/today/").content.decode()
    assert "Answer a few questions" in today
    path = re.search(r'action="(/pulse/own/\d+/)"', today)[1]
    page = sam.post(path, follow=True)
    # The questions, with no log-in between, and no key of a form that would stay beside a name.
    assert page.redirect_chain[-1][0].startswith("/pulse/answer/")
    assert 'name="RC1"' in page.content.decode()
    assert "form_key" not in page.content.decode()
    kept = IdempotencyKey.objects.count()
    sam.post(page.redirect_chain[-1][0], {"RC1": "4", "last": "yes"})
    assert PulseAnswer.objects.filter(wave=wave).count() == 1
    assert IdempotencyKey.objects.count() == kept
    assert "Answer a few questions" not in sam.get("/today/").content.decode()


def test_who_is_signed_in_answers_by_the_same_link_and_leaves_no_trace_of_it() -> None:
    wave = pulse_world.opened(cast.viewer("eve"), items=("RC1",), priorities=())
    sam = signed_in("sam")
    assert "You are asked" in sam.get("/pulse/").content.decode()
    link = sam.post(f"/pulse/own/{wave}/").headers["Location"]
    assert "Thank you" in sam.post(link, {"RC1": "4", "last": "yes"}).content.decode()
    assert "You are asked" not in sam.get("/pulse/").content.decode()
    assert set(AuditEntry.objects.filter(code="pulse.answer").values_list("account_id")) == {
        (None,)
    }


def test_a_leader_opens_a_wave_and_a_bad_one_says_why() -> None:
    eve = signed_in("eve")
    assert eve.get("/pulse/new/").status_code == 200
    wanted = {
        "scope": "organisation",
        "items": ["RC1", "PS1"],
        "closes_on": "2026-07-10",
        "least": "6",
    }
    refused = eve.post("/pulse/new/", {**wanted, "least": "4"})
    assert refused.status_code == 422
    assert "greater than or equal to 5" in refused.content.decode()
    over = eve.post("/pulse/new/", {**wanted, "closes_on": "2026-06-30"}).content.decode()
    assert "That day has gone by, or is today. Choose a later one." in over
    assert eve.post("/pulse/new/", wanted).status_code == 302
    assert Wave.objects.get().least == 6
    again = eve.post("/pulse/new/", wanted)
    assert (again.status_code, "Exchange one" in again.content.decode()) == (422, True)
    assert Wave.objects.get().items == ["RC1", "PS1"]


def test_what_is_proposed_can_be_asked_as_it_stands_without_a_priority() -> None:
    page = signed_in("eve").get("/pulse/new/").content.decode()
    chosen = re.findall(r'value="([A-Z]+[0-9])"[^>]*checked', page)
    assert chosen == ["R1", "RC1", "PS1"]
    wanted = {"scope": "organisation", "items": chosen, "closes_on": "2026-07-10", "least": "6"}
    assert signed_in("eve").post("/pulse/new/", wanted).status_code == 302


def test_what_is_proposed_can_be_asked_as_it_stands_with_a_priority() -> None:
    strategy.declare(
        viewer=cast.viewer("eve"),
        at=pulse_world.NOW,
        priority=PriorityContent(kind=PriorityKind.SEGMENT, name="Hospitals"),
        declared_on=pulse_world.NOW.date(),
    )
    page = signed_in("eve").get("/pulse/new/").content.decode()
    chosen = re.findall(r'value="([A-Z]+[0-9])"[^>]*checked', page)
    (priority,) = re.findall(r'<option value="([^"]+)" selected>Hospitals', page)
    assert "U1" in chosen
    wanted = {
        "scope": "organisation",
        "priority": priority,
        "items": chosen,
        "closes_on": "2026-07-10",
        "least": "6",
    }
    assert signed_in("eve").post("/pulse/new/", wanted).status_code == 302


@pytest.mark.parametrize("who", ["mona", "max", "sam", "opal"])
def test_waves_of_others_are_not_there(who: str) -> None:
    wave = pulse_world.opened(cast.viewer("eve"), head="olaf")
    client = signed_in(who)
    assert client.get(f"/pulse/{wave}/").status_code == 404
    client.post(f"/pulse/{wave}/close/")
    assert Wave.objects.get().state == "open"
    assert "Olaf" not in client.get("/pulse/").content.decode()


def test_no_page_tells_words_or_who_answered() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    answered_by_all(wave)
    cycle.due(at=AFTER)
    pages = ("/pulse/", f"/pulse/{wave}/", "/settings/audit/", "/results/", "/line-of-sight/")
    for who in cast.ROLES:
        client = signed_in(who)
        for page in pages:
            text = client.get(page).content.decode()
            assert "secret" not in text, (who, page)
            assert "Mona-" not in text or page != f"/pulse/{wave}/", (who, page)


def test_what_is_asked_about_a_manager_is_for_that_manager_alone() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    answered_by_all(wave)
    cycle.due(at=AFTER)
    Wave.objects.filter(pk=wave).update(head=None)
    text = signed_in("eve").get(f"/pulse/{wave}/").content.decode()
    assert ("I know what I am expected" in text, "My leader does" in text) == (True, False)


def test_a_manager_reads_of_a_wave_of_all_what_their_own_people_tell() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    answered_by_all(wave)
    olaf = signed_in("olaf")
    assert "Close them now" not in olaf.get(f"/pulse/{wave}/").content.decode()
    cycle.due(at=AFTER)
    text = olaf.get(f"/pulse/{wave}/").content.decode()
    assert ("People of Olaf" in text, "People of Mona" in text) == (True, False)


def test_a_manager_reads_what_their_own_people_say_of_them() -> None:
    wave = pulse_world.opened(cast.viewer("olaf"), head="olaf")
    for number in range(6):
        pulse_world.answered(wave, f"olaf-{number}", {"WD1": str(1 + number % 5)})
    cycle.due(at=AFTER)
    assert "My leader does" in signed_in("olaf").get(f"/pulse/{wave}/").content.decode()


def test_coding_shows_words_of_all_teams_and_never_a_team() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    for number in range(7):
        pulse_world.answered(wave, f"mona-{number}", {"R1": "hospitals"})
    for number in range(6):
        pulse_world.answered(wave, f"olaf-{number}", {"R1": "hospitals"})
    cycle.due(at=AFTER)
    opal = signed_in("opal")
    text = opal.get("/pulse/code/").content.decode()
    assert ("hospitals" in text, "Mona" in text, "Olaf" in text) == (True, False, False)
    assert AuditEntry.objects.filter(code="read:pulse.words").exists()
    number = re.search(r'name="answer_id" value="(\d+)"', text).group(1)
    opal.post("/pulse/code/", {"answer_id": number, "named": ["p2"], "themes": "care"})
    assert Coding.objects.get(coder="person").codes == {
        "R1": {"p1": "no", "p2": "yes"},
        "themes": ["care"],
    }


@pytest.mark.parametrize("who", ["mona", "max", "sam"])
def test_who_is_near_those_asked_reads_no_words(who: str) -> None:
    assert signed_in(who).get("/pulse/code/").status_code == 404


def test_how_many_answered_moves_in_fives_while_a_wave_is_open() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    eve = signed_in("eve")
    for number, expected in enumerate((0, 0, 0, 0, 5, 5)):
        pulse_world.answered(wave, f"mona-{number}", {"RC1": "1"})
        assert f"At least {expected} of" in eve.get(f"/pulse/{wave}/").content.decode()
    assert PulseInvitation.objects.filter(has_answered=True).count() == 6
