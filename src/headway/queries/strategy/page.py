"""The line of sight as a page: what is drawn, and the sentences beside it."""

from dataclasses import dataclass

from headway.terms.line import Link


@dataclass(frozen=True, kw_only=True)
class Reach:
    """One link of one chain as it is drawn.

    `reached` are the people the line still reaches after this link, None from the first link on
    that nobody has measured; `lost` are those of them it loses here. `share` with its range and
    `believed`, what was predicted, are 0..1, None where there is none that the viewer may see.
    """

    link: Link
    name: str
    glyph: str
    word: str
    count: str
    reached: int | None
    lost: int
    share: float | None
    low: float | None
    high: float | None
    believed: float | None


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One priority in one group: `head` is whose people they are, `name` what the row is called.

    `believer` is the name of whoever predicted it and shared that with the viewer, "" where the
    predictions are the viewer's own, or there are none.
    """

    priority: str
    head: str
    role: str
    name: str
    note: str
    people: int
    finding: str
    believer: str
    reaches: tuple[Reach, ...]

    @property
    def has_belief(self) -> bool:
        """Whether a prediction is drawn."""
        return any(reach.believed is not None for reach in self.reaches)

    def at(self, link: Link) -> Reach:
        """One of its links."""
        return self.reaches[list(Link).index(link)]


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    """One priority in the chosen group, and the groups within it where it is the open one."""

    row: LineRow
    is_open: bool
    teams: tuple[LineRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One line of evidence: its sign, what was counted, and where it comes from."""

    glyph: str
    sentence: str
    source: str


@dataclass(frozen=True, kw_only=True)
class LeaderNote:
    """What the leader concerned is asked or has said about a finding; `finding` is its identity.

    `is_own` where the viewer is that leader; `until` is the day others see it, "" once they do.
    """

    finding: str
    is_own: bool
    until: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """One link of one group opened; `finding` is the identity of where its line breaks."""

    finding: str

    row: LineRow
    reach: Reach
    title: str
    sentence: str
    looked_at: tuple[Looked, ...]
    is_not: tuple[str, ...]
    pattern: str
    breaks_at: Link | None
    action: str
    next_step: str
    leader: LeaderNote | None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that may be looked at instead: a leader's people, or which of them."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class SightPage:
    """The whole page; `marked` is the part of the finding in the colour of a break, or "".

    `belief` says whose predictions are drawn, "" without any.
    """

    head: str
    role: str
    finding: str
    marked: str
    after: str
    lede: str
    window: str
    priorities: tuple[PriorityRow, ...]
    drawer: Drawer
    belief: str
    heads: tuple[Choice, ...]
    roles: tuple[Choice, ...]
