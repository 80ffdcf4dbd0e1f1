"""What leaders enter becomes part of what is found: for those who loaded nothing but their CRM."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.actions.test_cards import WITH, items

from headway import facts
from headway.actions import cards, commitment_course, commitments, direction, strategy
from headway.actions.direction import Told
from headway.cycle import declared, following, publish, worker
from headway.cycle import load as loading
from headway.queries.strategy import declared as reading
from headway.records.models import Account, Commitment, Prediction, PublishedChain
from headway.terms import codec
from headway.terms.declared import Channel, Plan, PriorityKind, ResultMeasure, Target
from headway.terms.declared import Priority as Content
from headway.terms.line import Chain, Link
from headway.terms.organisation import Organisation
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 6, 29, 6, 0, tzinfo=UTC)
SELLERS = [f"s{number}" for number in range(1, 7)]


def predicate(column: str, op: str, value: object) -> str:
    condition = {"table": "opportunity", "column": column, "op": op, "value": value}
    return json.dumps({"grain": "opportunity", "all": [condition]})


WHOLE = Content(
    kind=PriorityKind.PRODUCT,
    name="Win the large ones",
    owner_id="max",
    why="They stay",
    scope=predicate("stage", "in", ["Won", "Lost"]),
    eligibility=predicate("owner_id", "in", ["s1", "s2"]),
    behaviour=predicate("stage", "eq", "Won"),
    result_measure=ResultMeasure.BOOKINGS,
    result_baseline=1.0,
    result_target=2.0,
    result_due_on=date(2026, 12, 31),
    stop_text="Small ones",
    audience="All sellers",
    launched_on=date(2026, 4, 1),
    targets=(Target(link=Link.TOLD, measure="share", from_days=0, target_share=0.9),),
)


def crm(folder: Path) -> Path:
    """Max leads six sellers; each has ten opportunities since January, every other one won."""
    lines = [
        {
            "person_id": person,
            "valid_from": date(2020, 1, 1),
            "manager_id": None if person == "max" else "max",
            "role": "manager" if person == "max" else "seller",
            "basis": "declared",
        }
        for person in ("max", *SELLERS)
    ]
    created = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    opportunities = [
        {
            "opportunity_id": f"{person}-{number}",
            "owner_id": person,
            "name": "Deal",
            "stage": ("Won", "Lost")[number % 2],
            "stage_group": ("won", "lost")[number % 2],
            "created_at": created + timedelta(days=15 * number),
            "closed_at": created + timedelta(days=15 * number + 10),
            "amount": 100.0,
        }
        for person in SELLERS
        for number in range(10)
    ]
    made = facts.memory.of(
        {
            "seen/person": [{"person_id": line["person_id"]} for line in lines],
            "seen/reporting_line": lines,
            "seen/opportunity": opportunities,
        },
        organisation=Organisation(name="Example", currency="EUR"),
        as_of=date(2026, 6, 30),
        data_from=date(2026, 1, 1),
    )
    return facts.bundle.write(made, folder)


@pytest.fixture(autouse=True)
def lead(settings, tmp_path: Path) -> Viewer:
    """The CRM is loaded and published; max is who declares."""
    settings.HEADWAY_DATA = tmp_path / "installation"
    loading.load(crm(tmp_path / "crm"), settings.HEADWAY_DATA, at=AT)
    publish.publish(at=AT)
    return viewer("max", Role.EXECUTIVE, Role.MANAGER)


def viewer(person: str, *roles: Role) -> Viewer:
    account = Account.objects.create(
        email=f"{person}@example.com",
        name=person,
        person_id=person,
        password="!",
        is_executive=Role.EXECUTIVE in roles,
        is_manager=Role.MANAGER in roles,
        is_seller=Role.SELLER in roles,
        created_at=AT,
    )
    return Viewer(person_id=person, account_id=account.pk, roles=frozenset(roles))


def declare(by: Viewer, content: Content = WHOLE) -> str:
    made = strategy.declare(viewer=by, at=AT, priority=content, declared_on=date(2026, 4, 1))
    return made.priority_id


def tell(by: Viewer, number: str, channel: Channel, day: int) -> None:
    told = Told(
        sender="max",
        head="max",
        told_on=date(2026, 6, day),
        channel=channel,
        text="Large ones first.",
        priority=number,
        is_ask=True,
        present=frozenset({"s1", "s2"}),
    )
    direction.tell(viewer=by, at=AT, told=told)


def write_cards(by: Viewer, number: str) -> None:
    """The leader's own card with four items, two done in May; and one agreed with s1."""
    own = tuple(
        replace(item, enacted_on=date(2026, 5, 1)) if at in (1, 2) else item
        for at, item in enumerate(items())
    )
    wanted = {"at": AT, "author": "max", "priority": number, "seen_version": 0}
    cards.save(viewer=by, person=None, items=own, **wanted)
    card = cards.save(viewer=by, person="s1", items=WITH, **wanted)
    cards.agree(viewer=by, at=AT, card_id=card.card_id, seen_version=1)
    seller = viewer("s1", Role.SELLER)
    cards.agree(viewer=seller, at=AT, card_id=card.card_id, seen_version=2)


def chain() -> Chain:
    """The one published chain."""
    row = PublishedChain.objects.get(publication__is_current=True)
    return codec.from_json(Chain, row.chain)


def test_without_a_declared_priority_the_line_says_so(lead: Viewer) -> None:
    assert chain().priority == ""


def test_what_was_entered_is_followed_down_to_daily_work(lead: Viewer) -> None:
    number = declare(lead)
    for channel, day in ((Channel.EMAIL, 2), (Channel.TEAM_MEETING, 9), (Channel.CHAT, 16)):
        tell(lead, number, channel, day)
    write_cards(lead, number)
    publish.publish(at=AT)
    found = chain()
    assert (found.priority, found.name, found.group) == (number, WHOLE.name, "seller@max")
    counts = {each.link: (each.k, each.n) for each in found.links}
    assert counts[Link.DECLARED] == (8, 8)
    # Three times by three channels from their own manager: s1 and s2 of six.
    assert counts[Link.TOLD] == (2, 6)
    assert counts[Link.CONNECTED] == (1, 6)
    # Stop, begin, change and behaviour: two of the four done before the first ask of 2 June.
    assert counts[Link.LED] == (2, 4)
    assert next(each for each in found.links if each.link is Link.TOLD).target == 0.9


def test_an_ended_priority_is_followed_no_more(lead: Viewer) -> None:
    number = declare(lead)
    strategy.end(viewer=lead, at=AT, priority_id=number, seen_version=1, ended_on=date(2026, 4, 1))
    publish.publish(at=AT)
    assert chain().priority == ""


def test_each_publication_counts_what_conditions_select(lead: Viewer) -> None:
    number = declare(lead)
    doubtful = replace(
        WHOLE,
        scope=predicate("stage", "eq", "Nowhere"),
        eligibility=predicate("stage", "gt", "A"),
        behaviour="",
    )
    other = declare(lead, doubtful)
    assert len(reading.uncounted(lead, priority_id=number)) == 3
    publish.publish(at=AT)
    seen = {each.code: each for each in reading.one(lead, priority_id=number).conditions}
    told = {code: each.count for code, each in seen.items()}
    assert told == {
        "scope": "60 of 60 opportunities match. All match: the conditions leave nothing out.",
        "eligibility": "20 of 60 opportunities match.",
        "behaviour": "10 of 20 opportunities match.",
    }
    nothing, wrong = reading.one(lead, priority_id=other).conditions
    expected = "0 of 60 opportunities match. Nothing matches: check each condition."
    assert (nothing.count, nothing.is_doubtful) == (expected, True)
    assert wrong.count.startswith("Found gt on opportunity.stage (text) in condition 1")


def test_the_worker_counts_and_follows_what_was_asked_for(lead: Viewer) -> None:
    number = declare(lead)
    wanted = reading.uncounted(lead, priority_id=number)
    asked = following.ask_counts(viewer=lead, at=AT, uncounted=wanted)
    again = following.ask_counts(viewer=lead, at=AT, uncounted=wanted)
    # Asked for twice, each is counted once.
    assert [each.is_new for each in (*asked, *again)] == [True] * 3 + [False] * 3
    worker.work(once=True)
    assert reading.uncounted(lead, priority_id=number) == ()
    assert chain().priority == ""
    following.ask_following(viewer=lead, at=AT)
    worker.work(once=True)
    assert chain().priority == number


def test_one_count_can_be_had_before_the_next_publication(lead: Viewer) -> None:
    number = declare(lead)
    for text, within in reading.uncounted(lead, priority_id=number):
        publish.count(viewer=lead, at=AT, text=text, within=within)
    assert reading.uncounted(lead, priority_id=number) == ()
    [_scope, eligibility, _behaviour] = reading.one(lead, priority_id=number).conditions
    assert eligibility.count == "20 of 60 opportunities match."


def test_conditions_are_offered_on_what_is_loaded_and_with_few_values(lead: Viewer) -> None:
    offered = {(each.table, each.column): each for each in reading.columns(lead)}
    assert offered["opportunity", "stage"].choices == ("Lost", "Won")
    assert offered["opportunity", "owner_id"].choices == ()
    assert ("opportunity", "name") not in offered
    assert not [table for table, _column in offered if table == "activity"]


def test_promises_and_predictions_become_rows_too(lead: Viewer) -> None:
    number = declare(lead)
    wanted = commitments.Wanted(
        owner="max",
        text="Agree six cards",
        seen_by="Cards",
        due_on=date(2026, 7, 9),
        priority=number,
    )
    made = commitments.make(viewer=lead, at=AT, wanted=wanted)
    commitment_course.keep(viewer=lead, at=AT, commitment_id=made.commitment_id, seen_version=1)
    sealed = {"person_id": "max", "priority": number, "group": "seller@max"}
    for share, day in ((0.5, 1), (0.7, 2)):
        Prediction.objects.create(
            **sealed,
            link="told",
            share=share,
            low=0.4,
            high=0.9,
            quarter_on=date(2026, 3 * day - 2, 1),
            sealed_at=AT + timedelta(days=day),
        )
    Prediction.objects.create(**sealed, quarter_on=date(2026, 7, 1), sealed_at=AT)
    rows = declared.rows()
    [promised], [event] = rows["meant/commitment"], rows["meant/commitment_event"]
    assert (promised["subject_kind"], promised["subject_id"]) == ("priority", number)
    assert event == {
        "commitment_id": promised["commitment_id"],
        "occurred_on": AT.date(),
        "kind": "done",
    }
    [belief] = rows["said/belief"]
    assert (belief["link"], belief["point_share"]) == ("told", 0.7)
    assert Commitment.objects.count() == 1
    # Every row fits its table.
    assert facts.memory.of(rows).has("said/belief")


def test_a_version_of_the_plan_holds_until_the_day_of_the_next(lead: Viewer) -> None:
    for number, day in enumerate((0, 0, 3)):
        strategy.write_plan(
            viewer=lead,
            at=AT + timedelta(days=day),
            seen_version=number,
            plan=Plan(name=f"Plan {number}", owner_id="max"),
        )
    rows = declared.rows()["meant/plan"]
    held = [(row["name"], row["valid_from"], row["valid_to"]) for row in rows]
    then = date(2026, 7, 2)
    assert held == [("Plan 1", AT.date(), then), ("Plan 2", then, None)]


def test_what_was_loaded_stays_beside_what_was_entered() -> None:
    loaded = facts.memory.of(
        {"meant/priority": [{"priority_id": "p1", "kind": "skill", "declared_on": "2026-01-01"}]}
    )
    ours = {"priority_id": "p2", "kind": "value", "declared_on": date(2026, 2, 1)}
    again = {"priority_id": "p1", "kind": "other", "declared_on": date(2026, 3, 1)}
    both = facts.memory.beside(loaded, {"meant/priority": [ours, again]})
    rows = facts.collect(both.columns("meant/priority")).records()
    assert {row["priority_id"]: row["kind"] for row in rows} == {"p1": "other", "p2": "value"}
    assert len(facts.collect(loaded.columns("meant/priority"))) == 1


def test_what_is_gone_of_the_loaded_stays_away_and_what_is_entered_takes_its_place() -> None:
    targets = [
        {"priority_id": one, "link": link, "measure": "share", "from_days": 0, "target_share": 0.5}
        for one, link in (("p1", "told"), ("p1", "led"), ("p2", "told"))
    ]
    loaded = facts.memory.of({"meant/priority_target": targets})
    gone = {"meant/priority_target": {"p1"}, "meant/sheet_item": {"p1"}}

    def held(*entered: dict[str, object]) -> set[tuple[object, ...]]:
        both = facts.memory.beside(loaded, {"meant/priority_target": entered}, gone=gone)
        assert not both.has("meant/sheet_item")
        rows = facts.collect(both.columns("meant/priority_target")).records()
        return {(row["priority_id"], row["link"], row["target_share"]) for row in rows}

    assert held() == {("p2", "told", 0.5)}
    anew = {**targets[0], "target_share": 0.9}
    assert held(anew) == {("p1", "told", 0.9), ("p2", "told", 0.5)}
