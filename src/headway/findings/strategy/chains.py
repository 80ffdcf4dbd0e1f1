"""Chains put together: counts of all groups become verdicts, and only sure breaks get a name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headway.analysis.methods.posterior import ALONE, CONCENTRATION, Beta, prior_of
from headway.analysis.strategy import first_break, lines, next_measurement, verdict
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.lines import Line
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import BreakKind, Chain, Link, LinkReason, LinkState
from headway.terms.period import Period
from headway.terms.policy import Policy

_Key = tuple[str, str, Link, bool, bool]
_Priors = Mapping[_Key, Beta]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One chain, and what is known of the share of each link behind the first.

    `for_others` is the chain without what was found about its leader: that is the leader's own to
    see first.
    """

    chain: Chain
    for_others: Chain
    posteriors: Mapping[Link, Beta]


def followed(facts: Facts, *, policy: Policy) -> tuple[Followed, ...]:
    """How far each priority reaches in each group, by the last day of the facts.

    Args:
        facts: of one organisation.
        policy: the window, the margins and how sure a name has to be.

    Returns:
        For each priority in force the groups of at least five people, the widest of each role
        first. Empty where no priority is declared or nobody's reporting line is known. Over all
        of them at most a tenth of the breaks named is expected to be wrong; the others stand with
        the smallest set of links.
    """
    window = windows.of(facts, policy=policy)
    counted = lines.of(facts, window=window)
    priors = _priors(counted)
    posteriors = [_posteriors(line, priors=priors) for line in counted]

    def chain(line: Line) -> Chain:
        return _chain(line, priors=priors, window=window, policy=policy)

    whole = [chain(line) for line in counted]
    # Few leaders are measured: the others' chains stay as they are.
    others = [
        each if unled is line else chain(unled)
        for each, line, unled in zip(whole, counted, map(_without_leader, counted), strict=True)
    ]
    return tuple(
        Followed(chain=each, for_others=other, posteriors=known)
        for each, other, known in zip(
            _published(whole, policy=policy),
            _published(others, policy=policy),
            posteriors,
            strict=True,
        )
    )


def _without_leader(line: Line) -> Line:
    """The line as if nothing were known of its leader's own change; itself where nothing is."""
    if all(link.k is None for link in line.links if link.link is Link.LED):
        return line
    return replace(
        line,
        links=tuple(
            Counted(link=Link.LED, target=link.target) if link.link is Link.LED else link
            for link in line.links
        ),
    )


def _posteriors(line: Line, *, priors: _Priors) -> Mapping[Link, Beta]:
    return {
        link.link: verdict.posterior_of(link, prior=_prior(line, link, priors=priors))
        for link in line.links
    }


def _priors(counted: Sequence[Line]) -> _Priors:
    """What the teams of one role say together of each link of a priority.

    Teams alone, so that nobody is counted twice; what nobody can be expected to do yet says nothing
    of anybody.
    """
    counts: dict[_Key, list[tuple[float, float]]] = defaultdict(list)
    teams = [line for line in counted if line.group.is_team]
    for line in teams:
        for link in (*line.links, *(link.kept for link in line.links if link.kept)):
            is_due = link.reason is not LinkReason.TOO_EARLY
            if is_due and link.k is not None and link.n is not None:
                counts[_key(line, link)].append((link.k, link.n))
    return {key: prior_of(found) for key, found in counts.items()}


def _key(line: Line, link: Counted) -> _Key:
    """Each of two readings of a link learns from its own kind alone."""
    of_link = (link.link, link.is_by_followers, link.is_kept)
    return line.priority.priority_id, line.group.role, *of_link


def _prior(line: Line, link: Counted, *, priors: _Priors) -> Beta:
    prior = priors.get(_key(line, link), ALONE)
    # A larger group is the sum of its teams: a fitted prior would count the same people again.
    return prior if line.group.is_team else prior.at_most_worth(CONCENTRATION).kept_open()


def _chain(line: Line, *, priors: _Priors, window: Period, policy: Policy) -> Chain:
    states = (
        line.priority.state,
        *(_state(line, link, priors=priors, policy=policy) for link in line.links),
    )
    found = first_break.distribution(states)
    return Chain(
        priority=line.priority.priority_id,
        name=line.priority.name,
        owner=line.priority.owner,
        group=line.group.name,
        people=len(line.group.members),
        window_from=window.first,
        window_to=window.end,
        links=states,
        first_break=first_break.named(states, policy=policy),
        q=found.q,
        q_none=found.q_none,
        next_measurement=next_measurement.best(
            states,
            posteriors=_posteriors(line, priors=priors),
            people=len(line.group.members),
            policy=policy,
        ),
    )


def _state(line: Line, link: Counted, *, priors: _Priors, policy: Policy) -> LinkState:
    made = verdict.state(link, prior=_prior(line, link, priors=priors), policy=policy)
    if link.kept is None or link.k is None:
        return made
    kept = _prior(line, link.kept, priors=priors)
    return verdict.kept_up(made, link.kept, prior=kept, policy=policy)


def _published(made: Sequence[Chain], *, policy: Policy) -> Sequence[Chain]:
    named = [
        number for number, chain in enumerate(made) if chain.first_break.kind is BreakKind.NAMED
    ]
    errors = [1 - (made[number].first_break.probability or 0.0) for number in named]
    may = first_break.published(errors, most=policy.false_discovery_share)
    told = list(made)
    for number, is_published in zip(named, may, strict=True):
        chain = made[number]
        if is_published:
            # What is settled needs no further measurement.
            told[number] = replace(chain, next_measurement=None)
        else:
            found = first_break.Distribution(q=chain.q, q_none=chain.q_none)
            told[number] = replace(
                chain, first_break=first_break.smallest_set(found, policy=policy)
            )
    return told
