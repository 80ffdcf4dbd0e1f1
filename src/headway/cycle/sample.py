"""The sample organisation: invented for today, read like anybody's own bundle, and left again."""

import hashlib
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

import headway
from headway.actions import sample as changes
from headway.queries import sample
from headway.sources.protocol import Progress, in_silence
from headway.terms.viewer import Viewer

SEED, SCENARIO = 1, "sample"
_SHOWN_BY = frozenset({"interfaces", "server"})


@cache
def made_by() -> str:
    """A fingerprint of the code that invents, reads and explains the sample.

    Pages and commands only show it: what stands in their folders does not count.
    """
    here = Path(headway.__file__).parent
    code = hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        name = path.relative_to(here)
        if name.parts[0] not in _SHOWN_BY:
            code.update(f"{name.as_posix()}\0".encode() + path.read_bytes())
    return code.hexdigest()[:16]


def folder() -> Path:
    """Where the sample lies as a bundle, in the data folder: one place for each making of it."""
    return Path(settings.HEADWAY_DATA) / "sample" / made_by()


def invent(*, at: datetime, progress: Progress = in_silence) -> Path:
    """The sample as a bundle, its last day today; the one this code has made stays as it is."""
    from headway.cycle import inventing  # noqa: PLC0415  loads the engine, web workers must not

    found = folder()
    if not (found / "bundle.json").is_file():
        progress(0.0, "Inventing the sample organisation")
        shutil.rmtree(found.parent, ignore_errors=True)
        inventing.write(found, as_of=at.date(), seed=SEED, sellers=None, scenario=SCENARIO)
    return found


def live(*, viewer: Viewer, at: datetime) -> None:
    """Let its people use Headway, and the leader who asked for it stand for their head."""
    from headway.cycle import lived  # noqa: PLC0415  many actions, which web workers need not

    lived.live(viewer=viewer, at=at)


def leave(*, viewer: Viewer, at: datetime, progress: Progress = in_silence) -> None:
    """Remove everything the sample brought; nothing happens where it is not loaded.

    What marks it as the sample goes last: until then nothing else can be loaded, and whoever
    repeats this after it was broken off ends it.
    """
    from headway.facts.store import Store  # noqa: PLC0415  loads the engine, web workers must not

    if not sample.is_loaded(viewer):
        return
    progress(0.1, "Taking its findings and people away")
    changes.clear(viewer=viewer, at=at)
    progress(0.5, "Taking its facts away")
    Store(settings.HEADWAY_DATA / "facts").clear()
    progress(0.7, "Taking its lists away")
    for name in ("loads", "rejections", "sample"):
        shutil.rmtree(settings.HEADWAY_DATA / name, ignore_errors=True)
    progress(0.9, "Ready for data of your own")
    changes.forget(viewer=viewer, at=at)
