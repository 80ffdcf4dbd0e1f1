"""The installation this command works on: its data folder, its settings, its database."""

import os
from datetime import UTC, datetime
from pathlib import Path

SETTINGS = "headway.server.settings"


def data_folder() -> Path:
    """Where everything lies, without opening it; the same as the settings say."""
    import platformdirs  # noqa: PLC0415  not needed for --help

    return Path(
        os.environ.get("HEADWAY_DATA") or platformdirs.user_data_dir("headway", appauthor=False)
    )


def opened() -> Path:
    """The data folder, with Django set up and the database brought up to date.

    Raises:
        SettingError: an environment variable holds what it cannot.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415  a second that --help must not take
    from django.conf import settings  # noqa: PLC0415  the same
    from django.core.management import call_command  # noqa: PLC0415  the same

    folder = Path(settings.HEADWAY_DATA)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    return folder


def choose_sample() -> None:
    """Work on the sample, which lies beside the organisation's own folder, never in it."""
    own = data_folder()
    os.environ["HEADWAY_DATA"] = str(own.with_name(f"{own.name}-sample"))
    os.environ["HEADWAY_SAMPLE"] = "true"


def now() -> datetime:
    """The moment of this command: only interfaces and the cycle read the clock."""
    return datetime.now(UTC)
