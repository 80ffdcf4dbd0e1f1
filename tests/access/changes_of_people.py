"""Who may change what of people and reorganisations, and why."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.access.change import Change, Form
from tests.access.table import ABOVE, RUNNING

from headway.records.models import (
    Handover,
    Leave,
    Move,
    PeopleFile,
    PeopleStop,
    Person,
    Reorganisation,
    RoleChange,
    Training,
)

DECLARER = frozenset({"executive", "leader"})
ABOUT_SAM: Form = {"person_id": "sam", "seen_version": 1}
STAND: Form = {"role": "seller", "manager_id": "olaf"}
VERSION: Form = {"seen_version": 1}
ACCESS = "those who manage access"
ITS_DECLARER = "executives, and the manager who declared it"


def _day(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _standing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="enter somebody whom no load brought",
            who=RUNNING,
            why=ACCESS,
            watch=Person.objects.count,
            page=("person-new", {**STAND, "name": "N", "joins_on": _day()}),
        ),
        Change(
            what="move a person",
            who=RUNNING,
            why=ACCESS,
            watch=Move.objects.count,
            page=("person-move", {**ABOUT_SAM, **STAND, "from_on": _day(9)}),
        ),
        Change(
            what="take the move of a person back",
            who=RUNNING,
            why=ACCESS,
            watch=lambda: Move.objects.get(pk=ids["move_id"]).state,
            page=("person-take-back", {**ABOUT_SAM, "move_id": ids["move_id"]}),
        ),
        Change(
            what="change name or days of a person",
            who=RUNNING,
            why=ACCESS,
            watch=lambda: Person.objects.get(id="sam").name,
            page=("person-describe", {**ABOUT_SAM, "name": "Samuel"}),
        ),
        Change(
            what="enter leave of a person",
            who=RUNNING,
            why=ACCESS,
            watch=Leave.objects.count,
            page=(
                "person-leave",
                {**ABOUT_SAM, "from_on": "2016-01-01", "to_on": "2016-01-02"},
            ),
        ),
        Change(
            what="end leave of a person",
            who=RUNNING,
            why=ACCESS,
            watch=lambda: Leave.objects.get(pk=ids["leave_id"]).to_on,
            page=(
                "person-end-leave",
                {**ABOUT_SAM, "leave_id": ids["leave_id"], "to_on": _day()},
            ),
        ),
    )


def _listing(ids: dict[str, str]) -> tuple[Change, ...]:
    file = SimpleUploadedFile("people.csv", b"person_id,name\nnina,Nina\n")
    return (
        Change(
            what="bring a list of people",
            who=RUNNING,
            why=ACCESS,
            watch=PeopleFile.objects.count,
            first=lambda: file.seek(0),
            page=("people-list-new", {"file": file, "from_on": _day()}),
        ),
        Change(
            what="apply a list of people",
            who=RUNNING,
            why=ACCESS,
            watch=Person.objects.count,
            page=("people-list", {"seen_digest": ids["digest"]}),
        ),
        Change(
            what="drop a list of people",
            who=RUNNING,
            why=ACCESS,
            watch=lambda: PeopleFile.objects.get(pk=ids["list_id"]).state,
            page=("people-list-drop", {}),
        ),
        Change(
            what="let a load bring its people that waits because of them",
            who=RUNNING,
            why=ACCESS,
            watch=lambda: PeopleStop.objects.get(pk=ids["stop_id"]).confirmed_at,
            page=("people-stop-confirm", {}),
        ),
    )


def _reorganising(ids: dict[str, str]) -> tuple[Change, ...]:
    said = {"name": "By segment", "effective_on": _day()}
    return (
        Change(
            what="declare a reorganisation",
            who=ABOVE | {"other leader"},
            why="leaders declare",
            watch=Reorganisation.objects.count,
            page=(
                "reorganisation-new",
                {**said, "seen_version": 0, "priority": ids["priority_id"]},
            ),
        ),
        Change(
            what="change a reorganisation",
            who=DECLARER,
            why=ITS_DECLARER,
            watch=lambda: Reorganisation.objects.get(pk=ids["number"]).name,
            page=("reorganisation-change", {**said, **VERSION}),
        ),
        Change(
            what="say who has which role after a reorganisation",
            who=DECLARER,
            why=ITS_DECLARER,
            watch=RoleChange.objects.count,
            page=(
                "reorganisation",
                {**VERSION, "role_name": "role-m4rk", "head": "max", "is_everybody": "on"},
            ),
        ),
    )


def _handing_over(ids: dict[str, str]) -> tuple[Change, ...]:
    day = _day()
    came: Form = {"priority": ids["priority_id"], "name": "Discovery", "held_on": day}
    return (
        Change(
            what="declare that accounts change hands",
            who=ABOVE,
            why="the leaders of whoever hands over",
            watch=Handover.objects.count,
            page=(
                "handover-new",
                {"giver": "sam", "taker": "max", "planned_on": day, "is_everybody": "on"},
            ),
        ),
        Change(
            what="say that an account has changed hands",
            who=DECLARER,
            why=ITS_DECLARER,
            watch=lambda: Handover.objects.get(pk=ids["number"]).completed_on,
            page=("handover-complete", {**VERSION, "completed_on": day}),
        ),
        Change(
            what="log a training of a leader's people",
            who=ABOVE,
            why="the leader, and the leaders above",
            watch=Training.objects.count,
            page=("training-new", {**came, "head": "max", "is_everybody": "on"}),
        ),
        *(_withdrawing(ids["number"], model) for model in (Reorganisation, Handover, Training)),
    )


def _withdrawing(number: str, model: type[Reorganisation | Handover | Training]) -> Change:
    kind = model.__name__.lower()
    return Change(
        what=f"take a {kind} back",
        who=DECLARER,
        why=ITS_DECLARER,
        watch=lambda: model.objects.get(pk=number).withdrawn_at,
        page=("change-withdraw", VERSION),
        ids={"kind": kind},
    )


GROUPS = (_standing, _listing, _reorganising, _handing_over)
