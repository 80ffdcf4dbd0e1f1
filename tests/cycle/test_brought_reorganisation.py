"""Reorganisations, handovers and trainings of a load: listed, changed, taken back, exported."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.cycle import brought_world as world
from tests.cycle.reorganised_world import Rows, tables
from tests.cycle.test_exporting import contents, exported

from headway.actions import reorganisation
from headway.actions.action import NotAllowedError
from headway.cycle import bundle, entered, load, publish, reorganised
from headway.facts import Facts, collect
from headway.queries import reorganisation as reading
from headway.queries.access import NotSeenError
from headway.records.models import Attendance, Handover, Load, Reorganisation, RoleChange, Training
from headway.terms.reorganised import Part
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT, TODAY = world.AT, world.AT.date()
LATER = AT + timedelta(days=1)
MODELS = (Reorganisation, Handover, Training)
OWN = (*MODELS, RoleChange, Attendance)
HUNTER = Part(role_name="Hunter", segment="New", expected_share=1.0)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle", **tables()), settings.HEADWAY_DATA)
    return settings.HEADWAY_DATA


def again(folder: Path, data_folder: Path, **changed: Rows) -> None:
    """A later load, some of its tables changed."""
    world.loaded(world.written(folder, **{**tables(), **changed}), data_folder, at=LATER)


def eve() -> Viewer:
    return world.viewer("eve", Role.EXECUTIVE)


def now() -> Facts:
    return entered.beside(entered.loaded(), at=LATER)


def rows(table: str) -> Rows:
    return collect(now().columns(table)).records()


def named(table: str, key: str, *columns: str) -> Mapping[object, tuple[object, ...]]:
    return {row[key]: tuple(row[each] for each in columns) for row in rows(table)}


def number(model: type[Reorganisation | Handover | Training], fact_id: str) -> int:
    return model._default_manager.get(fact_id=fact_id).pk


def take_back(kind: str, model: type[Reorganisation | Handover | Training], fact_id: str) -> None:
    reorganisation.withdraw(
        viewer=eve(), at=AT, kind=kind, number=number(model, fact_id), seen_version=1
    )


def change(viewer: Viewer, *parts: Part, seen: int = 1) -> None:
    reorganisation.change(
        viewer=viewer,
        at=AT,
        reorganisation_id=number(Reorganisation, "teams"),
        seen_version=seen,
        name="By segment",
        effective_on=date(2026, 3, 2),
        parts=parts,
    )


def complete(viewer: Viewer) -> None:
    reorganisation.complete(
        viewer=viewer,
        at=AT,
        handover_id=number(Handover, "h1"),
        seen_version=1,
        completed_on=TODAY,
    )


def enter() -> None:
    """Something of each kind, and changes of what was brought."""
    made = reorganisation.declare(
        viewer=eve(),
        at=AT,
        priority="large",
        name="Our own",
        effective_on=TODAY,
        parts=(HUNTER,),
    )
    reorganisation.assign(
        viewer=eve(),
        at=AT,
        reorganisation_id=made.number,
        seen_version=1,
        role_name="Hunter",
        people=frozenset({"s3"}),
    )
    Handover.objects.create(
        reorganisation_id=made.number,
        account="acme",
        giver_id="s3",
        taker_id="s4",
        planned_on=TODAY,
        declared_at=AT,
    )
    reorganisation.train(
        viewer=eve(),
        at=AT,
        priority="large",
        name="Our training",
        held_on=TODAY,
        invited=frozenset({"s3", "s4"}),
        came=frozenset({"s3"}),
    )
    change(eve(), HUNTER)
    complete(eve())


def test_each_reads_what_concerns_the_people_they_see() -> None:
    def told(person: str, role: Role) -> tuple[object, ...]:
        page = reading.page(world.viewer(person, role), today=TODAY)
        return (
            [(each.name, each.people_count) for each in page.reorganisations],
            sorted(
                (each.giver, each.taker, each.completed)
                for each in (*page.handovers, *page.handed_over)
            ),
            [(each.name, each.came_count, each.invited_count) for each in page.trainings],
        )

    first, done = ("S1", "S2", ""), ("S1", "S2", "Thu 2 Apr 2026")
    both = ("S2", "T1", "")
    assert told("eve", Role.EXECUTIVE) == (
        [("One team each", 2), ("Of olaf", 1)],
        [first, done, both],
        [("Discovery", 2, 3)],
    )
    assert told("max", Role.MANAGER) == (
        [("One team each", 2)],
        [first, done, both],
        [("Discovery", 1, 2)],
    )
    assert told("olaf", Role.MANAGER) == ([("Of olaf", 1)], [both], [("Discovery", 1, 1)])
    assert told("s1", Role.SELLER) == (
        [("One team each", 1)],
        [first, done],
        [("Discovery", 1, 1)],
    )
    # Nothing concerns s3, and operations see nobody's.
    assert told("s3", Role.SELLER) == told("s1", Role.OPERATIONS) == ([], [], [])


def test_a_stranger_cannot_open_a_reorganisation() -> None:
    teams, quiet = (number(Reorganisation, each) for each in ("teams", "quiet"))
    olaf = world.viewer("olaf", Role.MANAGER)
    with pytest.raises(NotSeenError):
        reading.one(olaf, number=teams, today=TODAY)
    with pytest.raises(NotSeenError):
        reading.one(world.viewer("s3", Role.SELLER), number=teams, today=TODAY)
    seen = reading.one(world.viewer("max", Role.MANAGER), number=teams, today=TODAY)
    assert (seen.priority, seen.roles, seen.may_change) == (
        "Win the large ones",
        (("Farmer", ("S2",)), ("Hunter", ("S1",))),
        False,
    )
    # Who has a role of which nobody wrote down the work is named all the same.
    told = reading.one(olaf, number=quiet, today=TODAY)
    assert (told.priority, told.roles) == ("", (("Scout", ("T1",)),))


def test_executives_change_what_came_with_a_load_and_managers_what_they_declared() -> None:
    max_ = world.viewer("max", Role.MANAGER)
    with pytest.raises(NotAllowedError):
        change(max_, HUNTER)
    with pytest.raises(NotAllowedError):
        complete(max_)
    assert {each.is_brought for model in MODELS for each in model.objects.all()} == {True}
    change(eve(), HUNTER)
    complete(eve())
    ours = [model.objects.get(is_brought=False).fact_id for model in (Reorganisation, Handover)]
    assert ours == ["teams", "h1"]


def test_what_is_brought_is_counted_once() -> None:
    assert reorganised.rows() == {name: [] for name in reorganised.rows()}
    assert contents(now()) == contents(entered.loaded())


def test_the_same_load_again_leaves_the_same_rows() -> None:
    before = {model: set(model.objects.values_list("pk", "fact_id")) for model in MODELS}
    counts = [model.objects.count() for model in OWN]
    publish.publish(at=LATER)
    assert {model: set(model.objects.values_list("pk", "fact_id")) for model in MODELS} == before
    assert [model.objects.count() for model in OWN] == counts == [2, 3, 1, 3, 3]


def test_a_later_load_brings_up_what_nobody_changed_here(tmp_path: Path, data_folder: Path) -> None:
    told = tables()
    renamed = [{**row, "name": "Renamed"} for row in told["meant_reorganisation"][:1]]
    moved = [{**row, "role_name": "Farmer"} for row in told["meant_role_change"][:1]]
    done = [{**row, "completed_on": "2026-04-03"} for row in told["meant_handover"][:1]]
    again(
        tmp_path / "again",
        data_folder,
        meant_reorganisation=renamed,
        meant_role_change=moved,
        meant_handover=done,
    )
    # Of what a load does not speak of, that of the last one stays.
    assert set(Reorganisation.objects.values_list("name", flat=True)) == {"Renamed", "Of olaf"}
    assert dict(RoleChange.objects.values_list("person_id", "role_name")) == {
        "s1": "Farmer",
        "s2": "Farmer",
        "t1": "Scout",
    }
    assert Handover.objects.get(fact_id="h1").completed_on == date(2026, 4, 3)
    assert {each.is_brought for model in MODELS for each in model.objects.all()} == {True}


def test_what_is_changed_here_stands_against_later_loads(tmp_path: Path, data_folder: Path) -> None:
    change(eve(), HUNTER)
    complete(eve())
    renamed = [{**row, "name": "Renamed"} for row in tables()["meant_reorganisation"]]
    again(tmp_path / "again", data_folder, meant_reorganisation=renamed)
    assert dict(Reorganisation.objects.values_list("fact_id", "name")) == {
        "teams": "By segment",
        "quiet": "Renamed",
    }
    assert named("meant/reorganisation", "reorganisation_id", "name", "effective_on") == {
        "teams": ("By segment", date(2026, 3, 2)),
        "quiet": ("Renamed", date(2026, 2, 1)),
    }
    # Its parts are those written here alone, and who had a role that is gone has none.
    assert [(row["segment"], row["expected_share"]) for row in rows("meant/role_profile")] == [
        ("New", 1.0)
    ]
    assert named("meant/role_change", "person_id", "role_name") == {
        "s1": ("Hunter",),
        "t1": ("Scout",),
    }
    assert named("meant/handover", "handover_id", "completed_on", "reorganisation_id") == {
        "h1": (TODAY, "teams"),
        "h2": (date(2026, 4, 2), None),
        "h3": (None, None),
    }
    assert len(rows("meant/handover_step")) == 1


def test_a_reorganisation_without_parts_has_none_in_the_facts() -> None:
    change(eve())
    assert (rows("meant/role_profile"), len(rows("meant/role_change"))) == ([], 1)


def test_what_is_taken_back_counts_no_more(tmp_path: Path, data_folder: Path) -> None:
    take_back("reorganisation", Reorganisation, "teams")
    take_back("handover", Handover, "h2")
    take_back("training", Training, "tr")
    again(tmp_path / "again", data_folder)
    page = reading.page(eve(), today=TODAY)
    assert [each.name for each in page.reorganisations] == ["Of olaf"]
    assert [(each.account, each.reorganisation) for each in page.handovers] == [
        ("Beta", ""),
        ("Acme", ""),
    ]
    assert page.trainings == ()
    assert [row["reorganisation_id"] for row in rows("meant/reorganisation")] == ["quiet"]
    assert named("meant/role_change", "person_id", "role_name") == {"t1": ("Scout",)}
    assert named("meant/handover", "handover_id", "reorganisation_id") == {
        "h1": (None,),
        "h3": (None,),
    }
    for table in ("meant/role_profile", "meant/training", "seen/training_attendance"):
        assert rows(table) == [], table
    assert list(bundle.violations(exported(tmp_path / "out", at=LATER))) == []


def test_an_account_handed_over_anew_has_one_place_to_go() -> None:
    wanted = {"viewer": eve(), "at": AT, "accounts": frozenset({"acme"}), "planned_on": TODAY}
    reorganisation.hand_over(reorganisation_id=None, giver="s1", taker="s5", **wanted)
    publish.publish(at=LATER)
    ours = Handover.objects.get(taker_id="s5")
    assert named("meant/handover", "handover_id", "to_person_id") == {
        "h2": ("s2",),
        "h3": ("t1",),
        ours.fact_id: ("s5",),
    }


def test_an_export_holds_both_once_and_tells_the_same_elsewhere(
    tmp_path: Path, data_folder: Path, settings
) -> None:
    enter()
    before = contents(now())
    loaded = contents(entered.loaded())
    grown = {name for name, held in before.items() if held - loaded[name]}
    assert grown == {
        *("meant/reorganisation", "meant/role_profile", "meant/role_change", "meant/handover"),
        *("meant/training", "seen/training_attendance"),
    }
    out = exported(tmp_path / "out", at=LATER)
    assert list(bundle.violations(out)) == []
    listed = reading.page(eve(), today=TODAY)
    # Here again: every row is there already.
    world.loaded(out, data_folder, at=LATER)
    assert contents(now()) == before
    assert reading.page(eve(), today=TODAY) == listed
    # Elsewhere, where others were declared in the same order.
    for model in OWN:
        model.objects.all().delete()
    settings.HEADWAY_DATA = tmp_path / "another"
    theirs = [
        reorganisation.declare(
            viewer=eve(),
            at=AT,
            priority="large",
            name=f"Theirs {one}",
            effective_on=TODAY,
            parts=(),
        )
        for one in range(3)
    ]
    world.loaded(out, settings.HEADWAY_DATA, at=LATER)
    page = reading.page(eve(), today=TODAY)
    assert sorted(each.name for each in page.reorganisations) == sorted(
        [*(each.name for each in listed.reorganisations), "Theirs 0", "Theirs 1", "Theirs 2"]
    )
    assert (len(page.handovers), len(page.handed_over)) == (2, 2)
    reorganisations = before.pop("meant/reorganisation")
    after = contents(now())
    assert reorganisations < after.pop("meant/reorganisation")
    assert after == before
    assert Reorganisation.objects.filter(pk__in=[each.number for each in theirs]).count() == 3


def test_what_was_entered_outlives_the_load_it_belongs_to(data_folder: Path) -> None:
    enter()
    Handover.objects.create(
        reorganisation_id=number(Reorganisation, "quiet"),
        account="beta",
        giver_id="s5",
        taker_id="s6",
        planned_on=TODAY,
        declared_at=AT,
    )
    Load.objects.all().delete()
    load.undo(data_folder, snapshot_id=entered.known.store.Store(data_folder / "facts").current.id)
    publish.withdraw(at=AT)
    assert sorted(Reorganisation.objects.values_list("name", flat=True)) == [
        *("By segment", "Our own"),
    ]
    assert [model.objects.count() for model in (Handover, Training)] == [3, 1]
    # The reorganisation is gone with the load, the handover stays.
    assert Handover.objects.get(giver_id="s5").reorganisation is None
