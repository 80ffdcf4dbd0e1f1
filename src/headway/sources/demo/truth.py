"""What is true of an invented organisation: written beside it for those who score findings.

No finding may be made from it: only `headway demo --truth`, benchmarks and tests read it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from headway.terms.line import Link

NONE = "none"
"""The first break of a line that holds."""


@dataclass(frozen=True, kw_only=True)
class GroupTruth:
    """One priority in one group.

    `rates` are the true shares 0..1 behind the links that have one. `response` is the share of
    those asked who answered in the last round. `first_break` is a link, or "none".
    """

    priority: str
    group: str
    role: str
    members: int
    is_team: bool
    response: float
    rates: Mapping[Link, float]
    is_usable: bool
    is_moving: bool
    first_break: str


@dataclass(frozen=True, kw_only=True)
class PatternTruth:
    """One failure pattern in one place, in the codes of `findings.json`.

    `verdict` present, absent, or unclear where the truth lies between; `subtype` None where none
    is planted. `rate` is the true conduct, `target` what is aimed at.
    """

    code: str
    priority: str
    place: str
    verdict: str
    subtype: str | None
    rate: float
    target: float


@dataclass(frozen=True, kw_only=True)
class GapTruth:
    """What a leader predicted of one link, and what is true of it."""

    person: str
    priority: str
    group: str
    link: Link
    predicted: float
    true: float


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Everything planted in one organisation."""

    seed: int
    scenario: str
    as_of: date
    groups: tuple[GroupTruth, ...]
    patterns: tuple[PatternTruth, ...]
    gaps: tuple[GapTruth, ...]
    decoys: tuple[str, ...]

    def to_json(self) -> str:
        """As one JSON object, with one line for each group, pattern and gap."""
        return json.dumps(asdict(self), indent=1, default=str) + "\n"
