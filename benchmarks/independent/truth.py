"""What is so in one organisation: kept in a file of its own that no analysis reads."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from independent.people import Firm
from independent.plans import DEPTH, LINKS, MARGIN, PATTERN, Plan

NEEDED = {"owner_id", "scope", "why", "stop_text"}
RESULT_OF_UNCOACHED = {
    "product": "tried_lost",
    "segment": "opened_not_won",
    "reorganisation": "moved_no_result",
}
# A priority that is lived moves the mix: a slice along it is no false alarm.
CHANGES = {
    "product": ("product", "product_family"),
    "segment": ("segment",),
    "reorganisation": ("segment",),
}
PHASES = {"before": (-90, 0), "early": (1, 31), "late": (91, 181)}
CLEAR_SELLERS, CLEAR_TRAINED = 8, 15
CHANGED = 0.10  # of a team's seller-months from one year to the next: its volume did change
FEW, MOST = 0.35, 0.65  # of the people who moved, where a median tells


@dataclass(frozen=True, kw_only=True)
class Known:
    firm: Firm
    plans: list[Plan]
    answered: set[str]


def document(known: Known, *, is_quiet: bool) -> dict[str, Any]:
    """`line` by priority and group, `patterns` by priority and place, what else truly changed."""
    firm = known.firm
    line = {
        plan.id: {
            f"seller@{leader}": _group(known, plan, leader)
            for leader in firm.leaders()
            if firm.sellers(leader)
        }
        for plan in known.plans
    }
    places = [firm.head, *[p for p in firm.below[firm.head] if firm.people[p].role != "seller"]]
    patterns = [
        {"code": PATTERN[plan.kind], "priority": plan.id, "place": f"seller@{place}"}
        | _pattern(known, plan, place)
        for plan in known.plans
        if plan.kind in PATTERN
        for place in places
        if firm.sellers(place)
    ]
    return {
        "is_nothing_broken": is_quiet,
        "levels": firm.levels,
        "sellers": len(firm.sellers(firm.head)),
        "new_team": firm.new_team,
        "kinds": {plan.id: plan.kind for plan in known.plans},
        "changed_dimensions": sorted(
            {one for plan in known.plans for one in CHANGES.get(plan.kind, ())}
        ),
        "changed_values": _came_and_went(firm),
        "line": line,
        "patterns": patterns,
    }


def _came_and_went(firm: Firm) -> list[str]:
    """Sellers who joined, left or moved within two years, and teams that grew or shrank."""
    since = firm.as_of - timedelta(days=760)
    changed = [
        one.id
        for one in firm.people.values()
        if one.hired_on > since or one.moved_on or (one.left_on and one.left_on > since)
    ]
    for name in ("manager", "region"):
        now, before = (_size_of(firm, name, days_ago=days) for days in (30, 395))
        for value in now | before:
            least, most = sorted((now[value], before[value]))
            if least < (1 - CHANGED) * most:
                changed.append(f"Team of {value}" if name == "manager" else value)
    return changed


def _size_of(firm: Firm, name: str, *, days_ago: int) -> Counter[str]:
    """Seller-months of each team or region in the half-year that ends so many days ago."""
    sizes: Counter[str] = Counter()
    for month in range(7):
        day = firm.as_of - timedelta(days=days_ago + 30 * month)
        for one in firm.people.values():
            if one.role == "seller" and one.is_at_work(day):
                was = name == "manager" and one.moved_on and day < one.moved_on
                sizes[(one.came_from if was else getattr(one, name)) or ""] += 1
    return sizes


# --- the line -----------------------------------------------------------------------------------


def _group(known: Known, plan: Plan, leader: str) -> dict[str, Any]:
    firm, present = known.firm, known.firm.present(leader)
    if not present:
        return {"rates": {}, "first": "nobody", "members": 0, "size": _size(firm, leader)}
    teams = [firm.people[p].manager or "" for p in present]
    rates = {link: float(np.mean([plan.rates[t][link] for t in teams])) for link in LINKS}
    rates["led"] = float(np.mean([plan.led[p] for p in firm.leaders_of(leader)]))
    moves = (
        all(plan.pays(t) for t in set(teams)) and rates["practised"] >= plan.targets["practised"]
    )
    answered = len([p for p in present if p in known.answered])
    return {
        "rates": rates,
        "targets": plan.targets,
        "declared": not NEEDED & set(plan.missing),
        "moved": moves,
        "first": _first(plan, rates, moves=moves),
        "members": len(present),
        "response": answered / len(present),
        "size": _size(firm, leader),
    }


def _size(firm: Firm, leader: str) -> str:
    return "team" if firm.is_team(leader) else "all" if leader == firm.head else "region"


def _first(plan: Plan, rates: dict[str, float], *, moves: bool) -> str:
    """The first link at its margin or below; `near` where one lies between margin and target."""
    if NEEDED & set(plan.missing):
        return "declared"
    is_near = False
    for link in LINKS:
        next_holds = {"led": rates["practised"] >= plan.targets["practised"], "coached": moves}
        if next_holds.get(link):
            continue
        if rates[link] <= plan.targets[link] - MARGIN:
            return link
        is_near = is_near or rates[link] < plan.targets[link]
    if plan.no_result is not None:
        return "too_early" if plan.no_result == "tried_early" else "moved"
    return "near" if is_near else "none"


# --- patterns -----------------------------------------------------------------------------------


def _pattern(known: Known, plan: Plan, place: str) -> dict[str, Any]:
    present = known.firm.present(place)
    found: dict[str, Any] = {"sellers": len(present), "is_clear": False}
    if not present:
        return found | {"verdict": None, "subtype": None}
    if plan.kind == "skill":
        return found | _trained(plan, present)
    if plan.kind == "reorganisation":
        moved = float(np.mean([plan.people[p].stands["practised"] for p in present]))
        verdict = "present" if moved <= FEW else "absent" if moved >= MOST else None
        is_far = moved <= FEW - 0.1
    else:
        target = DEPTH[plan.kind][0]
        slack = MARGIN if plan.kind == "process" else max(0.05, 0.25 * target)
        each = [_mean(plan, p, days=(-89, 1), at=known.firm.as_of) for p in present]
        shown = float(np.mean(each))
        verdict = "present" if shown <= target - slack else "absent" if shown >= target else None
        is_far = shown <= target / 2
    found["is_clear"] = len(present) >= CLEAR_SELLERS and (is_far or verdict != "present")
    return found | {
        "verdict": verdict,
        "subtype": _subtype(known, plan, present, verdict=verdict),
    }


def _subtype(known: Known, plan: Plan, present: list[str], *, verdict: str | None) -> str | None:
    teams = {known.firm.people[p].manager or "" for p in present}
    if verdict == "absent":
        if plan.no_result is not None:
            return plan.no_result or None
        uncoached = [not plan.pays(t) for t in teams]
        return RESULT_OF_UNCOACHED.get(plan.kind) if all(uncoached) else None
    if verdict is None:
        return None
    if plan.kind == "reorganisation":
        understood = float(np.mean([plan.rates[t]["understood"] for t in teams]))
        if understood <= plan.targets["understood"] - MARGIN:
            return "do_not_know"
        return plan.short if understood >= plan.targets["understood"] else None
    return plan.short


def _trained(plan: Plan, present: list[str]) -> dict[str, Any]:
    trained = [p for p in present if plan.people[p].attended_on]
    if not trained:
        return {"verdict": None, "subtype": None}
    rate = {
        phase: float(
            np.mean([_mean(plan, p, days=days, at=plan.people[p].attended_on) for p in trained])
        )
        for phase, days in PHASES.items()
    }
    early, late = rate["early"] - rate["before"], rate["late"] - rate["before"]
    found = {"verdict": None, "subtype": None, "is_clear": len(trained) >= CLEAR_TRAINED}
    if 0.05 <= late < 0.12 or 0.35 * early < late < 0.65 * early:
        return found
    rose = early > 0.1
    if late < 0.05 or late <= 0.35 * early:
        return found | {
            "verdict": "present",
            "subtype": "decayed" if rose else "never_transferred",
        }
    return found | {"verdict": "absent", "subtype": "stuck" if rose else "rose_later"}


def _mean(plan: Plan, person: str, *, days: tuple[int, int], at: date | None) -> float:
    start = at or plan.launched_on
    return float(np.mean([plan.rate_on(person, start + timedelta(days=d)) for d in range(*days)]))
