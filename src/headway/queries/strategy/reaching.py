"""How many people a line still reaches after each link."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from headway.queries.strategy import wording
from headway.queries.strategy.page import Reach
from headway.queries.words import language, links
from headway.queries.words.language import gettext as _
from headway.terms.line import Chain, Link, LinkState

CARRYING = (Link.TOLD, Link.RECALLED, Link.UNDERSTOOD, Link.CONNECTED, Link.PRACTISED)
"""The links that carry people. Answers are never joined to conduct, so nobody knows who passed all
of them: the line is as wide as the narrowest so far."""
_KEPT = 512


def reaches(chain: Chain, *, believed: Mapping[Link, float]) -> tuple[Reach, ...]:
    """Each link with the people it still reaches, and what the viewer believes of it."""
    return _reaches(chain, believed=tuple(believed.items()), spoken=language.active())


# A published chain does not change, and every page that holds it asks for the same words.
@lru_cache(maxsize=_KEPT)
def _reaches(
    chain: Chain, *, believed: tuple[tuple[Link, float], ...], spoken: str
) -> tuple[Reach, ...]:
    del spoken  # what `_` speaks
    carried, beliefs = _carried(chain), dict(believed)
    return tuple(
        Reach(
            link=state.link,
            name=_(links.NAMES[state.link]),
            glyph=wording.GLYPHS[state.verdict],
            word=_(wording.VERDICTS[state.verdict]),
            count=wording.count(state),
            reached=carried.get(state.link, (None, 0))[0],
            lost=carried.get(state.link, (None, 0))[1],
            share=state.mean if state.is_measured else None,
            low=state.low if state.is_measured else None,
            high=state.high if state.is_measured else None,
            believed=beliefs.get(state.link),
        )
        for state in chain.links
    )


def _carried(chain: Chain) -> dict[Link, tuple[int, int]]:
    """For each link that can be followed, the people still reached and those lost at it."""
    found = {Link.DECLARED: (chain.people, 0)}
    narrowest, before = 1.0, chain.people
    for state in _spine(chain.links):
        if not state.is_measured or state.mean is None:
            break
        narrowest = min(narrowest, state.mean)
        reached = round(chain.people * narrowest)
        found[state.link] = (reached, before - reached)
        before = reached
    return found


def _spine(links: Sequence[LinkState]) -> Sequence[LinkState]:
    return [state for state in links if state.link in CARRYING]
