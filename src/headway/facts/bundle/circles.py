"""Circles: people who report to each other on some day, rows that lie above each other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_Line = Mapping[str, Any]  # Any: row, person_id, manager_id, valid_from, valid_to


def closing(lines: Sequence[_Line]) -> list[int]:
    """The rows that close a circle: of each circle those that began last.

    Args:
        lines: one dict per reporting line: `row`, `person_id`, `manager_id`, `valid_from` and
            `valid_to`. The intervals of one person do not overlap.

    Returns:
        Their `row`s, sorted.

    Examples:
        >>> day = date(2026, 1, 1)
        >>> of = lambda row, person, manager: {"row": row, "person_id": person,
        ...     "manager_id": manager, "valid_from": day, "valid_to": None}
        >>> closing([of(0, "a", "b"), of(1, "b", "a"), of(2, "c", "a")])
        [0, 1]
    """
    by_person: dict[str, list[_Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line["valid_from"]):
        by_person[line["person_id"]].append(line)
    starts = {
        person: [line["valid_from"] for line in theirs] for person, theirs in by_person.items()
    }
    found: set[int] = set()
    for line in lines:
        # A circle appears on the day on which its last line begins.
        walked = _walk(line, by_person=by_person, starts=starts)
        if walked and all(other["valid_from"] <= line["valid_from"] for other in walked):
            found.add(line["row"])
    return sorted(found)


def _walk(
    line: _Line, *, by_person: Mapping[str, Sequence[_Line]], starts: Mapping[str, Sequence[date]]
) -> list[_Line]:
    """The lines of the circle through `line` on its first day, or none."""
    day, walked, seen = line["valid_from"], [line], {line["person_id"]}
    while (manager := walked[-1]["manager_id"]) is not None:
        if manager == line["person_id"]:
            return walked
        place = bisect_right(starts.get(manager, ()), day) - 1
        if manager in seen or place < 0:
            return []
        above = by_person[manager][place]
        if above["valid_to"] is not None and above["valid_to"] <= day:
            return []
        seen.add(manager)
        walked.append(above)
    return []


def lying_in(above: Mapping[str, str]) -> set[str]:
    """The keys that lie above themselves, directly or through others.

    Args:
        above: the key above each key; a key that is not here has none above it.

    Examples:
        >>> sorted(lying_in({"a": "b", "b": "a", "c": "a", "d": "d", "e": "f"}))
        ['a', 'b', 'd']
    """
    found: set[str] = set()
    seen: set[str] = set()
    for start in above:
        walked: list[str] = []
        key: str | None = start
        while key is not None and key not in seen:
            seen.add(key)
            walked.append(key)
            key = above.get(key)
        if key in walked:
            found.update(walked[walked.index(key) :])
    return found
