"""Eight people at one commitment at once, in processes of their own: nothing said is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS, EACH = 8, 3

# On SQLite in a folder of its own, or on the PostgreSQL that the environment names.
_WRITERS = f"""
import os
import sys
from datetime import date, timedelta
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from headway.actions import commitment_course as course
from headway.actions import commitments
from headway.actions.action import StaleVersionError, keyed
from headway.records.models import Account, Commitment, Person
from headway.terms.viewer import Role, Viewer

def write(number):
    at, far = timezone.now(), timezone.now().date() + timedelta(days=30)
    for done in range({EACH}):
        course.progress(viewer=VIEWER, at=at, commitment_id=KEPT, note=f"{{number}} {{done}}")
        while True:
            seen = Commitment.objects.get(pk=KEPT)
            try:
                course.move(
                    viewer=VIEWER, at=at, commitment_id=KEPT, reason="Away",
                    due_on=max(seen.due_on, far) + timedelta(days=1), seen_version=seen.version,
                )
                break
            except StaleVersionError:
                pass
    with keyed("one form, sent eight times"):
        commitments.make(viewer=VIEWER, at=at, wanted=WANTED)

call_command("migrate", verbosity=0)
Person.objects.create(id="writers-max", name="Max")
account = Account.objects.create(
    email="writers@example.com", name="Max", person_id="writers-max", password="!",
    is_manager=True, created_at=timezone.now(),
)
VIEWER = Viewer(
    person_id="writers-max", account_id=account.pk, roles=frozenset({{Role.MANAGER}})
)
WANTED = commitments.Wanted(
    owner="writers-max", text="Agree cards", seen_by="Cards", due_on=date(2099, 1, 1)
)
KEPT = commitments.make(
    viewer=VIEWER, at=timezone.now(), wanted=commitments.Wanted(
        owner="writers-max", text="Visit", seen_by="Minutes",
        due_on=timezone.now().date() + timedelta(days=7),
    ),
).commitment_id
connections.close_all()
writers = []
for number in range({WRITERS}):
    writer = os.fork()
    if not writer:
        try:
            write(number)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    writers.append(writer)
ended = [os.waitstatus_to_exitcode(os.waitpid(writer, 0)[1]) for writer in writers]
found = Commitment.objects.get(pk=KEPT)
moves = list(found.events.filter(kind="renegotiated").order_by("id"))
notes = set(found.events.filter(kind="progress").values_list("note", flat=True))
chain = all(after.from_on == before.to_on for before, after in zip(moves, moves[1:]))
print(*ended)
print(len(notes), len(moves), chain, found.due_on == moves[-1].to_on, found.version)
print(Commitment.objects.filter(owner_id="writers-max").count())
"""


@pytest.mark.slow
@pytest.mark.writers
def test_eight_writers_of_one_commitment_lose_nothing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HEADWAY_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "headway.server.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-c", _WRITERS],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    ended, said, made = ran.stdout.splitlines()
    assert ended.split() == ["0"] * WRITERS
    # 8 x 3 notes, and 8 x 3 moves, each from where the one before had moved it.
    assert said.split() == ["24", "24", "True", "True", "25"]
    # The one that was there, and one of eight equal wishes under a key.
    assert made == "2"
