"""Gives every test process a data folder of its own, before Django reads its settings.

What was compiled is kept, whatever the machine is set to: every process that a test starts would
compile two thousand modules anew, for five seconds each.

Loaded by `-p tests.environment` (pyproject.toml): a conftest would come too late for pytest-django.
"""

import atexit
import os
import shutil
import sys
import tempfile

for name in [name for name in os.environ if name.startswith("HEADWAY_")]:
    del os.environ[name]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
DATA = tempfile.mkdtemp(prefix="headway-tests-")
os.environ["HEADWAY_DATA"] = DATA
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
