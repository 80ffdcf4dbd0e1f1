"""Which stages are won, lost and open: told from their names, asked where the names do not tell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.sources.csv_files.mapping import plain_name

WON, LOST, OPEN = "won", "lost", "open"

_NOT_WON = re.compile(r"not\s*won|nicht\s*gewonnen|waiting|await|pending|offen|ausstehend")
_WON = re.compile(
    r"\bwon\b|closedwon|\bwin\b|gewonnen|gagn|ganad|\bvint|chiuso "
    r"vinto|gewonne?n|ganho|wygran|vunn|vundet|"
    r"выигр|успешно|payment done|\bpaid\b|converted|\bordered\b|order received|auftrag erhalten|"
    r"signed|approved|activated|completed sale|\bsold\b|verkauft"
)
_LOST = re.compile(
    r"\blost\b|closedlost|\bloss\b|verloren|perdu|perdid|\bpers[ao]\b|persi\b|przegran|förlorad|tabt|проигр|"
    r"проигран|закрыто и не реал|declin|cancel|storniert|abgelehnt|absage|rejected|dead|no "
    r"decision|"
    r"disqualif|unqualif|abandon|churned|closed - no|keine entscheidung"
)
_OPEN = re.compile(
    r"prospect|engag|qualif|propos|angebot|negoti|verhandl|discover|demo|needs|analys|contact|new|neu|open|"
    r"offen|lead|meeting|present|quote|offer|delay|waiting|await|pending|pilot|trial|evaluat|review|"
    r"interest|submitted|accepted|finaliz|registered|schedul|call|test|review|"
    r"commit|progress|stage \d|phase"
)


@dataclass(frozen=True, kw_only=True)
class StageGroup:
    """One stage: its group and why. Unsure ones are asked, and count as open until then."""

    stage: str
    group: str
    reason: str
    is_sure: bool


def group(stage: str) -> StageGroup:
    """The group of one stage by its name.

    >>> [group(s).group for s in ("Closed Won", "Verloren", "Proposal", "Waiting For Payment")]
    ['won', 'lost', 'open', 'open']
    >>> group("Stufe 9b").is_sure
    False
    """
    words = re.sub(r"[_\s]+", " ", stage.casefold()).strip()
    if _LOST.search(words):
        return StageGroup(stage=stage, group=LOST, reason="its name says lost", is_sure=True)
    if _WON.search(words) and not _NOT_WON.search(words):
        return StageGroup(stage=stage, group=WON, reason="its name says won", is_sure=True)
    if _OPEN.search(words):
        return StageGroup(
            stage=stage, group=OPEN, reason="its name is a step on the way", is_sure=True
        )
    return StageGroup(
        stage=stage, group=OPEN, reason="its name does not tell; read as open", is_sure=False
    )


def groups(stages: Iterable[str], *, answers: Mapping[str, str]) -> tuple[StageGroup, ...]:
    """The group of each stage; `answers` (question id to group) go before names."""
    return tuple(
        StageGroup(
            stage=stage, group=answers[question_id(stage)], reason="as answered", is_sure=True
        )
        if answers.get(question_id(stage)) in {WON, LOST, OPEN}
        else group(stage)
        for stage in sorted(stages)
    )


def question_id(stage: str) -> str:
    """What the question about one stage is called.

    >>> question_id("Closed Won")
    'stage:Closed Won'
    """
    return f"stage:{stage}"


def says_outcome(values: Iterable[str]) -> bool:
    """Whether a column of few values tells won from lost by their names."""
    found = {group(value).group for value in values if plain_name(value)}
    return WON in found and (LOST in found or OPEN in found)
