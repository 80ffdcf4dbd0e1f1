"""The sample that ships with Headway: a folder of files like any other, and leaving it again."""

import shutil
from datetime import datetime

from django.conf import settings

from headway.actions import sample as changes
from headway.queries import sample
from headway.sources import demo
from headway.sources.protocol import Progress, in_silence
from headway.terms.viewer import Viewer

FOLDER = demo.FOLDER


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
    for name in ("loads", "rejections"):
        shutil.rmtree(settings.HEADWAY_DATA / name, ignore_errors=True)
    progress(0.9, "Ready for data of your own")
    changes.forget(viewer=viewer, at=at)
