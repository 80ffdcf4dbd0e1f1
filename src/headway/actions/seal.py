"""Encrypting what must be read again: secrets of the second factor, replies that hold a link."""

import base64
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class SealBrokenError(HeadwayError):
    """Something was sealed with another key than the one in use."""

    code = "actions.seal_broken"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "Something kept here was sealed with another secret key than the one in use. Put the "
            "former key back, or have the second factor removed on Settings, Access."
        )


def sealed(plain: str) -> str:
    """`plain`, readable only with the installation's key."""
    return _cipher().encrypt(plain.encode()).decode("ascii")


def opened(text: str) -> str:
    """What `sealed` was given.

    Raises:
        SealBrokenError: another key was in use then, or the text was changed.
    """
    from cryptography.fernet import InvalidToken  # noqa: PLC0415  heavy, and seldom needed

    try:
        return _cipher().decrypt(text.encode("ascii")).decode()
    except InvalidToken as problem:
        raise SealBrokenError from problem


def _cipher() -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415  heavy, and seldom needed

    key = salted_hmac("headway.seal", "1", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
