"""The three excuses: supported where planted, ruled out, and open where nothing tells."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import invented
from headway.findings import results
from headway.terms.answer import LadderLine, Standing
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import Draw, Plan, changed, since

pytestmark = pytest.mark.slow

BREAK = "2026-01-01"


def line(plan: Plan, code: str, *, into: Path) -> LadderLine:
    facts = invented.organisation(plan, into=into)
    answer = results.answer(facts, question=Question(), policy=DEFAULT, seed=7)
    return next(line for line in answer.ladder if line.code == code)


def judged(found: LadderLine) -> tuple[Standing, str]:
    return found.standing, found.reason


def knowledge_of(share: float, *, people: int = 24) -> dict[str, list[dict[str, object]]]:
    return {
        "seen/training_attendance": [
            {
                "training_id": "t1",
                "person_id": f"p{place:02}",
                "attended_on": date(2025, 11, 3),
                "test_share": share + 0.02 * (place % 3 - 1),
            }
            for place in range(people)
        ]
    }


def three_do_better(draw: Draw, random: np.random.Generator) -> Draw:
    return changed(draw, rate=np.where(draw.owner < 3, 1.7 * draw.rate, 0.8 * draw.rate))


def buyers_take_longer(draw: Draw, random: np.random.Generator) -> Draw:
    later = since(draw, BREAK)
    decided = np.where(later, draw.decided + np.timedelta64(20, "D"), draw.decided)
    return changed(draw, decided=decided, rate=np.where(later, 0.65, 1.0) * draw.rate)


def one_region_withstands(draw: Draw, random: np.random.Generator) -> Draw:
    bent = buyers_take_longer(draw, random)
    spared = since(draw, BREAK) & (draw.region == 0)
    return changed(bent, rate=np.where(spared, 1.15 * draw.rate, bent.rate))


def following_helps(draw: Draw, random: np.random.Generator) -> Draw:
    return changed(draw, rate=np.where(draw.followed, 1.4, 0.7) * draw.rate)


def test_we_do_not_know_how_is_ruled_out_by_those_who_do(tmp_path: Path) -> None:
    plan = Plan(seed=3, changes=(three_do_better,), rows=knowledge_of(0.8))
    found = line(plan, "know", into=tmp_path)
    assert judged(found) == (Standing.RULED_OUT, "know.some_do_it")
    assert found.refuters == ("positive_deviants", "knowledge_answered")
    assert found.figures["deviants"] >= 3


def test_we_do_not_know_how_is_supported_where_nobody_stands_out(tmp_path: Path) -> None:
    found = line(Plan(seed=3, rows=knowledge_of(0.3)), "know", into=tmp_path)
    assert judged(found) == (Standing.CANDIDATE, "know.nobody_does_it")
    assert found.supports == ("no_positive_deviant", "knowledge_low")


def test_we_do_not_know_how_stays_open_without_knowledge_of_knowledge(tmp_path: Path) -> None:
    found = line(Plan(seed=3, changes=(three_do_better,)), "know", into=tmp_path)
    assert judged(found) == (Standing.UNTESTED, "know.no_scores")
    assert found.missing == ("seen/training_attendance",)


def test_good_scores_without_anyone_who_stands_out_leave_it_open(tmp_path: Path) -> None:
    found = line(Plan(seed=3, rows=knowledge_of(0.9)), "know", into=tmp_path)
    assert judged(found) == (Standing.UNTESTED, "know.mixed")


def test_few_sellers_prove_nothing(tmp_path: Path) -> None:
    found = line(Plan(seed=3, sellers=4, rows=knowledge_of(0.9, people=4)), "know", into=tmp_path)
    assert judged(found) == (Standing.UNTESTED, "know.few_sellers")


def test_buying_changed_is_supported_where_all_take_longer_and_fall(tmp_path: Path) -> None:
    found = line(Plan(seed=3, changes=(buyers_take_longer,)), "buyer", into=tmp_path)
    assert judged(found) == (Standing.CANDIDATE, "buyer.moved_everywhere")
    assert found.figures["panel"] == "cycle_days"


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_regions_that_are_all_hit_alike_need_no_order(tmp_path: Path, seed: int) -> None:
    found = line(Plan(seed=seed, changes=(buyers_take_longer,)), "buyer", into=tmp_path)
    assert judged(found) == (Standing.CANDIDATE, "buyer.moved_everywhere")


def test_buying_changed_is_ruled_out_where_a_peer_did_not_fall(tmp_path: Path) -> None:
    found = line(Plan(seed=3, changes=(one_region_withstands,)), "buyer", into=tmp_path)
    assert judged(found) == (Standing.RULED_OUT, "buyer.peers_did_not_fall")
    assert found.refuters == ("peers_did_not_fall",)


def test_buying_changed_is_ruled_out_where_buyers_did_not_change(tmp_path: Path) -> None:
    found = line(Plan(seed=2), "buyer", into=tmp_path)
    assert judged(found) == (Standing.RULED_OUT, "buyer.panel_unmoved")


def test_buying_changed_stays_open_without_groups(tmp_path: Path) -> None:
    found = line(Plan(seed=3, has_owners=False), "buyer", into=tmp_path)
    assert judged(found) == (Standing.UNTESTED, "buyer.few_groups")


def test_our_process_is_ruled_out_where_following_helps_and_few_follow(tmp_path: Path) -> None:
    plan = Plan(seed=3, has_history=True, changes=(following_helps,))
    found = line(plan, "process", into=tmp_path)
    assert judged(found) == (Standing.RULED_OUT, "process.better_and_rare")
    assert found.figures["rate_followed"] > found.figures["rate_other"]


def test_our_process_is_supported_where_following_helps_nobody(tmp_path: Path) -> None:
    found = line(Plan(seed=3, has_history=True), "process", into=tmp_path)
    assert judged(found) == (Standing.CANDIDATE, "process.no_better")


def test_our_process_stays_open_without_history_or_cases(tmp_path: Path) -> None:
    found = line(Plan(seed=3), "process", into=tmp_path)
    assert judged(found) == (Standing.UNTESTED, "process.no_history")
    assert found.missing == ("seen/opportunity_change", "seen/stage_def")
    few = line(Plan(seed=3, per_day=0.25, has_history=True), "process", into=tmp_path)
    assert judged(few) == (Standing.UNTESTED, "process.few_cases")
