"""How well a leader knows their people: for that leader alone, and by level for executives.

There is no list of leaders, and none can be asked for: a calibration is read by whoever it is
about, and of a level there are means over five leaders or more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from headway.queries.results import figures
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.records import sample, scopes
from headway.records.models import (
    BeliefProfile,
    Person,
    PublishedCalibration,
    PublishedChain,
    PublishedGap,
)
from headway.terms import codec
from headway.terms.belief import (
    BeliefGap,
    BeliefVerdict,
    Calibration,
    Level,
    LevelProfile,
    RangeVerdict,
)
from headway.terms.line import Link
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Role, Viewer

_VERDICTS = {
    BeliefVerdict.BLIND: "brighter than it is",
    BeliefVerdict.ABOUT_RIGHT: "about right",
    BeliefVerdict.TOO_DARK: "darker than it is",
    BeliefVerdict.CANNOT_TELL: "cannot tell",
}
_RANGES = {
    RangeVerdict.TOO_NARROW: "Your ranges are too narrow.",
    RangeVerdict.AS_DECLARED: "Your ranges are about as wide as they should be.",
    RangeVerdict.TOO_WIDE: "Your ranges are wider than they need to be.",
    RangeVerdict.CANNOT_TELL: "Whether your ranges are too narrow or too wide cannot be told yet.",
}
_LEVELS = {
    Level.EXECUTIVE: "Executives",
    Level.DIRECTOR: "Directors",
    Level.MANAGER: "Managers",
}
_NOTHING = "–"


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """One prediction beside the measure, in words; `measured` and `gap` "–" where there is none."""

    priority: str
    link: str
    believed: str
    measured: str
    gap: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class LevelRow:
    """What the leaders of one level believed of their people in one quarter, in words.

    `note` says why there are no figures, "" where there are.
    """

    level: str
    since: str
    leaders: int
    believed: str
    measured: str
    gap: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Knowing:
    """The page: what is found about the viewer, their predictions, and the levels.

    `whose` is the name of the invented leader it is about, "" = the viewer. `levels` is empty for
    everybody but executives.
    """

    whose: str
    finding: str
    lede: str
    predictions: tuple[Predicted, ...]
    levels: tuple[LevelRow, ...]


def own(viewer: Viewer, *, at: datetime) -> Knowing:
    """What `viewer` predicted and how it compares; for executives the profile of each level too.

    In the sample whoever looks around and is none of its people sees what its head believed.
    """
    invented = _head() if viewer.person_id is None and sample.is_loaded() else None
    person = viewer.person_id or (invented.id if invented else None)
    kept = PublishedCalibration.objects.filter(publication__is_current=True, person=person or "")
    found = next((codec.from_json(Calibration, each.calibration) for each in kept), None)
    return Knowing(
        whose=invented.name if invented else "",
        finding=_finding(found),
        lede=_lede(found),
        predictions=_predictions(person),
        levels=_levels(at=at) if scopes.sees_everybody(viewer) else (),
    )


def is_for(viewer: Viewer) -> bool:
    """Whether `viewer` may find anything there: leads somebody, or sees everybody."""
    return scopes.sees_everybody(viewer) or Role.MANAGER in viewer.roles


def _head() -> Person | None:
    lines = PublishedChain.objects.filter(publication__is_current=True).order_by("position")
    first = lines.values_list("head", flat=True).first()
    return Person.objects.filter(id=first).first()


def _finding(found: Calibration | None) -> str:
    if found is None:
        return _("Nothing that you believe is measured yet")
    if found.bias is None or found.low is None or found.high is None:
        return _("Too few of your predictions are measured to say how well you know your people")
    size = figures.points(found.bias, is_signed=False)
    if found.low > 0:
        return _("You see your people {size} brighter than they are").format(size=size)
    if found.high < 0:
        return _("You see your people {size} darker than they are").format(size=size)
    return _("You see your people neither brighter nor darker than they are, as far as can be told")


def _lede(found: Calibration | None) -> str:
    if found is None or found.bias is None or found.coverage is None:
        count = 0 if found is None else found.prediction_count
        words = _(
            "{count} of {needed} predictions are measured. Nobody but you sees this page; what you "
            "shared when you sealed it is seen on the line of sight."
        )
        return words.format(count=count, needed=DEFAULT.min_predictions)
    words = _(
        "Over {count} predictions, range {low} to {high}. {held} of {count} of your ranges hold "
        "the measure; {expected} would, if each were right eight times in ten and the measure as "
        "unsure as it is. {ranges} Nobody but you sees this."
    )
    return words.format(
        count=found.prediction_count,
        low=figures.points(found.low or 0.0),
        high=figures.points(found.high or 0.0),
        held=found.coverage.k,
        expected=round((found.expected_share or 0.0) * found.coverage.n),
        ranges=_(_RANGES[found.verdict]),
    )


def _predictions(person: str | None) -> tuple[Predicted, ...]:
    kept = PublishedGap.objects.filter(publication__is_current=True, person=person or "")
    gaps = [codec.from_json(BeliefGap, each.gap) for each in kept]
    named = _priorities({gap.priority for gap in gaps})
    order = list(Link)
    ordered = sorted(gaps, key=lambda gap: (named[gap.priority], gap.group, order.index(gap.link)))
    return tuple(_predicted(gap, name=named[gap.priority]) for gap in ordered)


def _priorities(ids: Iterable[str]) -> dict[str, str]:
    """The names of priorities, as their widest group has them."""
    wanted = list(ids)
    lines = PublishedChain.objects.filter(publication__is_current=True, priority__in=wanted)
    names = dict(lines.order_by("-position").values_list("priority", "chain__name"))
    return {each: names.get(each) or each for each in wanted}


def _predicted(gap: BeliefGap, *, name: str) -> Predicted:
    return Predicted(
        priority=name,
        link=_(links.NAMES[gap.link]),
        believed=figures.percent(gap.predicted),
        measured=_NOTHING if gap.measured is None else figures.percent(gap.measured),
        gap=_NOTHING if gap.gap is None else figures.points(gap.gap),
        verdict=_("not measured") if gap.gap is None else _(_VERDICTS[gap.verdict]),
    )


def _levels(*, at: datetime) -> tuple[LevelRow, ...]:
    """Each level in the last quarter of which something may be told, the highest first."""
    last: dict[str, BeliefProfile] = {}
    for each in BeliefProfile.objects.filter(opens_at__lte=at).order_by("quarter_on"):
        last[each.level] = each
    return tuple(_level(level, kept=last.get(level.value)) for level in Level)


def _level(level: Level, *, kept: BeliefProfile | None) -> LevelRow:
    found = None if kept is None else codec.from_json(LevelProfile, kept.profile)
    name = _(_LEVELS[level])
    if found is None or found.gap is None or found.predicted is None or found.measured is None:
        needed = DEFAULT.min_leaders_of_level
        return LevelRow(
            level=name,
            since="",
            leaders=0,
            believed=_NOTHING,
            measured=_NOTHING,
            gap=_NOTHING,
            note=_("not shown: fewer than {count} leaders").format(count=needed),
        )
    words = _("{gap}, range {low} to {high}")
    return LevelRow(
        level=name,
        since=figures.day(found.quarter_on),
        leaders=found.leader_count or 0,
        believed=figures.percent(found.predicted),
        measured=figures.percent(found.measured),
        gap=words.format(
            gap=figures.points(found.gap),
            low=figures.points(found.low or 0.0),
            high=figures.points(found.high or 0.0),
        ),
        note="",
    )
