# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""Logging a coaching session on a phone: taps, fields and keys at 390 px, and the time they take.

    PYTHONPATH=src:. python benchmarks/session_log.py

A leader logs three things in a real browser against a served installation, and each has to stand
in the records afterwards: a session with somebody who has a plan, as it is usually done; one with
every field changed but the priority; a joint call with a customer. What is done is counted, and the
time is that of the keystroke-level model (Card, Moran & Newell 1980; `tests/on_a_phone.py` names
its numbers): of somebody who knows the form, makes no mistake and has decided what to write. No
person was timed. It is given for the usual speed of typing on phones and for the model's slowest,
with the waiting as this machine took it. Goal: under two minutes, and the joint call under one.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime

SENTENCE = "Ask what it costs them before naming a price"


def enter() -> str:
    """The standing cast with a plan of max and sam; a link that lets max in."""
    from tests import cast

    from headway.actions import access, coaching_plans
    from headway.actions.coaching_plans import PlanWanted
    from headway.terms.viewer import SYSTEM

    cast.enter()
    now = datetime.now(UTC)
    plan = PlanWanted(skill="Discovery", goal="", cadence_days=14, priority="", steps=())
    coaching_plans.begin(viewer=cast.viewer("max"), at=now, person="sam", wanted=plan)
    return access.make_log_in_link(viewer=SYSTEM, at=now, email="max@example.com").token


def measure(site: str, token: str) -> None:
    """Log three things, and print what each took."""
    from playwright.sync_api import sync_playwright
    from tests.browser import CHROMIUM, FLAGS
    from tests.on_a_phone import TYPE, TYPE_SLOWLY, Phone, call, usual, whole

    from headway.records.models import CoachingSession

    told: dict[str, Callable[[Phone], None]] = {
        "a session as usual": lambda phone: usual(phone, sentence=SENTENCE),
        "every field changed": lambda phone: whole(phone, sentence=SENTENCE),
        "a joint call": call,
    }
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(base_url=site, has_touch=True).new_page()
        page.goto(f"/access/link/{token}/")
        page.get_by_role("button", name="Log in").click()
        for name, log in told.items():
            phone = Phone(page)
            before = CoachingSession.objects.count()
            log(phone)
            assert CoachingSession.objects.count() == before + 1
            print(
                f"{name}: {phone.taps} taps, {phone.swipes} swipes, {len(phone.touched)} fields, "
                f"{phone.keys} keys: {phone.seconds():.0f} s, {phone.waited:.1f} s of it waiting; "
                f"{phone.seconds(a_key=TYPE_SLOWLY):.0f} s at {TYPE_SLOWLY} instead of {TYPE:.2f} "
                "s a key"
            )
        browser.close()


def served(token: str) -> None:
    """Serve it as it is served, and measure."""
    command = [sys.executable, "-m", "headway.interfaces.cli", "up", "--port", "0"]
    with subprocess.Popen(
        [*command, "--workers", "1"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            site = next(
                found[0]
                for line in process.stdout
                if (found := re.findall(r"http://\S+:\d+", line))
            )
            measure(site, token)
        finally:
            process.send_signal(signal.SIGTERM)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEADWAY_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "headway.server.settings"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        served(enter())
