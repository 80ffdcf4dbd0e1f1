"""Whether people coached regularly stay more often, in words: what goes together, never why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headway.queries.coaching import wording
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.terms.staying import Lack, Stay, StayGate, StayVerdict

_VERDICTS = {
    StayVerdict.STAY_MORE: "Regular coaching goes together with staying",
    StayVerdict.STAY_LESS: "Regular coaching goes together with leaving",
    StayVerdict.CANNOT_TELL: "It cannot be told whether regular coaching and staying go together",
    StayVerdict.NOT_ENOUGH: "Not enough yet to tell whether those who are coached stay",
}
_LACKS = {
    StayGate.QUARTERS: (
        "a whole quarter of logged sessions, one after it, and one in which to see who stays"
    ),
    StayGate.PEOPLE_COACHED: "people coached regularly ({seen} of {needed})",
    StayGate.PEOPLE_OTHERS: "people not coached regularly ({seen} of {needed})",
    StayGate.MANAGERS_COACHED: "managers with people coached regularly ({seen} of {needed})",
    StayGate.MANAGERS_OTHERS: "managers with people not coached regularly ({seen} of {needed})",
    StayGate.LEAVERS: "people who left ({seen} of {needed})",
}


@dataclass(frozen=True, kw_only=True)
class StaySeen:
    """One group; `figures` and `alike` are "" where nothing can be told, `missing` where it can.

    `alike` says what was held alike, `how` what was compared, `limits` what else it may be.
    """

    group: str
    verdict: str
    figures: str
    alike: str
    missing: str
    how: str
    limits: str


def seen(stays: Iterable[Stay], *, names: Mapping[str, str]) -> tuple[StaySeen, ...]:
    """Each of them in words; `names` are of people by id."""
    return tuple(
        StaySeen(
            group=wording.group(each.scope, names=names),
            verdict=_(_VERDICTS[each.verdict]),
            figures=_figures(each),
            alike=_alike(each) if each.estimate is not None else "",
            missing=_missing(each.lacks),
            how=_how(),
            limits=_limits(),
        )
        for each in stays
    )


def _figures(one: Stay) -> str:
    if one.estimate is None or one.low is None or one.high is None:
        return ""
    if one.coached is None or one.others is None:
        return ""
    told = _(
        "{coached} of those coached regularly stayed through a quarter ({n} people), and {others} "
        "of the others ({m} people). Beside others who are alike: {size} (range {low} to {high}), "
        "over {quarters} quarters in which {leavers} people left."
    )
    return told.format(
        coached=figures.percent(one.coached.rate),
        n=one.coached.people,
        others=figures.percent(one.others.rate),
        m=one.others.people,
        size=figures.points(one.estimate),
        low=figures.points(one.low),
        high=figures.points(one.high),
        quarters=one.quarters,
        leavers=one.leavers,
    )


def _alike(one: Stay) -> str:
    if one.has_tenure and one.has_results:
        return _(
            "Alike are those of the same quarter, with about as long in the job, in teams that had "
            "won more or less than the middle team."
        )
    if one.has_tenure:
        return _(
            "Alike are those of the same quarter, with about as long in the job; what their teams "
            "had won before is not known."
        )
    if one.has_results:
        return _(
            "Alike are those of the same quarter, in teams that had won more or less than the "
            "middle team; how long people are in the job is not known."
        )
    return _(
        "Alike are those of the same quarter: how long people are in the job, and what their teams "
        "had won before, is not known."
    )


def _missing(lacks: Sequence[Lack]) -> str:
    if not lacks:
        return ""
    wanted = "; ".join(
        _(_LACKS[each.gate]).format(seen=each.seen, needed=each.needed) for each in lacks
    )
    if lacks[0].gate is StayGate.QUARTERS:
        return _("It takes {what}.").format(what=wanted)
    return _("Too few so far, of those who can be compared: {what}.").format(what=wanted)


def _how() -> str:
    return _(
        "Coached regularly is whoever had a session that counts in each month of a quarter. Who "
        "stays is looked at two quarters later, among those who were here all the time between: "
        "whoever has given notice is coached less, and that would look as if coaching kept people."
    )


def _limits() -> str:
    return _(
        "It goes together, or does not; nothing here shows a cause. Managers may coach first whom "
        "they want to keep, and those who coach may lead better in other ways. Pay, territory, "
        "workload, other offers, and whether somebody left or was let go, are not known here. A "
        "session that nobody logged counts as none. It is never told of one person."
    )
