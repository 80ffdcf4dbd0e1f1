"""The four priorities of Calder Works: what they are about, what counts, and what is aimed at."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta

from headway.sources.demo.activities import CARE, DISCOVERY, FIRST_MEETING, PROSPECTING, TEAM_CARE
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.conduct import DEPTH
from headway.sources.demo.opportunity_tables import SERVICE_FAMILY
from headway.sources.demo.people import TOP, Staff
from headway.sources.demo.story import PRIORITIES, Story
from headway.sources.demo.world import World
from headway.terms.line import Link

_PLAN = "plan-growth"
_DECLARED_BEFORE_DAYS = 20
# Part of the depth that is aimed at, from so many days after the launch.
_RAMP = ((0, 1 / 3), (45, 2 / 3), (75, 1.0))


def _condition(table: str, column: str, op: str, value: object) -> Mapping[str, object]:
    return {"table": table, "column": column, "op": op, "value": value}


def _predicate(grain: str, *conditions: Mapping[str, object]) -> str:
    return json.dumps({"grain": grain, "all": list(conditions)})


_PUMP_LINE = _condition("product", "family", "eq", "Pumps")
_SERVICE_LINE = _condition("product", "family", "eq", SERVICE_FAMILY)
_FOOD = _condition("account", "industry", "eq", "Food and beverage")
_KEY = _condition("account", "is_key", "eq", True)  # noqa: FBT003  a value of JSON
_QUOTED = (
    _condition("opportunity_change", "field", "eq", "stage"),
    _condition("opportunity_change", "new_value", "eq", "Quotation"),
)
_VISIT = _condition("activity", "purpose", "in", [PROSPECTING, FIRST_MEETING])

_WORDS: tuple[dict[str, object], ...] = (
    {
        "kind": "product",
        "name": "Service contract with every pump",
        "why": "A pump is bought once; a contract earns every year and tells us what comes next.",
        "scope": _predicate("opportunity", _SERVICE_LINE),
        "eligibility": _predicate("opportunity", _PUMP_LINE),
        "behaviour": _predicate("opportunity", _SERVICE_LINE),
        "result_measure": "bookings_share",
        "result_baseline": 0.0,
        "result_target": 0.06,
        "stop_text": "Quoting the pump alone",
        "audience": "Everybody who quotes pumps",
    },
    {
        "kind": "segment",
        "name": "Win food and beverage plants",
        "why": "Our old industries shrink; food plants build, and clean by rules that we meet.",
        "scope": _predicate("opportunity", _FOOD),
        "eligibility": _predicate("activity", _VISIT),
        "behaviour": _predicate("activity", _VISIT, _FOOD),
        "result_measure": "bookings_share",
        "result_baseline": 0.08,
        "result_target": 0.25,
        "stop_text": "Calling first where we always call",
        "audience": "Account managers",
    },
    {
        "kind": "process",
        "name": "Discovery before quotation",
        "why": "Who asks first quotes less often, and what they need.",
        "scope": _predicate("opportunity", *_QUOTED),
        "eligibility": _predicate("opportunity", *_QUOTED),
        "behaviour": _predicate(
            "opportunity",
            _condition("activity", "purpose", "eq", DISCOVERY),
            _condition("activity", "occurred_at", "before_stage", "Quotation"),
        ),
        "result_measure": "win_rate",
        "result_baseline": 0.63,
        "result_target": 0.70,
        "stop_text": "Quoting on an enquiry by mail",
        "audience": "Account managers",
    },
    {
        "kind": "reorganisation",
        "name": "One team per key account",
        "why": "Key accounts hear five voices from us; they asked for one.",
        "scope": _predicate("opportunity", _KEY),
        "eligibility": _predicate(
            "activity", _KEY, _condition("activity", "purpose", "in", [CARE, TEAM_CARE])
        ),
        "behaviour": _predicate(
            "activity", _KEY, _condition("activity", "purpose", "eq", TEAM_CARE)
        ),
        "result_measure": "win_rate",
        "result_baseline": 0.63,
        "result_target": 0.72,
        "stop_text": "Calling on a key account without its team",
        "audience": "Everybody who works with key accounts",
    },
)
_COLUMNS_OF = {"owner": "owner_id", "why": "why", "stop": "stop_text"}
"""The column of each part that a story may leave out."""


def owner(number: int, *, staff: Staff) -> str:
    """Who owns the priority of that number."""
    key_manager = staff.teams[-1].manager
    return (staff.directors[1], staff.directors[0], staff.directors[1], key_manager)[number]


def of(world: World) -> Columns:
    """The plan, the priorities and what is aimed at."""
    return {
        "meant/plan": of_rows(
            [
                {
                    "plan_id": _PLAN,
                    "name": "Growth plan",
                    "owner_id": TOP,
                    "valid_from": world.calendar.ago(400),
                    "direction": "The pump maker that plants call before they decide",
                }
            ]
        ),
        "meant/priority": of_rows(
            _priorities(world.staff, story=world.story, calendar=world.calendar)
        ),
        "meant/priority_target": of_rows(_targets()),
    }


def _priorities(staff: Staff, *, story: Story, calendar: Calendar) -> Iterator[dict[str, object]]:
    for number, (words, planted) in enumerate(zip(_WORDS, story.planted, strict=True)):
        launched = calendar.ago(calendar.launched_ago[number])
        missing = {_COLUMNS_OF[part] for part in planted.missing}
        whole = {
            "priority_id": planted.priority,
            "plan_id": _PLAN,
            **words,
            "owner_id": owner(number, staff=staff),
            "result_due_on": launched + timedelta(days=365),
            "result_is_higher_better": True,
            "declared_on": launched - timedelta(days=_DECLARED_BEFORE_DAYS),
            "launched_on": launched,
        }
        yield {name: None if name in missing else value for name, value in whole.items()}


def _targets() -> Iterator[dict[str, object]]:
    for number, priority in enumerate(PRIORITIES):
        of_practice = {"priority_id": priority, "link": Link.PRACTISED.value}
        for days, part in _RAMP:
            yield {
                **of_practice,
                "measure": "depth",
                "from_days": days,
                "target_share": DEPTH[number] * part,
            }
        yield {**of_practice, "measure": "breadth", "from_days": 0, "target_share": 0.60}
