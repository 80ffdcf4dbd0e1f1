"""From facts to what a load declares, as the pages list it; beliefs stay with their owners."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date
from typing import Any

from headway import facts as known
from headway.actions.brought import (
    Brought,
    CardFact,
    CommitmentFact,
    EventFact,
    MessageFact,
    PlanFact,
    PriorityFact,
    ReceiptFact,
    WaveFact,
)
from headway.actions.brought_reorganisation import HandoverFact, ReorganisationFact, TrainingFact
from headway.cycle import coached, own_time
from headway.facts import Facts, disclosure
from headway.terms.commitment import SETTLING, EventKind, day_that_counts
from headway.terms.declared import CardField, CardItem, Plan, PriorityKind, ResultMeasure, Target
from headway.terms.declared import Priority as PriorityContent
from headway.terms.item_bank import ITEMS, in_order
from headway.terms.line import Link
from headway.terms.reorganised import Part
from headway.terms.survey import Cell, Count

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them
_LONGEST_VALUE = 40
_LONGEST_FINDING = 64


def of(facts: Facts) -> Brought:
    """Everything of a load that pages list beside what is entered."""
    return Brought(
        plan=_plan(facts),
        priorities=tuple(_priorities(facts)),
        messages=tuple(_messages(facts)),
        cards=tuple(_cards(facts)),
        commitments=tuple(_commitments(facts)),
        waves=tuple(_waves(facts)),
        reorganisations=tuple(_reorganisations(facts)),
        handovers=tuple(_handovers(facts)),
        trainings=tuple(_trainings(facts)),
        times=tuple(own_time.times(facts)),
        meetings=tuple(own_time.meetings(facts)),
        sessions=tuple(coached.loaded(facts)),
    )


def _plan(facts: Facts) -> PlanFact | None:
    held = [
        row
        for row in _rows(facts, "meant/plan")
        if row["valid_from"] <= facts.as_of
        and (row["valid_to"] is None or row["valid_to"] > facts.as_of)
    ]
    if not held:
        return None
    newest = max(held, key=lambda row: (row["valid_from"], row["plan_id"]))
    plan = Plan(
        name=newest["name"],
        owner_id=newest["owner_id"],
        direction=newest["direction"] or "",
        core_values=newest["core_values"] or "",
        values_reviewed_on=newest["values_reviewed_on"],
    )
    return PlanFact(fact_id=newest["plan_id"], plan=plan, valid_from=newest["valid_from"])


def _priorities(facts: Facts) -> Iterator[PriorityFact]:
    targets = _by(facts, "meant/priority_target", "priority_id")
    for row in _rows(facts, "meant/priority"):
        ended_on = row["ended_on"]
        yield PriorityFact(
            priority_id=row["priority_id"],
            content=_content(row, targets=targets.get(row["priority_id"], [])),
            declared_on=row["declared_on"],
            # A day before it was declared says that it never held.
            ended_on=None if ended_on is None else max(ended_on, row["declared_on"]),
        )


def _content(row: _Row, *, targets: list[_Row]) -> PriorityContent:
    is_higher_better = row["result_is_higher_better"]
    return PriorityContent(
        kind=PriorityKind(row["kind"]),
        name=row["name"] or "",
        owner_id=row["owner_id"],
        why=row["why"] or "",
        scope=row["scope"] or "",
        eligibility=row["eligibility"] or "",
        behaviour=row["behaviour"] or "",
        result_measure=ResultMeasure(row["result_measure"]) if row["result_measure"] else None,
        result_baseline=row["result_baseline"],
        result_target=row["result_target"],
        result_due_on=row["result_due_on"],
        result_is_higher_better=True if is_higher_better is None else is_higher_better,
        stop_text=row["stop_text"] or "",
        audience=row["audience"] or "",
        launched_on=row["launched_on"],
        grace_days=row["grace_days"],
        targets=tuple(
            Target(
                link=Link(each["link"]),
                measure=each["measure"],
                from_days=each["from_days"],
                target_share=each["target_share"],
            )
            for each in targets
        ),
    )


def _messages(facts: Facts) -> Iterator[MessageFact]:
    receipts = _by(facts, "meant/message_receipt", "message_id")
    for row in _rows(facts, "meant/message"):
        yield MessageFact(
            fact_id=row["message_id"],
            priority=row["priority_id"] or "",
            sender_id=row["sender_id"],
            sent_at=row["sent_at"].replace(tzinfo=UTC),
            channel=row["channel"],
            is_ask=bool(row["is_ask"]),
            is_external=bool(row["is_external"]),
            receipts=tuple(
                ReceiptFact(
                    person_id=each["person_id"],
                    received_on=each["received_on"],
                    basis=(each["basis"] or "") if each["received_on"] else "",
                )
                for each in receipts.get(row["message_id"], [])
            ),
        )


def _cards(facts: Facts) -> Iterator[CardFact]:
    items = _by(facts, "meant/sheet_item", "sheet_id")
    for row in _rows(facts, "meant/sheet"):
        told = sorted(items.get(row["sheet_id"], []), key=lambda each: int(each["item_no"]))
        yield CardFact(
            fact_id=row["sheet_id"],
            author_id=row["author_id"],
            person_id=row["person_id"],
            priority=row["priority_id"],
            items=tuple(_item(each) for each in told),
            written_on=row["written_on"],
            agreed_on=row["agreed_on"],
            withdrawn_on=row["withdrawn_on"],
        )


def _item(row: _Row) -> CardItem:
    return CardItem(
        field=CardField(row["field"]),
        text=row["text"],
        measure=row["measure"] or "",
        cue=row["cue"] or "",
        enacted_on=row["enacted_on"],
        released_hours=row["released_hours"],
    )


def _commitments(facts: Facts) -> Iterator[CommitmentFact]:
    told = _by(facts, "meant/commitment_event", "commitment_id")
    for row in _rows(facts, "meant/commitment"):
        events = _events(told.get(row["commitment_id"], []), first_due_on=row["due_on"])
        state, settled_on = _settled(events, first_due_on=row["due_on"])
        moves = [each.to_on for each in events if each.to_on is not None]
        link, share = row["predicted_measure"], row["predicted_effect"]
        is_prediction = link in set(Link) and share is not None and 0 <= share <= 1
        subject = row["subject_id"] or ""
        yield CommitmentFact(
            fact_id=row["commitment_id"],
            owner_id=row["owner_id"],
            to_id=row["to_person_id"],
            text=row["text"],
            made_on=row["made_on"],
            due_on=moves[-1] if moves else row["due_on"],
            first_due_on=row["due_on"],
            cue=row["cue"] or "",
            priority=subject if row["subject_kind"] == "priority" else "",
            finding=subject if _is_finding(row) else "",
            predicted_link=link if is_prediction else "",
            predicted_share=share if is_prediction else None,
            predicted_range=_range(row) if is_prediction else None,
            state=state,
            settled_on=settled_on,
            events=events,
        )


def _is_finding(row: _Row) -> bool:
    return row["subject_kind"] == "finding" and len(row["subject_id"] or "") <= _LONGEST_FINDING


def _events(rows: list[_Row], *, first_due_on: date) -> tuple[EventFact, ...]:
    """In their order; of one day, what was done or withdrawn goes before its being reopened."""
    found: list[EventFact] = []
    due_on = first_due_on
    ordered = sorted(rows, key=lambda each: (each["occurred_on"], each["kind"] == "reopened"))
    for each in ordered:
        kind, to_on = EventKind(each["kind"]), each["new_due_on"]
        is_move = kind is EventKind.RENEGOTIATED and to_on is not None
        found.append(
            EventFact(
                kind=kind,
                on=each["occurred_on"],
                from_on=due_on if is_move else None,
                to_on=to_on if is_move else None,
            )
        )
        due_on = to_on if is_move else due_on
    return tuple(found)


def _settled(events: tuple[EventFact, ...], *, first_due_on: date) -> tuple[str, date | None]:
    """What the last event that settles or reopens says; open where none does."""
    last = next((each for each in reversed(events) if each.kind in SETTLING), None)
    if last is None or last.kind is EventKind.REOPENED:
        return "open", None
    if last.kind is EventKind.WITHDRAWN:
        return "released", last.on
    moves = [(each.on, each.to_on) for each in events if each.to_on is not None]
    return ("kept" if last.on <= day_that_counts(first_due_on, moves) else "kept_late"), last.on


def _range(row: _Row) -> tuple[float, float] | None:
    """The range of what is predicted, where it is one."""
    low, share, high = row["predicted_low"], row["predicted_effect"], row["predicted_high"]
    if low is None or high is None or not 0 <= low <= share <= high <= 1:
        return None
    return low, high


def _waves(facts: Facts) -> Iterator[WaveFact]:
    cells = _by(facts, "said/survey_cell", "round_id")
    teams = _by(facts, "said/survey_cell_team", "cell_id")
    counts = _by(facts, "said/survey_count", "cell_id")
    names = {row["priority_id"]: row["name"] for row in _rows(facts, "meant/priority")}
    for row in _rows(facts, "said/survey_round"):
        if row["kind"] != "pulse":
            continue
        cut = tuple(
            _cell(each, teams=teams.get(each["cell_id"], []))
            for each in cells.get(row["round_id"], [])
        )
        told = tuple(
            count
            for cell in cut
            if cell.answered_count is not None
            for count in _counts(counts.get(cell.cell_id, []), least=facts.min_answer_count)
        )
        subjects = sorted({each.subject for each in told if each.subject})
        yield WaveFact(
            fact_id=row["round_id"],
            items=tuple(each.code for each in in_order([each.item for each in told])),
            priorities=tuple((number, names.get(number) or number) for number in subjects),
            least=facts.min_answer_count,
            opened_on=row["opened_on"],
            closed_on=row["closed_on"],
            cells=cut,
            counts=told,
        )


def _cell(row: _Row, *, teams: list[_Row]) -> Cell:
    return Cell(
        cell_id=row["cell_id"],
        manager=row["manager_id"],
        role=row["role"],
        is_remainder=row["is_remainder"],
        teams=tuple((each["team_manager_id"], each["invited_count"]) for each in teams)
        or ((row["manager_id"], row["invited_count"]),),
        answered_count=row["answered_count"],
    )


def _counts(rows: list[_Row], *, least: int) -> Iterator[Count]:
    """The counts of one cell that may be shown; of items the bank does not know, none.

    What was cut elsewhere is guarded here as what is cut here.
    """
    tallies: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["item"] in ITEMS and len(row["value"]) <= _LONGEST_VALUE:
            tallies[row["item"], row["subject"]][row["value"]] += row["answer_count"]
    for (item, subject), tally in sorted(tallies.items(), key=lambda one: str(one[0])):
        if tally.total() < least:
            continue
        for value, count in disclosure.guarded(item, tally).items():
            yield Count(
                cell_id=rows[0]["cell_id"],
                item=item,
                subject=subject,
                value=value,
                answer_count=count,
            )


def _reorganisations(facts: Facts) -> Iterator[ReorganisationFact]:
    profiles = _by(facts, "meant/role_profile", "reorganisation_id")
    changes = _by(facts, "meant/role_change", "reorganisation_id")
    for row in _rows(facts, "meant/reorganisation"):
        number = row["reorganisation_id"]
        yield ReorganisationFact(
            fact_id=number,
            priority=row["priority_id"] or "",
            name=row["name"],
            effective_on=row["effective_on"],
            parts=_parts(profiles.get(number, [])),
            roles=tuple((each["person_id"], each["role_name"]) for each in changes.get(number, [])),
        )


def _parts(rows: list[_Row]) -> tuple[Part, ...]:
    """By role, the largest part of its work first: a table of facts has no order."""
    parts = [
        Part(
            role_name=row["role_name"],
            segment=row["segment"] or "",
            product_family=row["product_family"] or "",
            activity_kind=row["activity_kind"] or "",
            expected_share=row["expected_share"],
        )
        for row in rows
    ]
    return tuple(sorted(parts, key=lambda one: (one.role_name, -one.expected_share, one.key)))


def _handovers(facts: Facts) -> Iterator[HandoverFact]:
    for row in _rows(facts, "meant/handover"):
        yield HandoverFact(
            fact_id=row["handover_id"],
            account=row["account_id"],
            giver_id=row["from_person_id"],
            taker_id=row["to_person_id"],
            reorganisation=row["reorganisation_id"] or "",
            planned_on=row["planned_on"],
            completed_on=row["completed_on"],
        )


def _trainings(facts: Facts) -> Iterator[TrainingFact]:
    attendance = _by(facts, "seen/training_attendance", "training_id")
    for row in _rows(facts, "meant/training"):
        yield TrainingFact(
            fact_id=row["training_id"],
            priority=row["priority_id"] or "",
            name=row["name"],
            held_on=row["held_on"],
            attended=tuple(
                (each["person_id"], each["attended_on"])
                for each in attendance.get(row["training_id"], [])
            ),
        )


def _by(facts: Facts, name: str, column: str) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(facts, name):
        found[row[column]].append(row)
    return found


def _rows(facts: Facts, name: str) -> list[_Row]:
    return known.collect(facts.columns(name)).records()
