"""From answers to counts among the facts, through the worker's own step."""

import pytest
from tests import cast, pulse_world
from tests.pulse_world import AFTER, NOW

from headway import facts
from headway.actions import pulse_coding
from headway.analysis.strategy import survey
from headway.cycle import pulse
from headway.queries import pulse as seen
from headway.queries.sensitive import noted
from headway.records.models import PulseAnswer, PulseCell, Wave
from headway.terms.line import Link
from headway.terms.period import Period

pytestmark = pytest.mark.django_db
TEAMS = {"mona": 7, "olaf": 6}


@pytest.fixture(autouse=True)
def everybody() -> None:
    pulse_world.enter(**TEAMS)


def test_without_a_mail_server_people_find_the_questions_when_they_log_in() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    pulse.due(at=NOW)
    assert seen.waiting(cast.viewer("sam"), today=NOW.date()) == (wave,)


def given(number: int) -> dict[str, str]:
    words = "sell new product line" if number < 4 else "hire people"
    return {"R1": words, "U1": "I call", "U2": "margin", "WD1": "5", "RC1": str(1 + number % 5)}


def closed() -> int:
    """A wave that everybody of mona's and olaf's own teams has answered, and max's nobody."""
    wave = pulse_world.opened(cast.viewer("eve"))
    for name, count in TEAMS.items():
        for number in range(count):
            pulse_world.answered(wave, f"{name}-{number}", given(number))
    pulse.due(at=AFTER)
    return wave


def test_a_wave_closes_after_its_last_day_and_is_cut_into_cells() -> None:
    wave = closed()
    cells = PulseCell.objects.filter(wave=wave, role="seller").order_by("manager")
    # The team of max, of whom nobody answered, is poured under mona: alone, it takes hers with it.
    # Olaf's own seller, who did not answer, was asked as well.
    assert [(c.manager, c.teams, c.answered_count) for c in cells] == [
        ("mona", [["max", 2], ["mona", 7]], 7),
        ("olaf", [["olaf", 7]], 6),
    ]
    blocked = PulseCell.objects.filter(wave=wave, role="manager")
    assert [(cell.manager, cell.answered_count) for cell in blocked] == [("eve", None)]
    assert Wave.objects.get(pk=wave).state == "cut"


def code_all() -> None:
    opal = cast.viewer("opal")
    with noted():
        while (found := seen.next_to_code(opal)) is not None:
            is_named = "product" in dict(found.words).popitem()[1] or any(
                "product" in words for _, words in found.words
            )
            pulse_coding.code(
                viewer=opal,
                at=NOW,
                answer_id=found.answer_id,
                named=["p1"] if is_named else [],
                has_action=True,
                has_reason=True,
                themes=["hiring"] if not is_named else [],
            )


def test_what_is_coded_is_counted_with_how_far_rule_and_person_agree() -> None:
    wave = closed()
    assert not PulseCell.objects.filter(counts__item="R1").exists()
    code_all()
    assert [pulse.due(at=AFTER), pulse.due(at=AFTER)] == [True, False]
    counted = Wave.objects.get(pk=wave)
    # Three of mona's seven and two of olaf's six name no priority: all five speak of hiring.
    assert (counted.state, counted.alpha, counted.themes) == ("counted", 1.0, [["hiring", 5]])
    found = survey.of(
        facts.memory.of({**PEOPLE, **pulse.rows()}),
        window=Period(first=NOW.date(), end=AFTER.date().replace(day=30)),
    )
    named = found.answers["R1", "p1"]
    assert {cell: dict(values) for cell, values in named.items()} == {
        f"{counted.fact_id}:seller:mona:several": {"yes": 4, "no": 3},
        f"{counted.fact_id}:seller:olaf": {"yes": 4, "no": 2},
    }
    understood = survey.ITEMS[Link.UNDERSTOOD]
    assert found.answers["U1", "p1"][f"{counted.fact_id}:seller:olaf"] == {understood[1]: 6}


PEOPLE = {"seen/person": [{"person_id": name} for name in cast.LINES]}


def test_the_words_of_fewer_than_ten_are_never_read_and_count_as_nothing() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    for number in range(6):
        pulse_world.answered(wave, f"mona-{number}", given(number))
    pulse.due(at=AFTER)
    with noted():
        assert seen.next_to_code(cast.viewer("opal")) is None
    counted = Wave.objects.get(pk=wave)
    assert (counted.state, counted.alpha, counted.themes) == ("counted", None, [])
    items = {row["item"] for row in pulse.rows()["said/survey_count"]}
    assert items == {"RC1", "WD1"}


def test_rows_of_facts_hold_no_person_no_word_and_no_unanimous_answer() -> None:
    closed()
    told = pulse.rows()
    assert set(told) == {
        "said/survey_round",
        "said/survey_cell",
        "said/survey_cell_team",
        "said/survey_count",
    }
    text = str(told)
    assert not any(f"{name}-{n}'" in text for name, count in TEAMS.items() for n in range(count))
    assert not any(words in text for words in ("I call", "margin", "hire"))
    leading = [row for row in told["said/survey_count"] if row["item"] == "WD1"]
    assert [(row["value"], row["answer_count"]) for row in leading] == [
        ("mostly_4_5", 7),
        ("mostly_4_5", 6),
    ]


def test_the_same_people_asked_again_within_thirty_days_are_not_counted_again() -> None:
    closed()
    code_all()
    pulse.due(at=AFTER)
    again = pulse_world.opened(cast.viewer("eve"), items=("R1", "RC1"))
    for number in range(6):
        pulse_world.answered(again, f"olaf-{number}", {"RC1": "3"})
    pulse.due(at=AFTER)
    found = PulseCell.objects.filter(wave=again).exclude(answered_count=None)
    assert not found.exists()
    assert PulseAnswer.objects.filter(wave=again).count() == 6
