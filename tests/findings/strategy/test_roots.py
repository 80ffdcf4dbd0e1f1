"""A root below a fall is named where all of the rule holds, and never where one part is missing."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from tests.sources.demo.organisations import made

from headway.facts import Facts
from headway.findings import results, strategy
from headway.terms.answer import Answer, Cause, Kpi, LadderLine, Standing, Verdict
from headway.terms.period import Period
from headway.terms.policy import DEFAULT, SEED
from headway.terms.question import Question
from headway.terms.strategy import StrategyFindings

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Known:
    """An organisation with what was found in it, before roots are looked for."""

    facts: Facts
    found: StrategyFindings
    answers: tuple[Answer, ...]

    def named(self, *answers: Answer) -> set[str]:
        roots = strategy.Roots(facts=self.facts, found=self.found, policy=DEFAULT)
        given = roots.on(answers or self.answers, head=None)
        return {line.code for each in given for line in each.ladder if _is_named(line)}


def _is_named(line: LadderLine) -> bool:
    return line.standing is Standing.NAMED


def known(scenario: str, seed: int = 1, sellers: int | None = None) -> Known:
    facts = made(scenario, seed, sellers).facts
    found = strategy.found(facts, policy=DEFAULT)
    given = results.answers(facts, question=Question(), policy=DEFAULT, seed=SEED)
    fed = strategy.rungs.on(given, found=found, head=None)
    return Known(facts=facts, found=found, answers=fed)


@pytest.fixture(scope="module")
def sample() -> Known:
    return known("sample")


@pytest.fixture(scope="module")
def bookings(sample: Known) -> Answer:
    return next(each for each in sample.answers if each.kpi is Kpi.BOOKINGS)


def lines(sample: Known, answer: Answer) -> dict[str, LadderLine]:
    roots = strategy.Roots(facts=sample.facts, found=sample.found, policy=DEFAULT)
    return {line.code: line for line in roots.on([answer], head=None)[0].ladder}


def test_what_is_not_coached_where_bookings_fell_is_named(sample: Known, bookings: Answer) -> None:
    assert bookings.verdict is Verdict.FALLING
    found = lines(sample, bookings)
    coaching = found["coaching"]
    assert coaching.standing is Standing.NAMED
    assert coaching.place == "West and Central"
    assert {"not_coached", "dose_response"} <= set(coaching.supports)
    told = {name: float(n) for name, n in coaching.figures.items() if name[-2:] in {"_k", "_n"}}
    assert told["there_k"] / told["there_n"] < 0.3
    assert told["else_k"] / told["else_n"] > 0.7
    assert told["then_k"] / told["then_n"] < 0.3
    assert found["conduct"].figures["priority"] == coaching.figures["priority"]
    assert found["leadership"].standing is Standing.CANDIDATE
    assert found["accountability"].refuters == ("no_commitments",)


def test_one_line_of_the_ground_that_stands_open_keeps_it_back(
    sample: Known, bookings: Answer
) -> None:
    for standing in (Standing.CANDIDATE, Standing.UNTESTED):
        ladder = tuple(
            replace(line, standing=standing) if line.code == "season" else line
            for line in bookings.ladder
        )
        assert sample.named(replace(bookings, ladder=ladder)) == set()


def test_nothing_is_named_below_a_result_that_did_not_fall(sample: Known, bookings: Answer) -> None:
    assert sample.named(replace(bookings, verdict=Verdict.FLAT)) == set()


@pytest.mark.parametrize(
    "where", [{"team": "West"}, {"region": "North and South"}, {"product_family": "Pumps"}]
)
def test_another_place_or_the_people_of_one_manager_are_none(
    sample: Known, bookings: Answer, where: dict[str, str]
) -> None:
    def moved(cause: Cause) -> Cause:
        return replace(cause, slice=where) if cause.slice else cause

    elsewhere = tuple(
        replace(each, causes=tuple(map(moved, each.causes))) for each in bookings.localisations
    )
    assert sample.named(replace(bookings, localisations=elsewhere)) == set()


def test_what_was_not_so_before_is_not_named(sample: Known, bookings: Answer) -> None:
    comparison = bookings.comparison
    assert comparison is not None
    # Before the priority was launched nobody could be coached on it.
    early = Period(first=date(2025, 7, 1), end=date(2025, 8, 1))
    assert sample.named(replace(bookings, comparison=replace(comparison, actual=early))) == set()


def test_promises_of_fewer_than_five_people_are_not_told(sample: Known, bookings: Answer) -> None:
    def promised(people: int, *, kept: int) -> LadderLine:
        measures = tuple(
            replace(each, k=float(kept), n=10, people=people)
            if each.code in {"kept_on_time", "checks_held"}
            else each
            for each in sample.found.measures
        )
        some = replace(sample, found=replace(sample.found, measures=measures))
        return lines(some, bookings)["accountability"]

    few, enough = promised(1, kept=8), promised(5, kept=8)
    assert (few.standing, few.reason, few.figures) == (
        Standing.UNTESTED,
        "rung.few_promised",
        {},
    )
    assert (enough.standing, enough.reason) == (Standing.RULED_OUT, "rung.promises_alike")


@pytest.mark.parametrize("scenario", ["healthy", "broken", "decoys", "small"])
@pytest.mark.parametrize("seed", [1, 2])
def test_where_no_root_is_planted_none_is_named(scenario: str, seed: int) -> None:
    assert known(scenario, seed, 40).named() == set()
