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

    def __reduce__(self) -> tuple[object, ...]:
        """What another process takes over: the sentence, however the error is made."""
        return Exception.__new__, (type(self), *self.args), self.__dict__
