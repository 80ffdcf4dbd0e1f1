"""What is found in facts once."""

import gc
import pickle
import weakref
from datetime import date

from headway.analysis.results import book
from headway.facts import Facts, asof, memory, once

ROWS = {
    "seen/person": [{"person_id": "anna"}],
    "seen/opportunity": [
        {"opportunity_id": "o", "owner_id": "anna", "stage": "Done", "stage_group": "won"}
    ],
}


def test_each_facts_and_each_question_have_an_answer_of_their_own() -> None:
    looked: list[int] = []

    @once
    def count(facts: Facts, *, least: int) -> int:
        looked.append(least)
        return len(facts.columns("seen/person").to_arrow()) - least

    known, nobody = memory.of(ROWS), memory.of({"seen/person": []})
    assert [count(known, least=0), count(known, least=0), count(nobody, least=0)] == [1, 1, 0]
    assert (count(known, least=1), looked) == (0, [0, 0, 1])


def test_earlier_facts_and_those_of_another_process_look_anew() -> None:
    known = memory.of(ROWS)
    whole = book.of(known)
    assert book.of(known) is whole
    assert book.of(asof.cut(known, date(2025, 1, 1))) is not whole
    taken_over = pickle.loads(pickle.dumps(known))
    assert taken_over.facts_id == known.facts_id
    assert book.of(taken_over) is not whole
    assert book.of(taken_over).ids.tolist() == whole.ids.tolist() == ["o"]


def test_what_was_found_goes_with_the_facts() -> None:
    known = memory.of(ROWS)
    found = weakref.ref(book.of(known))
    # At once, and not when Python looks for circles: it holds every opportunity.
    gc.disable()
    try:
        del known
        assert found() is None
    finally:
        gc.enable()
