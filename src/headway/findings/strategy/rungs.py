"""The lower rungs of the ladder, as far as the line of sight supports or refutes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headway.terms.answer import Answer, LadderLine, Standing
from headway.terms.line import BreakKind, Chain, Link, LinkVerdict
from headway.terms.pattern import Pattern, PatternCode, PatternVerdict
from headway.terms.strategy import StrategyFindings

_HEARD = (Link.DECLARED, Link.TOLD, Link.RECALLED, Link.UNDERSTOOD)
_READY = (*_HEARD, Link.CONNECTED)
# Where a line breaks first, the rung that this supports, and the code that says so.
_SUPPORTS = {
    Link.DECLARED: ("leadership", "not_declared"),
    Link.TOLD: ("leadership", "not_told"),
    Link.RECALLED: ("leadership", "not_recalled"),
    Link.UNDERSTOOD: ("leadership", "not_understood"),
    Link.PRACTISED: ("execution", "ready_not_practised"),
    Link.COACHED: ("coaching", "not_coached"),
}
_OF_SUBTYPE = {
    (PatternCode.TRAINING_NOT_STICKING, "never_transferred"): ("training", "never_transferred"),
    (PatternCode.TRAINING_NOT_STICKING, "decayed"): ("coaching", "training_decayed"),
    (PatternCode.REORGANISED_NOT_ACTED, "cannot_move"): ("execution", "cannot_move"),
}
# A rung is refuted where every line holds at these links.
_REFUTED_BY = {
    "leadership": (_HEARD, "heard_and_understood"),
    "execution": ((Link.PRACTISED,), "practised"),
    "coaching": ((Link.COACHED,), "coached"),
}


@dataclass(frozen=True, kw_only=True)
class _Support:
    """What supports a rung: its code, and the chain or the pattern that says so."""

    rung: str
    code: str
    priority: str
    place: str
    link: Link | None


def on(
    answers: Sequence[Answer], *, found: StrategyFindings, head: str | None
) -> tuple[Answer, ...]:
    """The answers with the rungs that the line of sight says something about.

    What is found about a leader is left out: that is theirs to see first. A rung is at most a
    candidate here. To name one takes a second kind of source, an order in time and a place that
    fits, and no line alone has these.

    Args:
        answers: of one scope.
        found: of the same facts.
        head: whose people the scope is; None = everybody.

    References:
        Domain model, 4.2 and 4.3.
    """
    chains = _of_scope(found.chains_for_others, head=head)
    if not chains:
        return tuple(answers)
    supports = _supported(chains, patterns=found.patterns)
    return tuple(
        replace(
            answer,
            ladder=tuple(_fed(line, chains=chains, supports=supports) for line in answer.ladder),
        )
        for answer in answers
    )


def _of_scope(chains: Sequence[Chain], *, head: str | None) -> list[Chain]:
    """One chain of sellers for each priority: the head's, or the widest."""
    first: dict[str, Chain] = {}
    for chain in chains:
        if chain.role == "seller" and chain.priority and head in (None, chain.head):
            first.setdefault(chain.priority, chain)
    return list(first.values())


def _supported(chains: Sequence[Chain], *, patterns: Sequence[Pattern]) -> list[_Support]:
    found = [
        _Support(
            rung=_SUPPORTS[link][0],
            code=_SUPPORTS[link][1],
            priority=chain.name or chain.priority,
            place=chain.group,
            link=link,
        )
        for chain in chains
        if chain.first_break.kind is BreakKind.NAMED
        and (link := chain.first_break.links[0]) in _SUPPORTS
        and _is_ready_for(link, chain)
    ]
    names = {(chain.priority, chain.group): chain.name or chain.priority for chain in chains}
    return found + [
        _Support(
            rung=_OF_SUBTYPE[kind][0],
            code=_OF_SUBTYPE[kind][1],
            priority=names[pattern.priority, pattern.place],
            place=pattern.place,
            link=None,
        )
        for pattern in patterns
        if pattern.verdict is PatternVerdict.PRESENT
        and (kind := (pattern.code, pattern.subtype or "")) in _OF_SUBTYPE
        and (pattern.priority, pattern.place) in names
    ]


def _is_ready_for(link: Link, chain: Chain) -> bool:
    """People who do not practise show a lack of execution only if nothing before it breaks."""
    if link is not Link.PRACTISED:
        return True
    return all(chain.at(each).verdict is not LinkVerdict.BROKEN for each in _READY)


def _fed(line: LadderLine, *, chains: Sequence[Chain], supports: Sequence[_Support]) -> LadderLine:
    mine = [each for each in supports if each.rung == line.code]
    if mine:
        first = mine[0]
        figures: dict[str, float | str] = {"priority": first.priority, "priorities": len(mine)}
        if first.link is not None:
            figures["link"] = first.link.value
        return LadderLine(
            code=line.code,
            standing=Standing.CANDIDATE,
            reason="rung.line_breaks" if first.link is not None else "rung.pattern_present",
            place=first.place,
            supports=tuple(sorted({each.code for each in mine})),
            missing=line.missing,
            figures=figures,
        )
    links, code = _REFUTED_BY.get(line.code, ((), ""))
    if links and all(_holds(chain, links) for chain in chains):
        return LadderLine(
            code=line.code,
            standing=Standing.RULED_OUT,
            reason="rung.line_holds",
            refuters=(code,),
            figures={"priorities": len(chains)},
        )
    return line


def _holds(chain: Chain, links: Sequence[Link]) -> bool:
    return all(chain.at(link).verdict is LinkVerdict.HOLDING for link in links)
