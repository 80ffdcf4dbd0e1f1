"""What stands on the Results page: sentences, labels, and the numbers its drawings need."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a move is coloured; always said in words as well."""

    BETTER = "better"
    WORSE = "worse"
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The one sentence of the page; `marked` is its phrase in the broken colour, empty for none."""

    start: str
    marked: str = ""
    end: str = ""

    @property
    def sentence(self) -> str:
        """The sentence as plain text."""
        return f"{self.start}{self.marked}{self.end}".strip()


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What the context line says: periods, the day of the data, doubts, scope."""

    organisation: str
    scope: str
    periods: str
    data_until: str
    doubts: str


@dataclass(frozen=True, kw_only=True)
class Stat:
    """One figure with its change and range; `figure` is the address of its evidence."""

    figure: str
    label: str
    value: str
    is_missing: bool
    change: str
    tone: Tone
    range: str
    ground: str
    series: tuple[float | None, ...]
    is_last_whole: bool
    series_words: str
    before: str
    caveats: tuple[str, ...] = ()
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar of the waterfall: a total (`is_total`) or a contribution with its range, in money."""

    figure: str
    label: str
    amount: float
    low: float | None
    high: float | None
    words: str
    range_words: str
    is_total: bool
    is_measured: bool
    could_be_chance: bool
    is_largest: bool = False
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """From then to now: the steps sum to the change. `divisor` is the unit of the chart."""

    title: str
    unit: str
    steps: tuple[Step, ...]
    parts: tuple[Step, ...]
    divisor: float
    alternative: str
    not_measured: str


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Before and now on one scale from `scale_low` to `scale_high`, with the range of now."""

    before: float | None
    now: float | None
    low: float | None
    high: float | None
    scale_low: float
    scale_high: float
    tone: Tone
    words: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table with a strip: a place, a stage or a further measure.

    `range` is that of `amount` for a place, of now for anything else; `could_be_chance` = that of
    the amount holds zero. `chance` is the family-wise p of a place.
    """

    figure: str
    label: str
    n: str
    strip: Strip | None
    before: str
    now: str
    amount: str = ""
    share: str = ""
    range: str = ""
    chance: str = ""
    could_be_chance: bool = False
    note: str = ""
    is_strong: bool = False
    slice: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    is_marked: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows on one shared scale under a heading; `empty` says why there are none.

    `explained` says how places were looked for: what was compared, how many, what would change it.
    """

    code: str
    title: str
    caption: str
    head: str
    scale: str
    rows: tuple[Row, ...]
    amount_head: str = ""
    empty: str = ""
    notes: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rung:
    """One line of the ladder. `glyph` is a shape; open = too little known.

    `standing` is the word for a cause that is named or a candidate, "" for anything else.
    """

    figure: str
    level: str
    title: str
    evidence: str
    glyph: str
    is_root: bool = False
    standing: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One alternative that was looked at: its name, what was found, what would test it."""

    figure: str
    name: str
    sentence: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Grade:
    """How strong the evidence is: 0 to 3 bars, a word, and the rule behind the word."""

    bars: int
    word: str
    ground: str


@dataclass(frozen=True, kw_only=True)
class ResultsPage:
    """Everything the page says for one published answer.

    A cause that stands on the ladder is told there: `named` and `candidates` are the others.
    `explained` says how the finding was reached: what was compared, how many places were looked at,
    what would change it.
    """

    heading: Heading
    finding: Finding
    lede: str
    stats: tuple[Stat, ...]
    waterfall: Waterfall | None
    places: tuple[Table, ...]
    stages: Table | None
    measures: Table | None
    grade: Grade
    rungs: tuple[Rung, ...]
    named: tuple[Line, ...]
    candidates: tuple[Line, ...]
    ruled_out: tuple[Line, ...]
    untested: tuple[Line, ...]
    next_step: str
    marks: tuple[Line, ...]
    notes: tuple[str, ...]
    is_comparable: bool = True
    explained: tuple[str, ...] = ()

    @property
    def has_root(self) -> bool:
        """Whether a cause is named on the ladder."""
        return any(each.is_root for each in self.rungs)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One figure opened: its sentence, what was looked at, what it is not, what it does not know.

    `slice` and `has_rows` say which opportunities stand behind it.
    """

    figure: str
    kind: str
    title: str
    strip: Strip | None
    looked_at: tuple[Line, ...]
    unknown: tuple[str, ...]
    ruled_out: tuple[Line, ...]
    slice: tuple[tuple[str, str], ...] = ()
    has_rows: bool = False
    definition: str = ""
    marks: tuple[Line, ...] = ()
