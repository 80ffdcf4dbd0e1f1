"""The base of every error a person can put right."""

from typing import ClassVar


class HeadwayError(Exception):
    """Something a person can put right.

    The message says what was found, what was expected and what to do. `code` is stable and is what
    interfaces translate into exit status, HTTP status and, later, other languages.
    """

    code: ClassVar[str] = "headway"
    # What a web page answers with when the error says nothing more fitting.
    status: ClassVar[int] = 422
