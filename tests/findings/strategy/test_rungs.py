"""The lower rungs of the ladder are fed by the line of sight, and none of them is named by it."""

from dataclasses import replace

import pytest
from tests.interfaces.pages import answers
from tests.worked_line import CHAIN, measured

from headway.findings.strategy import rungs
from headway.terms.answer import Answer, LadderLine, Standing
from headway.terms.line import BreakKind, Chain, FirstBreak, Link, LinkVerdict
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.strategy import StrategyFindings


def line(found: tuple[Answer, ...], code: str) -> LadderLine:
    return next(each for each in found[0].ladder if each.code == code)


def breaking(link: Link, *, broken: tuple[Link, ...] = ()) -> Chain:
    links = [
        measured(each, 1, 8, LinkVerdict.BROKEN)
        if each in (link, *broken)
        else measured(each, 8, 8, LinkVerdict.HOLDING)
        for each in Link
    ]
    named = FirstBreak(kind=BreakKind.NAMED, links=(link,), probability=0.9)
    return replace(CHAIN, links=tuple(links), first_break=named)


def fed(*chains: Chain, patterns: tuple[Pattern, ...] = (), head: str | None = None):
    found = StrategyFindings(chains=chains, chains_for_others=chains, patterns=patterns)
    return rungs.on((OPEN,), found=found, head=head)


OPEN = replace(
    answers.FALLING,
    ladder=tuple(
        LadderLine(code=code, standing=Standing.UNTESTED, reason="rung.needs_more_than_a_crm")
        for code in ("leadership", "execution", "coaching", "training", "growth")
    ),
)


@pytest.mark.parametrize(
    ("link", "code", "support"),
    [
        (Link.DECLARED, "leadership", "not_declared"),
        (Link.RECALLED, "leadership", "not_recalled"),
        (Link.UNDERSTOOD, "leadership", "not_understood"),
        (Link.PRACTISED, "execution", "ready_not_practised"),
        (Link.COACHED, "coaching", "not_coached"),
    ],
)
def test_where_a_line_breaks_first_supports_a_rung(link: Link, code: str, support: str) -> None:
    found = line(fed(breaking(link)), code)
    assert (found.standing, found.supports) == (Standing.CANDIDATE, (support,))
    assert found.figures["link"] == link.value


def test_people_who_were_never_told_show_no_lack_of_execution() -> None:
    chain = breaking(Link.PRACTISED, broken=(Link.TOLD,))
    assert line(fed(chain), "execution").standing is Standing.UNTESTED


def test_where_every_line_holds_a_rung_is_ruled_out() -> None:
    found = line(fed(breaking(Link.COACHED)), "leadership")
    assert (found.standing, found.refuters) == (Standing.RULED_OUT, ("heard_and_understood",))
    two = fed(breaking(Link.COACHED), replace(breaking(Link.TOLD), priority="p2"))
    assert line(two, "leadership").standing is Standing.CANDIDATE


def test_a_leader_who_did_not_begin_is_no_rung_for_others() -> None:
    found = fed(breaking(Link.LED))
    assert {each.standing for each in found[0].ladder} <= {Standing.RULED_OUT, Standing.UNTESTED}


def test_a_training_that_never_arrived_supports_training() -> None:
    pattern = Pattern(
        code=PatternCode.TRAINING_NOT_STICKING,
        priority="p1",
        place="seller@m1",
        verdict=PatternVerdict.PRESENT,
        subtype="never_transferred",
        size=0.2,
        low=0.1,
        high=0.3,
        unit=PatternUnit.SHARE,
    )
    found = line(fed(breaking(Link.PRACTISED), patterns=(pattern,)), "training")
    assert (found.standing, found.supports) == (Standing.CANDIDATE, ("never_transferred",))
    assert line(fed(breaking(Link.PRACTISED)), "training").standing is Standing.UNTESTED


def test_only_the_line_of_the_scope_counts() -> None:
    assert line(fed(breaking(Link.COACHED), head="m1"), "coaching").standing is Standing.CANDIDATE
    assert line(fed(breaking(Link.COACHED), head="m2"), "coaching").standing is Standing.UNTESTED


def test_without_a_line_the_ladder_stays_as_it_is() -> None:
    assert fed() == (OPEN,)


def test_nothing_is_named_by_a_line_alone() -> None:
    for link in Link:
        found = fed(breaking(link))
        assert Standing.NAMED not in {each.standing for each in found[0].ladder}
