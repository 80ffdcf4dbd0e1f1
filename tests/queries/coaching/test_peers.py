"""Who could help whom: read by the person and by who leads both; named to a peer once offered."""

from collections.abc import Collection

import pytest
from tests import cast
from tests.actions.test_coaching import TODAY, plan, seen
from tests.actions.test_coaching_plans import begin
from tests.actions.test_strategy import declare
from tests.interfaces.web.results_world import signed_in

from headway.actions import coached, pairs
from headway.actions.action import NotAllowedError
from headway.actions.direction import UnknownPriorityError
from headway.queries import pairs as pairs_page
from headway.queries.coaching import peers
from headway.records.models import Person, ReportingLine, SkillSaid
from headway.terms.own_time import Side
from headway.terms.peers import Peers
from headway.terms.strategy import StrategyFindings

pytestmark = pytest.mark.django_db

OFFERED = "Their recorded work shows it clearly more often, and they offer to teach it."


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def publish(priority: str, *, peers: Collection[str] = ("stan", "sue"), is_first: bool = True):
    """Sue and Stan could help Sam; Sue reports to Max, Stan to somebody else."""
    of_sam = Peers(
        person="sam", priority=priority, peers=tuple(peers), is_ahead=False, is_first=is_first
    )
    ahead = [
        Peers(person=each, priority=priority, peers=(), is_ahead=True, is_first=False)
        for each in peers
    ]
    found = StrategyFindings(peers=(of_sam, *ahead))
    coached.keep(found, publication_id=cast.publication().pk, at=cast.NOW)


def named(who: str, *, priority: str = "") -> list[tuple[str, bool]]:
    found = peers.of_two(cast.viewer(who), coach_id="max", person_id="sam", priority=priority)
    return [(each.name, each.is_offered) for each in found]


def offer(who: str, priority: str) -> None:
    pairs.offer(viewer=cast.viewer(who), at=cast.NOW, priority=priority)


def hired(*names: str) -> None:
    """Further people who report to Max."""
    for name in names:
        Person.objects.create(id=name, name=name.title())
        ReportingLine.objects.create(
            person_id=name, manager_id="max", role="seller", valid_from=TODAY
        )


def test_a_coach_reads_of_their_own_people_and_the_person_of_those_who_offered() -> None:
    priority = declare()
    publish(priority)
    nobody: dict[str, list[tuple[str, bool]]] = {who: [] for who in cast.ROLES}
    # Eve leads Stan too. Sam is told of nobody who has not offered.
    not_yet = {"max": [("Sue", False)], "mona": [("Sue", False)]}
    of_eve = [("Stan", False), ("Sue", False)]
    assert {who: named(who) for who in cast.ROLES} == {**nobody, **not_yet, "eve": of_eve}
    offer("sue", priority)
    told = [("Sue", True)]
    assert {who: named(who) for who in cast.ROLES} == {
        **nobody,
        **dict.fromkeys(("max", "mona", "sam"), told),
        "eve": [("Stan", False), ("Sue", True)],
    }
    # From anywhere, once offered: everybody reads offers.
    offer("stan", priority)
    assert named("sam") == [("Stan", True), ("Sue", True)]
    assert named("max") == told


def test_the_agenda_names_them_in_words_and_without_a_figure() -> None:
    priority = declare()
    publish(priority)
    session = plan()
    ask_first = (
        "Sue could help with Sell the new line. Their recorded work shows it clearly more often. "
        "Ask them first: they have not offered it."
    )
    assert [each.text for each in seen("max", session).agenda] == [ask_first]
    assert seen("sam", session).agenda == ()
    offer("sue", priority)
    [of_coach], [of_person] = seen("max", session).agenda, seen("sam", session).agenda
    assert of_coach == of_person
    assert of_person.text == f"Sue could help with Sell the new line. {OFFERED}"
    assert of_person.whose == "Colleague"


def test_at_most_three_are_named_by_name_whoever_offered_first() -> None:
    priority = declare()
    hired("zoe", "ada", "bob", "cleo")
    publish(priority, peers=("zoe", "cleo", "bob", "ada", "sue"))
    # The first three in the order that was drawn.
    assert named("max") == [("Bob", False), ("Cleo", False), ("Zoe", False)]
    offer("sue", priority)
    assert named("max") == [("Cleo", False), ("Sue", True), ("Zoe", False)]


def test_what_was_agreed_on_comes_before_what_is_weakest() -> None:
    weakest, agreed = declare(), declare()
    hired("ada")
    found = [
        Peers(person="sam", priority=weakest, peers=("sue",), is_ahead=False, is_first=True),
        Peers(person="sam", priority=agreed, peers=("ada",), is_ahead=False, is_first=False),
    ]
    coached.keep(
        StrategyFindings(peers=tuple(found)), publication_id=cast.publication().pk, at=cast.NOW
    )
    assert named("max") == [("Sue", False)]
    assert named("max", priority=agreed) == [("Ada", False)]
    begin(priority=agreed)
    assert named("max") == [("Ada", False)]
    # What the session itself is about comes before both.
    assert named("max", priority=weakest) == [("Sue", False)]


def test_who_left_or_no_longer_reports_to_the_coach_is_not_named() -> None:
    publish(declare())
    Person.objects.filter(id="sue").update(is_active=False)
    assert named("max") == []
    Person.objects.filter(id="sue").update(is_active=True)
    ReportingLine.objects.filter(person_id="sam").update(manager_id="olaf")
    # Sam is no longer Max's to read about.
    assert named("max") == []


def test_whoever_could_help_reads_it_first_and_alone_until_they_offer() -> None:
    priority = declare()
    publish(priority)

    def page(who: str) -> pairs_page.PairsPage:
        return pairs_page.page(cast.viewer(who), today=TODAY)

    assert [each.priority for each in page("sue").to_offer] == ["Sell the new line"]
    assert {who for who in cast.ROLES if page(who).to_offer} == {"sue", "stan"}
    assert page("sam").helping == ()
    offer("sue", priority)
    assert page("sue").to_offer == ()
    assert [(each.name, each.why) for each in page("sam").helping] == [("Sue", OFFERED)]
    assert {who for who in cast.ROLES if page(who).helping} == {"sam"}
    # Taken back, and nobody is named any more.
    said = SkillSaid.objects.get(side=Side.TEACH)
    pairs.unsay(viewer=cast.viewer("sue"), at=cast.NOW, said_id=said.pk)
    assert page("sam").helping == ()


def test_an_offer_stands_once_of_a_priority_there_is_by_somebody_of_the_organisation() -> None:
    priority = declare()
    offer("sue", priority)
    offer("sue", priority)
    assert SkillSaid.objects.get().words == "Sell the new line"
    with pytest.raises(UnknownPriorityError):
        offer("sue", "nothing")
    with pytest.raises(NotAllowedError):
        offer("opal", priority)


def test_the_page_offers_with_one_press_and_proposes_without_a_figure() -> None:
    priority = declare()
    publish(priority)
    sue, sam = signed_in("sue"), signed_in("sam")
    assert "Who could help you" not in sam.get("/coaching/pairs/").content.decode()
    assert "You could teach" in sue.get("/coaching/pairs/").content.decode()
    assert sue.post("/coaching/pairs/offer/", {"priority": priority}).status_code == 302
    page = sam.get("/coaching/pairs/").content.decode()
    assert "Who could help you" in page
    assert "Sell the new line" in page
