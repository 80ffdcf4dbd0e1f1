"""Answers for many scopes, found in several processes side by side."""

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from headway.facts import Facts
from headway.findings import results
from headway.terms.answer import Answer
from headway.terms.policy import DEFAULT, SEED
from headway.terms.question import Question

WORTH_IT = 16
"""Scopes from which further processes are begun: each takes two seconds to read what it needs."""

MOST_PROCESSES = 4
"""However many processors there are: each process holds the opportunities in memory."""

_facts: list[Facts] = []


@contextmanager
def begun(facts: Facts, questions: Sequence[Question]) -> Iterator[Iterator[tuple[Answer, ...]]]:
    """The answers to questions about these facts, in their order, each when it is there.

    Many are worked on side by side from now on, so that the caller may do something else first.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    if len(questions) < WORTH_IT or processes == 1:
        yield (_answers(facts, each) for each in questions)
        return
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(facts,)
    )
    try:
        yield pool.map(_answered, questions)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(facts: Facts) -> None:
    _facts.append(facts)
    # A break is for the parent to hear; when it is gone, nobody waits for what is found here.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answered(question: Question) -> tuple[Answer, ...]:
    (facts,) = _facts
    return _answers(facts, question)


def _answers(facts: Facts, question: Question) -> tuple[Answer, ...]:
    return results.answers(facts, question=question, policy=DEFAULT, seed=SEED)
