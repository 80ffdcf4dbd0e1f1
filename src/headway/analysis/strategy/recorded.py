"""The links that records tell: told, connected, led and coached."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from headway.analysis.strategy import sessions
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.sessions import Session
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts, collect, days
from headway.terms.line import Link, LinkReason
from headway.terms.period import Period

_EXPOSURES, _CHANNELS = 3, 2
_SHEET_DAYS, _SESSION_DAYS, _FOLLOWED_DAYS = 180, 30, 60
_FEWEST_ITEMS = 3
_TEAM_FIELDS = {
    *("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure", "coach", "reinforce")
}
# Begin and modify stand for each other: one of them is enough.
_EITHER = {"begin", "modify"}
_CONDUCT = {"stop", "begin", "modify", "behaviour"}

# Any: a row holds what its columns hold.
Row = Mapping[str, Any]
_Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Records:
    """What is recorded of each person and priority; None where nobody keeps such records.

    `told`, `connected` and `coached` hold (priority, person) for those who meet the link. `items`
    are the own items of each (priority, leader) with the day each was enacted; `asks` the days on
    which a (priority, leader) asked each person to change.
    """

    told: frozenset[_Pair] | None
    connected: frozenset[_Pair] | None
    coached: frozenset[_Pair] | None
    items: Mapping[_Pair, Sequence[date | None]] | None
    asks: Mapping[_Pair, Mapping[str, date]] = field(default_factory=dict)

    def counted(self, link: Link, *, priority: Priority, group: Group) -> Counted:
        """One of the four links in one group."""
        if link is Link.LED:
            return self._led(priority, group=group)
        met = {
            Link.TOLD: self.told,
            Link.CONNECTED: self.connected,
            Link.COACHED: self.coached,
        }[link]
        target, asked = priority.targets[link], len(group.members)
        if met is None:
            return Counted(link=link, target=target, asked=asked)
        k = sum((priority.priority_id, person) in met for person in group.members)
        return Counted(link=link, target=target, k=k, n=asked, asked=asked)

    def _led(self, priority: Priority, *, group: Group) -> Counted:
        target, asked = priority.targets[Link.LED], len(group.leaders)
        if self.items is None:
            return Counted(link=Link.LED, target=target, asked=asked)
        k = n = 0
        for leader in sorted(group.leaders):
            key = (priority.priority_id, leader)
            asks = self.asks.get(key, {})
            first = min((asks[who] for who in group.members if who in asks), default=date.max)
            enacted = self.items.get(key, ())
            k += sum(day is not None and day < first for day in enacted)
            n += len(enacted)
        reason = LinkReason.TOO_FEW if n < _FEWEST_ITEMS else None
        return Counted(link=Link.LED, target=target, k=k, n=n, asked=asked, reason=reason)


def of(facts: Facts, *, organisation: Organisation, window: Period) -> Records:
    """Read the records of one window."""
    messages = _messages(facts, last=window.last)
    receipts = [
        row
        for row in collect(facts.columns("meant/message_receipt")).records()
        if row["message_id"] in messages
    ]
    has_messages = facts.has("meant/message") and facts.has("meant/message_receipt")
    has_sheets = facts.has("meant/sheet") and facts.has("meant/sheet_item")
    sheets = _sheets(facts, last=window.last)
    held = sessions.of(facts, last=window.last)
    return Records(
        told=_told(receipts, messages=messages, organisation=organisation, window=window)
        if has_messages
        else None,
        connected=_connected(sheets, last=window.last) if has_sheets else None,
        coached=None if held is None else _coached(held, last=window.last),
        items=_own_items(sheets, last=window.last) if has_sheets else None,
        asks=_asks(receipts, messages=messages),
    )


def _messages(facts: Facts, *, last: date) -> dict[str, Row]:
    return {
        row["message_id"]: {**row, "sent_on": day}
        for row, day in _dated(facts, "meant/message", "sent_at")
        if row["priority_id"] is not None and day <= last
    }


def _dated(facts: Facts, table: str, column: str) -> Iterator[tuple[Row, date]]:
    """The rows of a table, each with the organisation's day of its instant."""
    rows = collect(facts.columns(table))
    on = days.of(rows.column(column), time_zone=facts.organisation.time_zone)
    return zip(rows.records(), on.tolist(), strict=True)


def _told(
    receipts: Iterable[Row],
    *,
    messages: Mapping[str, Row],
    organisation: Organisation,
    window: Period,
) -> frozenset[_Pair]:
    """Who received it three times, by two channels, once or more from their own manager."""
    received: dict[_Pair, list[Row]] = defaultdict(list)
    for receipt in receipts:
        day = receipt["received_on"]
        if day is not None and window.first <= day <= window.last:
            message = messages[receipt["message_id"]]
            received[message["priority_id"], receipt["person_id"]].append(message)
    return frozenset(
        (priority, person)
        for (priority, person), found in received.items()
        if len(found) >= _EXPOSURES
        and len({message["channel"] for message in found}) >= _CHANNELS
        and organisation.manager_of.get(person) in {message["sender_id"] for message in found}
    )


def _asks(
    receipts: Iterable[Row], *, messages: Mapping[str, Row]
) -> Mapping[_Pair, Mapping[str, date]]:
    first: dict[_Pair, dict[str, date]] = defaultdict(dict)
    for receipt in receipts:
        message = messages[receipt["message_id"]]
        if not message["is_ask"]:
            continue
        asked = first[message["priority_id"], message["sender_id"]]
        day = asked.get(receipt["person_id"], date.max)
        asked[receipt["person_id"]] = min(day, message["sent_on"])
    return first


def _sheets(facts: Facts, *, last: date) -> list[tuple[Row, list[Row]]]:
    items: dict[str, list[Row]] = defaultdict(list)
    for item in collect(facts.columns("meant/sheet_item")).records():
        items[item["sheet_id"]].append(item)
    return [
        (sheet, items[sheet["sheet_id"]])
        for sheet in collect(facts.columns("meant/sheet")).records()
        if sheet["written_on"] <= last
        and (sheet["withdrawn_on"] is None or sheet["withdrawn_on"] > last)
    ]


def _connected(sheets: Iterable[tuple[Row, list[Row]]], *, last: date) -> frozenset[_Pair]:
    return frozenset(
        (sheet["priority_id"], sheet["person_id"])
        for sheet, items in sheets
        if sheet["person_id"] is not None
        and sheet["agreed_on"] is not None
        and sheet["agreed_on"] <= last < sheet["agreed_on"] + timedelta(days=_SHEET_DAYS)
        and _is_complete(items)
    )


def _is_complete(items: Sequence[Row]) -> bool:
    """Whether a sheet agreed with a person has all its fields and a measure on each behaviour."""
    fields = {item["field"] for item in items}
    missing = _TEAM_FIELDS - fields
    is_whole = not missing or (len(missing) == 1 and missing < _EITHER)
    return is_whole and all(
        item["measure"] is not None for item in items if item["field"] == "behaviour"
    )


def _own_items(
    sheets: Iterable[tuple[Row, list[Row]]], *, last: date
) -> Mapping[_Pair, Sequence[date | None]]:
    found: dict[_Pair, list[date | None]] = defaultdict(list)
    for sheet, items in sheets:
        if sheet["person_id"] is None:
            found[sheet["priority_id"], sheet["author_id"]] += [
                day if day is not None and day <= last else None
                for day in (item["enacted_on"] for item in items if item["field"] in _CONDUCT)
            ]
    return found


def _coached(held: Iterable[Session], *, last: date) -> frozenset[_Pair]:
    """Who had a session that counts, and whose practice was looked at again."""
    lately, followed = set[_Pair](), set[_Pair]()
    for each in held:
        if not each.counts or each.priority is None:
            continue
        pair, age = (each.priority, each.person), (last - each.held_on).days
        if age < _SESSION_DAYS:
            lately.add(pair)
        if age < _FOLLOWED_DAYS and each.followed_on is not None:
            followed.add(pair)
    return frozenset(lately & followed)
