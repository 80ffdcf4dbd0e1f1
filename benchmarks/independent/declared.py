"""What leaders declared and did: priorities, messages, sheets, training, coaching."""

import json
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from independent.people import Firm
from independent.plans import DEPTH, Plan
from independent.work import FOCUS, NEW_FAMILY, Tables, moment, pick

ITEM_FIELDS = ("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure")
TEAM_FIELDS = (*ITEM_FIELDS, "coach", "reinforce")
CHANGES = {"stop", "begin", "modify", "behaviour"}
RESULTS = {
    "product": ("bookings_share", 0.0, 0.15),
    "segment": ("bookings_share", 0.05, 0.30),
    "process": ("win_rate", 0.25, 0.33),
    "skill": ("win_rate", 0.25, 0.33),
    "value": ("win_rate", 0.25, 0.33),
    "reorganisation": ("bookings_share", 0.20, 0.50),
}


def _where(grain: str, *conditions: tuple[str, str, str, object]) -> str:
    rows = [{"table": t, "column": c, "op": op, "value": v} for t, c, op, v in conditions]
    return json.dumps({"grain": grain, "all": rows}, ensure_ascii=False)


def predicates(kind: str) -> tuple[str, str, str]:
    """Scope, eligibility, behaviour."""
    opportunity, activity = "opportunity", "activity"
    selling = (opportunity, "type", "in", ["new", "expansion"])
    any_type = (opportunity, "type", "in", ["new", "expansion", "renewal"])
    touched = (activity, "direction", "in", ["out", "joint"])
    focus = ("account", "segment", "eq", FOCUS)
    family = ("product", "family", "eq", NEW_FAMILY)
    met = (activity, "kind", "eq", "meeting")
    gate = (
        ("opportunity_change", "field", "eq", "stage"),
        ("opportunity_change", "new_value", "eq", "Proposal"),
    )
    step = (
        (activity, "purpose", "eq", "business_case"),
        (activity, "occurred_at", "before_stage", "Proposal"),
    )
    return {
        "product": (
            _where(opportunity, family),
            _where(opportunity, any_type),
            _where(opportunity, any_type, family),
        ),
        "segment": (
            _where(opportunity, focus),
            _where(activity, touched),
            _where(activity, touched, focus),
        ),
        "reorganisation": (
            _where(opportunity, focus),
            _where(activity, touched),
            _where(activity, touched, focus),
        ),
        "process": (
            _where(opportunity, any_type),
            _where(opportunity, *gate),
            _where(opportunity, *gate, *step),
        ),
        "skill": (
            _where(opportunity, any_type),
            _where(activity, met),
            _where(activity, met, (activity, "purpose", "eq", "needs")),
        ),
        "value": (
            _where(opportunity, selling),
            _where(opportunity, any_type),
            _where(opportunity, any_type, (opportunity, "next_step_set_by", "eq", "joint")),
        ),
    }[kind]


class Declared:
    """Writes `meant/` and the records of telling, translating and coaching."""

    def __init__(
        self, rng: np.random.Generator, firm: Firm, plans: list[Plan], tables: Tables
    ) -> None:
        self.rng, self.firm, self.plans, self.tables = rng, firm, plans, tables

    def draw(self) -> None:
        head = {"plan_id": "plan", "name": "Plan, 2 years", "owner_id": self.firm.head}
        self.tables["meant/plan"].append(head | {"valid_from": self.firm.data_from})
        for name in ("meant/message", "meant/message_receipt", "meant/sheet", "meant/sheet_item"):
            self.tables[name] = []
        self.tables["said/coaching_session"] = []
        for plan in self.plans:
            self._priority(plan)
            self._messages(plan)
            self._own_sheets(plan)
            for seller in self.firm.sellers(self.firm.head):
                self._told(plan, seller)
                self._sheet(plan, seller)
                self._coaching(plan, seller)
            for manager in self.firm.leaders()[1:]:
                self._lead(plan, manager)
            self._training(plan)
            if plan.kind == "reorganisation":
                self._reorganisation(plan)

    def _priority(self, plan: Plan) -> None:
        kind = "value" if plan.kind == "value" else plan.kind
        scope, eligibility, behaviour = predicates(plan.kind)
        measure, baseline, target = RESULTS[plan.kind]
        row = {
            "priority_id": plan.id,
            "plan_id": "plan",
            "kind": kind,
            "name": f"Priority {plan.kind}",
            "owner_id": self.firm.head,
            "why": "Because customers ask for it",
            "scope": scope,
            "behaviour": behaviour,
            "eligibility": eligibility,
            "result_measure": measure,
            "result_baseline": baseline,
            "result_target": target,
            "result_due_on": self.firm.as_of + timedelta(days=90),
            "result_is_higher_better": True,
            "stop_text": "Quotes without a meeting",
            "audience": "All sellers",
            "declared_on": plan.launched_on - timedelta(days=20),
            "launched_on": plan.launched_on,
        }
        self.tables["meant/priority"].append(row | dict.fromkeys(plan.missing))
        depth = {"link": "practised", "measure": "depth", "from_days": 30}
        targets = [depth | {"target_share": DEPTH[plan.kind][0]}]
        for link in sorted(plan.own_targets):
            measure = "breadth" if link == "practised" else "share"
            share = {"link": link, "measure": measure, "from_days": 0}
            targets.append(share | {"target_share": plan.targets[link]})
        for target_row in targets:
            self.tables["meant/priority_target"].append({"priority_id": plan.id} | target_row)

    # --- told -----------------------------------------------------------------------------------

    def _message(self, plan: Plan, sender: str, *, days_ago: int, channel: str, ask: bool) -> str:
        message = f"m{len(self.tables['meant/message']):06d}"
        at = moment(self.rng, self.firm.as_of - timedelta(days=days_ago))
        row = {"message_id": message, "priority_id": plan.id, "sender_id": sender, "sent_at": at}
        self.tables["meant/message"].append(row | {"channel": channel, "is_ask": ask})
        return message

    def _receive(self, message: str, person: str, *, days_ago: int | None) -> None:
        on = None if days_ago is None else self.firm.as_of - timedelta(days=days_ago)
        basis = None if on is None else pick(self.rng, ["attended", "opened"])
        row = {"message_id": message, "person_id": person, "received_on": on, "basis": basis}
        self.tables["meant/message_receipt"].append(row)

    def _messages(self, plan: Plan) -> None:
        """Each leader's own series of tellings in the window, and each one's first ask."""
        launched = (self.firm.as_of - plan.launched_on).days
        self.series: dict[str, list[tuple[str, int]]] = {}
        for leader in self.firm.leaders():
            ask_days = launched - int(self.rng.integers(0, 10))
            message = self._message(plan, leader, days_ago=ask_days, channel="email", ask=True)
            for seller in self.firm.sellers(leader):
                one = self.firm.people[seller]
                if one.hired_on < self.firm.as_of - timedelta(days=ask_days):
                    self._receive(message, seller, days_ago=ask_days)
            self.series[leader] = []
            for channel in ("team_meeting", "email", "team_meeting", "chat"):
                days = int(self.rng.integers(2, 80))
                told = self._message(plan, leader, days_ago=days, channel=channel, ask=False)
                self.series[leader].append((told, days))

    def _told(self, plan: Plan, seller: str) -> None:
        one = self.firm.people[seller]
        own = self.series[one.manager or self.firm.head]
        far = self.series[self.firm.head] if one.manager != self.firm.head else []
        is_told = plan.people[seller].stands["told"]
        if is_told:
            heard = [*own[:3], *(far[:1] if self.rng.random() < 0.5 else [])]
        else:
            heard = self._not_told(own, far)
        arrived = (self.firm.as_of - one.hired_on).days
        for message, days in heard:
            if days <= arrived:
                self._receive(message, seller, days_ago=max(0, days - int(self.rng.integers(0, 2))))
        if not is_told and self.rng.random() < 0.3:
            self._receive(own[3][0], seller, days_ago=None)

    def _not_told(
        self, own: list[tuple[str, int]], far: list[tuple[str, int]]
    ) -> list[tuple[str, int]]:
        """Too seldom, by one channel, or never by the own manager."""
        way = self.rng.integers(3)
        if way == 0 and len(far) > 3:
            return far[:4]
        if way == 1:
            return [own[0], own[2]]
        return own[: int(self.rng.integers(0, 2))]

    # --- connected and led ----------------------------------------------------------------------

    def _own_sheets(self, plan: Plan) -> None:
        for leader in self.firm.leaders():
            start = plan.launched_on - timedelta(days=19)
            sheet = self._write(plan, leader, None, written=start, agreed=None)
            fields = [*ITEM_FIELDS]
            more = int(self.rng.integers(1, 5))
            fields += [pick(self.rng, sorted(CHANGES)) for _ in range(more)]
            for no, name in enumerate(fields):
                done = None
                if name in CHANGES and self.rng.random() < plan.led[leader]:
                    done = plan.launched_on - timedelta(days=int(self.rng.integers(1, 15)))
                elif name in CHANGES and self.rng.random() < 0.4:
                    done = plan.launched_on + timedelta(days=int(self.rng.integers(20, 90)))
                self._item(sheet, no, name, enacted=done)

    def _write(
        self, plan: Plan, author: str, person: str | None, *, written: object, agreed: object
    ) -> str:
        sheet = f"s{len(self.tables['meant/sheet']):05d}"
        row = {"sheet_id": sheet, "author_id": author, "person_id": person}
        row |= {"priority_id": plan.id, "written_on": written, "agreed_on": agreed}
        self.tables["meant/sheet"].append(row)
        return sheet

    def _item(self, sheet: str, no: int, name: str, *, enacted: object = None) -> None:
        row = {"sheet_id": sheet, "item_no": no, "field": name, "text": f"We {name},\nin words"}
        measure = "counted weekly" if name == "behaviour" else None
        self.tables["meant/sheet_item"].append(row | {"measure": measure, "enacted_on": enacted})

    def _sheet(self, plan: Plan, seller: str) -> None:
        one = self.firm.people[seller]
        is_connected = plan.people[seller].stands["connected"]
        flaw = None if is_connected else pick(self.rng, ["none", "short", "old", "loose", "gone"])
        if flaw == "none":
            return
        days = int(self.rng.integers(200, 230) if flaw == "old" else self.rng.integers(20, 150))
        written = max(self.firm.as_of - timedelta(days=days), one.hired_on)
        if flaw == "old" and (one.hired_on >= written or plan.launched_on > written):
            return
        agreed = None if flaw == "loose" else written
        sheet = self._write(plan, one.manager or "", seller, written=written, agreed=agreed)
        if flaw == "gone":
            gone = min(self.firm.as_of, written + timedelta(days=10))
            self.tables["meant/sheet"][-1]["withdrawn_on"] = gone
        for no, name in enumerate(TEAM_FIELDS[: 5 if flaw == "short" else None]):
            self._item(sheet, no, name)

    # --- coached --------------------------------------------------------------------------------

    def _coaching(self, plan: Plan, seller: str) -> None:
        one = self.firm.people[seller]
        arrived = (self.firm.as_of - one.hired_on).days
        if arrived < 45:
            return
        if plan.people[seller].stands["coached"]:
            self._session(plan, seller, days_ago=int(self.rng.integers(35, 44)), looked=True)
            self._session(plan, seller, days_ago=int(self.rng.integers(3, 26)), looked=False)
            return
        way = self.rng.integers(4)
        if way == 0:
            for days in (5, 15, 40):
                self._session(plan, seller, days_ago=days, looked=False, kind="status_check")
        elif way == 1:
            self._session(plan, seller, days_ago=int(self.rng.integers(3, 26)), looked=False)
        elif way == 2 and arrived > 130:
            self._session(plan, seller, days_ago=int(self.rng.integers(80, 120)), looked=True)

    def _session(
        self, plan: Plan, seller: str, *, days_ago: int, looked: bool, kind: str = "one_to_one"
    ) -> None:
        counts = kind != "status_check"
        held = self.firm.as_of - timedelta(days=days_ago)
        row = {
            "session_id": f"c{len(self.tables['said/coaching_session']):06d}",
            "coach_id": self.firm.people[seller].manager,
            "person_id": seller,
            "held_at": moment(self.rng, held),
            "minutes": int(self.rng.choice([15, 30, 45])),
            "kind": kind,
            "topic": "calls" if counts else None,
            "priority_id": plan.id,
            "is_work_observed": counts,
            "is_practice_agreed": counts,
            "follow_up_on": held + timedelta(days=14) if counts else None,
            "followed_up_on": held + timedelta(days=9) if looked else None,
            "coach_confirmed_on": held,
            "person_confirmed_on": min(self.firm.as_of, held + timedelta(days=1)),
        }
        self.tables["said/coaching_session"].append(row)

    def _lead(self, plan: Plan, manager: str) -> None:
        """Leaders among themselves: told, agreed and coached, whatever is broken below."""
        boss = self.firm.people[manager].manager or self.firm.head
        for message, days in self.series[boss][:3]:
            self._receive(message, manager, days_ago=days)
        written = self.firm.as_of - timedelta(days=60)
        sheet = self._write(plan, boss, manager, written=written, agreed=written)
        for no, name in enumerate(TEAM_FIELDS):
            self._item(sheet, no, name)
        self._session(plan, manager, days_ago=40, looked=True)
        self._session(plan, manager, days_ago=12, looked=False)

    # --- training and reorganisation ------------------------------------------------------------

    def _training(self, plan: Plan) -> None:
        for n, held in enumerate(plan.trained_on):
            training = f"{plan.id}-wave-{n + 1}"
            row = {"training_id": training, "priority_id": plan.id, "name": "Asking, not telling"}
            self.tables["meant/training"].append(row | {"held_on": held})
            for seller, one in plan.people.items():
                person = self.firm.people[seller]
                was_here = person.hired_on <= held and (not person.left_on or person.left_on > held)
                if one.is_trained and one.attended_on == held and was_here:
                    attended = {"training_id": training, "person_id": seller, "attended_on": held}
                    self.tables["seen/training_attendance"].append(attended)

    def _reorganisation(self, plan: Plan) -> None:
        key = {"reorganisation_id": "reorg-1"}
        row = {"priority_id": plan.id, "name": "Larger customers", "effective_on": plan.launched_on}
        self.tables["meant/reorganisation"].append(key | row)
        others = ("Mid-size", "Public", "Small, local", 'Known as "B"')
        shares = {FOCUS: 0.8} | dict.fromkeys(others, 0.05)
        for segment, share in shares.items():
            profile = {"role_name": "Focus seller", "segment": segment, "expected_share": share}
            self.tables["meant/role_profile"].append(key | profile)
        for seller in self._reorganised(plan):
            change = {"person_id": seller, "role_name": "Focus seller"}
            self.tables["meant/role_change"].append(key | change)

    def _reorganised(self, plan: Plan) -> Iterator[str]:
        for seller in plan.people:
            person = self.firm.people[seller]
            if person.hired_on < plan.launched_on and not person.left_on:
                yield seller
