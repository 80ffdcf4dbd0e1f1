"""Which stages are won, lost and open: told from their names, asked where the names do not tell."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from headway.sources.csv_files.mapping import plain_name

WON, LOST, OPEN = "won", "lost", "open"

# Names are looked at without case, accents and underscores.
_NOT_WON = re.compile(
    r"not\s*won|nicht\s*gewonnen|waiting|await|pending|offen|ausstehend|\bnot\b|\bto be\b|"
    r"deactivat|unapproved|\bunpaid\b"
)
_WON = re.compile(
    r"\bwon\b|closedwon|\bwin\b|gewonnen|gagn|ganad|\bvint|chiuso vinto|gewonne?n|\bganh[oa]\b|"
    r"wygran|vunn|vundet|"
    r"выигр|успешно|payment done|\bpaid\b|converted|\bordered\b|order received|auftrag erhalten|"
    r"\bsigned\b|approved|activated|completed sale|\bsold\b|verkauft|zakonczon[ae] sukcesem"
)
_LOST = re.compile(
    r"\blost\b|closedlost|\bloss\b|verloren|perdu|perdid|\bpers[ao]\b|persi\b|przegran|forlorad|"
    r"\btabt\b|проигр|закрыто и не реал|declin|cancel|storniert|abgelehnt|absage|rejected|"
    r"\bdead\b|no decision|disqualif|unqualif|abandon|churned|closed - no|keine entscheidung|"
    r"sans suite|refus|annul|rechazad|descartad"
)
_OPEN = re.compile(
    r"prospect|engag|qualif|propos|angebot|negoti|negoci|negoz|verhandl|discover|demo|needs|analys|"
    r"conta[ck]t|kontakt|\bnew\b|neu|open|offen|lead|meeting|termin|present|quot|offer|offert|"
    r"oferta|devis|delay|waiting|await|pending|pilot|trial|evaluat|review|contract|"
    r"vertrag|contrat|decision maker|in bearbeitung|en cours|en curso|in corso|em andamento|"
    r"w toku|interest|submitted|accepted|finaliz|registered|schedul|call|\btest\b|working|develop|"
    r"kwalific|onderhandel|voorstel|in arbeit|en proceso|"
    r"commit|progress|stage \d|phase|business case|identif|ongoing|abierta|aberta|aperta|ouvert"
)
_SHORT = {"w": WON, "l": LOST, "o": OPEN, "p": OPEN, "g": WON, "v": LOST}
_SHORT_PAIRS = (frozenset("wl"), frozenset("gv"))


@dataclass(frozen=True, kw_only=True)
class StageGroup:
    """One stage: its group and why. Unsure ones are asked, and count as open until then."""

    stage: str
    group: str
    reason: str
    is_sure: bool


def group(stage: str) -> StageGroup:
    """The group of one stage by its name.

    >>> [group(s).group for s in ("Closed Won", "Verloren", "Négociation", "Waiting For Payment")]
    ['won', 'lost', 'open', 'open']
    >>> group("Stufe 9b").is_sure, group("Assigned").group
    (False, 'open')
    """
    words = _plain_words(stage)
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
    """The group of each stage; `answers` (question id to group) go before names.

    Single letters are read together: W beside L, or G beside V, are won and lost, and asked.
    """
    names = sorted(stages)
    letters = _letters(names)
    return tuple(
        StageGroup(
            stage=stage, group=answers[question_id(stage)], reason="as answered", is_sure=True
        )
        if answers.get(question_id(stage)) in {WON, LOST, OPEN}
        else letters.get(stage) or group(stage)
        for stage in names
    )


def question_id(stage: str) -> str:
    """What the question about one stage is called.

    >>> question_id("Closed Won")
    'stage:Closed Won'
    """
    return f"stage:{stage}"


def says_outcome(values: Iterable[str]) -> bool:
    """Whether a column of few values tells won from lost by their names."""
    texts = [value for value in values if plain_name(value)]
    found = {each.group for each in groups(texts, answers={})}
    return WON in found and (LOST in found or OPEN in found)


def says_both(values: Iterable[str]) -> bool:
    """Whether a column names both what was won and what was lost."""
    texts = [value for value in values if plain_name(value)]
    return {WON, LOST} <= {each.group for each in groups(texts, answers={})}


def _plain_words(stage: str) -> str:
    letters = unicodedata.normalize("NFD", stage.casefold())
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _ACCENTS))
    return re.sub(r"[_\s]+", " ", bare.replace("ł", "l")).strip()


# Grave, acute, circumflex, tilde, diaeresis, cedilla; й and ё keep theirs as they are letters.
_ACCENTS = frozenset("\u0300\u0301\u0302\u0303\u0308\u0327")


def _letters(stages: list[str]) -> dict[str, StageGroup]:
    there = {stage.casefold() for stage in stages}
    if not there <= set(_SHORT) or not any(pair <= there for pair in _SHORT_PAIRS):
        return {}
    reason = "a letter beside others that stand for won, lost and open"
    return {
        stage: StageGroup(stage=stage, group=_SHORT[stage.casefold()], reason=reason, is_sure=False)
        for stage in stages
    }
