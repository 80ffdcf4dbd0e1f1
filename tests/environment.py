"""Gives every test process a data folder of its own, before Django reads its settings.

Loaded by `-p tests.environment` (pyproject.toml): a conftest would come too late for pytest-django.
"""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("HEADWAY_")]:
    del os.environ[name]
DATA = tempfile.mkdtemp(prefix="headway-tests-")
os.environ["HEADWAY_DATA"] = DATA
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
