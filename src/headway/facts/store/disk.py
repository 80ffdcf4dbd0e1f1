"""Writing so that after a crash there is the old or the new, never half of either."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".tmp"


def sync(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(path: Path, content: str) -> None:
    """Put `content` in the place of the file: whoever opens it reads all of the old or the new."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync(path.parent)


def withdraw(path: Path) -> None:
    """Take a file away: whoever opens it reads all of it or finds none."""
    path.unlink()
    sync(path.parent)


def copy(source: Path, target: Path) -> None:
    """Bring a file in."""
    shutil.copyfile(source, target)
    sync(target)


def link(source: Path, target: Path) -> None:
    """Let a file that never changes lie in a second place."""
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without links
        copy(source, target)


def remove(folder: Path) -> None:
    """Take a folder away: under another name first, so that no part of it is ever taken for it."""
    leaving = folder
    if folder.suffix != UNFINISHED:
        leaving = folder.with_name(f"{folder.name}.leaving{UNFINISHED}")
        folder.rename(leaving)
    shutil.rmtree(leaving)


@contextmanager
def locked(path: Path, *, is_shared: bool = False) -> Iterator[None]:
    """Hold a lock; it ends with the process, however that ends."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def free_lock(path: Path) -> Iterator[bool]:
    """Hold a lock if nobody else does: gives whether it is held."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
