"""Getting in, and getting no further than one may."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast

from headway.actions import access, seal, totp
from headway.records.models import Account, AuditEntry, OneTimeLink, Session
from headway.server import settings as installation
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

PASSWORD = "three green bicycles"


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    """Argon2 is slow on purpose; one test here shows that it is what an installation uses."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def founded() -> Account:
    access.found_organisation(
        viewer=None,
        at=timezone.now(),
        organisation="Example",
        name="Eve",
        email="eve@example.com",
        password=PASSWORD,
    )
    return Account.objects.get(email="eve@example.com")


def log_in(client: Client, *, password: str = PASSWORD, email: str = "eve@example.com", to=""):
    form = {"email": email, "password": password, "next": to}
    return client.post("/access/log-in/", form)


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_the_first_leader_makes_the_account_and_is_in(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/access/set-up/"
    form = {"organisation": "Ours", "name": "Ada", "email": "Ada@Example.com", "password": PASSWORD}
    assert client.post("/access/set-up/", form).headers["Location"] == "/"
    made = Account.objects.values_list("email", "is_executive", "is_operations").get()
    assert (made, is_signed_in(client)) == (("ada@example.com", True, False), True)


def test_nobody_else_can_be_the_first_leader(client: Client, founded: Account) -> None:
    form = {"organisation": "Ours", "name": "Bob", "email": "b@example.com", "password": PASSWORD}
    answer = client.post("/access/set-up/", form)
    assert (answer.headers["Location"], Account.objects.count()) == ("/access/log-in/", 1)


def test_an_easily_guessed_password_is_refused_with_the_reason(client: Client) -> None:
    form = {"organisation": "O", "name": "A", "email": "a@example.com", "password": "password1234"}
    answer = client.post("/access/set-up/", form)
    assert answer.status_code == 422
    assert "too common" in answer.content.decode()
    assert Account.objects.count() == 0


def test_the_right_password_lets_in_and_goes_on_to_the_page_asked_for(client, founded) -> None:
    wanted = client.get("/settings/audit/").headers["Location"]
    assert wanted == "/access/log-in/?next=/settings/audit/"
    assert log_in(client, to="/settings/audit/").headers["Location"] == "/settings/audit/"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_log_in_leads_nowhere_else(client: Client, founded: Account, to: str) -> None:
    assert log_in(client, to=to).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_alike(client, founded) -> None:
    wrong = log_in(client, password="not this one at all")
    unknown = log_in(client, email="nobody@example.com")

    def sentence(page) -> str:
        return re.search(r'role="alert">(.*?)<', page.content.decode())[1]

    assert wrong.status_code == unknown.status_code == 422
    assert sentence(wrong) == sentence(unknown)


def test_after_ten_failures_the_right_password_waits_too(client, founded) -> None:
    statuses = [log_in(client, password="wrong wrong wrong").status_code for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert log_in(client).status_code == 429
    assert not is_signed_in(client)


def test_passwords_are_kept_as_argon2(settings) -> None:
    settings.PASSWORD_HASHERS = installation.PASSWORD_HASHERS
    account = Account(email="eve@example.com", name="Eve")
    kept = access.password_hash(PASSWORD, account=account)
    assert kept.startswith("argon2$argon2id$")


def test_the_second_factor_is_asked_for_once_it_is_on(client, founded) -> None:
    log_in(client)
    page = client.get("/settings/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]
    step = int(timezone.now().timestamp()) // totp.STEP_SECONDS
    # Two steps: one code turns it on, the next logs in, for no code works twice.
    first = totp.code_at(secret, step=step - 1)
    shown = client.post("/settings/second-factor/", {"code": first})
    codes = re.findall(r"<li><code>([0-9a-f-]{19})</code></li>", shown.content.decode())
    assert (shown.status_code, len(codes)) == (200, 10)

    other = Client()
    assert log_in(other).headers["Location"] == "/access/code/"
    assert not is_signed_in(other)
    assert other.post("/access/code/", {"code": first}).status_code == 422
    current = totp.code_at(secret, step=step)
    assert other.post("/access/code/", {"code": current}).headers["Location"] == "/"
    assert is_signed_in(other)

    third = Client()
    log_in(third)
    assert third.post("/access/code/", {"code": codes[0].upper()}).status_code == 302
    fourth = Client()
    log_in(fourth)
    assert fourth.post("/access/code/", {"code": codes[0]}).status_code == 422
    client.post("/settings/second-factor/remove/", {"code": codes[1]})
    assert log_in(Client()).headers["Location"] == "/"


def test_codes_are_throttled_too(client, founded) -> None:
    founded.factor_sealed = seal.sealed(totp.new_secret())
    founded.save()
    log_in(client)
    tries = [client.post("/access/code/", {"code": "000000"}).status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_without_the_password_there_is_no_code_page(client, founded) -> None:
    assert client.get("/access/code/").headers["Location"] == "/access/log-in/"


def invite(client: Client, **more: object) -> str:
    form = {"name": "Mona", "email": "mona@example.com", "roles": ["operations"], **more}
    page = client.post("/settings/access/invite/", form).content.decode()
    return re.search(r"http://testserver(/access/[^<]+)", page)[1]


def test_an_invitation_makes_one_account_with_its_roles(client, founded) -> None:
    log_in(client)
    link = invite(client)
    guest = Client()
    assert guest.get(link).status_code == 200
    assert guest.post(link, {"password": "short"}).status_code == 422
    assert guest.post(link, {"password": PASSWORD}).headers["Location"] == "/"
    made = Account.objects.values_list("name", "is_operations", "is_executive")
    assert list(made.filter(email="mona@example.com")) == [("Mona", True, False)]
    assert Client().post(link, {"password": PASSWORD}).status_code == 404


def test_a_link_is_kept_only_as_a_hash_and_ends_with_its_time(client, founded) -> None:
    log_in(client)
    link = invite(client)
    token = link.rstrip("/").rpartition("/")[2]
    kept = OneTimeLink.objects.get()
    assert token not in str(vars(kept))
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().post(link, {"password": PASSWORD}).status_code == 404


def test_a_withdrawn_invitation_does_not_work(client, founded) -> None:
    log_in(client)
    link = invite(client)
    client.post(f"/settings/access/links/{OneTimeLink.objects.get().pk}/withdraw/")
    assert Client().post(link, {"password": PASSWORD}).status_code == 404


def test_a_reset_link_sets_the_password_and_signs_out(client, founded) -> None:
    log_in(client)
    page = client.post(f"/settings/access/{founded.pk}/reset/").content.decode()
    link = re.search(r"http://testserver(/access/reset/[^<]+)", page)[1]
    assert Client().post(link, {"password": "four blue tandems"}).status_code == 302
    assert not is_signed_in(client)
    assert log_in(Client()).status_code == 422
    assert log_in(Client(), password="four blue tandems").status_code == 302


def test_a_log_in_link_works_once_and_only_when_pressed(founded: Account) -> None:
    made = access.make_log_in_link(viewer=SYSTEM, at=timezone.now(), email="eve@example.com")
    link = f"/access/link/{made.token}/"
    browser = Client()
    browser.get(link)
    assert not is_signed_in(browser)
    browser.post(link)
    assert is_signed_in(browser)
    assert Client().post(link).status_code == 404


def test_a_disabled_account_is_out_with_its_next_request(client: Client) -> None:
    cast.enter()
    sam = Account.objects.get(name="Sam")
    browser = Client()
    browser.force_login(sam)
    client.force_login(Account.objects.get(name="Eve"))
    assert is_signed_in(browser)
    client.post(f"/settings/access/{sam.pk}/disable/", {"seen_version": sam.version})
    assert browser.get("/settings/").headers["Location"].startswith("/access/log-in/")


def test_a_revoked_role_ends_with_the_next_request(client: Client) -> None:
    cast.enter()
    opal = Account.objects.get(name="Opal")
    browser = Client()
    browser.force_login(opal)
    client.force_login(Account.objects.get(name="Eve"))
    assert browser.get("/settings/access/").status_code == 200
    form = {"roles": ["seller"], "person_id": "", "seen_version": opal.version}
    assert client.post(f"/settings/access/{opal.pk}/roles/", form).status_code == 422
    cast.Account.objects.filter(person_id="stan").delete()
    form["person_id"] = "stan"
    assert client.post(f"/settings/access/{opal.pk}/roles/", form).status_code == 302
    assert browser.get("/settings/access/").status_code == 404


def test_signing_out_everywhere_ends_every_browser(client: Client, founded: Account) -> None:
    others = [Client(), Client()]
    for browser in (client, *others):
        log_in(browser)
    assert Session.objects.filter(account=founded).count() == 3
    client.post("/settings/sign-out/")
    assert [is_signed_in(browser) for browser in (client, *others)] == [False] * 3


def test_a_changed_password_keeps_this_browser_and_ends_the_others(client, founded) -> None:
    other = Client()
    log_in(client)
    log_in(other)
    form = {"current": PASSWORD, "password": "four blue tandems"}
    assert client.post("/settings/password/", form).headers["Location"] == "/settings/"
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    wrong = client.post("/settings/password/", {"current": "x", "password": "five red trikes ok"})
    assert wrong.status_code == 422


def test_logging_out_ends_the_session_in_the_database(client, founded) -> None:
    log_in(client)
    cookie = client.cookies["headway"].value
    client.post("/access/log-out/")
    client.cookies["headway"] = cookie
    assert not is_signed_in(client)


def test_forms_from_elsewhere_are_refused(founded: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = log_in(strict)
    assert (answer.status_code, is_signed_in(strict)) == (403, False)
    strict.force_login(founded)
    assert strict.post("/settings/sign-out/").status_code == 403
    assert strict.post("/settings/sign-out/", headers={"HX-Request": "true"}).status_code == 403
    assert is_signed_in(strict)


def test_operations_cannot_make_or_take_over_an_executive(client: Client) -> None:
    cast.enter()
    client.force_login(Account.objects.get(name="Opal"))
    eve = Account.objects.get(name="Eve")
    form = {"name": "X", "email": "x@example.com", "roles": ["executive"], "person_id": ""}
    answers = [
        client.post("/settings/access/invite/", form),
        client.post(f"/settings/access/{eve.pk}/reset/"),
        client.post(f"/settings/access/{eve.pk}/disable/", {"seen_version": eve.version}),
        client.post(f"/settings/access/{eve.pk}/second-factor/remove/"),
        client.post(f"/settings/access/{eve.pk}/sign-out/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    refused = AuditEntry.objects.filter(code__startswith="refused:").count()
    assert (refused, OneTimeLink.objects.count()) == (5, 0)


def test_the_last_executive_stays(client: Client, founded: Account) -> None:
    log_in(client)
    path, form = f"/settings/access/{founded.pk}", {"seen_version": founded.version}
    assert client.post(f"{path}/disable/", form).status_code == 409
    roles = {**form, "roles": ["operations"], "person_id": ""}
    assert client.post(f"{path}/roles/", roles).status_code == 403
    founded.refresh_from_db()
    assert (founded.is_active, founded.is_executive) == (True, True)


def test_settings_say_what_somebody_can_see(client: Client) -> None:
    cast.enter()
    client.force_login(Account.objects.get(name="Eve"))
    page = client.get(f"/settings/access/{Account.objects.get(name='Max').pk}/").content.decode()
    assert "What Max can see" in page
    assert "The results of 3 people: Max, Sam, Sue." in page
    assert AuditEntry.objects.filter(code="read:access.sight").count() == 1


def test_what_was_read_and_refused_is_in_the_audit(client: Client) -> None:
    cast.enter()
    client.force_login(Account.objects.get(name="Opal"))
    client.get("/settings/audit/")
    client.get("/results/")
    codes = list(AuditEntry.objects.order_by("number").values_list("code", flat=True))
    assert codes == ["read:audit.entries", "refused:route:results"]
    assert (
        "The record is whole: 2 entries." in client.get("/settings/audit/check/").content.decode()
    )


def test_a_stale_form_is_answered_with_both_versions(client: Client) -> None:
    cast.enter()
    client.force_login(Account.objects.get(name="Eve"))
    sam = Account.objects.get(name="Sam")
    form = {"seen_version": sam.version}
    client.post(f"/settings/access/{sam.pk}/disable/", form)
    stale = client.post(f"/settings/access/{sam.pk}/enable/", form)
    assert stale.status_code == 409
    assert "you saw version 1, it is now version 2" in stale.content.decode()


def test_a_second_click_has_no_second_effect(client: Client, founded: Account) -> None:
    log_in(client)
    form = {"name": "M", "email": "m@example.com", "roles": ["operations"], "form_key": "k1"}
    pages = {client.post("/settings/access/invite/", form).content for _ in range(10)}
    links = {re.search(rb"/access/invitation/[^<]+", page)[0] for page in pages}
    assert (OneTimeLink.objects.count(), len(links)) == (1, 1)
    other = {**form, "name": "N"}
    assert client.post("/settings/access/invite/", other).status_code == 409


def test_the_look_is_kept(client: Client, founded: Account) -> None:
    log_in(client)
    client.post("/settings/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()


def test_roles_add_up() -> None:
    cast.enter()
    viewer = cast.viewer("max")
    assert viewer.roles == {Role.MANAGER, Role.SELLER}
