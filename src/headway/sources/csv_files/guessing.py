"""What one unknown file is, and what each of its columns is: by name, then by content; doubts are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def _as_table(table: str, *, raw: Raw, seen: Mapping[str, Evidence]) -> Guess:
    taken: dict[str, str] = {}
    reasons: dict[str, str] = {}
    doubtful: list[str] = []
    for is_exact in (True, False):
        for ours, names in TABLES[table].items():
            if ours in taken.values():
                continue
            for column in raw.header:
                if column in taken or not _is_named(column, names=names, is_exact=is_exact):
                    continue
                against = _speaks_against(ours, seen=seen[column])
                if ours == "stage" and not is_exact and not seen[column].is_outcome:
                    continue
                if against and not (is_exact and seen[column].filled):
                    continue
                if against:
                    reasons[column] = f"named like {ours.replace('_', ' ')}, but {against}"
                    doubtful.append(column)
                    if not _half_fits(ours, seen=seen[column]):
                        continue
                    taken[column] = ours
                    break
                taken[column] = ours
                how = "named" if is_exact else "its name contains"
                reasons[column] = f"{how} like {ours.replace('_', ' ')}"
                if not is_exact:
                    doubtful.append(column)
                break
    if table == "seen/opportunity":
        _by_content(raw, seen=seen, taken=taken, reasons=reasons, doubtful=doubtful)
    return Guess(
        table=table,
        taken=taken,
        reasons=reasons,
        doubtful=tuple(doubtful),
        hints=_hints(raw),
    )


def _is_named(column: str, *, names: str, is_exact: bool) -> bool:
    plain = plain_name(column)
    known = names.split()
    if is_exact:
        return plain in known
    return any(len(name) > _LONGEST_PART and name in plain for name in known)


def _speaks_against(ours: str, *, seen: Evidence) -> str:
    if seen.filled == 0:
        return "it is empty"
    if ours in _DATES and not seen.is_dates and not (ours == "occurred_at" and seen.is_numbers):
        return "not all its values are dates"
    if ours in _NUMBERS and not seen.is_numbers:
        return "not all its values are numbers"
    if ours == "stage" and not (seen.is_few and (seen.is_outcome or not seen.is_numbers)):
        return "it has too many values for a stage"
    if ours == "is_won" and not {value.casefold() for value in seen.values} <= _OUTCOME_MARKS:
        return "its values are neither yes nor no"
    if ours not in _DATES and seen.is_dates:
        return "its values are dates"
    return ""


def _half_fits(ours: str, *, seen: Evidence) -> bool:
    if ours in _NUMBERS:
        return seen.number_share >= _HALF
    return ours in _DATES and seen.date_share >= _HALF


def _by_content(
    raw: Raw,
    *,
    seen: Mapping[str, Evidence],
    taken: dict[str, str],
    reasons: dict[str, str],
    doubtful: list[str],
) -> None:
    """Where no name fits, what the values say; all of it is asked but an outcome that names itself."""
    left = [column for column in raw.header if column not in taken]

    def take(column: str, ours: str, reason: str, *, is_sure: bool = False) -> None:
        taken[column], reasons[column] = ours, reason
        left.remove(column)
        if not is_sure:
            doubtful.append(column)

    stage = next((c for c, ours in taken.items() if ours == "stage"), None)
    outcomes = [column for column in left if seen[column].is_outcome]
    if outcomes and (stage is None or not seen[stage].is_outcome):
        if stage is not None:
            del taken[stage]
            left.append(stage)
            reasons[stage] = "another column tells won from lost"
        take(outcomes[0], "stage", "its values tell won from lost", is_sure=True)
    if not set(taken.values()) & {"stage", "is_won"}:
        return
    for ours in ("close_on", "created_at"):
        days = [column for column in left if seen[column].is_dates]
        if days and ours not in taken.values() and not _has_any(taken, _DATES[:2]):
            take(days[-1], ours, "its values are dates")
    numbers = [c for c in left if seen[c].is_numbers and not seen[c].is_few and not seen[c].is_key]
    if numbers and "amount" not in taken.values():
        take(numbers[0], "amount", "its values are numbers that differ")


def _has_any(taken: Mapping[str, str], ours: Sequence[str]) -> bool:
    return any(each in ours for each in taken.values())


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
