"""What a finding is known by from run to run, so that comments and commitments stay with it."""

import hashlib

_LENGTH = 40


def of(code: str, *parts: str) -> str:
    """The identity of a finding: its code and what it speaks of, and nothing of what it says.

    >>> len(of("results.change", "organisation", "bookings"))
    40
    """
    text = "\n".join((code, *parts))
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]
