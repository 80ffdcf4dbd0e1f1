"""An organisation before and after: nobody does what was declared, and then a team begins.

Under Lena two managers with six sellers each and one priority, which everybody was told, recalls,
understands and has a card for. Two exports: `EXPORTED` ends sixty days ago, `LATER` tomorrow, the
day on which a promise made today is due.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.small_line import MANAGERS, Tables, line, priority
from tests.small_work import CASE, LARGE, activity, opportunity

from headway import facts

TODAY = date.today()  # noqa: DTZ011  the installation's days are those of this machine
EXPORTED, LATER = TODAY - timedelta(days=60), TODAY + timedelta(days=1)
BEGAN = EXPORTED - timedelta(days=400)
LAUNCHED = EXPORTED - timedelta(days=120)
SELLERS = [seller for team in MANAGERS.values() for seller in team]
EVERY_DAYS = 7
FEW = {"n1": 6, "s1": 6}
"""Who has a business case for so many of each ten opportunities; the others have none."""
MANY = {**FEW, **dict.fromkeys(MANAGERS["mia"], 8)}
"""The same after the export, once the north has begun."""

Rows = list[dict[str, Any]]


def written(folder: Path, *, as_of: date) -> Path:
    """The organisation as exported on that day, as a bundle."""
    made = facts.memory.of(tables(as_of), as_of=as_of, data_from=BEGAN)
    return facts.bundle.write(made, folder)


def tables(as_of: date) -> Tables:
    """What is known by that day."""
    return {**_people(), **_work(as_of), **_told(as_of), **_asked(), **_agreed()}


def _people() -> Tables:
    stood = {"valid_from": BEGAN.isoformat()}
    rows = [line("lena", None, "leader", **stood)]
    for manager, sellers in MANAGERS.items():
        rows += [line(manager, "lena", "manager", **stood)]
        rows += [line(seller, manager, "seller", **stood) for seller in sellers]
    declared = priority(
        scope=LARGE,
        eligibility=LARGE,
        behaviour=CASE,
        declared_on=(LAUNCHED - timedelta(days=20)).isoformat(),
        launched_on=LAUNCHED.isoformat(),
        result_due_on=(TODAY + timedelta(days=200)).isoformat(),
        name="A business case for each plant",
        stop_text="Quotations without a reason",
    )
    depth = {"priority_id": "p1", "link": "practised", "measure": "depth", "from_days": 0}
    return {
        "seen/person": [
            {"person_id": row["person_id"], "name": row["person_id"].title()} for row in rows
        ],
        "seen/reporting_line": rows,
        "meant/priority": [declared],
        "meant/priority_target": [{**depth, "target_share": 0.5}],
    }


def _work(as_of: date) -> Tables:
    """One opportunity each week and seller, each with a call, some with a business case."""
    opportunities: Rows = []
    activities: Rows = []
    for owner in SELLERS:
        days = range(0, (as_of - BEGAN).days, EVERY_DAYS)
        for number, day in enumerate(BEGAN + timedelta(days=days_in) for days_in in days):
            name, on = f"{owner}-{number}", day.isoformat()
            opportunities.append(opportunity(name, owner=owner, day=on))
            called = activity(f"call-{name}", on=name, owner=owner, day=on)
            activities.append({**called, "purpose": "discovery"})
            done = MANY if day > EXPORTED else FEW
            if day >= LAUNCHED and number * 3 % 10 < done.get(owner, 0):
                activities.append(activity(f"case-{name}", on=name, owner=owner, day=on))
    return {"seen/opportunity": opportunities, "seen/activity": activities}


def _told(as_of: date) -> Tables:
    """Each manager told their people four times, by two channels, and as often since."""
    messages: Rows = []
    receipts: Rows = []
    channels = ("team_meeting", "one_to_one")
    for manager, sellers in MANAGERS.items():
        for number, days in enumerate((50, 40, 30, 20, -30, -35, -40, -45)):
            sent_on = EXPORTED - timedelta(days=days)
            if sent_on > as_of:
                continue
            day, name = sent_on.isoformat(), f"{manager}-{number}"
            sent = {"message_id": name, "priority_id": "p1", "sender_id": manager}
            messages.append(
                {**sent, "sent_at": f"{day}T09:00:00Z", "channel": channels[number % 2]}
            )
            receipts += [
                {"message_id": name, "person_id": who, "received_on": day, "basis": "attended"}
                for who in sellers
            ]
    return {"meant/message": messages, "meant/message_receipt": receipts}


def _asked() -> Tables:
    """One round: everybody answered, everybody recalls it and can say why."""
    closed = EXPORTED - timedelta(days=20)
    asked = {
        "round_id": "r",
        "kind": "pulse",
        "opened_on": (closed - timedelta(days=7)).isoformat(),
        "closed_on": closed.isoformat(),
    }
    cell = {"round_id": "r", "role": "seller", "is_remainder": False}
    return {
        "said/survey_round": [asked],
        "said/survey_cell": [
            {**cell, "cell_id": m, "manager_id": m, "invited_count": 6, "answered_count": 6}
            for m in MANAGERS
        ],
        "said/survey_count": [
            {"cell_id": m, "item": item, "subject": "p1", "value": value, "answer_count": 6}
            for m in MANAGERS
            for item, value in (("R1", "yes"), ("U1", "action_and_reason"))
        ],
    }


def _agreed() -> Tables:
    """Each seller has a whole card with their manager; the managers have none of their own."""
    fields = (
        *("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure", "coach"),
        "reinforce",
    )
    day = (EXPORTED - timedelta(days=60)).isoformat()
    sheets: Rows = []
    items: Rows = []
    for manager, sellers in MANAGERS.items():
        for who in sellers:
            sheet = {"sheet_id": who, "author_id": manager, "person_id": who, "priority_id": "p1"}
            sheets.append({**sheet, "written_on": day, "agreed_on": day})
            items += [
                {"sheet_id": who, "item_no": n, "field": each, "text": "Each plant", "measure": "2"}
                for n, each in enumerate(fields)
            ]
    return {"meant/sheet": sheets, "meant/sheet_item": items}
