"""The pages of access and settings in a real browser: no violation, nothing from elsewhere."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import ConsoleMessage, Page, sync_playwright
from tests import cast

from headway.records.models import Account
from headway.records.sessions import SessionStore

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
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
def eve(live_server) -> tuple[int, str]:
    """Her account and a session of hers, made before the browser: beside it Django asks nothing."""
    cast.enter()
    account = Account.objects.get(name="Eve")
    return account.pk, session_of(account)


@pytest.fixture
def page(eve) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser.new_page()
        browser.close()


def session_of(account: Account) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "headway.actions.sign_in.AccountBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def found(page: Page, address: str) -> list[tuple[str, str, list[str]]]:
    """What is wrong with a page: (page, rule, elements)."""
    page.goto(address)
    violations = Axe().run(page).response["violations"]
    return [(address, each["id"], [node["html"] for node in each["nodes"]]) for each in violations]


def _keep(messages: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        messages.append(message.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_violation(page: Page, eve, live_server, scheme: str, width: int) -> None:
    account_id, session = eve
    messages: list[str] = []
    page.on("console", lambda message: _keep(messages, message))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    wrong = [each for path in SIGNED_OUT for each in found(page, f"{live_server.url}/{path}")]
    cookie = {"name": "headway", "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    for path in SIGNED_IN:
        wrong += found(page, f"{live_server.url}/{path.format(account=account_id)}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
    assert wrong == []
    # Nothing was refused by the content security policy; the missing page says itself that it is.
    assert [text for text in messages if "404" not in text] == []
