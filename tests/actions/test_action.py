"""What every change has in common."""

import inspect
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from tests import cast

from headway.actions import (
    access,
    accounts,
    action,
    brought,
    calendar,
    cards,
    coaching,
    coaching_draws,
    coaching_keeping,
    coaching_plans,
    coaching_programmes,
    coaching_scorecards,
    commitment_course,
    commitments,
    direction,
    findings,
    group_months,
    jobs,
    knowledge,
    line,
    notes,
    objections,
    own_account,
    own_time,
    own_views,
    pairs,
    people,
    people_lists,
    people_stops,
    predictions,
    projection,
    pulse,
    pulse_coding,
    reminders,
    reorganisation,
    repeats,
    sample,
    sources,
    strategy,
    tokens,
    webhooks,
)
from headway.actions.action import KeyReusedError, NotAllowedError, StaleVersionError, keyed
from headway.queries import audit
from headway.records.models import Account, AuditEntry, AuditHead, Objection, OneTimeLink, Source
from headway.terms.access import Permission
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

MODULES = (
    *(coaching, coaching_draws, coaching_keeping, coaching_plans),
    *(coaching_programmes, coaching_scorecards),
    *(
        access,
        accounts,
        brought,
        calendar,
        cards,
        commitment_course,
        commitments,
        direction,
        findings,
        jobs,
        line,
        notes,
        objections,
    ),
    *(own_account, own_views, people, people_lists, people_stops, predictions, projection, pulse),
    *(group_months, knowledge, own_time, pairs, repeats),
    *(pulse_coding, reminders, reorganisation, sample, sources, strategy, tokens, webhooks),
)
ACTIONS = [
    found
    for module in MODULES
    for found in vars(module).values()
    if inspect.isfunction(found) and found in action.BY_FUNCTION
]


@pytest.mark.parametrize("found", ACTIONS, ids=lambda found: action.BY_FUNCTION[found])
def test_every_action_takes_viewer_and_moment_by_name(found) -> None:
    parameters = inspect.signature(found).parameters
    kinds = {parameter.kind for parameter in parameters.values()}
    assert list(parameters)[:2] == ["viewer", "at"]
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_all_actions_are_known_with_their_permission() -> None:
    assert {action.BY_FUNCTION[found] for found in ACTIONS} == set(action.ACTIONS)
    opened = {code for code, needed in action.ACTIONS.items() if needed is Permission.ANYONE}
    # Only getting in, answering by a link, and stopping mail by one, is open to the signed out.
    by_link = {code for code in opened if not code.startswith("access.")}
    assert by_link == {"pulse.answer", "reminders.stop"}


def object_to(name: str, text: str = "We were closed in May.") -> objections.Objected:
    return objections.object_to(
        viewer=cast.viewer(name), at=cast.NOW, scope="seller@max", finding="f1", text=text
    )


def test_a_change_leaves_an_entry_with_ids_only() -> None:
    cast.enter()
    made = object_to("max")
    entry = AuditEntry.objects.values("number", "code", "subject", "account_id").get()
    assert entry == {
        "number": 1,
        "code": "objections.object_to",
        "subject": f"objection:{made.objection_id}",
        "account_id": cast.viewer("max").account_id,
    }


def test_a_refusal_changes_nothing_and_leaves_an_entry() -> None:
    cast.enter()
    with pytest.raises(NotAllowedError):
        object_to("stan")
    assert Objection.objects.count() == 0
    assert AuditEntry.objects.get().code == "refused:objections.object_to"


def test_a_failed_change_leaves_nothing_at_all() -> None:
    cast.enter()
    with pytest.raises(objections.ObjectionTextError):
        object_to("max", text="   ")
    assert (Objection.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_an_objection_is_withdrawn_by_its_writer_only() -> None:
    cast.enter()
    made = object_to("max")
    with pytest.raises(NotAllowedError):
        objections.withdraw(viewer=cast.viewer("eve"), at=cast.NOW, objection_id=made.objection_id)
    objections.withdraw(viewer=cast.viewer("max"), at=cast.NOW, objection_id=made.objection_id)
    assert Objection.objects.get().withdrawn_at == cast.NOW


def test_ten_equal_wishes_under_a_key_have_one_effect_and_equal_replies() -> None:
    cast.enter()
    with keyed("k1"):
        replies = {object_to("max") for _ in range(10)}
    assert (len(replies), Objection.objects.count(), AuditEntry.objects.count()) == (1, 1, 1)


def test_another_wish_under_the_same_key_is_refused() -> None:
    cast.enter()
    with keyed("k1"):
        object_to("max")
        with pytest.raises(KeyReusedError):
            object_to("max", text="Something else.")


def test_a_key_belongs_to_one_account() -> None:
    cast.enter()
    with keyed("k1"):
        object_to("max")
        object_to("mona")
    assert Objection.objects.count() == 2


def test_a_replayed_link_is_the_same_link_and_kept_unreadable() -> None:
    cast.enter()
    wish = {"email": "n@example.com", "name": "N", "person_id": None}
    with keyed("k1"):
        links = [
            access.invite(viewer=SYSTEM, at=cast.NOW, roles=frozenset({Role.OPERATIONS}), **wish)
            for _ in range(2)
        ]
    kept = action.IdempotencyKey.objects.get().reply_sealed
    assert (links[0], OneTimeLink.objects.count()) == (links[1], 1)
    assert links[0].token not in kept


def test_a_stale_version_names_both_and_what_was_changed() -> None:
    cast.enter()
    sam = Account.objects.get(name="Sam")
    eve = cast.viewer("eve")
    accounts.disable(viewer=eve, at=cast.NOW, account_id=sam.pk, seen_version=1)
    with pytest.raises(StaleVersionError) as refusal:
        accounts.disable(viewer=eve, at=cast.NOW, account_id=sam.pk, seen_version=1)
    assert str(refusal.value) == (
        "Someone changed “Sam” while you were writing: you saw version 1, it is now version 2. "
        "Load the page again and decide with both in view."
    )


def chain_of_five() -> None:
    cast.enter()
    for number in range(5):
        sources.register(viewer=SYSTEM, at=cast.NOW, source=f"s{number}", upload="u")
    assert audit.wholeness(SYSTEM) == audit.Wholeness(count=5, broken_at=None)


TAMPERED = {
    "changed": ("UPDATE records_auditentry SET subject = 'x' WHERE number = 3", 3),
    "deleted": ("DELETE FROM records_auditentry WHERE number = 3", 3),
    "cut off": ("DELETE FROM records_auditentry WHERE number >= 4", 4),
    "emptied": ("DELETE FROM records_auditentry", 1),
    "whose": ("UPDATE records_auditentry SET account_id = 7 WHERE number = 5", 5),
}


@pytest.mark.parametrize(("statement", "broken_at"), TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_chain_shows_where(statement: str, broken_at: int) -> None:
    chain_of_five()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert audit.wholeness(SYSTEM).broken_at == broken_at


def test_reordered_entries_show() -> None:
    chain_of_five()
    numbers = {2: 99, 3: 2, 99: 3}
    for former, number in numbers.items():
        AuditEntry.objects.filter(number=former).update(number=number)
    assert audit.wholeness(SYSTEM).broken_at == 2


def test_a_chain_cut_off_together_with_its_head_shows() -> None:
    chain_of_five()
    AuditEntry.objects.filter(number__gt=3).delete()
    last = AuditEntry.objects.get(number=3)
    # All that can be done without the installation's key.
    AuditHead.objects.update(count=3, hash=last.hash)
    assert audit.wholeness(SYSTEM).broken_at == 4


def test_the_chain_does_not_depend_on_the_zone_a_moment_is_given_in() -> None:
    east = timezone(timedelta(hours=5))
    at = datetime(2026, 6, 30, 17, tzinfo=east)
    sources.register(viewer=SYSTEM, at=at, source="s", upload="u")
    assert AuditEntry.objects.get().at.astimezone(UTC) == cast.NOW
    assert audit.wholeness(SYSTEM).is_whole
    assert Source.objects.count() == 1
