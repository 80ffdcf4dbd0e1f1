"""Cards against a plain model of their rules: own and shared ones, through random events."""

import os
import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from tests import cast
from tests.actions.test_cards import WITH, items
from tests.actions.test_strategy import declare

from headway.actions import cards
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.cards import IncompleteCardError, OwnFirstError
from headway.records.models import Card
from headway.terms.declared import CardField, CardItem

RUNS, STEPS = int(os.environ.get("HEADWAY_RUNS", "100")), 50
WHO = ("max", "sam", "sue", "mona")
REFUSED = {
    NotAllowedError: "not allowed",
    StaleVersionError: "stale",
    IncompleteCardError: "incomplete",
    OwnFirstError: "own first",
}
# A whole card, one that lacks something, and other words that are whole too; own, then with sam.
OTHER = (*WITH, CardItem(field=CardField.STOP, text="And this too"))
OWN = {"whole": items(), "lacking": items()[:3], "other": (*items(), items()[1])}
BOTH = {"whole": WITH, "lacking": WITH[:4], "other": OTHER}
WHOLE = {"whole", "other"}


@dataclass
class Paper:
    """One card: what it says, its version (0 = not written), and who has agreed."""

    says: str = ""
    version: int = 0
    agreed: set[str] = field(default_factory=set)


@dataclass
class Model:
    """Max's own card and his card with sam, by the rules alone: no row, no query."""

    own: Paper = field(default_factory=Paper)
    both: Paper = field(default_factory=Paper)

    def write(self, who: str, *, is_own: bool, says: str, seen: int) -> str:
        paper = self.own if is_own else self.both
        if who not in ({"max"} if is_own else {"max", "sam"}):
            return "not allowed"
        if not is_own and self.own.says not in WHOLE:
            return "own first"
        if seen != paper.version:
            return "stale"
        if says != paper.says:
            paper.agreed = set()
        paper.says, paper.version = says, paper.version + 1
        return "done"

    def agree(self, who: str, *, is_own: bool, seen: int) -> str:
        paper = self.own if is_own else self.both
        if not paper.version or who not in ({"max"} if is_own else {"max", "sam"}):
            return "not allowed"
        if seen != paper.version:
            return "stale"
        if is_own:
            return "not allowed"
        if paper.says not in WHOLE:
            return "incomplete"
        if self.own.says not in WHOLE:
            return "own first"
        paper.agreed.add(who)
        paper.version += 1
        return "done"

    def withdraw(self, who: str, *, is_own: bool, seen: int) -> str:
        paper = self.own if is_own else self.both
        if not paper.version or who not in ({"max"} if is_own else {"max", "sam"}):
            return "not allowed"
        if seen != paper.version:
            return "stale"
        if is_own:
            self.own = Paper()
        else:
            self.both = Paper()
        return "done"


def held(priority: str, *, is_own: bool) -> Card | None:
    person = None if is_own else "sam"
    return Card.objects.filter(
        author_id="max", person_id=person, priority=priority, withdrawn_on=None
    ).first()


def read(priority: str, *, is_own: bool) -> Paper:
    card = held(priority, is_own=is_own)
    if card is None:
        return Paper()
    said = {len(each): name for name, each in (OWN if is_own else BOTH).items()}
    days = {"max": card.author_agreed_on, "sam": card.person_agreed_on}
    agreed = {who for who, on in days.items() if on}
    return Paper(says=said[len(card.items)], version=card.version, agreed=agreed)


def happen(verb: str, who: str, priority: str, *, is_own: bool, says: str, seen: int) -> str:
    viewer = cast.viewer(who)
    try:
        if verb == "write":
            cards.save(
                viewer=viewer,
                at=cast.NOW,
                author="max",
                person=None if is_own else "sam",
                priority=priority,
                items=(OWN if is_own else BOTH)[says],
                seen_version=seen,
            )
            return "done"
        card = held(priority, is_own=is_own)
        act = cards.agree if verb == "agree" else cards.withdraw
        act(viewer=viewer, at=cast.NOW, card_id=card.pk if card else 0, seen_version=seen)
    except tuple(REFUSED) as refusal:
        return REFUSED[type(refusal)]
    return "done"


def life(draw: random.Random, priority: str, *, tally: Counter[str]) -> None:
    model = Model()
    for _ in range(STEPS):
        verb = draw.choices(("write", "agree", "withdraw"), (6, 4, 1))[0]
        who, is_own = draw.choices(WHO, (6, 4, 1, 1))[0], draw.random() < 0.4
        says = draw.choices(("whole", "lacking", "other"), (4, 1, 2))[0]
        paper = model.own if is_own else model.both
        seen = paper.version - (draw.random() < 0.1)
        asked = {"is_own": is_own, "seen": seen} | ({"says": says} if verb == "write" else {})
        expected = getattr(model, verb)(who, **asked)
        told = happen(verb, who, priority, is_own=is_own, says=says, seen=seen)
        assert told == expected, (verb, who, is_own, says, seen, model)
        for each in (True, False):
            assert read(priority, is_own=each) == (model.own if each else model.both), model
        tally[f"{verb}: {told}"] += 1


@pytest.mark.slow
@pytest.mark.django_db
def test_cards_are_what_the_model_says_after_every_event() -> None:
    cast.enter()
    draw, tally = random.Random(5), Counter[str]()
    for _ in range(RUNS):
        life(draw, declare(), tally=tally)
    assert tally.total() == RUNS * STEPS
    # Everything that can happen did, and was refused for each of its reasons.
    assert {each.split(": ")[1] for each in tally} == {"done", *REFUSED.values()}
    assert all(tally[f"{verb}: done"] > RUNS for verb in ("write", "agree", "withdraw")), tally
