"""Eight writers at once, in processes of their own, on a database in a file: nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

WRITERS, EACH = 8, 3

_WRITER = f"""
import sys
import django
django.setup()
from django.utils import timezone
from headway.actions import sources
from headway.actions.action import StaleVersionError
from headway.records.models import Mapping
from headway.terms.viewer import SYSTEM
done = stale = 0
while done < {EACH}:
    seen = Mapping.objects.get(pk=1)
    kept = {{**seen.choices, f"{{sys.argv[1]}}-{{done}}": 1}}
    try:
        sources.confirm_mapping(
            viewer=SYSTEM, at=timezone.now(), mapping_id=1, seen_version=seen.version, choices=kept
        )
        done += 1
    except StaleVersionError:
        stale += 1
"""

_BEFORE = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from headway.actions import sources
from headway.terms.viewer import SYSTEM
call_command("migrate", verbosity=0)
sources.propose_mapping(
    viewer=SYSTEM, at=timezone.now(), source="s", columns_hash="h", proposal={}
)
"""

_AFTER = """
import django
django.setup()
from headway.queries import audit
from headway.records.models import AuditEntry, Mapping
from headway.terms.viewer import SYSTEM
made = Mapping.objects.get(pk=1)
print(len(made.choices), made.version, AuditEntry.objects.count(), audit.wholeness(SYSTEM).is_whole)
"""


def test_eight_writers_of_one_record_lose_no_update(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HEADWAY_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "headway.server.settings",
    }

    def started(code: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    assert started(_BEFORE).communicate() == ("", "")
    writers = [started(_WRITER, str(number)) for number in range(WRITERS)]
    problems = [writer.communicate()[1] for writer in writers]
    assert problems == [""] * WRITERS
    # 8 x 3 updates on top of version 1; each has its entry, and so has the proposal.
    said = started(_AFTER).communicate()[0].split()
    assert said == ["24", "25", "25", "True"]
