"""Conversations for each decided opportunity."""

from datetime import date

from headway.analysis.results import book, conversations
from headway.analysis.results.asked import Asked
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.facts import Facts, memory
from headway.terms.answer import Figure, Missing
from headway.terms.period import Period
from headway.terms.policy import DEFAULT

NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))


def facts_of(*, decided: int = 20, kind: str = "meeting") -> Facts:
    """Half of the opportunities are anna's; she held two meetings about o0, bert one about o1."""
    return memory.of(
        {
            "seen/person": [{"person_id": "anna"}, {"person_id": "bert"}],
            "seen/opportunity": [
                {
                    "opportunity_id": f"o{place}",
                    "owner_id": ("anna", "bert")[place % 2],
                    "stage": "Done",
                    "stage_group": "won",
                    "close_on": "2026-02-01",
                }
                for place in range(decided)
            ],
            "seen/activity": [
                {
                    "activity_id": f"a{place}",
                    "kind": kind,
                    "direction": "joint",
                    "person_id": person,
                    "opportunity_id": opportunity,
                    "occurred_at": "2026-02-01T12:00:00Z",
                }
                for place, (person, opportunity) in enumerate(
                    [("anna", "o0"), ("anna", "o0"), ("bert", "o1")]
                )
            ],
        }
    )


def of(facts: Facts, found: Book) -> Figure:
    ask = Asked(book=found, history=History(), base=BEFORE, actual=NOW, policy=DEFAULT, seed=1)
    return conversations.metrics(ask, facts=facts)[0].now


def test_the_whole_the_people_asked_for_and_a_slice_count_their_own() -> None:
    facts = facts_of()
    whole = book.of(facts)
    # 3 meetings over 20, anna's 2 over 10, bert's 1 over 10.
    assert of(facts, whole).value == 3 / 20
    assert of(facts, book.of(facts).of_people(frozenset({"anna"}))).value == 2 / 10
    assert of(facts, whole.within({"seller": "bert"})).value == 1 / 10


def test_what_nobody_held_is_not_measured_and_few_decisions_are_too_few() -> None:
    mails = facts_of(kind="email")
    assert of(mails, book.of(mails)).missing is Missing.NOT_MEASURED
    few = facts_of(decided=4)
    assert of(few, book.of(few)) == Figure(value=None, n=4, missing=Missing.TOO_FEW)
