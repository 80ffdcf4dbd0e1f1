"""Cards: leaders first, agreed by both, and read by those they concern."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.actions.test_strategy import declare

from headway.actions import cards
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.cards import (
    CardFieldError,
    CardHoursError,
    CardItemError,
    IncompleteCardError,
    OwnFirstError,
)
from headway.actions.direction import UnknownPriorityError
from headway.queries import cards as reading
from headway.queries.access import NotSeenError
from headway.records.models import Card
from headway.terms.declared import OWN_FIELDS, CardField, CardItem

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()


def items(fields=OWN_FIELDS) -> tuple[CardItem, ...]:
    return tuple(
        CardItem(
            field=field,
            text=f"About {field.value}",
            measure="Two a week" if field is CardField.BEHAVIOUR else "",
        )
        for field in fields
    )


WITH = items(tuple(CardField))


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def priority() -> str:
    return declare()


def save(by: str, author: str, person: str | None, priority: str, **more: object) -> int:
    made = {"items": items() if person is None else WITH, "seen_version": 0}
    done = cards.save(
        viewer=cast.viewer(by),
        at=cast.NOW,
        author=author,
        person=person,
        priority=priority,
        **{**made, **more},
    )
    return done.card_id


def agree(by: str, card: int, *, seen: int) -> None:
    cards.agree(viewer=cast.viewer(by), at=cast.NOW, card_id=card, seen_version=seen)


def seen(who: str, author: str, person: str | None, priority: str) -> reading.CardSeen:
    return reading.one(
        cast.viewer(who), author=author, person=person, priority=priority, today=TODAY
    )


def test_a_leader_fills_in_their_own_card_before_one_with_a_person(priority: str) -> None:
    with pytest.raises(OwnFirstError):
        save("max", "max", "sam", priority)
    save("max", "max", None, priority, items=items(OWN_FIELDS[:3]))
    with pytest.raises(OwnFirstError, match="behaviour, skill, measure"):
        save("max", "max", "sam", priority)
    save("max", "max", None, priority, seen_version=1)
    assert save("max", "max", "sam", priority)


def test_a_card_holds_once_both_have_agreed(priority: str) -> None:
    save("max", "max", None, priority)
    number = save("max", "max", "sam", priority)
    agree("max", number, seen=1)
    assert seen("sam", "max", "sam", priority).line.state == "waits for Sam"
    agree("sam", number, seen=2)
    assert seen("max", "max", "sam", priority).line.state == "agreed on Tue 30 Jun 2026"


def test_other_words_need_agreement_anew_and_a_first_day_does_not(priority: str) -> None:
    save("max", "max", None, priority)
    number = save("max", "max", "sam", priority)
    agree("max", number, seen=1)
    agree("sam", number, seen=2)
    done = tuple(replace(each, enacted_on=TODAY) for each in WITH)
    save("sam", "max", "sam", priority, items=done, seen_version=3)
    assert Card.objects.get(pk=number).person_agreed_on == TODAY
    other = (replace(done[0], text="Something else"), *done[1:])
    save("sam", "max", "sam", priority, items=other, seen_version=4)
    kept = Card.objects.get(pk=number)
    assert (kept.author_agreed_on, kept.person_agreed_on) == (None, None)


def test_a_card_without_a_stop_or_a_measure_cannot_be_agreed(priority: str) -> None:
    save("max", "max", None, priority)
    unmeasured = tuple(
        replace(each, measure="") for each in WITH if each.field is not CardField.STOP
    )
    number = save("max", "max", "sam", priority, items=unmeasured)
    with pytest.raises(IncompleteCardError, match="lacks: stop, behaviour"):
        agree("sam", number, seen=1)


@pytest.mark.parametrize(
    ("by", "author", "person"),
    [
        ("mona", "max", None),
        ("mona", "max", "sam"),
        ("olaf", "olaf", "sam"),
        ("sam", "sam", "max"),
        ("sue", "max", "sam"),
        ("opal", "max", "sam"),
        ("eve", "max", "sam"),
    ],
)
def test_nobody_writes_the_card_of_others(
    by: str, author: str, person: str | None, priority: str
) -> None:
    with pytest.raises(NotAllowedError):
        save(by, author, person, priority)
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"items": ()}, CardItemError),
        ({"items": (CardItem(field=CardField.STOP, text=" "),)}, CardItemError),
        ({"items": (CardItem(field=CardField.STOP, text="x" * 501),)}, CardItemError),
        ({"items": (CardItem(field=CardField.COACH, text="Ask me"),)}, CardFieldError),
        *(
            (
                {"items": (CardItem(field=CardField.STOP, text="x", released_hours=hours),)},
                CardHoursError,
            )
            for hours in (-0.5, 60.5, float("nan"))
        ),
        ({"seen_version": 3}, StaleVersionError),
        ({"priority": "none"}, UnknownPriorityError),
    ],
)
def test_what_cannot_be_is_refused(more: dict, error: type, priority: str) -> None:
    wanted = {"priority": priority, **more}
    with pytest.raises(error):
        save("max", "max", None, **wanted)
    assert not Card.objects.exists()


def test_a_card_is_read_by_both_and_by_those_who_lead_them(priority: str) -> None:
    save("max", "max", None, priority)
    save("max", "max", "sam", priority)
    for who in cast.ROLES:
        may_see = who in {"eve", "mona", "max", "sam"}
        if may_see:
            assert seen(who, "max", "sam", priority).card_id
        else:
            with pytest.raises(NotSeenError):
                seen(who, "max", "sam", priority)
    # The leader's own card is not for those they lead.
    with pytest.raises(NotSeenError):
        seen("sam", "max", None, priority)


def test_the_page_lists_what_is_still_to_begin(priority: str) -> None:
    save("max", "max", None, priority)
    save("max", "max", "sam", priority)
    found = reading.page(cast.viewer("max"), today=TODAY)
    assert [each.state for each in found.own] == ["complete"]
    expected = [("Sam", "waits for Max and Sam"), ("Sue", "not begun")]
    assert [(each.person, each.state) for each in found.of_my_people] == expected
    [of_max] = found.by_leader
    assert (of_max.author, of_max.lines) == ("Max", found.of_my_people)
    assert [each.author for each in reading.page(cast.viewer("sam"), today=TODAY).with_me] == [
        "Max"
    ]
    nothing = reading.page(cast.viewer("opal"), today=TODAY)
    assert (nothing.own, nothing.with_me, nothing.of_my_people) == ((), (), ())


def test_a_card_that_was_withdrawn_is_gone_and_can_be_begun_anew(priority: str) -> None:
    number = save("max", "max", None, priority)
    with pytest.raises(NotAllowedError):
        cards.withdraw(viewer=cast.viewer("mona"), at=cast.NOW, card_id=number, seen_version=1)
    cards.withdraw(viewer=cast.viewer("max"), at=cast.NOW, card_id=number, seen_version=1)
    assert Card.objects.get().withdrawn_on == date(2026, 6, 30)
    assert save("max", "max", None, priority) != number


def test_the_page_costs_the_same_however_many_cards_there_are(priority: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            reading.page(cast.viewer("mona"), today=TODAY)
        return len(asked)

    save("max", "max", None, priority)
    first = cost()
    save("max", "max", "sam", priority)
    save("max", "max", "sue", priority)
    save("sam", "sam", None, priority)
    assert cost() == first
