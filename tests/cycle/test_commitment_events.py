"""Everything that was said of commitments goes out with a bundle and comes back with a load."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cycle import brought_world as world

from headway import facts
from headway.actions import commitment_course as course
from headway.actions import commitments
from headway.cycle import entered, exporting, publish
from headway.cycle.exporting import Left
from headway.facts import bundle
from headway.records.models import Commitment
from headway.terms.line import Link
from headway.terms.viewer import Role

pytestmark = pytest.mark.django_db

LATER = world.AT + timedelta(days=9)
TOLD = ("fact_id", "state", "due_on", "first_due_on", "settled_on", "cue")
PREDICTED = ("predicted_link", "predicted_share", "predicted_low", "predicted_high")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle"), settings.HEADWAY_DATA)
    return settings.HEADWAY_DATA


def make(*, owner: str = "s1", **more: object) -> int:
    wanted = commitments.Wanted(
        owner=owner,
        to="max",
        text="Visit three",
        seen_by="Minutes",
        cue="When the forecast is done",
        due_on=world.AT.date() + timedelta(days=5),
        **more,
    )
    viewer = world.viewer(owner, Role.SELLER)
    return commitments.make(viewer=viewer, at=world.AT, wanted=wanted).commitment_id


def do(change, number: int, *, days: int, by: str = "s1", **more: object) -> None:
    at = world.AT + timedelta(days=days)
    if change not in (course.progress, course.plan_check, course.hold_check):
        more["seen_version"] = Commitment.objects.get(pk=number).version
    role = Role.MANAGER if by == "max" else Role.SELLER
    change(viewer=world.viewer(by, role), at=at, commitment_id=number, **more)


def live() -> None:
    """Four commitments, with everything that can be said of one."""
    first = make(
        predicted_link=Link.TOLD, predicted_share=0.5, predicted_low=0.4, predicted_high=0.7
    )
    do(course.progress, first, days=1, note="One of three")
    do(course.plan_check, first, days=1, on=(world.AT + timedelta(days=4)).date())
    do(course.hold_check, first, days=4, by="max", note="Looked at one")
    # A day to come is told to nobody before it has come.
    do(course.plan_check, first, days=4, on=(LATER + timedelta(days=9)).date())
    do(course.keep, first, days=5)
    do(course.reopen, first, days=6, by="max", reason="One is missing")
    late = make()
    due_on = (world.AT + timedelta(days=20)).date()
    do(course.move, late, days=6, due_on=due_on, reason="Holidays")
    do(course.keep, late, days=7)
    released = make()
    do(course.ask_release, released, days=1, reason="It closed")
    do(course.release, released, days=2, by="max")
    # On one day done, opened again, and done.
    again = make()
    do(course.keep, again, days=3)
    do(course.reopen, again, days=3, reason="Not yet")
    do(course.keep, again, days=3)


def told() -> dict[str, tuple[object, ...]]:
    """What each commitment says, and its events as the format has them."""
    return {
        each.fact_id: (
            *(getattr(each, name) for name in (*TOLD, *PREDICTED)),
            *sorted(
                (event.kind, event.on, event.from_on, event.to_on)
                for event in each.events.exclude(kind__in=("release_asked", "broken"))
                if event.on <= LATER.date()
            ),
        )
        for each in Commitment.objects.all()
    }


def events_of(known: facts.Facts, number: str) -> set[tuple[str, date]]:
    rows = facts.collect(known.columns("meant/commitment_event")).records()
    return {(row["kind"], row["occurred_on"]) for row in rows if row["commitment_id"] == number}


def test_each_event_is_a_row_and_none_of_a_day_to_come() -> None:
    live()
    now = entered.beside(entered.loaded(), at=LATER)
    day = world.AT.date()
    first, late, released, again = Commitment.objects.filter(is_brought=False).order_by("id")
    assert events_of(now, first.fact_id) == {
        ("progress", day + timedelta(days=1)),
        ("check_planned", day + timedelta(days=4)),
        ("check_held", day + timedelta(days=4)),
        ("done", day + timedelta(days=5)),
        ("reopened", day + timedelta(days=6)),
    }
    assert events_of(now, late.fact_id) == {
        ("renegotiated", day + timedelta(days=6)),
        ("done", day + timedelta(days=7)),
    }
    assert events_of(now, released.fact_id) == {("withdrawn", day + timedelta(days=2))}
    # Rows of one day have no order: the last that settles stands alone.
    assert events_of(now, again.fact_id) == {("done", day + timedelta(days=3))}


@pytest.mark.slow
def test_a_bundle_brings_them_to_another_installation_as_they_were(
    tmp_path: Path, settings
) -> None:
    live()
    out = tmp_path / "out"
    left = exporting.export(out, at=LATER, file_type="csv", share="everything")
    assert left[Left.NOTES] == 6
    assert list(bundle.violations(out)) == []
    before = told()
    states = {each.state for each in Commitment.objects.all()}
    assert states == {"open", "kept", "kept_late", "released"}
    Commitment.objects.all().delete()
    settings.HEADWAY_DATA = tmp_path / "another"
    world.loaded(out, settings.HEADWAY_DATA, at=LATER)
    after = told()
    [again] = [
        number for number, row in before.items() if len(row) == len(TOLD) + len(PREDICTED) + 3
    ]
    assert {number: row for number, row in after.items() if number != again} == {
        number: row for number, row in before.items() if number != again
    }
    # Of what was done twice on a day once is told; how it stands is the same.
    assert after[again][: len(TOLD)] == before[again][: len(TOLD)]


@pytest.mark.slow
def test_what_was_loaded_and_then_changed_here_comes_out_once() -> None:
    moved = Commitment.objects.get(fact_id="moved")
    do(course.progress, moved.pk, days=1, by="s2", note="Half")
    now = entered.beside(entered.loaded(), at=LATER)
    assert events_of(now, "moved") == {
        ("progress", date(2026, 6, 1)),
        ("renegotiated", date(2026, 6, 10)),
        ("progress", world.AT.date() + timedelta(days=1)),
    }
    publish.publish(at=LATER)
    assert Commitment.objects.get(fact_id="moved").is_brought is False
