"""Chains of a small organisation: only what is sure gets a name."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import small_line
from tests.small_led import GIVEN, answered, cards
from tests.small_line import MANAGERS, NORTH, SOUTH, priority, session, with_tables
from tests.small_work import DEPTH, worked

from headway.facts import Facts
from headway.findings import strategy
from headway.terms.line import BreakKind, Chain, Link, LinkReason, LinkState, LinkVerdict
from headway.terms.policy import DEFAULT

FIELDS = (
    *("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure", "coach", "reinforce"),
)


def found(facts: Facts) -> dict[str, Chain]:
    return {chain.group: chain for chain in strategy.found(facts, policy=DEFAULT).chains}


def state(chain: Chain, link: Link) -> LinkState:
    return chain.links[list(Link).index(link)]


def receipts(told: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """So many of each manager's people were told by meeting and twice by mail."""
    messages, received = [], []
    for manager, team in MANAGERS.items():
        for number, channel in enumerate(("team_meeting", "email", "chat")):
            message = f"{manager}{number}"
            made = {"message_id": message, "priority_id": "p1", "sender_id": manager}
            messages.append({**made, "sent_at": "2026-05-04T10:00:00Z", "channel": channel})
            received += [
                {"message_id": message, "person_id": person, "received_on": "2026-05-04"}
                for person in team[: told[manager]]
            ]
    return {"meant__message": messages, "meant__message_receipt": received}


def test_nothing_measured_claims_nothing() -> None:
    chain = found(with_tables())["seller@lena"]
    assert chain.first_break.kind is BreakKind.UNKNOWN
    assert state(chain, Link.DECLARED).verdict is LinkVerdict.HOLDING
    reasons = {each.reason for each in chain.links[1:]}
    assert reasons == {LinkReason.NOT_MEASURED}


def test_the_window_is_the_ninety_days_to_the_last_day() -> None:
    chain = found(with_tables())["seller@lena"]
    assert (chain.window_from, chain.window_to) == (date(2026, 4, 2), date(2026, 7, 1))


def test_a_priority_without_a_why_breaks_before_anything_else() -> None:
    facts = with_tables(meant__priority=[priority(why=None)])
    for chain in found(facts).values():
        assert chain.first_break.kind is BreakKind.NAMED
        assert chain.first_break.links == (Link.DECLARED,)
        assert chain.first_break.probability == 1


def test_nobody_told_is_named_when_enough_people_say_so() -> None:
    chains = found(with_tables(**receipts({"mia": 0, "max": 0})))
    whole = chains["seller@lena"]
    # None of twelve: half a case of the pooled six is kept for yes, and nobody doubts it.
    assert state(whole, Link.TOLD).verdict is LinkVerdict.BROKEN
    assert (whole.first_break.kind, whole.first_break.links) == (BreakKind.NAMED, (Link.TOLD,))
    # Nothing is left to ask.
    assert whole.next_measurement is None


def test_teams_lend_each_other_strength() -> None:
    chains = found(with_tables(**receipts({"mia": 6, "max": 3})))
    # Together 9 of 12 = .75, weight 6: Beta(4.5, 1.5); mia's six all told: 10.5 of 12.
    assert state(chains["seller@mia"], Link.TOLD).mean == pytest.approx(10.5 / 12)
    assert state(chains["seller@max"], Link.TOLD).mean == pytest.approx(7.5 / 12)
    # 9 + 4.5 of 12 + 6.
    assert state(chains["seller@lena"], Link.TOLD).mean == pytest.approx(13.5 / 18)


def test_where_both_teams_hold_the_whole_holds() -> None:
    chains = found(with_tables(**receipts({"mia": 6, "max": 6})))
    verdicts = {state(chain, Link.TOLD).verdict for chain in chains.values()}
    assert verdicts == {LinkVerdict.HOLDING}


def test_q_sums_to_one_in_every_chain() -> None:
    for chain in found(with_tables(**receipts({"mia": 6, "max": 0}))).values():
        assert sum(chain.q.values()) + chain.q_none == pytest.approx(1)


def test_the_next_measurement_is_what_tells_most_with_its_cost() -> None:
    chain = found(with_tables(**receipts({"mia": 6, "max": 6})))["seller@lena"]
    following = chain.next_measurement
    assert following is not None
    # Told holds; the first link behind it that nobody asked about comes next: 12 x 2 minutes.
    assert (following.link, following.answer_count, following.minutes) == (Link.RECALLED, 12, 24)
    assert 0 < following.entropy_bits < 3


def test_of_many_doubtful_names_only_the_surest_are_given() -> None:
    careful = replace(DEFAULT, false_discovery_share=0.0)
    facts = with_tables(**receipts({"mia": 0, "max": 0}))
    chains = strategy.found(facts, policy=careful).chains
    assert {chain.first_break.kind for chain in chains} == {BreakKind.SET}
    assert all(Link.TOLD in chain.first_break.links for chain in chains)


def test_each_priority_has_its_groups_the_widest_first() -> None:
    rows = [priority(priority_id="p2"), priority()]
    chains = strategy.found(with_tables(meant__priority=rows), policy=DEFAULT).chains
    assert [(chain.priority, chain.group) for chain in chains] == [
        (each, group)
        for each in ("p1", "p2")
        for group in ("seller@lena", "seller@max", "seller@mia")
    ]


@pytest.mark.parametrize("rows", [None, []])
def test_where_no_priority_is_declared_the_line_breaks_before_it_begins(rows: object) -> None:
    tables = small_line.people()
    del tables["meant/priority"]
    if rows is not None:
        tables["meant/priority"] = []
    (chain,) = found(small_line.of(tables)).values()
    declared = state(chain, Link.DECLARED)
    assert (chain.priority, chain.group) == ("", "seller@lena")
    assert (declared.k, declared.n, declared.verdict) == (0, 8, LinkVerdict.BROKEN)
    assert (chain.first_break.kind, chain.first_break.links) == (BreakKind.NAMED, (Link.DECLARED,))
    assert {each.reason for each in chain.links[1:]} == {LinkReason.NOT_MEASURED}


def test_without_lines_there_is_no_chain() -> None:
    tables = small_line.people()
    del tables["seen/reporting_line"]
    assert found(small_line.of(tables)) == {}


def own_sheets() -> dict[str, list[dict[str, Any]]]:
    """Each manager wrote down three changes of their own and never began."""
    sheets, items = [], []
    for leader in ("lena", *MANAGERS):
        made = {"sheet_id": leader, "author_id": leader, "priority_id": "p1"}
        sheets.append({**made, "written_on": "2026-04-10"})
        items += [
            {"sheet_id": leader, "item_no": number, "field": field, "text": "Something else"}
            for number, field in enumerate(("stop", "begin", "modify"), start=1)
        ]
    return {"meant__sheet": sheets, "meant__sheet_item": items}


def test_others_see_the_line_without_what_was_found_about_its_leader() -> None:
    found = strategy.found(with_tables(**own_sheets()), policy=DEFAULT)
    assert found.chains
    for chain, other in zip(found.chains, found.chains_for_others, strict=True):
        assert state(chain, Link.LED).k == 0
        assert state(other, Link.LED).reason is LinkReason.NOT_MEASURED
        kept = [link for link in Link if link is not Link.LED]
        assert [state(chain, link) for link in kept] == [state(other, link) for link in kept]
        assert other.q[Link.LED] < chain.q[Link.LED]


def test_a_chain_says_whose_priority_it_is_and_how_many_people_it_speaks_of() -> None:
    chain = found(with_tables())["seller@lena"]
    assert (chain.owner, chain.people) == ("lena", 12)


def test_others_see_nothing_of_what_those_led_answer_about_their_leader() -> None:
    found = strategy.found(answered(GIVEN), policy=DEFAULT)
    for chain, other in zip(found.chains, found.chains_for_others, strict=True):
        assert state(chain, Link.LED).is_by_followers
        assert state(other, Link.LED).reason is LinkReason.NOT_MEASURED


def test_cards_and_answers_lend_each_other_nothing() -> None:
    """Three of three on Mia's card, one of five in Max's team: each team is alone of its kind."""
    chains = found(answered(GIVEN, **cards(items=3)))
    assert state(chains["seller@mia"], Link.LED).mean == pytest.approx(5 / 7)
    assert state(chains["seller@max"], Link.LED).mean == pytest.approx(3 / 9)


def test_practice_that_is_not_due_breaks_nothing() -> None:
    """Nobody practises two weeks after the launch."""
    given = worked(
        *((who, "2026-06-20", 9, 0) for who in (*NORTH, *SOUTH)), launched_on="2026-06-15"
    )
    given["meant/priority_target"] = DEPTH
    for chain in found(small_line.of(given)).values():
        early = state(chain, Link.PRACTISED)
        assert (early.k, early.reason, early.mean) == (0, LinkReason.TOO_EARLY, 0.5)
        assert chain.first_break.kind is BreakKind.UNKNOWN


def test_coaching_that_is_not_kept_up_breaks() -> None:
    """All were coached and all practised until the end of May; in June nobody does."""
    given = worked(
        *((who, "2026-05-20", 5, 5) for who in (*NORTH, *SOUTH)),
        *((who, "2026-06-10", 5, 0) for who in (*NORTH, *SOUTH)),
    )
    given["meant/priority_target"] = DEPTH
    everybody = enumerate((*NORTH, *SOUTH))
    given["said/coaching_session"] = [
        session(number, who, "2026-06-10") for number, who in everybody
    ]
    coached = state(found(small_line.of(given))["seller@lena"], Link.COACHED)
    assert (coached.k, coached.n, coached.verdict) == (12, 12, LinkVerdict.BROKEN)
    assert coached.kept is not None
    assert (coached.kept.k, coached.kept.n) == (0, 12)


def test_managers_who_own_no_eligible_work_can_hold_as_far_as_they_are_measured() -> None:
    """All twelve have a whole sheet; the work in which it could be done is their sellers'."""
    tables = worked(*((who, "2026-05-20", 9, 0) for who in (*NORTH, *SOUTH)))
    tables["meant/priority_target"] = DEPTH
    managers = [*MANAGERS, *(f"m{number}" for number in range(10))]
    tables["seen/person"] += [{"person_id": who, "name": who} for who in managers[2:]]
    tables["seen/reporting_line"] += [
        small_line.line(who, "lena", "manager") for who in managers[2:]
    ]
    tables["meant/sheet"] = [
        {"sheet_id": who, "author_id": "lena", "person_id": who, "priority_id": "p1"}
        | {"written_on": "2026-05-01", "agreed_on": "2026-05-02"}
        for who in managers
    ]
    tables["meant/sheet_item"] = [
        {"sheet_id": who, "item_no": number, "field": field, "text": "x", "measure": "y"}
        for who in managers
        for number, field in enumerate(FIELDS)
    ]
    chain = found(small_line.of(tables))["manager@lena"]
    practised = state(chain, Link.PRACTISED)
    # Nobody has eligible work: no number, and nothing to hold against anybody.
    assert (practised.n, practised.is_measured) == (0, False)
    assert (chain.first_break.kind, chain.first_break.links) == (BreakKind.NONE, ())
    # Alone, so from Beta(2, 2) to Beta(14, 2): .7 less .15 or below has 15 x .55^14 - 14 x .55^15.
    assert chain.first_break.probability == pytest.approx(1 - 15 * 0.55**14 + 14 * 0.55**15)
