"""Hours and meetings of a load: listed to their owners alone, changed, exported, loaded again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cycle import brought_world as world
from tests.cycle.test_exporting import contents, exported

from headway.actions import own_time, pairs
from headway.cycle import bundle, entered, exporting, load, publish
from headway.facts import Facts, collect
from headway.queries import own_time as reading
from headway.queries import pairs as reading_pairs
from headway.records.models import PeerMeeting, PublishedTime, TimeLog
from headway.terms.own_time import Category, Hours, Side
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = world.AT + timedelta(days=9)
WEEK = date(2026, 6, 22)
TIMES: list[dict[str, object]] = [
    {"person_id": "max", "week_on": WEEK, "category": "development", "hours": 4.0},
    {"person_id": "max", "week_on": WEEK, "category": "inspection", "hours": 2.0},
    {
        "person_id": "max",
        "week_on": WEEK,
        "category": "development",
        "priority_id": "large",
        "hours": 1.0,
    },
    {"person_id": "olaf", "week_on": WEEK, "category": "field", "hours": 8.0},
]
MEETINGS: list[dict[str, object]] = [
    {
        "meeting_id": "pm1",
        "person_id": "s1",
        "partner_id": "t1",
        "planned_on": "2026-06-02",
        "met_on": "2026-06-03",
        "advice_given_count": 2,
        "advice_used_count": 1,
    },
    {"meeting_id": "pm2", "person_id": "s2", "partner_id": "s3", "planned_on": "2026-06-09"},
]
SESSIONS: list[dict[str, object]] = [
    {
        "session_id": "x1",
        "coach_id": "max",
        "person_id": "s1",
        "held_at": "2026-06-23T09:00:00Z",
        "minutes": 90.0,
        "kind": "joint_call",
    }
]
TABLES = {
    "said_time_log": TIMES,
    "said_peer_meeting": MEETINGS,
    "said_coaching_session": SESSIONS,
}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle", **TABLES), settings.HEADWAY_DATA)
    return settings.HEADWAY_DATA


def max_() -> Viewer:
    return world.viewer("max", Role.MANAGER)


def now() -> Facts:
    return entered.beside(entered.loaded(), at=LATER)


def log(**hours: float) -> None:
    given = tuple(Hours(category=Category(each), hours=count) for each, count in hours.items())
    own_time.log(viewer=max_(), at=LATER, week_on=WEEK, hours=given)


def times(known: Facts) -> dict[tuple[str, str, str | None], float]:
    rows = collect(known.columns("said/time_log")).records()
    return {(row["person_id"], row["category"], row["priority_id"]): row["hours"] for row in rows}


def test_what_was_loaded_is_listed_to_its_owner_alone() -> None:
    [week] = reading.page(max_(), today=LATER.date()).logged
    assert (week.development, week.inspection, week.total) == (5.0, 2.0, 7.0)
    olaf = reading.page(world.viewer("olaf", Role.MANAGER), today=LATER.date()).logged
    assert [each.total for each in olaf] == [8.0]
    eve = reading.page(world.viewer("eve", Role.EXECUTIVE), today=LATER.date())
    assert (eve.logged, eve.sessions, eve.months) == ((), (), ())
    for person, others in (("s1", ["T1"]), ("t1", ["S1"]), ("s2", ["S3"]), ("max", []), ("s4", [])):
        seen = reading_pairs.page(world.viewer(person, Role.SELLER), today=LATER.date())
        assert [each.other for each in seen.brought] == others


def test_the_sessions_one_held_are_published_for_oneself() -> None:
    held = reading.page(max_(), today=LATER.date()).sessions[-1]
    # 90 minutes in the week of the 22nd, the last that is over.
    assert (held.week_on, held.development, held.inspection) == (WEEK, 1.5, 0.0)
    assert set(PublishedTime.objects.values_list("person", flat=True)) == {"eve", "max", "olaf"}


def test_a_joint_call_is_field_time_of_ones_own() -> None:
    def told(name: str) -> str:
        field = reading.page(world.viewer(name, Role.MANAGER), today=LATER.date()).field
        return field.told if field else ""

    assert "you were with a customer once, beside 1 of the 6 people" in told("max")
    assert "no visit or call with a customer" in told("eve")


def test_what_is_entered_takes_the_place_of_what_was_loaded() -> None:
    log(development=3, administration=10)
    mine = {key: hours for key, hours in times(now()).items() if key[0] == "max"}
    assert mine == {
        ("max", "development", None): 3.0,
        ("max", "development", "large"): 0.0,
        ("max", "inspection", None): 0.0,
        ("max", "administration", None): 10.0,
    }
    assert times(now())["olaf", "field", None] == 8.0


def test_what_one_changed_stays_when_it_is_loaded_again(tmp_path: Path, data_folder: Path) -> None:
    log(development=3)
    log(administration=10)
    changed = [{**each, "hours": 9.0} for each in TIMES]
    again = world.written(tmp_path / "again", **{**TABLES, "said_time_log": changed})
    world.loaded(again, data_folder, at=LATER)
    [week] = reading.page(max_(), today=LATER.date()).logged
    assert (week.development, week.inspection, week.total) == (0.0, 0.0, 10.0)
    assert TimeLog.objects.get(person_id="olaf").hours == 9.0


def met() -> None:
    s2, t1 = world.viewer("s2", Role.SELLER), world.viewer("t1", Role.SELLER)
    pairs.say(viewer=t1, at=LATER, side=Side.TEACH, skill_id=None, words="Tenders")
    day = LATER.date()
    asked = pairs.ask(viewer=s2, at=LATER, partner="t1", about="Tenders", first_on=day, weeks=2)
    pairs.agree(viewer=t1, at=LATER, pair_id=asked.number)
    first = PeerMeeting.objects.filter(is_brought=False).order_by("planned_on")[0].pk
    words = {"met_on": day, "worked": "", "stuck": "The secret buyer", "advice": ""}
    pairs.note(viewer=s2, at=LATER, meeting_id=first, **words)
    told = {**words, "stuck": "", "advice": "Ask"}
    pairs.note(viewer=t1, at=LATER, meeting_id=first, **told)
    pairs.use(viewer=s2, at=LATER, meeting_id=first, is_used=True)


def test_meetings_reach_the_facts_as_counts_without_a_word() -> None:
    met()
    rows = collect(now().columns("said/peer_meeting")).records()
    told = sorted((str(row["planned_on"]), row["advice_given_count"]) for row in rows)
    # Two that were loaded, the one that was held, and the one a week later.
    assert told == sorted(
        [("2026-06-02", 2), ("2026-06-09", None), ("2026-07-10", 1), ("2026-07-17", None)],
        key=str,
    )


def test_everything_is_written_and_tells_the_same_loaded_again(
    tmp_path: Path, data_folder: Path
) -> None:
    log(development=3)
    met()
    publish.publish(at=LATER)
    before = contents(now())
    out = exported(tmp_path / "out")
    assert list(bundle.violations(out)) == []
    assert "secret buyer" not in "".join(path.read_text("utf-8") for path in out.rglob("*.csv"))
    world.loaded(out, data_folder, at=LATER)
    assert contents(now()) == before
    [week] = reading.page(max_(), today=LATER.date()).logged
    assert (week.development, week.total) == (3.0, 3.0)


def test_an_export_to_be_shared_holds_nobodys_hours(tmp_path: Path) -> None:
    log(development=3)
    out = tmp_path / "out"
    exporting.export(out, at=LATER, file_type="csv", share="shareable")
    assert not (out / "said" / "time_log.csv").exists()
    assert (out / "said" / "peer_meeting.csv").exists()


def test_what_no_table_holds_is_counted(tmp_path: Path) -> None:
    met()
    own_time.give_back(
        viewer=max_(),
        at=LATER,
        kind=own_time.Stopped.MEETING,
        text="The Monday call",
        hours=1,
        since_on=LATER.date(),
        people=frozenset({"s1"}),
    )
    left = exporting.export(tmp_path / "out", at=LATER, file_type="csv", share="everything")
    assert {each.value: count for each, count in left.items()} == {
        "hours_back": 1,
        "skills": 1,
        "peer_words": 2,
    }


def test_taken_back_what_was_loaded_is_listed_no_more(data_folder: Path) -> None:
    log(administration=10)
    load.undo(data_folder, snapshot_id=entered.known.store.Store(data_folder / "facts").current.id)
    publish.withdraw(at=LATER)
    assert list(TimeLog.objects.filter(is_brought=True)) == []
    assert not PeerMeeting.objects.exists()
