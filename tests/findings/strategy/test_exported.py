"""Chains in findings.json are exactly what the exchange format says."""

from dataclasses import replace

from tests.worked_line import CHAIN

from headway.findings.strategy import exported
from headway.terms.line import Effect, Link


def test_a_chain_has_the_keys_of_the_format() -> None:
    (written,) = exported.chains([CHAIN])
    assert list(written) == [
        "priority",
        "group",
        "window_from",
        "window_to",
        "links",
        "first_break",
        "q",
        "next_measurement",
    ]
    assert written["window_to"] == "2026-04-01"
    assert written["first_break"] == {
        "kind": "named",
        "links": ["understood"],
        "probability": 0.885,
    }
    assert written["next_measurement"] == {
        "link": "coached",
        "answer_count": 8,
        "minutes": 16.0,
        "entropy_bits": 0.2,
    }


def test_q_has_ten_numbers_that_sum_to_one() -> None:
    (written,) = exported.chains([CHAIN])
    q = written["q"]
    assert list(q) == [*(link.value for link in Link), "none"]
    assert sum(q.values()) == 1.0


def test_nine_links_in_order_each_with_what_it_counts() -> None:
    (written,) = exported.chains([CHAIN])
    links = {link["link"]: link for link in written["links"]}
    assert list(links) == [link.value for link in Link]
    assert (links["understood"]["k"], links["understood"]["n"]) == (1, 8)
    assert links["understood"]["verdict"] == "broken"
    assert links["told"]["reason"] == "too_few"
    assert links["practised"]["depth"]["k"] == 20
    assert [name for name, link in links.items() if "depth" in link] == ["practised"]


def test_moved_has_an_effect_instead_of_a_count() -> None:
    effect = Effect(estimate=0.04, low=-0.01, high=0.09, unit="share")
    moved = replace(CHAIN, links=(*CHAIN.links[:-1], replace(CHAIN.links[-1], effect=effect)))
    (before,), (after,) = exported.chains([CHAIN]), exported.chains([moved])
    assert "k" not in before["links"][-1]
    assert before["links"][-1]["effect"] is None
    assert after["links"][-1]["effect"] == {
        "estimate": 0.04,
        "low": -0.01,
        "high": 0.09,
        "unit": "share",
    }


def test_chains_are_sorted_by_priority_and_group() -> None:
    found = [replace(CHAIN, priority=p, group=g) for p, g in (("b", "x"), ("a", "y"), ("a", "x"))]
    keys = [(each["priority"], each["group"]) for each in exported.chains(found)]
    assert keys == [("a", "x"), ("a", "y"), ("b", "x")]
