"""Posts go to public addresses by HTTPS, once, within a time, and nowhere they are sent on to."""

import socket
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests import hook_server
from tests.hook_server import Answer

from headway.actions.webhooks import WebhookAddressError
from headway.cycle import posting
from headway.cycle.posting import NotReachedError, Post, PrivateAddressError, RefusedError

# Ways to name this machine, its network, or the place where clouds keep their keys.
INSIDE = (
    *("127.0.0.1", "127.1", "127.0.0.53", "127.255.255.254", "0.0.0.0", "0", "0.1.2.3"),
    *("2130706433", "017700000001", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "0x7f.1"),
    *("localhost", "localhost.", "LOCALHOST"),
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.1"),
    *("167772161", "0xa000001", "012.0.0.1", "100.64.0.1", "100.127.255.255", "198.18.0.1"),
    *("169.254.169.254", "169.254.0.1", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376"),
    *("192.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::7f00:1]"),
    *("[::ffff:169.254.169.254]", "[fe80::1]", "[febf::1]", "[fc00::1]", "[fd00:ec2::254]"),
    *("[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]"),
    *("[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::]", "[2002:a9fe:a9fe::]"),
    *("[2001:0:53aa:64c:0:0:80ff:fffe]", "[::a00:1]", "[100::1]"),
)
LINK_LOCAL = ("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[64:ff9b::a9fe:a9fe]")


def to(address: str) -> Post:
    return Post(address=address, body=b"{}", headers={})


@pytest.fixture
def trusted(settings, monkeypatch, tmp_path: Path):
    """A server here whose certificate is trusted, and a setting that lets posts go to it."""
    settings.HEADWAY_WEBHOOKS_PRIVATE = True
    monkeypatch.setenv("SSL_CERT_FILE", str(hook_server.certificate(tmp_path)))
    with hook_server.serving(tmp_path) as server:
        yield server


@pytest.mark.parametrize("host", INSIDE)
def test_no_way_to_name_the_inside_leads_there(host: str, monkeypatch) -> None:
    connected = []
    monkeypatch.setattr(socket, "create_connection", lambda *args: connected.append(args))
    with pytest.raises((PrivateAddressError, NotReachedError)) as refusal:
        posting.post(to(f"https://{host}/"))
    assert connected == []
    # A form that the machine's own resolver does not know leads nowhere at all.
    if isinstance(refusal.value, NotReachedError):
        assert "the name is not known" in str(refusal.value)


def test_there_are_sixty_ways() -> None:
    assert len(set(INSIDE)) >= 60


@pytest.mark.parametrize("host", LINK_LOCAL)
def test_where_clouds_keep_their_keys_stays_shut_for_chat_servers_of_ones_own(
    host: str, settings
) -> None:
    settings.HEADWAY_WEBHOOKS_PRIVATE = True
    with pytest.raises(PrivateAddressError):
        posting.post(to(f"https://{host}/"))


@pytest.mark.parametrize(
    "address",
    [
        *("http://chat.example.com/", "ftp://chat.example.com/", "file:///etc/passwd", "//x/"),
        *("https://user@chat.example.com/", "https://u:p@chat.example.com/", "https:///hooks"),
        *("https://chat.example.com/#part", "https://chat.example.com:0/", "https://chat..\\x/"),
        *(
            "https://chat.example.com:99999/",
            "https://chat.example.com/a b",
            "https://ch\u00e4t.de/",
        ),
        *("https://[::1/", "https://x/\r\nHost: y", "gopher://127.0.0.1/", ""),
    ],
)
def test_what_is_no_plain_https_address_is_not_posted_to(address: str) -> None:
    with pytest.raises(WebhookAddressError):
        posting.post(to(address))


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch) -> None:
    found = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(PrivateAddressError):
        posting.post(to("https://chat.example.com/"))


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch) -> None:
    """A name that stands for another address when asked again leads nowhere else."""
    answers = iter(["93.184.215.14", "127.0.0.1"])
    asked, connected = [], []

    def look_up(host: str, *_args: object, **_more: object) -> list:
        asked.append(host)
        return [(2, 1, 6, "", (next(answers), 443))]

    def connect(address: tuple[str, int], *_args: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotReachedError):
        posting.post(to("https://rebinding.example.com/"))
    assert (asked, connected) == (["rebinding.example.com"], [("93.184.215.14", 443)])


def test_a_post_arrives_as_it_was_made(trusted) -> None:
    posting.post(Post(address=trusted.address, body=b'{"a": 1}', headers={"X-One": "1"}))
    [taken] = trusted.taken
    assert (taken.path, taken.body, taken.headers["X-One"]) == (
        "/hooks/T0/B0?x=1",
        b'{"a": 1}',
        "1",
    )


def test_a_redirect_is_not_followed(trusted) -> None:
    trusted.answers.append(Answer(status=307, headers={"Location": trusted.address}))
    with pytest.raises(RefusedError, match=r"307\. Redirects are not followed"):
        posting.post(to(trusted.address))
    assert len(trusted.taken) == 1


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410, 429, 500, 503])
def test_an_answer_that_is_not_yes_is_a_reason(trusted, status: int) -> None:
    trusted.answers.append(Answer(status=status))
    with pytest.raises(RefusedError, match=f"It answered {status}"):
        posting.post(to(trusted.address))


def test_how_long_to_wait_is_read(trusted) -> None:
    trusted.answers.append(
        Answer(status=429, headers={"Retry-After": "Tue, 30 Jun 2099 13:00:00 GMT"})
    )
    with pytest.raises(RefusedError) as refusal:
        posting.post(to(trusted.address))
    assert refusal.value.not_before == datetime(2099, 6, 30, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "answer", [Answer(wait_seconds=2), Answer(drip_seconds=0.3)], ids=["silent", "drop by drop"]
)
def test_who_takes_too_long_is_broken_off(trusted, monkeypatch, answer: Answer) -> None:
    monkeypatch.setattr(posting, "SECONDS", 1.0)
    trusted.answers.append(answer)
    begun = time.monotonic()
    with pytest.raises(NotReachedError, match="no answer within 1 seconds"):
        posting.post(to(trusted.address))
    assert time.monotonic() - begun < 1.9


def test_who_takes_the_connection_and_says_nothing_is_broken_off(settings, monkeypatch) -> None:
    settings.HEADWAY_WEBHOOKS_PRIVATE = True
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(NotReachedError, match="no answer within"):
            posting.post(to(address))


def test_an_endless_answer_is_not_read(trusted) -> None:
    # More than a hundred headers: the reader stops there.
    trusted.answers.append(Answer(headers={f"X-{number}": "x" * 600 for number in range(200)}))
    with pytest.raises(NotReachedError):
        posting.post(to(trusted.address))


def test_a_certificate_that_nobody_trusts_is_refused(trusted, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotReachedError, match="certificate"):
        posting.post(to(trusted.address))
    assert trusted.taken == []


def test_a_proxy_of_the_environment_is_not_asked(trusted, monkeypatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    posting.post(to(trusted.address))
    assert len(trusted.taken) == 1
