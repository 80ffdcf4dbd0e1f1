"""Posting to an address somebody typed, without being led into the network this runs in.

A name is resolved once, every address it stands for is judged, and the connection goes to the one
that was judged: a name that changes in between leads nowhere else. Redirects are not followed, and
of an answer nothing is read but its status and how long to wait.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from headway.actions import webhooks
from headway.terms.errors import HeadwayError

SECONDS = 10.0
MAX_BODY = 20_000
_HTTPS = 443
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, kw_only=True)
class Post:
    """What is posted where: an https address, JSON, and headers that sign it."""

    address: str
    body: bytes
    headers: Mapping[str, str]


class PrivateAddressError(HeadwayError):
    """A host stands for an address of a network that posts must not reach."""

    code = "posting.private_address"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} leads into a private network, or nowhere. Expected a public address. For a "
            "chat server of your own set HEADWAY_WEBHOOKS_PRIVATE=true."
        )


class NotReachedError(HeadwayError):
    """No answer came."""

    code = "posting.not_reached"

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} could not be reached: {why}.")


class RefusedError(HeadwayError):
    """The answer was not that it was taken; `not_before` is when to try again at the earliest."""

    code = "posting.refused"

    def __init__(self, status: int, *, not_before: datetime | None) -> None:
        self.not_before = not_before
        is_redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
        hint = " Redirects are not followed: register where it leads to." if is_redirect else ""
        super().__init__(f"It answered {status}.{hint}")


def post(what: Post) -> None:
    """Post once, within ten seconds in all.

    Raises:
        WebhookAddressError: the address is none that can be posted to.
        PrivateAddressError: it leads where posts must not go.
        NotReachedError: no connection, no trust, no answer, or none in time.
        RefusedError: another answer than 2xx.
    """
    parts = webhooks.parts_of(what.address)
    host, port = parts.hostname or "", parts.port or _HTTPS
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    assert len(what.body) <= MAX_BODY  # noqa: S101  our own mistake else
    connection = _Connection(host, port, _resolved(host, port))
    timer = threading.Timer(SECONDS, connection.end)
    timer.daemon = True
    timer.start()
    try:
        connection.request("POST", path, body=what.body, headers=dict(what.headers))
        with connection.getresponse() as answer:
            status, wait = answer.status, answer.headers.get("Retry-After", "")
    except (OSError, http.client.HTTPException) as problem:
        raise NotReachedError(host, _why(problem, connection)) from problem
    finally:
        timer.cancel()
        connection.close()
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise RefusedError(status, not_before=until(wait, at=timezone.now()))


def until(wait: str, *, at: datetime) -> datetime | None:
    """Until when `Retry-After` asks to wait: seconds, or a date; None = it says nothing readable.

    References:
        RFC 9110, section 10.2.3.

    Examples:
        >>> until("90", at=datetime(2026, 6, 30, 12, 0, tzinfo=UTC)).isoformat()
        '2026-06-30T12:01:30+00:00'
        >>> until("Tue, 30 Jun 2026 13:00:00 GMT", at=datetime.now(UTC)).isoformat()
        '2026-06-30T13:00:00+00:00'
        >>> until("soon", at=datetime.now(UTC))
    """
    wait = wait.strip()
    if wait.isascii() and wait.isdecimal():
        return at + timedelta(seconds=min(int(wait[:9]), 10**6))
    try:
        found = parsedate_to_datetime(wait)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_allowed(address: _Address, *, may_be_private: bool) -> bool:
    """Whether posts may go to an address.

    Addresses of version 6 that stand for one of version 4 are judged as that one.

    >>> is_allowed(ipaddress.ip_address("93.184.215.14"), may_be_private=False)
    True
    >>> is_allowed(ipaddress.ip_address("::ffff:10.0.0.1"), may_be_private=False)
    False
    >>> is_allowed(ipaddress.ip_address("10.0.0.1"), may_be_private=True)
    True
    >>> is_allowed(ipaddress.ip_address("169.254.169.254"), may_be_private=True)
    False
    """
    judged = _inner(address) or address
    if judged.is_multicast or judged.is_link_local or judged.is_unspecified:
        return False
    # The loopback of version 6 lies within what is reserved.
    if judged.is_reserved and not judged.is_loopback:
        return False
    return may_be_private or (judged.is_global and not _is_local_by_name(judged))


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Local by their definitions, whatever the version of Python makes of them.
_LOCAL = tuple(ipaddress.IPv6Network(each) for each in ("fec0::/10", "64:ff9b:1::/48"))


def _is_local_by_name(address: _Address) -> bool:
    return any(address in network for network in _LOCAL)


def _inner(address: _Address) -> ipaddress.IPv4Address | None:
    """The address of version 4 that one of version 6 stands for; None = it stands for itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or 1 < int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    tunnel = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or tunnel


def _resolved(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotReachedError(host, "the name is not known") from problem
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    may_be_private = settings.HEADWAY_WEBHOOKS_PRIVATE
    # One that leads inside is enough to refuse: the next look-up may give it alone.
    if not addresses or not all(
        is_allowed(each, may_be_private=may_be_private) for each in addresses
    ):
        raise PrivateAddressError(host)
    return str(addresses[0])


class _Connection(http.client.HTTPSConnection):
    """Connects to the address that was judged, and shows the name it was judged for."""

    def __init__(self, host: str, port: int, address: str) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(host, port, timeout=SECONDS, context=self._trust)
        self._address = address
        self.is_late = False

    def connect(self) -> None:
        """Open the connection; named by the standard library."""
        plain = socket.create_connection((self._address, self.port), SECONDS)
        self.sock = self._trust.wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        # Only now, so that it can be broken off meanwhile.
        self.sock.do_handshake()

    def end(self) -> None:
        """Break off, whatever it waits for."""
        self.is_late = True
        if self.sock is not None:
            # What lies below TLS: who waits for it is told that nothing comes any more.
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _why(problem: Exception, connection: _Connection) -> str:
    if connection.is_late or isinstance(problem, TimeoutError):
        return f"no answer within {SECONDS:.0f} seconds"
    if isinstance(problem, ssl.SSLError):
        return "its certificate is not trusted, or it does not speak TLS"
    if isinstance(problem, ConnectionRefusedError):
        return "nobody answers there"
    return f"the connection broke off ({type(problem).__name__})"
