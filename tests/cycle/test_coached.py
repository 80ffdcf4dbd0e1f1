"""Sessions entered here reach the facts, those of a load reach their two, and no word leaves."""

import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions.test_coaching import logged, planned
from tests.actions.test_coaching_plans import STEPS, wanted
from tests.cycle import brought_world as world
from tests.cycle.test_exporting import contents, exported, files

from headway.actions import coaching, coaching_plans, coaching_programmes, coaching_scorecards
from headway.actions.coaching_programmes import ProgrammeWanted
from headway.cycle import coached, entered, exporting, publish, worker
from headway.cycle.exporting import Left
from headway.facts import Facts, collect
from headway.findings import strategy
from headway.queries.access import NotSeenError
from headway.queries.coaching import people as reading
from headway.queries.coaching import sessions as coaching_sessions
from headway.records.models import CoachingPlan, CoachingSession, Person, ReportingLine
from headway.terms.line import Link
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = world.AT + timedelta(days=1)
SELLERS = world.SELLERS
Rows = list[dict[str, object]]


def told(number: str, **more: object) -> dict[str, object]:
    """A session of max with s1 that counts, eleven days ago."""
    return {
        "session_id": number,
        "coach_id": "max",
        "person_id": "s1",
        "held_at": "2026-06-20T09:00:00Z",
        "minutes": 30,
        "kind": "joint_call",
        "priority_id": "large",
        "is_work_observed": True,
        "is_practice_agreed": True,
        "follow_up_on": "2026-06-25",
        "followed_up_on": "2026-06-26",
        **more,
    }


CONFIRMED: Rows = [
    told("both", person_confirmed_on="2026-06-21", topic="word-m4rk"),
    told("one", person_id="s3", coach_confirmed_on="2026-06-21"),
]
# Where no session says who confirmed it, each counts as held.
UNSAID: Rows = [told("both"), told("one", person_id="s3")]


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    return settings.HEADWAY_DATA


def load(tmp_path: Path, data_folder: Path, rows: Rows) -> None:
    bundle = world.written(tmp_path / "bundle", said_coaching_session=rows)
    world.loaded(bundle, data_folder)


def viewer(who: str) -> Viewer:
    return world.viewer(who, Role.MANAGER if who in world.LEADERS else Role.SELLER)


def now() -> Facts:
    return entered.beside(entered.loaded(), at=LATER)


def coached_of(known: Facts) -> tuple[int | None, int | None]:
    """How many of max's sellers were coached on the priority, of how many."""
    found = strategy.found(known, policy=DEFAULT)
    chain = next(each for each in found.chains if each.group == "seller@max")
    link = chain.at(Link.COACHED)
    return link.k, link.n


def hold(person: str, *, at: datetime = LATER) -> int:
    """A session that is logged by max, confirmed by the person, and looked at again."""
    said = logged(held_at=at - timedelta(days=5), priority="large", practice="word-m4rk ask why")
    done = coaching.log(viewer=viewer("max"), at=at, person=person, logged=said)
    both = {"at": at, "session_id": done.session_id}
    coaching.confirm(viewer=viewer(person), seen_version=1, **both)
    coaching.look_again(
        viewer=viewer("max"), sentence="word-m4rk Twice of three", seen_version=2, **both
    )
    return done.session_id


def test_what_was_logged_and_confirmed_counts_at_the_next_publication(
    tmp_path: Path, data_folder: Path
) -> None:
    load(tmp_path, data_folder, CONFIRMED)
    # Of six sellers s1; that of s3 was never confirmed by them.
    assert coached_of(now()) == (1, 6)
    hold("s2")
    assert coached_of(now()) == (2, 6)
    # One that only the coach says counts for nobody.
    said = logged(held_at=LATER - timedelta(days=5), priority="large")
    coaching.log(viewer=viewer("max"), at=LATER, person="s4", logged=said)
    assert coached_of(now()) == (2, 6)


def test_sessions_of_a_load_that_says_nothing_of_confirming_still_count_beside_our_own(
    tmp_path: Path, data_folder: Path
) -> None:
    load(tmp_path, data_folder, UNSAID)
    assert coached_of(now()) == (2, 6)
    hold("s2")
    assert coached_of(now()) == (3, 6)
    # They are listed as held, and nobody is asked to confirm them.
    assert reading.page(viewer("s1"), today=LATER.date()).waiting == ()


def test_what_a_load_brought_is_listed_to_the_two_alone(tmp_path: Path, data_folder: Path) -> None:
    load(tmp_path, data_folder, CONFIRMED)
    made = CoachingSession.objects.get(fact_id="both")
    for who in ("max", "s1"):
        found = coaching_sessions.one(viewer(who), session_id=made.pk, today=LATER.date())
        assert found.line.topic == "word-m4rk"
        assert found.is_counting
    for who in ("eve", "olaf", "s2"):
        with pytest.raises(NotSeenError):
            coaching_sessions.one(viewer(who), session_id=made.pk, today=LATER.date())
        assert "m4rk" not in repr(reading.page(viewer(who), today=LATER.date()))


def test_what_is_confirmed_here_stands_over_the_load_and_what_is_taken_back_is_gone(
    tmp_path: Path, data_folder: Path
) -> None:
    load(tmp_path, data_folder, CONFIRMED)
    before = {row["session_id"]: row for row in collect(now().columns(coached.TABLE)).records()}
    one = CoachingSession.objects.get(fact_id="one")
    coaching.confirm(viewer=viewer("s3"), at=LATER, session_id=one.pk, seen_version=1)
    assert coached_of(now()) == (2, 6)
    after = {row["session_id"]: row for row in collect(now().columns(coached.TABLE)).records()}
    # Nothing else of the loaded row changed.
    changed = {"person_confirmed_on": LATER.date()}
    assert after == {**before, "one": {**before["one"], **changed}}

    # Another load does not undo it.
    bundle = world.written(tmp_path / "again", said_coaching_session=CONFIRMED)
    world.loaded(bundle, data_folder, at=LATER)
    assert coached_of(now()) == (2, 6)

    coaching.log(
        viewer=viewer("s3"),
        at=LATER,
        person="s3",
        logged=logged(held_at=LATER - timedelta(days=5)),
        session_id=one.pk,
        seen_version=2,
    )
    coaching.call_off(viewer=viewer("s3"), at=LATER, session_id=one.pk, seen_version=3)
    left = {row["session_id"] for row in collect(now().columns(coached.TABLE)).records()}
    assert left == {"both"}


def test_a_load_that_is_taken_back_takes_its_sessions_along(
    tmp_path: Path, data_folder: Path
) -> None:
    load(tmp_path, data_folder, CONFIRMED)
    hold("s2")
    bundle = world.written(tmp_path / "again", said_coaching_session=CONFIRMED[:1])
    world.loaded(bundle, data_folder, at=LATER)
    kept = CoachingSession.objects.order_by("id").values_list("person_id", "is_brought")
    # A later load adds and changes, and never deletes.
    assert sorted(kept) == [("s1", True), ("s2", False), ("s3", True)]
    publish.withdraw(at=LATER)
    assert list(CoachingSession.objects.values_list("person_id")) == [("s2",)]


def everything_entered() -> None:
    hold("s2")
    max_ = viewer("max")
    ahead = coaching.plan(
        viewer=max_,
        at=LATER,
        person="s1",
        planned=planned(planned_at=LATER + timedelta(days=3), topic="word-m4rk"),
    )
    coaching.prepare(viewer=max_, at=LATER, session_id=ahead.session_id, text="prepared-m4rk")
    coaching.add_item(viewer=max_, at=LATER, session_id=ahead.session_id, text="word-m4rk")
    coaching_plans.begin(
        viewer=max_, at=LATER, person="s1", wanted=wanted(goal="word-m4rk", skill="word-m4rk")
    )
    coaching_programmes.begin(
        viewer=max_,
        at=LATER,
        wanted=ProgrammeWanted(
            skill="word-m4rk", goal="", cadence_days=14, priority="", steps=STEPS
        ),
    )
    coaching_scorecards.begin(
        viewer=max_, at=LATER, person="s1", skill="word-m4rk", points=("word-m4rk",)
    )


@pytest.mark.parametrize("share", ["everything", "shareable"])
def test_no_word_of_the_two_is_in_a_bundle_and_what_stays_is_listed(
    tmp_path: Path, data_folder: Path, share: str
) -> None:
    load(tmp_path, data_folder, UNSAID)
    everything_entered()
    left = exporting.export(tmp_path / "out", at=LATER, file_type="csv", share=share)
    held = b"".join(files(tmp_path / "out").values())
    assert b"m4rk" not in held
    assert held.count(b"joint_call") == 3
    # One plan and six of the programme; what max noted for themselves is not even counted.
    assert left == {
        Left.COACHED_WORDS: 1,
        Left.SESSIONS_AHEAD: 1,
        Left.COACHING_PLANS: 7,
        Left.PROGRAMMES: 1,
        Left.SCORECARDS: 1,
    }


def test_an_export_loaded_elsewhere_counts_the_same(tmp_path: Path, data_folder: Path) -> None:
    load(tmp_path, data_folder, CONFIRMED)
    hold("s2")
    before = contents(now())
    out = exported(tmp_path / "out", at=LATER)
    CoachingSession.objects.all().delete()
    world.loaded(out, data_folder, at=LATER)
    assert contents(entered.loaded())[coached.TABLE] == before[coached.TABLE]
    assert coached_of(now()) == (2, 6)
    assert CoachingSession.objects.filter(is_brought=True).count() == 3


def test_a_programme_follows_the_people_of_a_load(tmp_path: Path, data_folder: Path) -> None:
    load(tmp_path, data_folder, [])
    work = ProgrammeWanted(skill="Discovery", goal="", cadence_days=14, priority="", steps=STEPS)
    coaching_programmes.begin(viewer=viewer("max"), at=LATER, wanted=work)
    lines = world.tables()["seen/reporting_line"]
    leads = {"t1": "max", "s6": "olaf"}
    moved = [{**row, "manager_id": leads.get(row["person_id"], row["manager_id"])} for row in lines]
    bundle = world.written(tmp_path / "again", seen_reporting_line=moved)
    world.loaded(bundle, data_folder, at=LATER)
    found = CoachingPlan.objects.order_by("person_id").values_list("person_id", "outcome")
    # No plan of s6 any more with max, and one of t1.
    assert list(found) == [*((each, "") for each in SELLERS[:5]), ("s6", "left"), ("t1", "")]


def test_the_worker_enrols_newcomers_and_lets_go_of_old_words(
    tmp_path: Path, data_folder: Path
) -> None:
    load(tmp_path, data_folder, [])
    made = hold("s1")
    work = ProgrammeWanted(skill="Discovery", goal="", cadence_days=14, priority="", steps=STEPS)
    coaching_programmes.begin(viewer=viewer("max"), at=LATER, wanted=work)
    ReportingLine.objects.filter(person_id="t1").update(manager_id="max")
    Person.objects.filter(id="s1").update(is_active=False, left_on=date(2020, 1, 1))
    worker.work(once=True)
    assert CoachingPlan.objects.filter(person_id="t1", closed_on=None).count() == 1
    assert CoachingSession.objects.get(pk=made).practice == ""


_NOTED = """
import django
django.setup()
from datetime import date, timedelta
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from tests import cast
from tests.actions.test_coaching import logged, planned
from headway.actions import coaching

call_command("migrate", verbosity=0)
cast.enter()
both = {"viewer": cast.viewer("max"), "at": cast.NOW}
made = coaching.plan(person="sam", planned=planned(), **both)
coaching.prepare(session_id=made.session_id, text="prepared-m4rk " * 50, **both)
connections.close_all()
from django.conf import settings
file = settings.HEADWAY_DATA / "headway.sqlite3"
print(b"prepared-m4rk" in file.read_bytes())
coaching.log(person="sam", logged=logged(), session_id=made.session_id, seen_version=1, **both)
connections.close_all()
print(b"prepared-m4rk" in b"".join(each.read_bytes() for each in file.parent.glob("*sqlite3*")))
"""


def test_of_a_preparation_nothing_is_left_in_the_file_of_the_database(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "HEADWAY_DATA": str(tmp_path / "own"),
        "DJANGO_SETTINGS_MODULE": "headway.server.settings",
    }
    (tmp_path / "own").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", _NOTED],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.stdout.split() == ["True", "False"]
