"""One-time codes from a shared secret and the time, as authenticator apps make them.

References:
    RFC 6238 (2011), Time-Based One-Time Password Algorithm: SHA-1, 30 seconds, 6 digits.
"""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
_DIGITS = 6
_ISSUER_LENGTH = 40


def new_secret() -> str:
    """A fresh secret of 160 bits, in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(secret: str, *, step: int) -> str:
    """The code of one time step (whole half minutes since 1970).

    >>> code_at(base64.b32encode(b"12345678901234567890").decode(), step=59 // 30)
    '287082'
    """
    key = base64.b32decode(secret)
    codes = TOTP(key, _DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  what apps speak; used as a MAC
    return codes.generate(step * STEP_SECONDS).decode("ascii")


def matching_step(secret: str, *, code: str, seconds: float, after: int) -> int | None:
    """The step whose code `code` is, one step off at most, later than `after`; None = wrong.

    Args:
        secret: as `new_secret` made it.
        code: what was typed; blanks do not count.
        seconds: now, since 1970.
        after: the last step a code was accepted for, so that no code works twice.
    """
    typed, now = "".join(code.split()), int(seconds) // STEP_SECONDS
    for step in (now - 1, now, now + 1):
        if step > after and hmac.compare_digest(
            code_at(secret, step=step).encode(), typed.encode()
        ):
            return step
    return None


def address(secret: str, *, email: str, issuer: str) -> str:
    """What an authenticator app reads from the picture; a long issuer is cut, so that it fits."""
    issuer = issuer[:_ISSUER_LENGTH]
    label = quote(f"{issuer}:{email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"
