"""Answers found in several processes: the same, in order, with their errors."""

import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest

from headway.cycle import answering
from headway.facts import Facts, memory
from headway.findings import results
from headway.terms.answer import Kpi
from headway.terms.policy import DEFAULT, SEED
from headway.terms.question import Question

pytestmark = pytest.mark.slow

PEOPLE = [f"p{number}" for number in range(answering.WORTH_IT)]


@pytest.fixture
def known() -> Facts:
    """Two years of opportunities, of which everybody won half; nobody has more than 40."""
    began = date(2024, 7, 1)
    return memory.of(
        {
            "seen/person": [{"person_id": person} for person in PEOPLE],
            "seen/opportunity": [
                {
                    "opportunity_id": f"o{number}",
                    "owner_id": PEOPLE[number % len(PEOPLE)],
                    "stage": "Done",
                    "stage_group": ("won", "lost")[number // len(PEOPLE) % 2],
                    "amount": 100 + number % 7,
                    "created_at": f"{began + timedelta(days=number)}T12:00:00Z",
                    "close_on": str(began + timedelta(days=number + 30)),
                }
                for number in range(len(PEOPLE) * 40)
            ],
        }
    )


def question(person: str, **scope: str) -> Question:
    return Question(kpi=Kpi.BOOKINGS, people=frozenset({person}), scope=scope, name=person)


@pytest.mark.parametrize("processors", [1, 2])
def test_side_by_side_the_answers_are_the_same_in_the_same_order(
    known: Facts, processors: int, monkeypatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    asked = [question(person) for person in PEOPLE]
    with answering.begun(known, asked) as found:
        told = list(found)
    assert told == [
        results.answers(known, question=each, policy=DEFAULT, seed=SEED) for each in asked
    ]
    assert [answer[0].scope for answer in told] == PEOPLE


def test_an_error_of_another_process_keeps_its_sentence(known: Facts, monkeypatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    asked = [question(person, planet="Mars") for person in PEOPLE]
    with answering.begun(known, asked) as found, pytest.raises(results.UnknownScopeError) as told:
        next(found)
    assert "Nothing is recorded by 'planet'. Recorded are: seller" in str(told.value)
    assert told.value.name == "planet"


def _broken_off(known: Facts) -> None:
    with answering.begun(known, [question(person) for person in PEOPLE]) as found:
        next(found)
        raise KeyboardInterrupt


def test_who_breaks_off_leaves_no_process_behind(known: Facts, monkeypatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(KeyboardInterrupt):
        _broken_off(known)
    assert multiprocessing.active_children() == []


KILLED = """
import os, signal
from headway.cycle import answering
from headway.facts import memory
from headway.terms.answer import Kpi
from headway.terms.question import Question

os.cpu_count = lambda: 2
asked = [Question(kpi=Kpi.BOOKINGS)] * answering.WORTH_IT
with answering.begun(memory.of({"seen/opportunity": []}), asked) as found:
    next(found)
    print("begun", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_is_killed_leaves_no_process_behind() -> None:
    # Whoever is left holds the other end of this pipe: it is read to its end when all are gone.
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE) as process:
        told, _ = process.communicate(timeout=60)
    assert (told, process.returncode) == (b"begun\n", -signal.SIGKILL)
