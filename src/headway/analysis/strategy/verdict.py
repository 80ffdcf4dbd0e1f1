"""What is known of one link: its posterior, its verdict, and what would settle it."""

from dataclasses import dataclass, replace

from headway.analysis.methods.posterior import (
    JEFFREYS,
    Beta,
    effective_cases,
    response_bounds,
)
from headway.terms.line import Effect, Link, LinkReason, LinkState, LinkVerdict, Share
from headway.terms.policy import Policy

_MOST_MORE = 1000
# What is not known is no better than what is strained.
_BADNESS = (
    LinkVerdict.HOLDING,
    LinkVerdict.STRAINED,
    LinkVerdict.UNKNOWN,
    LinkVerdict.BLOCKED,
    LinkVerdict.BROKEN,
)


@dataclass(frozen=True, kw_only=True)
class Work:
    """Eligible items that show a behaviour: `k` of all, `sizes` how many each person has.

    `correlation` is that of two items of one person, `target` the declared share, both 0..1.
    """

    k: int
    sizes: tuple[int, ...]
    correlation: float
    target: float


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One link as counted in one group.

    `k` of `n` cases; None where it is not measured or may not be shown, `reason` says which.
    `asked` are the people whom the number speaks for; it differs from `n` where some have not
    answered. `cases` is what n is worth where cases hang together, else None. `target` is 0..1.
    `work` is what lies behind the people of `practised`. `effect` is that of `moved`, with the
    probability `p_enough` that it is as large as the target, in the effect's unit. `kept` is what
    lies beside the people of `coached`: those who still practise, of those who had begun;
    `is_kept` marks that count itself. `is_by_followers`: `led` as those led answer.
    """

    link: Link
    target: float
    k: float | None = None
    n: float | None = None
    asked: int | None = None
    cases: float | None = None
    reason: LinkReason | None = None
    work: Work | None = None
    effect: Effect | None = None
    p_enough: float | None = None
    kept: "Counted | None" = None
    is_by_followers: bool = False
    is_kept: bool = False


def state(counted: Counted, *, prior: Beta, policy: Policy) -> LinkState:
    """The link with its verdict.

    Broken where the share is probably below the target less the margin, holding where it is
    probably at the target or above; else strained with twelve cases or more, and unknown with
    fewer. Also unknown where so few have answered that those who have not could turn it. A link
    that was not measured stands with its prior.
    """
    if counted.effect is not None and counted.p_enough is not None:
        return _moved(counted, effect=counted.effect, p_enough=counted.p_enough, policy=policy)
    posterior = posterior_of(counted, prior=prior)
    low, high = posterior.interval(level=policy.interval_level)
    verdict, reason = _judged(counted, posterior=posterior, policy=policy)
    made = LinkState(
        link=counted.link,
        k=counted.k,
        n=counted.n,
        invited=counted.asked,
        mean=posterior.mean,
        low=low,
        high=high,
        target=counted.target,
        p_broken=posterior.at_most(counted.target - policy.broken_margin),
        p_holding=1 - posterior.at_most(counted.target),
        verdict=verdict,
        reason=reason,
        depth=_depth(counted.work, policy=policy) if counted.work else None,
        is_by_followers=counted.is_by_followers,
    )
    if reason is LinkReason.TOO_FEW and counted.reason is None:
        return replace(made, more=_more(counted, prior=prior, policy=policy))
    return made


def kept_up(coached: LinkState, kept: Counted, *, prior: Beta, policy: Policy) -> LinkState:
    """The link `coached` with what became of those who practised: the worse of the two stands.

    Whether it is kept up counts once there is evidence enough. Then the probability to be broken is
    that of the likelier, and to hold that of the less likely: nobody knows how the two hang
    together. The share and its range stay those of the people coached.

    Args:
        coached: the people coached, with their verdict.
        kept: those who still practise, of those who had begun.
        prior: of the share of these.
        policy: the margins.
    """
    other = state(kept, prior=prior, policy=policy)
    beside = replace(coached, kept=_share(kept, prior=prior, policy=policy))
    if other.verdict is LinkVerdict.UNKNOWN:
        return beside
    is_worse = _BADNESS.index(other.verdict) > _BADNESS.index(coached.verdict)
    return replace(
        beside,
        p_broken=max(coached.p_broken or 0.0, other.p_broken or 0.0),
        p_holding=min(coached.p_holding or 0.0, other.p_holding or 0.0),
        verdict=other.verdict if is_worse else coached.verdict,
        reason=None if is_worse else coached.reason,
        more=None if is_worse else coached.more,
    )


def posterior_of(counted: Counted, *, prior: Beta) -> Beta:
    """What is known of the link's share: its prior where it was not measured, or is not due yet."""
    if counted.k is None or not counted.n or counted.reason is LinkReason.TOO_EARLY:
        return prior
    cases = counted.n if counted.cases is None else counted.cases
    return prior.given(counted.k * cases / counted.n, cases)


def declared(present: int, *, parts: int, is_usable: bool) -> LinkState:
    """The first link: how many of its parts a priority has. A census: nothing is uncertain.

    Args:
        present: parts that are there.
        parts: parts there should be.
        is_usable: whether none of those is missing without which nobody could act on it.
    """
    is_whole = present == parts
    verdict = LinkVerdict.HOLDING if is_whole else LinkVerdict.STRAINED
    if not is_usable:
        verdict = LinkVerdict.BROKEN
    return LinkState(
        link=Link.DECLARED,
        k=present,
        n=parts,
        invited=None,
        mean=present / parts,
        low=present / parts,
        high=present / parts,
        target=1.0,
        p_broken=float(not is_usable),
        p_holding=float(is_whole),
        verdict=verdict,
        reason=None if is_whole else LinkReason.MISSING_PARTS,
    )


def _share(counted: Counted, *, prior: Beta, policy: Policy) -> Share:
    posterior = posterior_of(counted, prior=prior)
    low, high = posterior.interval(level=policy.interval_level)
    return Share(
        k=int(counted.k or 0),
        n=int(counted.n or 0),
        mean=posterior.mean,
        low=low,
        high=high,
        target=counted.target,
    )


def _depth(work: Work, *, policy: Policy) -> Share:
    """The share of eligible work, with the range of as many independent cases as it is worth."""
    n = sum(work.sizes)
    cases = effective_cases(work.sizes, correlation=work.correlation)
    posterior = JEFFREYS.given(work.k / n * cases, cases)
    low, high = posterior.interval(level=policy.interval_level)
    return Share(k=work.k, n=n, mean=posterior.mean, low=low, high=high, target=work.target)


def _moved(counted: Counted, *, effect: Effect, p_enough: float, policy: Policy) -> LinkState:
    """The last link: whether the result moved by as much as was asked.

    It holds where the whole range lies at what was asked or above: of results that have not moved,
    twice as many would seem to at the confidence of the other verdicts.
    """
    verdict = LinkVerdict.STRAINED
    if p_enough >= (1 + policy.interval_level) / 2:
        verdict = LinkVerdict.HOLDING
    elif 1 - p_enough >= policy.verdict_confidence:
        verdict = LinkVerdict.BROKEN
    return LinkState(
        link=counted.link,
        k=None,
        n=None,
        invited=counted.asked,
        mean=None,
        low=None,
        high=None,
        target=counted.target,
        p_broken=1 - p_enough,
        p_holding=p_enough,
        verdict=verdict,
        effect=effect,
    )


def _judged(
    counted: Counted, *, posterior: Beta, policy: Policy
) -> tuple[LinkVerdict, LinkReason | None]:
    if counted.reason is LinkReason.ANONYMITY:
        return LinkVerdict.BLOCKED, counted.reason
    if counted.k is None or counted.n is None:
        return LinkVerdict.UNKNOWN, counted.reason or LinkReason.NOT_MEASURED
    if counted.reason is not None:
        return LinkVerdict.UNKNOWN, counted.reason
    if _could_turn(counted, counted.k, counted.n, policy=policy):
        return LinkVerdict.UNKNOWN, LinkReason.LOW_RESPONSE
    cases = counted.n if counted.cases is None else counted.cases
    return _by(posterior, cases=cases, target=counted.target, policy=policy)


def _by(
    posterior: Beta, *, cases: float, target: float, policy: Policy
) -> tuple[LinkVerdict, LinkReason | None]:
    if posterior.at_most(target - policy.broken_margin) >= policy.verdict_confidence:
        return LinkVerdict.BROKEN, None
    if 1 - posterior.at_most(target) >= policy.verdict_confidence:
        return LinkVerdict.HOLDING, None
    if cases >= policy.min_cases_for_strained:
        return LinkVerdict.STRAINED, None
    return LinkVerdict.UNKNOWN, LinkReason.TOO_FEW


def _could_turn(counted: Counted, k: float, n: float, *, policy: Policy) -> bool:
    if not counted.asked or n >= policy.min_response_share * counted.asked:
        return False
    low, high = response_bounds(k, n, asked=counted.asked)
    return low <= counted.target - policy.broken_margin < high


def _more(counted: Counted, *, prior: Beta, policy: Policy) -> int | None:
    k, n = counted.k or 0.0, counted.n or 0.0
    if n == 0:
        return None
    worth = (n if counted.cases is None else counted.cases) / n
    for more in range(1, _MOST_MORE + 1):
        cases = (n + more) * worth
        posterior = prior.given(k / n * cases, cases)
        _, reason = _by(posterior, cases=cases, target=counted.target, policy=policy)
        if reason is None:
            return more
    return None
