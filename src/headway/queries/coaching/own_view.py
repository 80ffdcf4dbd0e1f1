"""What a manager believes of how much their people decide, beside what these say: for them alone.

What the team says stays hidden here until the manager has sealed their own view of this quarter.
"""

from dataclasses import dataclass
from datetime import datetime

from headway.queries import pulse
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import own_views, quarters
from headway.records.models import OwnView, PublishedMeasure, PulseCell
from headway.terms import codec
from headway.terms.coaching import Measure
from headway.terms.item_bank import ITEMS
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

_COACHING = "CO"


@dataclass(frozen=True, kw_only=True)
class ItemSeen:
    """One item about the manager, and what the team said to it."""

    sentence: str
    said: str


@dataclass(frozen=True, kw_only=True)
class OwnViewPage:
    """`sentence` is what the team was asked. Until the own view is sealed nothing else is told."""

    sentence: str
    is_sealed: bool
    finding: str = ""
    own: str = ""
    team: str = ""
    items: tuple[ItemSeen, ...] = ()


def is_asked(viewer: Viewer) -> bool:
    """Whether the viewer leads people whose answers are told, and can be asked for their view."""
    return viewer.person_id is not None and own_views.is_asked(viewer.person_id)


def page(viewer: Viewer, *, at: datetime) -> OwnViewPage | None:
    """The viewer's own view beside their team's answers; None where they lead nobody."""
    if viewer.person_id is None or not is_asked(viewer):
        return None
    sentence = _(ITEMS[own_views.AUTONOMY].sentence)
    own = OwnView.objects.filter(
        person_id=viewer.person_id, quarter_on=quarters.first_day(at.date())
    ).first()
    if own is None:
        return OwnViewPage(sentence=sentence, is_sealed=False)
    team = _team(viewer.person_id)
    return OwnViewPage(
        sentence=sentence,
        is_sealed=True,
        finding=_finding(own.share, team),
        own=figures.percent(own.share),
        team=_said(team),
        items=_about_coaching(viewer),
    )


def _team(person: str) -> Measure | None:
    kept = PublishedMeasure.objects.filter(
        publication__is_current=True,
        code="autonomy",
        role="seller",
        head=person,
        people__gte=LEAST_ANSWERS,
    ).first()
    return None if kept is None else codec.from_json(Measure, kept.measure)


def _finding(share: float, team: Measure | None) -> str:
    if team is None or team.mean is None or team.low is None or team.high is None:
        return _("Too few of your people have answered to set your view beside theirs.")
    if team.low <= share <= team.high:
        return _("You see it about as your people do.")
    size = figures.points(share - team.mean, is_signed=False)
    if share > team.mean:
        return _("You believe more of your people decide than say so: {size} apart.").format(
            size=size
        )
    return _("More of your people say they decide than you believe: {size} apart.").format(
        size=size
    )


def _said(team: Measure | None) -> str:
    if team is None or team.mean is None or team.low is None or team.high is None:
        return _("not told: fewer than five have answered")
    return _("{share} of {n} who answered (range {low} to {high})").format(
        share=figures.percent(team.mean),
        n=team.n,
        low=figures.percent(team.low),
        high=figures.percent(team.high),
    )


def _about_coaching(viewer: Viewer) -> tuple[ItemSeen, ...]:
    """What the team said of the manager's coaching in the last round that asked."""
    own = PulseCell.objects.filter(
        manager=viewer.person_id or "", is_remainder=False, answered_count__isnull=False
    )
    newest = own.order_by("-wave__closes_on", "-wave_id").values_list("wave_id", flat=True).first()
    if newest is None:
        return ()
    return tuple(
        ItemSeen(
            sentence=told.sentence,
            said=", ".join(f"{words}: {count}" for words, count in told.values),
        )
        for cell in pulse.cells(viewer, wave_id=newest)
        if not cell.is_remainder
        for told in cell.told
        if told.item.startswith(_COACHING)
    )
