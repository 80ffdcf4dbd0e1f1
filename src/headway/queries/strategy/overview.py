"""The one sentence on top: how many priorities break, and where the largest loss is."""

from collections.abc import Sequence
from typing import TypedDict

from headway.queries.results import figures
from headway.queries.strategy import sentences, wording
from headway.queries.strategy.reaching import reaches
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.terms.line import BreakKind, Chain
from headway.terms.period import Period

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class Told(TypedDict):
    """The parts of the page's head; `marked` stands between `finding` and `after`."""

    finding: str
    marked: str
    after: str
    lede: str
    window: str


def told(chains: Sequence[Chain]) -> Told:
    """What the chains of one group say together; there is at least one."""
    finding, marked, after = _finding(chains)
    first = chains[0]
    return Told(
        finding=finding,
        marked=marked,
        after=after,
        lede=_lede(chains),
        window=figures.days_of(Period(first=first.window_from, end=first.window_to)),
    )


def _finding(chains: Sequence[Chain]) -> tuple[str, str, str]:
    kinds = [chain.first_break.kind for chain in chains]
    named = kinds.count(BreakKind.NAMED)
    if named and len(chains) == 1:
        return _name(chains[0]), _("breaks at {link}").format(link=_link(chains[0])), "."
    if named:
        total = _number(len(chains)).lower()
        counted = _("{count} of {total} priorities").format(count=_number(named), total=total)
        if named == len(chains):
            counted = _("All {total} priorities").format(total=total)
        return counted, _("break on the way to daily work"), "."
    if all(kind is BreakKind.NONE for kind in kinds):
        return _("Every line holds, as far as it is measured"), "", "."
    if all(kind is BreakKind.UNKNOWN for kind in kinds):
        return _("Nobody knows yet how far what was declared reaches"), "", "."
    return _("The evidence does not yet say where each line breaks"), "", "."


def _lede(chains: Sequence[Chain]) -> str:
    worst = first_to_look_at(chains)
    if worst.first_break.kind is BreakKind.NAMED:
        link = worst.first_break.links[0]
        state = worst.at(link)
        return _("{priority} breaks first at {link}: {sentence}.").format(
            priority=_name(worst), link=_link(worst), sentence=_lowered(sentences.says(state))
        )
    following = wording.next_step(worst.next_measurement)
    return f"{_name(worst)}: {wording.finding(worst)} {following}".strip()


def first_to_look_at(chains: Sequence[Chain]) -> Chain:
    """Where a break is known, the one that loses most people; else the first there is."""
    named = [chain for chain in chains if chain.first_break.kind is BreakKind.NAMED]
    return max(named, key=_loss) if named else chains[0]


def _loss(chain: Chain) -> int:
    return max((reach.lost for reach in reaches(chain, believed={})), default=0)


def _name(chain: Chain) -> str:
    return chain.name or chain.priority


def _link(chain: Chain) -> str:
    return _(links.NAMES[chain.first_break.links[0]])


def _number(count: int) -> str:
    """A small number in words: it begins a sentence.

    >>> _number(3), _number(12)
    ('Three', '12')
    """
    return _(_NUMBERS[count]) if count < len(_NUMBERS) else str(count)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
