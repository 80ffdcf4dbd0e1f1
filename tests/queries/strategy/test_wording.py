"""What people read of a chain."""

from dataclasses import replace

import pytest
from tests.worked_line import CHAIN, measured, state

from headway.queries.strategy import sentences, wording
from headway.terms.line import (
    BreakKind,
    Chain,
    Effect,
    FirstBreak,
    Link,
    LinkReason,
    LinkState,
    LinkVerdict,
    Share,
)
from headway.terms.pattern import (
    Pattern,
    PatternCode,
    PatternEvidence,
    PatternUnit,
    PatternVerdict,
)
from headway.terms.strategy import StrategyFindings

ANONYMITY = LinkReason.ANONYMITY


def page(chain: Chain = CHAIN) -> wording.ChainPage:
    (found,) = wording.priorities(StrategyFindings(chains=(chain,)), names={})
    return found.widest


def broken(kind: BreakKind, *links: Link, probability: float | None = None) -> Chain:
    return replace(CHAIN, first_break=FirstBreak(kind=kind, links=links, probability=probability))


def test_only_a_named_break_is_called_the_first() -> None:
    assert page().finding == "First break: Understood (88% likely)."
    assert page().is_break


def test_only_what_was_counted_whole_is_certain() -> None:
    nearly = broken(BreakKind.NAMED, Link.TOLD, probability=0.9991)
    assert page(nearly).finding == "First break: Told (over 99% likely)."
    declared = broken(BreakKind.NAMED, Link.DECLARED, probability=1.0)
    assert page(declared).finding == "First break: Declared (100% likely)."


@pytest.mark.parametrize(
    ("chain", "finding"),
    [
        (
            broken(BreakKind.SET, Link.TOLD, Link.RECALLED, probability=0.93),
            "The first break is one of Told and Recalled (93% likely).",
        ),
        (
            broken(BreakKind.FIRST_MEASURED, Link.MOVED, probability=0.9),
            "The first measured break is Moved; Coached before it: not measured.",
        ),
        (broken(BreakKind.NONE), "The line holds as far as it is measured."),
        (broken(BreakKind.UNKNOWN), "Not enough evidence to say where the line breaks."),
    ],
)
def test_what_is_less_sure_names_nothing(chain: Chain, finding: str) -> None:
    assert page(chain).finding == finding
    assert not page(chain).is_break


def test_a_link_says_its_count_its_range_and_what_would_settle_it() -> None:
    told = page().links[1]
    assert (told.name, told.word, told.count) == ("Told", "not enough evidence", "8 of 9")
    assert told.range == "12 to 50%"
    assert told.note == "too few cases; 7 more would settle it"


def test_a_census_has_no_range() -> None:
    assert page().links[0].range == ""


def test_practice_says_how_deep_it_goes() -> None:
    # 20 of 80 pieces of work.
    assert page().links[6].note == "in 25% of the work where it could be"


def test_what_is_not_measured_has_no_figures() -> None:
    coached = page().links[7]
    assert (coached.count, coached.range, coached.note) == ("", "", "not measured")


def test_a_link_that_may_not_be_shown_is_no_zero() -> None:
    hidden = state(Link.RECALLED, verdict=LinkVerdict.BLOCKED, low=None, reason=ANONYMITY)
    shown = page(replace(CHAIN, links=(hidden,))).links[0]
    assert (shown.word, shown.count, shown.range) == ("not shown", "", "")


def test_groups_and_priorities_have_their_names() -> None:
    assert page().priority == "Sell the new line"
    assert page(replace(CHAIN, name=None)).priority == "p1"
    assert page().group == "sellers under m1"
    assert page(replace(CHAIN, group="manager@m2")).group == "managers under m2"
    assert page().window == "January to March 2026"


def test_the_next_measurement_has_its_cost() -> None:
    words = "Measure Coached next: 8 answers, about 16 minutes together."
    assert page().next_step == words
    assert page(replace(CHAIN, next_measurement=None)).next_step == ""


def test_the_groups_of_a_priority_stand_together() -> None:
    chains = [CHAIN, replace(CHAIN, group="seller@m7"), replace(CHAIN, priority="p2", name=None)]
    first, second = wording.priorities(StrategyFindings(chains=tuple(chains)), names={})
    assert (first.priority, second.priority) == ("Sell the new line", "p2")
    assert [other.group for other in first.others] == ["sellers under m7"]
    assert second.others == ()


def test_a_pattern_that_is_present_is_told_with_its_place_and_size() -> None:
    pattern = Pattern(
        code=PatternCode.NEW_PRODUCT_OLD_MIX,
        priority="p1",
        place="seller@m1",
        verdict=PatternVerdict.PRESENT,
        subtype="not_tried",
        size=0.31,
        low=0.2,
        high=0.4,
        unit=PatternUnit.SHARE,
    )
    absent = replace(pattern, verdict=PatternVerdict.ABSENT)
    found = StrategyFindings(chains=(CHAIN,), patterns=(pattern, absent))
    (told,) = wording.priorities(found, names={"m1": "Rune Caldmoor"})
    assert told.patterns == (
        (
            "New product, old selling: sellers under Rune Caldmoor fall 31 points short of what "
            "was planned."
        ),
    )
    assert told.widest.group == "sellers under Rune Caldmoor"


@pytest.mark.parametrize(("shift", "share"), [(0.2, "20%"), (-0.1, "0%")])
def test_a_reorganisation_is_told_as_how_much_of_the_way_is_gone(shift, share) -> None:
    pattern = Pattern(
        code=PatternCode.REORGANISED_NOT_ACTED,
        priority="p1",
        place="seller@m1",
        verdict=PatternVerdict.PRESENT,
        subtype=None,
        size=0.5 - shift,
        low=0.2,
        high=0.6,
        unit=PatternUnit.SHIFT,
        evidence=(PatternEvidence(code="shift", value=shift),),
    )
    found = StrategyFindings(chains=(CHAIN,), patterns=(pattern,))
    (told,) = wording.priorities(found, names={"m1": "Rune Caldmoor"})
    (sentence,) = told.patterns
    assert sentence.endswith(
        f": sellers under Rune Caldmoor are {share} of the way to their new roles."
    )
    assert sentences.pattern(pattern).endswith(f"The work is {share} of the way to the new roles.")


def line(shown: LinkState) -> wording.LinkLine:
    return page(replace(CHAIN, links=(shown,))).links[0]


def test_what_those_led_answer_is_not_told_as_what_leaders_did() -> None:
    led = measured(Link.LED, 3, 6, LinkVerdict.UNKNOWN, is_by_followers=True)
    assert line(led).note == "as those led answer"
    words = "3 of 6 who answered say that the deeds of their leader match the words"
    assert (sentences.says(led), sentences.source(led)) == (words, "Pulse")
    own = replace(led, is_by_followers=False)
    words = "3 of 6 changes of the leaders began before they asked others"
    assert (sentences.says(own), sentences.source(own)) == (words, "Cards")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link.LED, "No change of the leaders themselves is recorded"),
        (Link.PRACTISED, "Nobody had enough work in which it could be done"),
    ],
)
def test_where_there_was_nothing_to_count_no_share_is_told(link: Link, words: str) -> None:
    nothing = measured(link, 0, 0, LinkVerdict.UNKNOWN)
    assert (sentences.says(nothing), line(nothing).count) == (words, "")


def test_coaching_says_who_keeps_it_up() -> None:
    kept = Share(k=2, n=6, mean=0.4, low=0.2, high=0.6, target=0.7)
    coached = measured(Link.COACHED, 8, 9, LinkVerdict.UNKNOWN, kept=kept)
    words = "2 of 6 of those who practised still do in the last 30 days"
    assert line(coached).note == words


@pytest.mark.parametrize(
    ("unit", "ends", "says", "note"),
    [
        ("share", (0.12, 0.03, 0.2), "+12 points", "range +3 points to +20 points"),
        ("days", (-8.0, -12.0, -4.0), "−8 days", "range −12 days to −4 days"),
        ("count", (0.44, -0.2, 1.0), "+0.4", "range −0.2 to +1.0"),
        ("money", (12_400.0, -500.0, 25_000.0), "+12.4k", "range −0.5k to +25.0k"),
    ],
)
def test_a_result_that_is_due_says_by_how_much_it_moved(
    unit: str, ends: tuple[float, float, float], says: str, note: str
) -> None:
    estimate, low, high = ends
    effect = Effect(estimate=estimate, low=low, high=high, unit=unit)
    moved = state(Link.MOVED, verdict=LinkVerdict.STRAINED, reason=None, low=None, effect=effect)
    assert (
        sentences.says(moved)
        == f"Where it is practised the result moved by {says} against the others"
    )
    assert line(moved).note == f"{note} against those who do not practise"


def test_a_result_held_against_the_year_before_says_so() -> None:
    effect = Effect(estimate=0.12, low=0.03, high=0.2, unit="share", is_year_ago=True)
    moved = state(Link.MOVED, verdict=LinkVerdict.HOLDING, reason=None, low=None, effect=effect)
    assert (
        sentences.says(moved)
        == "Where it is practised the result moved by +12 points against the year before"
    )
    note = "range +3 points to +20 points against the same days of the year before"
    assert line(moved).note == note


def test_what_is_too_early_has_no_range() -> None:
    early = measured(Link.PRACTISED, 2, 9, LinkVerdict.UNKNOWN, reason=LinkReason.TOO_EARLY)
    assert (line(early).count, line(early).range) == ("2 of 9", "")
    assert sentences.says(early) == "Whether it is done in daily work is not measured"


def test_where_no_priority_is_declared_one_line_says_so() -> None:
    nothing = StrategyFindings(chains=(replace(CHAIN, priority="", name=None),))
    assert wording.priorities(nothing, names={}) == ()
    assert wording.undeclared(nothing).startswith("No priority is declared")
    assert wording.undeclared(StrategyFindings(chains=(CHAIN,))) == ""
    assert wording.undeclared(StrategyFindings()) == ""
