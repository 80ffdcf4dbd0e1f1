"""What becomes of a wave: closed on its day, cut into cells, and counted once coded."""

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet

from headway.actions import pulse as changes
from headway.actions import pulse_coding
from headway.records import pulse
from headway.records.models import (
    Coding,
    PulseAnswer,
    PulseCell,
    PulseCount,
    PulseInvitation,
    ReportingLine,
    Wave,
)
from headway.terms.errors import HeadwayError
from headway.terms.item_bank import ITEMS, RECALL
from headway.terms.survey import Answer, Asked, Cell, Team
from headway.terms.viewer import SYSTEM

if TYPE_CHECKING:
    from headway.facts.disclosure import Round

_log = logging.getLogger("headway.pulse")
_KEYWORD_LETTERS = 4
_STEM_LETTERS = 5


def due(*, at: datetime) -> bool:
    """Do what waits: close waves whose last day is over, cut, count, forget.

    A wave that cannot be cut stays closed, with the reason in the log, and is tried again.

    Returns:
        Whether a wave tells more than before, so that findings are to be worked out anew.
    """
    told = Wave.objects.filter(state="counted").count()
    for wave in Wave.objects.filter(state="open", closes_on__lt=at.date()):
        changes.close(viewer=SYSTEM, at=at, wave_id=wave.pk)
    for wave in Wave.objects.filter(state="closed").order_by("closed_at", "id"):
        try:
            with transaction.atomic():
                _cut(wave)
        except HeadwayError as problem:
            _log.warning("wave %s cannot be cut: %s", wave.pk, problem)
    for wave in Wave.objects.filter(state="cut").order_by("id"):
        _count_if_coded(wave)
    pulse_coding.forget_words(at=at)
    return Wave.objects.filter(state="counted").count() > told


def rows() -> Mapping[str, list[dict[str, Any]]]:  # Any: columns of several types
    """The rows of `said/survey_*` that waves asked here tell: cells and counts, never an answer."""
    waves = Wave.objects.filter(is_brought=False, state__in=("cut", "counted")).order_by("id")
    cells = PulseCell.objects.filter(wave__in=waves).select_related("wave").order_by("cell_id")
    counts = PulseCount.objects.filter(cell__in=cells).select_related("cell").order_by("id")
    return {
        "said/survey_round": [
            {
                "round_id": wave.fact_id,
                "kind": "pulse",
                "opened_on": wave.opened_at.date(),
                "closed_on": wave.closed_at.date() if wave.closed_at else None,
            }
            for wave in waves
        ],
        "said/survey_cell": [
            {
                "cell_id": cell.cell_id,
                "round_id": cell.wave.fact_id,
                "manager_id": cell.manager,
                "role": cell.role,
                "is_remainder": cell.is_remainder,
                "invited_count": sum(invited for _, invited in cell.teams),
                "answered_count": cell.answered_count,
            }
            for cell in cells
        ],
        "said/survey_cell_team": [
            {"cell_id": cell.cell_id, "team_manager_id": manager, "invited_count": invited}
            for cell in cells
            for manager, invited in cell.teams
        ],
        "said/survey_count": [
            {
                "cell_id": each.cell.cell_id,
                "item": each.item,
                "subject": each.subject or None,
                "value": each.value,
                "answer_count": each.answer_count,
            }
            for each in counts
        ],
    }


def named_by_rule(words: str, *, name: str) -> bool:
    """Whether a text names a priority: at least half of the longer words of its name stand in it.

    >>> named_by_rule("we sell new PRODUCTS first", name="Sell the new product line")
    True
    >>> named_by_rule("hire more people", name="Sell the new product line")
    False
    """
    keywords = [
        word[:_STEM_LETTERS]
        for word in re.findall(r"\w+", name.lower())
        if len(word) >= _KEYWORD_LETTERS
    ]
    told = re.findall(r"\w+", words.lower())
    found = sum(any(word.startswith(keyword) for word in told) for keyword in keywords)
    return bool(keywords) and 2 * found >= len(keywords)


def _cut(wave: Wave) -> None:
    from headway.facts import disclosure  # noqa: PLC0415  loads the engine, web workers must not

    round_ = _round(wave)
    lines = ReportingLine.objects.filter(valid_to=None).values_list("person_id", "manager_id")
    earlier = [
        disclosure.exposed(_round(other), _cells(other))
        # Nobody knows who answered the waves that came with a load.
        for other in Wave.objects.filter(is_brought=False, state__in=("cut", "counted"))
    ]
    cells = disclosure.cut(round_, above=dict(lines), earlier=earlier, least=wave.least)
    picked = [Answer(team=_team(each), values=_picked(each)) for each in _answers(wave)]
    counts = disclosure.counts(cells, picked, least=wave.least)
    pulse_coding.keep_cells(
        wave_id=wave.pk,
        cells=cells,
        counts=counts,
        pooled=disclosure.pooled(cells, counts, least=wave.least),
        rule=_by_rule(wave),
    )


def _count_if_coded(wave: Wave) -> None:
    in_words = _answers(wave).exclude(words={})
    has_enough = in_words.count() >= pulse.LEAST_WORDS
    if has_enough and pulse.uncoded(SYSTEM).filter(wave=wave).exists():
        return
    from headway.facts import disclosure  # noqa: PLC0415  loads the engine, web workers must not
    from headway.findings.coding import agreement  # noqa: PLC0415  as above

    codings = Coding.objects.filter(answer__wave=wave).select_related("answer")
    by_person = [each for each in codings if each.coder == "person"] if has_enough else []
    cells = _cells(wave)
    coded = [Answer(team=_team(each.answer), values=_coded(each)) for each in by_person]
    told = [(_team(each.answer), each.codes.get("themes", ())) for each in by_person]
    pulse_coding.keep_coded(
        wave_id=wave.pk,
        counts=disclosure.counts(cells, coded, least=wave.least),
        themes=disclosure.themes(cells, told, least=wave.least),
        alpha=agreement(_recalled(codings)) if has_enough else None,
    )


def _recalled(codings: QuerySet[Coding]) -> Iterator[Mapping[tuple[int, str], str]]:
    """What rule and person say each answer recalls, one after the other."""
    for coder in ("rule", "person"):
        yield {
            (each.answer_id, priority): value
            for each in codings
            if each.coder == coder
            for priority, value in each.codes.get(RECALL, {}).items()
        }


def _by_rule(wave: Wave) -> dict[int, dict[str, object]]:
    return {
        each.pk: {
            RECALL: {
                one["id"]: "yes" if named_by_rule(each.words[RECALL], name=one["name"]) else "no"
                for one in wave.priorities
            }
        }
        for each in _answers(wave)
        if RECALL in each.words
    }


def _round(wave: Wave) -> "Round":
    from headway.facts.disclosure import Round  # noqa: PLC0415  loads the engine

    invited: dict[Team, int] = {}
    answered: dict[Team, set[str]] = {}
    for each in PulseInvitation.objects.filter(wave=wave):
        team = Team(manager=each.team_manager, role=each.role)
        invited[team] = invited.get(team, 0) + 1
        if each.has_answered:
            answered.setdefault(team, set()).add(each.person_id)
    assert wave.closed_at is not None  # noqa: S101  a constraint of the table
    return Round(
        round_id=wave.fact_id,
        closed_on=wave.closed_at.date(),
        invited=invited,
        answered={team: frozenset(people) for team, people in answered.items()},
    )


def _cells(wave: Wave) -> list[Cell]:
    return [
        Cell(
            cell_id=each.cell_id,
            manager=each.manager,
            role=each.role,
            is_remainder=each.is_remainder,
            teams=tuple((manager, invited) for manager, invited in each.teams),
            answered_count=each.answered_count,
            again_count=each.again_count,
        )
        for each in PulseCell.objects.filter(wave=wave)
    ]


def _answers(wave: Wave) -> QuerySet[PulseAnswer]:
    return PulseAnswer.objects.filter(wave=wave).select_related("wave")


def _team(answer: PulseAnswer) -> Team:
    return Team(manager=answer.team_manager, role=answer.role)


def _picked(answer: PulseAnswer) -> dict[Asked, str]:
    first = next((each["id"] for each in answer.wave.priorities), None)
    return {
        (item, first if ITEMS[item].is_about_priority else None): value
        for item, value in answer.values.items()
    }


def _coded(coding: Coding) -> dict[Asked, str]:
    return {
        (item, priority): value
        for item, by_priority in coding.codes.items()
        if item != "themes"
        for priority, value in by_priority.items()
    }
