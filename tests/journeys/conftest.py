"""One browser for all journeys of a test process; each opens contexts of its own."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser import CHROMIUM, FLAGS

PATIENCE_SECONDS = 30
# What comes with the next page is waited for as long as the page itself.
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium-headless-shell)")
    # Playwright keeps a loop in this thread; Django would take what follows for asynchronous.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def _nothing_stays_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """A failed journey leaves no connection behind on which the live server's threads wait.

    They share the test's database connection, which they may not close once the server has ended.
    """
    yield
    used = request.node.funcargs
    if {"browser", "live_server"} <= set(used):
        for context in used["browser"].contexts:
            context.close()
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(PATIENCE_SECONDS)
