"""Who may change what, and why: each change with the door it has on pages and over the API."""

from datetime import timedelta

from django.utils import timezone
from tests.access import (
    changes_of_access,
    changes_of_coaching,
    changes_of_commitments,
    changes_of_ones_own,
    changes_of_people,
    changes_of_time,
)
from tests.access.change import Change, Form
from tests.access.table import ABOVE, RUNNING

from headway.records.models import (
    Card,
    Coding,
    Job,
    LeaderFinding,
    Message,
    MessageReceipt,
    MessageRepeat,
    Objection,
    OwnView,
    PlanVersion,
    Prediction,
    Priority,
    PublishedGap,
    Wave,
)

SELLER, LEADER = frozenset({"seller"}), frozenset({"leader"})
OWNER = frozenset({"executive", "leader"})
VERSION: Form = {"seen_version": 1}
WHOLE: Form = {
    **VERSION,
    "name": "Another",
    "kind": "product",
    "owner_id": "max",
    "result_is_higher_better": "yes",
}
DECLARED: Form = {"name": "Another", "kind": "product", "owner_id": "max"}
TOLD: Form = {
    "sender": "max",
    "head": "max",
    "told_on": "2026-06-01",
    "channel": "team_meeting",
    "text": "We begin.",
}


def _later() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def _unsealed() -> None:
    Prediction.objects.filter(person_id="max").delete()
    PublishedGap.objects.all().delete()


def all_changes(ids: dict[str, str]) -> tuple[Change, ...]:
    """Every change there is a door for, with the values of one world."""
    groups = (
        *(_declaring, _agreeing, _telling, _asking, _believing, _finding),
        *changes_of_commitments.GROUPS,
        changes_of_access.managing,
        changes_of_access.admitting,
        changes_of_access.owning,
        *changes_of_people.GROUPS,
        *changes_of_coaching.GROUPS,
        *changes_of_ones_own.GROUPS,
        *changes_of_time.GROUPS,
    )
    return tuple(change for group in groups for change in group(ids))


def _declaring(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="write the plan",
            who=frozenset({"executive"}),
            why="it is the organisation's",
            watch=PlanVersion.objects.count,
            page=("direction-plan", {"seen_version": 1, "name": "Plan", "direction": "On"}),
            api=("write_plan", {**VERSION, "plan": {"name": "Plan", "direction": "On"}}),
        ),
        Change(
            what="declare a priority",
            who=ABOVE | {"other leader"},
            why="leaders declare",
            watch=Priority.objects.count,
            page=(
                "priority-new",
                {**WHOLE, "seen_version": 0, "owner_id": "", "declared_on": "2026-06-01"},
            ),
            api=("declare_priority", {"priority": DECLARED, "declared_on": "2026-06-01"}),
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
            who=OWNER,
            why="executives, its owner, and who declared it",
            watch=lambda: Priority.objects.get().version,
            page=("priority-change", WHOLE),
            api=("change_priority", {**VERSION, "priority": DECLARED}),
        ),
        Change(
            what="clear the conditions of a priority",
            who=OWNER,
            why="as for any change of it",
            watch=lambda: Priority.objects.get().version,
            page=("priority-conditions", {"seen_version": 1, "clear": "1"}),
        ),
    )


def _agreeing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="end a priority",
            who=OWNER,
            why="as for any change of it",
            watch=lambda: Priority.objects.get().ended_on,
            page=("priority-end", {"seen_version": 1, "ended_on": _later()}),
            api=("end_priority", {"seen_version": 1, "ended_on": _later()}),
        ),
        Change(
            what="withdraw a card between two",
            who=LEADER | SELLER,
            why="the two",
            watch=lambda: Card.objects.get(person="sam").withdrawn_on,
            page=("card-withdraw", {"seen_version": 1}),
            api=("withdraw_card", {"seen_version": 1}),
        ),
        Change(
            what="agree to a card between two",
            who=LEADER | SELLER,
            why="the two",
            watch=lambda: list(
                Card.objects.values_list("author_agreed_on", "person_agreed_on").filter(
                    person="sam"
                )
            ),
            page=("card-agree", {"seen_version": 1}),
            api=("agree_card", {"seen_version": 1}),
        ),
        Change(
            what="write a card between two",
            who=LEADER | SELLER,
            why="the two",
            watch=lambda: Card.objects.get(person="sam").items,
            page=("card", {"seen_version": 1, "stop0-text": "Another"}),
            api=(
                "save_card",
                {
                    "author": "max",
                    "person": "sam",
                    "priority": ids["priority_id"],
                    "items": [{"field": "stop", "text": "Another"}],
                    "seen_version": 1,
                },
            ),
            query={"author": "max", "person": "sam", "priority": ids["priority_id"]},
        ),
    )


def _telling(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="log a message of a leader",
            who=ABOVE,
            why="the leader, and the leaders above",
            watch=Message.objects.count,
            page=("message-new", TOLD),
            api=("tell", TOLD),
        ),
        Change(
            what="say that a message has arrived",
            who=SELLER,
            why="whom it was for, and who has not said so yet",
            watch=lambda: MessageReceipt.objects.get(person="sam").received_on,
            page=("message-acknowledge", {}),
            api=("acknowledge_message", None),
        ),
        Change(
            what="take a message back",
            who=LEADER,
            why="who logged it",
            watch=lambda: Message.objects.get().withdrawn_at,
            page=("message-withdraw", {}),
            api=("withdraw_message", None),
        ),
        Change(
            what="say when a message is to be said again",
            who=LEADER,
            why="who said or logged it",
            watch=lambda: MessageRepeat.objects.get().every_weeks,
            page=("message-repeat", {**VERSION, "again": "6"}),
            api=("repeat_message", {**VERSION, "every_weeks": 6}),
        ),
        Change(
            what="end a plan to say a message again",
            who=LEADER,
            why="who says it, or planned it",
            watch=lambda: MessageRepeat.objects.get().state,
            page=("repeat-end", VERSION),
            api=("end_repeat", VERSION),
        ),
    )


def _asking(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
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


def _believing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="seal or skip a prediction about one's own people",
            who=LEADER,
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
        Change(
            what="seal how much one's own people decide",
            who=ABOVE | {"other leader"},
            why="who leads a group",
            watch=OwnView.objects.count,
            first=OwnView.objects.all().delete,
            page=("line-own-view", {"percent": "40"}),
        ),
        Change(
            what="have results of a person worked out",
            who=ABOVE | {"peer"},
            why="who may see them; here those of the peer",
            watch=Job.objects.count,
            api=("ask_results", {"scope": "person@sue"}),
        ),
        Change(
            what="stop work in the background",
            who=LEADER,
            why="who asked for it",
            watch=lambda: Job.objects.get(identity="job").state,
            first=lambda: Job.objects.filter(identity="job").update(state="waiting"),
            page=("results-job-stop", {}),
            api=("stop_job", None),
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
            who=LEADER,
            why="who made it",
            watch=lambda: Objection.objects.get().withdrawn_at,
            page=("results-withdraw", {}),
            api=("withdraw_objection", None),
        ),
        Change(
            what="comment on a finding about a leader",
            who=LEADER,
            why="that leader",
            watch=lambda: LeaderFinding.objects.get(finding=ids["finding"]).comment,
            page=("line-comment", {"text": "I began in May."}),
            api=("comment_on_finding", {"text": "I began in May."}),
        ),
    )


# Doors through which something is sent that is nobody else's, or that other tests try.
ELSEWHERE = {
    "settings-password": "one's own account: no address names another",
    "settings-factor": "one's own account",
    "settings-remove-factor": "one's own account",
    "second-factor": "getting in",
    "accept-invitation": "a link that works once",
    "reset-password": "a link that works once",
    "log-in-by-link": "a link that works once",
    "pulse-answer": "a link that works once",
    "pulse-own": "goes on to it, and changes nothing",
    "coaching-programme-draw": "leaders of four teams: nobody here is one; test_coaching_draws",
    "data-columns": "answers about columns; for those who see data",
}
