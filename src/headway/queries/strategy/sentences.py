"""One link in a sentence, where its figures come from, and what is to be done about a break."""

from headway.queries.results import figures
from headway.queries.strategy import wording
from headway.queries.strategy.wording import PATTERNS
from headway.queries.words.language import gettext as _
from headway.terms.line import Link, LinkState
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict

_SAYS = {
    Link.DECLARED: "{k} of {n} parts that a priority needs are there",
    Link.TOLD: "{k} of {n} people have heard it three times, in two ways",
    Link.RECALLED: "{k} of {n} who answered name it unprompted",
    Link.UNDERSTOOD: "{k} of {n} who answered can say what they do because of it, and why",
    Link.CONNECTED: "{k} of {n} people have agreed what they stop, begin and change",
    Link.LED: "{k} of {n} changes of the leaders began before they asked others",
    Link.PRACTISED: "{k} of {n} sellers do it where it could be done",
    Link.COACHED: "{k} of {n} people were coached on it in 30 days, and looked at it again in 60",
    Link.MOVED: "The result it is for",
}
_ASKS = {
    Link.TOLD: "Who have heard it three times, in two ways, per cent",
    Link.RECALLED: "Who name it unprompted, per cent",
    Link.UNDERSTOOD: "Who can say what they do because of it, and why, per cent",
    Link.CONNECTED: "Who have agreed what they stop, begin and change, per cent",
    Link.LED: "Changes of your own and of your managers that began first, per cent",
    Link.PRACTISED: "Who do it where it could be done, per cent",
    Link.COACHED: "Who were coached on it in 30 days, and looked at it again in 60, per cent",
}
_UNMEASURED = {
    Link.DECLARED: "What the priority says is not known",
    Link.TOLD: "Who has heard it is not recorded",
    Link.RECALLED: "Nobody was asked what they are trying to change",
    Link.UNDERSTOOD: "Nobody was asked what they do because of it",
    Link.CONNECTED: "No card of stop, begin and change is recorded",
    Link.LED: "What the leaders changed themselves is not known",
    Link.PRACTISED: "Whether it is done in daily work is not measured",
    Link.COACHED: "Coaching on it is not recorded",
    Link.MOVED: "Whether the result moved is not measured",
}
# Where it was looked for, and there was nothing to count.
_NOTHING = {
    Link.LED: "No change of the leaders themselves is recorded",
    Link.PRACTISED: "Nobody had enough work in which it could be done",
}
_SOURCES = {
    Link.DECLARED: "Priority",
    Link.TOLD: "Messages",
    Link.RECALLED: "Pulse",
    Link.UNDERSTOOD: "Pulse",
    Link.CONNECTED: "Cards",
    Link.LED: "Cards",
    Link.PRACTISED: "CRM",
    Link.COACHED: "Sessions",
    Link.MOVED: "CRM",
}
# What is done first about a break, by the link that breaks.
_REMEDIES = {
    Link.DECLARED: "Complete the priority: its owner, its reason, its scope, and what stops.",
    Link.TOLD: "Say it again, through each person's own manager, in two ways, within two weeks.",
    Link.RECALLED: "Repeat it in the leader's own words, spaced over six weeks, then ask again.",
    Link.UNDERSTOOD: "Let each team say what it will do differently because of it, and why.",
    Link.CONNECTED: "Write the leader's own card first, then agree one with each person.",
    Link.LED: "The leader writes their own card and does three dated things before asking.",
    Link.PRACTISED: "Remove one thing in the way of doing it, and look at real work together.",
    Link.COACHED: "One session a month on it with each person, then look at the work again.",
    Link.MOVED: "Look at what else holds the result back before asking for more of the same.",
}


def says(state: LinkState) -> str:
    """What was counted at a link, or that nothing was.

    >>> from headway.terms.line import LinkVerdict
    >>> from tests.worked_line import measured
    >>> says(measured(Link.CONNECTED, 2, 8, LinkVerdict.BROKEN))
    '2 of 8 people have agreed what they stop, begin and change'
    """
    if state.n == 0 and state.link in _NOTHING:
        return _(_NOTHING[state.link])
    if not state.is_measured:
        return _(_UNMEASURED[state.link])
    if state.effect is not None:
        if state.effect.is_year_ago:
            words = _("Where it is practised the result moved by {change} against the year before")
        else:
            words = _("Where it is practised the result moved by {change} against the others")
        return words.format(change=wording.moved_by(state.effect))
    if state.is_by_followers:
        words = _("{k} of {n} who answered say that the deeds of their leader match the words")
        return words.format(k=f"{state.k:g}", n=f"{state.n:g}")
    return _(_SAYS[state.link]).format(k=f"{state.k:g}", n=f"{state.n:g}")


def asks(link: Link) -> str:
    """What a leader is asked to predict of a link."""
    return _(_ASKS[link])


def source(state: LinkState) -> str:
    """Where the figures of a link come from."""
    return _("Pulse") if state.is_by_followers else _(_SOURCES[state.link])


def remedy(link: Link) -> str:
    """What is done first where a link breaks."""
    return _(_REMEDIES[link])


def pattern_name(code: PatternCode) -> str:
    """A failure pattern in plain words."""
    return _(PATTERNS[code])


def pattern(found: Pattern) -> str:
    """A failure pattern that is present, with its size; suggested, never stamped."""
    if found.verdict is not PatternVerdict.PRESENT or found.size is None:
        return ""
    if found.unit is PatternUnit.SHIFT:
        return _("It looks like: {name}. The work is {share} of the way to the new roles.").format(
            name=pattern_name(found.code).lower(), share=wording.way(found)
        )
    size = figures.points(found.size, is_signed=False)
    return _("It looks like: {name}. The conduct falls {size} short of what was planned.").format(
        name=pattern_name(found.code).lower(), size=size
    )
