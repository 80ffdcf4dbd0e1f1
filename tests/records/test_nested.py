"""Nested groups: what is told of several never differs by one to four people."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as drawn

from headway.records import nested

Lines = Mapping[str, str | None]


def inside(head: str, *, above: Lines) -> set[str]:
    return {each for each in above if head in chain(each, above=above)}


def chain(head: str, *, above: Lines) -> Sequence[str]:
    found = []
    while (wider := above.get(head)) is not None:
        found.append(wider)
        head = wider
    return found


@drawn.composite
def organisations(draw: drawn.DrawFn) -> tuple[dict[str, str | None], dict[str, int], str]:
    """Leaders in a tree, how many people count below each, and who looks."""
    names = [f"l{number}" for number in range(draw(drawn.integers(1, 8)))]
    above: dict[str, str | None] = {names[0]: None}
    for number, name in enumerate(names[1:], start=1):
        above[name] = names[draw(drawn.integers(0, number - 1))]
    own = {name: draw(drawn.integers(0, 9)) for name in names}
    counts = {
        name: own[name] + sum(own[each] for each in inside(name, above=above)) for name in names
    }
    return above, counts, draw(drawn.sampled_from(names))


@given(organisations())
def test_no_difference_is_of_one_to_four_people(
    drawn_: tuple[dict[str, str | None], dict[str, int], str],
) -> None:
    above, counts, own = drawn_
    open_ = {name: (count,) for name, count in counts.items() if count >= 5}
    told = nested.told(open_, above=above, own=own)
    assert own in told or own not in open_
    for head in told:
        within = inside(head, above=above) & told
        widest = {each for each in within if not within & set(chain(each, above=above))}
        rest = counts[head] - sum(counts[each] for each in widest)
        assert not widest or not 0 < rest < 5


def test_each_count_is_looked_at_by_itself() -> None:
    above = {"ben": "ada"}
    assert nested.told({"ada": (20, 20), "ben": (10, 18)}, above=above, own=None) == {"ada"}
    assert nested.told({"ada": (20, 20), "ben": (10, 20)}, above=above, own=None) == {"ada", "ben"}


def test_ones_own_group_stays_in_place_of_the_wider_one() -> None:
    above = {"ben": "ada", "cy": "ada"}
    counts = {"ada": (7,), "ben": (6,)}
    assert nested.told(counts, above=above, own="ben") == {"ben"}


def test_a_circle_of_lines_ends() -> None:
    assert nested.told({"ada": (9,)}, above={"ada": "ben", "ben": "ada"}, own=None) == {"ada"}
