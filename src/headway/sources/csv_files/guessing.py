"""What one unknown file is, and each of its columns: by name, then by content, doubts kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headway.sources.csv_files.evidence import Evidence
from headway.sources.csv_files.mapping import plain_name
from headway.sources.csv_files.synonyms import TABLES
from headway.sources.csv_files.tables import Raw

_DATES = ("created_at", "close_on", "occurred_at", "hired_on", "left_on")
_NUMBERS = (
    "amount",
    "list_price_amount",
    "probability_share",
    "duration_minutes",
    "duration_seconds",
)
_OUTCOME_MARKS = frozenset({"true", "false", "1", "0", "yes", "no", "ja", "nein", "y", "n"})
_LONGEST_PART = 4
_HALF = 0.5


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
    best = max(
        (_as_table(table, raw=raw, seen=seen) for table in TABLES),
        key=lambda each: (_fitness(each), len(each.taken)),
    )
    answered = _answered(best, raw=raw, answers=answers)
    if _fitness(answered) == 0:
        closest = _as_table("seen/opportunity", raw=raw, seen=seen)
        return Guess(table="", taken=closest.taken, reasons={}, hints=closest.hints)
    return answered


def closeness(guess: Guess) -> tuple[int, int]:
    """How near a file comes to opportunities: fewer missing, more taken."""
    return -len(missing(guess)), len(guess.taken)


def missing(guess: Guess) -> list[str]:
    """What a file of opportunities cannot do without and this one has not."""
    ours = set(guess.taken.values())
    lacks = []
    if not ours & {"stage", "is_won"}:
        lacks.append("a stage or outcome (won, lost, open) of each opportunity")
    if not ours & {"created_at", "close_on"}:
        lacks.append("the day each was created or closed" + "".join(guess.hints))
    if lacks and not ours & {"owner_id"}:
        lacks.append("the seller who owns each")
    return lacks


def _fitness(guess: Guess) -> int:
    """0 = cannot be this table; more = more of what makes this table what it is."""
    ours = set(guess.taken.values())
    needs: Mapping[str, tuple[set[str], set[str]]] = {
        "seen/opportunity": (
            {"stage", "is_won"},
            {"amount", "created_at", "close_on", "owner_id", "account_id", "probability_share"},
        ),
        "seen/activity": (
            {"occurred_at"},
            {"direction", "duration_minutes", "duration_seconds", "opportunity_id"},
        ),
        "seen/person": ({"person_id"}, {"manager", "team", "email", "region"}),
        "seen/account": (
            {"account_id"},
            {"industry", "segment", "employee_count", "annual_revenue_amount", "country"},
        ),
        "seen/product": ({"product_id"}, {"family", "list_price_amount"}),
    }
    if guess.table not in needs:
        return 0
    must, may = needs[guess.table]
    if guess.table == "seen/activity" and "person_id" not in ours:
        return 0
    return (
        len(ours & may) + 2 * bool(ours & {"stage", "is_won"}) if ours & must and ours & may else 0
    )


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

    def by_name(self, column: str, *, ours: str) -> bool:
        """Take a column whose name is one of ours, as far as its values allow."""
        words = ours.replace("_", " ")
        against = _speaks_against(ours, seen=self.seen[column])
        if not against:
            self.take(column, ours=ours, reason=f"named like {words}", is_sure=True)
            return True
        reason = f"named like {words}, but {against}"
        if _half_fits(ours, seen=self.seen[column]):
            self.take(column, ours=ours, reason=reason, is_sure=False)
            return True
        if self.seen[column].filled:
            self.reasons[column] = reason
            self.doubtful.append(column)
        return False

    def by_part_of_name(self, column: str, *, ours: str) -> bool:
        """Take a column whose name holds one of ours, if nothing in its values is against it."""
        if ours == "stage" and not self.seen[column].is_outcome:
            return False
        if _speaks_against(ours, seen=self.seen[column]):
            return False
        words = ours.replace("_", " ")
        self.take(column, ours=ours, reason=f"its name contains {words}", is_sure=False)
        return True

    def outcome_by_content(self, left: Sequence[str]) -> None:
        """A column whose values tell won from lost is the stage, whatever its name."""
        stage = next((c for c, ours in self.taken.items() if ours == "stage"), None)
        outcomes = [column for column in left if self.seen[column].is_outcome]
        if not outcomes or (stage is not None and self.seen[stage].is_outcome):
            return
        if stage is not None:
            del self.taken[stage]
            self.reasons[stage] = "another column tells won from lost"
        reason = "its values tell won from lost"
        self.take(outcomes[0], ours="stage", reason=reason, is_sure=True)

    def rest_by_content(self, left: Sequence[str]) -> None:
        """A date and an amount that no name tells, asked."""
        days = [column for column in left if self.seen[column].is_dates]
        if days and not self.has("created_at", "close_on"):
            self.take(days[-1], ours="close_on", reason="its values are dates", is_sure=False)
        numbers = [column for column in left if _could_be_amount(self.seen[column])]
        if numbers and not self.has("amount"):
            reason = "its values are numbers that differ"
            self.take(numbers[0], ours="amount", reason=reason, is_sure=False)


def _as_table(table: str, *, raw: Raw, seen: Mapping[str, Evidence]) -> Guess:
    draft = _Draft(seen=seen)
    for is_exact in (True, False):
        for ours, names in TABLES[table].items():
            _taken_by_name(draft, raw=raw, ours=ours, names=names, is_exact=is_exact)
    if table == "seen/opportunity":
        draft.outcome_by_content([c for c in raw.header if c not in draft.taken])
        if draft.has("stage", "is_won"):
            draft.rest_by_content([c for c in raw.header if c not in draft.taken])
    return Guess(
        table=table,
        taken=draft.taken,
        reasons=draft.reasons,
        doubtful=tuple(dict.fromkeys(draft.doubtful)),
        hints=_hints(raw),
    )


def _taken_by_name(draft: _Draft, *, raw: Raw, ours: str, names: str, is_exact: bool) -> None:
    if draft.has(ours):
        return
    take = draft.by_name if is_exact else draft.by_part_of_name
    for column in raw.header:
        is_free = column not in draft.taken
        if (
            is_free
            and _is_named(column, names=names, is_exact=is_exact)
            and take(column, ours=ours)
        ):
            return


def _could_be_amount(seen: Evidence) -> bool:
    return seen.is_numbers and not seen.is_few and not seen.is_key


def _is_named(column: str, *, names: str, is_exact: bool) -> bool:
    plain = plain_name(column)
    known = names.split()
    if is_exact:
        return plain in known
    return any(len(name) > _LONGEST_PART and name in plain for name in known)


def _speaks_against(ours: str, *, seen: Evidence) -> str:
    is_moment = ours == "occurred_at" and seen.is_numbers
    is_stage = seen.is_few and (seen.is_outcome or not seen.is_numbers)
    marks = {value.casefold() for value in seen.values}
    against = {
        "it is empty": seen.filled == 0,
        "not all its values are dates": ours in _DATES and not seen.is_dates and not is_moment,
        "not all its values are numbers": ours in _NUMBERS and not seen.is_numbers,
        "it has too many values for a stage": ours == "stage" and not is_stage,
        "its values are neither yes nor no": ours == "is_won" and not marks <= _OUTCOME_MARKS,
        "its values are dates": ours not in _DATES and seen.is_dates,
    }
    return next((reason for reason, holds in against.items() if holds), "")


def _half_fits(ours: str, *, seen: Evidence) -> bool:
    if ours in _NUMBERS:
        return seen.number_share >= _HALF
    return ours in _DATES and seen.date_share >= _HALF


def _hints(raw: Raw) -> tuple[str, ...]:
    there = {plain_name(name) for name in raw.header}
    if {"day", "month"} <= there and not there & {"year", "jahr"}:
        return (" (day and month stand without a year)",)
    return ()


def _answered(guess: Guess, *, raw: Raw, answers: Mapping[str, str]) -> Guess:
    taken, reasons = dict(guess.taken), dict(guess.reasons)
    given = {c: answers[q] for c in raw.header if (q := question_id(raw, column=c)) in answers}
    for column, answer in given.items():
        taken.pop(column, None)
        reasons[column] = "as answered"
        table, _, ours = answer.partition(".")
        if table == guess.table and ours in TABLES[table]:
            for other in [c for c, o in taken.items() if o == ours]:
                del taken[other]
            taken[column] = ours
    return Guess(
        table=guess.table,
        taken=taken,
        reasons=reasons,
        doubtful=tuple(c for c in guess.doubtful if c not in given),
        hints=guess.hints,
    )
