"""A bundle in which leaders have declared, told and asked: who may see what of it.

eve leads max and olaf; max leads s1 to s6, olaf leads t1.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from headway import facts
from headway.cycle import load, publish
from headway.records.models import Account
from headway.terms.declared import CardField
from headway.terms.organisation import Organisation
from headway.terms.viewer import Role, Viewer

AT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
AS_OF = date(2026, 6, 30)
SELLERS = tuple(f"s{number}" for number in range(1, 7))
LEADERS = {"eve": None, "max": "eve", "olaf": "eve"}
PEOPLE = {**LEADERS, **dict.fromkeys(SELLERS, "max"), "t1": "olaf"}
CELL = "c-max"


def tables() -> dict[str, list[dict[str, object]]]:
    """Everything of the bundle."""
    return {**_seen(), **_strategy(), **_told(), **_promised(), **_said()}


def _seen() -> dict[str, list[dict[str, object]]]:
    return {
        "seen/person": [{"person_id": one, "name": one.title()} for one in PEOPLE],
        "seen/reporting_line": [
            {
                "person_id": person,
                "valid_from": date(2020, 1, 1),
                "manager_id": manager,
                "role": "manager" if person in LEADERS else "seller",
                "basis": "declared",
            }
            for person, manager in PEOPLE.items()
        ],
        "seen/opportunity": [
            {"opportunity_id": f"o-{one}", "owner_id": one, "stage": "New", "stage_group": "open"}
            for one in SELLERS
        ],
    }


def _strategy() -> dict[str, list[dict[str, object]]]:
    return {
        "meant/plan": [
            {
                "plan_id": "old",
                "name": "Old plan",
                "owner_id": "eve",
                "valid_from": "2024-01-01",
                "valid_to": "2026-01-01",
            },
            {
                "plan_id": "growth",
                "name": "Growth plan",
                "owner_id": "eve",
                "valid_from": "2026-01-01",
                "direction": "Larger customers",
            },
        ],
        "meant/priority": [
            {
                "priority_id": "large",
                "plan_id": "growth",
                "kind": "product",
                "name": "Win the large ones",
                "owner_id": "max",
                "why": "They stay",
                "declared_on": "2026-02-01",
                "launched_on": "2026-02-01",
            },
            {
                "priority_id": "done",
                "kind": "skill",
                "declared_on": "2025-02-01",
                "ended_on": "2025-12-31",
            },
        ],
        "meant/priority_target": [
            {
                "priority_id": "large",
                "link": "told",
                "measure": "share",
                "from_days": 0,
                "target_share": 0.9,
            }
        ],
    }


def _told() -> dict[str, list[dict[str, object]]]:
    return {
        "meant/message": [
            _message("m1", sender="max", sent_at="2026-06-02T09:00:00Z"),
            _message("m2", sender="olaf", sent_at="2026-06-03T09:00:00Z"),
        ],
        "meant/message_receipt": [
            _receipt("m1", "s1", received_on="2026-06-02", basis="opened"),
            _receipt("m1", "s2"),
            _receipt("m2", "t1", received_on="2026-06-03"),
        ],
        "meant/sheet": [
            _sheet("own-max", author="max"),
            _sheet("with-s1", author="max", person="s1", agreed_on="2026-06-10"),
            _sheet("earlier", author="max", person="s1", written_on="2026-03-01"),
            _sheet("own-t1", author="t1"),
        ],
        "meant/sheet_item": [
            {
                "sheet_id": sheet,
                "item_no": number,
                "field": field.value,
                "text": f"{sheet} {field.value}",
                "measure": "Two a week" if field is CardField.BEHAVIOUR else None,
            }
            for sheet in ("own-max", "with-s1", "earlier", "own-t1")
            for number, field in enumerate(CardField, start=1)
        ],
    }


def _promised() -> dict[str, list[dict[str, object]]]:
    return {
        "meant/commitment": [
            _commitment("kept", owner="s1", to="max"),
            _commitment("moved", owner="s2", to="max"),
            _commitment("theirs", owner="t1", to="olaf"),
        ],
        "meant/commitment_event": [
            {"commitment_id": "kept", "occurred_on": "2026-06-12", "kind": "done"},
            {"commitment_id": "moved", "occurred_on": "2026-06-01", "kind": "progress"},
            {
                "commitment_id": "moved",
                "occurred_on": "2026-06-10",
                "kind": "renegotiated",
                "new_due_on": "2026-07-20",
            },
        ],
    }


def _said() -> dict[str, list[dict[str, object]]]:
    return {
        "said/belief": [
            {
                "person_id": "max",
                "priority_id": "large",
                "group": "seller@max",
                "link": "told",
                "sealed_at": "2026-06-01T09:00:00Z",
                "point_share": 0.8,
                "low_share": 0.7,
                "high_share": 0.9,
            }
        ],
        "said/survey_round": [
            {
                "round_id": "spring",
                "kind": "pulse",
                "opened_on": "2026-05-08",
                "closed_on": "2026-05-18",
            }
        ],
        "said/survey_cell": [
            _cell(CELL, manager="max", invited=6, answered=6),
            _cell("c-olaf", manager="olaf", invited=1, answered=None),
        ],
        "said/survey_cell_team": [
            {"cell_id": CELL, "team_manager_id": "max", "invited_count": 6},
            {"cell_id": "c-olaf", "team_manager_id": "olaf", "invited_count": 1},
        ],
        "said/survey_count": list(_counts()),
    }


def _message(number: str, *, sender: str, sent_at: str) -> dict[str, object]:
    return {
        "message_id": number,
        "priority_id": "large",
        "sender_id": sender,
        "sent_at": sent_at,
        "channel": "team_meeting",
        "is_ask": True,
    }


def _receipt(number: str, person: str, **rest: object) -> dict[str, object]:
    return {"message_id": number, "person_id": person, **rest}


def _sheet(number: str, *, author: str, **rest: object) -> dict[str, object]:
    return {
        "sheet_id": number,
        "author_id": author,
        "person_id": rest.pop("person", None),
        "priority_id": "large",
        "written_on": "2026-06-01",
        **rest,
    }


def _commitment(number: str, *, owner: str, to: str) -> dict[str, object]:
    return {
        "commitment_id": number,
        "owner_id": owner,
        "to_person_id": to,
        "subject_kind": "handover",
        "subject_id": "h1",
        "text": f"Visit two of the large ones ({number})",
        "made_on": "2026-05-20",
        "due_on": "2026-06-15",
    }


def _cell(number: str, *, manager: str, invited: int, answered: int | None) -> dict[str, object]:
    return {
        "cell_id": number,
        "round_id": "spring",
        "manager_id": manager,
        "role": "seller",
        "is_remainder": False,
        "invited_count": invited,
        "answered_count": answered,
    }


def _counts() -> Iterator[dict[str, object]]:
    """Recall is split; of WD1, about the leader, all but one are on one side; PS1 is asked of 4."""
    told = {
        ("R1", "large"): {"yes": 4, "no": 2},
        ("RC1", None): {"2": 1, "4": 5},
        ("WD1", None): {"1": 3, "2": 2, "5": 1},
        ("PS1", None): {"4": 4},
        ("X9", None): {"a": 6},
    }
    for (item, subject), values in told.items():
        for value, count in values.items():
            yield {
                "cell_id": CELL,
                "item": item,
                "subject": subject,
                "value": value,
                "answer_count": count,
            }


def written(folder: Path, **changed: list[dict[str, object]]) -> Path:
    """The bundle in a folder; `changed` tables take the place of theirs (`_` for the stroke)."""
    named = {name.replace("_", "/", 1): rows for name, rows in changed.items()}
    made = facts.memory.of(
        {**tables(), **named},
        organisation=Organisation(name="Example", currency="EUR", time_zone="UTC"),
        as_of=AS_OF,
        data_from=date(2025, 1, 1),
    )
    return facts.bundle.write(made, folder)


def loaded(bundle: Path, data_folder: Path, *, at: datetime = AT) -> load.Loaded:
    """The bundle is loaded and published."""
    done = load.load(bundle, data_folder, at=at)
    publish.publish(at=at)
    return done


def viewer(person: str, *roles: Role) -> Viewer:
    """Somebody of them, with an account."""
    account, _ = Account.objects.get_or_create(
        email=f"{person}@example.com",
        defaults={
            "name": person,
            "person_id": person,
            "password": "!",
            "is_executive": Role.EXECUTIVE in roles,
            "is_manager": Role.MANAGER in roles,
            "is_seller": Role.SELLER in roles,
            "created_at": AT,
        },
    )
    return Viewer(person_id=person, account_id=account.pk, roles=frozenset(roles))
