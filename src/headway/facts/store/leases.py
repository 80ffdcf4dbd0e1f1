"""Leases: what readers hold so that the snapshot they read is not taken away.

A lease is an empty file `<snapshot>@<host>@<pid>@<random>`. It holds while its process lives, and
for a day where that cannot be seen from here; its time is the file's.
"""

import errno
import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

HOLDS_UNSEEN = timedelta(days=1)
"""How long a lease of another machine holds."""
HOLDS_AT_ALL = timedelta(days=7)
"""How long any lease holds: a number of a process may have been given to another since."""


def take(folder: Path, snapshot: str) -> Path:
    """Hold `snapshot` for this process."""
    name = f"{snapshot}@{socket.gethostname()}@{os.getpid()}@{secrets.token_hex(4)}"
    lease = folder / name
    lease.touch(mode=0o600)
    return lease


def give_back(lease: Path) -> None:
    """Let go."""
    lease.unlink(missing_ok=True)


def held(folder: Path, *, now: datetime) -> frozenset[str]:
    """The snapshots that readers hold; leases that hold no more are swept."""
    found = set()
    for lease in folder.glob("*@*@*@*"):
        if _holds(lease, now=now):
            found.add(lease.name.partition("@")[0])
        else:
            give_back(lease)
    return frozenset(found)


def _holds(lease: Path, *, now: datetime) -> bool:
    try:
        taken = lease.stat().st_mtime
    except FileNotFoundError:
        return False
    age = timedelta(seconds=now.timestamp() - taken)
    _, host, process, _ = lease.name.split("@")
    if host != socket.gethostname():
        return age <= HOLDS_UNSEEN
    return age <= HOLDS_AT_ALL and _is_alive(int(process))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as problem:
        return problem.errno == errno.EPERM  # somebody else's, so it is there
    return True
