"""The last link: a result moved only where it moved more than it would have anyway."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from tests import drawn_results, small_line
from tests.drawn_results import Drawn
from tests.small_line import WINDOW, Tables, priority
from tests.small_work import CASE, DEPTH, LARGE, activity, opportunity

from headway.analysis.methods.posterior import ALONE
from headway.analysis.strategy import lines, verdict
from headway.analysis.strategy.declared import DEFAULT_TARGETS, Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.moved import Results, Side
from headway.analysis.strategy.verdict import Counted
from headway.terms.line import Effect, Link, LinkReason, LinkVerdict
from headway.terms.policy import DEFAULT

DECLARED = Priority(
    priority_id="p1",
    kind="product",
    name=None,
    owner=None,
    parts=frozenset(),
    targets=DEFAULT_TARGETS,
    launched_on=date(2026, 1, 1),
    depth_target=0.5,
)


def counted(results: Results) -> Counted:
    """Of everybody, beside everybody who does not practise."""
    whole = Group(
        role="seller",
        head="lena",
        members=frozenset(results.people),
        leaders=frozenset(),
        is_team=False,
    )
    return results.counted(DECLARED, group=whole, others=results.others(DECLARED, everybody=whole))


def told(truth: Drawn, *, draws: int, first: int = 0) -> list[LinkVerdict]:
    return [
        verdict.state(
            counted(drawn_results.results(truth, seed=seed)), prior=ALONE, policy=DEFAULT
        ).verdict
        for seed in range(first, first + draws)
    ]


def share(found: list[LinkVerdict], wanted: LinkVerdict) -> float:
    return found.count(wanted) / len(found)


NOTHING_MOVED = (
    Drawn(),
    Drawn(managers=6, team=10),
    Drawn(season=0.15),
    Drawn(season=0.15, practise=1.0),
)


@pytest.mark.slow
def test_of_results_that_have_not_moved_one_in_twenty_seems_to() -> None:
    """By chance alone, beside others and in a season, with others to compare and without."""
    found = [one for truth in NOTHING_MOVED for one in told(truth, draws=200)]
    assert LinkVerdict.UNKNOWN not in set(found)
    assert share(found, LinkVerdict.HOLDING) <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize(
    "truth",
    [Drawn(effect=0.15), Drawn(effect=0.15, season=0.15), Drawn(effect=0.15, practise=1.0)],
)
def test_what_moved_is_mostly_seen(truth: Drawn) -> None:
    found = told(truth, draws=100)
    assert share(found, LinkVerdict.HOLDING) >= 0.8
    assert share(found, LinkVerdict.BROKEN) == 0


def test_a_season_alone_is_not_told_where_no_earlier_year_is_known() -> None:
    season = drawn_results.results(Drawn(season=0.15, practise=1.0, years=1), seed=1)
    assert counted(season).reason is LinkReason.NOT_MEASURED


def test_people_who_rose_before_the_launch_are_not_told_beside_others() -> None:
    rising = Drawn(drift=0.4, closings=40.0, years=1)
    assert counted(drawn_results.results(rising, seed=1)).reason is LinkReason.NOT_MEASURED


@pytest.mark.parametrize(
    ("truth", "reason"),
    [
        # Five managers; under six, nine people of 18 practise; fewer than thirty closings.
        (Drawn(managers=5, team=10), LinkReason.NOT_MEASURED),
        (Drawn(managers=6, team=3), LinkReason.NOT_MEASURED),
        (Drawn(managers=6, team=5, closings=1.0), LinkReason.TOO_FEW),
    ],
)
def test_ten_people_six_managers_and_thirty_closings(truth: Drawn, reason: LinkReason) -> None:
    assert counted(drawn_results.results(truth, seed=1)).reason is reason


def test_the_estimate_is_the_difference_of_the_changes() -> None:
    """Twelve under six managers practise and rise from 20 to 40 of 100, twelve others to 25."""
    many, managers = np.arange(24), np.tile(np.arange(6), 4)
    # Under each manager one of the four sides of a year rises by one more or less than the others.
    wobble = np.where(managers % 2, 1.0, -1.0)

    def side(won: np.ndarray) -> Side:
        hundred = np.full(24, 100.0)
        return Side(sums=won, cases=hundred, closed=hundred)

    does = many < 12
    half = Side(sums=np.full(24, 10.0), cases=np.full(24, 50.0), closed=np.full(24, 50.0))
    drawn = drawn_results.results(Drawn(managers=6, team=4, years=1), seed=1)
    names = sorted(drawn.people)
    practice = {name: (10 * int(each), 10) for name, each in zip(names, does, strict=True)}
    results = Results(
        reason=None,
        unit="share",
        people=drawn.people,
        managers=managers,
        early=half,
        late=half,
        before=side(np.full(24, 20.0)),
        since=side(np.where(does, 40.0 + wobble, 25.0)),
        practice=None if drawn.practice is None else replace(drawn.practice, since=practice),
    )
    found = counted(results)
    assert found.effect is not None
    # .20 less .05; each manager's own .20 lies .01 off: leaving one out moves it by .01 / 5, so the
    # error is the root of 5/6 x 6 x .002^2 = .00447, and t with 5 degrees of freedom has 2.015.
    assert found.effect.estimate == pytest.approx(0.15)
    assert found.effect.high - found.effect.estimate == pytest.approx(2.015 * 0.00447, rel=0.001)


@pytest.mark.parametrize(
    ("p_enough", "wanted"),
    [(0.96, LinkVerdict.HOLDING), (0.94, LinkVerdict.STRAINED), (0.09, LinkVerdict.BROKEN)],
)
def test_it_holds_where_the_whole_range_does(p_enough: float, wanted: LinkVerdict) -> None:
    effect = Effect(estimate=1.0, low=0.0, high=2.0, unit="share")
    made = Counted(link=Link.MOVED, target=0.0, effect=effect, p_enough=p_enough)
    assert verdict.state(made, prior=ALONE, policy=DEFAULT).verdict is wanted


# --- from facts ---------------------------------------------------------------------------------

LAUNCH, FIRST = date(2026, 1, 10), date(2024, 6, 1)


def organisation(*, practise: int, won_since: int, season: int = 0, **more: object) -> Tables:
    """Six managers with four sellers; `practise` of each four do, and win so many of ten since.

    All win two of ten each month, and each summer `season` more: the months from March on.
    """
    tables = small_line.people()
    teams = {f"m{n}": [f"m{n}s{each}" for each in range(4)] for n in range(6)}
    reporting = [small_line.line("lena", None, "leader")]
    for manager, sellers in teams.items():
        reporting.append(small_line.line(manager, "lena", "manager"))
        reporting += [small_line.line(seller, manager, "seller") for seller in sellers]
    tables["seen/reporting_line"] = [{**row, "valid_from": "2024-01-01"} for row in reporting]
    tables["seen/person"] = [{"person_id": row["person_id"]} for row in reporting]
    made = {"scope": LARGE, "eligibility": LARGE, "behaviour": CASE, "result_measure": "win_rate"}
    tables["meant/priority"] = [priority(**made, launched_on=LAUNCH.isoformat(), **more)]
    tables["meant/priority_target"] = DEPTH
    sold: list[dict[str, Any]] = []
    cases: list[dict[str, Any]] = []
    sellers = [(place, who) for team in teams.values() for place, who in enumerate(team)]
    for number, (place, who) in enumerate(sellers):
        does = place < practise
        for month in range(25):
            day = FIRST + timedelta(days=30 * month)
            is_since = day >= LAUNCH
            won = 2 + (season if day.month in range(2, 9) else 0)
            won += won_since if does and is_since else 0
            # No manager's people win quite as much as the next's.
            won += (number // 4 + month) % 3 == 0
            for each in range(10):
                name = f"o{number}-{month}-{each}"
                group = "won" if each < won else "lost"
                closed = {"stage": group, "stage_group": group}
                closed |= {"closed_at": f"{day + timedelta(days=5)}T10:00:00Z"}
                sold.append({**opportunity(name, owner=who, day=day.isoformat()), **closed})
                if does and is_since:
                    cases.append(activity(f"a{name}", on=name, owner=who, day=day.isoformat()))
    return {**tables, "seen/opportunity": sold, "seen/activity": cases}


def of(tables: Tables) -> Counted:
    first = lines.of(small_line.of(tables), window=WINDOW)[0]
    (found,) = [each for each in first.links if each.link is Link.MOVED]
    return found


def test_those_who_practise_win_three_of_ten_more_than_those_who_do_not() -> None:
    found = of(organisation(practise=2, won_since=3, season=2))
    assert found.effect is not None
    assert found.effect.estimate == pytest.approx(0.3, abs=0.02)
    assert not found.effect.is_year_ago
    assert found.p_enough is not None
    assert found.p_enough > 0.99


@pytest.mark.slow
def test_where_all_practise_a_season_is_taken_away_with_the_year_before() -> None:
    found = of(organisation(practise=4, won_since=0, season=3))
    assert found.effect is not None
    assert found.effect.estimate == pytest.approx(0.0, abs=0.05)
    assert found.effect.is_year_ago
    risen = of(organisation(practise=4, won_since=3, season=3))
    assert risen.effect is not None
    assert risen.effect.estimate == pytest.approx(0.3, abs=0.05)


@pytest.mark.slow
def test_two_months_since_and_four_before() -> None:
    # From 10 January: 30 days of grace, a cycle of five days; 61 and 59 days to 30 June.
    late = {"launched_on": "2026-03-28"}
    assert of({**organisation(practise=2, won_since=3), **_launched(**late)}).effect is not None
    later = {"launched_on": "2026-03-30"}
    early = of({**organisation(practise=2, won_since=3), **_launched(**later)})
    assert early.reason is LinkReason.TOO_EARLY


def _launched(**more: object) -> Tables:
    made = {"scope": LARGE, "eligibility": LARGE, "behaviour": CASE, "result_measure": "win_rate"}
    return {"meant/priority": [priority(**made, **more)]}
