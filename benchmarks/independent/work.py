"""What the systems recorded: accounts and their owners, opportunities, stages and activities."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from independent.market import draw_market
from independent.people import Firm
from independent.plans import DEPTH, Plan

STAGES = ("Qualify", "Discover", "Proposal", "Negotiate")
SEGMENTS = ("Mid-size", "Public", "Small, local", 'Known as "B"')
FOCUS, NEW_FAMILY = "Focus segment", "Nova"
PRODUCTS = {"c1": "Core", "c2": "Core", "a1": "Add-on", "nv1": NEW_FAMILY, "nv2": NEW_FAMILY}
Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass(kw_only=True)
class Book:
    """Accounts of each seller: those in focus and the others."""

    focus: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    other: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    from_day: dict[str, date] = field(default_factory=dict)  # account -> first day in the book


def pick(rng: np.random.Generator, words: Sequence[str]) -> str:
    return words[int(rng.random() * len(words))]


def moment(rng: np.random.Generator, day: date) -> datetime:
    minutes = int(rng.integers(7 * 60, 18 * 60))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)


class Work:
    """Writes the tables of one organisation under `seen/`, seller by seller."""

    def __init__(self, rng: np.random.Generator, firm: Firm, plans: list[Plan]) -> None:
        self.rng, self.firm = rng, firm
        self.market = draw_market(rng, firm)
        self.plans = {plan.kind: plan for plan in plans}
        self.aim = self.plans.get("segment") or self.plans.get("reorganisation")
        self.book = Book()
        self.tables: Tables = defaultdict(list)
        self.has_recorded = bool(rng.random() < 0.5)

    def draw(self) -> Tables:
        for name, family in PRODUCTS.items():
            is_new = family == NEW_FAMILY and "product" in self.plans
            if is_new or family != NEW_FAMILY:
                launched = self.plans["product"].launched_on if is_new else None
                self.tables["seen/product"].append(
                    {"product_id": name, "name": name, "family": family, "launched_on": launched}
                )
        for order, stage in enumerate((*STAGES, "Won", "Lost")):
            group = {"Won": "won", "Lost": "lost"}.get(stage, "open")
            self.tables["seen/stage_def"].append(
                {"pipeline": "P", "stage": stage, "sort_order": order, "stage_group": group}
            )
        for seller in [p for p, one in self.firm.people.items() if one.role == "seller"]:
            self._accounts(seller)
            self._weeks(seller)
        if self.market.huge_on:
            self._huge()
        return self.tables

    # --- accounts -------------------------------------------------------------------------------

    def _accounts(self, seller: str) -> None:
        one, aim = self.firm.people[seller], self.aim
        start = max(one.hired_on, self.firm.data_from)
        for n in range(int(self.rng.integers(10, 20))):
            segment = SEGMENTS[n % len(SEGMENTS)]
            self.book.other[seller].append(self._account(seller, segment, start, one.left_on))
        if not aim:
            return
        stood = aim.people[seller].stands["practised"]
        is_withheld = not stood and aim.short in {"no_list", "cannot_move"}
        is_reorganised = aim.kind == "reorganisation"
        for n in range(10):
            is_early = is_reorganised and n < 4
            since = start if is_early else max(start, aim.launched_on)
            if one.left_on and since >= one.left_on:
                continue
            if is_withheld and not is_early:
                self._withhold(seller, aim)
                continue
            account = self._account(seller, FOCUS, since, one.left_on)
            self.book.focus[seller].append(account)
            if is_reorganised and start < since == aim.launched_on:
                boss = one.manager or self.firm.head
                self._owner(account, boss, self.firm.data_from, since)
                self._handed(account, boss, seller, since, done=since + timedelta(days=10))

    def _withhold(self, seller: str, aim: Plan) -> None:
        """An account of the new kind that stays with the manager."""
        boss = self.firm.people[seller].manager or self.firm.head
        account = self._account(boss, FOCUS, self.firm.data_from, None)
        if aim.kind == "reorganisation":
            self._handed(account, boss, seller, aim.launched_on, done=None)

    def _account(self, seller: str, segment: str, since: date, until: date | None) -> str:
        account = f"A{len(self.tables['seen/account']):05d}"
        self.book.from_day[account] = since
        row = {"account_id": account, "name": f'Customer {account}, "Ltd"', "segment": segment}
        row["region"] = self.firm.people[seller].region
        row["created_at"] = moment(self.rng, self.firm.data_from)
        self.tables["seen/account"].append(row)
        self._owner(account, seller, since, until)
        if until:
            self._owner(account, self.firm.people[seller].manager, until, None)
        return account

    def _owner(self, account: str, person: str | None, since: date, until: date | None) -> None:
        row = {"account_id": account, "person_id": person, "valid_from": since, "valid_to": until}
        self.tables["seen/account_owner"].append(row | {"role": "owner", "basis": "history"})

    def _handed(
        self, account: str, giver: str | None, taker: str, on: date, *, done: date | None
    ) -> None:
        row = {"handover_id": f"h-{account}", "account_id": account, "from_person_id": giver}
        row |= {"to_person_id": taker, "planned_on": on, "completed_on": done}
        self.tables["meant/handover"].append(row | {"reorganisation_id": "reorg-1"})

    # --- weeks ----------------------------------------------------------------------------------

    def _weeks(self, seller: str) -> None:
        one, market = self.firm.people[seller], self.market
        monday = max(one.hired_on, self.firm.data_from)
        last = min(one.left_on or self.firm.as_of, self.firm.as_of)
        while monday < last:
            away = one.leave and one.leave[0] <= monday < one.leave[1]
            pace = 0.0 if away else self._season(monday)
            for _ in range(self.rng.poisson(market.touches_per_week * pace)):
                self._touch(seller, self._day(monday, last))
            for _ in range(self.rng.poisson(market.created_per_week * pace)):
                self._opportunity(seller, self._day(monday, last))
            monday += timedelta(days=7)

    def _day(self, monday: date, last: date) -> date:
        return min(monday + timedelta(days=int(self.rng.integers(0, 5))), last - timedelta(days=1))

    def _season(self, day: date) -> float:
        return 1 - self.market.season * (1 if day.month in {7, 8, 12} else 0)

    def _aimed(self, seller: str, day: date) -> bool:
        """Whether the seller turns to the focus segment in this piece of work."""
        return bool(self.aim) and self.rng.random() < self.aim.rate_on(seller, day)

    def _pick(self, seller: str, day: date, *, aimed: bool) -> str:
        pool = self.book.focus[seller] if aimed else self.book.other[seller]
        owned = [a for a in pool if self.book.from_day[a] <= day] or self.book.other[seller]
        return pick(self.rng, owned)

    def _touch(self, seller: str, day: date) -> None:
        if self.rng.random() > self.market.logging[seller]:
            return
        aimed = self._aimed(seller, day)
        account = self._pick(seller, day, aimed=aimed)
        is_shut = aimed and self.aim is not None and self.aim.no_result == "worked_not_opened"
        meets = self.rng.random() < (0.01 if is_shut and day > self.aim.launched_on else 0.3)
        kind = "meeting" if meets else pick(self.rng, ["call", "email"])
        self._activity(seller, day, kind=kind, account=account)

    def _activity(
        self,
        seller: str,
        day: date,
        *,
        kind: str,
        account: str,
        opportunity: str | None = None,
        purpose: str | None = None,
    ) -> None:
        if day > self.firm.as_of:
            return
        at = moment(self.rng, day)
        is_meeting = kind == "meeting"
        if purpose is None:
            skill = self.plans.get("skill")
            asks = is_meeting and skill and self.rng.random() < skill.rate_on(seller, day)
            purpose = "needs" if asks else "presentation" if is_meeting else "touch"
        row = {
            "activity_id": f"t{len(self.tables['seen/activity']):07d}",
            "kind": kind,
            "direction": "joint" if is_meeting else "internal" if kind == "task" else "out",
            "purpose": purpose,
            "person_id": seller,
            "account_id": account,
            "opportunity_id": opportunity,
            "occurred_at": at,
            "duration_minutes": 45 if is_meeting else None,
        }
        if self.has_recorded:
            row["recorded_at"] = self._typed_in(at)
        self.tables["seen/activity"].append(row)

    def _typed_in(self, at: datetime) -> datetime:
        evening = datetime.combine(self.firm.as_of, time(18), tzinfo=UTC)
        return min(evening, at + timedelta(hours=float(self.rng.exponential(8))))

    # --- opportunities --------------------------------------------------------------------------

    def _opportunity(self, seller: str, day: date) -> None:
        rng, market = self.rng, self.market
        aimed = self._aimed(seller, day)
        if aimed and self.aim is not None and self.aim.no_result == "worked_not_opened":
            aimed = day < self.aim.launched_on or rng.random() < 0.03
        account = self._pick(seller, day, aimed=aimed)
        new = self.plans.get("product")
        is_new = bool(new) and rng.random() < new.rate_on(seller, day)
        cycle = market.cycle_days * float(np.exp(rng.normal(0, 0.5)))
        if is_new and new is not None and new.no_result == "tried_early":
            cycle = 60 + market.cycle_days * 4 * float(np.exp(rng.normal(0, 0.3)))
        value = self.plans.get("value")
        row = {
            "opportunity_id": f"o{len(self.tables['seen/opportunity']):06d}",
            "account_id": account,
            "owner_id": seller,
            "created_by_id": seller,
            "pipeline": "P",
            "amount": round(market.amount * float(np.exp(rng.normal(0, 0.7))), 2),
            "created_at": moment(rng, day),
            "type": str(rng.choice(["new", "expansion", "renewal"], p=[0.6, 0.25, 0.15])),
            "lead_source": pick(rng, ["web", "partner", "own"]),
            "next_step_set_by": "joint"
            if value and rng.random() < value.rate_on(seller, day)
            else pick(rng, ["ours", "theirs"]),
        }
        products = [p for p, f in PRODUCTS.items() if (f == NEW_FAMILY) == is_new]
        line = {"opportunity_id": row["opportunity_id"], "line_no": 1}
        line |= {"product_id": pick(rng, products), "quantity": 1}
        line["line_amount"] = row["amount"]
        self._run(row, seller=seller, day=day, cycle=cycle, is_new=is_new, aimed=aimed)
        self.tables["seen/opportunity"].append(row)
        self.tables["seen/opportunity_line"].append(line)

    def _run(
        self, row: Row, *, seller: str, day: date, cycle: float, is_new: bool, aimed: bool
    ) -> None:
        """Take the opportunity through its stages as far as time and the buyer let it."""
        rng, as_of = self.rng, self.firm.as_of
        steps = sorted(rng.uniform(0.05, 0.9, size=3))
        days = [day, *(day + timedelta(days=int(cycle * s)) for s in steps)]
        end = day + timedelta(days=max(1, int(cycle)))
        process = self.plans.get("process")
        does_step = bool(process) and rng.random() < process.rate_on(seller, days[2])
        won = rng.random() < self._win_share(
            row, seller=seller, day=day, does_step=does_step, is_new=is_new, aimed=aimed
        )
        reached = 4 if won else int(rng.choice([1, 2, 3, 4], p=[0.1, 0.2, 0.35, 0.35]))
        entered = [(s, d) for s, d in zip(STAGES[:reached], days, strict=False) if d <= as_of]
        is_closed = end <= as_of
        row["stage"] = ("Won" if won else "Lost") if is_closed else entered[-1][0]
        row["stage_group"] = row["stage"].lower() if is_closed else "open"
        row["close_on"] = end
        row["closed_at"] = moment(rng, end) if is_closed else None
        if is_closed and not won:
            row["lost_reason"] = pick(rng, ["price", "no_decision", "competitor"])
        if self.has_recorded:
            row["recorded_at"] = row["created_at"]
        self._stages(row, entered=entered, closed=end if is_closed else None, seller=seller)
        self._meetings(row, seller=seller, entered=entered, end=min(end, as_of))
        if process and reached > 2:
            self._step(row, process, seller=seller, gate=days[2], does_step=does_step)
        self._stay_or_pass(row, seller=seller)

    def _win_share(
        self, row: Row, *, seller: str, day: date, does_step: bool, is_new: bool, aimed: bool
    ) -> float:
        team, base = self.firm.people[seller].manager, self.market.win_share
        base *= self.market.skill[seller]
        if self.market.fall and day > self.firm.as_of - timedelta(days=330):
            base *= 1 - self.market.fall
        lift = 0.0
        for kind, is_done in (
            ("process", does_step),
            ("value", row["next_step_set_by"] == "joint"),
        ):
            plan = self.plans.get(kind)
            lift += 0.15 if is_done and plan and plan.pays(team) else 0.0
        skill = self.plans.get("skill")
        if skill and skill.pays(team):
            _, high, low = DEPTH["skill"]
            lift += 0.15 * max(0.0, (skill.rate_on(seller, day) - low) / (high - low))
        new, aim = self.plans.get("product"), self.aim
        for plan, is_in in ((new, is_new), (aim, aimed)):
            if plan and is_in and day >= plan.launched_on:
                if plan.no_result in {"tried_lost", "opened_not_won", "moved_no_result"}:
                    return 0.02
                if plan.breaks.get(team or "") == "coached":
                    return 0.04
        return min(0.9, base + lift)

    def _stages(
        self, row: Row, *, entered: list[tuple[str, date]], closed: date | None, seller: str
    ) -> None:
        old, at = None, row["created_at"]
        moves = [(stage, at if n == 0 else None, day) for n, (stage, day) in enumerate(entered)]
        if closed:
            moves.append((row["stage"], row["closed_at"], closed))
        for stage, fixed, day in moves:
            at = max(at + timedelta(minutes=1), fixed or moment(self.rng, day)) if old else at
            self._change(row, "stage", old, stage, at=at, by=seller)
            old = stage
        if closed:
            row["closed_at"] = at
        self._change(row, "owner_id", None, seller, at=row["created_at"], by=seller)
        self._change(row, "amount", None, row["amount"], at=row["created_at"], by=seller)

    def _change(
        self, row: Row, field_: str, old: object, new: object, *, at: datetime, by: str
    ) -> None:
        change = {
            "opportunity_id": row["opportunity_id"],
            "changed_at": at,
            "field": field_,
            "old_value": old,
            "new_value": str(new),
            "changed_by_id": by,
        }
        if self.has_recorded:
            change["recorded_at"] = self._typed_in(at)
        self.tables["seen/opportunity_change"].append(change)

    def _meetings(
        self, row: Row, *, seller: str, entered: list[tuple[str, date]], end: date
    ) -> None:
        for _, day in entered:
            if self.rng.random() < 0.8 and self.rng.random() < self.market.logging[seller]:
                self._activity(
                    seller,
                    min(day + timedelta(days=int(self.rng.integers(0, 4))), end),
                    kind="meeting",
                    account=row["account_id"],
                    opportunity=row["opportunity_id"],
                )

    def _step(self, row: Row, process: Plan, *, seller: str, gate: date, does_step: bool) -> None:
        """The case for the buyer's board: before the proposal, or for show after it."""
        shown = process.short == "used_for_show" and gate > process.launched_on
        if not does_step and not (shown and self.rng.random() < 0.8):
            return
        created = row["created_at"].date()
        days = int(self.rng.integers(1, 8))
        day = (
            max(created, gate - timedelta(days=days)) if does_step else gate + timedelta(days=days)
        )
        if does_step and day >= gate:
            return
        self._activity(
            seller,
            day,
            kind="task",
            account=row["account_id"],
            opportunity=row["opportunity_id"],
            purpose="business_case",
        )

    def _stay_or_pass(self, row: Row, *, seller: str) -> None:
        """What a leaver had open passes to the manager."""
        left = self.firm.people[seller].left_on
        is_after = row["closed_at"] is None or (left and row["closed_at"].date() >= left)
        if left and is_after:
            boss = self.firm.people[seller].manager or self.firm.head
            row["owner_id"] = boss
            noon = datetime(left.year, left.month, left.day, 6, tzinfo=UTC)
            self._change(row, "owner_id", seller, boss, at=noon, by=boss)

    def _huge(self) -> None:
        """One deal that is as large as a good part of the half-year."""
        won = [
            row
            for row in self.tables["seen/opportunity"]
            if row["stage_group"] == "won" and row["closed_at"].date() >= self.market.huge_on
        ]
        if won:
            row = min(won, key=lambda r: r["closed_at"])
            row["amount"] = round(row["amount"] * 40, 2)
            for line in self.tables["seen/opportunity_line"]:
                if line["opportunity_id"] == row["opportunity_id"]:
                    line["line_amount"] = row["amount"]
            for change in self.tables["seen/opportunity_change"]:
                if (change["opportunity_id"], change["field"]) == (row["opportunity_id"], "amount"):
                    change["new_value"] = str(row["amount"])
