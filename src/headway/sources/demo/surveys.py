"""Pulse rounds: who answers what, cut into cells; no row carries a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo.cells import Asked, Cell, cut
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.people import TOP, Staff
from headway.sources.demo.story import PRIORITIES, Story
from headway.sources.demo.world import World
from headway.terms.item_bank import ITEMS
from headway.terms.line import Link

CLOSED_AGO = (376, 285, 194, 103, 12)
"""Days before the last one on which each round was closed."""
# The first rounds were new to everybody, and fewer answered.
_SMALL, _SMALL_RESPONSE = 2, 0.75
_OPEN_DAYS = 10
_EARLIER = 0.85  # in earlier rounds fewer could say it
_MANAGERS_ANSWER = 0.95
# Agreement scales, 1 to 5: mean of the latent answer before leniency and acquiescence.
_SCALES = {
    **dict.fromkeys(("RC1", "RC2", "RC3"), 3.2),
    **dict.fromkeys(("WD1", "WD2", "WD3"), 3.3),
    **dict.fromkeys(("CO1", "CO2", "CO3", "CO4", "CO5"), 3.0),
    **dict.fromkeys(("AU1", "PS1", "PS2", "PS3", "EJ1", "DI1", "GR1", "GR2"), 3.4),
}
_SCALE_SD, _LENIENCY_SD, _ACQUIESCENCE = 0.9, 0.35, 0.3
_BARRIERS = tuple(code for code, _words in ITEMS["B1"].choices)
_CHASING = ("none", "little", "much", "most")
_NEITHER = ("action_only", "reason_only", "neither")


@dataclass(frozen=True, kw_only=True)
class Team:
    """One team in one round: its people, who of them answers, and what they could say.

    `could[item]` holds for R1 and U1 a yes or no by priority and person.
    """

    asked: Asked
    answers: Array
    could: Mapping[str, Array]
    leniency: float
    role: str


@dataclass(frozen=True, kw_only=True)
class Surveys:
    """The tables of all rounds; `response` is answered and invited of the last one, by manager."""

    columns: Columns
    response: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def of(world: World) -> Surveys:
    """All rounds of one organisation."""
    draw = world.options.stream("surveys")
    leniency = dict(
        zip(
            world.staff.leaders,
            draw.normal(0, _LENIENCY_SD, len(world.staff.leaders)).tolist(),
            strict=True,
        )
    )
    rows: dict[str, list[dict[str, object]]] = {
        "said/survey_round": [],
        "said/survey_cell": [],
        "said/survey_cell_team": [],
        "said/survey_count": [],
    }
    first = world.options.stream("first surveys")
    response: dict[str, tuple[int, int]] = {}
    for number, ago in enumerate(CLOSED_AGO):
        stream, answering = (first, _SMALL_RESPONSE) if number < _SMALL else (draw, 1.0)
        round_id = f"pulse-{world.calendar.ago(ago).isoformat()}"
        rows["said/survey_round"].append(
            {
                "round_id": round_id,
                "kind": "pulse",
                "opened_on": world.calendar.ago(ago + _OPEN_DAYS),
                "closed_on": world.calendar.ago(ago),
            }
        )
        teams = _teams(
            stream,
            staff=world.staff,
            story=world.story,
            leniency=leniency,
            strength=_EARLIER ** (len(CLOSED_AGO) - 1 - number),
            answering=answering,
        )
        response = {
            team.asked.manager: (team.asked.answered, team.asked.invited)
            for team in teams
            if team.role == "seller"
        }
        is_known = [launched > ago for launched in world.calendar.launched_ago]
        _write(stream, rows, round_id=round_id, teams=teams, is_known=is_known)
    return Surveys(
        columns={name: of_rows(found) for name, found in rows.items()}, response=response
    )


def _teams(
    draw: np.random.Generator,
    *,
    staff: Staff,
    story: Story,
    leniency: Mapping[str, float],
    strength: float,
    answering: float,
) -> list[Team]:
    found = []
    for team in staff.teams:
        rates = {
            item: [float(one.rates[link][team.number]) * strength for one in story.planted]
            for item, link in _LINKS.items()
        }
        found.append(
            _team(
                draw,
                manager=team.manager,
                above=team.above,
                people=len(staff.members(team)),
                rates=rates,
                response=float(story.response[team.number]) * answering,
                mood=story.mood,
                leniency=leniency[team.manager],
                role="seller",
            )
        )
    rates = {
        item: [one.managers[link] * strength for one in story.planted]
        for item, link in _LINKS.items()
    }
    managers = [
        _team(
            draw,
            manager=leader,
            above=() if leader == TOP else (TOP,),
            people=sum(team.above[0] == leader for team in staff.teams),
            rates=rates,
            response=_MANAGERS_ANSWER * answering,
            mood=0.0,
            leniency=leniency[leader],
            role="manager",
        )
        for leader in dict.fromkeys(team.above[0] for team in staff.teams)
    ]
    return [*found, *managers]


_LINKS = {"R1": Link.RECALLED, "U1": Link.UNDERSTOOD}


def _team(
    draw: np.random.Generator,
    *,
    manager: str,
    above: tuple[str, ...],
    people: int,
    rates: Mapping[str, Sequence[float]],
    response: float,
    mood: float,
    leniency: float,
    role: str,
) -> Team:
    could = {
        item: draw.random((len(PRIORITIES), people)) < np.array(of_item)[:, None]
        for item, of_item in rates.items()
    }
    # Those who could say more answer more readily, where mood decides.
    knows = could["R1"].mean(axis=0) - 0.5
    logit = np.log(response / max(1 - response, 1e-3)) + 2 * mood * knows
    answers = draw.random(people) < 1 / (1 + np.exp(-logit))
    return Team(
        asked=Asked(manager=manager, above=above, invited=people, answered=int(answers.sum())),
        answers=answers,
        could=could,
        leniency=leniency,
        role=role,
    )


def _write(
    draw: np.random.Generator,
    rows: dict[str, list[dict[str, object]]],
    *,
    round_id: str,
    teams: Sequence[Team],
    is_known: Sequence[bool],
) -> None:
    for role in ("seller", "manager"):
        here = {team.asked.manager: team for team in teams if team.role == role}
        for number, cell in enumerate(cut([team.asked for team in here.values()]), start=1):
            cell_id = f"{round_id}-{role}-{number:02d}"
            invited = sum(team.invited for team in cell.teams)
            answered = sum(team.answered for team in cell.teams)
            rows["said/survey_cell"].append(
                {
                    "cell_id": cell_id,
                    "round_id": round_id,
                    "manager_id": cell.leader,
                    "role": role,
                    "is_remainder": cell.is_remainder,
                    "invited_count": invited,
                    "answered_count": None if cell.is_blocked else answered,
                }
            )
            rows["said/survey_cell_team"] += [
                {
                    "cell_id": cell_id,
                    "team_manager_id": team.manager,
                    "invited_count": team.invited,
                }
                for team in cell.teams
            ]
            if not cell.is_blocked:
                rows["said/survey_count"] += _counts(
                    draw, cell=cell, cell_id=cell_id, teams=here, is_known=is_known
                )


def _counts(
    draw: np.random.Generator,
    *,
    cell: Cell,
    cell_id: str,
    teams: Mapping[str, Team],
    is_known: Sequence[bool],
) -> Iterator[dict[str, object]]:
    """The answers of one cell, item by item: counts of values, items not linked."""
    inside = [teams[team.manager] for team in cell.teams]
    for number, priority in enumerate(PRIORITIES):
        if not is_known[number]:
            continue
        yes = np.concatenate([team.could["R1"][number][team.answers] for team in inside])
        yield from _valued(cell_id, "R1", priority, np.where(yes, "yes", "no"))
        knows = np.concatenate([team.could["U1"][number][team.answers] for team in inside])
        other = np.array(_NEITHER)[draw.integers(len(_NEITHER), size=len(knows))]
        yield from _valued(cell_id, "U1", priority, np.where(knows, "action_and_reason", other))
        barrier = np.array(_BARRIERS)[draw.integers(len(_BARRIERS), size=len(knows))]
        yield from _valued(cell_id, "B1", priority, barrier)
    lenient = np.concatenate([np.full(int(t.answers.sum()), t.leniency) for t in inside])
    for item, mean in _SCALES.items():
        latent = draw.normal(mean + _ACQUIESCENCE + lenient, _SCALE_SD)
        yield from _valued(cell_id, item, None, np.clip(np.round(latent), 1, 5).astype(int))
    chasing = np.array(_CHASING)[draw.integers(len(_CHASING), size=len(lenient))]
    yield from _valued(cell_id, "CH1", None, chasing)


def _valued(
    cell_id: str, item: str, subject: str | None, values: Array
) -> Iterator[dict[str, object]]:
    for value, count in zip(*np.unique(values.astype(str), return_counts=True), strict=True):
        yield {
            "cell_id": cell_id,
            "item": item,
            "subject": subject,
            "value": str(value),
            "answer_count": int(count),
        }
