"""How lately skills were practised in groups and by each person, worked out by hand."""

from datetime import date

import pytest
from scipy.stats import beta
from tests import small_work
from tests.small_line import NORTH, SOUTH, Tables, of, people, session

from headway.findings import skill_currency
from headway.terms.policy import DEFAULT
from headway.terms.skill_currency import (
    OwnSkill,
    SkillCurrency,
    SkillPractised,
    Skills,
    SkillSource,
    SkillState,
)

JUNE, LONG_AGO = "2026-06-10", "2026-02-10"


def found(tables: Tables, *practised: SkillPractised) -> Skills:
    return skill_currency.found(of(tables), practised=practised, policy=DEFAULT)


def in_group(skills: Skills, head: str, *, skill: str = "") -> SkillCurrency | None:
    rows = [each for each in skills.groups if each.group == f"seller@{head}"]
    return next((each for each in rows if each.skill == skill), None)


def own(skills: Skills, person: str) -> tuple[OwnSkill, ...]:
    return {each.person: each.skills for each in skills.people}.get(person, ())


def test_of_recorded_work_the_people_of_the_last_90_days_are_counted() -> None:
    skills = found(
        small_work.worked(
            ("n1", JUNE, 3, 1),
            ("n2", "2026-06-30", 1, 1),
            # Eligible work without the behaviour; the behaviour longer ago; no such work at all.
            ("n3", JUNE, 5, 0),
            ("n4", LONG_AGO, 2, 2),
            ("n5", "2026-04-01", 1, 1),
            # Of another team.
            ("s1", JUNE, 1, 1),
        )
    )
    north = in_group(skills, "mia")
    assert north is not None
    assert (north.source, north.priority, north.skill) == (SkillSource.WORK, "p1", "")
    assert (north.practised, north.people, north.ever) == (2, 6, 4)
    # n4, n5 and n6 had no eligible work in these days: they could not have shown it.
    assert north.idle == 3
    assert north.last_on == date(2026, 6, 30)
    assert (north.low, north.high) == pytest.approx(tuple(beta.ppf([0.05, 0.95], 2.5, 4.5)))
    assert north.half_days is None
    whole = in_group(skills, "lena")
    assert whole is not None
    # Days ago of the five who ever did: 0, 20, 20, 90, 140.
    assert (whole.practised, whole.people, whole.half_days) == (3, 12, 20.0)


def test_the_first_of_the_90_days_counts_and_the_day_before_does_not() -> None:
    for day, count in (("2026-04-02", 1), ("2026-04-01", 0)):
        north = in_group(found(small_work.worked(("n1", day, 1, 1))), "mia")
        assert north is not None
        assert (north.practised, north.ever) == (count, 1)


def test_a_skill_is_stale_or_current_only_where_the_whole_range_says_so() -> None:
    def state(count: int) -> SkillState:
        work = [(person, JUNE, 1, 1) for person in (*NORTH, *SOUTH)[:count]]
        whole = in_group(found(small_work.worked(*work)), "lena")
        assert whole is not None
        return whole.state

    assert [state(count) for count in (0, 3, 4, 6, 8, 9, 12)] == [
        SkillState.STALE,
        SkillState.STALE,
        SkillState.UNCLEAR,
        SkillState.UNCLEAR,
        SkillState.UNCLEAR,
        SkillState.CURRENT,
        SkillState.CURRENT,
    ]


def test_of_a_behaviour_in_no_record_sessions_tell_and_no_day_of_theirs_is_told() -> None:
    sessions = [
        session(1, "n1", JUNE, followed_up_on=None),
        # It counted long ago, and was looked at again lately.
        session(2, "n2", LONG_AGO, follow_up_on="2026-02-24", followed_up_on="2026-05-01"),
        # Talk without anything observed, and a session on nothing declared.
        session(3, "n3", JUNE, is_work_observed=False, followed_up_on=None),
        session(4, "n4", JUNE, priority_id=None, followed_up_on=None),
    ]
    skills = found({**people(), "said/coaching_session": sessions})
    north = in_group(skills, "mia")
    assert north is not None
    assert (north.source, north.practised, north.people) == (SkillSource.SESSIONS, 2, 6)
    assert (north.last_on, north.idle, north.half_days) == (None, None, None)
    assert [each.last_on for each in own(skills, "n1")] == [date(2026, 6, 10)]
    assert [each.last_on for each in own(skills, "n3")] == [None]


def practised(person: str, on: date, *, priority: str = "") -> SkillPractised:
    return SkillPractised(person=person, skill="Discovery", priority=priority, on=on)


def test_of_a_skill_of_the_list_those_who_ever_practised_it_are_asked_from_five_on() -> None:
    old, new = date(2026, 1, 5), date(2026, 6, 1)
    four = [practised(each, old, priority="p1") for each in NORTH[:4]]
    assert in_group(found(people(), *four), "mia", skill="Discovery") is None
    five = [*four, practised("n5", old), practised("n5", new)]
    skills = found(people(), *five, practised("s1", new))
    north = in_group(skills, "mia", skill="Discovery")
    assert north is not None
    assert (north.source, north.priority) == (SkillSource.RECORDS, "p1")
    assert (north.practised, north.people, north.ever) == (1, 5, 5)
    assert north.last_on is None
    # Half of the five longer ago than 5 January.
    assert north.half_days == 176.0
    assert in_group(skills, "max", skill="Discovery") is None


def test_what_was_done_for_two_priorities_belongs_to_neither() -> None:
    old = date(2026, 1, 5)
    rows = [practised(each, old, priority="p1") for each in NORTH[:5]]
    both = in_group(
        found(people(), *rows, practised("n6", old, priority="p2")), "mia", skill="Discovery"
    )
    assert both is not None
    assert both.priority == ""


def test_everybody_reads_their_own_last_day_and_whether_there_was_such_work() -> None:
    skills = found(small_work.worked(("n1", LONG_AGO, 1, 1), ("n2", JUNE, 1, 0)))
    of_work = {"priority": "p1", "skill": "", "source": SkillSource.WORK}
    assert own(skills, "n1") == (OwnSkill(**of_work, last_on=date(2026, 2, 10), is_idle=True),)
    assert own(skills, "n2") == (OwnSkill(**of_work, last_on=None, is_idle=False),)
    assert own(skills, "mia") == ()


def test_nothing_is_told_without_anything_declared_or_of_fewer_than_five_people() -> None:
    assert found({**people(), "meant/priority": []}) == Skills()
    tables = small_work.worked(("n1", JUNE, 1, 1))
    lines = [row for row in tables["seen/reporting_line"] if row["person_id"] not in NORTH[:2]]
    few = found({**tables, "seen/reporting_line": lines})
    assert in_group(few, "mia") is None
    assert in_group(few, "max") is not None
