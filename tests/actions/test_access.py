"""What may not be done to accounts and links, and what one may do again."""

import pytest
from tests import cast

from headway.actions import access, accounts, objections, roles, seal, tokens
from headway.actions.action import NotAllowedError
from headway.records import scopes
from headway.records.models import Account, Load, OneTimeLink, Source
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def invite(by: str, *, roles: set[Role], person: str | None = None, email: str = "n@example.com"):
    return access.invite(
        viewer=cast.viewer(by),
        at=cast.NOW,
        email=email,
        name="N",
        roles=frozenset(roles),
        person_id=person,
    )


@pytest.mark.parametrize("unfit", [set(), {Role.MANAGER}, {Role.SELLER, Role.OPERATIONS}])
def test_roles_that_would_see_nobody_are_refused(unfit: set[Role]) -> None:
    with pytest.raises(roles.RolesMissingError):
        invite("eve", roles=unfit)


@pytest.mark.parametrize(("email", "person"), [("SAM@example.com", None), ("n@x.org", "sam")])
def test_a_mail_address_and_a_person_have_one_account(email: str, person: str | None) -> None:
    with pytest.raises(access.TakenError):
        invite("eve", roles={Role.OPERATIONS}, person=person, email=email)


def test_two_invitations_of_one_person_make_one_account() -> None:
    links = [invite("eve", roles={Role.OPERATIONS}) for _ in range(2)]
    password = "three green bicycles"
    access.accept_invitation(viewer=None, at=cast.NOW, token=links[0].token, password=password)
    with pytest.raises(access.TakenError):
        access.accept_invitation(viewer=None, at=cast.NOW, token=links[1].token, password=password)


def test_operations_cannot_withdraw_an_executives_link() -> None:
    made = invite("eve", roles={Role.EXECUTIVE})
    with pytest.raises(NotAllowedError):
        access.withdraw_link(viewer=cast.viewer("opal"), at=cast.NOW, link_id=made.link_id)
    access.withdraw_link(viewer=cast.viewer("eve"), at=cast.NOW, link_id=made.link_id)
    with pytest.raises(access.LinkUnusableError):
        access.withdraw_link(viewer=cast.viewer("eve"), at=cast.NOW, link_id=made.link_id)


def test_links_of_a_disabled_account_are_dead() -> None:
    sam = Account.objects.get(name="Sam")
    made = access.make_reset_link(viewer=SYSTEM, at=cast.NOW, account_id=sam.pk)
    accounts.disable(viewer=SYSTEM, at=cast.NOW, account_id=sam.pk, seen_version=1)
    with pytest.raises(access.LinkUnusableError):
        access.reset_password(
            viewer=None, at=cast.NOW, token=made.token, password="three green bicycles"
        )
    accounts.enable(viewer=SYSTEM, at=cast.NOW, account_id=sam.pk, seen_version=2)
    assert Account.objects.get(name="Sam").is_active


def test_a_new_password_by_link_ends_tokens_that_somebody_else_may_have_made() -> None:
    sam = Account.objects.get(name="Sam")
    held = tokens.create(
        viewer=cast.viewer("sam"), at=cast.NOW, name="t", may_write=False, days=30, password=""
    )
    sues = tokens.create(
        viewer=cast.viewer("sue"), at=cast.NOW, name="t", may_write=False, days=30, password=""
    )
    made = access.make_reset_link(viewer=SYSTEM, at=cast.NOW, account_id=sam.pk)
    access.reset_password(
        viewer=None, at=cast.NOW, token=made.token, password="three green bicycles"
    )
    with pytest.raises(tokens.TokenUnusableError):
        tokens.held(token=held.token, origin="", at=cast.NOW)
    assert tokens.held(token=sues.token, origin="", at=cast.NOW).account.name == "Sue"


def test_a_link_is_dead_however_its_account_was_disabled() -> None:
    sam = Account.objects.get(name="Sam")
    reset = access.make_reset_link(viewer=SYSTEM, at=cast.NOW, account_id=sam.pk)
    log_in = access.make_log_in_link(viewer=SYSTEM, at=cast.NOW, email=sam.email)
    Account.objects.filter(pk=sam.pk).update(is_active=False)
    password = "three green bicycles"
    with pytest.raises(access.LinkUnusableError):
        access.reset_password(viewer=None, at=cast.NOW, token=reset.token, password=password)
    with pytest.raises(access.LinkUnusableError):
        access.log_in_by_link(viewer=None, at=cast.NOW, token=log_in.token)


def test_there_is_one_first_leader() -> None:
    with pytest.raises(access.AlreadyFoundedError, match="Log in instead"):
        access.found_organisation(
            viewer=None,
            at=cast.NOW,
            organisation="Another",
            name="N",
            email="n@example.com",
            password="three green bicycles",
        )


def test_only_the_command_line_lets_the_leader_of_the_sample_in() -> None:
    asked = {"at": cast.NOW, "name": "N", "email": "n@example.com"}
    with pytest.raises(NotAllowedError):
        access.found_sample(viewer=cast.viewer("eve"), **asked)
    assert access.found_sample(viewer=SYSTEM, **asked) == access.found_sample(
        viewer=SYSTEM, **asked
    )


def test_nobody_is_tied_to_an_invented_person() -> None:
    source = Source.objects.create(name="sample", added_at=cast.NOW)
    Load.objects.create(source=source, upload="u", asked_at=cast.NOW, is_sample=True)
    with pytest.raises(roles.SamplePersonError, match="are invented"):
        invite("eve", roles={Role.SELLER}, person="stan")


def test_nobody_is_tied_to_a_person_who_is_not_there() -> None:
    with pytest.raises(roles.UnknownPersonError, match="no such person"):
        invite("eve", roles={Role.SELLER}, person="nobody")


def test_what_only_the_command_line_may_do() -> None:
    eve = cast.viewer("eve")
    for change in (
        lambda: access.found_sample(viewer=eve, at=cast.NOW, name="A", email="a@b.co"),
        lambda: access.make_log_in_link(viewer=eve, at=cast.NOW, email="sam@example.com"),
    ):
        with pytest.raises(NotAllowedError):
            change()
    assert OneTimeLink.objects.count() == 0
    with pytest.raises(access.LinkUnusableError):
        access.make_log_in_link(viewer=SYSTEM, at=cast.NOW, email="nobody@example.com")


def test_only_ones_own_sessions_are_ended_without_managing_access() -> None:
    sam = Account.objects.get(name="Sam")
    with pytest.raises(NotAllowedError):
        accounts.sign_out_everywhere(viewer=cast.viewer("sue"), at=cast.NOW, account_id=sam.pk)
    accounts.sign_out_everywhere(viewer=cast.viewer("opal"), at=cast.NOW, account_id=sam.pk)
    with pytest.raises(access.NoAccountError):
        accounts.sign_out_everywhere(viewer=cast.viewer("opal"), at=cast.NOW, account_id=0)


def test_a_lost_second_factor_is_removed_by_those_who_manage_access() -> None:
    Account.objects.filter(name="Sam").update(factor_sealed=seal.sealed("secret"))
    sam = Account.objects.get(name="Sam")
    accounts.remove_second_factor(viewer=cast.viewer("opal"), at=cast.NOW, account_id=sam.pk)
    assert Account.objects.get(name="Sam").factor_sealed == ""


def test_what_was_sealed_with_another_key_says_so(settings) -> None:
    kept = seal.sealed("secret")
    assert seal.opened(kept) == "secret"
    settings.SECRET_KEY = "another"
    with pytest.raises(seal.SealBrokenError, match="another secret key"):
        seal.opened(kept)


def test_objections_are_seen_with_the_scope_they_speak_of() -> None:
    for name, scope in (("max", "seller@max"), ("stan", "person@stan")):
        objections.object_to(
            viewer=cast.viewer(name), at=cast.NOW, scope=scope, finding="f", text="No."
        )
    seen = {
        name: set(scopes.visible_objections(cast.viewer(name)).values_list("scope", flat=True))
        for name in ("eve", "mona", "olaf", "sam", "stan")
    }
    assert seen == {
        "eve": {"seller@max", "person@stan"},
        "mona": {"seller@max"},
        "olaf": {"person@stan"},
        "sam": set(),
        "stan": {"person@stan"},
    }
