"""Reads that must leave a trace: declared by their query, logged at the interface's edge."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

# Codes of all sensitive queries, for the reference and for tests.
CODES: set[str] = set()
_noted: ContextVar[list[tuple[str, str]] | None] = ContextVar("headway_reads", default=None)


@contextmanager
def noted() -> Iterator[list[tuple[str, str]]]:
    """Collects (code, subject) of the sensitive reads within; the caller logs them."""
    reads: list[tuple[str, str]] = []
    token = _noted.set(reads)
    try:
        yield reads
    finally:
        _noted.reset(token)


def sensitive(code: str, *, subject: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a query a sensitive one; `subject` names the argument that says what was read.

    Outside `noted` such a query refuses to answer: an interface that forgot to log shows at once.
    """
    CODES.add(code)

    def made(query: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(query)
        def read(*args: P.args, **kwargs: P.kwargs) -> R:
            reads = _noted.get()
            if reads is None:
                raise RuntimeError(f"The sensitive query {code} was asked where nobody logs reads.")
            answer = query(*args, **kwargs)
            reads.append((code, str(kwargs[subject]) if subject else ""))
            return answer

        return read

    return made
