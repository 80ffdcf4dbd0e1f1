"""What a load declares is listed to those who may see it, and changed here it stays changed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.actions.test_cards import WITH
from tests.cycle import brought_world as world

from headway import facts
from headway.actions import cards, commitment_course, direction, strategy
from headway.cycle import declared, entered, load, publish
from headway.queries import cards as card_reading
from headway.queries import commitments as commitment_reading
from headway.queries import direction as reading
from headway.queries import pulse
from headway.queries.access import NotSeenError
from headway.queries.strategy import declared as priorities
from headway.records import declared as held
from headway.records.models import (
    Card,
    Commitment,
    Load,
    Message,
    PlanVersion,
    Prediction,
    Priority,
    PublishedChain,
    Wave,
)
from headway.terms import codec
from headway.terms.declared import Plan
from headway.terms.line import Chain, Link
from headway.terms.viewer import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = world.AT.date()
BROUGHT = (Card, Commitment, Message, PlanVersion, Priority, Wave)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle"), settings.HEADWAY_DATA)
    return settings.HEADWAY_DATA


def link(wanted: Link) -> tuple[object, object]:
    """k and n of one link of the chain of max's sellers."""
    row = PublishedChain.objects.get(
        publication__is_current=True, priority="large", role="seller", head="max"
    )
    found = next(each for each in codec.from_json(Chain, row.chain).links if each.link is wanted)
    return found.k, found.n


def test_plan_priorities_and_messages_of_a_load_are_listed() -> None:
    page = reading.page(world.viewer("max", Role.MANAGER), today=TODAY)
    assert page.plan.plan == Plan(
        name="Growth plan", owner_id="eve", direction="Larger customers", goals=""
    )
    # What ended is listed no more.
    [line] = page.priorities
    assert (line.priority_id, line.name, line.owner, line.is_brought) == (
        *("large", "Win the large ones", "Max"),
        True,
    )
    # max sees what max told, not what olaf told his own.
    [message] = page.messages
    assert (message.sender, message.to, message.reach, message.priority) == (
        *("Max", "2 people", "1 of 2 have it"),
        "Win the large ones",
    )


def test_everybody_told_sees_a_message_and_strangers_do_not() -> None:
    def told(person: str, role: Role) -> list[str]:
        page = reading.page(world.viewer(person, role), today=TODAY)
        return [each.sender for each in page.messages]

    assert told("s1", Role.SELLER) == ["Max"]
    assert told("s3", Role.SELLER) == []
    assert told("t1", Role.SELLER) == ["Olaf"]
    assert told("eve", Role.EXECUTIVE) == ["Olaf", "Max"]
    assert told("s1", Role.OPERATIONS) == ["Max"]


def test_cards_are_seen_by_both_and_their_leaders_alone() -> None:
    def seen(person: str, role: Role) -> list[tuple[str, str, str]]:
        page = card_reading.page(world.viewer(person, role), today=TODAY)
        written = [*page.own, *page.with_me, *page.of_my_people]
        return sorted((one.author, one.person, one.state) for one in written if one.version)

    agreed = ("Max", "S1", "agreed on Wed 10 Jun 2026")
    # Of two cards between the same two the newer holds.
    assert seen("s1", Role.SELLER) == [agreed]
    assert seen("s2", Role.SELLER) == []
    assert seen("max", Role.MANAGER) == [("Max", "", "complete"), agreed]
    assert seen("olaf", Role.MANAGER) == [("T1", "", "complete")]
    with pytest.raises(NotSeenError):
        card_reading.one(
            world.viewer("olaf", Role.MANAGER),
            author="max",
            person="s1",
            priority="large",
            today=TODAY,
        )


def test_commitments_are_seen_by_both_sides_with_what_became_of_them() -> None:
    def seen(person: str, role: Role) -> list[tuple[str, str, str]]:
        page = commitment_reading.page(world.viewer(person, role), today=TODAY)
        every = [*page.from_me, *page.to_me, *page.of_others, *page.settled]
        return [(one.owner, one.due_on, one.state) for one in every]

    kept, moved = ("S1", "Mon 15 Jun 2026", "kept"), ("S2", "Mon 20 Jul 2026", "moved")
    assert seen("s1", Role.SELLER) == [kept]
    assert seen("max", Role.MANAGER) == [moved, kept]
    assert seen("olaf", Role.MANAGER) == [("T1", "Mon 15 Jun 2026", "overdue, no word for a week")]
    # Rank alone shows nobody's commitments.
    assert seen("eve", Role.EXECUTIVE) == []


def test_a_wave_is_seen_by_who_leads_a_group_of_it_and_guarded_as_our_own() -> None:
    max_, olaf = world.viewer("max", Role.MANAGER), world.viewer("olaf", Role.MANAGER)
    [wave] = pulse.waves(max_)
    # Of the one person asked by olaf nobody knows whether they answered.
    assert (wave.invited_count, wave.answered_at_least, wave.closes_on) == (7, 6, date(2026, 5, 18))
    [cell] = pulse.cells(max_, wave_id=wave.wave_id)
    told = {(each.item, each.subject): each.values for each in cell.told}
    # PS1 has too few answers, X9 is in no bank, and of WD1 all but one are on one side.
    assert set(told) == {("R1", "Win the large ones"), ("RC1", ""), ("WD1", "")}
    assert dict(told["R1", "Win the large ones"]) == {"named it": 4, "did not name it": 2}
    [(side, count)] = told["WD1", ""]
    assert (side.partition(":")[0], count) == ("all, or all but one", 6)
    [blocked] = pulse.cells(olaf, wave_id=wave.wave_id)
    assert (blocked.answered, blocked.told) == (None, ())
    # Others than the leader see nothing of what is asked about the leader.
    [of_max, _of_olaf] = pulse.cells(world.viewer("eve", Role.EXECUTIVE), wave_id=wave.wave_id)
    assert "WD1" not in {each.item for each in of_max.told}
    for person in ("s1", "t1"):
        seller = world.viewer(person, Role.SELLER)
        assert (pulse.waves(seller), pulse.cells(seller, wave_id=wave.wave_id)) == ((), ())


def test_what_was_sealed_stays_with_its_owner() -> None:
    assert Prediction.objects.count() == 0


def test_what_is_brought_is_counted_once() -> None:
    assert declared.rows() == {name: [] for name in declared.rows()}
    now = entered.beside(entered.loaded(), at=world.AT)
    for name in declared.rows():
        assert len(now.columns(name).to_arrow()) == len(world.tables().get(name, [])), name


def test_the_same_load_again_leaves_the_same_rows() -> None:
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in BROUGHT}
    publish.publish(at=world.AT + timedelta(days=1))
    after = {model: set(model.objects.values_list("pk", flat=True)) for model in BROUGHT}
    assert after == before


def test_a_later_load_changes_what_nobody_changed_here(tmp_path: Path, data_folder: Path) -> None:
    renamed = [{**row, "name": "Win the largest"} for row in world.tables()["meant/priority"]]
    again = world.written(tmp_path / "again", meant_priority=renamed)
    world.loaded(again, data_folder, at=world.AT + timedelta(days=1))
    assert held.contents()["large"].name == "Win the largest"
    assert Priority.objects.get(id="large").is_brought


def test_what_is_changed_here_stands_against_later_loads(tmp_path: Path, data_folder: Path) -> None:
    eve = world.viewer("eve", Role.EXECUTIVE)
    seen = priorities.one(eve, priority_id="large")
    assert seen.may_change
    olaf = world.viewer("olaf", Role.MANAGER)
    assert not priorities.one(olaf, priority_id="large").may_change
    content = held.contents()["large"]
    wanted = type(content)(**{**content.__dict__, "name": "Win two large ones", "why": ""})
    strategy.change(viewer=eve, at=world.AT, priority_id="large", seen_version=1, priority=wanted)
    renamed = [{**row, "name": "Win the largest"} for row in world.tables()["meant/priority"]]
    again = world.written(tmp_path / "again", meant_priority=renamed)
    world.loaded(again, data_folder, at=world.AT + timedelta(days=1))
    assert held.contents()["large"].name == "Win two large ones"
    now = entered.beside(entered.loaded(), at=world.AT)
    rows = {
        row["priority_id"]: row for row in facts.collect(now.columns("meant/priority")).records()
    }
    # What records do not hold stays as it was loaded, and what was emptied here is empty.
    assert {name: rows["large"][name] for name in ("name", "why", "plan_id")} == {
        "name": "Win two large ones",
        "why": None,
        "plan_id": "growth",
    }
    assert len(now.columns("meant/priority_target").to_arrow()) == 1


def test_a_message_that_arrived_is_known_to_have() -> None:
    assert link(Link.TOLD) == (0, 6)
    s2 = world.viewer("s2", Role.SELLER)
    [waiting] = reading.page(s2, today=TODAY).waiting
    direction.acknowledge(viewer=s2, at=world.AT, message_id=waiting.message_id)
    now = entered.beside(entered.loaded(), at=world.AT)
    rows = facts.collect(now.columns("meant/message_receipt")).records()
    assert {(row["message_id"], row["person_id"]): row["basis"] for row in rows} == {
        ("m1", "s1"): "opened",
        ("m1", "s2"): "acknowledged",
        ("m2", "t1"): None,
    }
    assert now.as_of == TODAY


def test_a_card_that_is_rewritten_takes_the_place_of_the_one_brought() -> None:
    wanted = {"author": "max", "person": "s1", "priority": "large"}
    with pytest.raises(cards.NotAllowedError):
        cards.save(
            viewer=world.viewer("s2", Role.SELLER),
            at=world.AT,
            items=WITH,
            seen_version=1,
            **wanted,
        )
    max_ = world.viewer("max", Role.MANAGER)
    cards.save(viewer=max_, at=world.AT, items=WITH[:3], seen_version=1, **wanted)
    now = entered.beside(entered.loaded(), at=world.AT)
    items = facts.collect(now.columns("meant/sheet_item")).records()
    assert [row["text"] for row in items if row["sheet_id"] == "with-s1"] == [
        item.text for item in WITH[:3]
    ]
    assert len(items) == 3 * len(WITH) + 3
    sheets = {row["sheet_id"]: row for row in facts.collect(now.columns("meant/sheet")).records()}
    assert sheets["with-s1"]["agreed_on"] is None
    publish.publish(at=world.AT)
    assert Card.objects.get(fact_id="with-s1").version == 2


def test_a_commitment_that_is_settled_here_keeps_what_it_was_about() -> None:
    s2 = world.viewer("s2", Role.SELLER)
    found = Commitment.objects.get(fact_id="moved")
    commitment_course.keep(viewer=s2, at=world.AT, commitment_id=found.pk, seen_version=1)
    now = entered.beside(entered.loaded(), at=world.AT)
    rows = facts.collect(now.columns("meant/commitment")).records()
    moved = next(row for row in rows if row["commitment_id"] == "moved")
    assert (moved["subject_kind"], moved["subject_id"], len(rows)) == ("handover", "h1", 3)
    events = facts.collect(now.columns("meant/commitment_event")).records()
    assert {
        (row["kind"], row["occurred_on"]) for row in events if row["commitment_id"] == "moved"
    } == {
        ("progress", date(2026, 6, 1)),
        ("renegotiated", date(2026, 6, 10)),
        ("done", TODAY),
    }


def test_a_plan_written_here_follows_the_one_brought() -> None:
    eve = world.viewer("eve", Role.EXECUTIVE)
    seen = reading.plan(eve)
    wanted = Plan(name="Our plan", owner_id="eve")
    strategy.write_plan(viewer=eve, at=world.AT, seen_version=seen.number, plan=wanted)
    publish.publish(at=world.AT)
    assert reading.plan(eve).plan == wanted
    now = entered.beside(entered.loaded(), at=world.AT)
    rows = facts.collect(now.columns("meant/plan")).records()
    assert sorted((row["name"], row["valid_from"], row["valid_to"]) for row in rows) == [
        ("Growth plan", date(2026, 1, 1), TODAY),
        ("Old plan", date(2024, 1, 1), date(2026, 1, 1)),
        ("Our plan", TODAY, None),
    ]


def test_taking_the_load_back_takes_what_it_brought_and_nothing_else(data_folder: Path) -> None:
    eve = world.viewer("eve", Role.EXECUTIVE)
    strategy.end(viewer=eve, at=world.AT, priority_id="large", seen_version=1, ended_on=TODAY)
    Load.objects.all().delete()
    load.undo(data_folder, snapshot_id=entered.known.store.Store(data_folder / "facts").current.id)
    publish.withdraw(at=world.AT)
    counts = {model.__name__: model.objects.count() for model in BROUGHT}
    assert counts == {model.__name__: int(model is Priority) for model in BROUGHT}
