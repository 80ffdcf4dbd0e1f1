"""The installation this command works on: its data folder, its settings, its database."""

import os
from datetime import UTC, datetime
from pathlib import Path

from headway.terms.errors import HeadwayError

SETTINGS = "headway.server.settings"


class DataFolderError(HeadwayError):
    """The data folder cannot be made, or not written to."""

    code = "cli.data_folder"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The data folder {folder} cannot be written to. "
            "Expected a folder that belongs to you. Change its rights, or name another: "
            "HEADWAY_DATA=/path/to/folder"
        )


class TooOldError(HeadwayError):
    """The database was begun by an early version, and not all its changes were made since."""

    code = "cli.too_old"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The database in {folder} was made by an early version of Headway, and is not brought "
            "up to date from there any more. Nothing was changed. Name another folder, and load "
            "your files there: HEADWAY_DATA=/path/to/folder"
        )


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
        DataFolderError: the data folder cannot be written to.
        TooOldError: its database cannot be brought up to date.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django  # noqa: PLC0415  a second that --help must not take
    from django.conf import settings  # noqa: PLC0415  the same

    # The database and the files beside it are their owner's alone, whatever folder they lie in.
    os.umask(0o077)
    folder = made(Path(settings.HEADWAY_DATA))
    django.setup()
    _bring_up_to_date(folder)
    return folder


def _bring_up_to_date(folder: Path) -> None:
    """Migrate the database where there is something to migrate: looking takes a tenth of it."""
    from django.db import connection  # noqa: PLC0415  needs Django set up
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415  the same

    executor = MigrationExecutor(connection)
    for (app, _), squashed in executor.loader.replacements.items():
        made = [each in executor.loader.applied_migrations for each in squashed.replaces]
        if app == "records" and any(made) and not all(made):
            raise TooOldError(folder)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        from django.core.management import call_command  # noqa: PLC0415  heavy, and seldom needed

        call_command("migrate", interactive=False, verbosity=0)


def made(folder: Path) -> Path:
    """The folder, there and writable; made for its owner only.

    Raises:
        DataFolderError: it cannot be made, or not written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise DataFolderError(folder) from problem
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DataFolderError(folder)
    return folder


def choose_sample() -> None:
    """Work on the sample, which lies beside the organisation's own folder, never in it."""
    own = data_folder()
    os.environ["HEADWAY_DATA"] = str(own.with_name(f"{own.name}-sample"))


def now() -> datetime:
    """The moment of this command: only interfaces and the cycle read the clock."""
    return datetime.now(UTC)
