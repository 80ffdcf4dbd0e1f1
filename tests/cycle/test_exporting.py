"""What an installation exports holds what was loaded and entered, and tells the same elsewhere."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions.test_cards import WITH, items
from tests.cycle import brought_world as world

from headway import facts
from headway.actions import cards, commitment_course, commitments, direction, strategy
from headway.actions.direction import Told
from headway.cycle import bundle, declared, entered, exporting, inventing, load, publish
from headway.cycle.exporting import Left
from headway.facts import Facts
from headway.findings import strategy as strategy_found
from headway.findings.strategy import exported as document
from headway.records.models import (
    Commitment,
    Message,
    Prediction,
    Publication,
    PulseCell,
    PulseCount,
    Wave,
)
from headway.sources import demo
from headway.terms.declared import Channel, Plan, Repeat
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = world.AT + timedelta(days=9)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    return settings.HEADWAY_DATA


def exported(folder: Path, *, at: datetime = LATER) -> Path:
    exporting.export(folder, at=at, file_type="csv", share="everything")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    named = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in named}


def contents(known: Facts) -> dict[str, set[str]]:
    """The rows of every table, as sets."""
    return {
        name: {json.dumps(row, default=str) for row in known.table(name).to_pyarrow().to_pylist()}
        for name in facts.TABLES
        if known.has(name)
    }


def findings(known: Facts) -> tuple[object, ...]:
    """What `findings.json` says of the strategy, in its order."""
    told = strategy_found.found(known, policy=DEFAULT)
    return (
        document.chains(told.chains),
        document.belief_gaps(told.belief_gaps),
        document.patterns(told.patterns),
    )


def enter(at: datetime) -> None:
    """Something of everything that can be entered, on top of what the bundle declares."""
    declare(at)
    tell(at)
    promise(at)
    ask(at)


def declare(at: datetime) -> None:
    """A plan, a new version of what was brought, and a second priority."""
    eve, max_ = world.viewer("eve", Role.EXECUTIVE), world.viewer("max", Role.MANAGER)
    plan = Plan(name="Our plan", owner_id="eve", goals="Ten large ones")
    strategy.write_plan(viewer=eve, at=at, seen_version=0, plan=plan)
    content = declared.declared.contents()["large"]
    changed = replace(content, audience="All sellers")
    strategy.change(viewer=eve, at=at, priority_id="large", seen_version=1, priority=changed)
    second = replace(content, name="Ask first")
    strategy.declare(viewer=max_, at=at, priority=second, declared_on=at.date())


def tell(at: datetime) -> None:
    """A message, another that arrives, and cards."""
    max_, s2 = world.viewer("max", Role.MANAGER), world.viewer("s2", Role.SELLER)
    told = Told(
        sender="max",
        head="max",
        told_on=at.date(),
        channel=Channel.EMAIL,
        text="Large ones first.",
        priority="large",
        present=frozenset({"s1", "s3"}),
        repeat=Repeat(every_weeks=4),
    )
    direction.tell(viewer=max_, at=at, told=told)
    arrived = Message.objects.get(fact_id="m1").pk
    direction.acknowledge(viewer=s2, at=at, message_id=arrived)
    of_max = {"author": "max", "priority": "large"}
    cards.save(viewer=max_, at=at, person=None, items=items(), seen_version=1, **of_max)
    card = cards.save(viewer=max_, at=at, person="s2", items=WITH, seen_version=0, **of_max)
    cards.agree(viewer=s2, at=at, card_id=card.card_id, seen_version=1)


def promise(at: datetime) -> None:
    """A commitment that is moved, one that is kept, and what max believes."""
    s1, s2 = world.viewer("s1", Role.SELLER), world.viewer("s2", Role.SELLER)
    wanted = commitments.Wanted(
        owner="s1", text="Visit three", seen_by="Minutes", due_on=at.date() + timedelta(days=9)
    )
    made = commitments.make(viewer=s1, at=at, wanted=wanted)
    commitment_course.move(
        viewer=s1,
        at=at,
        commitment_id=made.commitment_id,
        due_on=at.date() + timedelta(days=12),
        reason="Holidays",
        seen_version=1,
    )
    moved = Commitment.objects.get(fact_id="moved")
    commitment_course.keep(viewer=s2, at=at, commitment_id=moved.pk, seen_version=1)
    Prediction.objects.create(
        person_id="max",
        priority="large",
        group="seller@max",
        link="recalled",
        share=0.5,
        low=0.4,
        high=0.9,
        quarter_on=date(2026, 7, 1),
        sealed_at=at,
    )


def ask(at: datetime) -> None:
    """A wave of our own among max's six, cut and counted."""
    wave = Wave.objects.create(
        items=["RC1"], opened_at=at, closes_on=at.date(), closed_at=at, state="counted"
    )
    cell = PulseCell.objects.create(
        wave=wave,
        cell_id=f"{wave.fact_id}:seller:max",
        manager="max",
        role="seller",
        is_remainder=False,
        teams=[["max", 6]],
        answered_count=5,
    )
    PulseCount.objects.create(cell=cell, item="RC1", value="4", answer_count=5)


def test_a_bundle_that_is_loaded_comes_out_byte_for_byte(tmp_path: Path, data_folder: Path) -> None:
    bundled = tmp_path / "bundle"
    # The sample with fewer people; its manifest holds counts and hashes, so findings are the same.
    inventing.write(bundled, as_of=date(2026, 6, 30), seed=1, sellers=20, scenario="sample")
    world.loaded(bundled, data_folder)
    assert files(exported(tmp_path / "out")) == files(bundled)


def test_other_tables_come_out_soundly_and_come_back_the_same(
    tmp_path: Path, data_folder: Path, settings
) -> None:
    load.load(demo.FOLDER, data_folder)
    first = exported(tmp_path / "first")
    assert list(bundle.violations(first)) == []
    settings.HEADWAY_DATA = tmp_path / "another"
    load.load(first, settings.HEADWAY_DATA)
    assert files(exported(tmp_path / "second")) == files(first)


def test_what_was_entered_comes_out_and_tells_the_same(tmp_path: Path, data_folder: Path) -> None:
    world.loaded(world.written(tmp_path / "bundle"), data_folder)
    before = contents(entered.loaded())
    enter(LATER)
    now = entered.beside(entered.loaded(), at=LATER)
    out = exported(tmp_path / "out")
    assert list(bundle.violations(out)) == []
    read = facts.bundle.load(out)
    assert contents(read.facts) == contents(now)
    assert (read.facts.as_of, read.facts.reading) == (LATER.date(), ())
    assert findings(read.facts) == findings(now)
    grown = {name for name, rows in contents(now).items() if rows - before[name]}
    assert grown == {name for name in before if name[:4] in ("mean", "said")}


def test_ones_own_export_loaded_again_counts_nothing_twice(
    tmp_path: Path, data_folder: Path
) -> None:
    world.loaded(world.written(tmp_path / "bundle"), data_folder)
    enter(LATER)
    publish.publish(at=LATER)
    now = contents(entered.beside(entered.loaded(), at=LATER))
    listed = (Message.objects.count(), Commitment.objects.count(), Wave.objects.count())
    world.loaded(exported(tmp_path / "out"), data_folder, at=LATER)
    assert contents(entered.beside(entered.loaded(), at=LATER)) == now
    assert (Message.objects.count(), Commitment.objects.count(), Wave.objects.count()) == listed


def test_what_no_table_holds_is_counted(tmp_path: Path, data_folder: Path) -> None:
    world.loaded(world.written(tmp_path / "bundle"), data_folder)
    left = exporting.export(tmp_path / "first", at=LATER, file_type="csv", share="shareable")
    assert left == {}
    enter(LATER)
    left = exporting.export(tmp_path / "second", at=LATER, file_type="csv", share="shareable")
    assert left == {
        Left.WORDS: 1,
        Left.REPEATS: 1,
        Left.GOALS: 1,
        Left.VERSIONS: 1,
        Left.HALF_AGREED: 1,
        Left.SEEN_BY: 1,
        Left.NOTES: 1,
    }


def test_what_is_entered_is_known_from_its_day_on(tmp_path: Path, data_folder: Path) -> None:
    world.loaded(world.written(tmp_path / "bundle"), data_folder)
    enter(LATER)
    known = entered.loaded()
    assert known.as_of == world.AS_OF
    assert entered.beside(known, at=LATER).as_of == LATER.date()
    # Of a day to come nothing is known yet.
    assert entered.beside(known, at=LATER - timedelta(days=1)).as_of < LATER.date()
    publish.publish(at=LATER)
    current = Publication.objects.get(is_current=True)
    # Results end with what systems recorded; the line of sight goes on to what was entered.
    assert current.as_of == world.AS_OF
    windows = {row.chain["window_to"] for row in current.chains.all()}
    assert windows == {(LATER.date() + timedelta(days=1)).isoformat()}


def test_the_day_of_what_was_entered_is_that_of_the_organisation(
    tmp_path: Path, data_folder: Path
) -> None:
    world.loaded(world.written(tmp_path / "bundle"), data_folder)
    evening = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)
    ask(evening)
    known = entered.loaded()
    berlin = replace(known, organisation=replace(known.organisation, time_zone="Europe/Berlin"))
    assert entered.beside(known, at=evening).as_of == date(2026, 7, 3)
    # A wave says the day it closed, which is 3 July here and there.
    assert entered.beside(berlin, at=evening).as_of == date(2026, 7, 3)
