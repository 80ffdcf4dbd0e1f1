"""One link of one group opened: what was counted, what it is not, and what to do."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.results import figures
from headway.queries.strategy import sentences, wording
from headway.queries.strategy.page import Drawer, LeaderNote, LineRow, Looked
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.records import leader_first
from headway.records.models import LeaderFinding
from headway.terms import identity
from headway.terms.line import BreakKind, Chain, Link, LinkState, LinkVerdict
from headway.terms.pattern import Pattern

# From so far apart on what was counted and what is estimated look like two findings.
_LEANS = 0.05


@dataclass(frozen=True, kw_only=True)
class About:
    """What the drawer opens: one chain, its row, its pattern and what its leader was shown."""

    chain: Chain
    row: LineRow
    pattern: Pattern | None
    leader: LeaderFinding | None
    is_leader: bool


def drawer(about: About, *, link: Link | None, at: datetime) -> Drawer:
    """The link that was asked for, else the one that breaks first, else the first unmeasured."""
    chain = about.chain
    shown = link or _first(chain)
    state = chain.at(shown)
    breaks = chain.first_break
    is_known = breaks.kind in (BreakKind.NAMED, BreakKind.FIRST_MEASURED)
    return Drawer(
        finding=finding_id(chain),
        row=about.row,
        reach=about.row.at(shown),
        title=_title(state),
        sentence=_sentence(state, row=about.row),
        looked_at=tuple(
            Looked(
                glyph=wording.GLYPHS[each.verdict],
                sentence=sentences.says(each),
                source=sentences.source(each),
            )
            for each in chain.links
            if each.is_measured
        ),
        is_not=_is_not(chain),
        pattern=sentences.pattern(about.pattern) if about.pattern else "",
        breaks_at=breaks.links[0] if is_known else None,
        action=sentences.remedy(breaks.links[0]) if is_known else "",
        next_step=wording.next_step(chain.next_measurement),
        leader=_leader(about, at=at) if shown is Link.LED else None,
    )


def finding_id(chain: Chain) -> str:
    """The identity of where a line breaks: the same from run to run, whatever it says."""
    return identity.of("line.first_break", chain.priority, chain.group)


def _first(chain: Chain) -> Link:
    if chain.first_break.links:
        return chain.first_break.links[0]
    unmeasured = [state.link for state in chain.links if not state.is_measured]
    return (unmeasured or [Link.DECLARED])[0]


def _title(state: LinkState) -> str:
    return f"{sentences.says(state)}."


def _sentence(state: LinkState, *, row: LineRow) -> str:
    """Share and range beside the target, what was believed, and why the verdict is what it is."""
    parts = []
    believed = row.at(state.link).believed
    if believed is not None:
        said = _("{name} believed {share}.") if row.believer else _("Believed {share}.")
        parts.append(said.format(name=row.believer, share=figures.percent(believed)))
    if state.is_measured and state.mean is not None and state.low != state.high:
        parts.append(
            _("Measured {share}, range {span}; the target is {target}.").format(
                share=figures.percent(state.mean),
                span=wording.span(state),
                target=figures.percent(state.target),
            )
        )
        if state.k is not None and state.n and abs(state.mean - state.k / state.n) >= _LEANS:
            words = _("Counted alone it is {share}; of so few it leans towards what is usual.")
            parts.append(words.format(share=figures.percent(state.k / state.n)))
    note = wording.note(state)
    if note:
        parts.append(f"{note[:1].upper()}{note[1:]}.")
    return " ".join(parts)


def _is_not(chain: Chain) -> tuple[str, ...]:
    """Before the first break the line holds: there it does not break."""
    if chain.first_break.kind is not BreakKind.NAMED:
        return ()
    order = list(Link)
    first = order.index(chain.first_break.links[0])
    holding = [
        _(links.NAMES[state.link])
        for state in chain.links[:first]
        if state.verdict is LinkVerdict.HOLDING
    ]
    if not holding:
        return ()
    names = figures.listed(tuple(holding))
    words = _("{links} holds.") if len(holding) == 1 else _("{links} hold.")
    return (words.format(links=names),)


def _leader(about: About, *, at: datetime) -> LeaderNote | None:
    kept = about.leader
    if kept is None:
        return None
    is_open = leader_first.is_open(kept, at=at)
    return LeaderNote(
        finding=kept.finding,
        is_own=about.is_leader,
        until="" if is_open else figures.day(kept.opens_at.date()),
        comment=kept.comment,
    )
