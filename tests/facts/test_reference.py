from collections.abc import Callable
from pathlib import Path

from headway.facts import reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tables.md"


def test_the_reference_is_made_from_the_declaration(
    generated: Callable[[Path, str], None],
) -> None:
    generated(PAGE, reference.markdown())
