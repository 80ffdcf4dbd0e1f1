"""The pages of access and settings in a real browser: no violation, nothing from elsewhere."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer
from tests import browser as looked
from tests import cast

from headway.records.models import Account
from headway.records.sessions import SessionStore

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIGNED_OUT = ("access/log-in/", "access/invitation/t0ken/", "access/reset/t0ken/", "nowhere/")
SIGNED_IN = (
    "settings/",
    "settings/password/",
    "settings/second-factor/",
    "settings/access/",
    "settings/access/{account}/",
    "settings/audit/",
    "settings/audit/check/",
)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    # A colour half way between two themes has a contrast of its own.
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def session_of(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "headway.actions.sign_in.AccountBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def wrong(page: Page) -> list[tuple[str, int, str, object]]:
    """What is wrong with the open page, wide and light, narrow and dark."""
    found: list[tuple[str, int, str, object]] = []
    for width, theme in ((1280, "light"), (390, "dark")):
        looked.shown_at(page, width=width, theme=theme)
        found += [(page.url, width, theme, fault) for fault in looked.faults(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(page.url, width, theme, wide)] if wide > width else []
    return found


def _keep(messages: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        messages.append(message.text)


@pytest.mark.slow
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["signed out", "signed in"])
def test_no_page_has_a_violation(page: Page, live_server: LiveServer, is_signed_in: bool) -> None:
    cast.enter()
    eve = Account.objects.get(name="Eve")
    messages: list[str] = []
    page.on("console", lambda message: _keep(messages, message))
    if is_signed_in:
        cookie = {"name": "headway", "value": session_of(eve), "url": live_server.url}
        page.context.add_cookies([cookie])
    for path in SIGNED_IN if is_signed_in else SIGNED_OUT:
        page.goto(f"/{path.format(account=eve.pk)}")
        assert wrong(page) == []
    # Nothing was refused by the content security policy; the missing page says itself that it is.
    assert [text for text in messages if "404" not in text] == []
