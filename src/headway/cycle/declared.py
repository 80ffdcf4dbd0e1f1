"""What leaders declared and people promised here, from records to rows of the facts.

The rows stand beside those that came with a load, and live as long as a run: records stay master.
What was brought and never changed here is no row of these: it is loaded already.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from headway.cycle import coached, knowledge, own_time, reorganised
from headway.records import declared
from headway.records.models import (
    Card,
    Commitment,
    CommitmentEvent,
    Message,
    MessageReceipt,
    PlanVersion,
    Prediction,
    Priority,
)
from headway.terms import codec
from headway.terms.commitment import OF_BUNDLES, SETTLING
from headway.terms.declared import Plan

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them

_PARTS = {
    "meant/priority_target": ("meant/priority", "priority_id"),
    "meant/message_receipt": ("meant/message", "message_id"),
    "meant/sheet_item": ("meant/sheet", "sheet_id"),
    "meant/role_profile": ("meant/reorganisation", "reorganisation_id"),
    "meant/role_change": ("meant/reorganisation", "reorganisation_id"),
    "meant/commitment_event": ("meant/commitment", "commitment_id"),
}
"""Tables whose rows are parts of one thing that is entered as a whole: of which, and its id."""


def rows() -> Mapping[str, list[_Row]]:
    """The rows of each table of `meant` and `said` that were entered here; dicts by column."""
    contents = declared.entered()
    priorities = Priority.objects.filter(id__in=contents).order_by("id")
    return {
        "meant/plan": list(_plans()),
        "meant/priority": [_priority(each, contents[each.id].__dict__) for each in priorities],
        "meant/priority_target": [
            {"priority_id": number, **codec.to_json(target)}
            for number, content in contents.items()
            for target in content.targets
        ],
        "meant/message": list(_messages()),
        "meant/message_receipt": list(_receipts()),
        "meant/sheet": list(_sheets()),
        "meant/sheet_item": list(_items()),
        "meant/commitment": list(_commitments()),
        "meant/commitment_event": list(_events()),
        "said/belief": list(_beliefs()),
        **reorganised.rows(),
        **own_time.rows(),
        **knowledge.rows(),
        **coached.rows(),
    }


def gone(told: Mapping[str, list[_Row]]) -> Mapping[str, Collection[str]]:
    """What stands no more of the loaded, by table: what was taken back, and parts entered anew.

    Args:
        told: the rows that were entered.
    """
    taken_back = {**reorganised.withdrawn(), **coached.withdrawn()}
    found = {name: set(ids) for name, ids in taken_back.items()}
    for name, (of, number) in _PARTS.items():
        found.setdefault(name, set()).update(row[number] for row in told[of])
    return found


def _plans() -> Iterator[_Row]:
    """Of versions written on one day only the last stood; the one brought ends with the first."""
    if not PlanVersion.objects.filter(is_brought=False).exists():
        return
    last = {each.written_at.date(): each for each in PlanVersion.objects.order_by("number")}
    ends = {begins: after for begins, after in pairwise([*last, None]) if begins is not None}
    for begins, version in last.items():
        plan = codec.from_json(Plan, version.content)
        if plan.owner_id is not None:
            yield {
                "plan_id": version.fact_id,
                "name": plan.name,
                "owner_id": plan.owner_id,
                "valid_from": begins,
                "valid_to": ends[begins],
                "direction": plan.direction or None,
                "core_values": plan.core_values or None,
                "values_reviewed_on": plan.values_reviewed_on,
            }


def _priority(priority: Priority, content: Mapping[str, Any]) -> _Row:
    said = {name: None if value == "" else value for name, value in content.items()}
    del said["targets"]
    return {
        **said,
        "priority_id": priority.id,
        "declared_on": priority.declared_on,
        "ended_on": priority.ended_on,
    }


def _messages() -> Iterator[_Row]:
    for each in Message.objects.filter(is_brought=False, withdrawn_at=None).order_by("id"):
        yield {
            "message_id": each.fact_id,
            "priority_id": each.priority or None,
            "sender_id": each.sender_id,
            "sent_at": each.sent_at,
            "channel": each.channel,
            "is_ask": each.is_ask,
            "is_external": each.is_external,
        }


def _receipts() -> Iterator[_Row]:
    entered = MessageReceipt.objects.filter(message__is_brought=False, message__withdrawn_at=None)
    for each in entered.select_related("message").order_by("id"):
        yield {
            "message_id": each.message.fact_id,
            "person_id": each.person_id,
            "received_on": each.received_on,
            "basis": each.basis or None,
        }


def _sheets() -> Iterator[_Row]:
    for each in Card.objects.filter(is_brought=False).order_by("id"):
        yield {
            "sheet_id": each.fact_id,
            "author_id": each.author_id,
            "person_id": each.person_id,
            "priority_id": each.priority,
            "written_on": each.written_on,
            "agreed_on": declared.agreed_on(each),
            "withdrawn_on": each.withdrawn_on,
        }


def _items() -> Iterator[_Row]:
    for card in Card.objects.filter(is_brought=False).order_by("id"):
        for number, item in enumerate(declared.items(card), start=1):
            yield {
                "sheet_id": card.fact_id,
                "item_no": number,
                "field": item.field.value,
                "text": item.text,
                "measure": item.measure or None,
                "cue": item.cue or None,
                "enacted_on": item.enacted_on,
                "released_hours": item.released_hours,
            }


def _agreed() -> QuerySet[Commitment]:
    return Commitment.objects.filter(is_brought=False).exclude(accepted_at=None)


def _commitments() -> Iterator[_Row]:
    """Of one that came with a load, what it was about stays as it was loaded."""
    for each in _agreed().order_by("id"):
        kinds = {"priority": each.priority, "finding": each.finding}
        kind = next((name for name, subject in kinds.items() if subject), "other")
        row = {
            "commitment_id": each.fact_id,
            "owner_id": each.owner_id,
            "to_person_id": each.to_id,
            "subject_kind": kind if each.made_by_id is not None else None,
            "subject_id": kinds.get(kind),
            "text": each.text,
            "made_on": each.made_at.date(),
            "due_on": each.first_due_on,
            "cue": each.cue or None,
            "predicted_measure": each.predicted_link or None,
            "predicted_effect": each.predicted_share,
            "predicted_low": each.predicted_low,
            "predicted_high": each.predicted_high,
        }
        yield {name: value for name, value in row.items() if value is not None}


def _events() -> Iterator[_Row]:
    """What became of commitments; of one kind on one day the last holds, and broken leaves none.

    Of what settles and reopens on one day only the last is told: rows of a day have no order.
    """
    told = CommitmentEvent.objects.filter(commitment__in=_agreed(), kind__in=OF_BUNDLES)
    found: dict[tuple[str, date, str], _Row] = {}
    for each in told.select_related("commitment").order_by("id"):
        row = {
            "commitment_id": each.commitment.fact_id,
            "occurred_on": each.on,
            "kind": each.kind,
            **({"new_due_on": each.to_on} if each.to_on is not None else {}),
        }
        about = "settling" if each.kind in SETTLING else each.kind
        found[each.commitment.fact_id, each.on, about] = row
    yield from found.values()


def _beliefs() -> Iterator[_Row]:
    """What was sealed last about each link; what was skipped is no belief."""
    sealed = Prediction.objects.exclude(share=None).order_by("sealed_at", "id")
    last = {(each.person_id, each.priority, each.group, each.link): each for each in sealed}
    for (person, priority, group, link), each in last.items():
        yield {
            "person_id": person,
            "priority_id": priority,
            "group": group,
            "link": link,
            "sealed_at": each.sealed_at,
            "point_share": each.share,
            "low_share": each.low,
            "high_share": each.high,
        }
