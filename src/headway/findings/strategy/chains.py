"""Chains put together: counts of all groups become verdicts, and only sure breaks get a name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from headway.analysis.methods.posterior import ALONE, CONCENTRATION, Beta, prior_of
from headway.analysis.strategy import first_break, lines, next_measurement, verdict
from headway.analysis.strategy.lines import Line
from headway.facts import Facts
from headway.terms.line import BreakKind, Chain, Link
from headway.terms.period import Period
from headway.terms.policy import Policy

_Priors = Mapping[tuple[str, str, Link], Beta]


@dataclass(frozen=True, kw_only=True)
class Followed:
    """One chain, and what is known of the share of each link behind the first."""

    chain: Chain
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
    end = facts.as_of + timedelta(days=1)
    window = Period(first=end - timedelta(days=policy.window_days), end=end)
    counted = lines.of(facts, window=window)
    priors = _priors(counted)
    made = [_chain(line, priors=priors, window=window, policy=policy) for line in counted]
    return tuple(_published(made, policy=policy))


def _priors(counted: Sequence[Line]) -> _Priors:
    """What the teams of one role say together of each link of a priority.

    Teams alone, so that nobody is counted twice.
    """
    counts: dict[tuple[str, str, Link], list[tuple[float, float]]] = defaultdict(list)
    for line in counted:
        for link in line.links:
            if line.group.is_team and link.k is not None and link.n is not None:
                counts[_key(line, link.link)].append((link.k, link.n))
    return {key: prior_of(found) for key, found in counts.items()}


def _key(line: Line, link: Link) -> tuple[str, str, Link]:
    return line.priority.priority_id, line.group.role, link


def _prior(line: Line, link: Link, *, priors: _Priors) -> Beta:
    prior = priors.get(_key(line, link), ALONE)
    # A larger group is the sum of its teams: a fitted prior would count the same people again.
    return prior if line.group.is_team else prior.at_most_worth(CONCENTRATION)


def _chain(line: Line, *, priors: _Priors, window: Period, policy: Policy) -> Followed:
    of_link = {link.link: _prior(line, link.link, priors=priors) for link in line.links}
    states = (
        line.priority.state,
        *(verdict.state(link, prior=of_link[link.link], policy=policy) for link in line.links),
    )
    posteriors = {
        link.link: verdict.posterior_of(link, prior=of_link[link.link]) for link in line.links
    }
    found = first_break.distribution(states)
    chain = Chain(
        priority=line.priority.priority_id,
        name=line.priority.name,
        group=line.group.name,
        window_from=window.first,
        window_to=window.end,
        links=states,
        first_break=first_break.named(states, policy=policy),
        q=found.q,
        q_none=found.q_none,
        next_measurement=next_measurement.best(
            states,
            posteriors=posteriors,
            people=len(line.group.members),
            policy=policy,
        ),
    )
    return Followed(chain=chain, posteriors=posteriors)


def _published(made: Sequence[Followed], *, policy: Policy) -> Sequence[Followed]:
    named = [
        number for number, each in enumerate(made) if each.chain.first_break.kind is BreakKind.NAMED
    ]
    errors = [1 - (made[number].chain.first_break.probability or 0.0) for number in named]
    may = first_break.published(errors, most=policy.false_discovery_share)
    told = list(made)
    for number, is_published in zip(named, may, strict=True):
        told[number] = replace(
            made[number],
            chain=_settled(made[number].chain)
            if is_published
            else _unnamed(made[number].chain, policy=policy),
        )
    return told


def _settled(chain: Chain) -> Chain:
    # What is settled needs no further measurement.
    return replace(chain, next_measurement=None)


def _unnamed(chain: Chain, *, policy: Policy) -> Chain:
    found = first_break.Distribution(q=chain.q, q_none=chain.q_none)
    return replace(chain, first_break=first_break.smallest_set(found, policy=policy))
