"""Whether leaders began with themselves: what is on record, and else what those led answer."""

import pytest
from tests.small_led import GIVEN, answered, cards
from tests.small_line import WINDOW, priority, with_tables

from headway.analysis.strategy import lines
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link, LinkReason


def led(facts: Facts, group: str = "seller@mia") -> Counted:
    (line,) = [each for each in lines.of(facts, window=WINDOW) if each.group.name == group]
    return next(each for each in line.links if each.link is Link.LED)


def figures(found: Counted) -> tuple[object, ...]:
    return found.k, found.n, found.asked, found.reason, found.is_by_followers


@pytest.mark.parametrize("item", ["WD1", "WD2", "WD3"])
def test_without_cards_it_is_what_those_led_answer(item: str) -> None:
    facts = answered(GIVEN, item=item)
    assert figures(led(facts)) == (3, 6, 6, None, True)
    assert figures(led(facts, "seller@lena")) == (4, 11, 12, None, True)


def test_the_answers_are_about_leaders_and_the_same_for_every_priority() -> None:
    facts = answered(GIVEN, meant__priority=[priority(), priority(priority_id="p2")])
    found = [
        each
        for line in lines.of(facts, window=WINDOW)
        if line.group.name == "seller@mia"
        for each in line.links
        if each.link is Link.LED
    ]
    assert [figures(each) for each in found] == [(3, 6, 6, None, True)] * 2


def test_three_changes_on_record_need_no_answers() -> None:
    facts = answered(GIVEN, **cards(items=3))
    assert figures(led(facts)) == (3, 3, 1, None, False)
    # The other leader has no card.
    assert figures(led(facts, "seller@max")) == (1, 5, 6, None, True)


def test_fewer_changes_are_left_for_the_answers_where_there_are_any() -> None:
    assert figures(led(answered(GIVEN, **cards(items=2)))) == (3, 6, 6, None, True)
    assert figures(led(with_tables(**cards(items=2)))) == (2, 2, 1, LinkReason.TOO_FEW, False)


@pytest.mark.parametrize("alike", [{"2": 6}, {"5": 6, "1": 0}, {"5": 2, "1": 2}])
def test_where_all_answer_alike_or_too_few_do_it_is_silence(alike: dict[str, int]) -> None:
    facts = answered({**GIVEN, "mia": alike})
    assert figures(led(facts)) == (None, None, 6, LinkReason.ANONYMITY, True)
    # Above, these six are asked and not heard, so that nothing can be subtracted.
    assert figures(led(facts, "seller@lena")) == (1, 5, 12, None, True)


def test_without_cards_and_answers_it_is_not_measured() -> None:
    found = led(answered(GIVEN, item="AU1"))
    assert (found.k, found.n, found.reason) == (None, None, None)
