"""What came with a load, on the pages: read like the rest, by those who may see it."""

from datetime import date

import pytest
from tests import cast
from tests.actions.test_cards import WITH
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in

from headway.actions import brought
from headway.actions.brought import (
    Brought,
    CardFact,
    CommitmentFact,
    MessageFact,
    PlanFact,
    PriorityFact,
    ReceiptFact,
    WaveFact,
)
from headway.records.models import Card, Priority, Wave
from headway.terms.declared import Plan, PriorityKind
from headway.terms.declared import Priority as Content
from headway.terms.survey import Cell, Count
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
CELL = Cell(
    cell_id="c1",
    manager="max",
    role="other",
    is_remainder=False,
    teams=(("max", 6),),
    answered_count=5,
)
ALL = Brought(
    plan=PlanFact(
        fact_id="plan", plan=Plan(name="Growth", direction="Larger customers"), valid_from=DAY
    ),
    priorities=(
        PriorityFact(
            priority_id="large",
            content=Content(kind=PriorityKind.PRODUCT, name="Win the large ones", owner_id="max"),
            declared_on=DAY,
            ended_on=None,
        ),
    ),
    messages=(
        MessageFact(
            fact_id="m1",
            priority="large",
            sender_id="max",
            sent_at=cast.NOW,
            channel="email",
            is_ask=False,
            is_external=False,
            receipts=(ReceiptFact(person_id="sam", received_on=None, basis=""),),
        ),
    ),
    cards=(
        CardFact(
            fact_id="with-sam",
            author_id="max",
            person_id="sam",
            priority="large",
            items=WITH,
            written_on=DAY,
            agreed_on=DAY,
            withdrawn_on=None,
        ),
    ),
    commitments=(
        CommitmentFact(
            fact_id="visit",
            owner_id="sam",
            to_id="max",
            text="Visit two of them",
            made_on=DAY,
            due_on=DAY,
            first_due_on=DAY,
            cue="",
            priority="large",
            finding="",
            predicted_link="",
            predicted_share=None,
            predicted_range=None,
            state="open",
            settled_on=None,
            events=(),
        ),
    ),
    waves=(
        WaveFact(
            fact_id="spring",
            items=("RC1",),
            priorities=(),
            least=5,
            opened_on=DAY,
            closed_on=DAY,
            cells=(CELL,),
            counts=(Count(cell_id="c1", item="RC1", subject=None, value="4", answer_count=5),),
        ),
    ),
)
SEEN = {
    "/direction/": (
        "Larger customers",
        "Win the large ones",
        "came with a load",
        "Max → one person",
    ),
    "/direction/priorities/large/": ("Win the large ones", "came with a load"),
    "/direction/cards/": ("Win the large ones", "agreed on Mon 1 Jun 2026"),
    "/direction/cards/one/?author=max&person=sam&priority=large": ("Max agreed on Mon 1 Jun 2026",),
    "/commitments/": ("Visit two of them",),
}


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)
    brought.keep(viewer=SYSTEM, at=cast.NOW, brought=ALL)


@pytest.mark.parametrize("who", ["max", "sam"])
@pytest.mark.parametrize("path", SEEN)
def test_both_sides_read_it_on_every_page(who: str, path: str) -> None:
    reply = signed_in(who).get(path)
    assert reply.status_code == 200
    assert [text for text in SEEN[path] if text not in reply.content.decode()] == []


def test_a_stranger_reads_plan_and_priority_and_nothing_of_others() -> None:
    stan = signed_in("stan")
    text = stan.get("/direction/").content.decode()
    assert "Larger customers" in text
    assert "Max → one person" not in text
    assert stan.get("/direction/cards/one/?author=max&person=sam&priority=large").status_code == 404
    assert "Visit two of them" not in stan.get("/commitments/").content.decode()


def test_a_wave_is_read_by_who_leads_a_group_of_it_alone() -> None:
    address = f"/pulse/{Wave.objects.get(fact_id='spring').pk}/"
    assert "5 of 6 answered." in signed_in("max").get(address).content.decode()
    assert signed_in("olaf").get(address).status_code == 404
    assert signed_in("sam").get(address).status_code in (403, 404)


def test_who_changes_it_makes_it_their_own() -> None:
    said = {"seen_version": 1, "name": "Win two", "kind": "product", "owner_id": "max"}
    said["result_is_higher_better"] = "yes"
    reply = signed_in("max").post("/direction/priorities/large/change/", said)
    assert reply.status_code == 302
    assert not Priority.objects.get(id="large").is_brought
    brought.keep(viewer=SYSTEM, at=cast.NOW, brought=ALL)
    text = signed_in("sam").get("/direction/").content.decode()
    assert ("Win two" in text, "came with a load" in text) == (True, False)


def test_what_a_load_brings_no_more_is_gone() -> None:
    brought.keep(viewer=SYSTEM, at=cast.NOW, brought=Brought())
    assert (Card.objects.count(), Priority.objects.count()) == (0, 0)
    assert "Is there a plan?" in signed_in("eve").get("/direction/").content.decode()
