"""What one line of the table says, and the groups of people it speaks of."""

from dataclasses import dataclass

from tests.access.world import WHO

EVERYBODY = frozenset(WHO) - {"disabled", "signed out"}
RESULTS = EVERYBODY - {"operations"}
RUNNING = frozenset({"executive", "operations"})
ABOVE = frozenset({"executive", "leader above", "leader"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Record:
    """One kind of record; `marks` are patterns, any of which tells that it was shown."""

    name: str
    models: tuple[str, ...]
    marks: tuple[str, ...]
    page: frozenset[str]
    api: frozenset[str]
    why: str


def record(
    name: str,
    models: str,
    marks: str,
    page: frozenset[str],
    why: str,
    *,
    api: frozenset[str] | None = None,
) -> Record:
    return Record(
        name=name,
        models=tuple(models.split()),
        marks=tuple(marks.split(" | ")),
        page=page,
        api=page if api is None else api,
        why=why,
    )
