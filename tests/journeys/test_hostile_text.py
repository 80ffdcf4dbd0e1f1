"""Forty payloads in every field that somebody types or imports, read by everybody in a browser."""

import re

import pytest
from django.db import models
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests import cast, payloads
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world
from tests.interfaces.web.routes import all_routes

from headway.interfaces.pages import report
from headway.records.models import (
    Account,
    AccountRow,
    CheckMark,
    Job,
    Load,
    Mapping,
    Objection,
    OneTimeLink,
    OpportunityRow,
    Organisation,
    Person,
    Publication,
    PublishedAnswer,
    ReportingLine,
    Source,
)
from headway.terms import codec
from headway.terms.answer import Answer

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NOT_ALLOWED = 405
# Against forged forms: another one in each reply.
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
# Text that people type or files bring; the rest are codes and hashes of our own.
FREE = (
    (Organisation, "name"),
    (Person, "name", "title", "email"),
    (ReportingLine, "team"),
    (Account, "name"),
    (OneTimeLink, "name"),
    (AccountRow, "name", "segment", "industry", "country"),
    (OpportunityRow, "name", "stage"),
    (Objection, "text"),
    (Source, "name"),
    (Load, "upload", "refusal"),
    (Job, "problem"),
)


def hostile(answer: Answer) -> Answer:
    """The answer with payloads wherever it repeats what files said."""
    written = codec.to_json(answer)
    written["organisation"]["name"] = payloads.ALL
    for found in written["localisations"]:
        for cause in found["causes"]:
            cause["slice"] = dict.fromkeys(cause["slice"], payloads.ALL)
    for stage in written["stages"]:
        stage["stage"] = stage["next_stage"] = payloads.ALL
    for line in written["ladder"]:
        line["place"] = payloads.ALL
    return codec.from_json(Answer, written)


def enter() -> None:
    results_world.enter()
    PublishedAnswer.objects.update(answer=codec.to_json(hostile(answers.FALLING)))
    eve = Account.objects.get(name="Eve")
    now = cast.NOW
    source = Source.objects.create(name="s", added_at=now)
    load = Load.objects.create(
        source=source,
        state="refused",
        upload="u",
        refusal="r",
        notes=[payloads.ALL],
        files=[{"file": payloads.ALL, "rows_in": 2, "kept": 1, "rejected": 1}],
        asked_at=now,
        finished_at=now,
    )
    Mapping.objects.create(source=source, columns_hash="h", proposal={})
    wanted = {"load_id": load.pk}
    Job.objects.create(kind="answer", identity="i", wanted=wanted, asked_by=eve, asked_at=now)
    Job.objects.update(state="failed", finished_at=now)
    CheckMark.objects.create(
        publication=Publication.objects.get(),
        code="similar_names",
        table="seen/product",
        row_count=2,
        share=0.5,
        figures={"examples": payloads.ALL, "names": payloads.ALL},
    )
    Objection.objects.create(finding="f", scope="organisation", by=eve, text="t", made_at=now)
    OneTimeLink.objects.create(
        purpose="invite", token_hash="h", roles=["seller"], made_at=now, expires_at="2999-01-01T00Z"
    )
    for model, *fields in FREE:
        model.objects.update(**dict.fromkeys(fields, payloads.ALL))
    kept: models.JSONField = {"region": payloads.ALL, "product": payloads.ALL}
    OpportunityRow.objects.update(dimensions=kept)


def problems(page: Page) -> list[object]:
    """What a payload has left in the page; empty where all of them are text."""
    return page.evaluate(
        """() => [
            window.hit,
            document.querySelectorAll('[data-hit], iframe, object, embed, base').length,
            document.querySelectorAll('a[href^=javascript], form[action*=evil]').length,
            document.querySelectorAll('script:not([src^="/static/"])').length,
        ].filter(Boolean)"""
    )


def pages(client: Client, addresses: list[str]) -> list[list[str]]:
    """The addresses, together where they lead to a page that is the same to the byte."""
    found: dict[bytes, list[str]] = {}
    for address in addresses:
        reply = client.get(address, follow=True)
        # An address that only takes forms answers without a page.
        if reply.status_code != NOT_ALLOWED:
            found.setdefault(TOKEN.sub(b"", reply.content), []).append(address)
    return list(found.values())


def test_payloads_are_forty() -> None:
    assert len(set(payloads.PAYLOADS)) == 40


@pytest.mark.parametrize("name", ["eve", "max", "sam", "opal"])
def test_no_text_runs_in_anybodys_browser(
    browser: Browser, live_server: LiveServer, name: str
) -> None:
    emails = {who: f"{who}@example.com" for who in cast.ROLES}
    enter()
    assert Account.objects.filter(email=emails[name]).update(theme="") == 1
    context = browser.new_context(base_url=live_server.url)
    session = results_world.signed_in(name).cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": live_server.url}])
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda asked: outside.append(asked.url))
    page.on("dialog", lambda said: outside.append(f"dialog {said.message}"))
    shown = 0
    addresses = [route.path for route in all_routes() if not route.path.endswith((".csv", ".zip"))]
    addresses += ["/results/opportunities/?figure=place-1-1", "/results/evidence/place-1-1/"]
    for same in pages(results_world.signed_in(name), addresses):
        page.goto(same[0])
        assert problems(page) == [], same
        is_shown = "<img src=x data-hit onerror=window.hit=1>" in page.inner_text("body")
        shown += len(same) * is_shown
    context.close()
    assert [asked for asked in outside if not asked.startswith(live_server.url)] == []
    # The payloads were there to be seen, as text.
    assert shown >= {"eve": 10, "max": 6, "sam": 6, "opal": 4}[name]


def test_no_text_runs_in_the_one_file_report(browser: Browser, tmp_path) -> None:
    file = tmp_path / "report.html"
    file.write_text(report.one_page([hostile(answers.FALLING)]), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert problems(page) == []
    assert "<img src=x data-hit onerror=window.hit=1>" in page.inner_text("body")
