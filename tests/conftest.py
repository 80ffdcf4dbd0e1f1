"""What every test shares: a fixed pace of hypothesis, and pages that are written by the code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# A plugin: looked into for examples, it would start a server and turn every test to it.
collect_ignore = ["postgres.py"]

# No deadline: it would measure how busy the machine is.
settings.register_profile("headway", max_examples=50, deadline=None, print_blob=True)
settings.load_profile("headway")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./dev docs --write`."""
    parser.addoption("--write", action="store_true", help="write generated pages anew")


@pytest.fixture
def generated(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a page with what the code says it should be; with --write, writes it."""

    def compare(page: Path, text: str) -> None:
        if request.config.getoption("--write"):
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        found = page.read_text(encoding="utf-8") if page.exists() else ""
        assert found == text, f"{page.name} is not what the code says: ./dev docs --write"

    return compare
