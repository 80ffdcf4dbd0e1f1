"""What works: written down of one's own will, checked, used, changed, retired; nobody is ranked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import cast

from headway.actions import knowledge, pairs, strategy
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.direction import UnknownPriorityError
from headway.actions.knowledge import (
    CustomerNamedError,
    KnowledgeWanted,
    KnowledgeWordsError,
    SettledKnowledgeError,
)
from headway.queries import find, own_data
from headway.queries import knowledge as reading
from headway.queries.access import NotSeenError
from headway.queries.knowledge import Asked
from headway.records.models import AccountRow, KnowledgeItem, KnowledgeUse, OpportunityRow, Person
from headway.terms.declared import Priority, PriorityKind
from headway.terms.viewer import Viewer

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
TOMORROW = cast.NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def skill() -> int:
    return pairs.keep_skill(viewer=cast.viewer("max"), at=cast.NOW, name="Discovery").number


@pytest.fixture
def wanted(skill: int) -> KnowledgeWanted:
    return KnowledgeWanted(
        name="Ask for the standstill",
        helps_when="The buyer asks for a price by mail",
        steps=("Ask what an hour costs", "Send the sum back"),
        skill_id=skill,
    )


def write(name: str, wanted: KnowledgeWanted) -> int:
    return knowledge.write(viewer=cast.viewer(name), at=cast.NOW, wanted=wanted).item_id


def use(name: str, item: int, words: str = "", *, at=cast.NOW) -> int:
    return knowledge.use(viewer=cast.viewer(name), at=at, item_id=item, words=words).use_id


def check(name: str, item: int, *, version: int = 1) -> None:
    knowledge.check(viewer=cast.viewer(name), at=cast.NOW, item_id=item, seen_version=version)


def page(name: str, **asked) -> reading.KnowledgePage:
    return reading.page(cast.viewer(name), asked=Asked(**asked))


def leave(name: str) -> None:
    Person.objects.filter(id=name).update(is_active=False, left_on=TODAY)


def test_everybody_finds_it_by_words_skill_and_priority(
    skill: int, wanted: KnowledgeWanted
) -> None:
    content = Priority(kind=PriorityKind.PRODUCT, name="Sell contracts", owner_id="max")
    declared = strategy.declare(
        viewer=cast.viewer("eve"), at=cast.NOW, priority=content, declared_on=TODAY
    ).priority_id
    write("sam", wanted)
    write("stan", replace(wanted, name="Bring service", priority=declared, skill_id=None))
    for name in ("eve", "olaf", "sue"):
        assert [each.name for each in page(name).items] == [
            "Ask for the standstill",
            "Bring service",
        ]
    assert [each.by for each in page("sue", text="SUM standstill").items] == ["Sam"]
    assert [each.by for each in page("sue", text="contracts").items] == ["Stan"]
    assert [each.by for each in page("sue", skill_id=skill).items] == ["Sam"]
    assert [each.about for each in page("sue", priority=declared).items] == ["Sell contracts"]
    assert page("sue", text="tender").items == ()
    [found] = [
        each
        for each in find.found(cast.viewer("olaf"), text="standstill", today=TODAY)
        if each.kind == "knowledge"
    ]
    assert (found.name, found.hint) == (wanted.name, wanted.helps_when)


def test_what_says_nothing_or_too_much_is_refused(skill: int, wanted: KnowledgeWanted) -> None:
    for wrong in (
        replace(wanted, name=" "),
        replace(wanted, name="x" * 81),
        replace(wanted, helps_when=""),
        replace(wanted, steps=(" ",)),
        replace(wanted, steps=("x",) * 8),
        replace(wanted, steps=("x" * 201,)),
        replace(wanted, skill_id=None),
        replace(wanted, skill_id=skill + 1),
    ):
        with pytest.raises(KnowledgeWordsError):
            write("sam", wrong)
    with pytest.raises(UnknownPriorityError):
        write("sam", replace(wanted, priority="nothing"))
    with pytest.raises(NotAllowedError):
        write("opal", wanted)
    leave("sam")
    with pytest.raises(NotAllowedError):
        write("sam", wanted)
    assert not KnowledgeItem.objects.exists()


def test_no_customer_is_named_and_nobody_learns_of_one_by_it(wanted: KnowledgeWanted) -> None:
    AccountRow.objects.create(id="m", name="Mühle & Co. AG")
    AccountRow.objects.create(id="s", name="ask")
    OpportunityRow.objects.filter(owner_id="sam").update(account_id="m")
    named = replace(wanted, steps=("As at MUHLE & CO. AG: ask",))
    with pytest.raises(CustomerNamedError, match="Mühle"):
        write("sam", named)
    # A part of a word is no name, and neither is one as short as any word.
    write("sam", replace(wanted, steps=("Ask for the acmeist",)))
    # stan may not see the account: that there is one, nobody tells him.
    item = write("stan", named)
    with pytest.raises(CustomerNamedError):
        use("sam", item, "Worked at Mühle & Co. AG, twice")


def test_a_second_person_checks_the_words_as_they_are(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    with pytest.raises(SettledKnowledgeError):
        check("sam", item)
    check("sue", item)
    assert reading.one(cast.viewer("stan"), item_id=item).checked == "Sue, Tue 30 Jun 2026"
    with pytest.raises(SettledKnowledgeError):
        check("stan", item, version=2)
    sam = cast.viewer("sam")
    # To belong to something else changes no words; other steps do.
    belongs = replace(wanted, is_name_kept=False)
    knowledge.change(viewer=sam, at=cast.NOW, item_id=item, wanted=belongs, seen_version=2)
    assert reading.one(sam, item_id=item).checked
    other = replace(wanted, steps=("Ask twice",))
    knowledge.change(viewer=sam, at=cast.NOW, item_id=item, wanted=other, seen_version=3)
    seen = reading.one(sam, item_id=item)
    assert (seen.checked, seen.steps, seen.version) == ("", ("Ask twice",), 4)


def test_nobody_overwrites_what_they_have_not_seen(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    check("sue", item)
    sam = cast.viewer("sam")
    for act in (
        lambda: knowledge.change(
            viewer=sam, at=cast.NOW, item_id=item, wanted=wanted, seen_version=1
        ),
        lambda: knowledge.retire(viewer=sam, at=cast.NOW, item_id=item, seen_version=1),
        lambda: check("stan", item),
    ):
        with pytest.raises(StaleVersionError):
            act()
    for other in ("sue", "max", "eve"):
        viewer = cast.viewer(other)
        with pytest.raises(NotAllowedError):
            knowledge.change(
                viewer=viewer, at=cast.NOW, item_id=item, wanted=wanted, seen_version=2
            )
        with pytest.raises(NotAllowedError):
            knowledge.retire(viewer=viewer, at=cast.NOW, item_id=item, seen_version=2)


def test_others_see_a_count_and_the_author_alone_the_thanks(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    use("sue", item, "They named the sum themselves")
    use("sue", item, "They named the sum themselves, on the phone")
    use("stan", item)
    use("stan", item, at=TOMORROW)
    with pytest.raises(KnowledgeWordsError):
        use("sam", item)
    with pytest.raises(KnowledgeWordsError):
        use("sue", item, "x" * 201)
    [mine] = page("sam").mine
    assert mine.use_count == 3
    # stan wrote no sentence: that it was he, is not told.
    assert [(each.by, each.words) for each in mine.thanks] == [
        ("Sue", "They named the sum themselves, on the phone")
    ]
    assert page("sam").finding == "What you wrote down was used 3 times."
    for other in ("stan", "max", "mona", "eve"):
        seen = (page(other), reading.one(cast.viewer(other), item_id=item))
        assert "named the sum" not in repr(seen)
        assert seen[1].line.use_count == 3
    assert "named the sum" in repr(reading.one(cast.viewer("sue"), item_id=item).uses)


def test_what_one_said_can_be_taken_back_by_oneself(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    said = use("sue", item, "It worked")
    for other in ("sam", "stan", "eve"):
        with pytest.raises(NotAllowedError):
            knowledge.take_back(viewer=cast.viewer(other), at=cast.NOW, use_id=said)
    knowledge.take_back(viewer=cast.viewer("sue"), at=cast.NOW, use_id=said)
    assert not KnowledgeUse.objects.exists()


def test_what_is_retired_is_gone_and_the_thanks_stay(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    use("sue", item, "It worked")
    sam = cast.viewer("sam")
    knowledge.retire(viewer=sam, at=cast.NOW, item_id=item, seen_version=1)
    assert page("sue").items == ()
    with pytest.raises(NotSeenError):
        reading.one(sam, item_id=item)
    with pytest.raises(NotAllowedError):
        use("stan", item)
    assert not find.found(sam, text="standstill", today=TODAY)
    [mine] = page("sam").mine
    assert (mine.is_retired, len(mine.thanks)) == (True, 1)


def test_an_item_stays_when_its_author_leaves_with_the_name_or_without(
    wanted: KnowledgeWanted,
) -> None:
    named = write("sam", wanted)
    unnamed = write("sam", replace(wanted, name="Bring service", is_name_kept=False))
    check("sue", named)
    assert [each.by for each in page("stan").items] == ["Sam", "Sam"]
    leave("sam")
    leave("sue")
    assert [(each.name, each.by) for each in page("stan").items] == [
        ("Ask for the standstill", "Sam"),
        ("Bring service", ""),
    ]
    assert "Sue" not in reading.one(cast.viewer("stan"), item_id=named).checked
    use("stan", named, "Still works")
    # What is out of date a leader takes off the list, now that the author cannot.
    with pytest.raises(NotAllowedError):
        knowledge.retire(viewer=cast.viewer("stan"), at=cast.NOW, item_id=unnamed, seen_version=1)
    knowledge.retire(viewer=cast.viewer("olaf"), at=cast.NOW, item_id=unnamed, seen_version=1)
    assert [each.name for each in page("stan").items] == ["Ask for the standstill"]


def test_a_skill_off_the_list_stays_with_what_is_written_down(
    skill: int, wanted: KnowledgeWanted
) -> None:
    item = write("sam", wanted)
    pairs.retire_skill(viewer=cast.viewer("max"), at=cast.NOW, skill_id=skill)
    sam = cast.viewer("sam")
    knowledge.change(viewer=sam, at=cast.NOW, item_id=item, wanted=wanted, seen_version=1)
    assert reading.skills(sam) == ()
    assert reading.skills(sam, kept=skill) == ((skill, "Discovery"),)
    with pytest.raises(KnowledgeWordsError):
        write("sue", wanted)


def test_whoever_is_nobody_here_reads_and_says_nothing(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    nobody = Viewer(person_id=None, account_id=None, roles=cast.viewer("eve").roles)
    seen = reading.one(nobody, item_id=item)
    may = (seen.may_use, seen.may_check, seen.may_change, seen.may_retire)
    assert may == (False,) * 4
    with pytest.raises(NotAllowedError):
        knowledge.use(viewer=nobody, at=cast.NOW, item_id=item, words="")


def test_ones_own_data_holds_what_one_wrote_and_said(wanted: KnowledgeWanted) -> None:
    item = write("sam", wanted)
    use("sue", item, "It worked")
    for name, table in (("sam", "KnowledgeItem.json"), ("sue", "KnowledgeUse.json")):
        packed = own_data.archive(cast.viewer(name), at=cast.NOW)
        assert table.encode() in packed
