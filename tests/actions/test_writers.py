"""Eight writers at once, in processes of their own, on a database in a file: nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS, EACH = 8, 3

# What all of them import is imported once: each writer then parts from this process, with a
# connection of its own: the one that prepared the database is closed.
_WRITERS = f"""
import os
import sys
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from headway.actions import sources
from headway.actions.action import StaleVersionError
from headway.queries import audit
from headway.records.models import AuditEntry, Mapping
from headway.terms.viewer import SYSTEM

def write(number):
    done = 0
    while done < {EACH}:
        seen = Mapping.objects.get(pk=1)
        kept = {{**seen.choices, f"{{number}}-{{done}}": 1}}
        try:
            sources.confirm_mapping(
                viewer=SYSTEM, at=timezone.now(), mapping_id=1, seen_version=seen.version,
                choices=kept,
            )
            done += 1
        except StaleVersionError:
            pass

call_command("migrate", verbosity=0)
sources.propose_mapping(
    viewer=SYSTEM, at=timezone.now(), source="s", columns_hash="h", proposal={{}}
)
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
made = Mapping.objects.get(pk=1)
print(*ended)
entries = AuditEntry.objects.filter(code__in=("sources.propose_mapping", "sources.confirm_mapping"))
print(len(made.choices), made.version, entries.count(), audit.wholeness(SYSTEM).is_whole)
"""


@pytest.mark.slow
@pytest.mark.writers
def test_eight_writers_of_one_record_lose_no_update(tmp_path: Path) -> None:
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
    ended, said = ran.stdout.splitlines()
    assert ended.split() == ["0"] * WRITERS
    # 8 x 3 updates on top of version 1; each has its entry, and so has the proposal.
    assert said.split() == ["24", "25", "25", "True"]
