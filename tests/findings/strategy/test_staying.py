"""Who is set beside whom: only those who could be coached and were still here long after.

Eight managers under Lena, four sellers each, since 2024; sessions since July 2025. In the first
quarter of 2026 half of each team is coached every month, and it is looked who stays through the
third quarter: then somebody who was not coached has left in six of the teams.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.small_line import line

from headway.facts import Facts, memory
from headway.findings import strategy
from headway.findings.strategy import staying
from headway.terms.policy import DEFAULT
from headway.terms.staying import Stay, StayGate, StayVerdict

AS_OF = date(2026, 9, 30)
MANAGERS = [f"m{number}" for number in range(8)]
SELLERS = {manager: [f"{manager}-{place}" for place in range(4)] for manager in MANAGERS}
MONTHS = ("2026-01", "2026-02", "2026-03")
LEFT = {f"m{number}-3": "2026-08-15" for number in range(6)}


def sessions(people: list[str], *, months: tuple[str, ...] = MONTHS) -> Iterator[dict[str, Any]]:
    for person in people:
        for month in months:
            yield {
                "session_id": f"{person}-{month}",
                "coach_id": person.split("-")[0],
                "person_id": person,
                "held_at": f"{month}-10T09:00:00Z",
                "minutes": 30.0,
                "kind": "joint_call",
                "priority_id": "p1",
                "is_work_observed": True,
                "is_practice_agreed": True,
                "follow_up_on": f"{month}-20",
            }


COACHED = [person for people in SELLERS.values() for person in people[:2]]
# That sessions are logged at all, long before: everybody had one once.
EARLIER = [
    {**each, "session_id": f"first-{number}"}
    for number, each in enumerate(sessions([p[0] for p in SELLERS.values()], months=("2026-01",)))
]


def facts(
    *,
    coached: list[str] = COACHED,
    left: dict[str, str] | None = None,
    hired: dict[str, str] | None = None,
    more: list[dict[str, Any]] | None = None,
    as_of: date = AS_OF,
    **tables: list[dict[str, Any]],
) -> Facts:
    everybody = ["lena", *MANAGERS, *(person for people in SELLERS.values() for person in people)]
    left, hired = LEFT if left is None else left, hired or {}
    lines = [line("lena", None, "leader", valid_from="2024-01-01")]
    lines += [line(each, "lena", "manager", valid_from="2024-01-01") for each in MANAGERS]
    lines += [
        line(person, manager, "seller", valid_from=hired.get(person, "2024-01-01"))
        for manager, people in SELLERS.items()
        for person in people
    ]
    return memory.of(
        {
            "seen/person": [
                {
                    "person_id": each,
                    "hired_on": hired.get(each, "2024-01-01"),
                    "left_on": left.get(each),
                }
                for each in everybody
            ],
            "seen/reporting_line": lines,
            "said/coaching_session": [*sessions(coached), *EARLIER, *(more or [])],
            **{name.replace("__", "/"): rows for name, rows in tables.items()},
        },
        as_of=as_of,
    )


def found(known: Facts) -> Stay:
    [stay] = staying.found(known, policy=DEFAULT)
    return stay


def test_those_coached_each_month_are_set_beside_the_others_two_quarters_on() -> None:
    stay = found(facts())
    assert (stay.scope, stay.quarters, stay.leavers) == ("seller@lena", 1, 6)
    assert stay.coached is not None
    assert stay.others is not None
    assert (stay.coached.people, stay.coached.rate) == (16, 1.0)
    assert (stay.others.people, stay.others.rate) == (16, 1 - 6 / 16)
    assert stay.estimate == pytest.approx(6 / 16)
    assert stay.verdict is StayVerdict.STAY_MORE
    assert stay.low is not None
    assert 0 < stay.low < 6 / 16
    assert stay.has_tenure
    assert not stay.has_results


def test_it_is_found_with_everything_else() -> None:
    known = facts()
    assert strategy.found(known, policy=DEFAULT).stays == (found(known),)


def test_who_has_already_left_before_is_no_proof_that_coaching_keeps_people() -> None:
    # They left in the quarter between, on their way out when the others were coached.
    stay = found(facts(left=dict.fromkeys(LEFT, "2026-05-15")))
    assert stay.verdict is StayVerdict.NOT_ENOUGH
    assert [(each.gate, each.seen) for each in stay.lacks] == [(StayGate.LEAVERS, 0)]


def test_who_came_later_could_not_be_coached_all_quarter_and_is_not_counted() -> None:
    new = dict.fromkeys(LEFT, "2026-01-15")
    assert [(each.gate, each.seen) for each in found(facts(hired=new)).lacks] == [
        (StayGate.LEAVERS, 0)
    ]


def test_who_was_away_for_half_of_the_quarter_is_not_counted() -> None:
    away = [
        {"person_id": person, "valid_from": "2025-12-01", "valid_to": "2026-03-01"}
        for person in LEFT
    ]
    stay = found(facts(seen__absence=away))
    assert [(each.gate, each.seen) for each in stay.lacks] == [(StayGate.LEAVERS, 0)]


def test_teams_of_which_no_session_is_logged_are_unknown_and_not_uncoached() -> None:
    logged = facts(coached=[p for p in COACHED if p.split("-")[0] in MANAGERS[:6]])
    silent = [row for row in EARLIER if row["coach_id"] in MANAGERS[:6]]
    kept = facts(
        coached=[p for p in COACHED if p.split("-")[0] in MANAGERS[:6]],
        said__coaching_session=[
            *sessions([p for p in COACHED if p.split("-")[0] in MANAGERS[:6]]),
            *silent,
        ],
    )
    with_all, without = found(logged), found(kept)
    assert with_all.others is not None
    assert without.others is not None
    assert with_all.others.people - without.others.people == 8


def test_a_month_without_a_session_is_not_regular() -> None:
    stay = found(facts(coached=[], more=list(sessions(COACHED, months=MONTHS[:2]))))
    assert {each.gate: each.seen for each in stay.lacks}[StayGate.PEOPLE_COACHED] == 0


def test_before_two_more_quarters_are_over_nothing_is_told() -> None:
    stay = found(facts(as_of=date(2026, 9, 29)))
    assert stay.verdict is StayVerdict.NOT_ENOUGH
    assert [each.gate for each in stay.lacks] == [StayGate.QUARTERS]


def test_without_any_session_or_with_one_team_there_is_nothing_to_tell() -> None:
    assert staying.found(facts(said__coaching_session=[]), policy=DEFAULT) == ()
    assert [each.scope for each in staying.found(facts(), policy=DEFAULT)] == ["seller@lena"]


def test_what_teams_won_before_is_held_alike_where_it_is_known() -> None:
    won = [
        {
            "opportunity_id": f"o-{manager}",
            "owner_id": f"{manager}-0",
            "stage": "Won",
            "stage_group": "won",
            "amount": 100.0 * number,
            "closed_at": "2025-06-01T10:00:00Z",
        }
        for number, manager in enumerate(MANAGERS)
    ]
    stay = found(facts(seen__opportunity=won))
    assert stay.has_results
    assert stay.estimate == pytest.approx(6 / 16)
