"""The training, and the reorganisation: who is to do what, and which accounts change hands."""

from collections.abc import Iterator

import numpy as np

from headway.sources.demo.accounts import HANDOVER_DAYS, POOL, SEGMENTS, Accounts, key_seats
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.conduct import KEY_TEAMS, Conduct
from headway.sources.demo.people import Staff
from headway.sources.demo.story import PRIORITIES
from headway.sources.demo.world import World

_ID = "reorganisation-key-teams"
_TRAINING = "training-discovery"
_PROFILES = {"Account lead": (0.80, 0.13, 0.07), "Account team member": (0.50, 0.30, 0.20)}
_STEPS = ("introduced", "joint_meeting", "led_meeting", "customer_confirmed")


def of(world: World, *, accounts: Accounts) -> Columns:
    """Tables of the training and of the reorganisation."""
    draw = world.options.stream("reorganisation")
    effective = world.calendar.ago(world.calendar.launched_ago[KEY_TEAMS])
    handovers, steps = [], []
    for row, its_steps in _handovers(world.staff, accounts=accounts, calendar=world.calendar):
        handovers.append(row)
        steps += its_steps
    return {
        "meant/training": of_rows(
            [
                {
                    "training_id": _TRAINING,
                    "priority_id": PRIORITIES[2],
                    "name": "Discovery in two days",
                    "held_on": world.calendar.ago(world.calendar.trained_ago),
                }
            ]
        ),
        "seen/training_attendance": of_rows(
            _attendance(draw, staff=world.staff, conduct=world.conduct, calendar=world.calendar)
        ),
        "meant/reorganisation": of_rows(
            [
                {
                    "reorganisation_id": _ID,
                    "priority_id": PRIORITIES[KEY_TEAMS],
                    "name": "One team per key account",
                    "effective_on": effective,
                }
            ]
        ),
        "meant/role_profile": of_rows(_profiles()),
        "meant/role_change": of_rows(
            {
                "reorganisation_id": _ID,
                "person_id": person,
                "role_name": list(_PROFILES)[seat not in key_seats(world.staff)],
            }
            for seat, person in enumerate(world.staff.seller)
        ),
        "meant/handover": of_rows(handovers),
        "meant/handover_step": of_rows(steps),
    }


def _profiles() -> Iterator[dict[str, object]]:
    for role, shares in _PROFILES.items():
        for segment, share in zip(SEGMENTS, shares, strict=True):
            yield {
                "reorganisation_id": _ID,
                "role_name": role,
                "segment": segment,
                "expected_share": share,
            }


def _attendance(
    draw: np.random.Generator, *, staff: Staff, conduct: Conduct, calendar: Calendar
) -> Iterator[dict[str, object]]:
    """Everybody was invited who was there; those who had no time did not come."""
    for seat in range(len(staff.seller)):
        came = bool(conduct.is_trained[seat])
        yield {
            "training_id": _TRAINING,
            "person_id": staff.seller[seat],
            "attended_on": calendar.ago(calendar.trained_ago - int(draw.integers(2)))
            if came
            else None,
            "attended_hours": 14.0 if came else None,
            "test_share": round(float(draw.beta(8, 2)), 2) if came else None,
        }


def _handovers(
    staff: Staff, *, accounts: Accounts, calendar: Calendar
) -> Iterator[tuple[dict[str, object], list[dict[str, object]]]]:
    planned = calendar.ago(calendar.launched_ago[KEY_TEAMS] - HANDOVER_DAYS)
    is_done = accounts.moved_on <= calendar.last
    for number, (account, seat) in enumerate(accounts.moved.items(), start=1):
        handover = f"handover-{number:03d}"
        done = calendar.day(accounts.moved_on) if is_done else None
        row = {
            "handover_id": handover,
            "account_id": accounts.ids[account],
            "from_person_id": staff.seller[account // POOL],
            "to_person_id": staff.seller[seat],
            "reorganisation_id": _ID,
            "planned_on": planned,
            "completed_on": done,
        }
        yield (
            row,
            [
                {"handover_id": handover, "step": step, "due_on": planned, "done_on": done}
                for step in _STEPS
            ],
        )
