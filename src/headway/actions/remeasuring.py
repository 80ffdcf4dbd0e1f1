"""Commitments held against the line: where their link stood, and where it stands on their day."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from headway.findings.strategy import remeasured
from headway.records import scopes
from headway.records.models import (
    Commitment,
    Publication,
    PublishedChain,
    PublishedPattern,
    PublishedRemedy,
    Remeasurement,
)
from headway.terms import codec
from headway.terms.coaching import EffectVerdict
from headway.terms.group import head_of
from headway.terms.line import Chain, Link
from headway.terms.pattern import Pattern, PatternVerdict
from headway.terms.remeasured import Done, Measured, Remeasured
from headway.terms.strategy import StrategyFindings
from headway.terms.survey import LEAST_ANSWERS

_ROLE = "seller"
_DONE = frozenset({"kept", "kept_late"})
_COMPARED = frozenset({EffectVerdict.HELPS, EffectVerdict.NO_EFFECT, EffectVerdict.HARMS})


def note_baselines() -> None:
    """Keep how the link stood for each commitment made since the current publication.

    Runs before another one takes its place: it is what its owner was looking at.
    """
    current = Publication.objects.filter(is_current=True).first()
    if current is None:
        return
    new = Commitment.objects.filter(
        predicted_share__isnull=False,
        made_at__gte=current.published_at,
        remeasurement=None,
    ).exclude(priority="")
    for each in new:
        kept = _line_of(each, current)
        if kept is None:
            continue
        chain = codec.from_json(Chain, _seen_by(each.owner_id, kept))
        before = remeasured.measured(chain.at(Link(each.predicted_link)))
        if before is not None:
            Remeasurement.objects.create(
                commitment=each,
                group=chain.group,
                pattern=_pattern(chain, current),
                before=codec.to_json(before),
                before_on=current.as_of,
            )


def remeasure(found: StrategyFindings, *, as_of: date) -> None:
    """Measure again what was due by the last day of the facts; runs inside the publishing action.

    What is not measured on that day is looked for at each publication to come.
    """
    waiting = Remeasurement.objects.filter(measured_on=None, commitment__due_on__lte=as_of)
    due = list(waiting.exclude(commitment__state="released").select_related("commitment"))
    whole, others = _by_place(found.chains), _by_place(found.chains_for_others)
    compared = {(each.scope, each.priority) for each in found.coaching if each.verdict in _COMPARED}
    for each in due:
        place = (each.group, each.commitment.priority)
        is_own = head_of(each.group) == each.commitment.owner_id
        chain = (whole if is_own else others).get(place)
        if chain is None:
            continue
        link = Link(each.commitment.predicted_link)
        outcome = remeasured.of(
            codec.from_json(Measured, each.before),
            chain,
            link=link,
            predicted=each.commitment.predicted_share or 0.0,
            is_compared=link is Link.PRACTISED and place in compared,
        )
        if outcome is not None:
            each.outcome, each.measured_on = codec.to_json(outcome), as_of
    done = [each for each in due if each.measured_on is not None]
    Remeasurement.objects.bulk_update(done, ["outcome", "measured_on"])


def keep_remedies(*, publication_id: int) -> None:
    """Keep what has worked with a publication: by link and by pattern, never by person."""
    kept: dict[tuple[str, str], list[Done]] = defaultdict(list)
    every = Remeasurement.objects.exclude(commitment__state="released")
    for each in every.select_related("commitment").order_by("id"):
        done = Done(
            owner=each.commitment.owner_id,
            is_done=each.commitment.state in _DONE,
            outcome=each.outcome and codec.from_json(Remeasured, each.outcome),
        )
        kept["link", each.commitment.predicted_link].append(done)
        if each.pattern:
            kept["pattern", each.pattern].append(done)
    PublishedRemedy.objects.bulk_create(
        PublishedRemedy(
            publication_id=publication_id, kind=kind, code=code, remedy=codec.to_json(remedy)
        )
        for (kind, code), found in kept.items()
        if (remedy := remeasured.together(found, least=LEAST_ANSWERS)) is not None
    )


def _by_place(chains: tuple[Chain, ...]) -> Mapping[tuple[str, str], Chain]:
    return {(chain.group, chain.priority): chain for chain in chains}


def _line_of(made: Commitment, current: Publication) -> PublishedChain | None:
    """The owner's own people's line, else that of the nearest leader who has one."""
    lines = PublishedChain.objects.filter(publication=current, priority=made.priority, role=_ROLE)
    own = lines.filter(head=made.owner_id).first()
    if own is not None:
        return own
    above = list(scopes.leaders_of(made.owner_id).values_list("id", flat=True))
    # The nearest leader has the narrowest group, and the narrowest stand last.
    return lines.filter(head__in=above).order_by("-position").first()


def _seen_by(owner_id: str, kept: PublishedChain) -> object:
    """What is about a leader is no baseline of somebody else."""
    return kept.chain if kept.head == owner_id else kept.for_others


def _pattern(chain: Chain, current: Publication) -> str:
    kept = PublishedPattern.objects.filter(
        publication=current, priority=chain.priority, head=chain.head
    )
    found = (codec.from_json(Pattern, each.pattern) for each in kept.order_by("id"))
    return next((each.code for each in found if each.verdict is PatternVerdict.PRESENT), "")
