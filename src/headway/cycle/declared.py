"""What leaders declared and people promised, from records to rows of the facts.

The rows stand beside those that came with a load, and live as long as a run: records stay master.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from headway.cycle import reorganised
from headway.records import declared
from headway.records.models import (
    Card,
    Commitment,
    CommitmentMove,
    Message,
    MessageReceipt,
    PlanVersion,
    Prediction,
    Priority,
)
from headway.terms import codec
from headway.terms.declared import Plan

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them


def rows() -> Mapping[str, list[_Row]]:
    """The rows of each table of `meant` and `said` that records tell; dicts by column."""
    contents = declared.contents()
    return {
        "meant/plan": list(_plans()),
        "meant/priority": [
            _priority(each, contents[each.id].__dict__) for each in Priority.objects.order_by("id")
        ],
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
    }


def _plans() -> Iterator[_Row]:
    """Of versions written on one day only the last stood."""
    last = {each.written_at.date(): each for each in PlanVersion.objects.order_by("number")}
    ends = {begins: after for begins, after in pairwise([*last, None]) if begins is not None}
    for begins, version in last.items():
        plan = codec.from_json(Plan, version.content)
        if plan.owner_id is not None:
            yield {
                "plan_id": f"plan-{version.number}",
                "name": plan.name,
                "owner_id": plan.owner_id,
                "valid_from": begins,
                "valid_to": ends[begins],
                "direction": plan.direction or None,
                "core_values": plan.core_values or None,
                "values_reviewed_on": plan.values_reviewed_on,
            }


def _priority(priority: Priority, content: Mapping[str, Any]) -> _Row:
    said = {name: value for name, value in content.items() if name != "targets" and value != ""}
    return {
        **said,
        "priority_id": priority.id,
        "declared_on": priority.declared_on,
        "ended_on": priority.ended_on,
    }


def _messages() -> Iterator[_Row]:
    for each in Message.objects.filter(withdrawn_at=None).order_by("id"):
        yield {
            "message_id": f"told-{each.pk}",
            "priority_id": each.priority or None,
            "sender_id": each.sender_id,
            "sent_at": each.sent_at,
            "channel": each.channel,
            "is_ask": each.is_ask,
            "is_external": each.is_external,
        }


def _receipts() -> Iterator[_Row]:
    for each in MessageReceipt.objects.filter(message__withdrawn_at=None).order_by("id"):
        yield {
            "message_id": f"told-{each.message_id}",
            "person_id": each.person_id,
            "received_on": each.received_on,
            "basis": each.basis or None,
        }


def _sheets() -> Iterator[_Row]:
    for each in Card.objects.order_by("id"):
        yield {
            "sheet_id": f"card-{each.pk}",
            "author_id": each.author_id,
            "person_id": each.person_id,
            "priority_id": each.priority,
            "written_on": each.written_on,
            "agreed_on": declared.agreed_on(each),
            "withdrawn_on": each.withdrawn_on,
        }


def _items() -> Iterator[_Row]:
    for card in Card.objects.order_by("id"):
        for number, item in enumerate(declared.items(card), start=1):
            yield {
                "sheet_id": f"card-{card.pk}",
                "item_no": number,
                "field": item.field.value,
                "text": item.text,
                "measure": item.measure or None,
                "cue": item.cue or None,
                "enacted_on": item.enacted_on,
                "released_hours": item.released_hours,
            }


def _commitments() -> Iterator[_Row]:
    for each in Commitment.objects.exclude(accepted_at=None).order_by("id"):
        kinds = {"priority": each.priority, "finding": each.finding}
        kind = next((name for name, subject in kinds.items() if subject), "other")
        yield {
            "commitment_id": f"promised-{each.pk}",
            "owner_id": each.owner_id,
            "to_person_id": each.to_id,
            "subject_kind": kind,
            "subject_id": kinds.get(kind),
            "text": each.text,
            "made_on": each.made_at.date(),
            "due_on": each.first_due_on,
            "predicted_measure": each.predicted_link or None,
            "predicted_effect": each.predicted_share,
        }


def _events() -> Iterator[_Row]:
    """What became of commitments: of two moves on a day the last holds, broken leaves no event."""
    found: dict[tuple[int, date, str], _Row] = {}
    moves = CommitmentMove.objects.exclude(commitment__accepted_at=None)
    for move in moves.order_by("made_at", "id"):
        on = move.made_at.date()
        found[move.commitment_id, on, "renegotiated"] = {"new_due_on": move.to_on}
    kinds = {"kept": "done", "kept_late": "done", "released": "withdrawn"}
    settled = Commitment.objects.exclude(accepted_at=None).filter(state__in=kinds)
    for each in settled.exclude(settled_on=None).order_by("id"):
        found[each.pk, each.settled_on or date.max, kinds[each.state]] = {}
    for (number, on, kind), row in found.items():
        yield {**row, "commitment_id": f"promised-{number}", "occurred_on": on, "kind": kind}


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
