"""What a leader is asked to predict about their own people before they see a measure."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.records import quarters, sample
from headway.records.models import Prediction, PublishedChain, PublishedGap
from headway.terms import codec
from headway.terms.belief import BeliefGap, Sharing
from headway.terms.line import Chain, Link
from headway.terms.viewer import Viewer

ASKED = (
    Link.TOLD,
    Link.RECALLED,
    Link.UNDERSTOOD,
    Link.CONNECTED,
    Link.LED,
    Link.PRACTISED,
    Link.COACHED,
)
"""The links that are shares; whether a priority is declared, everybody can look up."""


@dataclass(frozen=True, kw_only=True)
class ToPredict:
    """One priority among one's own people of which nothing was predicted this quarter."""

    priority: str
    name: str
    group: str
    people: int


@dataclass(frozen=True, kw_only=True)
class OwnPrediction:
    """What one sealed about one link, and who else may see it; shares are 0..1.

    Without `link` and `share` one skipped.
    """

    priority: str
    group: str
    link: Link | None
    share: float | None
    low: float | None
    high: float | None
    shared_with: Sharing
    sealed_on: date


def own(viewer: Viewer) -> tuple[OwnPrediction, ...]:
    """What `viewer` has sealed or skipped, the newest first; nobody reads another's here."""
    found = Prediction.objects.filter(person_id=viewer.person_id or "")
    return tuple(
        OwnPrediction(
            priority=each.priority,
            group=each.group,
            link=Link(each.link) if each.link else None,
            share=each.share,
            low=each.low,
            high=each.high,
            shared_with=Sharing(each.shared_with),
            sealed_on=each.sealed_at.date(),
        )
        for each in found.order_by("-sealed_at", "id")
    )


def own_gaps(viewer: Viewer) -> tuple[BeliefGap, ...]:
    """What `viewer` predicted beside what is measured; nobody reads another's."""
    found = PublishedGap.objects.filter(publication__is_current=True, person=viewer.person_id or "")
    return tuple(
        codec.from_json(BeliefGap, each)
        for each in found.order_by("priority", "group", "id").values_list("gap", flat=True)
    )


def waiting(viewer: Viewer, *, at: datetime) -> tuple[ToPredict, ...]:
    """What `viewer` has neither predicted nor skipped this quarter, priority by priority.

    Nothing in the sample: its leaders are invented, and have predicted already.
    """
    if viewer.person_id is None or sample.is_loaded():
        return ()
    lines = PublishedChain.objects.filter(
        publication__is_current=True, head=viewer.person_id, role="seller"
    ).exclude(priority="")
    done = _done(viewer.person_id, at=at)
    chains = (codec.from_json(Chain, each.chain) for each in lines.order_by("position"))
    return tuple(
        ToPredict(
            priority=chain.priority,
            name=chain.name or chain.priority,
            group=chain.group,
            people=chain.people,
        )
        for chain in chains
        if (chain.priority, chain.group) not in done
    )


def _done(person: str, *, at: datetime) -> set[tuple[str, str]]:
    own = Prediction.objects.filter(person_id=person)
    now = own.filter(quarter_on=quarters.first_day(at.date()))
    gaps = PublishedGap.objects.filter(publication__is_current=True, person=person)
    # A gap to what was sealed here is of that quarter; only what came with a load is not asked.
    brought = {*gaps.values_list("priority", "group")} - {*own.values_list("priority", "group")}
    return {*now.values_list("priority", "group")} | brought
