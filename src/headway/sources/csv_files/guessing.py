"""What one unknown file is, and each of its columns: by name, then by content, doubts kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.sources.csv_files import naming
from headway.sources.csv_files.evidence import Evidence
from headway.sources.csv_files.fitting import half_fits, misleads, speaks_against
from headway.sources.csv_files.mapping import plain_name
from headway.sources.csv_files.synonyms import TABLES
from headway.sources.csv_files.tables import Raw
from headway.sources.csv_files.text import doubled

_ESSENTIAL = frozenset(
    {"stage", "outcome", "is_won", "amount", "created_at", "close_on", "closed_on", "owner_id"}
)
_OUTCOMES = frozenset({"stage", "outcome", "is_won", "won_on"})
_DAYS = frozenset({"created_at", "close_on", "closed_on", "won_on"})
_OWNERS_SHARE = 5
_KEYS = {"seen/person": "person_id", "seen/account": "account_id", "seen/product": "product_id"}
_NEEDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "seen/opportunity": (
        _OUTCOMES,
        frozenset({"amount", "owner_id", "account_id", "probability_share", *_DAYS}),
    ),
    "seen/activity": (
        frozenset({"occurred_at"}),
        frozenset({"direction", "duration_minutes", "duration_seconds", "opportunity_id"}),
    ),
    "seen/person": (frozenset({"person_id"}), frozenset({"manager", "team", "email", "region"})),
    "seen/account": (
        frozenset({"account_id"}),
        frozenset({"industry", "segment", "employee_count", "annual_revenue_amount", "country"}),
    ),
    "seen/product": (frozenset({"product_id"}), frozenset({"family", "list_price_amount"})),
    "orders": (frozenset({"ordered_on"}), frozenset({"line_amount", "unit_price"})),
}


@dataclass(frozen=True, kw_only=True)
class Guess:
    """What a file was taken for: `table` ("" = no use), `taken` their column to ours, with reasons.

    `doubtful` columns are asked; until then what was taken stands.
    """

    table: str
    taken: Mapping[str, str]
    reasons: Mapping[str, str]
    doubtful: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def question_id(raw: Raw, *, column: str) -> str:
    """What the question about one column is called."""
    return f"column:{raw.name}:{column}"


def guess(raw: Raw, *, seen: Mapping[str, Evidence], answers: Mapping[str, str]) -> Guess:
    """The likeliest reading of a file, with answers going before guesses."""
    said = _tables_answered(raw, answers=answers)
    read = [_read_as(table, raw=raw, seen=seen, answers=answers) for table in said or TABLES]
    best = max(read, key=lambda each: (_fitness(each), len(each.taken)))
    orders = next((each for each in read if each.table == "orders"), best)
    if _is_order_only(best, orders=orders, seen=seen):
        best = orders
    if said or _fitness(best) > 0:
        return best
    closest = _read_as("seen/opportunity", raw=raw, seen=seen, answers=answers)
    return Guess(table="", taken=closest.taken, reasons=closest.reasons, hints=closest.hints)


def _is_order_only(best: Guess, *, orders: Guess, seen: Mapping[str, Evidence]) -> bool:
    """Whether what looks like opportunities are orders: lines with quantities, nothing decided."""
    if best.table != "seen/opportunity" or not _fitness(orders):
        return False
    told = {ours: column for column, ours in best.taken.items()}
    is_decided = bool({"outcome", "is_won", "won_on"} & set(told))
    is_decided |= "stage" in told and seen[told["stage"]].is_outcome
    return not is_decided and {"order_id", "quantity"} <= set(orders.taken.values())


def closeness(guess: Guess) -> tuple[int, int]:
    """How near a file comes to opportunities: fewer missing, more taken."""
    return -len(missing(guess)), len(guess.taken)


def missing(guess: Guess) -> list[str]:
    """What a file of opportunities cannot do without and this one has not."""
    ours = set(guess.taken.values())
    lacks = []
    if not ours & _OUTCOMES:
        lacks.append("a stage or outcome (won, lost, open) of each opportunity")
    if not ours & _DAYS:
        lacks.append("the day each was created or closed" + "".join(guess.hints))
    if lacks and not ours & {"owner_id"}:
        lacks.append("the seller who owns each")
    return lacks


def _fitness(guess: Guess) -> int:
    """0 = cannot be this table; more = more of what makes this table what it is."""
    ours = set(guess.taken.values())
    if guess.table == "seen/opportunity_change":
        is_change = ours >= {"opportunity_id", "new_value", "changed_at"}
        return 10 * bool(is_change and ours & {"old_value", "field"})
    must, may = _NEEDS[guess.table]
    is_short = not (ours & must and ours & may)
    if guess.table == "seen/activity":
        is_short |= "person_id" not in ours
    if guess.table == "orders":
        is_short |= not ours & {"order_id", "product"}
        is_short |= not ("line_amount" in ours or {"quantity", "unit_price"} <= ours)
    if is_short:
        return 0
    if guess.table == "orders":
        return 1 + len(ours & {"order_id", "product", "quantity", "unit_price"})
    return len(ours & may) + 2 * bool(ours & _OUTCOMES)


@dataclass(kw_only=True)
class _Draft:
    """A guess while it is made: their columns to ours, with reasons and doubts."""

    seen: Mapping[str, Evidence]
    taken: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)

    def take(self, column: str, *, ours: str, reason: str, is_sure: bool) -> None:
        self.taken[column], self.reasons[column] = ours, reason
        if not is_sure:
            self.doubtful.append(column)

    def has(self, *ours: str) -> bool:
        return any(each in ours for each in self.taken.values())

    def is_free(self, column: str, *, ours: str) -> bool:
        return column not in self.taken and not self.has(ours)

    def by_name(self, column: str, *, ours: str, score: float) -> None:
        """Take a column by its name, as far as its values allow."""
        is_whole = naming.is_whole(score)
        reason = f"{'named like' if is_whole else 'its name contains'} {ours.replace('_', ' ')}"
        against = speaks_against(ours, column=column, seen=self.seen[column])
        if ours == "stage" and score < naming.SURE and not self.seen[column].is_outcome:
            return
        if not against:
            is_sure = score >= naming.SURE or ours not in _ESSENTIAL
            self.take(column, ours=ours, reason=reason, is_sure=is_sure)
        elif is_whole and half_fits(ours, seen=self.seen[column]):
            self.take(column, ours=ours, reason=f"{reason}, but {against}", is_sure=False)
        elif is_whole and self.seen[column].filled and column not in self.reasons:
            self.reasons[column] = f"{reason}, but {against}"

    def key_from_name(self, table: str) -> None:
        """A list of people, accounts or products by name alone: the name is the key."""
        key = _KEYS.get(table)
        name = next((c for c, ours in self.taken.items() if ours == "name"), None)
        if key is not None and name is not None and not self.has(key):
            self.taken[name] = key

    def doubt_left_out(self) -> None:
        """Ask about columns named like something essential that was found nowhere."""
        for column, reason in self.reasons.items():
            ours = next((e for e in _ESSENTIAL if f" {e.replace('_', ' ')}, but" in reason), None)
            if column not in self.taken and ours is not None and not self.has(ours):
                self.doubtful.append(column)

    def outcome_by_content(self, left: Sequence[str]) -> None:
        """A column whose values tell won from lost tells the outcome, whatever its name."""
        stage = next((c for c, ours in self.taken.items() if ours == "stage"), None)
        is_told = stage is not None and self.seen[stage].is_outcome
        outcomes = [column for column in left if self.seen[column].is_whole_outcome]
        if is_told or self.has("outcome", "is_won", "won_on") or not outcomes:
            return
        ours = "outcome" if stage is not None else "stage"
        self.take(outcomes[0], ours=ours, reason="its values tell won from lost", is_sure=True)

    def key_by_content(self, left: Sequence[str]) -> None:
        """A column in which no value comes twice, asked: without one a later export adds anew."""
        keys = [column for column in left if self.seen[column].is_code]
        if keys and not self.has("opportunity_id"):
            reason = "no value in it comes twice"
            self.take(keys[0], ours="opportunity_id", reason=reason, is_sure=False)

    def days_by_content(self, left: Sequence[str]) -> None:
        """Days that no name tells, asked: creation is the fuller or the earlier column."""
        days = [c for c in left if self.seen[c].is_dates and not misleads(c, ours="created_at")]
        days.sort(key=lambda column: (-self.seen[column].filled, self.seen[column].middle_day))
        if not days:
            return
        if not self.has(*_DAYS):
            reason = "its values are dates"
            self.take(days[-1], ours="close_on", reason=reason, is_sure=False)
            days.pop()
        if days and not self.has("created_at"):
            reason = "its values are dates, filled more often or earlier than the closing days"
            self.take(days[0], ours="created_at", reason=reason, is_sure=False)

    def amount_by_content(self, left: Sequence[str]) -> None:
        """An amount that no name tells, asked."""
        numbers = [column for column in left if self.seen[column].could_be_amount]
        numbers = [column for column in numbers if not misleads(column, ours="amount")]
        if numbers and not self.has("amount", "amount_part"):
            reason = "its values are numbers that differ"
            self.take(numbers[0], ours="amount", reason=reason, is_sure=False)

    def owner_by_content(self, left: Sequence[str]) -> None:
        """Names of people that come again and again are asked about, and left out until then."""
        people = [
            column
            for column in left
            if self.seen[column].is_people
            and self.seen[column].distinct * _OWNERS_SHARE <= self.seen[column].filled
        ]
        if people and self.has(*_DAYS) and not self.has("owner_id"):
            self.reasons[people[0]] = "its values look like names that come again and again"
            self.doubtful.append(people[0])

    def split_amounts(self, header: Sequence[str], *, prefix: str) -> None:
        """Several parts of one amount, where none is the whole: added up, and asked."""
        amount = next((c for c, ours in self.taken.items() if ours == "amount"), None)
        names = tuple(TABLES["seen/opportunity"]["amount"].split())
        if amount is None or naming.is_whole(naming.score(amount, names=names, prefix=prefix)):
            return
        last = naming.words(amount)[-1]
        parts = [
            column
            for column in header
            if naming.words(column)[-1:] == (last,)
            and self.taken.get(column, "amount") == "amount"
            and self.seen[column].number_share > 0
            and not misleads(column, ours="amount_part")
            and not speaks_against("amount", column=column, seen=self.seen[column])
        ]
        if len(parts) > 1:
            for column in parts:
                reason = f"one of {len(parts)} columns of which each holds a part of the {last}"
                self.doubtful = [each for each in self.doubtful if each != column]
                self.take(column, ours="amount_part", reason=reason, is_sure=False)


def _read_as(
    table: str, *, raw: Raw, seen: Mapping[str, Evidence], answers: Mapping[str, str]
) -> Guess:
    draft = _Draft(seen=seen)
    given = _given(raw, table=table, answers=answers)
    for column, ours in given.items():
        if ours:
            draft.take(column, ours=ours, reason="as answered", is_sure=True)
    again = set(doubled(raw.header))
    draft.reasons.update(dict.fromkeys(again, "an earlier column has the same name"))
    header = [column for column in raw.header if column not in given and column not in again]
    prefix = naming.prefix_of(raw.header)
    for score, column, ours in _fits(table, header=header, prefix=prefix):
        if draft.is_free(column, ours=ours):
            draft.by_name(column, ours=ours, score=score)
    if table == "seen/opportunity":
        _by_content(draft, header=header, prefix=prefix)
    draft.key_from_name(table)
    draft.doubt_left_out()
    reasons = {**draft.reasons, **dict.fromkeys(given, "as answered")}
    return Guess(
        table=table,
        taken=draft.taken,
        reasons=reasons,
        doubtful=tuple(dict.fromkeys(draft.doubtful)),
        hints=_hints(raw),
    )


def _by_content(draft: _Draft, *, header: Sequence[str], prefix: str) -> None:
    def left() -> list[str]:
        return [column for column in header if column not in draft.taken]

    draft.outcome_by_content(left())
    draft.split_amounts(header, prefix=prefix)
    if draft.has(*_OUTCOMES):
        draft.key_by_content(left())
        draft.days_by_content(left())
        draft.amount_by_content(left())
        draft.owner_by_content(left())


def _fits(table: str, *, header: Sequence[str], prefix: str) -> list[tuple[float, str, str]]:
    """How well each column fits each of ours by name, best first."""
    known = {ours: tuple(names.split()) for ours, names in TABLES[table].items()}
    found = []
    for place, column in enumerate(header):
        for rank, (ours, names) in enumerate(known.items()):
            score = naming.score(column, names=names, prefix=prefix)
            if naming.is_whole(score) or (score > 0 and not misleads(column, ours=ours)):
                found.append((score, -rank, -place, column, ours))
    found.sort(key=lambda each: each[:3], reverse=True)
    return [(score, column, ours) for score, _, _, column, ours in found]


def _hints(raw: Raw) -> tuple[str, ...]:
    there = {plain_name(name) for name in raw.header}
    if {"day", "month"} <= there and not there & {"year", "jahr"}:
        return (" (day and month stand without a year)",)
    return ()


def _given(raw: Raw, *, table: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Which columns were answered, and as which of this table's; "" = left out, or another's."""
    given = {}
    for column in raw.header:
        answer = answers.get(question_id(raw, column=column))
        if answer is not None:
            theirs, _, ours = answer.partition(".")
            given[column] = ours if theirs == table and ours in _known(table) else ""
    return given


def _known(table: str) -> frozenset[str]:
    extra = {"amount_part"} if table == "seen/opportunity" else set()
    return frozenset(TABLES[table]) | extra


def _tables_answered(raw: Raw, *, answers: Mapping[str, str]) -> list[str]:
    """The tables that answers about this file's columns name."""
    said = [answers.get(question_id(raw, column=column), "") for column in raw.header]
    return sorted({each.partition(".")[0] for each in said} & set(TABLES))
