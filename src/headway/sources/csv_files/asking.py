"""What people are shown and asked before a hand-over is read: only what is doubtful."""

from collections import Counter
from collections.abc import Mapping, Sequence

from headway.sources.csv_files import money, text
from headway.sources.csv_files.canonical import Canon
from headway.sources.csv_files.convert import Doubt
from headway.sources.csv_files.proposal import ColumnSeen, FileSeen, Option, Question
from headway.sources.csv_files.shape_of import Found
from headway.sources.csv_files.stages import question_id
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw
from headway.terms.organisation import Organisation

SAMPLE_SHOWN = 5
_OF_COLUMNS = frozenset({"column", "dates", "decimal"})
ASSUMED_CURRENCY = "USD"
_GROUPS = (
    Option(value="open", label="Still open"),
    Option(value="won", label="Won"),
    Option(value="lost", label="Lost"),
)
_ORDERS = (
    Option(value="day_first", label="Day first: 3/4 is 3 April"),
    Option(value="month_first", label="Month first: 3/4 is 4 March"),
)
_MARKS = (
    Option(value="dot", label="1.5 is one and a half"),
    Option(value="comma", label="1,5 is one and a half"),
)


def aligned(answers: Mapping[str, str], *, raws: Sequence[Raw]) -> dict[str, str]:
    """Answers about columns under the name the file has today.

    The same columns come under another name next month: an answer about a file that is not there
    holds for the one file that has such a column.
    """
    names = {raw.name for raw in raws}
    found: dict[str, str] = {}
    for key, answer in answers.items():
        about, _, rest = key.partition(":")
        file, _, column = rest.rpartition(":")
        if about in _OF_COLUMNS and file not in names:
            there = [raw.name for raw in raws if column in raw.header]
            key = f"{about}:{there[0]}:{column}" if len(there) == 1 else key  # noqa: PLW2901  its name of today
        found.setdefault(key, answer)
    return found


def files(at: Bench, *, raws: Sequence[Raw], found: Found) -> tuple[FileSeen, ...]:
    """Each file with its role, its columns and its first five rows."""
    return tuple(
        FileSeen(
            name=raw.name,
            role=found.roles.get(raw.name, ""),
            columns=found.columns.get(raw.name) or _as_known(raw, found=found),
            sample=_sample(at, raw=raw),
        )
        for raw in raws
    )


def _as_known(raw: Raw, *, found: Found) -> tuple[ColumnSeen, ...]:
    is_used = raw.name in found.roles
    reason = f"known column of the {found.title}" if is_used else "no use for this file"
    return tuple(ColumnSeen(name=name, taken_for="", reason=reason) for name in raw.header)


def _sample(at: Bench, *, raw: Raw) -> tuple[tuple[str | None, ...], ...]:
    shown = ", ".join(f"left({quoted(name)}, 80)" for name in raw.header)
    parts = {"shown": shown, "table": raw.table, "most": str(SAMPLE_SHOWN)}
    return tuple(
        tuple(None if value is None else str(value) for value in row)
        for row in at.rows("select $shown from $table limit $most", parts)
    )


def questions(
    at: Bench, *, canon: Canon, found: Found, organisation: Organisation
) -> tuple[Question, ...]:
    """Doubtful columns and stages, then what no file can know: currency, time zone, fiscal year."""
    del at
    asked = [*found.asked, *(_about_doubt(doubt) for doubt in canon.converter.doubts)]
    asked.extend(
        Question(
            id=question_id(each.stage),
            about="stage",
            ask=f'Is an opportunity in "{each.stage}" won, lost or still open?',
            default=each.group,
            reason=each.reason,
            options=_GROUPS,
        )
        for each in canon.stage_groups.values()
        if not each.is_sure
    )
    known = canon.converter.answers
    return tuple(
        question
        for question in (
            *asked,
            *_about_organisation(canon, found=found, organisation=organisation),
        )
        if question.id not in known
    )


def _about_doubt(doubt: Doubt) -> Question:
    where = f'the column "{doubt.place.column}" of {doubt.place.file}'
    if doubt.about == "dates":
        return Question(
            id=doubt.place.question_id("dates"),
            about="dates",
            ask=f"Which comes first in {where}: the day or the month?",
            default=doubt.assumed,
            reason="no date in it has a part above 12",
            options=_ORDERS,
        )
    return Question(
        id=doubt.place.question_id("decimal"),
        about="decimal",
        ask=f"What does the mark before three digits mean in {where}?",
        default=doubt.assumed,
        reason="every value could be read both ways",
        options=_MARKS,
    )


def _about_organisation(
    canon: Canon, *, found: Found, organisation: Organisation
) -> list[Question]:
    seen = found.plan.currency or currency_seen(canon)
    months = tuple(Option(value=str(month), label=str(month)) for month in range(1, 13))
    return [
        Question(
            id="organisation.name",
            about="organisation",
            ask="What is the organisation called?",
            default=organisation.name,
            reason="taken from the name of the file",
        ),
        Question(
            id="organisation.currency",
            about="organisation",
            ask="In which currency do you report (three letters)?",
            default=organisation.currency,
            reason="known from the files" if seen else "no currency stands in the files",
        ),
        Question(
            id="organisation.time_zone",
            about="organisation",
            ask="In which time zone were times written?",
            default=organisation.time_zone,
            reason="times without a zone are read in it",
        ),
        Question(
            id="organisation.fiscal_year_start_month",
            about="organisation",
            ask="In which month does your fiscal year start?",
            default=str(organisation.fiscal_year_start_month),
            reason="no file says so",
            options=months,
        ),
    ]


def assumptions(canon: Canon) -> tuple[str, ...]:
    """What was assumed without an answer, one sentence each."""
    said = [
        f'"{doubt.place.column}" of {doubt.place.file} is read with '
        + ("the day first" if doubt.assumed == "day_first" else "the month first")
        + "; it could be the other way round."
        for doubt in canon.converter.doubts
        if doubt.about == "dates"
    ]
    said.extend(
        f'"{doubt.place.column}" of {doubt.place.file} is read with a decimal {doubt.assumed}.'
        for doubt in canon.converter.doubts
        if doubt.about == "decimal"
    )
    said.extend(_of_currencies(currencies_recorded(canon)))
    said.extend(
        f'The stage "{each.stage}" is read as open; its name does not tell.'
        for each in canon.stage_groups.values()
        if not each.is_sure
    )
    return tuple(said)


def _of_currencies(codes: Sequence[str]) -> tuple[str, ...]:
    if len(codes) < 2:  # noqa: PLR2004  one is no doubt
        return ()
    said = (
        f"Amounts are in {', '.join(codes)}. Those in another currency than yours are left out of "
        "money where no amount in yours is recorded with them."
    )
    return (said,)


def undecided(canon: Canon) -> tuple[str, ...]:
    """That nothing was won or lost, where that is so."""
    found = [
        canon.at.number("select count(*) from $typed where stage_group <> 'open'", {"typed": typed})
        for typed in canon.typed.get("seen/opportunity", [])
    ]
    if any(found):
        return ()
    said = (
        "Every opportunity in it is open. Export those won and lost too: without them nothing "
        "about results can be told."
    )
    return (said,)


def doubled(raws: Sequence[Raw], *, found: Found) -> tuple[str, ...]:
    """The columns left out because an earlier one has their name, one sentence for each file."""
    said = []
    for raw in (each for each in raws if each.name in found.roles):
        again = [name.rpartition(" (")[0] for name in text.doubled(raw.header)]
        if again:
            named = ", ".join(f'"{name}"' for name in dict.fromkeys(again[:SAMPLE_SHOWN]))
            said.append(
                f"Several columns of {raw.name} have the same name ({named}): of each only the "
                f"first is read."
            )
    return tuple(said)


def unkeyed(raws: Sequence[Raw], *, canon: Canon) -> tuple[str, ...]:
    """The files that were not read as no row of theirs could be kept, one sentence each."""
    lacking = {raw.name: canon.lacking.get(raw.name, ()) for raw in raws}
    return tuple(
        f"{name} was not read: no column of it is the {' or the '.join(ours).replace('_', ' ')}."
        for name, ours in lacking.items()
        if ours
    )


def unused(raws: Sequence[Raw], *, found: Found) -> tuple[str, ...]:
    """The files that were not read, one sentence each."""
    return tuple(
        f"{raw.name} was not read: Headway has no use for its columns."
        for raw in raws
        if raw.name not in found.roles
    )


def currency_seen(canon: Canon) -> str | None:
    """The currency of most opportunities, else the one that stands with their amounts."""
    several = currencies_recorded(canon)
    return several[0] if several else money.currency_in(canon.converter.money_texts())


def currencies_recorded(canon: Canon) -> tuple[str, ...]:
    """The currencies recorded with opportunities, that of most of them first."""
    often: Counter[str] = Counter()
    for typed in canon.typed.get("seen/opportunity", []):
        if "currency" in canon.columns[typed]:
            counted = "select currency, count(*) from $typed where currency is not null group by 1"
            for said, count in canon.at.rows(counted, {"typed": typed}):
                code = money.code_of(str(said))
                if code is not None:
                    often[code] += int(str(count))
    return tuple(sorted(often, key=lambda code: (-often[code], code)))
