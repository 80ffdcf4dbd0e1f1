"""The key that signs sessions and links: made on first use, kept beside the data."""

import os
import secrets
from pathlib import Path
from typing import cast

from django.utils.functional import lazystr


def kept_in(folder: Path) -> str:
    """The key in `folder`, read when first needed: reading settings writes nothing."""
    # Django's lazy text is no subclass of str, but behaves as one.
    return cast("str", lazystr(_Key(folder)))


class _Key:
    """Text that is looked up once, when somebody asks for it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: str | None = None

    def __str__(self) -> str:
        if self._known is None:
            self._known = _found_or_made(self._folder / "secret_key")
        return self._known


def _found_or_made(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"secret_key.{os.getpid()}.tmp")
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        pass
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(50))
        stream.flush()
        os.fsync(stream.fileno())
    # A link succeeds only for the first of two processes that start together.
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
