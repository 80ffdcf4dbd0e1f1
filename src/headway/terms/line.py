"""The line of sight: how far a priority reaches in a group of people, link by link.

Words and values that travel from analysis to findings and on. Nothing here computes. Shares are
0..1; ranges are those of the posterior at the policy's level. The exact form of a chain in
`findings.json` is that of the bundle format.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from headway.terms.group import head_of, role_of


class Link(StrEnum):
    """The nine links, in the order of the line."""

    DECLARED = "declared"
    TOLD = "told"
    RECALLED = "recalled"
    UNDERSTOOD = "understood"
    CONNECTED = "connected"
    LED = "led"
    PRACTISED = "practised"
    COACHED = "coached"
    MOVED = "moved"


SUPPORTS = {Link.LED: Link.PRACTISED, Link.COACHED: Link.MOVED}
"""The links that hold up the line, each with the link that it holds."""


class LinkVerdict(StrEnum):
    """What is known of a link."""

    HOLDING = "holding"
    STRAINED = "strained"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"


class LinkReason(StrEnum):
    """Why a link's verdict is what it is, where the figures alone do not say."""

    NOT_MEASURED = "not_measured"
    TOO_FEW = "too_few"
    LOW_RESPONSE = "low_response"
    ANONYMITY = "anonymity"
    TOO_EARLY = "too_early"
    MISSING_PARTS = "missing_parts"


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share beside a link's own, with its range: `k` of `n`."""

    k: int
    n: int
    mean: float
    low: float
    high: float
    target: float


@dataclass(frozen=True, kw_only=True)
class Effect:
    """By how much the declared result moved against those who do not practise.

    `is_year_ago`: against the same people in the same days of the year before.
    """

    estimate: float
    low: float
    high: float
    unit: str
    is_year_ago: bool = False


@dataclass(frozen=True, kw_only=True)
class LinkState:
    """One link of one chain.

    `k` of `n` are None where the link is not measured or may not be shown; `invited` are the people
    that the number speaks for. `more` is how many more cases would settle it at the present rate,
    None where it is settled or no number of cases up to a thousand would. `depth` is, of
    `practised`, the eligible work that shows the behaviour; `kept`, of `coached`, who still
    practises of those who had begun. `is_by_followers`: `led` as those led answer, because too
    little is on record.
    """

    link: Link
    k: float | None
    n: float | None
    invited: int | None
    mean: float | None
    low: float | None
    high: float | None
    target: float
    p_broken: float | None
    p_holding: float | None
    verdict: LinkVerdict
    reason: LinkReason | None = None
    depth: Share | None = None
    kept: Share | None = None
    is_by_followers: bool = False
    effect: Effect | None = None
    more: int | None = None

    @property
    def is_measured(self) -> bool:
        """Whether more is known of it than its prior; without a case to count nothing is."""
        if self.reason in {LinkReason.NOT_MEASURED, LinkReason.TOO_EARLY}:
            return False
        return self.effect is not None or (bool(self.n) and self.verdict is not LinkVerdict.BLOCKED)


class BreakKind(StrEnum):
    """How much is known about where the line breaks first; only `NAMED` claims a first break."""

    NAMED = "named"
    SET = "set"
    FIRST_MEASURED = "first_measured"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class FirstBreak:
    """Where the line breaks first, as far as anybody can say."""

    kind: BreakKind
    links: tuple[Link, ...]
    probability: float | None


@dataclass(frozen=True, kw_only=True)
class NextMeasurement:
    """The measurement that would tell most about where the line breaks, and what it costs."""

    link: Link
    answer_count: int
    minutes: float
    entropy_bits: float


@dataclass(frozen=True, kw_only=True)
class Chain:
    """How far one priority reaches in one group, in one window (its end is exclusive).

    `q` is the probability that each link is the first to break; `q_none` that none is. `name` is
    the priority's own and `owner` the person who owns it, None where it has none. `people` is how
    many the group has.
    """

    priority: str
    name: str | None
    owner: str | None = None
    group: str
    people: int = 0
    window_from: date
    window_to: date
    links: tuple[LinkState, ...]
    first_break: FirstBreak
    q: dict[Link, float] = field(default_factory=dict, hash=False)
    q_none: float = 0.0
    next_measurement: NextMeasurement | None = None

    def at(self, link: Link) -> LinkState:
        """One of its links."""
        return self.links[list(Link).index(link)]

    @property
    def role(self) -> str:
        """Which role the group is of."""
        return role_of(self.group)

    @property
    def head(self) -> str:
        """Whose people the group is."""
        return head_of(self.group)
