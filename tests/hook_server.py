"""An HTTPS server on this machine that takes posts as chat servers do, and answers as told."""

import hashlib
import hmac
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What it answers: after `wait_seconds`, with so many seconds between the bytes of its head."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_seconds: float = 0.0
    drip_seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Taken:
    path: str
    headers: Mapping[str, str]
    body: bytes


def signature_of(taken: Taken, *, secret: str) -> str:
    """As `docs/how-to/reminders.md` tells a receiver to compute it."""
    signed = taken.headers["Headway-Timestamp"].encode() + b"." + taken.body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class _Dialogue(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken = Taken(path=self.path, headers=dict(self.headers), body=body)
        self.server.taken.append(taken)
        answers = self.server.answers
        answer = answers.pop(0) if answers else Answer()
        time.sleep(answer.wait_seconds)
        head = f"HTTP/1.1 {answer.status} Said\r\nContent-Length: 2\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        said = f"{head}Connection: close\r\n\r\nok"
        for part in said if answer.drip_seconds else [said]:
            self.wfile.write(part.encode())
            time.sleep(answer.drip_seconds)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


class Server(ThreadingHTTPServer):
    """`taken` is what was posted; `answers` what it says next, then 200."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[Taken] = []
        self.answers: list[Answer] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(folder))
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, *_args: object) -> None:
        """A client that hangs up is what some tests are about."""

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.server_address[1]}/hooks/T0/B0?x=1"


def certificate(folder: Path) -> Path:
    """Key and certificate of 127.0.0.1 in one file, signed by itself."""
    path = folder / "server.pem"
    if path.exists():
        return path
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(pem)
    )
    return path


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
