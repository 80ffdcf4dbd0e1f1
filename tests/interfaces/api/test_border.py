"""What every request passes: token, right, strict reading, one effect, problems that tell."""

import json
from dataclasses import fields
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.api.client import ROOT, Program, token_of
from tests.interfaces.web.results_world import signed_in

from headway.actions import accounts, sign_in, tokens
from headway.actions.commitments import Wanted
from headway.interfaces.api.urls import ENDPOINTS
from headway.records.models import Account, ApiToken, AuditEntry, Commitment, LogInFailure
from headway.server.headers import ALWAYS
from headway.terms.access import Permission, allows
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

COMMITMENT = {
    "owner": "max",
    "text": "Agree a card with each person",
    "seen_by": "Six agreed cards",
    "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def problem(reply, status: int, code: str) -> dict:
    assert (reply.status_code, reply["Content-Type"]) == (status, "application/problem+json")
    said = json.loads(reply.content)
    assert (said["status"], said["code"], said["type"]) == (status, code, f"urn:headway:{code}")
    assert said["title"]
    assert said["detail"].endswith(".")
    return said


def test_a_token_says_whose_it_is() -> None:
    reply = Program("max", may_write=False).get("me")
    assert json.loads(reply.content) == {
        "name": "Max",
        "account_id": cast.viewer("max").account_id,
        "person_id": "max",
        "roles": ["manager", "seller"],
        "may_write": False,
    }
    assert ApiToken.objects.get().last_used_on == timezone.now().date()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer headway_wrong"},
        {"Authorization": "Basic bWF4Om1heA=="},
        {"Authorization": "Bearer \udcff\x00"},
    ],
)
def test_without_a_token_that_works_there_is_nothing(sent: dict[str, str]) -> None:
    reply = Client().get(f"{ROOT}me", headers=sent)
    problem(reply, 401, "tokens.unusable")
    assert reply["WWW-Authenticate"].startswith("Bearer")


def test_a_signed_in_browser_opens_nothing_and_forges_nothing() -> None:
    browser = signed_in("max")
    problem(browser.get(f"{ROOT}me"), 401, "tokens.unusable")
    reply = browser.post(f"{ROOT}commitments", COMMITMENT, content_type="application/json")
    problem(reply, 401, "tokens.unusable")
    assert Commitment.objects.count() == 0


def test_a_token_opens_no_page() -> None:
    token = token_of("max").token
    reply = Client().get("/settings/", headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == 302


def _revoke(program: Program) -> None:
    token = ApiToken.objects.get()
    tokens.revoke(viewer=cast.viewer("max"), at=timezone.now(), token_id=token.pk)


def _expire(program: Program) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    ApiToken.objects.update(made_at=long_ago, expires_at=long_ago + timedelta(days=30))


def _disable(program: Program) -> None:
    account = Account.objects.get(name="Max")
    accounts.disable(viewer=SYSTEM, at=timezone.now(), account_id=account.pk, seen_version=1)


def _sign_out(program: Program) -> None:
    viewer = cast.viewer("max")
    account_id = viewer.account_id or 0
    accounts.sign_out_everywhere(viewer=viewer, at=timezone.now(), account_id=account_id)


@pytest.mark.parametrize("end", [_revoke, _expire, _disable, _sign_out])
def test_a_token_that_ended_is_refused_with_the_next_request(end) -> None:
    program = Program("max")
    assert program.get("me").status_code == 200
    end(program)
    problem(program.get("me"), 401, "tokens.unusable")
    entry = AuditEntry.objects.get(code="api_failed")
    assert entry.subject == f"account:{cast.viewer('max').account_id}"


def test_an_account_that_is_enabled_again_does_not_bring_its_tokens_back() -> None:
    program = Program("max")
    _disable(program)
    account = Account.objects.get(name="Max")
    accounts.enable(viewer=SYSTEM, at=timezone.now(), account_id=account.pk, seen_version=2)
    problem(program.get("me"), 401, "tokens.unusable")


def test_a_right_that_is_taken_away_ends_with_the_next_request() -> None:
    program = Program("eve")
    assert json.loads(program.get("people").content)["count"] == len(cast.LINES)
    Account.objects.filter(name="Eve").update(is_executive=False, is_seller=True)
    assert json.loads(program.get("people").content)["count"] == 1
    Account.objects.filter(name="Eve").update(is_seller=False, is_operations=True)
    problem(program.get("people"), 404, "api.no_such_address")
    assert AuditEntry.objects.filter(code="refused:route:api:people").count() == 1


def test_ten_failures_close_the_door_for_tokens_that_do_not_work_alone() -> None:
    working, wrong = Program("max"), Program(None)
    for _ in range(sign_in.MAX_FAILURES):
        problem(wrong.get("me"), 401, "tokens.unusable")
    reply = wrong.get("me")
    problem(reply, 429, "sign_in.too_many")
    assert reply["Retry-After"] == "900"
    assert working.get("me").status_code == 200
    # What comes after the tenth is neither counted nor written.
    assert LogInFailure.objects.count() == sign_in.MAX_FAILURES
    assert AuditEntry.objects.filter(code="api_failed").count() == sign_in.MAX_FAILURES


def test_a_token_that_only_reads_changes_nothing() -> None:
    program = Program("max", may_write=False)
    assert program.get("commitments").status_code == 200
    problem(program.post("commitments", COMMITMENT), 403, "api.read_only")
    assert Commitment.objects.count() == 0
    assert AuditEntry.objects.filter(code="refused:api.read_only").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", ["eve", "mona", "sam", "opal"])
@pytest.mark.parametrize("each", ENDPOINTS, ids=lambda each: each.name)
def test_a_door_opens_for_the_roles_it_names(name: str, each) -> None:
    program = Program(name)
    path = each.template.removeprefix(ROOT)
    for one in each.in_path:
        path = path.replace(f"{{{one.name}}}", "1")
    reply = program.get(path) if each.method == "GET" else program.post(path, {})
    refused = AuditEntry.objects.filter(code=f"refused:route:api:{each.name}").count()
    may = allows(cast.viewer(name), each.permission)
    assert reply.status_code < 500
    assert refused == (0 if may else 1)
    if not may:
        problem(reply, 404, "api.no_such_address")


def test_only_the_document_is_open_to_everybody() -> None:
    opened = [each.name for each in ENDPOINTS if each.permission is Permission.ANYONE]
    assert opened == ["openapi"]


def test_unknown_addresses_and_methods_are_told() -> None:
    program = Program("max")
    for path in ("nowhere", "commitments/none", "../", "people/"):
        problem(program.get(path), 404, "api.no_such_address")
    reply = program.post("people", {})
    problem(reply, 405, "api.wrong_method")
    assert reply["Allow"] == "GET"
    assert Client().head(f"{ROOT}openapi.json").status_code == 200


def test_every_reply_carries_the_headers() -> None:
    program = Program("max")
    replies = [program.get("me"), program.get("nowhere"), Program(None).get("me")]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
        assert reply.headers["Cache-Control"] == "no-store"


def test_everything_unfit_is_named_at_once() -> None:
    sent = {"owner": 7, "text": "a\0b", "due_on": "14.7.2026", "predicted_link": "x", "more": 1}
    said = problem(Program("max").post("commitments", sent), 422, "api.unfit")
    parts = ", ".join(each.name for each in fields(Wanted))
    links = "declared, told, recalled, understood, connected, led, practised, coached, moved"
    assert {each["where"]: (each["found"], each["expected"]) for each in said["errors"]} == {
        "body.more": (
            "a field",
            f"one of: {parts}",
        ),
        "body.owner": ("7", "text without null characters"),
        "body.text": ("'a\\x00b'", "text without null characters"),
        "body.seen_by": ("nothing", "text without null characters"),
        "body.due_on": ("'14.7.2026'", "a day such as 2026-06-30"),
        "body.predicted_link": ("'x'", f"one of: {links}"),
    }


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": "9" * 30}, "offset"),
        ({"owner": "max"}, "owner"),
    ],
)
def test_unfit_parameters_are_named(query: dict, where: str) -> None:
    said = problem(Program("max").get("people", **query), 422, "api.unfit")
    assert [each["where"] for each in said["errors"]] == [where]


@pytest.mark.parametrize("sent", ["", "{", "[1, NaN]", "[" * 100_000, "\xff", '{"a": 1e999999}'])
def test_what_is_no_json_is_refused(sent: str) -> None:
    headers = {"Authorization": f"Bearer {Program('max').token}"}
    reply = Client().post(
        f"{ROOT}commitments",
        sent.encode("latin-1"),
        content_type="application/json",
        headers=headers,
    )
    assert reply.status_code in (400, 422)
    assert json.loads(reply.content)["code"] in ("api.not_json", "api.unfit")


def test_a_form_and_a_long_body_are_refused() -> None:
    headers = {"Authorization": f"Bearer {Program('max').token}"}
    form = Client().post(f"{ROOT}commitments", COMMITMENT, headers=headers)
    problem(form, 400, "api.not_json")
    long = json.dumps({"text": "x" * 3_000_000})
    reply = Client().post(
        f"{ROOT}commitments", long, content_type="application/json", headers=headers
    )
    problem(reply, 400, "api.not_json")


def test_ten_equal_changes_under_a_key_have_one_effect_and_equal_replies() -> None:
    program = Program("max")
    replies = {program.post("commitments", COMMITMENT, key="k1").content for _ in range(10)}
    assert (len(replies), Commitment.objects.count()) == (1, 1)
    other = {**COMMITMENT, "text": "Something else"}
    problem(program.post("commitments", other, key="k1"), 409, "actions.key_reused")
    problem(program.post("commitments", other, key="k" * 256), 422, "api.unfit")
    assert Commitment.objects.count() == 1


def test_a_stale_version_names_both() -> None:
    program = Program("max")
    number = json.loads(program.post("commitments", COMMITMENT).content)["commitment_id"]
    move = {"due_on": "2999-12-31", "reason": "Later.", "seen_version": 1}
    assert program.post(f"commitments/{number}/move", move).status_code == 200
    said = problem(
        program.post(f"commitments/{number}/keep", {"seen_version": 1}),
        409,
        "actions.stale_version",
    )
    assert (said["seen_version"], said["current_version"]) == (1, 2)
    assert f"“{COMMITMENT['text']}”" in said["detail"]


def test_a_list_comes_in_pages() -> None:
    program = Program("eve")
    first = json.loads(program.get("people", limit=4).content)
    assert (len(first["items"]), first["count"]) == (4, 7)
    second = json.loads(program.get(first["next"].removeprefix(ROOT)).content)
    assert (len(second["items"]), second["next"]) == (3, None)
    names = [each["name"] for each in (*first["items"], *second["items"])]
    assert names == sorted(name.title() for name in cast.LINES)


def test_reading_the_audit_is_an_entry_of_the_audit() -> None:
    program = Program("opal")
    said = json.loads(program.get("audit").content)
    assert [each["code"] for each in said["entries"]] == ["tokens.create"]
    assert AuditEntry.objects.latest("number").code == "read:audit.entries"
    assert json.loads(program.get("audit/wholeness").content) == {"count": 2, "broken_at": None}


def test_what_somebody_types_does_not_enter_the_audit() -> None:
    program = Program("max")
    for owner in (
        "a sentence, typed by somebody, that is far longer than an id could be " * 2,
        "\n",
    ):
        problem(
            program.post("commitments", {**COMMITMENT, "owner": owner}), 403, "actions.not_allowed"
        )
    refused = AuditEntry.objects.filter(code="refused:commitments.make")
    assert set(refused.values_list("subject", flat=True)) == {"person:unknown"}


def test_a_mistake_of_ours_shows_no_trace() -> None:
    program = Program("max")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_commitment RENAME TO gone")
    reply = program.get("commitments")
    problem(reply, 500, "api.our_mistake")
    assert b"gone" not in reply.content
    assert b"Traceback" not in reply.content


def test_another_host_is_refused() -> None:
    assert Client().get(f"{ROOT}openapi.json", headers={"Host": "evil.example"}).status_code == 400
