"""Files of a shape nobody described: read as far as names and contents of columns reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from headway.sources.csv_files import (
    evidence,
    guessing,
    unknown_feeds,
    unknown_joined,
    unknown_orders,
)
from headway.sources.csv_files.guessing import Guess
from headway.sources.csv_files.proposal import LEFT_OUT, ColumnSeen, Option, Question
from headway.sources.csv_files.shapes.shape import Plan
from headway.sources.csv_files.synonyms import TABLES
from headway.sources.csv_files.tables import Bench, Raw

_LABELS = {
    "seen/opportunity": "opportunities",
    "seen/activity": "activities",
    "seen/person": "people",
    "seen/account": "accounts",
    "seen/product": "products",
    "seen/opportunity_change": "changes",
    "orders": "orders",
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """How unknown files would be read: a plan, the role of each file, its columns, what to ask."""

    plan: Plan
    roles: Mapping[str, str]
    columns: Mapping[str, tuple[ColumnSeen, ...]] = field(default_factory=dict)
    asked: tuple[Question, ...] = ()


def read(at: Bench, *, raws: Sequence[Raw], answers: Mapping[str, str]) -> Read:
    """What these files could be. A plan without feeds says in `lacks` what is missing."""
    guesses: list[tuple[Raw, Guess]] = []
    for raw in raws:
        seen = evidence.of(at, raw=raw)
        guesses.append((raw, guessing.guess(raw, seen=seen, answers=answers)))
    best = _opportunities(guesses)
    beside: Raw | None = None
    if best is None or guessing.missing(best[1]) or not _has(best[1], "created_at"):
        best, beside = _joined(at, raws=raws, answers=answers, best=best)
    if best is None or guessing.missing(best[1]):
        orders = [(raw, guess) for raw, guess in guesses if guess.table == "orders"]
        return _orders(at, orders=orders, guesses=guesses) or _short(guesses, best=best)
    left = {"", "orders", "seen/opportunity"}
    used = [best, *((raw, g) for raw, g in guesses if g.table not in left and raw is not beside)]
    plan = unknown_feeds.feeds(at, opportunities=best, others=used[1:], answers=answers)
    return Read(
        plan=replace(plan, lacks=_what_is_not_there(used)),
        roles={
            **{raw.name: _LABELS[g.table] for raw, g in used},
            **({beside.name: _LABELS["seen/opportunity"]} if beside else {}),
        },
        columns={
            **{raw.name: _columns(raw, guess=g) for raw, g in guesses},
            best[0].name: _columns(best[0], guess=best[1]),
        },
        asked=tuple(question for raw, g in used for question in _questions(raw, guess=g)),
    )


def _has(guess: Guess, ours: str) -> bool:
    return ours in guess.taken.values()


def _joined(
    at: Bench, *, raws: Sequence[Raw], answers: Mapping[str, str], best: tuple[Raw, Guess] | None
) -> tuple[tuple[Raw, Guess] | None, Raw | None]:
    """The best of what two files say together, if it says when an opportunity began and ended."""
    for raw, beside in unknown_joined.pairs(at, raws=raws):
        guess = guessing.guess(raw, seen=evidence.of(at, raw=raw), answers=answers)
        is_whole = guess.table == "seen/opportunity" and not guessing.missing(guess)
        if is_whole and _has(guess, "created_at"):
            return (raw, guess), beside
    return best, None


def _short(guesses: Sequence[tuple[Raw, Guess]], *, best: tuple[Raw, Guess] | None) -> Read:
    """Nothing that could be followed yet: every column of the closest file is asked."""
    raw, guess = best or max(guesses, key=lambda each: guessing.closeness(each[1]))
    shown = replace(
        guess,
        table="seen/opportunity",
        doubtful=raw.header,
        reasons={
            column: guess.reasons.get(column, "nothing in its name or values fits")
            for column in raw.header
        },
    )
    return Read(
        plan=Plan(feeds=(), lacks=_lacks(guesses, best=best)),
        roles={},
        columns={raw.name: _columns(raw, guess=shown)},
        asked=tuple(_questions(raw, guess=shown)),
    )


def _orders(
    at: Bench, *, orders: Sequence[tuple[Raw, Guess]], guesses: Sequence[tuple[Raw, Guess]]
) -> Read | None:
    if not orders:
        return None
    raw, guess = max(orders, key=lambda each: each[0].row_count)
    theirs = {ours: column for column, ours in guess.taken.items()}
    plan = Plan(
        feeds=unknown_orders.feeds(at, raw=raw, theirs=theirs),
        stages=unknown_orders.STAGES,
        notes=unknown_orders.NOTES,
        lacks=unknown_orders.LACKS,
    )
    return Read(
        plan=plan,
        roles={raw.name: _LABELS["orders"]},
        columns={each.name: _columns(each, guess=g) for each, g in guesses},
        asked=tuple(_questions(raw, guess=guess)),
    )


def _opportunities(guesses: Sequence[tuple[Raw, Guess]]) -> tuple[Raw, Guess] | None:
    found = [(raw, guess) for raw, guess in guesses if guess.table == "seen/opportunity"]
    return max(found, key=lambda each: (len(each[1].taken), each[0].row_count), default=None)


def _lacks(
    guesses: Sequence[tuple[Raw, Guess]], *, best: tuple[Raw, Guess] | None
) -> tuple[str, ...]:
    """What would be needed, of the file that comes closest."""
    closest = best or max(guesses, key=lambda each: guessing.closeness(each[1]))
    return tuple(guessing.missing(closest[1]) or ["opportunities"])


def _what_is_not_there(used: Sequence[tuple[Raw, Guess]]) -> tuple[str, ...]:
    taken = set(used[0][1].taken.values())
    raw = used[0][0]
    tables = {guess.table for _, guess in used}
    said = []
    if not taken & {"amount", "amount_part", "won_amount"}:
        said.append("No amounts: only numbers of opportunities are measured.")
    if "owner_id" not in taken:
        said.append("Nobody owns an opportunity: nothing by seller is measured.")
    if "created_at" not in taken:
        said.append("No creation dates: cycle time and cohorts are not measured.")
    if not taken & {"close_on", "closed_on", "won_on"}:
        said.append("No closing dates: results by period are not measured.")
    if "seen/activity" not in tables:
        said.append("No activities.")
    if "seen/opportunity_change" not in tables and raw.last_taken is None:
        said.append("No history of stages: only the stage on the day of the export.")
    return tuple(said)


def _columns(raw: Raw, *, guess: Guess) -> tuple[ColumnSeen, ...]:
    return tuple(
        ColumnSeen(
            name=name,
            taken_for=f"{guess.table}.{guess.taken[name]}" if name in guess.taken else LEFT_OUT,
            reason=guess.reasons.get(name, "nothing in its name or values fits"),
            is_doubtful=name in guess.doubtful,
        )
        for name in raw.header
    )


def _questions(raw: Raw, *, guess: Guess) -> list[Question]:
    options = (
        Option(value=LEFT_OUT, label="Leave it out"),
        *(
            Option(value=f"{guess.table}.{ours}", label=ours.replace("_", " "))
            for ours in TABLES[guess.table]
        ),
    )
    return [
        Question(
            id=guessing.question_id(raw, column=name),
            about="column",
            ask=f'What is the column "{name}" of {raw.name}?',
            default=f"{guess.table}.{guess.taken[name]}" if name in guess.taken else LEFT_OUT,
            reason=guess.reasons[name],
            options=options,
        )
        for name in guess.doubtful
    ]
