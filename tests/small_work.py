"""Work of the people of the small organisation: opportunities and activities on one priority."""

import json
from typing import Any

from tests.small_line import Tables, people, priority

DEPTH = [
    {
        "priority_id": "p1",
        "link": "practised",
        "measure": "depth",
        "from_days": 0,
        "target_share": 0.5,
    }
]


def predicate(*conditions: tuple[object, ...], grain: str = "opportunity") -> str:
    keys = ("table", "column", "op", "value")
    listed = [dict(zip(keys, condition, strict=True)) for condition in conditions]
    return json.dumps({"grain": grain, "all": listed})


LARGE = predicate(("opportunity", "amount", "ge", 100))
CASE = predicate(("activity", "purpose", "eq", "case"))

Work = tuple[str, str, int, int]


def worked(*work: Work, **more: object) -> Tables:
    """Opportunities of (owner, day, how many, how many with a business case)."""
    opportunities, activities = [], []
    for number, (owner, day, n, k) in enumerate(work):
        for place in range(n):
            name = f"o{number}-{place}"
            opportunities.append(opportunity(name, owner=owner, day=day))
            if place < k:
                activities.append(activity(f"a{number}-{place}", on=name, owner=owner, day=day))
    made = {"scope": LARGE, "eligibility": LARGE, "behaviour": CASE, "launched_on": "2026-03-01"}
    return {
        **people(),
        "meant/priority": [priority(**{**made, **more})],
        "seen/opportunity": opportunities,
        "seen/activity": activities,
    }


def opportunity(name: str, *, owner: str, day: str) -> dict[str, Any]:
    stands = {"stage": "New", "stage_group": "open", "amount": 100.0}
    return {
        **stands,
        "opportunity_id": name,
        "owner_id": owner,
        "created_at": f"{day}T10:00:00Z",
    }


def activity(name: str, *, on: str, owner: str, day: str) -> dict[str, Any]:
    kind = {"kind": "meeting", "direction": "joint", "purpose": "case"}
    return {
        **kind,
        "activity_id": name,
        "person_id": owner,
        "opportunity_id": on,
        "occurred_at": f"{day}T12:00:00Z",
    }
