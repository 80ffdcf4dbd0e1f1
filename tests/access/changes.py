"""Who may change what, and why: each change with the door it has on pages and over the API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from tests.access.table import ABOVE, EVERYBODY, RUNNING

from headway.records.models import (
    Account,
    ApiToken,
    Card,
    Coding,
    Commitment,
    Job,
    LeaderFinding,
    Load,
    Message,
    MessageReceipt,
    Objection,
    OneTimeLink,
    PlanVersion,
    Prediction,
    Priority,
    PublishedGap,
    RecoveryCode,
    Session,
    Wave,
)

Form = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change: `page` and `api` are the door's name and what is sent, None = it has none.

    `watch` gives what differs once it was done; `first` makes it possible; `ids` are what stands
    in the address beside what the world says.
    """

    what: str
    who: frozenset[str]
    why: str
    watch: Callable[[], object]
    page: tuple[str, Form] | None = None
    api: tuple[str, Form | None] | None = None
    first: Callable[[], object] = lambda: None
    ids: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


def _later() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def _unsealed() -> None:
    Prediction.objects.filter(person_id="max").delete()
    PublishedGap.objects.all().delete()


def all_changes(ids: dict[str, str]) -> tuple[Change, ...]:
    """Every change there is a door for, with the values of one world."""
    return (
        *_declaring(ids),
        *_telling(ids),
        *_promising(ids),
        *_finding(ids),
        *_running(ids),
    )


def _declaring(ids: dict[str, str]) -> tuple[Change, ...]:
    owner = frozenset({"executive", "leader"})
    whole = {
        "seen_version": 1,
        "name": "Another",
        "kind": "product",
        "owner_id": "max",
        "result_is_higher_better": "yes",
    }
    return (
        Change(
            what="write the plan",
            who=frozenset({"executive"}),
            why="it is the organisation's",
            watch=PlanVersion.objects.count,
            page=("direction-plan", {"seen_version": 1, "name": "Plan", "direction": "On"}),
        ),
        Change(
            what="declare a priority",
            who=ABOVE | {"other leader"},
            why="leaders declare",
            watch=Priority.objects.count,
            page=(
                "priority-new",
                {**whole, "seen_version": 0, "owner_id": "", "declared_on": "2026-06-01"},
            ),
        ),
        Change(
            what="declare a first priority in one sentence",
            who=ABOVE | {"other leader"},
            why="leaders declare",
            watch=Priority.objects.count,
            page=("priority-first", {"name": "Sell the new line"}),
        ),
        Change(
            what="change a priority",
            who=owner,
            why="executives, its owner, and who declared it",
            watch=lambda: Priority.objects.get().version,
            page=("priority-change", whole),
        ),
        Change(
            what="clear the conditions of a priority",
            who=owner,
            why="as for any change of it",
            watch=lambda: Priority.objects.get().version,
            page=("priority-conditions", {"seen_version": 1, "clear": "1"}),
        ),
        Change(
            what="end a priority",
            who=owner,
            why="as for any change of it",
            watch=lambda: Priority.objects.get().ended_on,
            page=("priority-end", {"seen_version": 1, "ended_on": _later()}),
        ),
        Change(
            what="withdraw a card between two",
            who=frozenset({"leader", "seller"}),
            why="the two",
            watch=lambda: Card.objects.get(person="sam").withdrawn_on,
            page=("card-withdraw", {"seen_version": 1}),
        ),
        Change(
            what="agree to a card between two",
            who=frozenset({"leader", "seller"}),
            why="the two",
            watch=lambda: list(
                Card.objects.values_list("author_agreed_on", "person_agreed_on").filter(
                    person="sam"
                )
            ),
            page=("card-agree", {"seen_version": 1}),
        ),
        Change(
            what="write a card between two",
            who=frozenset({"leader", "seller"}),
            why="the two",
            watch=lambda: Card.objects.get(person="sam").items,
            page=("card", {"seen_version": 1, "stop0-text": "Another"}),
            query={"author": "max", "person": "sam", "priority": ids["priority_id"]},
        ),
    )


def _telling(ids: dict[str, str]) -> tuple[Change, ...]:
    told = {
        "sender": "max",
        "head": "max",
        "told_on": "2026-06-01",
        "channel": "team_meeting",
        "text": "We begin.",
    }
    return (
        Change(
            what="log a message of a leader",
            who=ABOVE,
            why="the leader, and the leaders above",
            watch=Message.objects.count,
            page=("message-new", told),
            api=("tell", told),
        ),
        Change(
            what="say that a message has arrived",
            who=frozenset({"seller"}),
            why="whom it was for, and who has not said so yet",
            watch=lambda: MessageReceipt.objects.get(person="sam").received_on,
            page=("message-acknowledge", {}),
            api=("acknowledge_message", None),
        ),
        Change(
            what="take a message back",
            who=frozenset({"leader"}),
            why="who logged it",
            watch=lambda: Message.objects.get().withdrawn_at,
            page=("message-withdraw", {}),
            api=("withdraw_message", None),
        ),
        Change(
            what="ask a pulse of a leader's people",
            who=ABOVE,
            why="the leader, and the leaders above",
            watch=Wave.objects.count,
            first=Wave.objects.all().delete,
            page=(
                "pulse-new",
                {"scope": "seller@max", "items": ["RC1"], "closes_on": _later(), "least": 5},
            ),
        ),
        Change(
            what="close a pulse",
            who=ABOVE,
            why="who leads everybody it asked",
            watch=lambda: Wave.objects.get(pk=ids["open_wave"]).state,
            page=("pulse-close", {}),
            ids={"wave_id": ids["open_wave"]},
        ),
        Change(
            what="code words of a pulse",
            who=RUNNING,
            why="who may read them",
            watch=lambda: Coding.objects.filter(coder="person").count(),
            page=("pulse-code", {"answer_id": 2, "themes": "time"}),
        ),
    )


def _promising(ids: dict[str, str]) -> tuple[Change, ...]:
    seller, leader = frozenset({"seller"}), frozenset({"leader"})
    wanted = {"owner": "sam", "text": "Call", "seen_by": "A list", "due_on": _later()}
    version = {"seen_version": 1}
    move = {"due_on": _later(), "reason": "Holidays", **version}

    def state() -> object:
        return Commitment.objects.values_list("state", "due_on", "accepted_at").get(
            pk=ids["commitment_id"]
        )

    return (
        Change(
            what="make a commitment, or ask for one",
            who=ABOVE | seller,
            why="its owner, and those who lead them",
            watch=Commitment.objects.count,
            page=("commitments-new", wanted),
            api=("make_commitment", wanted),
        ),
        Change(
            what="agree to a commitment",
            who=seller,
            why="its owner",
            watch=lambda: Commitment.objects.get(pk=ids["unaccepted"]).accepted_at,
            page=("commitment-accept", {}),
            api=("accept_commitment", None),
            ids={"commitment_id": ids["unaccepted"]},
        ),
        Change(
            what="move a commitment",
            who=seller,
            why="its owner",
            watch=state,
            page=("commitment-move", move),
            api=("move_commitment", move),
        ),
        Change(
            what="keep a commitment",
            who=seller,
            why="its owner",
            watch=state,
            page=("commitment-keep", version),
            api=("keep_commitment", version),
        ),
        Change(
            what="give a commitment up",
            who=seller,
            why="its owner",
            watch=state,
            page=("commitment-give-up", version),
            api=("give_up_commitment", version),
        ),
        Change(
            what="let the owner off a commitment",
            who=leader,
            why="whom it was promised to",
            watch=state,
            page=("commitment-release", version),
            api=("release_commitment", version),
        ),
        Change(
            what="seal or skip a prediction about one's own people",
            who=leader,
            why="whose people they are",
            watch=lambda: Prediction.objects.filter(person_id="max").count(),
            first=_unsealed,
            page=(
                "line-predict",
                {
                    "priority": ids["priority_id"],
                    "group": "seller@max",
                    "skip": "1",
                    "width": "10",
                },
            ),
            api=("seal_prediction", {"priority": ids["priority_id"], "group": "seller@max"}),
        ),
    )


def _finding(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="object to a group's finding",
            who=ABOVE,
            why="who sees the finding",
            watch=Objection.objects.count,
            page=("results-objection", {"text": "We were closed in May."}),
            api=("object_to_finding", {"scope": "seller@max", "text": "We were closed in May."}),
            query={"scope": "seller@max"},
        ),
        Change(
            what="take an objection back",
            who=frozenset({"leader"}),
            why="who made it",
            watch=lambda: Objection.objects.get().withdrawn_at,
            page=("results-withdraw", {}),
            api=("withdraw_objection", None),
        ),
        Change(
            what="comment on a finding about a leader",
            who=frozenset({"leader"}),
            why="that leader",
            watch=lambda: LeaderFinding.objects.get(leader="max").comment,
            page=("line-comment", {"text": "I began in May."}),
            api=("comment_on_finding", {"text": "I began in May."}),
        ),
        Change(
            what="have results of a person worked out",
            who=ABOVE | {"peer"},
            why="who may see them; here those of the peer",
            watch=Job.objects.count,
            api=("ask_results", {"scope": "person@sue"}),
        ),
    )


def _running(ids: dict[str, str]) -> tuple[Change, ...]:
    sam = ids["account_id"]

    def account() -> object:
        return Account.objects.values_list("is_active", "is_manager").get(pk=sam)

    return (
        Change(
            what="disable an account",
            who=RUNNING,
            why="those who manage access",
            watch=account,
            page=("settings-disable", {"seen_version": 1}),
        ),
        Change(
            what="let an account in again",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: Account.objects.get(name="Stan").is_active,
            first=lambda: Account.objects.filter(name="Stan").update(is_active=False),
            page=("settings-enable", {"seen_version": 1}),
            ids={"account_id": "stan"},
        ),
        Change(
            what="give an account roles",
            who=RUNNING,
            why="those who manage access",
            watch=account,
            page=(
                "settings-roles",
                {"roles": ["seller", "manager"], "person_id": "sam", "seen_version": 1},
            ),
        ),
        Change(
            what="sign somebody out everywhere",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: Session.objects.filter(account_id=sam).count(),
            page=("settings-sign-out-them", {}),
        ),
        Change(
            what="remove somebody's second factor",
            who=RUNNING,
            why="those who manage access",
            watch=RecoveryCode.objects.count,
            page=("settings-remove-their-factor", {}),
        ),
        Change(
            what="make a link for somebody's new password",
            who=RUNNING,
            why="those who manage access",
            watch=OneTimeLink.objects.count,
            page=("settings-reset-link", {}),
        ),
        Change(
            what="invite somebody",
            who=RUNNING,
            why="those who manage access",
            watch=OneTimeLink.objects.count,
            page=(
                "settings-invite",
                {"name": "N", "email": "n@example.com", "roles": ["operations"]},
            ),
        ),
        Change(
            what="withdraw an open link",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: OneTimeLink.objects.get(pk=ids["link_id"]).used_at,
            page=("settings-withdraw-link", {}),
        ),
        Change(
            what="make a token of one's own",
            who=EVERYBODY,
            why="each their own",
            watch=ApiToken.objects.count,
            page=("settings-token", {"name": "N", "may_write": "no", "days": 9}),
        ),
        Change(
            what="revoke a token",
            who=frozenset({"seller"}),
            why="its owner",
            watch=lambda: ApiToken.objects.get(pk=ids["token_id"]).revoked_at,
            page=("settings-revoke-token", {}),
        ),
        Change(
            what="set files aside",
            who=RUNNING,
            why="those who see data",
            watch=lambda: Load.objects.get().state,
            page=("data-discard", {}),
        ),
    )


# Doors through which something is sent that is nobody else's, or that other tests try.
ELSEWHERE = {
    "log-out": "one's own browser",
    "settings-password": "one's own account: no address names another",
    "settings-factor": "one's own account",
    "settings-remove-factor": "one's own account",
    "settings-theme": "one's own account",
    "settings-sign-out": "one's own account",
    "pulse-own": "one's own link, and only where one was asked",
    "set-up": "works before the first account only",
    "log-in": "getting in",
    "second-factor": "getting in",
    "accept-invitation": "a link that works once",
    "reset-password": "a link that works once",
    "log-in-by-link": "a link that works once",
    "pulse-answer": "a link that works once",
    "priority-follow": "starts work on what is declared; changes no record about people",
    "data": "takes files; for those who see data",
    "data-columns": "answers about columns; for those who see data",
    "data-undo": "takes a load back; for those who see data",
    "sample-load": "for those who see data",
    "sample-leave": "for those who see data",
    "see-as": "an executive on the sample, where everybody is invented",
}
