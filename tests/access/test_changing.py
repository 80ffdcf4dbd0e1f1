"""Role x change x interface: everybody tries every change, and those alone succeed who may."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests import cast
from tests.access import world
from tests.access.change import Change
from tests.access.changes import ELSEWHERE, all_changes
from tests.access.doors import Visitor
from tests.access.world import WHO
from tests.interfaces.api.client import ROOT
from tests.interfaces.web import routes

from headway import interfaces
from headway.interfaces.api.urls import ENDPOINTS
from headway.records.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def send(interface: str, visitor: Visitor, change: Change, ids: dict[str, str]) -> HttpResponse:
    values = {**ids, **change.ids}
    if values["account_id"] in cast.LINES:
        email = f"{values['account_id']}@example.com"
        values["account_id"] = str(Account.objects.get(email=email).pk)
    if interface == "page":
        name, form = change.page
        paths = {each.name: each.path for each in routes.all_routes(values)}
        query = "&".join(f"{key}={value}" for key, value in change.query.items())
        return visitor.post_page(f"{paths[name]}?{query}", form)
    name, body = change.api
    template = next(each.template for each in ENDPOINTS if each.name == name)
    return visitor.post_api(template.format(**values).removeprefix(ROOT), body)


def has_effect(interface: str, visitor: Visitor, change: Change, ids: dict[str, str]) -> bool:
    """Try it, and leave everything as it was."""
    cookies = copy.deepcopy(visitor.browser.cookies)
    with transaction.atomic():
        change.first()
        before = change.watch()
        reply = send(interface, visitor, change, ids)
        is_changed = change.watch() != before
        transaction.set_rollback(True)
    visitor.browser.cookies = cookies
    assert reply.status_code < 500, (change.what, visitor.who)
    if interface == "api":
        # A program is told plainly whether it was done.
        assert (reply.status_code < 400) is is_changed, (change.what, visitor.who, reply.content)
    return is_changed


@pytest.mark.parametrize("interface", ["page", "api"])
def test_everybody_changes_what_the_table_says_and_nothing_else(
    interface: str, record_property
) -> None:
    ids = world.enter()
    changes = [each for each in all_changes(ids) if getattr(each, interface) is not None]
    wrong = {
        (change.what, who): "done" if who not in change.who else "not done"
        for who in WHO
        for visitor in [Visitor(who)]
        for change in changes
        if has_effect(interface, visitor, change, ids) is not (who in change.who)
    }
    assert wrong == {}, wrong
    record_property("cases", len(changes) * len(WHO))
    record_property("replies", len(changes) * len(WHO))
    # 131 changes on pages and 58 over the API, by ten: each case was tried.
    assert len(changes) == {"page": 131, "api": 58}[interface]


def test_a_form_sent_again_has_no_second_effect() -> None:
    """As after a second click, and after going back to a page and sending what stands there."""
    ids = world.enter()
    visitors = {who: Visitor(who) for who in WHO}
    changes = [each for each in all_changes(ids) if each.page is not None and each.who]
    again = {}
    for change in changes:
        browser = visitors[min(change.who)].browser
        cookies = copy.deepcopy(browser.cookies)
        with transaction.atomic():
            change.first()
            replies, records = [], []
            for _ in range(2):
                replies.append(sent_with_key(visitors[min(change.who)], change, ids).status_code)
                records.append(stored())
            transaction.set_rollback(True)
        browser.cookies = cookies
        if records[0] != records[1] or max(replies) >= 400:
            again[change.what] = replies
    assert again == {}, again


def sent_with_key(visitor: Visitor, change: Change, ids: dict[str, str]) -> HttpResponse:
    assert change.page is not None
    name, form = change.page
    for value in form.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    keyed = replace(change, page=(name, {**form, "form_key": "of the page"}))
    return send("page", visitor, keyed, ids)


def stored() -> dict[str, int]:
    """How many records of each kind there are, but what is written of the request itself."""
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in ("Session", "AuditEntry")
    }


def test_every_form_of_a_page_can_be_sent_once_only() -> None:
    # Without an account, or in no record that an account may be tied to, or told to sign out.
    bare = {"pulse/answer.html", "pulse/list.html", "pages/keys.html", "base.html"}
    found = {
        str(path.relative_to(folder))
        for folder in Path(interfaces.__path__[0]).glob("*/templates")
        for path in folder.rglob("*.html")
        if "{% csrf_token %}" in path.read_text(encoding="utf-8")
    }
    assert found == {*bare, "pages/sent_once.html"}


def test_a_token_that_only_reads_has_no_effect_at_all() -> None:
    ids = world.enter()
    visitor = Visitor("leader", may_write=False)
    for change in all_changes(ids):
        if change.api is not None:
            assert not has_effect("api", visitor, change, ids), change.what


def test_every_door_that_takes_something_is_in_the_matrix() -> None:
    ids = world.enter()
    changes = all_changes(ids)
    writing = {each.name for each in ENDPOINTS if each.method != "GET"}
    assert writing == {each.api[0] for each in changes if each.api}
    browser = Client()
    browser.force_login(Account.objects.get(name="Eve"))
    taking = {
        each.name
        for each in routes.all_routes(ids)
        if "POST" in browser.patch(each.path).headers.get("Allow", "")
    }
    tried = {each.page[0] for each in changes if each.page}
    assert taking - tried - set(ELSEWHERE) == set(), "who may send this? Say it in changes.py"
    assert (tried | set(ELSEWHERE)) - taking == set()
    assert tried & set(ELSEWHERE) == set()
