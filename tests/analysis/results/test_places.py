"""Which reporting line holds on a day."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.results import places

DAY = st.integers(0, 30)


def apart(rows: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Lines of one owner do not overlap."""
    kept: list[tuple[int, int, int]] = []
    for owner, first, length in sorted(rows):
        if all(other != owner or first >= start + size for other, start, size in kept):
            kept.append((owner, first, length))
    return kept


LINES = st.lists(st.tuples(st.integers(0, 3), DAY, st.integers(1, 12)), max_size=12).map(apart)


def by_looking(lines: list[tuple[int, int, int]], *, owner: int, day: int) -> int:
    """The line that covers the day, else the last before it, else the first after it."""
    own = [(start, place) for place, (who, start, _) in enumerate(lines) if who == owner]
    before = [entry for entry in own if entry[0] <= day]
    if before:
        return max(before)[1]
    return min(own)[1] if own else -1


@given(LINES, st.lists(st.tuples(st.integers(0, 3), DAY), min_size=1, max_size=10))
def test_the_line_is_the_one_a_person_would_find(
    lines: list[tuple[int, int, int]], asked: list[tuple[int, int]]
) -> None:
    if not lines:
        return
    who, start, length = (np.array(column) for column in zip(*lines, strict=True))
    owner, day = (np.array(column) for column in zip(*asked, strict=True))
    found, is_nearest = places.line_on(
        owner=owner.astype(np.int32),
        day=day.astype("datetime64[D]"),
        line_owner=who.astype(np.int32),
        valid_from=start.astype("datetime64[D]"),
        valid_to=(start + length).astype("datetime64[D]"),
    )
    expected = [by_looking(lines, owner=one, day=when) for one, when in asked]
    assert found.tolist() == expected
    uncovered = [
        place >= 0 and not lines[place][1] <= when < lines[place][1] + lines[place][2]
        for place, (_, when) in zip(expected, asked, strict=True)
    ]
    assert is_nearest == any(uncovered)
