"""The link a commitment was to move, held against its baseline."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from headway.analysis.methods.evidence import Range, difference
from headway.terms.line import Chain, Link, LinkState
from headway.terms.remeasured import Done, Measured, Moved, Remeasured, Remedy


def measured(state: LinkState) -> Measured | None:
    """The share of a link that was measured; None where nothing may be told of it."""
    if not state.is_measured or state.n is None:
        return None
    if state.mean is None or state.low is None or state.high is None:
        return None
    return Measured(n=state.n, mean=state.mean, low=state.low, high=state.high)


def of(
    before: Measured, chain: Chain, *, link: Link, predicted: float, is_compared: bool
) -> Remeasured | None:
    """What happened to one link of one group; None where it is not measured now.

    It moved where the range of the difference leaves no change out. Both days see some of the same
    work where they lie closer together than the window is long: then the difference is rather too
    small than too large.

    Args:
        before: the link when the commitment was made.
        chain: the same priority in the same group now.
        link: which one.
        predicted: where its owner believed it would be, 0..1.
        is_compared: whether others show what would have happened without it.

    References:
        Zou & Donner (2008), Statistics in Medicine 27:1693-1702, for the range of the difference.
    """
    now = measured(chain.at(link))
    if now is None:
        return None
    gone = difference(_range(now), _range(before))
    moved = Moved.UP if gone.low > 0 else Moved.DOWN if gone.high < 0 else Moved.CANNOT_TELL
    return Remeasured(
        link=link,
        priority=chain.priority,
        group=chain.group,
        predicted=predicted,
        before=before,
        now=now,
        change=gone.value,
        low=gone.low,
        high=gone.high,
        moved=moved,
        is_in_range=now.low <= predicted <= now.high,
        is_compared=is_compared,
    )


def together(kept: Sequence[Done], *, least: int) -> Remedy | None:
    """What became of commitments that were to do the same; None where they are of too few people.

    Args:
        kept: the commitments.
        least: people of whom they have to be, and those measured again among them.
    """
    if len({each.owner for each in kept}) < least:
        return None
    again = [(each.owner, each.outcome) for each in kept if each.outcome is not None]
    outcomes = [outcome for _owner, outcome in again]
    made = Remedy(
        made=len(kept),
        done=sum(each.is_done for each in kept),
        measured=None,
        rose=None,
        compared=None,
        predicted=None,
        happened=None,
    )
    if len({owner for owner, _outcome in again}) < least:
        return made
    return replace(
        made,
        measured=len(outcomes),
        rose=sum(each.moved is Moved.UP for each in outcomes),
        compared=sum(each.is_compared for each in outcomes),
        predicted=fmean(each.predicted - each.before.mean for each in outcomes),
        happened=fmean(each.change for each in outcomes),
    )


def _range(one: Measured) -> Range:
    return Range(value=one.mean, low=one.low, high=one.high, n=int(one.n))
