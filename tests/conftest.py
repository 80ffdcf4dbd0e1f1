"""What every test shares: a fixed pace of hypothesis, and pages that are written by the code."""

from collections.abc import Callable
from functools import cache
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


@pytest.fixture(autouse=True)
def _numbers_begin_at_one(request: pytest.FixtureRequest) -> None:
    """A test counts its records from one, whatever ran before it.

    Sequences of PostgreSQL do not roll back, and a test without a transaction leaves those of
    SQLite behind.
    """
    mark = request.node.get_closest_marker("django_db")
    if mark is None:
        return
    is_transactional = mark.kwargs.get("transaction", False)
    request.getfixturevalue("transactional_db" if is_transactional else "db")
    from django.db import connection  # noqa: PLC0415  most tests need no Django

    with connection.cursor() as cursor:
        for statement in _from_one():
            cursor.execute(statement)


@cache
def _from_one() -> list[str]:
    from django.core.management.color import no_style  # noqa: PLC0415  as above
    from django.db import connection  # noqa: PLC0415  as above

    sequences = connection.introspection.sequence_list()
    return connection.ops.sequence_reset_by_name_sql(no_style(), sequences)
