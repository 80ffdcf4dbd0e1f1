"""Pairs: who is proposed, who agrees, what the two write, and that nobody else reads it."""

from datetime import date, timedelta

import pytest
from tests import cast

from headway.actions import pairs
from headway.actions.action import NotAllowedError
from headway.actions.pairs import MeetingError, PairError, SettledPairError, SkillError
from headway.queries import pairs as reading
from headway.queries.access import NotSeenError
from headway.records.models import Pair, PeerMeeting, Person, Skill, SkillSaid
from headway.terms.own_time import Side

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
LATER = cast.NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def skill(name: str = "Discovery") -> int:
    return pairs.keep_skill(viewer=cast.viewer("max"), at=cast.NOW, name=name).number


def say(name: str, side: Side, *, skill_id: int | None = None, words: str = "") -> int:
    viewer = cast.viewer(name)
    said = pairs.say(viewer=viewer, at=cast.NOW, side=side, skill_id=skill_id, words=words)
    return said.number


def ask(name: str, partner: str, *, weeks: int = 3, first_on: date = TODAY) -> int:
    return pairs.ask(
        viewer=cast.viewer(name),
        at=cast.NOW,
        partner=partner,
        about="Discovery",
        first_on=first_on,
        weeks=weeks,
    ).number


def agreed(asker: str = "sam", partner: str = "sue") -> int:
    say(partner, Side.TEACH, words="Discovery")
    number = ask(asker, partner)
    pairs.agree(viewer=cast.viewer(partner), at=cast.NOW, pair_id=number)
    return number


def note(name: str, meeting: int, **more: str) -> None:
    said = {"worked": "", "stuck": "", "advice": "", **more}
    viewer = cast.viewer(name)
    pairs.note(viewer=viewer, at=cast.NOW, meeting_id=meeting, met_on=TODAY, **said)


def page(name: str) -> reading.PairsPage:
    return reading.page(cast.viewer(name), today=TODAY)


def test_only_what_is_offered_is_listed_and_wishes_are_nobody_elses() -> None:
    number = skill()
    say("sue", Side.TEACH, skill_id=number)
    say("stan", Side.TEACH, words="Tenders")
    say("sam", Side.LEARN, skill_id=number)
    for name in cast.ROLES:
        told = {each.skill: each.people for each in page(name).teachers}
        assert told == {"Discovery": (("sue", "Sue"),), "Tenders": (("stan", "Stan"),)}
        assert [each.name for each in page(name).learn] == (["Discovery"] if name == "sam" else [])


def test_who_teaches_what_one_wants_to_learn_is_proposed() -> None:
    number = skill()
    say("sue", Side.TEACH, skill_id=number)
    say("stan", Side.TEACH, words="Tenders")
    # Without a wish, everybody who offers.
    assert [each.name for each in page("sam").proposed] == ["Stan", "Sue"]
    say("sam", Side.LEARN, skill_id=number)
    [found] = page("sam").proposed
    assert (found.name, found.teaches, found.why) == (
        "Sue",
        "Discovery",
        "Teaches what you want to learn. The two of you have not met as a pair.",
    )


def test_own_words_match_without_capitals() -> None:
    say("sue", Side.TEACH, words="Tenders")
    say("sam", Side.LEARN, words="tenders")
    assert [each.name for each in page("sam").proposed] == ["Sue"]


def test_whom_one_met_less_often_comes_first_then_who_is_clearly_longer_here() -> None:
    Person.objects.filter(id="sam").update(hired_on=date(2026, 1, 1))
    Person.objects.filter(id="stan").update(hired_on=date(2015, 1, 1))
    Person.objects.filter(id="max").update(hired_on=date(2025, 1, 1))
    for name in ("max", "stan", "sue"):
        say(name, Side.TEACH, words="Tenders")
    assert [each.name for each in page("sam").proposed] == ["Stan", "Max", "Sue"]
    apart = "One of you has been here longer by two years or more."
    assert [each.why.endswith(apart) for each in page("sam").proposed] == [True, False, False]
    PeerMeeting.objects.create(
        person_id="stan", partner_id="sam", planned_on=TODAY, met_on=TODAY, is_brought=True
    )
    assert [each.name for each in page("sam").proposed] == ["Max", "Sue", "Stan"]
    ask("sam", "max")
    assert [each.name for each in page("sam").proposed] == ["Sue", "Stan"]


def test_a_pair_begins_when_both_agree_and_its_meetings_are_planned() -> None:
    say("sue", Side.TEACH, words="Discovery")
    number = ask("sam", "sue")
    assert not PeerMeeting.objects.exists()
    with pytest.raises(NotAllowedError):
        pairs.agree(viewer=cast.viewer("sam"), at=cast.NOW, pair_id=number)
    pairs.agree(viewer=cast.viewer("sue"), at=cast.NOW, pair_id=number)
    days = list(PeerMeeting.objects.order_by("planned_on").values_list("planned_on", flat=True))
    assert days == [TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=14)]
    with pytest.raises(SettledPairError):
        pairs.agree(viewer=cast.viewer("sue"), at=cast.NOW, pair_id=number)


def test_agreed_late_it_begins_on_the_day_it_was_agreed() -> None:
    say("sue", Side.TEACH, words="Discovery")
    number = ask("sam", "sue", weeks=1)
    pairs.agree(viewer=cast.viewer("sue"), at=LATER, pair_id=number)
    assert PeerMeeting.objects.get().planned_on == LATER.date()


def test_declined_it_is_over_and_can_be_asked_again() -> None:
    say("sue", Side.TEACH, words="Discovery")
    first = ask("sam", "sue")
    pairs.decline(viewer=cast.viewer("sue"), at=cast.NOW, pair_id=first)
    assert page("sam").pairs == ()
    assert ask("sam", "sue") != first


def test_what_is_no_pair_is_refused() -> None:
    with pytest.raises(PairError, match="offer nothing"):
        ask("sam", "sue")
    say("sue", Side.TEACH, words="Discovery")
    say("sam", Side.TEACH, words="Tenders")
    with pytest.raises(PairError, match="offer nothing"):
        ask("sam", "sam")
    with pytest.raises(PairError, match="13 meetings"):
        ask("sam", "sue", weeks=13)
    with pytest.raises(PairError, match="first day"):
        ask("sam", "sue", first_on=TODAY - timedelta(days=1))
    ask("sam", "sue")
    with pytest.raises(PairError, match="are a pair"):
        ask("sue", "sam")
    assert Pair.objects.count() == 1


def test_the_two_write_and_say_later_whether_advice_was_used() -> None:
    number = agreed()
    meeting = PeerMeeting.objects.order_by("planned_on").first().pk
    note("sam", meeting, worked="Asked why", stuck="The buyer is silent")
    with pytest.raises(MeetingError, match="no advice"):
        pairs.use(viewer=cast.viewer("sam"), at=cast.NOW, meeting_id=meeting, is_used=True)
    note("sue", meeting, advice="Call the user")
    pairs.use(viewer=cast.viewer("sam"), at=cast.NOW, meeting_id=meeting, is_used=True)
    for name in ("sam", "sue"):
        seen = reading.one(cast.viewer(name), pair_id=number, today=TODAY)
        told = [(each.by, each.worked, each.stuck, each.advice) for each in seen.meetings[0].notes]
        assert told == [
            ("Sam", "Asked why", "The buyer is silent", ""),
            ("Sue", "", "", "Call the user"),
        ]
    assert page("sam").tally == reading.Tally(planned=1, met=1, given=1, used=1, partners=1)
    assert page("sam").finding == "You met 1 of 1 times, and 1 of 1 pieces of advice were used."


@pytest.mark.parametrize("name", ["eve", "mona", "max", "olaf", "stan", "opal"])
def test_nobody_but_the_two_sees_a_pair(name: str) -> None:
    number = agreed()
    meeting = PeerMeeting.objects.order_by("planned_on").first().pk
    note("sam", meeting, stuck="The buyer is silent")
    with pytest.raises(NotSeenError):
        reading.one(cast.viewer(name), pair_id=number, today=TODAY)
    with pytest.raises(NotSeenError):
        reading.pair_of(cast.viewer(name), meeting_id=meeting)
    seen = page(name)
    assert (seen.pairs, seen.brought, seen.months, seen.tally.planned) == ((), (), (), 0)
    with pytest.raises(NotAllowedError):
        note(name, meeting, worked="Mine")
    for change in (pairs.end, pairs.decline, pairs.agree):
        with pytest.raises(NotAllowedError):
            change(viewer=cast.viewer(name), at=cast.NOW, pair_id=number)


def test_ended_meetings_to_come_go_and_what_was_written_stays() -> None:
    number = agreed()
    meeting = PeerMeeting.objects.order_by("planned_on").first().pk
    note("sam", meeting, worked="Asked why")
    pairs.end(viewer=cast.viewer("sue"), at=cast.NOW, pair_id=number)
    seen = reading.one(cast.viewer("sam"), pair_id=number, today=TODAY)
    assert [each.meeting_id for each in seen.meetings] == [meeting]
    assert (seen.line.state, seen.may_end) == ("over", False)


def test_a_meeting_that_came_with_a_load_is_read_only() -> None:
    brought = PeerMeeting.objects.create(
        person_id="sam",
        partner_id="sue",
        planned_on=TODAY,
        met_on=TODAY,
        is_brought=True,
        advice_given_count=3,
        advice_used_count=2,
    )
    [line] = page("sue").brought
    assert (line.other, line.advice) == ("Sam", "2 of 3")
    with pytest.raises(NotAllowedError):
        note("sam", brought.pk, worked="Asked why")


def test_what_is_said_twice_stands_once_and_only_its_owner_takes_it_back() -> None:
    number = skill()
    assert say("sue", Side.TEACH, skill_id=number) == say("sue", Side.TEACH, skill_id=number)
    assert say("sue", Side.TEACH, words="Tenders") == say("sue", Side.TEACH, words="tenders")
    said = SkillSaid.objects.get(words="Tenders").pk
    with pytest.raises(NotAllowedError):
        pairs.unsay(viewer=cast.viewer("max"), at=cast.NOW, said_id=said)
    pairs.unsay(viewer=cast.viewer("sue"), at=cast.NOW, said_id=said)
    assert [each.name for each in page("sue").teach] == ["Discovery"]


def test_leaders_keep_the_list_of_skills_and_what_is_retired_is_offered_no_more() -> None:
    number = skill()
    assert skill("discovery") == number
    with pytest.raises(NotAllowedError):
        pairs.keep_skill(viewer=cast.viewer("sam"), at=cast.NOW, name="Mine")
    pairs.retire_skill(viewer=cast.viewer("olaf"), at=cast.NOW, skill_id=number)
    assert page("sam").skills == ()
    with pytest.raises(SkillError, match="no skill"):
        say("sam", Side.TEACH, skill_id=number)
    assert skill() == number
    assert Skill.objects.get().is_retired is False


def test_a_day_to_come_and_a_text_too_long_are_refused() -> None:
    agreed()
    meeting = PeerMeeting.objects.order_by("planned_on").first().pk
    sam, tomorrow = cast.viewer("sam"), TODAY + timedelta(days=1)
    texts = {"worked": "", "stuck": "", "advice": ""}
    with pytest.raises(MeetingError, match="today is"):
        pairs.note(viewer=sam, at=cast.NOW, meeting_id=meeting, met_on=tomorrow, **texts)
    with pytest.raises(MeetingError, match="1001 characters"):
        note("sam", meeting, worked="x" * 1001)


def test_the_page_costs_the_same_with_one_pair_and_with_three(django_assert_num_queries) -> None:
    agreed("sam", "sue")
    viewer = cast.viewer("sam")
    with django_assert_num_queries(11):
        reading.page(viewer, today=TODAY)
    agreed("sam", "stan")
    agreed("sam", "max")
    with django_assert_num_queries(11):
        reading.page(viewer, today=TODAY)
