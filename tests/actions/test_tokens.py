"""Tokens: made by their owner with the password, kept as a hash, ended by their owner alone."""

from datetime import timedelta

import pytest
from tests import cast

from headway.actions import access, sign_in, tokens
from headway.actions.action import IdempotencyKey, NotAllowedError, keyed
from headway.queries import tokens as reading
from headway.records.models import Account, ApiToken, AuditEntry
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

PASSWORD = "three green bicycles"


@pytest.fixture(autouse=True)
def everybody(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.enter()
    sam = Account.objects.get(name="Sam")
    sam.password = access.password_hash(PASSWORD, account=sam)
    sam.save()


def make(who: str = "sam", **more: object) -> tokens.TokenMade:
    asked = {"name": "A program", "may_write": False, "days": 30, "password": PASSWORD, **more}
    return tokens.create(viewer=cast.viewer(who), at=cast.NOW, **asked)


def test_only_the_hash_of_a_token_is_kept() -> None:
    made = make()
    kept = ApiToken.objects.values().get()
    assert made.token.startswith("headway_")
    # 32 random bytes, in letters.
    assert len(made.token) == len("headway_") + 43
    assert made.token not in str(kept)
    assert (kept["account_id"], kept["expires_at"] - kept["made_at"]) == (
        cast.viewer("sam").account_id,
        timedelta(days=30),
    )


def test_making_and_revoking_leave_entries_with_ids_only() -> None:
    made = make()
    tokens.revoke(viewer=cast.viewer("sam"), at=cast.NOW, token_id=made.token_id)
    entries = AuditEntry.objects.order_by("number").values_list("code", "subject")
    subject = f"token:{made.token_id}"
    assert list(entries) == [("tokens.create", subject), ("tokens.revoke", subject)]


def test_an_open_browser_is_not_enough_to_make_one() -> None:
    for _ in range(sign_in.MAX_FAILURES):
        with pytest.raises(sign_in.WrongLogInError):
            make(password="wrong")
    with pytest.raises(sign_in.TooManyFailuresError):
        make()
    assert ApiToken.objects.count() == 0


def test_a_second_click_shows_the_same_token_and_keeps_no_trace_of_the_password() -> None:
    with keyed("k1"):
        first, second = make(), make()
    assert (first, ApiToken.objects.count()) == (second, 1)
    kept = IdempotencyKey.objects.get()
    assert kept.action == "tokens.create"
    assert first.token not in kept.reply_sealed


def test_who_came_by_a_link_and_has_no_password_shows_none() -> None:
    assert [reading.asks_password(cast.viewer(name)) for name in ("sam", "sue")] == [True, False]
    assert make("sue", password="").token_id


def test_nobody_revokes_or_sees_anothers() -> None:
    made = make()
    for name in ("eve", "max", "opal", "sue"):
        assert reading.own(cast.viewer(name), at=cast.NOW) == ()
        with pytest.raises(NotAllowedError):
            tokens.revoke(viewer=cast.viewer(name), at=cast.NOW, token_id=made.token_id)
    assert [each.token_id for each in reading.own(cast.viewer("sam"), at=cast.NOW)] == [
        made.token_id
    ]


def test_nobody_without_an_account_makes_one() -> None:
    with pytest.raises(access.NoAccountError):
        tokens.create(
            viewer=SYSTEM, at=cast.NOW, name="x", may_write=False, days=1, password=PASSWORD
        )


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"name": "  "}, tokens.TokenNameError),
        ({"name": "x" * 81}, tokens.TokenNameError),
        ({"days": 0}, tokens.TokenDaysError),
        ({"days": 367}, tokens.TokenDaysError),
    ],
)
def test_what_is_no_token_is_refused(more: dict, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        make(**more)


def test_one_has_twenty_at_most_and_revoking_makes_room() -> None:
    made = [make(name=str(number)) for number in range(tokens.MOST_TOKENS)]
    with pytest.raises(tokens.TooManyTokensError):
        make()
    tokens.revoke(viewer=cast.viewer("sam"), at=cast.NOW, token_id=made[0].token_id)
    assert make().token_id
    assert len(reading.own(cast.viewer("sam"), at=cast.NOW)) == tokens.MOST_TOKENS
    assert reading.own(cast.viewer("sam"), at=cast.NOW + timedelta(days=31)) == ()


def test_reading_writes_once_a_day() -> None:
    token = make().token
    for hours in (1, 2, 30):
        at = cast.NOW + timedelta(hours=hours)
        held = tokens.held(token=token, origin="10.0.0.1", at=at)
        assert ApiToken.objects.get().last_used_on == at.date()
        assert (held.account.name, held.may_write) == ("Sam", False)
