"""How lately skills were practised: each person their own, leaders those of their groups."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests import cast
from tests.actions.test_strategy import WHOLE, declare
from tests.interfaces.web.results_world import signed_in

from headway.actions import line, skill_currency
from headway.queries.access import NotSeenError
from headway.queries.coaching import skills
from headway.records.models import LeaderFinding
from headway.terms.skill_currency import (
    OwnSkill,
    OwnSkills,
    SkillCurrency,
    Skills,
    SkillSource,
    SkillState,
)
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

OPEN = cast.NOW + timedelta(days=8)
DAY = date(2026, 6, 29)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def skill(head: str, **more: object) -> SkillCurrency:
    made = SkillCurrency(
        group=f"seller@{head}",
        priority="p1",
        skill="",
        source=SkillSource.WORK,
        people=12,
        practised=2,
        idle=1,
        ever=6,
        last_on=DAY,
        half_days=120.0,
        low=0.05,
        high=0.4,
        state=SkillState.STALE,
    )
    return replace(made, **more)


def listed(head: str, **more: object) -> SkillCurrency:
    made = {"skill": "Discovery", "source": SkillSource.RECORDS, "last_on": None, "idle": None}
    return skill(head, **{**made, **more})


def publish(*groups: SkillCurrency, people: tuple[OwnSkills, ...] = ()) -> None:
    made = cast.publication()
    skill_currency.keep(
        Skills(groups=groups, people=people),
        publication_id=made.pk,
        as_of=made.as_of,
        at=cast.NOW,
    )


def seen(name: str, *, at: datetime = OPEN, head: str | None = None) -> dict[str, list[str]]:
    """The skills of each group that the viewer reads of."""
    page = skills.page(cast.viewer(name), at=at, head=head)
    return {each.head: [row.skill for row in each.rows] for each in page.groups}


NOBODY: dict[str, dict[str, list[str]]] = {name: {} for name in cast.ROLES}


def test_a_leader_reads_it_first_then_those_above_and_no_seller_or_stranger_ever() -> None:
    publish(skill("max"))
    assert {name: seen(name, at=cast.NOW) for name in cast.ROLES} == {
        **NOBODY,
        "max": {"max": ["p1"]},
    }
    assert {name: seen(name) for name in cast.ROLES} == {
        **NOBODY,
        "max": {"max": ["p1"]},
        "mona": {"max": ["p1"]},
    }
    # Eve looks from the top down.
    assert seen("eve", head="max") == {"max": ["p1"]}
    for name in ("olaf", "sam", "stan", "opal"):
        with pytest.raises(NotSeenError):
            skills.page(cast.viewer(name), at=OPEN, head="max")


def test_a_word_of_the_leader_opens_it() -> None:
    publish(skill("max"))
    first = skills.page(cast.viewer("max"), at=cast.NOW).first
    assert first is not None
    line.comment(viewer=cast.viewer("max"), at=cast.NOW, finding=first.finding, text="I see it")
    assert seen("mona", at=cast.NOW) == {"max": ["p1"]}
    assert LeaderFinding.objects.get().leader == "max"


def test_what_two_did_together_is_told_of_one_group_alone() -> None:
    publish(listed("eve"), listed("mona"), listed("max"), skill("mona"))
    # Were mona's row there for eve too, the difference would be of those outside of it.
    assert seen("eve") == {"eve": ["Discovery (p1)"], "mona": ["p1"]}
    assert seen("mona") == {"mona": ["Discovery (p1)", "p1"]}
    assert seen("max") == {"max": ["Discovery (p1)"]}
    system = skills.page(SYSTEM, at=OPEN)
    assert {each.head: len(each.rows) for each in system.groups} == {"eve": 1, "mona": 1}


def test_sessions_are_not_told_of_two_groups_that_differ_by_fewer_than_five() -> None:
    held = {"source": SkillSource.SESSIONS, "last_on": None, "idle": None}
    publish(skill("mona", people=12, **held), skill("max", people=10, **held))
    assert seen("mona") == {"mona": ["p1"]}
    assert seen("eve", head="mona") == {"mona": ["p1"]}
    # Max sees nobody but his own; what somebody sees of one group they do not see of both.
    assert seen("max") == {"max": ["p1"]}
    for name in ("mona", "eve"):
        with pytest.raises(NotSeenError):
            skills.page(cast.viewer(name), at=OPEN, head="max")


def test_a_row_says_how_many_since_when_and_what_tells_it() -> None:
    priority = declare(content=replace(WHOLE, name="Sell contracts"))
    publish(
        skill("max", priority=priority),
        skill("max", priority="p2", state=SkillState.CURRENT, idle=0, half_days=None),
        listed("max", priority="", ever=0, half_days=None, state=SkillState.UNCLEAR),
    )
    page = skills.page(cast.viewer("max"), at=OPEN)
    assert page.finding == "Sellers of Max: Sell contracts is stale."
    [group] = page.groups
    assert group.stale == ("Sell contracts",)
    named = {row.skill: row for row in group.rows}
    assert list(named) == ["Discovery", "p2", "Sell contracts"]
    stale = named["Sell contracts"]
    assert (stale.practised, stale.span, stale.state) == ("2 of 12", "5% to 40%", "stale")
    assert stale.since == (
        "last on Mon 29 Jun 2026; half of those who ever did: 120 days ago or longer"
    )
    assert stale.idle == "1 person had no work in which it could show"
    assert (named["p2"].idle, named["p2"].since) == ("", "last on Mon 29 Jun 2026")
    assert named["Discovery"].since == "never on record"


def of_sam() -> OwnSkills:
    work = {"priority": "p1", "skill": "", "source": SkillSource.WORK}
    return OwnSkills(
        person="sam",
        skills=(
            OwnSkill(**work, last_on=DAY),
            OwnSkill(**{**work, "priority": "p2"}, last_on=None, is_idle=True),
            OwnSkill(priority="", skill="Tenders", source=SkillSource.RECORDS, last_on=DAY),
        ),
    )


def test_everybody_reads_their_own_and_nobody_that_of_another() -> None:
    publish(people=(of_sam(),))
    own = skills.page(cast.viewer("sam"), at=cast.NOW).own
    assert [(each.skill, each.last) for each in own] == [
        ("p1", "Mon 29 Jun 2026"),
        ("p2", "never on record; no such work in the last 90 days"),
        ("Tenders", "Mon 29 Jun 2026"),
    ]
    for name in cast.ROLES.keys() - {"sam"}:
        assert skills.page(cast.viewer(name), at=OPEN).own == ()
    assert skills.page(SYSTEM, at=OPEN).own == ()


def test_the_page_shows_it_to_the_person_and_the_groups_to_their_leader() -> None:
    publish(skill("max"), people=(of_sam(),))
    sam = signed_in("sam").get("/coaching/skills/").content.decode()
    assert "When I last practised" in sam
    assert "Mon 29 Jun 2026" in sam
    assert "2 of 12" not in sam
    max_ = signed_in("max").get("/coaching/skills/").content.decode()
    assert "2 of 12" in max_
    assert "When I last practised" not in max_
    assert signed_in("olaf").get("/coaching/skills/?head=max").status_code == 404
    assert "Nothing is known of skills here yet." in (
        signed_in("stan").get("/coaching/skills/").content.decode()
    )
