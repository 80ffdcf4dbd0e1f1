"""What waits is sent once, tried again with growing pauses, given up with its reason."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests import cast, pulse_world, smtp
from tests.pulse_world import AFTER, NOW

from headway.actions import outbox as written
from headway.cycle import outbox, pulse
from headway.queries import outbox as seen
from headway.queries import pulse as waves
from headway.records.models import Outgoing, Person, PulseInvitation

pytestmark = pytest.mark.django_db
TEAMS = {"mona": 7, "olaf": 6}


@pytest.fixture(autouse=True)
def everybody() -> None:
    pulse_world.enter(**TEAMS)


@pytest.fixture
def mail(settings):
    with smtp.reached(settings) as server:
        yield server


def states() -> dict[str, int]:
    found = [row.state for row in Outgoing.objects.exclude(invitation__person__email="")]
    return {state: found.count(state) for state in set(found)}


def test_each_person_with_an_address_is_mailed_their_own_link_once(mail) -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    for _ in range(2):
        outbox.due(at=NOW)
    # The cast itself has no addresses.
    people = sorted(f"{name}-{n}" for name, count in TEAMS.items() for n in range(count))
    assert sorted(message["To"] for message in mail.taken) == [f"{p}@example.com" for p in people]
    for message in mail.taken:
        person = message["To"].removesuffix("@example.com")
        link = f"https://headway.example.com/pulse/answer/{pulse_world.token(wave, person)}/"
        assert link in message.get_content()


def test_the_rows_are_written_with_the_wave_and_hold_no_link() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    assert Outgoing.objects.count() == PulseInvitation.objects.filter(wave=wave).count()
    token = pulse_world.token(wave, "mona-0")
    assert token not in str(list(Outgoing.objects.values()))


def test_who_gets_an_address_later_is_mailed_then(mail) -> None:
    pulse_world.opened(cast.viewer("eve"))
    outbox.due(at=NOW)
    Person.objects.filter(id="sam").update(email="sam@example.com")
    outbox.due(at=NOW + timedelta(days=3))
    assert [message["To"] for message in mail.taken[13:]] == ["sam@example.com"]


def test_a_mailbox_that_is_not_there_keeps_nobody_elses_mail_back(mail) -> None:
    mail.refused.append(b"mona-0@")
    wave = pulse_world.opened(cast.viewer("eve"))
    outbox.due(at=NOW)
    assert len(mail.taken) == 12
    [told] = seen.mails(cast.viewer("opal")).given_up
    assert (told.to, told.problem) == (
        "Mona-0",
        "The mail server answered 550 (SMTPRecipientsRefused).",
    )
    assert waves.wave(cast.viewer("eve"), wave_id=wave).mail_problem_count == 1
    for name in ("sam", "max"):
        assert seen.mails(cast.viewer(name)) == seen.Mails(waiting_count=0, problem="", given_up=())


def test_what_a_server_cannot_take_now_is_tried_again_after_growing_pauses(mail) -> None:
    mail.busy.append(b"mona-0@")
    pulse_world.opened(cast.viewer("eve"))
    outbox.due(at=NOW)
    assert (len(mail.taken), states()) == (12, {"sent": 12, "waiting": 1})
    # 5, then 15 minutes: at 5 it fails again, at 19 nobody tries, at 20 it is taken.
    outbox.due(at=NOW + timedelta(minutes=5))
    mail.busy.clear()
    outbox.due(at=NOW + timedelta(minutes=19))
    assert len(mail.taken) == 12
    outbox.due(at=NOW + timedelta(minutes=20))
    assert [message["To"] for message in mail.taken[12:]] == ["mona-0@example.com"]


def test_after_the_last_try_it_is_given_up_with_the_reason(mail) -> None:
    mail.busy.append(b"mona-0@")
    pulse_world.opened(cast.viewer("eve"))
    # 5+15+45+135+405+1215 minutes, then a day six times: the twelfth try is its last.
    at = NOW
    for pause in (*written.PAUSES[:-1], *[written.PAUSES[-1]] * 5):
        outbox.due(at=at)
        assert states() == {"sent": 12, "waiting": 1}
        at += pause
    outbox.due(at=at)
    assert states() == {"sent": 12, "given_up": 1}
    assert timedelta(days=6) < at - NOW < timedelta(days=7)
    [told] = seen.mails(cast.viewer("opal")).given_up
    assert told.problem == "The mail server answered 450 (SMTPRecipientsRefused)."


def test_while_the_server_is_down_everything_waits_with_the_reason(settings, mail) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # where nobody listens
    pulse_world.opened(cast.viewer("eve"))
    outbox.due(at=NOW)
    assert mail.taken == []
    told = seen.mails(cast.viewer("opal"))
    assert told.problem == "The mail server could not be reached (ConnectionRefusedError)."
    settings.EMAIL_PORT = port
    outbox.due(at=NOW + timedelta(minutes=5))
    assert len(mail.taken) == 13


def test_without_a_mail_server_it_waits_untried_and_is_sent_once_there_is_one(settings) -> None:
    pulse_world.opened(cast.viewer("eve"))
    outbox.due(at=NOW)
    assert set(Outgoing.objects.values_list("attempt_count", flat=True)) == {0}
    with smtp.reached(settings) as server:
        outbox.due(at=NOW + timedelta(days=9))
        assert len(server.taken) == 13


def test_who_has_answered_is_not_mailed_and_leaves_no_trace_of_when(mail) -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    pulse_world.answered(wave, "mona-0", {"RC1": "3"})
    outbox.due(at=NOW)
    assert "mona-0@example.com" not in [message["To"] for message in mail.taken]
    assert not Outgoing.objects.filter(invitation__person_id="mona-0").exists()


def test_of_a_closed_wave_nothing_is_mailed(mail) -> None:
    pulse_world.opened(cast.viewer("eve"))
    pulse.due(at=AFTER)
    outbox.due(at=AFTER)
    assert (mail.taken, states()) == ([], {})


def test_two_workers_do_not_send_the_same_row() -> None:
    pulse_world.opened(cast.viewer("eve"))
    row = Outgoing.objects.order_by("pk")[0]
    assert [written.claimed(row, at=NOW) for _ in range(2)] == [True, False]


def test_what_is_long_over_is_let_go() -> None:
    pulse_world.opened(cast.viewer("eve"))
    rows = list(Outgoing.objects.order_by("pk"))
    written.sent(rows[0], at=NOW)
    written.tidied(at=NOW + timedelta(days=30))
    assert Outgoing.objects.count() == len(rows)
    written.tidied(at=NOW + timedelta(days=30, seconds=1))
    assert Outgoing.objects.count() == len(rows) - 1
    pulse.due(at=AFTER)
    written.tidied(at=AFTER)
    assert Outgoing.objects.count() == 0


# A worker that is killed the moment the server has taken the mail, before that is noted.
_KILLED = """
import os, signal
import django
django.setup()
from datetime import UTC, datetime
from django.conf import settings
from django.core.management import call_command
from headway.actions import outbox as written
from headway.cycle import outbox
from headway.records.models import Account, Organisation, Outgoing, Person, PulseInvitation, Wave
NOW = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_USE_TLS = False
if os.environ["KILLED"] == "yes":
    call_command("migrate", verbosity=0)
    Organisation.objects.create(name="Example", currency="EUR")
    person = Person.objects.create(id="ada", name="Ada", email="ada@example.com")
    wave = Wave.objects.create(items=["R1"], opened_at=NOW, closes_on=NOW.date())
    from headway.actions import seal
    asked = PulseInvitation.objects.create(
        wave=wave, person=person, team_manager="x", role="seller", token_hash="h",
        token_sealed=seal.sealed("t"),
    )
    written.invite([asked], at=NOW)
    written.sent = lambda row, *, at: os.kill(os.getpid(), signal.SIGKILL)
    outbox.due(at=NOW)
else:
    from datetime import timedelta
    outbox.due(at=NOW + timedelta(minutes=4))
    print(Outgoing.objects.get().state)
    outbox.due(at=NOW + timedelta(minutes=5))
    print(Outgoing.objects.get().state)
"""


@pytest.mark.slow
def test_a_worker_killed_between_sending_and_noting_it_sends_once_more(tmp_path: Path) -> None:
    with smtp.serving() as server:
        environment = {
            **os.environ,
            "HEADWAY_DATA": str(tmp_path),
            "HEADWAY_URL": "https://headway.example.com",
            "HEADWAY_SMTP_HOST": "127.0.0.1",
            "HEADWAY_SMTP_PORT": str(server.port),
            "HEADWAY_SMTP_SECURITY": "none",
            "DJANGO_SETTINGS_MODULE": "headway.server.settings",
        }
        ran = [
            subprocess.run(
                [sys.executable, "-c", _KILLED],
                env={**environment, "KILLED": killed},
                capture_output=True,
                text=True,
                check=False,
            )
            for killed in ("yes", "no")
        ]
        assert (ran[0].returncode, ran[1].stderr) == (-9, "")
        # Nothing is lost: it waits for the pause, and is sent a second time.
        assert ran[1].stdout.split() == ["waiting", "sent"]
        assert [message["To"] for message in server.taken] == ["ada@example.com"] * 2
