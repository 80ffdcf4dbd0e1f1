"""The people of the world: where sam will stand, leave, lists, and what was reorganised."""

from datetime import date, timedelta

from django.utils import timezone
from tests import cast

from headway.records import listed_people
from headway.records.models import (
    Account,
    AccountRow,
    Attendance,
    Handover,
    Leave,
    Move,
    PeopleFile,
    PeopleStop,
    Reorganisation,
    RoleChange,
    Training,
)
from headway.terms import codec
from headway.terms.people import Brake, Listed
from headway.terms.reorganised import Part

LATER = timedelta(days=20)
# One number for what addresses tell apart by their path alone.
NUMBER = 7


def enter(*, priority: str) -> dict[str, str]:
    return _stood() | _listed() | _reorganised(priority)


def _stood() -> dict[str, str]:
    entered = {"entered_by": Account.objects.get(name="Eve"), "entered_at": cast.NOW}
    move = Move.objects.create(
        person_id="sam",
        from_on=timezone.localdate() + LATER,
        manager_id="max",
        role="seller",
        team="stand-m4rk",
        **entered,
    )
    leave = Leave.objects.create(person_id="sam", from_on=date(2017, 3, 9), **entered)
    return {"move_id": str(move.pk), "leave_id": str(leave.pk)}


def _listed() -> dict[str, str]:
    file = PeopleFile.objects.create(
        name="list-m4rk",
        rows=codec.to_json((Listed(person_id="listed", name="listed-m4rk"),)),
        columns=["person_id", "name"],
        from_on=timezone.localdate(),
        brought_by=Account.objects.get(name="Eve"),
        brought_at=cast.NOW,
    )
    brake = Brake(active_count=71_717, leaving=("sue",))
    stop = PeopleStop.objects.create(
        facts_id="stopped", brake=codec.to_json(brake), found_at=cast.NOW
    )
    digest = listed_people.changes(file).digest
    return {"list_id": str(file.pk), "stop_id": str(stop.pk), "digest": digest}


def _reorganised(priority: str) -> dict[str, str]:
    """Declared by max: one of sam's and sue's roles, and one of somebody else's below him."""
    said = {"declared_by": Account.objects.get(name="Max"), "declared_at": cast.NOW}
    day = timezone.localdate()
    parts = codec.to_json((Part(role_name="role-m4rk", expected_share=1.0),))
    about = {"priority": priority, "effective_on": day, "profiles": parts, **said}
    theirs = Reorganisation.objects.create(id=NUMBER, name="reorganisation-m4rk", **about)
    others = Reorganisation.objects.create(name="elsewhere-m4rk", **about)
    RoleChange.objects.bulk_create(
        RoleChange(reorganisation=each, person_id=person, role_name="role-m4rk")
        for each, person in ((theirs, "sam"), (theirs, "sue"), (others, "seller-0"))
    )
    AccountRow.objects.create(id="handed", name="handed-m4rk")
    Handover.objects.create(
        id=NUMBER,
        reorganisation=others,
        account="handed",
        giver_id="max",
        taker_id="sue",
        planned_on=day,
        **said,
    )
    training = Training.objects.create(
        id=NUMBER, priority=priority, name="training-m4rk", held_on=day, **said
    )
    came = {"sam": day, "sue": None, **{f"seller-{n}": day if n < 2 else None for n in range(5)}}
    Attendance.objects.bulk_create(
        Attendance(training=training, person_id=person, attended_on=on)
        for person, on in came.items()
    )
    return {"number": str(NUMBER), "kind": "training"}
