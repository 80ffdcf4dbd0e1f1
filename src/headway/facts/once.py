"""What is found in facts is found once: they do not change."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast

from headway.facts.known import Facts

P = ParamSpec("P")
T = TypeVar("T")


def once(
    reading: Callable[Concatenate[Facts, P], T],
) -> Callable[Concatenate[Facts, P], T]:
    """Makes a function of facts one that finds its answer once, and keeps it as long as the facts.

    Its further arguments must be hashable, and nobody may change what it returns. Two threads that
    ask at the same time may both look.

    Examples:
        >>> from headway.facts import memory
        >>> looked = []
        >>> count = once(lambda facts: looked.append(facts.facts_id))
        >>> known = memory.of({})
        >>> count(known), count(known), len(looked)
        (None, None, 1)
    """

    @functools.wraps(reading)
    def found(facts: Facts, /, *args: P.args, **kwargs: P.kwargs) -> T:
        asked = (reading, args, *sorted(kwargs.items()))
        if asked not in facts.kept:
            facts.kept[asked] = reading(facts, *args, **kwargs)
        return cast("T", facts.kept[asked])

    return found
