"""Tokens on My account: made with the password, shown once, revoked."""

import re

import pytest
from tests import cast
from tests.interfaces.api.client import ROOT
from tests.interfaces.web.results_world import signed_in

from headway.actions import access
from headway.records.models import Account, ApiToken

pytestmark = pytest.mark.django_db

PASSWORD = "three green bicycles"
ASKED = {"name": "Wall <screen>", "may_write": "no", "days": "30"}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def test_a_token_is_shown_once_and_listed_without_its_secret(client) -> None:
    browser = signed_in("sam")
    page = browser.post("/settings/tokens/", ASKED).content.decode()
    token = re.search(r"<code>(headway_[\w-]+)</code>", page)[1]
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get(f"{ROOT}me", headers=headers).json()["may_write"] is False
    listed = browser.get("/settings/").content.decode()
    assert "Wall &lt;screen&gt;" in listed
    assert token not in listed
    assert token not in browser.get("/settings/tokens/").content.decode()
    for other in ("eve", "opal", "sue"):
        assert "Wall" not in signed_in(other).get("/settings/").content.decode()


def test_a_token_that_may_write_says_so() -> None:
    browser = signed_in("sam")
    browser.post("/settings/tokens/", {**ASKED, "may_write": "yes"})
    assert ApiToken.objects.get().may_write is True
    assert "read and write" in browser.get("/settings/").content.decode()


def test_a_revoked_token_is_gone_and_works_no_more(client) -> None:
    browser = signed_in("sam")
    page = browser.post("/settings/tokens/", ASKED).content.decode()
    token = re.search(r"<code>(headway_[\w-]+)</code>", page)[1]
    path = f"/settings/tokens/{ApiToken.objects.get().pk}/revoke/"
    assert signed_in("eve").post(path).status_code == 403
    assert browser.post(path).status_code == 302
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get(f"{ROOT}me", headers=headers).status_code == 401
    assert "Wall" not in browser.get("/settings/").content.decode()


def test_whoever_has_a_password_shows_it(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    sam = Account.objects.get(name="Sam")
    sam.password = access.password_hash(PASSWORD, account=sam)
    sam.save()
    browser = signed_in("sam")
    assert 'name="password"' in browser.get("/settings/tokens/").content.decode()
    for password, status in (("", 422), ("wrong", 422), (PASSWORD, 200)):
        reply = browser.post("/settings/tokens/", {**ASKED, "password": password})
        assert reply.status_code == status
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"days": "0"}, {"days": "400"}, {"may_write": "x"}]
)
def test_a_form_that_cannot_be_taken_says_why(wrong: dict[str, str]) -> None:
    reply = signed_in("sam").post("/settings/tokens/", {**ASKED, **wrong})
    assert reply.status_code == 422
    assert 'class="error"' in reply.content.decode()
    assert ApiToken.objects.count() == 0
