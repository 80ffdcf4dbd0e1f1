"""How the pages are looked at in a real browser; `browser` (tests/journeys/conftest.py) is one."""

import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Debian's Chromium without a desktop costs half the time of the one with it.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_FAULTS = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.map(
        fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`
    );
}"""


def faults(page: Page) -> list[str]:
    """What axe finds against the page as it stands: rule and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate(_FAULTS)


def shown_at(page: Page, *, width: int, theme: str) -> None:
    """Show the page that is open so wide and in this theme."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)


def is_as_wide(page: Page, width: int) -> bool:
    """Whether nothing sticks out to the side."""
    return page.evaluate("document.documentElement.scrollWidth") == width
