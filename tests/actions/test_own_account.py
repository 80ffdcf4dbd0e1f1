"""What an open browser is not enough for, and what a right that was taken away takes along."""

from datetime import timedelta

import pytest
from tests import cast

from headway.actions import access, accounts, own_account, seal, sign_in, totp
from headway.actions.action import IdempotencyKey, NotAllowedError, keyed
from headway.records.models import Account, LogInFailure, OneTimeLink, RecoveryCode
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

PASSWORD = "three green bicycles"
NEXT = "four yellow bicycles"


@pytest.fixture(autouse=True)
def everybody(settings) -> None:
    # Argon2 is slow on purpose; which hasher an installation uses is shown elsewhere.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cast.enter()
    sam = Account.objects.get(name="Sam")
    sam.password = access.password_hash(PASSWORD, account=sam)
    sam.save()


def change(current: str, *, after: timedelta = timedelta(0)):
    return own_account.change_password(
        viewer=cast.viewer("sam"), at=cast.NOW + after, current=current, password=NEXT
    )


def add_factor(secret: str) -> own_account.FactorAdded:
    code = totp.code_at(secret, step=int(cast.NOW.timestamp()) // totp.STEP_SECONDS)
    return own_account.add_second_factor(
        viewer=cast.viewer("sam"), at=cast.NOW, secret=secret, code=code
    )


def test_the_present_password_cannot_be_guessed_from_an_open_browser() -> None:
    for _ in range(sign_in.MAX_FAILURES):
        with pytest.raises(sign_in.WrongLogInError):
            change("wrong wrong wrong")
    with pytest.raises(sign_in.TooManyFailuresError):
        change(PASSWORD)
    change(PASSWORD, after=sign_in.WINDOW + timedelta(seconds=1))
    assert LogInFailure.objects.count() == 0


def test_codes_cannot_be_guessed_from_an_open_browser() -> None:
    add_factor(totp.new_secret())
    for _ in range(sign_in.MAX_FAILURES):
        with pytest.raises(sign_in.WrongCodeError):
            own_account.remove_second_factor(viewer=cast.viewer("sam"), at=cast.NOW, code="no code")
    with pytest.raises(sign_in.TooManyFailuresError):
        own_account.remove_second_factor(viewer=cast.viewer("sam"), at=cast.NOW, code="no code")
    assert Account.objects.get(name="Sam").factor_sealed != ""


def test_a_second_factor_is_not_replaced_without_the_one_there_is() -> None:
    secret = totp.new_secret()
    first = add_factor(secret)
    with pytest.raises(own_account.FactorThereError):
        add_factor(totp.new_secret())
    assert seal.opened(Account.objects.get(name="Sam").factor_sealed) == secret
    code = first.recovery_codes[0]
    own_account.remove_second_factor(viewer=cast.viewer("sam"), at=cast.NOW, code=code)
    assert (Account.objects.get(name="Sam").factor_sealed, RecoveryCode.objects.count()) == ("", 0)


def test_nobody_without_an_account_changes_one() -> None:
    with pytest.raises(sign_in.WrongLogInError):
        own_account.change_password(viewer=SYSTEM, at=cast.NOW, current=PASSWORD, password=NEXT)
    with pytest.raises(access.NoAccountError):
        own_account.choose_theme(viewer=SYSTEM, at=cast.NOW, theme="dark")


def test_no_trace_of_a_password_is_kept_with_the_key_of_its_form() -> None:
    with keyed("k1"):
        change(PASSWORD)
    assert IdempotencyKey.objects.count() == 0


def test_what_was_asked_under_a_key_cannot_be_guessed_without_the_installations_key(
    settings,
) -> None:
    def asked() -> str:
        with keyed(f"k-{settings.SECRET_KEY}"):
            own_account.choose_theme(viewer=cast.viewer("sam"), at=cast.NOW, theme="dark")
        return IdempotencyKey.objects.latest("id").asked_hash

    settings.SECRET_KEY = "a"
    first = asked()
    settings.SECRET_KEY = "b"
    assert asked() != first


def test_a_link_works_once_even_under_a_key() -> None:
    made = access.make_log_in_link(viewer=SYSTEM, at=cast.NOW, email="sam@example.com")
    with keyed("k1"):
        access.log_in_by_link(viewer=None, at=cast.NOW, token=made.token)
        with pytest.raises(access.LinkUnusableError):
            access.log_in_by_link(viewer=None, at=cast.NOW, token=made.token)


def test_whoever_waits_for_the_code_starts_anew_when_the_password_changes() -> None:
    secret = totp.new_secret()
    add_factor(secret)
    entered = sign_in.enter(
        email="sam@example.com", password=PASSWORD, origin="10.0.0.1", at=cast.NOW
    )
    change(PASSWORD)
    later = cast.NOW + timedelta(seconds=totp.STEP_SECONDS)
    code = totp.code_at(secret, step=int(later.timestamp()) // totp.STEP_SECONDS)
    with pytest.raises(sign_in.WrongCodeError):
        sign_in.confirm(entered=entered, code=code, at=later)
    again = sign_in.enter(email="sam@example.com", password=NEXT, origin="10.0.0.1", at=later)
    sign_in.confirm(entered=again, code=code, at=later)
    assert LogInFailure.objects.filter().count() == 0


def test_an_administrator_who_leads_people_cannot_become_somebody_higher_up() -> None:
    olaf = Account.objects.get(name="Olaf")
    olaf.is_operations = True
    olaf.save()
    viewer = cast.viewer("olaf")
    both = frozenset({Role.MANAGER, Role.OPERATIONS})
    viewer = type(viewer)(person_id="olaf", account_id=olaf.pk, roles=both)
    Account.objects.filter(name="Mona").update(person_id=None, is_manager=False, is_operations=True)
    with pytest.raises(NotAllowedError):
        accounts.change_roles(
            viewer=viewer,
            at=cast.NOW,
            account_id=olaf.pk,
            seen_version=1,
            roles=both,
            person_id="mona",
        )
    assert Account.objects.get(name="Olaf").person_id == "olaf"


def links_of(name: str) -> list[int]:
    """Two invitations by one of the cast: of operations, and of an executive."""
    made = [
        access.invite(
            viewer=cast.viewer(name),
            at=cast.NOW,
            email=f"{role}@example.org",
            name="N",
            roles=frozenset({role}),
            person_id=None,
        )
        for role in (Role.OPERATIONS, Role.EXECUTIVE)
    ]
    return [link.link_id for link in made]


def still_open(links: list[int]) -> list[bool]:
    kept = dict(OneTimeLink.objects.values_list("pk", "used_at"))
    return [kept[link] is None for link in links]


@pytest.mark.parametrize(
    ("roles", "open_after"),
    [
        ({Role.EXECUTIVE}, [True, True]),
        ({Role.OPERATIONS}, [True, False]),
        ({Role.SELLER}, [False, False]),
    ],
)
def test_links_end_with_the_right_to_make_them(roles: set[Role], open_after: list[bool]) -> None:
    eve = Account.objects.get(name="Eve")
    Account.objects.filter(name="Mona").update(is_executive=True)
    links = links_of("eve")
    accounts.change_roles(
        viewer=SYSTEM,
        at=cast.NOW,
        account_id=eve.pk,
        seen_version=1,
        roles=frozenset(roles),
        person_id="eve",
    )
    assert still_open(links) == open_after


def test_links_end_with_the_account_that_made_them() -> None:
    eve = Account.objects.get(name="Eve")
    Account.objects.filter(name="Mona").update(is_executive=True)
    links = links_of("eve")
    accounts.disable(viewer=SYSTEM, at=cast.NOW, account_id=eve.pk, seen_version=1)
    assert still_open(links) == [False, False]


def test_the_picture_of_a_second_factor_fits_whatever_the_organisation_is_called() -> None:
    address = totp.address(totp.new_secret(), email=f"{'a' * 240}@example.com", issuer="東" * 200)
    assert len(address) < 1500
